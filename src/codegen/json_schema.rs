//! JSON Schemas of the requests and of single fields. Properties, types, enums and descriptions come from the tables,
//! limits from the rules; only the rules across fields are written here. All keywords mean the same in draft-07 and
//! 2020-12.
#![allow(clippy::indexing_slicing, reason = "of JSON values made here, natively, when the package is built")]

use serde_json::{Map, Value, json};

use super::typescript::plain;
use crate::rules::{bucket_lifecycle, bucket_name, file_prefix_name, list, tracker_name, url_id, words};
use crate::schema::{DATA_BUCKET, Field, FieldType, Table, Values};
use crate::service::Operation;

/// Error rules of CreateTracker that JSON Schema cannot express. It can express all of CheckObsBuckets.
pub const OMITS: &[&str] = &["Not said here: data_bucket.data_bucket_name must not equal obs_info.bucket_name"];

/// The drafts in which the schemas of requests are published, and their `$schema`.
pub const DIALECTS: [(&str, &str); 2] = [
    ("2020-12", "https://json-schema.org/draft/2020-12/schema"),
    ("draft-07", "http://json-schema.org/draft-07/schema#"),
];

/// The schema of a request as a document.
pub fn document(operation: Operation, dialect: &str) -> Value {
    let mut document = json!({ "$schema": dialect });
    if operation == Operation::CreateTracker {
        document["$comment"] = OMITS.join("; ").into();
    }
    extend(&mut document, request(operation, true));
    document
}

/// The schema of a request; with `descriptions`, of its fields too.
pub fn request(operation: Operation, descriptions: bool) -> Value {
    let mut schema = operation.request().map_or(Value::Null, |table| object(table, descriptions));
    if operation == Operation::CreateTracker {
        across_fields(&mut schema, descriptions);
    }
    schema
}

/// The schemas by the names of their validators, without descriptions, which would make every bundle larger. A field
/// alone may be null if its request may leave it out.
pub fn all() -> Value {
    json!({
        "createTracker": request(Operation::CreateTracker, false),
        "checkObsBuckets": request(Operation::CheckObsBuckets, false),
        "bucketName": cts_bucket_name(),
        // With the options `forCreation`, `trackerType: 'system'` and `encrypted`.
        "createdBucketName": created_bucket_name(),
        "systemTrackerName": optional(one_of(&[tracker_name::SYSTEM])),
        "neededKmsId": { "type": "string", "minLength": 1 },
        "filePrefixName": optional(file_prefix_name()),
        "trackerName": data_tracker_name(),
        "kmsId": { "type": ["string", "null"] },
        "bucketLifecycle": optional(json!({ "type": "integer", "enum": bucket_lifecycle::VALUES })),
        "compressType": optional(one_of(words::COMPRESS_TYPE)),
        "bucketLocation": { "type": "string", "minLength": 1 },
        "projectId": url_id(),
        "domainId": url_id(),
    })
}

fn object(table: &Table, descriptions: bool) -> Value {
    let mut properties = Map::new();
    for field in table.fields {
        let schema = of_field(field, descriptions);
        let mut schema = if field.about.required { schema } else { optional(schema) };
        if descriptions {
            describe(&mut schema, field);
        }
        properties.insert(field.name.to_owned(), schema);
    }
    let required: Vec<_> = table.fields.iter().filter(|field| field.about.required).map(|field| field.name).collect();
    let mut schema = json!({ "title": table.name });
    if descriptions {
        schema["description"] = plain(table.doc).into();
    }
    extend(&mut schema, json!({ "type": "object", "properties": properties }));
    if !required.is_empty() {
        schema["required"] = json!(required);
    }
    match table.name {
        "TrackerObsInfo" => extend(&mut schema, creatable_by_obs()),
        "CheckBucketRequest" => extend(&mut schema, key_with_encryption()),
        _ => {}
    }
    schema
}

/// What editors show for a field. The title of an object is its name, which generators give to its type.
pub fn describe(schema: &mut Value, field: &Field) {
    if schema.get("title").is_none() {
        schema["title"] = title(field.name).into();
    }
    schema["description"] = plain(field.about.doc).into();
}

/// `KMS ID` for `kms_id`.
pub fn title(name: &str) -> String {
    let words = name.split('_').enumerate().map(|(index, word)| match word {
        "id" | "kms" | "lts" | "obs" => word.to_uppercase(),
        _ if index == 0 => match word.split_at_checked(1) {
            Some((first, rest)) => first.to_uppercase() + rest,
            None => String::new(),
        },
        _ => word.to_owned(),
    });
    words.collect::<Vec<_>>().join(" ")
}

