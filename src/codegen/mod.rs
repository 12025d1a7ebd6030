//! Everything that other languages are generated from: TypeScript sources, JSON Schema, OpenAPI. Runs natively, when the
//! package is built.

mod encode;
mod issue_params;
pub mod json_schema;
mod limits;
mod names;
#[cfg(feature = "server")]
pub mod openapi;
mod service_codes;
mod standalone;
mod typescript;
mod wire_types;

use serde_json::{Map, Value, json};

use crate::issue::{Code, Param, RuleId, WORDS};
use crate::rules::{list, tracker_name, words};
use crate::service::Operation;
use crate::validate::{FIELD_STATE_PATHS, OneField};

/// What tools/build.mjs writes: `sources` for TypeScript, `files` that are published, and `committed` files, which are
/// needed before the first build.
pub fn for_build() -> Value {
    let mut files = Map::new();
    for (name, operation) in ["create-tracker", "check-obs-buckets"].into_iter().zip(Operation::ALL) {
        for (draft, dialect) in json_schema::DIALECTS {
            files.insert(format!("json-schema/{name}.{draft}.json"), json_schema::document(operation, dialect));
        }
    }
    #[cfg(feature = "server")]
    files.insert("openapi.json".to_owned(), openapi::document());
    let files: Map<String, Value> =
        files.into_iter().map(|(path, document)| (path, format!("{document:#}\n").into())).collect();
    let sources = [
        ("wire.ts", wire_types::module()),
        ("encode.ts", encode::module()),
        ("slots.ts", encode::constants()),
        ("issue-params.ts", issue_params::module()),
        ("names.ts", names::module()),
        ("limits.ts", limits::module()),
        ("service-codes.ts", service_codes::module()),
        ("facts.ts", constant("facts", &all())),
        ("schemas.ts", constant("schemas", &json_schema::all())),
        #[cfg(feature = "server")]
        ("serverFacts.ts", constant("serverFacts", &server())),
    ];
    json!({ "sources": Map::from_iter(sources.map(|(path, text)| (path.to_owned(), text.into()))), "files": files,
        "committed": { "src/wasm/standalone.d.ts": standalone::declarations() } })
}

fn constant(name: &str, value: &Value) -> String {
    format!("{}export const {name} = {value:#};\n", typescript::HEADER)
}

/// What the JavaScript sources are given. All of it is in every bundle: what only some need is a module of its own.
fn all() -> Value {
    json!({
        "version": env!("CARGO_PKG_VERSION"),
        "codes": Code::ALL.map(Code::as_str),
        "findings": findings(),
        "limits": { "trackerType": { "values": words::TRACKER_TYPE } },
        "maxAnswerBytes": crate::client::MAX_BODY,
        "requestIdHeaders": crate::service::error_body::REQUEST_ID_HEADERS,
        "maxItems": list::MAX_ITEMS,
        "systemTrackerName": tracker_name::SYSTEM,
        "fieldStatePaths": FIELD_STATE_PATHS,
        "oneField": OneField::ALL.map(OneField::name),
        "words": &WORDS[..],
    })
}

/// What the proxy and the emulator are given, of their own.
#[cfg(feature = "server")]
fn server() -> Value {
    json!({
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
