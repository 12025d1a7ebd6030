//! `POST /v3/{project_id}/tracker`: what is sent, and the 201 that comes back.
//!
//! Sources, as each field names them: *page* is the vendor's page "Creating a Tracker", *SDK* the models of the
//! vendor's official SDKs (they have tables the page lacks), *console* the console's user guide.

use serde::{Deserialize, Serialize};

use super::extra::{Extra, one_or_many};

/// The body of CreateTracker. Absent fields are not sent. (page)
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct CreateTrackerRequestBody {
    /// `system`, the management tracker, of which an account has one a region, or `data`, of which it has up to 100.
    /// Mandatory. (page)
    pub tracker_type: String,
    /// Of a management tracker always `system`. Of a data tracker 1 to 32 of letters, digits, `-` and `_`, a letter
    /// or digit first; not `system` or `system-trace`. Mandatory. (page; limits: console)
    pub tracker_name: String,
    /// Whether traces also go to Log Tank Service (LTS) for analysis. In the answer it stands under `lts`. (page)
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_lts_enabled: Option<bool>,
    /// Whether the configuration applies to every member of the organization. Management tracker only. (page)
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_organization_tracker: Option<bool>,
    /// Which management traces are left out. Management tracker only. (page; scope: SDK)
    #[serde(skip_serializing_if = "Option::is_none")]
    pub management_event_selector: Option<ManagementEventSelector>,
    /// The OBS bucket to which traces are transferred. (page)
    #[serde(skip_serializing_if = "Option::is_none")]
    pub obs_info: Option<TrackerObsInfo>,
    /// Whether trace files are encrypted during the transfer; then `kms_id` is needed. Management tracker only. (page)
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_support_trace_files_encryption: Option<bool>,
    /// The id of the KMS key: 36 characters, 8-4-4-4-12 of lowercase letters and digits. Mandatory while encryption
    /// is on. Management tracker only. (page; form: the key service's SDK)
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kms_id: Option<String>,
    /// Whether trace files can be verified. (page; the SDK's comment says management tracker only, the page both)
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_support_validate: Option<bool>,
    /// The OBS bucket that a data tracker tracks: mandatory there, refused on a management tracker. (page)
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data_bucket: Option<DataBucket>,
    /// Only `cts_admin_trust`: the service then makes the agency of that name. (page)
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agency_name: Option<String>,
}

/// Management trace selector. (page)
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ManagementEventSelector {
    /// Services whose traces are not transferred. Only `KMS` so far: its `createDatakey` traces. (page)
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exclude_service: Option<Vec<String>>,
}

/// The OBS bucket to which traces are transferred. (page)
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct TrackerObsInfo {
    /// 3 to 63 of lowercase letters, digits, `-` and `.`, a letter or digit first. (page)
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bucket_name: Option<String>,
    /// The prefix of the files in the bucket: 0 to 64 of letters, digits, `-`, `_` and `.`. (page)
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file_prefix_name: Option<String>,
    /// True: the service makes the bucket, which must not exist. False: it exists. (page)
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_obs_created: Option<bool>,
    /// How long files stay in the bucket, in days: 30, 60, 90, 180 or 1095. It becomes the bucket's own rule. Data
    /// tracker only. (page; values: the enum of older SDKs)
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bucket_lifecycle: Option<i32>,
    /// `gzip`, the default, or `json`, which is no compression. (SDK; the page writes them in capitals)
    #[serde(skip_serializing_if = "Option::is_none")]
    pub compress_type: Option<String>,
    /// Whether the path of a file names the cloud service; true by default. (page)
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_sort_by_service: Option<bool>,
}

/// The OBS bucket a data tracker tracks. (SDK)
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct DataBucket {
    /// Its name; it cannot be changed later, and differs from the transfer bucket's. (SDK)
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data_bucket_name: Option<String>,
    /// The operations to record: `READ`, `WRITE` or both. (SDK)
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data_event: Option<Vec<String>>,
}