fn of_field(field: &Field, descriptions: bool) -> Value {
    match field.name {
        "bucket_name" | "data_bucket_name" => cts_bucket_name(),
        "file_prefix_name" => file_prefix_name(),
        "bucket_location" => json!({ "type": "string", "minLength": 1 }),
        _ => of_type(field.field_type, field.about.values, descriptions),
    }
}

fn of_type(field_type: FieldType, values: Values, descriptions: bool) -> Value {
    match field_type {
        FieldType::Object(table) => object(table, descriptions),
        FieldType::Array(item) => json!({
            "type": "array",
            "maxItems": list::MAX_ITEMS,
            "items": of_type(*item, values, descriptions),
        }),
        _ => {
            let mut schema = json!({ "type": field_type.name() });
            match values {
                Values::Any => {}
                Values::Words(words) => schema["enum"] = json!(words),
                Values::Numbers(numbers) => schema["enum"] = json!(numbers),
            }
            schema
        }
    }
}

fn extend(schema: &mut Value, more: Value) {
    if let (Value::Object(schema), Value::Object(more)) = (schema, more) {
        schema.extend(more);
    }
}

fn anchored(pattern: &str) -> String {
    format!("^{pattern}$")
}

fn optional(mut schema: Value) -> Value {
    if let Some(type_name) = schema.get_mut("type") {
        *type_name = json!([type_name, "null"]);
    }
    if let Some(Value::Array(values)) = schema.get_mut("enum") {
        values.push(Value::Null);
    }
    schema
}

fn one_of(words: &[&str]) -> Value {
    json!({ "type": "string", "enum": words })
}

fn cts_bucket_name() -> Value {
    json!({
        "type": "string",
        "minLength": bucket_name::MIN,
        "maxLength": bucket_name::MAX,
        "pattern": anchored(bucket_name::PATTERN),
    })
}

/// The names that only OBS refuses, when it creates the bucket.
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

pub fn url_id() -> Value {
    json!({ "type": "string", "minLength": url_id::MIN, "maxLength": url_id::MAX, "pattern": anchored(url_id::PATTERN) })
}

/// The field is `true`.
fn is_true(field: &str) -> Value {
    json!({ "type": "object", "properties": { field: { "const": true } }, "required": [field] })
}

fn tracker_type_is(word: &str) -> Value {
    json!({ "type": "object", "properties": { "tracker_type": { "const": word } }, "required": ["tracker_type"] })
}

/// Encryption requires a key ID that is not empty.
fn key_with_encryption() -> Value {
    json!({
        "allOf": [{
            "if": is_true("is_support_trace_files_encryption"),
            "then": { "properties": { "kms_id": { "type": "string", "minLength": 1 } }, "required": ["kms_id"] },
        }],
    })
}

/// A bucket that CTS creates must have a name that OBS accepts.
fn creatable_by_obs() -> Value {
    json!({
        "if": is_true("is_obs_created"),
        "then": {
            "properties": { "bucket_name": { "type": "string", "not": refused_by_obs() } },
            "required": ["bucket_name"],
        },
    })
}

/// The rules of CreateTracker that depend on the type of tracker. Generators of types read only the properties outside
/// them, so a document has the data bucket there; the schema of a form is simpler to derive if only one branch has it.
fn across_fields(schema: &mut Value, documented: bool) {
    let mut data_bucket = object(&DATA_BUCKET, documented);
    data_bucket["properties"]["data_event"]["minItems"] = json!(1);
    let properties = &mut schema["properties"];
    properties["tracker_name"]["type"] = json!(["string", "null"]);
    if documented {
        extend(&mut properties["data_bucket"], optional(data_bucket));
        data_bucket = json!({ "type": "object" });
    } else {
        // The management tracker refuses it, whatever it is.
        properties["data_bucket"] = json!({});
    }
    schema["required"] = json!(["tracker_type"]);
    let mut for_system = key_with_encryption();
    for_system["properties"] = json!({
        "tracker_name": { "enum": [tracker_name::SYSTEM, null] },
        "data_bucket": { "type": "null" },
    });
    schema["allOf"] = json!([
        { "if": tracker_type_is("system"), "then": for_system },
        {
            "if": tracker_type_is("data"),
            "then": {
                "properties": { "tracker_name": data_tracker_name(), "data_bucket": data_bucket },
                "required": ["tracker_name", "data_bucket"],
            },
        },
    ]);
}
