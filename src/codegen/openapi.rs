//! An OpenAPI 3.1 description of the endpoints.
#![allow(clippy::indexing_slicing, reason = "of JSON values made here, natively, when the package is built")]

use serde_json::{Map, Value, json};

use super::json_schema;
use super::typescript::plain;
use crate::rules::url_id;
use crate::rules::words::TRACKER_TYPE;
use crate::schema::{Field, FieldType, Table, Values};
use crate::service::Operation;
use crate::service::codes::SERVICE_CODES;

/// Codes of other operations of the service.
const ELSEWHERE: [&str; 13] = [
    "CTS.0100", "CTS.0205", "CTS.0212", "CTS.0214", "CTS.0300", "CTS.0400", "CTS.0401", "CTS.0402", "CTS.0403",
    "CTS.0404", "CTS.0407", "CTS.0410", "CTS.0411",
];

/// The statuses of errors, as the service and its gateway document them.
const ERROR_STATUSES: [(u16, &str); 12] = [
    (400, "The server failed to process the request."),
    (401, "The request is rejected due to authentication failure."),
    (403, "The server understood the request but refused to authorize it."),
    (404, "The requested resource does not exist."),
    (413, "The body is longer than 12 MB."),
    (414, "The URI is longer than 32 KB."),
    (429, "Too many requests."),
    (494, "A header is longer than 32 KB, or all are longer than 128 KB."),
    (500, "Failed to complete the request because of an internal service error."),
    (502, "The service cannot be reached."),
    (503, "The requested service is invalid. The client should not repeat the request without modifications."),
    (504, "The service does not answer in time."),
];

/// The document.
pub fn document() -> Value {
    let mut paths = Map::new();
    for operation in Operation::ALL {
        let placeholder = ["{", operation.id_name(), "}"].concat();
        paths.insert(
            operation.path(&placeholder),
            json!({ operation.method().to_ascii_lowercase(): described(operation) }),
        );
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Cloud Trace Service: CreateTracker, CheckObsBuckets and ListTrackers",
            "version": env!("CARGO_PKG_VERSION"),
            "summary": "Three endpoints of Huawei Cloud's Cloud Trace Service, as cts-tracker validates and emulates them",
            "license": { "name": "Apache-2.0", "identifier": "Apache-2.0" },
        },
        "servers": [
            {
                "url": "https://cts.{region}.myhuaweicloud.com",
                "description": "The service; eu-west-101 ends in .eu instead of .com",
                "variables": { "region": { "default": "eu-west-0" } },
            },
        ],
        "paths": paths,
        "components": {
            "schemas": {
                "CreateTrackerRequestBody": request_body(Operation::CreateTracker),
                "CheckObsBucketsRequestBody": request_body(Operation::CheckObsBuckets),
                "CreateTrackerResponse": response_body(Operation::CreateTracker.response()),
                "CheckObsBucketsResponse": response_body(Operation::CheckObsBuckets.response()),
                "ListTrackersResponse": response_body(Operation::ListTrackers.response()),
                "ServiceError": error_body(r"^CTS\.[0-9]{4}$", &[]),
                "GatewayError": error_body(r"^APIGW\.[0-9]{4}$", &["request_id"]),
            },
            "headers": {
                "X-Request-Id": {
                    "description": "The id to give when asking the vendor about a request",
                    "schema": { "type": "string" },
                },
            },
            "securitySchemes": {
                "SDK-HMAC-SHA256": {
                    "type": "apiKey",
                    "in": "header",
                    "name": "Authorization",
                    "description": "SDK-HMAC-SHA256 Access=<access key id>, SignedHeaders=<a;b;c>, Signature=<hex>; \
                                    with X-Sdk-Date, and X-Security-Token for temporary keys",
                },
            },
        },
        "security": [{ "SDK-HMAC-SHA256": [] }],
    })
}

