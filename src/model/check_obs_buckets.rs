//! `POST /v3/{domain_id}/checkbucket`: what is sent, and the 200 that comes back, also for a bucket that failed.
//!
//! *page* is the vendor's page "Checking Whether Data Can Be Transferred to the Configured OBS Bucket", *SDK* the
//! models of the vendor's official SDKs.

use serde::{Deserialize, Serialize};

use super::extra::Extra;

/// The body of CheckObsBuckets. (page)
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct CheckObsBucketsRequestBody {
    /// The buckets to check. How many at most is documented nowhere. (page)
    #[serde(skip_serializing_if = "Option::is_none")]
    pub buckets: Option<Vec<CheckBucketRequest>>,
}

/// One bucket to check. (page)
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct CheckBucketRequest {
    /// 3 to 63 of lowercase letters, digits, `-` and `.`, a letter or digit first. Mandatory. (page)
    pub bucket_name: String,
    /// The region the bucket is in, such as `cn-north-1`. Mandatory. (page)
    pub bucket_location: String,
    /// The KMS key for encrypted transfer: mandatory while encryption is on. (page)
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kms_id: Option<String>,
    /// Whether trace files would be encrypted. (page)
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_support_trace_files_encryption: Option<bool>,
}

/// The 200 of CheckObsBuckets. Every field may be missing; what the documents do not know is kept in `extra`. (page)
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct CheckObsBucketsResponse {
    /// The buckets with what was found. (page)
    #[serde(skip_serializing_if = "Option::is_none")]
    pub buckets: Option<Vec<Bucket>>,
    #[serde(flatten)]
    pub extra: Extra,
}

/// One checked bucket. (page)
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Bucket {
    /// As it was sent. (page)
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bucket_name: Option<String>,
    /// As it was sent. (page)
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bucket_location: Option<String>,
    /// As it was sent. (page)
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kms_id: Option<String>,
    /// As it was sent. (page)
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_support_trace_files_encryption: Option<bool>,
    /// What was found. (page)
    #[serde(skip_serializing_if = "Option::is_none")]
    pub check_bucket_response: Option<CheckBucketResponse>,
    #[serde(flatten)]
    pub extra: Extra,
}

/// What was found of one bucket. (page)
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct CheckBucketResponse {
    /// A code of OBS such as `OBS.NoSuchBucket`; missing on success. (page)
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error_code: Option<String>,
    /// Its text; missing on success. The key is not the `error_msg` of other answers. (page)
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error_message: Option<String>,
    /// The HTTP status OBS gave. (page; 0 to 1000: SDK)
    #[serde(skip_serializing_if = "Option::is_none")]
    pub response_code: Option<i32>,
    /// Whether traces can be transferred to the bucket. (page)
    #[serde(skip_serializing_if = "Option::is_none")]
    pub success: Option<bool>,
    #[serde(flatten)]
    pub extra: Extra,
}
