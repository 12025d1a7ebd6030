//! JSON Schemas of the requests and of single fields, from the limits of the rules. The keywords used mean the same
//! in draft-07 and 2020-12, so one body serves both.

use serde_json::{Value, json};

use crate::rules::{bucket_lifecycle, bucket_name, file_prefix_name, list, tracker_name, url_id, words};

/// Error rules of CreateTracker that JSON Schema cannot say. It can say all of CheckObsBuckets.
pub const OMITS: &[&str] = &["Not said here: data_bucket.data_bucket_name must not equal obs_info.bucket_name"];

/// The drafts the requests' schemas are published in, and what `$schema` says there.
pub const DIALECTS: [(&str, &str); 2] = [
    ("2020-12", "https://json-schema.org/draft/2020-12/schema"),
    ("draft-07", "http://json-schema.org/draft-07/schema#"),
];

/// A request's schema as a document of its own.
pub fn document(request: &str, dialect: &str) -> Value {
    let (mut document, body) = match request {
        "createTracker" => (json!({ "$schema": dialect, "$comment": OMITS.join("; ") }), create_tracker()),
        _ => (json!({ "$schema": dialect }), check_obs_buckets()),
    };
    if let (Value::Object(document), Value::Object(body)) = (&mut document, body) {
        document.extend(body);
    }
    document
}

/// Every schema by the name its validator has. A field alone may be null where its request may leave it out.
pub fn all() -> Value {
    json!({
        "createTracker": create_tracker(),
        "checkObsBuckets": check_obs_buckets(),
        "bucketName": cts_bucket_name(),
        // As `forCreation`, `trackerType: 'system'` and `encrypted` have it.
        "createdBucketName": created_bucket_name(),
        "systemTrackerName": optional(words(&[tracker_name::SYSTEM])),
        "neededKmsId": { "type": "string", "minLength": 1 },
        "filePrefixName": optional(file_prefix_name()),
        "trackerName": data_tracker_name(),
        "kmsId": { "type": ["string", "null"] },
        "bucketLifecycle": optional(json!({ "type": "integer", "enum": bucket_lifecycle::VALUES })),
        "compressType": optional(words(words::COMPRESS_TYPE)),
        "bucketLocation": { "type": "string", "minLength": 1 },
        "projectId": url_id(),
        "domainId": url_id(),
    })
}

fn anchored(pattern: &str) -> String {
    format!("^{pattern}$")
}

fn optional(mut schema: Value) -> Value {
    if let Some(kind) = schema.get_mut("type") {
        *kind = json!([kind, "null"]);
    }
    if let Some(Value::Array(words)) = schema.get_mut("enum") {
        words.push(Value::Null);
    }
    schema
}

fn words(allowed: &[&str]) -> Value {
    json!({ "type": "string", "enum": allowed })
}

fn flag() -> Value {
    json!({ "type": ["boolean", "null"] })
}

fn cts_bucket_name() -> Value {
    json!({
        "type": "string",
        "minLength": bucket_name::MIN,
        "maxLength": bucket_name::MAX,
        "pattern": anchored(bucket_name::PATTERN),
    })
}

/// What OBS refuses besides, of a bucket that it is to create.
fn refused_by_obs() -> Value {
    json!({ "anyOf": [
        { "pattern": r"[\-.]$" },
        { "pattern": r"\.\.|\.-|-\." },
        { "pattern": r"^[0-9]+\.[0-9]+\.[0-9]+\.[0-9]+$" },
    ] })
}

fn created_bucket_name() -> Value {
    let mut schema = cts_bucket_name();
    if let Value::Object(keywords) = &mut schema {
        keywords.insert("not".to_owned(), refused_by_obs());
    }
    schema
}

fn file_prefix_name() -> Value {
    json!({ "type": "string", "maxLength": file_prefix_name::MAX, "pattern": anchored(file_prefix_name::PATTERN) })
}

fn data_tracker_name() -> Value {
    json!({
        "type": "string",
        "minLength": tracker_name::MIN,
        "maxLength": tracker_name::MAX,
        "pattern": anchored(tracker_name::PATTERN),
        "not": { "enum": tracker_name::RESERVED },
    })
}