fn described(operation: Operation) -> Value {
    let (summary, id_of) = match operation {
        Operation::CreateTracker => ("Creating a tracker", "project"),
        Operation::CheckObsBuckets => {
            ("Checking whether data can be transferred to the configured OBS bucket", "account")
        }
        Operation::ListTrackers => ("Querying trackers", "project"),
    };
    let mut responses = Map::new();
    responses.insert(
        operation.success_status().to_string(),
        response("The request is successful.", &reference(operation.response().name), None),
    );
    for (status, description) in ERROR_STATUSES {
        responses.insert(status.to_string(), error_response(status, description));
    }
    let mut parameters = vec![json!({
        "name": operation.id_name(),
        "in": "path",
        "required": true,
        "description": format!("The ID of the {id_of}: 32 characters"),
        "schema": json_schema::text(&url_id::DESCRIPTION),
    })];
    if operation == Operation::ListTrackers {
        parameters.extend([
            query_parameter("tracker_name", "Only the tracker of this name", json!({ "type": "string" })),
            query_parameter(
                "tracker_type",
                "Only trackers of this type",
                json!({ "type": "string", "enum": TRACKER_TYPE }),
            ),
        ]);
    }
    let mut described = json!({
        "operationId": operation.name(),
        "summary": summary,
        "parameters": parameters,
        "responses": responses,
    });
    if let Some(request) = operation.request() {
        described["requestBody"] = json!({
            "required": true,
            "content": { "application/json": {
                "schema": reference(request.name),
                "examples": examples(operation),
            } },
        });
    }
    described
}

fn query_parameter(name: &str, description: &str, schema: Value) -> Value {
    json!({ "name": name, "in": "query", "description": description, "schema": schema })
}

fn reference(schema: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{schema}") })
}

fn response(description: &str, schema: &Value, codes: Option<Value>) -> Value {
    let mut response = json!({
        "description": description,
        "headers": { "X-Request-Id": { "$ref": "#/components/headers/X-Request-Id" } },
        "content": { "application/json": { "schema": schema } },
    });
    if let Some(codes) = codes {
        response["x-error-codes"] = codes;
    }
    response
}

fn error_response(status: u16, description: &str) -> Value {
    let mut codes = Map::new();
    let (mut service, mut gateway) = (false, false);
    for known in SERVICE_CODES.iter().filter(|known| !ELSEWHERE.contains(&known.code)) {
        if let Some(answer) = known.answers.iter().find(|answer| answer.status == status) {
            codes.insert(known.code.to_owned(), json!(answer.message));
            gateway |= known.is_gateway();
            service |= !known.is_gateway();
        }
    }
    let schema = match (service, gateway) {
        (true, false) => reference("ServiceError"),
        (false, _) => reference("GatewayError"),
        (true, true) => json!({ "anyOf": [reference("ServiceError"), reference("GatewayError")] }),
    };
    let mut response = response(description, &schema, Some(Value::Object(codes)));
    match status {
        // A load balancer in front of the gateway answers in HTML, or with no body.
        502..=504 => response["content"]["text/html"] = json!({ "schema": { "type": "string" } }),
        429 => {
            response["headers"]["Retry-After"] =
                json!({ "description": "Seconds, or a date", "schema": { "type": "string" } });
        }
        _ => {}
    }
    response
}

