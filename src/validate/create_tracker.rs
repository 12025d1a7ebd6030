//! The body of CreateTracker, field by field in the order of the documents.

use crate::decode::{Actual, Document, Value};
use crate::issue::{Report, RuleId, Severity, name};
use crate::model::{
    CreateTrackerFields, CreateTrackerRequestBody, DataBucketFields, FromDocument, ManagementEventSelectorFields,
    TrackerObsInfoFields,
};
use crate::rules::kms_id::Pairing;
use crate::rules::{bucket_lifecycle, file_prefix_name, tracker_name, words};
use crate::schema::{CREATE_TRACKER, DATA_BUCKET, MANAGEMENT_EVENT_SELECTOR, TRACKER_OBS_INFO};

use super::fields::{self, WordList, text, typed, word, word_list};
use super::{body, unknown_keys};

/// The type of the tracker. Rules for one type are skipped while it is unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TrackerType {
    System,
    Data,
    Unusable,
}

impl TrackerType {
    pub(super) fn of(value: Value<'_, '_>) -> Self {
        match value.bytes() {
            Some(b"system") => TrackerType::System,
            Some(b"data") => TrackerType::Data,
            _ => TrackerType::Unusable,
        }
    }
}

/// Validates the body.
pub fn create_tracker<'a>(document: &Document<'a>, report: &mut Report<'a>) {
    let Some(object) = body(document, report) else { return };
    let Some(given) = CreateTrackerFields::of(object, document) else { return };
    let kind = TrackerType::of(given.tracker_type());
    let is_data = kind == TrackerType::Data;
    report.enter();
    report.field(name!("tracker_type"));
    if given.tracker_type().is_absent() {
        report.error(RuleId::TrackerTypeRequired);
    }
    word(given.tracker_type(), words::TRACKER_TYPE, RuleId::TrackerTypeType, RuleId::TrackerTypeEnum, report);
    report.field(name!("tracker_name"));
    validate_name(given.tracker_name(), kind, report);
    report.field(name!("is_lts_enabled"));
    typed(given.is_lts_enabled(), RuleId::IsLtsEnabledType, report);
    report.field(name!("is_organization_tracker"));
    let (wrong, of_data) = (RuleId::OrganizationType, RuleId::OrganizationOfData);
    fields::system_flag(given.is_organization_tracker(), is_data, wrong, of_data, report);
    report.field(name!("management_event_selector"));
    validate_selector(given.management_event_selector(), is_data, document, report);
    report.field(name!("obs_info"));
    let transfer = validate_transfer(given.obs_info(), kind, document, report);
    report.field(name!("is_support_trace_files_encryption"));
    let (wrong, of_data) = (RuleId::EncryptionType, RuleId::EncryptionOfData);
    fields::system_flag(given.is_support_trace_files_encryption(), is_data, wrong, of_data, report);
    report.field(name!("kms_id"));
    let pairing = if is_data { Pairing::SystemOnly } else { Pairing::Applies };
    let required = if kind == TrackerType::System { Some(RuleId::KmsIdRequired) } else { None };
    let encryption = fields::encryption(given.is_support_trace_files_encryption());
    fields::kms_id(given.kms_id(), encryption, pairing, required, report);
    report.field(name!("is_support_validate"));
    typed(given.is_support_validate(), RuleId::IsSupportValidateType, report);
    report.field(name!("data_bucket"));
    validate_data_bucket(given.data_bucket(), kind, transfer, document, report);
    report.field(name!("agency_name"));
    word(given.agency_name(), words::AGENCY_NAME, RuleId::AgencyNameType, RuleId::AgencyNameEnum, report);
    report.leave();
    unknown_keys(document, object, &CREATE_TRACKER, report);
}

fn validate_name<'a>(value: Value<'_, 'a>, kind: TrackerType, report: &mut Report<'a>) {
    let name = text(value, RuleId::TrackerNameType, report);
    match (kind, name) {
        (TrackerType::Data, Some(name)) => tracker_name::check_data(name, report),
        (TrackerType::System, Some(name)) => tracker_name::check_system(name, report),
        (TrackerType::Data, None) if value.is_absent() => {
            report.error(RuleId::TrackerNameRequired);
        }
        // An absent name of the management tracker is the documented default.
        _ => {}
    }
}

const EXCLUDE_SERVICE: WordList = WordList {
    allowed: words::EXCLUDE_SERVICE,
    wrong: RuleId::ExcludeServiceType,
    too_long: RuleId::ExcludeServiceLength,
    item_wrong: RuleId::ExcludeServiceItemType,
    item_unknown: RuleId::ExcludeServiceEnum,
    repeated: RuleId::ExcludeServiceRepeated,
};

fn validate_selector<'a>(value: Value<'_, 'a>, is_data: bool, document: &Document<'a>, report: &mut Report<'a>) {
    typed(value, RuleId::SelectorType, report);
    let Some(object) = value.object() else { return };
    let Some(given) = ManagementEventSelectorFields::of(object, document) else { return };
    if is_data {
        report.warning(RuleId::SelectorOfData);
    }
    report.enter();
    report.field(name!("exclude_service"));
    word_list(given.exclude_service(), &EXCLUDE_SERVICE, document, report);
    report.leave();
    unknown_keys(document, object, &MANAGEMENT_EVENT_SELECTOR, report);
}

