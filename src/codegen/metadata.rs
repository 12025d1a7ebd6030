//! `metadata.ts`: the catalogue of issues and single values that the sources need. Each is a constant of its own, so that
//! a bundle contains only those that it uses.

use serde_json::{Map, Value, json};

use super::typescript::{HEADER, doc};
use crate::issue::{Code, Param, RuleId, WORDS};
use crate::rules::text::ascii_classes;
use crate::rules::{tracker_name, words};
use crate::validate::OneField;

pub fn module() -> String {
    let mut module = format!(
        "{HEADER}import type {{ IssueCode }} from './issue-params.js';\n\
         import type {{ ServiceCode }} from './service-codes.js';\n\
         \n/** A rule: the index of its code, its ID, its params (null if dynamic), and the code of the service. */\n\
         export type RuleRow = readonly [\n  code: number,\n  rule: string,\n  \
         params: Readonly<Record<string, unknown>>,\n  serverCode?: ServiceCode,\n];\n"
    );
    constant(&mut module, "The version of this package.", "version", "string", &json!(env!("CARGO_PKG_VERSION")));
    constant(&mut module, "", "issueCodes", "readonly IssueCode[]", &json!(Code::ALL.map(Code::as_str)));
    constant(&mut module, "By the numbers of rules.", "rules", "readonly RuleRow[]", &rows());
    constant(&mut module, "By the numbers of words in results.", "words", "readonly string[]", &json!(WORDS[..]));
    let fields = OneField::ALL.map(OneField::name);
    constant_list(&mut module, "The fields with a validator of their own, by their numbers.", "oneField", &fields);
    let classes = ascii_classes().iter().map(|class| (class & 127).to_string()).collect::<Vec<_>>().join(", ");
    module += &format!(
        "\n/** The classes of ASCII characters, a bit each: see src/rules/text.rs. */\n\
         export const asciiClasses: Uint8Array = /* @__PURE__ */ Uint8Array.of({classes});\n"
    );
    constant_list(&mut module, "", "trackerTypes", words::TRACKER_TYPE);
    constant(&mut module, "", "systemTrackerName", "string", &json!(tracker_name::SYSTEM));
    constant(&mut module, "", "maxResponseBytes", "number", &json!(crate::client::MAX_BODY));
    let headers = crate::service::error_body::REQUEST_ID_HEADERS;
    constant(&mut module, "", "requestIdHeaders", "readonly string[]", &json!(headers));
    #[cfg(feature = "server")]
    constant(&mut module, "", "maxEmulatorBodyBytes", "number", &json!(crate::emulator::MAX_BODY));
    #[cfg(feature = "server")]
    {
        let buckets = crate::emulator::DEFAULT_BUCKETS;
        let location = crate::emulator::DEFAULT_LOCATION;
        constant(
            &mut module,
            "The buckets of an emulator, in `emulatorLocation`.",
            "emulatorBuckets",
            "readonly string[]",
            &json!(buckets),
        );
        constant(&mut module, "", "emulatorLocation", "string", &json!(location));
        constant(&mut module, "", "emulatorKeys", "readonly string[]", &json!(crate::emulator::DEFAULT_KEYS));
    }
    module
}

fn constant(module: &mut String, about: &str, name: &str, ts_type: &str, value: &Value) {
    let about = if about.is_empty() { String::new() } else { doc(about, "") };
    module.push_str(&format!("\n{about}export const {name}: {ts_type} = {};\n", literal(value)));
}

/// A list whose items are a union in TypeScript.
fn constant_list(module: &mut String, about: &str, name: &str, items: &[&str]) {
    let about = if about.is_empty() { String::new() } else { doc(about, "") };
    module.push_str(&format!("\n{about}export const {name} = {} as const;\n", literal(&json!(items))));
}

/// Rows of rows have a line each.
fn literal(value: &Value) -> String {
    match value {
        Value::Array(rows) if rows.iter().all(Value::is_array) => {
            format!("[\n{}]", rows.iter().map(|row| format!("  {row},\n")).collect::<String>())
        }
        _ => value.to_string(),
    }
}

/// The rows of the catalogue.
fn rows() -> Value {
    let row = |rule: &RuleId| {
        let row = rule.row();
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