/// The examples of the API reference. The bucket of the second is renamed, because it violates the reference.
fn examples(operation: Operation) -> Value {
    match operation {
        Operation::CreateTracker => json!({
            "management": { "value": {
                "tracker_type": "system",
                "tracker_name": "system",
                "agency_name": "cts_admin_trust",
                "obs_info": {
                    "is_obs_created": false,
                    "bucket_name": "test-data-tracker",
                    "file_prefix_name": "11",
                },
                "is_lts_enabled": true,
                "is_support_trace_files_encryption": true,
                "kms_id": "13a4207c-7abe-4b68-8510-16b84c3b5504",
                "is_support_validate": true,
            } },
            "data": { "value": {
                "tracker_type": "data",
                "tracker_name": "data-tracker-name",
                "agency_name": "cts_admin_trust",
                "obs_info": {
                    "is_obs_created": false,
                    "bucket_name": "save-trace-bucket",
                    "file_prefix_name": "11",
                    "bucket_lifecycle": 30,
                },
                "is_lts_enabled": true,
                "data_bucket": { "data_event": ["READ", "WRITE"], "data_bucket_name": "cstest0423" },
            } },
        }),
        Operation::CheckObsBuckets => json!({
            "two-buckets": { "value": { "buckets": [
                {
                    "bucket_location": "cn-north-1",
                    "bucket_name": "bucket1",
                    "is_support_trace_files_encryption": false,
                    "kms_id": "1f26f8d8-65d4-436b-bea2-bd0ac1984f71",
                },
                {
                    "bucket_location": "cn-north-2",
                    "bucket_name": "bucket2",
                    "is_support_trace_files_encryption": false,
                    "kms_id": "0c1b7d87-5186-411a-86ce-ed3b2ec848c9",
                },
            ] } },
        }),
        Operation::ListTrackers => Value::Null,
    }
}

/// The schema of a request. Validators that allow only known fields (Redocly's) do so in each part of a schema, so every
/// condition says that it allows the other fields.
fn request_body(operation: Operation) -> Value {
    fn open_conditions(value: &mut Value) {
        match value {
            Value::Object(keywords) => {
                for (keyword, inner) in keywords {
                    open_conditions(inner);
                    if matches!(keyword.as_str(), "if" | "then") {
                        inner["unevaluatedProperties"] = true.into();
                    }
                }
            }
            Value::Array(items) => items.iter_mut().for_each(open_conditions),
            _ => {}
        }
    }
    let mut schema = json_schema::request(operation, true);
    open_conditions(&mut schema);
    schema
}

/// A successful response is described leniently: fields may be missing, and known values are only examples.
fn response_body(table: &Table) -> Value {
    let property = |field: &Field| {
        let mut schema = of_type(field.field_type, field.about.values);
        json_schema::describe(&mut schema, field);
        (field.name.to_owned(), schema)
    };
    let properties: Map<String, Value> = table.fields.iter().map(property).collect();
    json!({ "title": table.name, "description": plain(table.doc), "type": "object", "properties": properties })
}

fn of_type(field_type: FieldType, values: Values) -> Value {
    match (field_type, values) {
        (FieldType::Object(table), _) => response_body(table),
        (FieldType::Array(item), _) => json!({ "type": "array", "items": of_type(*item, values) }),
        (_, Values::Words(words)) => json!({ "type": field_type.name(), "examples": words }),
        _ => json!({ "type": field_type.name() }),
    }
}

