//! `POST /v3/{domain_id}/checkbucket`.

use serde::{Deserialize, Serialize};

/// The body of CheckObsBuckets.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct CheckObsBucketsRequestBody {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub buckets: Option<Vec<CheckBucketRequest>>,
}

/// One bucket to check.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct CheckBucketRequest {
    pub bucket_name: String,
    pub bucket_location: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kms_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_support_trace_files_encryption: Option<bool>,
}
