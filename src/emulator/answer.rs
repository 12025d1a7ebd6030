//! The bodies the service and the gateway answer with, in the order of keys their documents show.

use serde::Serialize;

use crate::model::ManagementEventSelector;
use crate::service::codes::{self, ServiceCode};

/// An answer before it has its common headers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reply {
    pub(super) status: u16,
    pub(super) content_type: Option<&'static str>,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Vec<u8>,
}

impl Reply {
    pub(super) fn json(status: u16, body: &impl Serialize) -> Self {
        Reply {
            status,
            content_type: Some("application/json"),
            headers: Vec::new(),
            // Plain structs of strings, numbers and lists: nothing in them can fail to be written.
            body: serde_json::to_vec(body).unwrap_or_default(),
        }
    }

    /// The service's or the gateway's error of this code, with its usual status and wording.
    pub(super) fn code(code: &str, request_id: &str) -> Self {
        let known = codes::lookup(code);
        let status = known.map_or(500, ServiceCode::status);
        Self::worded(code, status, known.map_or("", ServiceCode::message), request_id)
    }

    /// The gateway's error of this code with one of its other statuses.
    pub(super) fn gateway(code: &str, status: u16, request_id: &str) -> Self {
        let message = codes::lookup(code)
            .and_then(|known| known.answers.iter().find(|answer| answer.status == status))
            .map_or("", |answer| answer.message);
        Self::worded(code, status, message, request_id)
    }

    /// An error in words of its own.
    pub(super) fn worded(code: &str, status: u16, message: &str, request_id: &str) -> Self {
        if code.starts_with("APIGW.") {
            Self::json(status, &GatewayError { error_msg: message, error_code: code, request_id })
        } else {
            Self::json(status, &ServiceError { error_code: code, error_msg: message })
        }
    }
}

/// `{"error_code":"CTS.0203","error_msg":"…"}`
#[derive(Serialize)]
struct ServiceError<'a> {
    error_code: &'a str,
    error_msg: &'a str,
}

/// The gateway's key order, as seen on the wire.
#[derive(Serialize)]
struct GatewayError<'a> {
    error_msg: &'a str,
    error_code: &'a str,
    request_id: &'a str,
}

/// The 201 of CreateTracker: the fields and the order of the documents' example, those it lacks beside their like.
#[derive(Clone, Debug, Serialize)]
pub(super) struct TrackerAnswer {
    pub(super) id: String,
    pub(super) create_time: i64,
    pub(super) domain_id: &'static str,
    pub(super) is_support_trace_files_encryption: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) kms_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) agency_name: Option<String>,
    pub(super) obs_info: ObsInfoAnswer,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) data_bucket: Option<DataBucketAnswer>,
    pub(super) project_id: String,
    pub(super) lts: LtsAnswer,
    pub(super) is_support_validate: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) is_organization_tracker: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) management_event_selector: Option<ManagementEventSelector>,
    pub(super) tracker_name: String,
    pub(super) tracker_type: String,
    pub(super) status: &'static str,
}

/// Without a transfer bucket the service gives empty strings and 0.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct ObsInfoAnswer {
    pub(super) is_obs_created: bool,
    pub(super) bucket_name: String,
    pub(super) is_authorized_bucket: bool,
    pub(super) file_prefix_name: String,
    pub(super) bucket_lifecycle: i32,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) compress_type: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) is_sort_by_service: Option<bool>,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct DataBucketAnswer {
    pub(super) data_bucket_name: String,
    pub(super) search_enabled: bool,
    pub(super) data_event: Vec<String>,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct LtsAnswer {
    pub(super) is_lts_enabled: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) log_group_name: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) log_topic_name: Option<String>,
}

/// The 200 of CheckObsBuckets, in the order of its example.
#[derive(Serialize)]
pub(super) struct CheckAnswer {
    pub(super) buckets: Vec<BucketAnswer>,
}

#[derive(Serialize)]
pub(super) struct BucketAnswer {
    pub(super) bucket_location: String,
    pub(super) bucket_name: String,
    pub(super) check_bucket_response: CheckBucketAnswer,
    pub(super) is_support_trace_files_encryption: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) kms_id: Option<String>,
}

/// A bucket that is fine has the last two only.
#[derive(Serialize)]
pub(super) struct CheckBucketAnswer {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) error_code: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) error_message: Option<&'static str>,
    pub(super) response_code: u16,
    pub(super) success: bool,
}
