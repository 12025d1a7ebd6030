//! The body of CreateTracker, field by field in the order of the documents.

use crate::decode::{
    CreateTrackerDraft, DataBucketDraft, Field, Integer, List, ManagementEventSelectorDraft, Text, Texts,
    TrackerObsInfoDraft,
};
use crate::issue::{Code, Severity};
use crate::model::{CreateTrackerRequestBody, DataBucket, ManagementEventSelector, TrackerObsInfo};
use crate::report::{Report, error, warning};
use crate::rules::kms_id::Pairing;
use crate::rules::{bucket_lifecycle, file_prefix_name, tracker_name, words};

use super::fields::{self, WordList};
use super::{body, text, unknown_keys, value_of};

/// Which tracker is asked for; rows that name a type are silent while that is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TrackerType {
    System,
    Data,
    Unusable,
}

impl TrackerType {
    pub(super) fn of(draft: &Text<'_>) -> Self {
        match draft.text() {
            Some("system") => TrackerType::System,
            Some("data") => TrackerType::Data,
            _ => TrackerType::Unusable,
        }
    }
}

/// Judges the body.
pub fn create_tracker<'a>(draft: &Field<'a, CreateTrackerDraft<'a>>, report: &mut Report<'a>) {
    let Some(draft) = body(draft, report) else { return };
    let kind = TrackerType::of(&draft.tracker_type);
    let is_data = kind == TrackerType::Data;
    report.at_field("tracker_type", |report| tracker_type(&draft.tracker_type, report));
    report.at_field("tracker_name", |report| tracker_name_of(kind, &draft.tracker_name, report));
    report.at_field("is_lts_enabled", |report| fields::flag(&draft.is_lts_enabled, "is_lts_enabled.type", report));
    report.at_field("is_organization_tracker", |report| {
        let draft = &draft.is_organization_tracker;
        let rule = "is_organization_tracker.type";
        fields::system_flag(draft, is_data, rule, "is_organization_tracker.tracker_type", report);
    });
    report.at_field("management_event_selector", |report| {
        management_event_selector(&draft.management_event_selector, is_data, report);
    });
    report.at_field("obs_info", |report| {
        if let Some(draft) = value_of(&draft.obs_info, "object", "obs_info.type", report) {
            obs_info(draft, kind, report);
        }
    });
    report.at_field("is_support_trace_files_encryption", |report| {
        let draft = &draft.is_support_trace_files_encryption;
        let rule = "is_support_trace_files_encryption.type";
        fields::system_flag(draft, is_data, rule, "is_support_trace_files_encryption.tracker_type", report);
    });
    report.at_field("kms_id", |report| {
        let encryption = fields::encryption(&draft.is_support_trace_files_encryption);
        let pairing = if is_data { Pairing::SystemOnly } else { Pairing::Applies };
        fields::kms_id(&draft.kms_id, encryption, kind == TrackerType::System, pairing, report);
    });
    report.at_field("is_support_validate", |report| {
        fields::flag(&draft.is_support_validate, "is_support_validate.type", report);
    });
    let transfer = draft.obs_info.got().and_then(|obs_info| obs_info.bucket_name.text());
    report.at_field("data_bucket", |report| data_bucket(&draft.data_bucket, kind, transfer, report));
    report.at_field("agency_name", |report| {
        word(&draft.agency_name, words::AGENCY_NAME, "agency_name.type", "agency_name.enum", report);
    });
    unknown_keys(draft, report);
}

fn tracker_type<'a>(draft: &Text<'a>, report: &mut Report<'a>) {
    if draft.is_absent() {
        report.add(error(Code::Required, "tracker_type.required").server("CTS.0202"));
    } else if let Some(word) = text(draft, "tracker_type.type", report)
        && let Some(finding) = words::check(word, words::TRACKER_TYPE, "tracker_type.enum")
    {
        report.add(finding.server("CTS.0202"));
    }
}

fn tracker_name_of<'a>(kind: TrackerType, draft: &Text<'a>, report: &mut Report<'a>) {
    let name = text(draft, "tracker_name.type", report);
    match (kind, name) {
        (TrackerType::Data, Some(name)) => tracker_name::check_data(name, report),
        (TrackerType::System, Some(name)) => tracker_name::check_system(name, report),
        (TrackerType::Data, None) if draft.is_absent() => {
            report.add(error(Code::Required, "tracker_name.required").server("CTS.0203"));
        }
        // An absent name of the management tracker is the documented default.
        _ => {}
    }
}

