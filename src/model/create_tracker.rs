//! `POST /v3/{project_id}/tracker`.

use serde::{Deserialize, Serialize};

/// The body of CreateTracker. Absent fields are not sent.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct CreateTrackerRequestBody {
    pub tracker_type: String,
    pub tracker_name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_lts_enabled: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_organization_tracker: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub management_event_selector: Option<ManagementEventSelector>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub obs_info: Option<TrackerObsInfo>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_support_trace_files_encryption: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kms_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_support_validate: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data_bucket: Option<DataBucket>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agency_name: Option<String>,
}

/// Management trace selector.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ManagementEventSelector {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exclude_service: Option<Vec<String>>,
}

/// The OBS bucket to which traces are transferred.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct TrackerObsInfo {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bucket_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file_prefix_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_obs_created: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bucket_lifecycle: Option<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub compress_type: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_sort_by_service: Option<bool>,
}

/// The OBS bucket a data tracker tracks.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct DataBucket {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data_bucket_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data_event: Option<Vec<String>>,
}
