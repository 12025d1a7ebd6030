//! What a request looks like: its fields, their order and their types.

/// What a field's type is called, for the tables that other languages are given.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum FieldType {
    String,
    Boolean,
    Integer,
    Object(&'static Table),
    Array(&'static FieldType),
}

impl FieldType {
    /// The word for `params.expected`.
    pub const fn name(self) -> &'static str {
        match self {
            FieldType::String => "string",
            FieldType::Boolean => "boolean",
            FieldType::Integer => "integer",
            FieldType::Object(_) => "object",
            FieldType::Array(_) => "array",
        }
    }
}

/// The fields of an object, in the order of the documents.
#[derive(Debug, PartialEq)]
pub struct Table {
    pub name: &'static str,
    pub fields: &'static [(&'static str, FieldType)],
}

/// The body of CreateTracker.
pub const CREATE_TRACKER: Table = Table {
    name: "CreateTrackerRequestBody",
    fields: &[
        ("tracker_type", FieldType::String),
        ("tracker_name", FieldType::String),
        ("is_lts_enabled", FieldType::Boolean),
        ("is_organization_tracker", FieldType::Boolean),
        ("management_event_selector", FieldType::Object(&MANAGEMENT_EVENT_SELECTOR)),
        ("obs_info", FieldType::Object(&TRACKER_OBS_INFO)),
        ("is_support_trace_files_encryption", FieldType::Boolean),
        ("kms_id", FieldType::String),
        ("is_support_validate", FieldType::Boolean),
        ("data_bucket", FieldType::Object(&DATA_BUCKET)),
        ("agency_name", FieldType::String),
    ],
};

/// A management trace selector.
pub const MANAGEMENT_EVENT_SELECTOR: Table =
    Table { name: "ManagementEventSelector", fields: &[("exclude_service", FieldType::Array(&FieldType::String))] };

/// The transfer configuration.
pub const TRACKER_OBS_INFO: Table = Table {
    name: "TrackerObsInfo",
    fields: &[
        ("bucket_name", FieldType::String),
        ("file_prefix_name", FieldType::String),
        ("is_obs_created", FieldType::Boolean),
        ("bucket_lifecycle", FieldType::Integer),
        ("compress_type", FieldType::String),
        ("is_sort_by_service", FieldType::Boolean),
    ],
};

/// The tracked bucket.
pub const DATA_BUCKET: Table = Table {
    name: "DataBucket",
    fields: &[("data_bucket_name", FieldType::String), ("data_event", FieldType::Array(&FieldType::String))],
};

/// The body of CheckObsBuckets.
pub const CHECK_OBS_BUCKETS: Table = Table {
    name: "CheckObsBucketsRequestBody",
    fields: &[("buckets", FieldType::Array(&FieldType::Object(&CHECK_BUCKET)))],
};

/// One bucket to check.
pub const CHECK_BUCKET: Table = Table {
    name: "CheckBucketRequest",
    fields: &[
        ("bucket_name", FieldType::String),
        ("bucket_location", FieldType::String),
        ("kms_id", FieldType::String),
        ("is_support_trace_files_encryption", FieldType::Boolean),
    ],
};