/// The schema of an error body, all of whose fields are present.
fn error_body(code_pattern: &str, more: &[&str]) -> Value {
    let described = |name: &str, description: &str| json!({ "type": "string", "title": json_schema::title(name), "description": description });
    let mut error = json!({
        "type": "object",
        "properties": {
            "error_code": described("error_code", "The code of the error, which does not change."),
            "error_msg": described("error_msg", "The message for people."),
        },
        "required": ["error_code", "error_msg"],
    });
    error["properties"]["error_code"]["pattern"] = code_pattern.into();
    for name in more {
        error["properties"][name] = described(name, "The ID of the request, for the support of the vendor.");
        if let Value::Array(required) = &mut error["required"] {
            required.push((*name).into());
        }
    }
    error
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "tests")]
    use super::*;
    use crate::emulator::{Config, Emulator, SAMPLE_ACCESS_KEY_ID, SAMPLE_SECRET_ACCESS_KEY};
    use crate::service::codes;
    use crate::signing::{self, Credentials, SdkDate};

    /// The parts of a value that are not in its schema, or have another type there.
    fn undescribed(schema: &Value, value: &Value, at: &str, found: &mut Vec<String>) {
        let kind = match value {
            Value::Null => "null",
            Value::Bool(_) => "boolean",
            Value::Number(_) => "integer",
            Value::String(_) => "string",
            Value::Array(items) => {
                for item in items {
                    undescribed(&schema["items"], item, &format!("{at}[]"), found);
                }
                "array"
            }
            Value::Object(fields) => {
                for (name, field) in fields {
                    undescribed(&schema["properties"][name], field, &format!("{at}.{name}"), found);
                }
                "object"
            }
        };
        if schema["type"] != kind {
            found.push(at.to_owned());
        }
    }

    fn answered(emulator: &mut Emulator, operation: Operation, body: &str) -> Value {
        const NOW: i64 = 1_795_349_100_000;
        let path = operation.path("2306579dc99f4c8690b14b68e734fcd9");
        let method = operation.method();
        let request =
            signing::Request { method, host: "h", path: &path, query: "", headers: &[], body: body.as_bytes() };
        let keys = Credentials::new(SAMPLE_ACCESS_KEY_ID, SAMPLE_SECRET_ACCESS_KEY, None).unwrap();
        let signed = signing::sign(&request, &keys, SdkDate::from_unix_millis(NOW), None).unwrap();
        let mut builder = http::Request::builder().method(method).uri(&path).header("host", "h");
        builder = builder.header("authorization", &signed.authorization);
        for (name, value) in signed.headers {
            builder = builder.header(&*name, &*value);
        }
        let plan = emulator.handle(&builder.body(body.to_owned()).unwrap(), NOW, &[7; 32]);
        assert_eq!(plan.response.status(), operation.success_status());
        serde_json::from_slice(plan.response.body()).unwrap()
    }

    #[test]
    fn examples_succeed_and_their_responses_are_described() {
        let document = document();
        let mut tried = 0;
        let mut check = |emulator: &mut Emulator, operation: Operation, body: &str| {
            let name = operation.response().name;
            let schema = &document["components"]["schemas"][name];
            let mut found = Vec::new();
            undescribed(schema, &answered(emulator, operation, body), name, &mut found);
            assert!(found.is_empty(), "{found:?}");
            tried += 1;
        };
        for operation in Operation::WITH_BODY {
            let described = &document["paths"][operation.path(&["{", operation.id_name(), "}"].concat())]["post"];
            let examples = &described["requestBody"]["content"]["application/json"]["examples"];
            for example in examples.as_object().unwrap().values() {
                let mut emulator = Emulator::new(Config::default());
                check(&mut emulator, operation, &example["value"].to_string());
                check(&mut emulator, Operation::ListTrackers, "");
            }
        }
        assert_eq!(tried, 6);
    }

    #[test]
    fn every_code_is_listed_under_its_statuses() {
        let document = document();
        let responses = &document["paths"]["/v3/{project_id}/tracker"]["post"]["responses"];
        for known in SERVICE_CODES.iter().filter(|known| !ELSEWHERE.contains(&known.code)) {
            for answer in known.answers {
                // 405 is what customers' own gateways answer; the public one has no quotas of apps.
                if answer.status == 405 {
                    continue;
                }
                let said = &responses[answer.status.to_string()]["x-error-codes"][known.code];
                assert_eq!(*said, answer.message, "{} {}", known.code, answer.status);
            }
        }
        assert!(ELSEWHERE.iter().all(|code| codes::lookup(code).is_some()));
    }

    #[test]
    fn every_reference_resolves() {
        fn walk(document: &Value, value: &Value, seen: &mut usize) {
            match value {
                Value::Object(fields) => {
                    if let Some(Value::String(to)) = fields.get("$ref") {
                        *seen += 1;
                        assert!(document.pointer(to.trim_start_matches('#')).is_some(), "{to}");
                    }
                    fields.values().for_each(|field| walk(document, field, seen));
                }
                Value::Array(items) => items.iter().for_each(|item| walk(document, item, seen)),
                _ => {}
            }
        }
        let document = document();
        let mut seen = 0;
        walk(&document, &document, &mut seen);
        assert!(seen > 20, "{seen}");
    }
}
