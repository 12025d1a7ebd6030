//! The exports of `wasm-pack build`: the validators over plain JavaScript objects. A value is validated as the JSON that
//! would be sent. Issues have a code, a path and params; only the npm package has messages.

use js_sys::JSON;
use serde::ser::{Serialize, Serializer};
use wasm_bindgen::prelude::*;

use crate::decode::{Buffer, ParseNumber, exact};
use crate::issue::Report;
use crate::issue::{Issue, Param, RuleId, Segment, Severity};
use crate::validate::{self, InvalidJson, Validation};

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = include_str!("standalone.d.ts");

/// Validates the body of CreateTracker. Never throws.
#[wasm_bindgen(js_name = validateCreateTracker, unchecked_return_type = "Validation<CreateTrackerRequestBody>")]
pub fn validate_create_tracker(#[wasm_bindgen(unchecked_param_type = "unknown")] input: &JsValue) -> JsValue {
    validate_value(input, validate::create_tracker_json)
}

/// Validates the body of CheckObsBuckets. Never throws.
#[wasm_bindgen(js_name = validateCheckObsBuckets, unchecked_return_type = "Validation<CheckObsBucketsRequestBody>")]
pub fn validate_check_obs_buckets(#[wasm_bindgen(unchecked_param_type = "unknown")] input: &JsValue) -> JsValue {
    validate_value(input, validate::check_obs_buckets_json)
}

fn validate_value<T: Serialize>(
    input: &JsValue,
    validate: impl for<'a> FnOnce(&'a [u8], &'a mut Buffer, ParseNumber) -> Result<Validation<'a, T>, InvalidJson>,
) -> JsValue {
    // Getters, `toJSON` and proxies run here and may throw; cycles and BigInt always do.
    let text = JSON::stringify(input).ok().and_then(|text| text.as_string());
    let mut buffer = Buffer::default();
    let validation = text.as_ref().and_then(|text| validate(text.as_bytes(), &mut buffer, exact).ok());
    let validation = validation.unwrap_or_else(|| not_json(input));
    let answer = Answer {
        issues: (validation.value.is_none()).then(|| Issues(&validation.errors)),
        value: validation.value.as_ref(),
        warnings: Issues(&validation.warnings),
    };
    // Objects instead of Map, numbers instead of BigInt. The models omit absent fields.
    answer.serialize(&serde_wasm_bindgen::Serializer::json_compatible()).unwrap_or_default()
}

/// A value without JSON is not an object.
fn not_json<T>(input: &JsValue) -> Validation<'static, T> {
    let actual = match input.js_typeof().as_string().as_deref() {
        Some("undefined") => "undefined",
        Some("function") => "function",
        Some("symbol") => "symbol",
        Some("bigint") => "bigint",
        _ => "unreadable",
    };
    let mut report = Report::default();
    report.error(RuleId::BodyType).param(Param::Word(actual));
    let (errors, warnings) = report.finish();
    Validation { value: None, errors, warnings }
}

#[derive(serde::Serialize)]
struct Answer<'a, T> {
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<&'a T>,
    #[serde(skip_serializing_if = "Option::is_none")]
    issues: Option<Issues<'a>>,
    warnings: Issues<'a>,
}

struct Issues<'a>(&'a [Issue<'a>]);

impl Serialize for Issues<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(self.0.iter().map(|issue| IssueObject {
            code: issue.code().as_str(),
            path: issue.path.iter().map(Step).collect(),
            params: Params(issue),
            severity: if issue.severity == Severity::Error { "error" } else { "warning" },
            rule: issue.rule(),
            server_code: issue.server_code(),
        }))
    }
}

#[derive(serde::Serialize)]
struct IssueObject<'a> {
    code: &'static str,
    path: Vec<Step<'a>>,
    params: Params<'a>,
    severity: &'static str,
    rule: &'static str,
    #[serde(rename = "serverCode", skip_serializing_if = "Option::is_none")]
    server_code: Option<&'static str>,
}

struct Step<'a>(&'a Segment<'a>);

impl Serialize for Step<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Segment::Field(name) => to.serialize_str(name.text()),
            Segment::Index(index) => to.serialize_u32(*index),
            Segment::Unknown(key) => to.serialize_str(key),
        }
    }
}

struct Params<'a>(&'a Issue<'a>);

impl Serialize for Params<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_map(self.0.params().map(|(name, value)| (name, Value(value))))
    }
}

struct Value<'a>(Param<'a>);

impl Serialize for Value<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match &self.0 {
            Param::Word(word) => to.serialize_str(word),
            Param::Text(text) => to.serialize_str(text),
            Param::Character(character) => to.serialize_char(*character),
            Param::Number(number) => to.serialize_f64(*number),
            Param::Words(words) => to.collect_seq(*words),
            Param::Numbers(numbers) => to.collect_seq(*numbers),
            Param::Dynamic => to.serialize_unit(),
        }
    }
}
