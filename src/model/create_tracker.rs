//! `POST /v3/{project_id}/tracker`.
//!
//! The source of a field is the vendor's page "Creating a Tracker", unless a comment names another: *SDK* are the
//! models of the vendor's official SDKs, *console* is the user guide of the console.

use crate::rules::words::{AGENCY_NAME, COMPRESS_TYPE, DATA_EVENT, EXCLUDE_SERVICE, TRACKER_TYPE};
use crate::rules::{bucket_lifecycle, bucket_name, file_prefix_name, kms_id, tracker_name};
use crate::schema::Values::{Numbers, Text, Words};
use crate::schema::wire_object;

wire_object! {
    /// The body of CreateTracker.
    pub struct CreateTrackerRequestBody, fields CreateTrackerFields {
        /// `system` is the management tracker, of which a region has one. `data` is a data tracker; an account can have
        /// 100 of them.
        #[values(Words(TRACKER_TYPE))]
        pub tracker_type: String,
        /// The name of a management tracker is `system`.
        // Limits: console.
        #[values(Text(&tracker_name::DESCRIPTION))]
        pub tracker_name: String,
        /// Transfers traces to Log Tank Service (LTS) for analysis.
        // The response has it in `lts`.
        pub is_lts_enabled: Option<bool>,
        /// Applies the configuration to all members of the organization. Applies only to the management tracker.
        pub is_organization_tracker: Option<bool>,
        /// Excludes management traces from the transfer. Applies only to the management tracker.
        // Scope: SDK.
        pub management_event_selector: Option<ManagementEventSelector>,
        /// The OBS bucket that traces are transferred to.
        pub obs_info: Option<TrackerObsInfo>,
        /// Encrypts trace files during the transfer; requires `kms_id`. Applies only to the management tracker.
        pub is_support_trace_files_encryption: Option<bool>,
        /// The ID of the KMS key that encrypts trace files. Required with `is_support_trace_files_encryption`. Applies
        /// only to the management tracker.
        // Form: the SDK of the key service.
        #[values(Text(&kms_id::DESCRIPTION))]
        pub kms_id: Option<String>,
        /// Allows the verification of trace files.
        // The comment in the SDK restricts it to the management tracker; the page does not.
        pub is_support_validate: Option<bool>,
        /// The OBS bucket that a data tracker tracks. Required for a data tracker, not allowed for the management tracker.
        pub data_bucket: Option<DataBucket>,
        /// Creates the agency of this name for CTS.
        #[values(Words(AGENCY_NAME))]
        pub agency_name: Option<String>,
    }
}

wire_object! {
    /// Excludes management traces from the transfer.
    pub struct ManagementEventSelector, fields ManagementEventSelectorFields {
        /// Services whose traces are not transferred. `KMS` excludes its `createDatakey` traces.
        #[values(Words(EXCLUDE_SERVICE))]
        pub exclude_service: Option<Vec<String>>,
    }
}

wire_object! {
    /// The OBS bucket that traces are transferred to.
    pub struct TrackerObsInfo, fields TrackerObsInfoFields {
        /// Required with `is_obs_created`.
        #[values(Text(&bucket_name::DESCRIPTION))]
        pub bucket_name: Option<String>,
        /// The prefix of the names of trace files.
        #[values(Text(&file_prefix_name::DESCRIPTION))]
        pub file_prefix_name: Option<String>,
        /// `true` creates the bucket, which must not exist yet. `false` uses an existing bucket.
        pub is_obs_created: Option<bool>,
        /// The number of days that trace files are kept. It changes the lifecycle rule of the bucket. Applies only to data
        /// trackers.
        // Values: the enum of older SDKs.
        #[values(Numbers(bucket_lifecycle::VALUES))]
        pub bucket_lifecycle: Option<i32>,
        /// `json` means no compression. The default is `gzip`.
        // SDK; the page writes both words in capitals.
        #[values(Words(COMPRESS_TYPE))]
        pub compress_type: Option<String>,
        /// Whether the path of a trace file contains the name of the cloud service. The default is `true`.
        pub is_sort_by_service: Option<bool>,
    }
}

// SDK.
wire_object! {
    /// The OBS bucket that a data tracker tracks.
    pub struct DataBucket, fields DataBucketFields {
        /// The name of an existing bucket other than `obs_info.bucket_name`. It cannot be changed later.
        #[values(Text(&bucket_name::DESCRIPTION))]
        pub data_bucket_name: String,
        /// The operations to record, at least one.
        #[values(Words(DATA_EVENT))]
        pub data_event: Vec<String>,
    }
}