const EXCLUDE_SERVICE: WordList = WordList {
    allowed: words::EXCLUDE_SERVICE,
    kind: "exclude_service.type",
    length: "exclude_service.length",
    item_kind: "exclude_service.item_type",
    item: "exclude_service.enum",
    repeated: "exclude_service.repeated",
    server_code: None,
};

fn management_event_selector<'a>(
    draft: &Field<'a, ManagementEventSelectorDraft<'a>>,
    is_data: bool,
    report: &mut Report<'a>,
) {
    let Some(draft) = value_of(draft, "object", "management_event_selector.type", report) else { return };
    if is_data {
        let finding = warning(Code::NotApplicable, "management_event_selector.tracker_type");
        report.add(finding.word("trackerType", "system"));
    }
    report.at_field("exclude_service", |report| {
        fields::word_list(&draft.exclude_service, &EXCLUDE_SERVICE, report);
    });
    unknown_keys(draft, report);
}

fn obs_info<'a>(draft: &TrackerObsInfoDraft<'a>, kind: TrackerType, report: &mut Report<'a>) {
    let created = draft.is_obs_created.got() == Some(&true);
    let obs = if created { Severity::Error } else { Severity::Warning };
    let without_bucket = draft.bucket_name.is_absent();
    report.at_field("bucket_name", |report| {
        if without_bucket && created {
            report.add(error(Code::Required, "bucket_name.required").server("CTS.0216"));
        }
        fields::bucket_name(&draft.bucket_name, obs, report);
    });
    report.at_field("file_prefix_name", |report| {
        if let Some(prefix) = text(&draft.file_prefix_name, "file_prefix_name.type", report) {
            file_prefix_name::check(prefix, report);
            needs_bucket(without_bucket && !prefix.is_empty(), "file_prefix_name.bucket", report);
        }
    });
    report.at_field("is_obs_created", |report| fields::flag(&draft.is_obs_created, "is_obs_created.type", report));
    report.at_field("bucket_lifecycle", |report| {
        lifecycle(&draft.bucket_lifecycle, kind, report);
        needs_bucket(without_bucket && draft.bucket_lifecycle.got().is_some(), "bucket_lifecycle.bucket", report);
    });
    report.at_field("compress_type", |report| {
        word(&draft.compress_type, words::COMPRESS_TYPE, "compress_type.type", "compress_type.enum", report);
        let given = draft.compress_type.text().is_some_and(|word| !word.is_empty());
        needs_bucket(without_bucket && given, "compress_type.bucket", report);
    });
    report.at_field("is_sort_by_service", |report| {
        fields::flag(&draft.is_sort_by_service, "is_sort_by_service.type", report);
        needs_bucket(without_bucket && draft.is_sort_by_service.got().is_some(), "is_sort_by_service.bucket", report);
    });
    unknown_keys(draft, report);
}

fn lifecycle<'a>(draft: &Integer<'a>, kind: TrackerType, report: &mut Report<'a>) {
    if let Some(days) = value_of(draft, "integer", "bucket_lifecycle.type", report) {
        bucket_lifecycle::check(*days, report);
        if kind == TrackerType::System {
            let finding = warning(Code::NotApplicable, "bucket_lifecycle.tracker_type");
            report.add(finding.word("trackerType", "data"));
        }
    }
}

fn needs_bucket(missing: bool, rule: &'static str, report: &mut Report<'_>) {
    if missing {
        report.add(warning(Code::RequiresField, rule).word("field", "bucket_name"));
    }
}

const DATA_EVENT: WordList = WordList {
    allowed: words::DATA_EVENT,
    kind: "data_event.type",
    length: "data_event.length",
    item_kind: "data_event.item_type",
    item: "data_event.enum",
    repeated: "data_event.repeated",
    server_code: Some("CTS.0225"),
};

fn data_bucket<'a>(
    draft: &Field<'a, DataBucketDraft<'a>>,
    kind: TrackerType,
    transfer: Option<&str>,
    report: &mut Report<'a>,
) {
    let unreadable = matches!(draft, Field::Wrong(crate::decode::Actual::Named("unreadable")));
    match (kind, draft) {
        (TrackerType::System, Field::Absent) => return,
        (TrackerType::System, _) if !unreadable => {
            report.add(error(Code::Forbidden, "data_bucket.forbidden").server("CTS.0206"));
            return;
        }
        (TrackerType::Data, Field::Absent) => {
            report.add(error(Code::Required, "data_bucket.required").server("CTS.0210"));
            return;
        }
        _ => {}
    }
    let Some(draft) = value_of(draft, "object", "data_bucket.type", report) else { return };
    let must = kind == TrackerType::Data;
    report.at_field("data_bucket_name", |report| data_bucket_name(&draft.data_bucket_name, must, transfer, report));
    report.at_field("data_event", |report| data_event(&draft.data_event, must, report));
    unknown_keys(draft, report);
}

