//! `POST /v3/{domain_id}/checkbucket`.
//!
//! The source of a field is the vendor's page "Checking Whether Data Can Be Transferred to the Configured OBS Bucket",
//! unless a comment names another: *SDK* are the models of the vendor's official SDKs.

use crate::rules::{bucket_location, bucket_name, kms_id};
use crate::schema::Values::{Text, Words};
use crate::schema::wire_object;
use crate::service::codes::NO_SUCH_BUCKET;

wire_object! {
    /// The body of CheckObsBuckets.
    pub struct CheckObsBucketsRequestBody, fields CheckObsBucketsFields {
        /// The buckets to check.
        // No source documents a maximum.
        pub buckets: Option<Vec<CheckBucketRequest>>,
    }
}

wire_object! {
    /// A bucket to check.
    pub struct CheckBucketRequest, fields CheckBucketFields {
        /// The name of the bucket.
        #[values(Text(&bucket_name::DESCRIPTION))]
        pub bucket_name: String,
        /// The region of the bucket.
        #[values(Text(&bucket_location::DESCRIPTION))]
        pub bucket_location: String,
        /// The ID of the KMS key that would encrypt trace files. Required with `is_support_trace_files_encryption`.
        #[values(Text(&kms_id::DESCRIPTION))]
        pub kms_id: Option<String>,
        /// Whether trace files would be encrypted.
        pub is_support_trace_files_encryption: Option<bool>,
    }
}

wire_object! {
    /// The response of CheckObsBuckets (200). Any field may be missing.
    pub struct CheckObsBucketsResponse {
        /// The buckets with the result of the check.
        pub buckets: Option<Vec<Bucket>>,
    }
}

wire_object! {
    /// A checked bucket.
    pub struct Bucket {
        /// The region in the request.
        pub bucket_location: Option<String>,
        /// The name in the request.
        pub bucket_name: Option<String>,
        /// The result of the check.
        pub check_bucket_response: Option<CheckBucketResponse>,
        /// The value in the request.
        pub is_support_trace_files_encryption: Option<bool>,
        /// The key ID in the request.
        pub kms_id: Option<String>,
    }
}

wire_object! {
    /// The result of a check. The HTTP status of the response is 200 even if the check failed: read `success`.
    pub struct CheckBucketResponse {
        /// The error code of OBS. Absent on success.
        #[values(Words(&[NO_SUCH_BUCKET.1]))]
        pub error_code: Option<String>,
        /// The error message of OBS. Absent on success.
        // Error bodies of other responses call it `error_msg`.
        pub error_message: Option<String>,
        /// The HTTP status that OBS returned.
        // Range 0 to 1000: SDK.
        pub response_code: Option<i32>,
        /// Whether traces can be transferred to the bucket.
        pub success: Option<bool>,
    }
}
