//! The facts other languages are given: limits, tables of fields, codes, JSON Schemas. Native only, at build time.

pub mod json_schema;
#[cfg(feature = "server")]
pub mod openapi;
mod typescript;
mod wire_types;

use serde_json::{Map, Value, json};

use crate::decode::flat_tags;
use crate::issue::{Code, Param, RuleId};
use crate::rules::{
    bucket_lifecycle, bucket_location, bucket_name, file_prefix_name, kms_id, list, tracker_name, url_id, words,
};
use crate::schema::{CHECK_OBS_BUCKETS, CREATE_TRACKER, FieldType, Table};
use crate::service::codes::{NO_SUCH_BUCKET, SERVICE_CODES};
use crate::validate::{FIELD_STATE_PATHS, OneField};

/// The facts by where the build puts them.
pub fn for_build() -> Value {
    let mut files = Map::new();
    for (name, request) in [("create-tracker", "createTracker"), ("check-obs-buckets", "checkObsBuckets")] {
        for (draft, dialect) in json_schema::DIALECTS {
            files.insert(format!("json-schema/{name}.{draft}.json"), json_schema::document(request, dialect));
        }
    }
    #[cfg(feature = "server")]
    files.insert("openapi.json".to_owned(), crate::codegen::openapi::document());
    let mut modules = json!({ "facts": all(), "schemas": json_schema::all() });
    #[cfg(feature = "server")]
    if let Value::Object(modules) = &mut modules {
        modules.insert("serverFacts".to_owned(), server());
    }
    json!({ "sources": { "wire.ts": wire_types::module() }, "modules": modules, "tables": tables(), "serviceCodes": service_codes(), "files": files })
}

/// What the JavaScript sources are given. All of it is in every bundle: what only some need is a module of its own.
fn all() -> Value {
    json!({
        "version": env!("CARGO_PKG_VERSION"),
        "codes": Code::ALL.map(Code::as_str),
        "findings": findings(),
        "limits": limits(),
        "maxAnswerBytes": crate::client::MAX_BODY,
        "maxItems": list::MAX_ITEMS,
        "systemTrackerName": tracker_name::SYSTEM,
        "fieldStatePaths": FIELD_STATE_PATHS,
        "oneField": OneField::ALL.map(OneField::name),
        "kinds": flat_tags::KINDS,
    })
}

/// What the proxy and the emulator are given, of their own.
#[cfg(feature = "server")]
fn server() -> Value {
    json!({
        "maxAnswerBytes": crate::client::MAX_BODY,
        "skewedMs": crate::proxy::SKEWED_MS,
        "maxEmulatorBodyBytes": crate::emulator::MAX_BODY,
    })
}

/// The rows of the catalogue: the code's place, the rule, params (null where they differ), the service's code.
fn findings() -> Value {
    let row = |finding: &RuleId| {
        let row = finding.row();
        let params: Map<String, Value> =
            row.params.iter().map(|(name, value)| ((*name).to_owned(), param(value))).collect();
        let mut cells = vec![json!(row.code as u8), json!(row.rule), json!(params)];
        cells.extend(row.server_code.map(Value::from));
        cells
    };
    RuleId::ALL.iter().map(row).collect()
}

fn param(param: &Param<'_>) -> Value {
    match param {
        Param::Dynamic => Value::Null,
        Param::Word(word) => json!(word),
        Param::Character(character) => json!(character),
        Param::Text(text) => json!(text),
        Param::Number(number) => json!(*number as i64),
        Param::Words(words) => json!(words),
        Param::Numbers(numbers) => json!(numbers),
    }
}

/// The fields of the requests, from which the build writes the code that reads them.
fn tables() -> Value {
    json!([table(&CREATE_TRACKER), table(&CHECK_OBS_BUCKETS)])
}

/// What the build lays out beside the codes' texts.
fn service_codes() -> Value {
    let mut codes = Map::new();
    for known in SERVICE_CODES {
        codes.insert(known.code.to_owned(), json!({ "status": known.status(), "field": known.field }));
    }
    let (status, code) = NO_SUCH_BUCKET;
    codes.insert(code.to_owned(), json!({ "status": status, "field": "buckets.bucket_name" }));
    Value::Object(codes)
}

/// What one field alone may be: lengths in code points, patterns as HTML and the `v` flag take them.
fn limits() -> Value {
    let url_id = json!({ "min": url_id::MIN, "max": url_id::MAX, "pattern": url_id::PATTERN });
    json!({
        "trackerType": { "values": words::TRACKER_TYPE },
        "trackerName": { "min": tracker_name::MIN, "max": tracker_name::MAX, "pattern": tracker_name::PATTERN,
            "reserved": tracker_name::RESERVED },
        "excludeService": { "values": words::EXCLUDE_SERVICE },
        "bucketName": { "min": bucket_name::MIN, "max": bucket_name::MAX, "pattern": bucket_name::PATTERN },
        "filePrefixName": { "min": file_prefix_name::MIN, "max": file_prefix_name::MAX,
            "pattern": file_prefix_name::PATTERN },
        "bucketLifecycle": { "values": bucket_lifecycle::VALUES },
        "compressType": { "values": words::COMPRESS_TYPE },
        "kmsId": { "pattern": kms_id::PATTERN },
        "dataEvent": { "values": words::DATA_EVENT },
        "agencyName": { "values": words::AGENCY_NAME },
        "bucketLocation": { "pattern": bucket_location::PATTERN },
        "projectId": url_id.clone(),
        "domainId": url_id,
    })
}

fn table(table: &Table) -> Value {
    let mut fields = Map::new();
    for field in table.fields {
        fields.insert(field.name.to_owned(), kind_of(field.field_type));
    }
    json!({ "name": table.name, "fields": fields })
}

fn kind_of(kind: FieldType) -> Value {
    match kind {
        FieldType::Object(fields) => json!({ "type": kind.name(), "table": table(fields) }),
        FieldType::Array(item) => json!({ "type": kind.name(), "item": kind_of(*item) }),
        _ => json!({ "type": kind.name() }),
    }
}
