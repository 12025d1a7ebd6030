//! Walks a document, applies the rules and reports every issue in order.

mod check_obs_buckets;
mod create_tracker;
mod field_state;
mod fields;
mod ndjson;
mod one_field;

pub use check_obs_buckets::{bucket as check_bucket, check_obs_buckets};
pub use create_tracker::{create_tracker, value as create_tracker_value};
pub use field_state::{FieldState, PATHS as FIELD_STATE_PATHS, field_state};
pub use ndjson::{Line, Lines, RequestKind, Tally};
pub use one_field::{FieldOptions, OneField, one_field};

use crate::decode::{Actual, Buffer, Document, Items, JsonDecoder, JsonReader, Object, ParseNumber, Syntax, Value};
use crate::issue::Report;
use crate::issue::{Issue, Param, RuleId, Severity};
use crate::model::{CheckObsBucketsRequestBody, CreateTrackerRequestBody};
use crate::rules::{unknown_key, url_id};
use crate::schema::{CHECK_OBS_BUCKETS, CREATE_TRACKER, FieldType, Table};

/// The result of a validator. `value` is present exactly when `errors` is empty.
#[derive(Clone, Debug, PartialEq)]
pub struct Validation<'a, T> {
    pub value: Option<T>,
    pub errors: Vec<Issue<'a>>,
    pub warnings: Vec<Issue<'a>>,
}

/// Where JSON text stops being JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidJson {
    /// From 1.
    pub line: usize,
    /// From 1, in code points.
    pub column: usize,
    /// From 0, in bytes.
    pub offset: usize,
}

impl InvalidJson {
    fn new(text: &[u8], offset: usize) -> Self {
        let before = text.get(..offset).unwrap_or(text);
        let start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |newline| newline + 1);
        let line = 1 + before.iter().filter(|byte| **byte == b'\n').count();
        InvalidJson { line, column: 1 + code_points(before.get(start..).unwrap_or_default()), offset }
    }
}

/// How many code points begin in these bytes.
fn code_points(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0xC0 != 0x80).count()
}

/// Validates the JSON text of a CreateTracker body. The issues borrow from `buffer`.
pub fn create_tracker_json<'a>(
    text: &'a [u8],
    buffer: &'a mut Buffer,
    parse_number: ParseNumber,
) -> Result<Validation<'a, CreateTrackerRequestBody>, InvalidJson> {
    validate_json(
        text,
        buffer,
        parse_number,
        &FieldType::Object(&CREATE_TRACKER),
        create_tracker,
        create_tracker::value,
    )
}

/// Validates the JSON text of a CheckObsBuckets body. The issues borrow from `buffer`.
pub fn check_obs_buckets_json<'a>(
    text: &'a [u8],
    buffer: &'a mut Buffer,
    parse_number: ParseNumber,
) -> Result<Validation<'a, CheckObsBucketsRequestBody>, InvalidJson> {
    validate_json(
        text,
        buffer,
        parse_number,
        &FieldType::Object(&CHECK_OBS_BUCKETS),
        check_obs_buckets,
        check_obs_buckets::value,
    )
}

/// Validates a project id, as it stands in a URL.
pub fn project_id(id: &str) -> Validation<'_, String> {
    validate_id(id, &url_id::PROJECT_ID)
}

/// Validates an account id, as it stands in a URL.
pub fn domain_id(id: &str) -> Validation<'_, String> {
    validate_id(id, &url_id::DOMAIN_ID)
}

fn validate_id<'a>(id: &'a str, rules: &'static url_id::Rules) -> Validation<'a, String> {
    let mut report = Report::default();
    one_field::url_id_text(id.as_bytes(), rules, &mut report);
    validation(report, || id.to_owned())
}

fn validation<T>(report: Report<'_>, value: impl FnOnce() -> T) -> Validation<'_, T> {
    let value = (!report.has_errors()).then(value);
    let (errors, warnings) = report.finish();
    Validation { value, errors, warnings }
}

fn validate_json<'a, T>(
    text: &'a [u8],
    buffer: &'a mut Buffer,
    parse_number: ParseNumber,
    field_type: &'static FieldType,
    validate: fn(&Document<'a>, &mut Report<'a>),
    value: fn(&Document<'a>) -> T,
) -> Result<Validation<'a, T>, InvalidJson> {
    let document =
        decode(text, buffer, parse_number, field_type).map_err(|fault| InvalidJson::new(text, fault.offset))?;
    let mut report = Report::default();
    validate(&document, &mut report);
    Ok(validation(report, || value(&document)))
}

fn decode<'a>(
    bytes: &'a [u8],
    buffer: &'a mut Buffer,
    parse_number: ParseNumber,
    field_type: &'static FieldType,
) -> Result<Document<'a>, Syntax> {
    let (text, whole) = utf8(bytes);
    let mut decoder = JsonDecoder::new(JsonReader::new(text), parse_number);
    decoder.decode(field_type, buffer);
    decoder.end()?;
    if whole { Ok(Document::decoded(buffer, text)) } else { Err(Syntax { offset: text.len() }) }
}

/// The text up to the first byte that is not UTF-8, and whether that is all.
fn utf8(bytes: &[u8]) -> (&str, bool) {
    match std::str::from_utf8(bytes) {
        Ok(text) => (text, true),
        Err(fault) => {
            let before = bytes.get(..fault.valid_up_to()).unwrap_or_default();
            (std::str::from_utf8(before).unwrap_or_default(), false)
        }
    }
}

/// The body, if it is an object. A body is required, so null has the wrong type.
fn body<'a>(document: &Document<'a>, report: &mut Report<'a>) -> Option<Object> {
    let root = document.root();
    let object = root.object();
    if object.is_none() {
        report.error(RuleId::BodyType).param(root.wrong().map_or(Param::Word("null"), actual_param));
    }
    object
}

fn actual_param(actual: Actual<'_>) -> Param<'_> {
    match actual {
        Actual::Named(name) => Param::Word(name),
        Actual::Tagged(name) => Param::Text(name),
    }
}

/// Reports unknown keys as warnings.
fn unknown_keys<'a>(document: &Document<'a>, object: Object, table: &'static Table, report: &mut Report<'a>) {
    if let Some(keys) = document.field(object, table.fields.len()).items() {
        report_unknown_keys(keys, document, object, table, report);
    }
}

#[cold]
#[inline(never)]
fn report_unknown_keys<'a>(
    keys: Items,
    document: &Document<'a>,
    object: Object,
    table: &'static Table,
    report: &mut Report<'a>,
) {
    for key in document.items(keys).filter_map(Value::text) {
        if report.counts_only(Severity::Warning) {
            continue;
        }
        let present = |index: usize| !document.field(object, index).is_absent();
        let meant = unknown_key::meant(key, table, &present);
        let params = report.unknown_key(key);
        if let Some(name) = meant {
            params.word(name);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_without_errors_is_its_own_value() {
        for validate in [project_id, domain_id] {
            assert_eq!(validate("a").value.as_deref(), Some("a"));
            assert_eq!(validate("a/b").value, None);
        }
    }
}