/// The 201 of CreateTracker. Every field may be missing; what the documents do not know is kept in `extra`, and a
/// null counts as missing. The rules of the request are not the rules of the answer. (page)
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct CreateTrackerResponse {
    /// The tracker's id, a UUID in the examples. (page)
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// When it was created, in milliseconds since 1970 UTC. (page; unit and range 946656000000 to 4102416000000: SDK)
    #[serde(skip_serializing_if = "Option::is_none")]
    pub create_time: Option<i64>,
    /// The KMS key with which trace files are encrypted. (page)
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kms_id: Option<String>,
    /// Whether trace files can be verified. (page)
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_support_validate: Option<bool>,
    /// Whether the configuration applies to the organization. (page)
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_organization_tracker: Option<bool>,
    /// Which management traces are left out. (page)
    #[serde(skip_serializing_if = "Option::is_none")]
    pub management_event_selector: Option<ManagementEventSelector>,
    /// Trace analysis. (page)
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lts: Option<Lts>,
    /// `system` or `data`. (page)
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tracker_type: Option<String>,
    /// The account's id. The page's own example has 31 characters. (page)
    #[serde(skip_serializing_if = "Option::is_none")]
    pub domain_id: Option<String>,
    /// The project's id. (page)
    #[serde(skip_serializing_if = "Option::is_none")]
    pub project_id: Option<String>,
    /// The tracker's name. (page)
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tracker_name: Option<String>,
    /// `enabled`, `disabled` or `error`; others are kept as they come. (page)
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// Why the status is `error`: `bucketPolicyError`, `noBucket`, `arrears`; others are kept. (page)
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// Whether trace files are encrypted. (page)
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_support_trace_files_encryption: Option<bool>,
    /// The bucket to which traces are transferred. (page)
    #[serde(skip_serializing_if = "Option::is_none")]
    pub obs_info: Option<ObsInfo>,
    /// The bucket a data tracker tracks. (page)
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data_bucket: Option<DataBucketQuery>,
    /// The agency, `cts_admin_trust`. (page)
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agency_name: Option<String>,
    #[serde(flatten)]
    pub extra: Extra,
}

/// Trace analysis by Log Tank Service. (page)
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Lts {
    /// Whether it is on. (page)
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_lts_enabled: Option<bool>,
    /// The log group the service made. (page)
    #[serde(skip_serializing_if = "Option::is_none")]
    pub log_group_name: Option<String>,
    /// The log topic the service made. (page)
    #[serde(skip_serializing_if = "Option::is_none")]
    pub log_topic_name: Option<String>,
    #[serde(flatten)]
    pub extra: Extra,
}

/// The transfer bucket as the service tells it; its strings are empty and its numbers 0 when there is none. (page)
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ObsInfo {
    /// The bucket's name, or the empty string. (page)
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bucket_name: Option<String>,
    /// The prefix of the files. (page)
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file_prefix_name: Option<String>,
    /// Whether the tracker made the bucket. (page)
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_obs_created: Option<bool>,
    /// Whether the service may work on the bucket. (page)
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_authorized_bucket: Option<bool>,
    /// How long files stay, in days; 0 for no rule. A Long here, an Integer in the request. (page; 0 to 100000: SDK)
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bucket_lifecycle: Option<i64>,
    /// `gzip` or `json`; others are kept. (SDK)
    #[serde(skip_serializing_if = "Option::is_none")]
    pub compress_type: Option<String>,
    /// Whether the path of a file names the cloud service. (page)
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_sort_by_service: Option<bool>,
    /// The region of the bucket. Not in the SDKs; Open Telekom Cloud's pages have it, empty without a bucket.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bucket_location: Option<String>,
    #[serde(flatten)]
    pub extra: Extra,
}

/// The tracked bucket as the service tells it. (SDK)
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct DataBucketQuery {
    /// Its name. (SDK)
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data_bucket_name: Option<String>,
    /// Whether its traces can be searched. (SDK)
    #[serde(skip_serializing_if = "Option::is_none")]
    pub search_enabled: Option<bool>,
    /// The recorded operations, `READ` and `WRITE`; others are kept. Older answers give one bare string, which is
    /// read as a list of one. (SDK)
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "one_or_many")]
    pub data_event: Option<Vec<String>>,
    #[serde(flatten)]
    pub extra: Extra,
}