/// Declares a response that is a tracker: the fields of every such response, then those of its own.
macro_rules! tracker_response {
    ($(#[doc = $doc:literal])+ pub struct $name:ident { $($own:tt)* }) => {
        $crate::schema::wire_object! {
            $(#[doc = $doc])+
            pub struct $name {
                /// The ID of the tracker.
                pub id: Option<String>,
                /// The time of creation, in milliseconds since 1970-01-01 UTC.
                // Unit and range, 946656000000 to 4102416000000: SDK.
                pub create_time: Option<i64>,
                /// The ID of the account.
                // The example of the page has 31 characters.
                pub domain_id: Option<String>,
                /// Whether trace files are encrypted.
                pub is_support_trace_files_encryption: Option<bool>,
                /// The ID of the KMS key that encrypts trace files.
                pub kms_id: Option<String>,
                /// The name of the agency.
                #[values(Words(AGENCY_NAME))]
                pub agency_name: Option<String>,
                /// The OBS bucket that traces are transferred to.
                pub obs_info: Option<ObsInfo>,
                /// The OBS bucket that a data tracker tracks.
                pub data_bucket: Option<DataBucketQuery>,
                /// The ID of the project.
                pub project_id: Option<String>,
                /// The transfer to Log Tank Service (LTS).
                pub lts: Option<Lts>,
                /// Whether trace files can be verified.
                pub is_support_validate: Option<bool>,
                /// Whether the configuration applies to the organization.
                pub is_organization_tracker: Option<bool>,
                /// The management traces that are not transferred.
                pub management_event_selector: Option<ManagementEventSelector>,
                /// The name of the tracker.
                pub tracker_name: Option<String>,
                /// The type of the tracker.
                #[values(Words(TRACKER_TYPE))]
                pub tracker_type: Option<String>,
                /// The state of the tracker.
                #[values(Words(&["enabled", "disabled", "error"]))]
                pub status: Option<String>,
                /// The reason for the status `error`.
                #[values(Words(&["bucketPolicyError", "noBucket", "arrears"]))]
                pub detail: Option<String>,
                $($own)*
            }
        }
    };
}
pub(super) use tracker_response;

tracker_response! {
    /// The response of CreateTracker (201). Any field may be missing.
    pub struct CreateTrackerResponse {}
}

wire_object! {
    /// The transfer to Log Tank Service (LTS).
    pub struct Lts {
        /// Whether the transfer is enabled.
        pub is_lts_enabled: Option<bool>,
        /// The log group that the service created.
        pub log_group_name: Option<String>,
        /// The log topic that the service created.
        pub log_topic_name: Option<String>,
    }
}

wire_object! {
    /// The OBS bucket that traces are transferred to. Without one, strings are empty and numbers are 0.
    pub struct ObsInfo {
        /// Whether the tracker created the bucket.
        pub is_obs_created: Option<bool>,
        /// The name of the bucket.
        pub bucket_name: Option<String>,
        /// Whether CTS may use the bucket.
        pub is_authorized_bucket: Option<bool>,
        /// The prefix of the trace files.
        pub file_prefix_name: Option<String>,
        /// The number of days that trace files are kept; 0 means no rule.
        // A Long here, an Integer in the request. Range 0 to 100000: SDK.
        pub bucket_lifecycle: Option<i64>,
        /// The compression of trace files.
        // SDK.
        #[values(Words(COMPRESS_TYPE))]
        pub compress_type: Option<String>,
        /// Whether the path of a trace file contains the name of the cloud service.
        pub is_sort_by_service: Option<bool>,
        /// The region of the bucket.
        // Only in the documents of Open Telekom Cloud, where it is empty without a bucket.
        pub bucket_location: Option<String>,
    }
}

// SDK.
wire_object! {
    /// The OBS bucket that a data tracker tracks.
    pub struct DataBucketQuery {
        /// The name of the bucket.
        pub data_bucket_name: Option<String>,
        /// Whether the traces of the bucket can be searched.
        pub search_enabled: Option<bool>,
        /// The recorded operations.
        // Older responses have one string in place of the list.
        #[values(Words(DATA_EVENT))]
        pub data_event: Option<Vec<String>>,
    }
}