fn data_bucket_name<'a>(draft: &Text<'a>, must: bool, transfer: Option<&str>, report: &mut Report<'a>) {
    let empty = draft.is_absent() || draft.text() == Some("");
    if must && empty {
        report.add(error(Code::Required, "bucket_name.required").server("CTS.0210"));
        return;
    }
    fields::bucket_name(draft, Severity::Warning, report);
    if !empty && draft.text().is_some() && draft.text() == transfer {
        let finding = error(Code::MustDiffer, "bucket_name.differ");
        report.add(finding.server("CTS.0213").word("field", "obs_info.bucket_name"));
    }
}

fn data_event<'a>(draft: &Texts<'a>, must: bool, report: &mut Report<'a>) {
    if must && draft.is_absent() {
        report.add(error(Code::Required, "data_event.required").server("CTS.0219"));
    }
    if fields::word_list(draft, &DATA_EVENT, report) == Some(0) {
        report.add(error(Code::EmptyList, "data_event.empty").server("CTS.0219"));
    }
}

fn word<'a>(
    draft: &Text<'a>,
    allowed: &'static [&'static str],
    kind: &'static str,
    rule: &'static str,
    report: &mut Report<'a>,
) {
    if let Some(word) = text(draft, kind, report)
        && let Some(finding) = words::check(word, allowed, rule)
    {
        report.add(finding);
    }
}

/// The value of a draft in which no error was found: the known fields that are present.
pub fn value(draft: &CreateTrackerDraft<'_>) -> CreateTrackerRequestBody {
    let default = if draft.tracker_type.text() == Some("system") { tracker_name::SYSTEM } else { "" };
    CreateTrackerRequestBody {
        tracker_type: owned(&draft.tracker_type).unwrap_or_default(),
        tracker_name: owned(&draft.tracker_name).unwrap_or_else(|| default.to_owned()),
        is_lts_enabled: draft.is_lts_enabled.got().copied(),
        is_organization_tracker: draft.is_organization_tracker.got().copied(),
        management_event_selector: draft
            .management_event_selector
            .got()
            .map(|draft| ManagementEventSelector { exclude_service: owned_list(&draft.exclude_service) }),
        obs_info: draft.obs_info.got().map(|draft| TrackerObsInfo {
            bucket_name: owned(&draft.bucket_name),
            file_prefix_name: owned(&draft.file_prefix_name),
            is_obs_created: draft.is_obs_created.got().copied(),
            // One of the allowed values, so the cast is exact.
            bucket_lifecycle: draft.bucket_lifecycle.got().map(|days| *days as i32),
            compress_type: owned(&draft.compress_type),
            is_sort_by_service: draft.is_sort_by_service.got().copied(),
        }),
        is_support_trace_files_encryption: draft.is_support_trace_files_encryption.got().copied(),
        kms_id: owned(&draft.kms_id),
        is_support_validate: draft.is_support_validate.got().copied(),
        data_bucket: draft.data_bucket.got().map(|draft| DataBucket {
            data_bucket_name: owned(&draft.data_bucket_name),
            data_event: owned_list(&draft.data_event),
        }),
        agency_name: owned(&draft.agency_name),
    }
}

pub(super) fn owned(draft: &Text<'_>) -> Option<String> {
    draft.text().map(str::to_owned)
}

fn owned_list(draft: &Texts<'_>) -> Option<Vec<String>> {
    match draft.got()? {
        List::Items(items) => Some(items.iter().filter_map(owned).collect()),
        List::TooLong(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decode::Actual;
    use crate::rules::cases::found;

    /// Only the reader of JavaScript values meets such a value, so no vector in JSON can.
    #[test]
    fn what_could_not_be_read_is_not_forbidden() {
        let draft = Field::Got(CreateTrackerDraft {
            tracker_type: Field::Got("system".into()),
            data_bucket: Field::Wrong(Actual::Named("unreadable")),
            ..CreateTrackerDraft::default()
        });
        let expected = ["error invalid_type expected=object actual=unreadable"];
        assert_eq!(found(|report| create_tracker(&draft, report)), expected);
    }
}
