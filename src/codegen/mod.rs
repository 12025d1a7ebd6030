//! Everything that other languages are generated from: TypeScript sources, JSON Schema, OpenAPI. Runs natively, when the
//! package is built.

mod encode;
mod issue_params;
pub mod json_schema;
mod limits;
mod metadata;
mod names;
#[cfg(feature = "server")]
pub mod openapi;
mod ordinary;
mod service_codes;
mod standalone;
mod typescript;
mod validators;
mod wire_types;

use serde_json::{Map, Value, json};

use crate::service::Operation;

/// What tools/build.mjs writes: `sources` for TypeScript, `files` that are published, `committed` files, which are
/// needed before the first build, and a table of the README.
pub fn for_build() -> Value {
    let mut files = Map::new();
    for (name, operation) in ["create-tracker", "check-obs-buckets"].into_iter().zip(Operation::WITH_BODY) {
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
        ("ordinary.ts", ordinary::module()),
        ("slots.ts", encode::constants()),
        ("issue-params.ts", issue_params::module()),
        ("names.ts", names::module()),
        ("limits.ts", limits::module()),
        ("service-codes.ts", service_codes::module()),
        ("metadata.ts", metadata::module()),
        ("validators.ts", validators::module()),
        ("schemas.ts", format!("{}export const schemas = {:#};\n", typescript::HEADER, json_schema::all())),
    ];
    json!({ "sources": Map::from_iter(sources.map(|(path, text)| (path.to_owned(), text.into()))), "files": files,
        "committed": { "src/wasm/standalone.d.ts": standalone::declarations() },
        "validatorsTable": validators::readme() })
}