fn url_id() -> Value {
    json!({ "type": "string", "minLength": url_id::MIN, "maxLength": url_id::MAX, "pattern": anchored(url_id::PATTERN) })
}

fn list_of(item: Value) -> Value {
    json!({ "type": ["array", "null"], "maxItems": list::MAX_ITEMS, "items": item })
}

/// The field is `true`.
fn is_true(field: &str) -> Value {
    json!({ "type": "object", "properties": { field: { "const": true } }, "required": [field] })
}

fn tracker_type_is(word: &str) -> Value {
    json!({ "type": "object", "properties": { "tracker_type": { "const": word } }, "required": ["tracker_type"] })
}

/// With encryption a key id is needed, and an empty one is none.
fn key_with_encryption() -> Value {
    json!({
        "if": is_true("is_support_trace_files_encryption"),
        "then": { "properties": { "kms_id": { "type": "string", "minLength": 1 } }, "required": ["kms_id"] },
    })
}

fn obs_info() -> Value {
    json!({
        "type": ["object", "null"],
        "properties": {
            "bucket_name": optional(cts_bucket_name()),
            "file_prefix_name": optional(file_prefix_name()),
            "is_obs_created": flag(),
            "bucket_lifecycle": optional(json!({ "type": "integer", "enum": bucket_lifecycle::VALUES })),
            "compress_type": optional(words(words::COMPRESS_TYPE)),
            "is_sort_by_service": flag(),
        },
        // A bucket that CTS is to create must also be one that OBS would create.
        "if": is_true("is_obs_created"),
        "then": {
            "properties": {
                "bucket_name": { "type": "string", "not": refused_by_obs() },
            },
            "required": ["bucket_name"],
        },
    })
}

fn create_tracker() -> Value {
    json!({
        "title": "CreateTrackerRequestBody",
        "type": "object",
        "properties": {
            "tracker_type": words(words::TRACKER_TYPE),
            "tracker_name": { "type": ["string", "null"] },
            "is_lts_enabled": flag(),
            "is_organization_tracker": flag(),
            "management_event_selector": {
                "type": ["object", "null"],
                "properties": { "exclude_service": list_of(words(words::EXCLUDE_SERVICE)) },
            },
            "obs_info": obs_info(),
            "is_support_trace_files_encryption": flag(),
            "kms_id": { "type": ["string", "null"] },
            "is_support_validate": flag(),
            "data_bucket": {},
            "agency_name": optional(words(words::AGENCY_NAME)),
        },
        "required": ["tracker_type"],
        "allOf": [
            {
                "if": tracker_type_is("system"),
                "then": {
                    "properties": {
                        "tracker_name": { "enum": [tracker_name::SYSTEM, null] },
                        "data_bucket": { "type": "null" },
                    },
                    "allOf": [key_with_encryption()],
                },
            },
            {
                "if": tracker_type_is("data"),
                "then": {
                    "properties": {
                        "tracker_name": data_tracker_name(),
                        "data_bucket": {
                            "type": "object",
                            "properties": {
                                "data_bucket_name": cts_bucket_name(),
                                "data_event": {
                                    "type": "array",
                                    "minItems": 1,
                                    "maxItems": list::MAX_ITEMS,
                                    "items": words(words::DATA_EVENT),
                                },
                            },
                            "required": ["data_bucket_name", "data_event"],
                        },
                    },
                    "required": ["tracker_name", "data_bucket"],
                },
            },
        ],
    })
}

fn check_obs_buckets() -> Value {
    json!({
        "title": "CheckObsBucketsRequestBody",
        "type": "object",
        "properties": {
            "buckets": list_of(json!({
                "type": "object",
                "properties": {
                    "bucket_name": cts_bucket_name(),
                    "bucket_location": { "type": "string", "minLength": 1 },
                    "kms_id": { "type": ["string", "null"] },
                    "is_support_trace_files_encryption": flag(),
                },
                "required": ["bucket_name", "bucket_location"],
                "allOf": [key_with_encryption()],
            })),
        },
    })
}
