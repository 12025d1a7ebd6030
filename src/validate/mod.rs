//! Walks a draft of a request, applies the rules, returns every issue in order.

mod check_obs_buckets;
mod create_tracker;
mod field_state;
mod fields;
mod ndjson;
mod one_field;

pub use check_obs_buckets::{bucket as check_bucket, check_obs_buckets};
pub use create_tracker::{create_tracker, value as create_tracker_value};
pub use field_state::{FieldState, PATHS as FIELD_STATE_PATHS, field_state};
pub use ndjson::{Kind as NdjsonKind, Line, Lines, Tally};
pub use one_field::{FieldOptions, OneField, one_field};

use crate::decode::{Actual, Document, JsonDecoder, Object, Syntax, Unescaped, Value, exact};
use crate::issue::Report;
use crate::issue::{Issue, Param, RuleId, Severity};
use crate::model::{CheckObsBucketsRequestBody, CreateTrackerRequestBody};
use crate::rules::{unknown_key, url_id};
use crate::schema::{CHECK_OBS_BUCKETS, CREATE_TRACKER, FieldType, Table};

/// What a validator says. `value` is there exactly when `errors` is empty.
#[derive(Clone, Debug, PartialEq)]
pub struct Judged<'a, T> {
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

/// Judges the JSON text of a CreateTracker body.
pub fn create_tracker_json<'a>(
    text: &'a [u8],
    unescaped: &'a Unescaped,
) -> Result<Judged<'a, CreateTrackerRequestBody>, InvalidJson> {
    judge_json(text, unescaped, &FieldType::Object(&CREATE_TRACKER), create_tracker, create_tracker::value)
}

/// Judges the JSON text of a CheckObsBuckets body.
pub fn check_obs_buckets_json<'a>(
    text: &'a [u8],
    unescaped: &'a Unescaped,
) -> Result<Judged<'a, CheckObsBucketsRequestBody>, InvalidJson> {
    judge_json(text, unescaped, &FieldType::Object(&CHECK_OBS_BUCKETS), check_obs_buckets, check_obs_buckets::value)
}

/// Judges a project id, as it stands in a URL.
pub fn project_id(id: &str) -> Judged<'_, String> {
    judge_id(id, &url_id::PROJECT_ID)
}

/// Judges an account id, as it stands in a URL.
pub fn domain_id(id: &str) -> Judged<'_, String> {
    judge_id(id, &url_id::DOMAIN_ID)
}

fn judge_id<'a>(id: &'a str, rules: &'static url_id::Rules) -> Judged<'a, String> {
    let mut report = Report::default();
    one_field::url_id(&Value::Text(id), rules, &mut report);
    judged(report, || id.to_owned())
}

fn judged<T>(report: Report<'_>, value: impl FnOnce() -> T) -> Judged<'_, T> {
    let value = (!report.has_errors()).then(value);
    let (errors, warnings) = report.finish();
    Judged { value, errors, warnings }
}

fn judge_json<'a, T>(
    text: &'a [u8],
    unescaped: &'a Unescaped,
    kind: &'static FieldType,
    judge: fn(&Document<'a>, &mut Report<'a>),
    value: fn(&Document<'a>) -> T,
) -> Result<Judged<'a, T>, InvalidJson> {
    let document = parse(text, unescaped, kind).map_err(|fault| InvalidJson::new(text, fault.offset))?;
    let mut report = Report::default();
    judge(&document, &mut report);
    Ok(judged(report, || value(&document)))
}

/// Reads one JSON text.
fn parse<'a>(text: &'a [u8], unescaped: &'a Unescaped, kind: &'static FieldType) -> Result<Document<'a>, Syntax> {
    let (text, whole) = readable(text);
    let mut decoder = JsonDecoder::new(text, exact, unescaped);
    let mut document = Document::default();
    decoder.read(kind, &mut document);
    decoder.end()?;
    if whole { Ok(document) } else { Err(Syntax { offset: text.len() }) }
}

/// The text up to the first byte that is none, and whether that is all.
fn readable(bytes: &[u8]) -> (&str, bool) {
    match std::str::from_utf8(bytes) {
        Ok(text) => (text, true),
        Err(fault) => {
            let before = bytes.get(..fault.valid_up_to()).unwrap_or_default();
            (std::str::from_utf8(before).unwrap_or_default(), false)
        }
    }
}

/// The body, if it is an object. One is never absent: null stays a wrong type.
fn body<'a>(document: &Document<'a>, report: &mut Report<'a>) -> Option<Object> {
    let actual = match &document.root {
        Value::Object(object) => return Some(*object),
        Value::Wrong(actual) => actual_param(actual),
        _ => Param::Word("null"),
    };
    report.error(RuleId::BodyType).param(actual);
    None
}

fn actual_param<'a>(actual: &Actual<'a>) -> Param<'a> {
    match actual {
        Actual::Named(name) => Param::Word(name),
        Actual::Tagged(name) => Param::Text(name),
    }
}

/// The keys nobody knows, as warnings.
fn unknown_keys<'a>(document: &Document<'a>, object: Object, table: &'static Table, report: &mut Report<'a>) {
    for key in document.unknown(object) {
        if report.counts_only(Severity::Warning) {
            continue;
        }
        let present = |place: usize| document.field(object, place).is_some_and(|value| !value.is_absent());
        let meant = unknown_key::meant(key, table, &present);
        let found = report.unknown_key(key);
        if let Some(name) = meant {
            found.word(name);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_without_errors_is_its_own_value() {
        for judge in [project_id, domain_id] {
            assert_eq!(judge("a").value.as_deref(), Some("a"));
            assert_eq!(judge("a/b").value, None);
        }
    }
}