/// Validates the transfer and returns the name of its bucket.
fn validate_transfer<'a>(
    value: Value<'_, 'a>,
    kind: TrackerType,
    document: &Document<'a>,
    report: &mut Report<'a>,
) -> Option<&'a [u8]> {
    typed(value, RuleId::ObsInfoType, report);
    let object = value.object()?;
    let given = TrackerObsInfoFields::of(object, document)?;
    let (bucket_name, is_obs_created) = (given.bucket_name(), given.is_obs_created());
    let (bucket_lifecycle, compress_type) = (given.bucket_lifecycle(), given.compress_type());
    let created = is_obs_created.flag() == Some(true);
    let without_bucket = bucket_name.is_absent();
    report.enter();
    report.field(name!("bucket_name"));
    if without_bucket && created {
        report.error(RuleId::BucketNameRequiredForCreation);
    }
    fields::bucket_name(bucket_name, if created { Severity::Error } else { Severity::Warning }, report);
    let needs_bucket = |present: bool, finding: RuleId, report: &mut Report<'a>| {
        if present && without_bucket {
            report.warning(finding);
        }
    };
    report.field(name!("file_prefix_name"));
    if let Some(prefix) = text(given.file_prefix_name(), RuleId::FilePrefixNameType, report) {
        file_prefix_name::check(prefix, report);
        needs_bucket(!prefix.is_empty(), RuleId::FilePrefixNameBucket, report);
    }
    report.field(name!("is_obs_created"));
    typed(is_obs_created, RuleId::IsObsCreatedType, report);
    report.field(name!("bucket_lifecycle"));
    typed(bucket_lifecycle, RuleId::BucketLifecycleType, report);
    if let Some(days) = bucket_lifecycle.integer() {
        bucket_lifecycle::check(days, report);
        if kind == TrackerType::System {
            report.warning(RuleId::BucketLifecycleOfSystem);
        }
        needs_bucket(true, RuleId::BucketLifecycleBucket, report);
    }
    report.field(name!("compress_type"));
    word(compress_type, words::COMPRESS_TYPE, RuleId::CompressTypeType, RuleId::CompressTypeEnum, report);
    let present = compress_type.bytes().is_some_and(|word| !word.is_empty());
    needs_bucket(present, RuleId::CompressTypeBucket, report);
    report.field(name!("is_sort_by_service"));
    typed(given.is_sort_by_service(), RuleId::IsSortByServiceType, report);
    needs_bucket(given.is_sort_by_service().flag().is_some(), RuleId::IsSortByServiceBucket, report);
    report.leave();
    unknown_keys(document, object, &TRACKER_OBS_INFO, report);
    bucket_name.bytes()
}

const DATA_EVENT: WordList = WordList {
    allowed: words::DATA_EVENT,
    wrong: RuleId::DataEventType,
    too_long: RuleId::DataEventLength,
    item_wrong: RuleId::DataEventItemType,
    item_unknown: RuleId::DataEventEnum,
    repeated: RuleId::DataEventRepeated,
};

fn validate_data_bucket<'a>(
    value: Value<'_, 'a>,
    kind: TrackerType,
    transfer: Option<&[u8]>,
    document: &Document<'a>,
    report: &mut Report<'a>,
) {
    let must = kind == TrackerType::Data;
    if value.is_absent() {
        if must {
            report.error(RuleId::DataBucketRequired);
        }
        return;
    }
    if kind == TrackerType::System && value.wrong() != Some(Actual::Named("unreadable")) {
        report.error(RuleId::DataBucketForbidden);
        return;
    }
    typed(value, RuleId::DataBucketType, report);
    let Some(object) = value.object() else { return };
    let Some(given) = DataBucketFields::of(object, document) else { return };
    let (data_bucket_name, data_event) = (given.data_bucket_name(), given.data_event());
    report.enter();
    report.field(name!("data_bucket_name"));
    if must && data_bucket_name.is_empty() {
        report.error(RuleId::BucketNameRequiredForData);
    } else {
        fields::bucket_name(data_bucket_name, Severity::Warning, report);
        if transfer.is_some_and(|name| !name.is_empty() && data_bucket_name.bytes() == Some(name)) {
            report.error(RuleId::BucketNameDiffer);
        }
    }
    report.field(name!("data_event"));
    if must && data_event.is_absent() {
        report.error(RuleId::DataEventRequired);
    }
    word_list(data_event, &DATA_EVENT, document, report);
    if data_event.items().is_some_and(|items| items.length == 0) {
        report.error(RuleId::DataEventEmpty);
    }
    report.leave();
    unknown_keys(document, object, &DATA_BUCKET, report);
}

/// The body, if no error was found in it.
pub fn value(document: &Document<'_>) -> CreateTrackerRequestBody {
    let mut body = CreateTrackerRequestBody::from_document(document.root(), document).unwrap_or_default();
    if body.tracker_type == "system" {
        tracker_name::SYSTEM.clone_into(&mut body.tracker_name);
    }
    body
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decode::{Slot, TYPE_NAMES, tag};
    use crate::rules::cases::found;

    /// JSON has no unreadable values, so no vector can test this.
    #[test]
    fn an_unreadable_bucket_is_not_forbidden() {
        let unreadable = TYPE_NAMES.iter().position(|name| *name == "unreadable").unwrap_or_default();
        let mut slots: Vec<Slot> = vec![[tag::ABSENT, 0, 0]; 1 + CREATE_TRACKER.fields.len() + 1];
        for (index, slot) in slots.iter_mut().enumerate() {
            match index {
                0 => *slot = [tag::OBJECT, 1, 0],
                1 => *slot = [tag::STRING, 0, 6],
                10 => *slot = [tag::WRONG, unreadable as u32, 0],
                _ => {}
            }
        }
        let document = Document::new(&slots, b"system");
        let expected = ["error invalid_type expected=object actual=unreadable"];
        assert_eq!(found(|report| create_tracker(&document, report)), expected);
    }
}
