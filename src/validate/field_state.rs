//! Which fields of a CreateTracker form apply and which are required, as far as it is filled.

use crate::decode::{Document, Value};
use crate::issue::Code;
use crate::model::{CreateTrackerFields, TrackerObsInfoFields};
use crate::rules::kms_id::Encryption;

use super::create_tracker::TrackerType;
use super::fields::encryption;

/// What a form does with one field of [`PATHS`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FieldState {
    pub required: bool,
    /// Why the field does not apply; it applies if there is no reason.
    pub reason: Option<Code>,
}

/// For which trackers a field is, and when it is required.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Group {
    /// For any tracker, never required.
    Any,
    /// For any tracker, always required.
    Always,
    /// The name: that of the management tracker is given.
    Name,
    /// For the management tracker.
    System,
    /// For a data tracker, and required there.
    Tracked,
    /// The key: for the management tracker, with encryption.
    Key,
    /// The transfer bucket: required if it is to be created.
    Bucket,
    /// Of use with a transfer bucket.
    OfBucket,
    /// The same, and only for a data tracker.
    Lifecycle,
}

/// The fields in the order of the documents.
const FIELDS: [(&str, Group); 20] = [
    ("tracker_type", Group::Always),
    ("tracker_name", Group::Name),
    ("is_lts_enabled", Group::Any),
    ("is_organization_tracker", Group::System),
    ("management_event_selector", Group::System),
    ("management_event_selector.exclude_service", Group::System),
    ("obs_info", Group::Any),
    ("obs_info.bucket_name", Group::Bucket),
    ("obs_info.file_prefix_name", Group::OfBucket),
    ("obs_info.is_obs_created", Group::Any),
    ("obs_info.bucket_lifecycle", Group::Lifecycle),
    ("obs_info.compress_type", Group::OfBucket),
    ("obs_info.is_sort_by_service", Group::OfBucket),
    ("is_support_trace_files_encryption", Group::System),
    ("kms_id", Group::Key),
    ("is_support_validate", Group::Any),
    ("data_bucket", Group::Tracked),
    ("data_bucket.data_bucket_name", Group::Tracked),
    ("data_bucket.data_event", Group::Tracked),
    ("agency_name", Group::Any),
];

/// Their paths, steps joined by periods.
pub const PATHS: [&str; 20] = split().0;
/// Apart from the paths, which would be in the wasm otherwise.
const GROUPS: [Group; 20] = split().1;

const fn split() -> ([&'static str; 20], [Group; 20]) {
    let (mut paths, mut groups) = ([""; 20], [Group::Any; 20]);
    let mut at = 0;
    while at < FIELDS.len() {
        #[allow(clippy::indexing_slicing, reason = "the lists have one length, and this runs at compile time")]
        {
            (paths[at], groups[at]) = FIELDS[at];
        }
        at += 1;
    }
    (paths, groups)
}

/// The state of every field.
pub fn field_state(document: &Document<'_>) -> [FieldState; 20] {
    let given = document.root().object().and_then(|body| CreateTrackerFields::of(body, document));
    let kind = given.map_or(TrackerType::Unusable, |given| TrackerType::of(given.tracker_type()));
    let (system, data) = (kind == TrackerType::System, kind == TrackerType::Data);
    let encryption = encryption(given.map_or(Value::ABSENT, |given| given.is_support_trace_files_encryption()));
    let transfer =
        given.and_then(|given| given.obs_info().object()).and_then(|info| TrackerObsInfoFields::of(info, document));
    let created = transfer.is_some_and(|transfer| transfer.is_obs_created().flag() == Some(true));
    let named = transfer.is_some_and(|transfer| !transfer.bucket_name().is_absent());
    GROUPS.map(|group| {
        let (required, reason) = match group {
            Group::Any => (false, None),
            Group::Always => (true, None),
            Group::Name => (data, system.then_some(Code::MustEqual)),
            Group::System => (false, data.then_some(Code::NotApplicable)),
            Group::Tracked => (data, system.then_some(Code::Forbidden)),
            Group::Key if data => (false, Some(Code::NotApplicable)),
            Group::Key => {
                (system && encryption == Encryption::On, (encryption == Encryption::Off).then_some(Code::Unused))
            }
            Group::Bucket => (created, None),
            Group::Lifecycle if system => (false, Some(Code::NotApplicable)),
            Group::OfBucket | Group::Lifecycle => (false, (!named).then_some(Code::RequiresField)),
        };
        FieldState { required, reason }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decode::{Buffer, exact};
    use crate::schema::{CREATE_TRACKER, FieldType};
    use crate::validate::decode;

    /// The fields that are required, or do not apply and why.
    fn states(form: &'static str) -> Vec<String> {
        let mut buffer = Buffer::default();
        let Ok(document) = decode(form.as_bytes(), &mut buffer, exact, &FieldType::Object(&CREATE_TRACKER)) else {
            return Vec::new();
        };
        let said = PATHS.iter().zip(field_state(&document)).map(|(path, state)| match (state.required, state.reason) {
            (required, Some(reason)) => {
                format!("{path} {}{}", reason.as_str(), if required { " required" } else { "" })
            }
            (true, None) => format!("{path} required"),
            (false, None) => String::new(),
        });
        said.filter(|said| !said.is_empty()).collect()
    }

    #[test]
    fn an_empty_form() {
        assert_eq!(
            states("{}"),
            [
                "tracker_type required",
                "obs_info.file_prefix_name requires_field",
                "obs_info.bucket_lifecycle requires_field",
                "obs_info.compress_type requires_field",
                "obs_info.is_sort_by_service requires_field",
                "kms_id unused",
            ]
        );
    }

    #[test]
    fn a_management_tracker() {
        assert_eq!(
            states(r#"{"tracker_type": "system", "obs_info": {"bucket_name": "abc"}}"#),
            [
                "tracker_type required",
                "tracker_name must_equal",
                "obs_info.bucket_lifecycle not_applicable",
                "kms_id unused",
                "data_bucket forbidden",
                "data_bucket.data_bucket_name forbidden",
                "data_bucket.data_event forbidden",
            ]
        );
    }

    #[test]
    fn a_data_tracker() {
        let form = r#"{"tracker_type": "data", "is_support_trace_files_encryption": true,
            "obs_info": {"bucket_name": "", "is_obs_created": true}}"#;
        assert_eq!(
            states(form),
            [
                "tracker_type required",
                "tracker_name required",
                "is_organization_tracker not_applicable",
                "management_event_selector not_applicable",
                "management_event_selector.exclude_service not_applicable",
                "obs_info.bucket_name required",
                "is_support_trace_files_encryption not_applicable",
                "kms_id not_applicable",
                "data_bucket required",
                "data_bucket.data_bucket_name required",
                "data_bucket.data_event required",
            ]
        );
    }

    #[test]
    fn a_key_is_required_where_files_are_encrypted() {
        let key = |form| states(form).into_iter().filter(|said| said.starts_with("kms_id")).collect::<Vec<_>>();
        let on = r#"{"tracker_type": "system", "is_support_trace_files_encryption": true}"#;
        assert_eq!(key(on), ["kms_id required"]);
        assert_eq!(key(r#"{"is_support_trace_files_encryption": true}"#), [""; 0]);
        // What is of a wrong type may mean anything.
        assert_eq!(key(r#"{"tracker_type": "system", "is_support_trace_files_encryption": "yes"}"#), [""; 0]);
    }
}
