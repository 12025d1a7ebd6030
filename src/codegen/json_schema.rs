//! JSON Schemas of the requests and of single fields. Properties, types, values and descriptions come from the tables
//! and the rules; only the rules across fields are written here. All keywords mean the same in draft-07 and
//! 2020-12.
#![allow(clippy::indexing_slicing, reason = "of JSON values made here, natively, when the package is built")]

use serde_json::{Map, Value, json};

use super::typescript::plain;
use super::validators::Validator;
use crate::rules::description::Description;
use crate::rules::{bucket_name, kms_id, list, tracker_name};
use crate::schema::{DATA_BUCKET, Field, FieldType, Table, Values};
use crate::service::Operation;
use crate::validate::OneField;

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

/// The schemas by the names of their validators, without descriptions, which would make every bundle larger.
pub fn all() -> Value {
    let mut created = text(&bucket_name::DESCRIPTION);
    created["not"] = refused(&[&bucket_name::DESCRIPTION, &bucket_name::OBS]);
    let mut schemas = json!({
        "createTracker": request(Operation::CreateTracker, false),
        "checkObsBuckets": request(Operation::CheckObsBuckets, false),
        // With the options `forCreation`, `trackerType: 'system'` and `encrypted`.
        "createdBucketName": created,
        "systemTrackerName": optional(json!({ "type": "string", "enum": [tracker_name::SYSTEM] })),
        "neededKmsId": text(&Description { min: 1, ..kms_id::DESCRIPTION }),
    });
    for field in OneField::ALL {
        let Validator { values, required, .. } = Validator::of(field);
        let schema = of_type(*field.field_type(), values, false);
        // A field alone may be null if its request may leave it out.
        schemas[field.name()] = if required { schema } else { optional(schema) };
    }
    schemas
}

fn object(table: &Table, descriptions: bool) -> Value {
    let mut properties = Map::new();
    for field in table.fields {
        let schema = of_type(field.field_type, field.about.values, descriptions);
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
    schema["description"] = plain(&field.doc()).into();
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
                Values::Text(rules) => return text(rules),
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
    // The keywords of texts accept null, so `not` would refuse it.
    if let Some(refused) = schema.get_mut("not") {
        refused["type"] = "string".into();
    }
    schema
}

/// The schema of a text, from the description of its rules.
pub fn text(rules: &Description) -> Value {
    let mut schema = json!({ "type": "string" });
    if rules.min > 0 {
        schema["minLength"] = rules.min.into();
    }
    if let Some(max) = rules.max {
        schema["maxLength"] = max.into();
    }
    if let Some(pattern) = rules.pattern {
        schema["pattern"] = anchored(pattern).into();
    }
    if !rules.refused.is_empty() || !rules.reserved.is_empty() {
        schema["not"] = refused(&[rules]);
    }
    schema
}

/// The texts that rules refuse, whatever their length and characters.
fn refused(rules: &[&Description]) -> Value {
    let mut refused = Vec::new();
    for rules in rules {
        refused.extend(rules.refused.iter().map(|pattern| json!({ "pattern": pattern })));
        if !rules.reserved.is_empty() {
            refused.push(json!({ "enum": rules.reserved }));
        }
    }
    if refused.len() == 1 { refused.remove(0) } else { json!({ "anyOf": refused }) }
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
            "properties": { "bucket_name": { "type": "string", "not": refused(&[&bucket_name::OBS]) } },
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
    // The rules of its name depend on the type.
    if let Value::Object(name) = &mut properties["tracker_name"] {
        name.retain(|keyword, _| matches!(keyword.as_str(), "type" | "title" | "description"));
    }
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
                "properties": { "tracker_name": text(&tracker_name::DESCRIPTION), "data_bucket": data_bucket },
                "required": ["tracker_name", "data_bucket"],
            },
        },
    ]);
}
