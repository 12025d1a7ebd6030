//! Which fields of a CreateTracker form apply and which are required, as far as it is filled.

use crate::decode::{CreateTrackerDraft, TrackerObsInfoDraft};
use crate::issue::Code;
use crate::rules::kms_id::Encryption;

use super::create_tracker::TrackerType;
use super::fields::encryption;

/// What a form does with one field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FieldState {
    /// The field, its steps joined by periods.
    pub path: &'static str,
    pub required: bool,
    /// Why the field does not apply; it applies if there is no reason.
    pub reason: Option<Code>,
}

/// The fields in the order of the documents.
pub const PATHS: [&str; 20] = [
    "tracker_type",
    "tracker_name",
    "is_lts_enabled",
    "is_organization_tracker",
    "management_event_selector",
    "management_event_selector.exclude_service",
    "obs_info",
    "obs_info.bucket_name",
    "obs_info.file_prefix_name",
    "obs_info.is_obs_created",
    "obs_info.bucket_lifecycle",
    "obs_info.compress_type",
    "obs_info.is_sort_by_service",
    "is_support_trace_files_encryption",
    "kms_id",
    "is_support_validate",
    "data_bucket",
    "data_bucket.data_bucket_name",
    "data_bucket.data_event",
    "agency_name",
];

/// The state of every field.
pub fn field_state(draft: &CreateTrackerDraft<'_>) -> [FieldState; 20] {
    let kind = TrackerType::of(&draft.tracker_type);
    let encryption = encryption(&draft.is_support_trace_files_encryption);
    let obs_info = draft.obs_info.got();
    let bucket = |ask: fn(&TrackerObsInfoDraft<'_>) -> bool| obs_info.is_some_and(ask);
    let created = bucket(|obs_info| obs_info.is_obs_created.got() == Some(&true));
    let named = bucket(|obs_info| !obs_info.bucket_name.is_absent());
    PATHS.map(|path| {
        let reason = match (path, kind) {
            ("tracker_name", TrackerType::System) => Some(Code::MustEqual),
            (
                "is_organization_tracker"
                | "management_event_selector"
                | "management_event_selector.exclude_service"
                | "is_support_trace_files_encryption"
                | "kms_id",
                TrackerType::Data,
            )
            | ("obs_info.bucket_lifecycle", TrackerType::System) => Some(Code::NotApplicable),
            ("data_bucket" | "data_bucket.data_bucket_name" | "data_bucket.data_event", TrackerType::System) => {
                Some(Code::Forbidden)
            }
            ("kms_id", _) if encryption == Encryption::Off => Some(Code::Unused),
            (
                "obs_info.file_prefix_name"
                | "obs_info.bucket_lifecycle"
                | "obs_info.compress_type"
                | "obs_info.is_sort_by_service",
                _,
            ) if !named => Some(Code::RequiresField),
            _ => None,
        };
        let required = match path {
            "tracker_type" => true,
            "tracker_name" | "data_bucket" | "data_bucket.data_bucket_name" | "data_bucket.data_event" => {
                kind == TrackerType::Data
            }
            "obs_info.bucket_name" => created,
            "kms_id" => kind == TrackerType::System && encryption == Encryption::On,
            _ => false,
        };
        FieldState { path, required, reason }
    })
}
