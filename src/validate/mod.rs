//! Walks a draft of a request, applies the rules, returns every issue in order.

mod check_obs_buckets;
mod create_tracker;
mod field_state;
mod fields;
mod ndjson;
mod one_field;

use std::borrow::Cow;

pub use check_obs_buckets::{bucket as check_bucket, check_obs_buckets};
pub use create_tracker::{create_tracker, value as create_tracker_value};
pub use field_state::{FieldState, PATHS as FIELD_STATE_PATHS, field_state};
pub use ndjson::{Kind as NdjsonKind, Line, Lines, Tally};
pub use one_field::{FieldOptions, OneDraft, OneField, one_field};

use crate::decode::{
    Actual, CheckObsBucketsDraft, CreateTrackerDraft, Draft, Field, JsonDecoder, Part, Shape, Syntax, Text, exact,
};
use crate::issue::{Code, Issue, Param, Severity};
use crate::model::{CheckObsBucketsRequestBody, CreateTrackerRequestBody};
use crate::report::{Report, error};
use crate::rules::{unknown_key, url_id};

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
pub fn create_tracker_json(text: &[u8]) -> Result<Judged<'_, CreateTrackerRequestBody>, InvalidJson> {
    judge_json::<CreateTrackerDraft<'_>, _>(text, create_tracker, create_tracker::value)
}

/// Judges the JSON text of a CheckObsBuckets body.
pub fn check_obs_buckets_json(text: &[u8]) -> Result<Judged<'_, CheckObsBucketsRequestBody>, InvalidJson> {
    judge_json::<CheckObsBucketsDraft<'_>, _>(text, check_obs_buckets, check_obs_buckets::value)
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
    let draft = Field::Got(Cow::Borrowed(id));
    one_field::url_id(&draft, rules, &mut report);
    judged(report, || id.to_owned())
}

fn judged<T>(report: Report<'_>, value: impl FnOnce() -> T) -> Judged<'_, T> {
    let value = (!report.has_errors()).then(value);
    let (errors, warnings) = report.finish();
    Judged { value, errors, warnings }
}

fn judge_json<'a, S: Draft<'a>, T>(
    text: &'a [u8],
    judge: fn(&Field<'a, S>, &mut Report<'a>),
    value: fn(&S) -> T,
) -> Result<Judged<'a, T>, InvalidJson> {
    let draft = parse(text).map_err(|fault| InvalidJson::new(text, fault.offset))?;
    let mut report = Report::default();
    judge(&draft, &mut report);
    let value = draft.got().filter(|_| !report.has_errors()).map(value);
    let (errors, warnings) = report.finish();
    Ok(Judged { value, errors, warnings })
}

/// Reads one JSON text into a draft. Null stays a wrong type here: a body is never absent.
fn parse<'a, S: Draft<'a>>(text: &'a [u8]) -> Result<Field<'a, S>, Syntax> {
    let (text, whole) = readable(text);
    let mut decoder = JsonDecoder::new(text, exact);
    let mut draft = Field::Absent;
    draft.read_json(&mut decoder)?;
    decoder.end()?;
    if whole { Ok(draft) } else { Err(Syntax { offset: text.len() }) }
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

/// The body, if it is an object.
fn body<'d, 'a, S>(draft: &'d Field<'a, S>, report: &mut Report<'a>) -> Option<&'d S> {
    let actual = match draft {
        Field::Got(object) => return Some(object),
        Field::Absent => Param::Word("null"),
        Field::Wrong(actual) => actual_param(actual),
    };
    report.add(error(Code::NotObject, "body.type").server("CTS.0003").param("actual", actual));
    None
}

fn actual_param<'a>(actual: &Actual<'a>) -> Param<'a> {
    match actual {
        Actual::Named(name) => Param::Word(name),
        Actual::Tagged(name) => Param::Text(name.clone()),
    }
}

/// `invalid_type` at the place the walk has reached.
fn wrong_type<'a>(actual: &Actual<'a>, expected: &'static str, rule: &'static str, report: &mut Report<'a>) {
    report.add(error(Code::InvalidType, rule).word("expected", expected).param("actual", actual_param(actual)));
}

/// The text of a field; a wrong type is reported.
fn text<'d, 'a>(draft: &'d Text<'a>, rule: &'static str, report: &mut Report<'a>) -> Option<&'d str> {
    value_of(draft, "string", rule, report).map(|text| &**text)
}

/// The value of a field; a wrong type is reported.
fn value_of<'d, 'a, T>(
    draft: &'d Field<'a, T>,
    expected: &'static str,
    rule: &'static str,
    report: &mut Report<'a>,
) -> Option<&'d T> {
    if let Field::Wrong(actual) = draft {
        wrong_type(actual, expected, rule, report);
    }
    draft.got()
}

/// The keys nobody knows, as warnings.
fn unknown_keys<'a>(object: &dyn Shape<'a>, report: &mut Report<'a>) {
    for key in object.unknown() {
        if report.counts_only(Severity::Warning) {
            continue;
        }
        let finding = unknown_key::check(key, object.table(), &|index| object.has(index));
        report.add_unknown(key.clone(), finding);
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
