//! The hand-written cases of `tests/vectors/rules`, for whichever target runs them. Cases in JavaScript run elsewhere.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops at what it did not expect")]

use cts_tracker::decode::{Buffer, Document, JsonDecoder, JsonReader, exact};
use cts_tracker::issue::Report;
use cts_tracker::issue::{Issue, Param, Segment};
use cts_tracker::validate::{self, FieldOptions, Lines, OneField, RequestKind};
use serde_json::{Map, Value, json};

fn path(issue: &Issue<'_>) -> Value {
    let segment = |segment: &Segment<'_>| match segment {
        Segment::Field(name) => json!(name),
        Segment::Index(index) => json!(index),
        Segment::Unknown(key) => json!(key),
    };
    issue.path.iter().map(segment).collect()
}

fn number(number: f64) -> Value {
    // As JavaScript writes it: a whole number has no fraction.
    if number.abs() < 9e15 { json!(number as i64) } else { json!(number) }
}

fn in_json(issue: &Issue<'_>) -> Value {
    let params: Map<String, Value> = issue
        .params()
        .map(|(name, value)| {
            let value = match value {
                Param::Word(word) => json!(word),
                Param::Character(character) => json!(character),
                Param::Text(text) => json!(text),
                Param::Number(value) => number(value),
                Param::Words(words) => json!(words),
                Param::Numbers(numbers) => json!(numbers),
                Param::Dynamic => json!("a row was not filled"),
            };
            (name.to_owned(), value)
        })
        .collect();
    let mut out = json!({ "code": issue.code().as_str(), "path": path(issue), "params": params });
    if let Some(code) = issue.server_code() {
        out["serverCode"] = json!(code);
    }
    out
}

fn all(issues: &[Issue<'_>]) -> Value {
    issues.iter().map(in_json).collect()
}

/// `{"$repeat": ["a", 3]}` and `{"$list": [item, 3]}`, anywhere.
fn expanded(value: &Value) -> Value {
    match value {
        Value::Object(object) => {
            let count = |list: &Value| usize::try_from(list[1].as_u64().unwrap()).unwrap();
            if let Some(repeat) = object.get("$repeat") {
                return json!(repeat[0].as_str().unwrap().repeat(count(repeat)));
            }
            if let Some(list) = object.get("$list") {
                return Value::Array(vec![expanded(&list[0]); count(list)]);
            }
            Value::Object(object.iter().map(|(key, value)| (key.clone(), expanded(value))).collect())
        }
        Value::Array(items) => items.iter().map(expanded).collect(),
        other => other.clone(),
    }
}

struct Outcome {
    value: Option<Value>,
    issues: Value,
    warnings: Value,
}

fn run_validator(validator: &str, options: &Value, text: &str) -> Outcome {
    fn outcome<T: serde::Serialize>(validation: &validate::Validation<'_, T>) -> Outcome {
        Outcome {
            value: validation.value.as_ref().map(|value| serde_json::to_value(value).unwrap()),
            issues: all(&validation.errors),
            warnings: all(&validation.warnings),
        }
    }
    let mut buffer = Buffer::default();
    match validator {
        "createTracker" => outcome(&validate::create_tracker_json(text.as_bytes(), &mut buffer).unwrap()),
        "checkObsBuckets" => outcome(&validate::check_obs_buckets_json(text.as_bytes(), &mut buffer).unwrap()),
        name => {
            let field = *OneField::ALL.iter().find(|field| field.name() == name).unwrap();
            let options = FieldOptions {
                for_creation: options["forCreation"] == true,
                system_tracker: options["trackerType"] == "system",
                encrypted: options["encrypted"].as_bool(),
            };
            let mut report = Report::default();
            JsonDecoder::new(JsonReader::new(text), exact).decode(field.field_type(), &mut buffer);
            validate::one_field(field, options, Document::decoded(&buffer, text).root(), &mut report);
            let (errors, warnings) = report.finish();
            Outcome { value: None, issues: all(&errors), warnings: all(&warnings) }
        }
    }
}

fn same(value: &Value, expected: &Value) -> bool {
    match (value, expected) {
        (Value::Number(value), Value::Number(expected)) => value.as_f64() == expected.as_f64(),
        (Value::Array(value), Value::Array(expected)) => {
            value.len() == expected.len() && value.iter().zip(expected).all(|(value, expected)| same(value, expected))
        }
        // Order is part of the contract of `value`; of issues it is written alike in all cases.
        (Value::Object(value), Value::Object(expected)) => {
            value.len() == expected.len()
                && expected.iter().all(|(key, expected)| value.get(key).is_some_and(|value| same(value, expected)))
        }
        _ => value == expected,
    }
}

/// As text, where the order of keys shows.
fn written(value: &Value) -> String {
    value.to_string()
}

/// A list in full, or its length and its ends.
fn check(case: &Value, which: &str, one: &str, said: &Value, wrong: &mut Vec<String>) {
    let mut expect = |what: String, said: &Value, expected: &Value| {
        if !same(said, expected) {
            wrong.push(format!("{}: {what}\n  said     {said}\n  expected {expected}", case["name"]));
        }
    };
    let said_list = said.as_array().unwrap();
    if let Some(count) = case.get(format!("{which}Count")) {
        expect(format!("{which} count"), &json!(said_list.len()), count);
        expect(format!("first {which}"), &said_list[0], &case[format!("first{one}")]);
        expect(format!("last {which}"), said_list.last().unwrap(), &case[format!("last{one}")]);
    } else {
        expect(which.to_owned(), said, &expanded(&case[which]));
    }
}

fn run_ndjson(case: &Value, kind: RequestKind, wrong: &mut Vec<String>) -> bool {
    let Some(text) = case.get("text").map(expanded) else { return false };
    let Some(text) = text.as_str() else { return false };
    let mut bad = Vec::new();
    let lines = Lines { bytes: text.as_bytes(), line: 1, offset: 0, parse_number: exact };
    let (tally, _) = lines.validate(kind, &mut Buffer::default(), |line| {
        let (errors, warnings) = line.report.finish();
        if !errors.is_empty() {
            bad.push(json!({ "line": line.line, "issues": all(&errors), "warnings": all(&warnings) }));
        }
    });
    let report = json!({ "lines": tally.lines, "valid": tally.valid, "invalid": tally.invalid, "warned": tally.warned,
        "bad": bad });
    if !same(&report, &case["report"]) {
        wrong.push(format!("{}\n  said     {report}\n  expected {}", case["name"], case["report"]));
    }
    true
}

/// Runs the cases of one file, and gives how many there were.
pub fn run_file(text: &str, wrong: &mut Vec<String>) -> usize {
    let cases: Vec<Value> = serde_json::from_str(text).unwrap();
    cases.iter().filter(|case| run_case(case, wrong)).count()
}

/// Whether the case can be run here.
fn run_case(case: &Value, wrong: &mut Vec<String>) -> bool {
    let text = match (case.get("json"), case.get("input")) {
        (Some(text), _) => text.as_str().unwrap().to_owned(),
        (_, Some(input)) => expanded(input).to_string(),
        _ => String::new(),
    };
    match case["validator"].as_str().unwrap() {
        "ndjson:createTracker" => return run_ndjson(case, RequestKind::CreateTracker, wrong),
        "ndjson:checkBucket" => return run_ndjson(case, RequestKind::CheckBucket, wrong),
        _ if text.is_empty() => return false,
        validator => {
            let said = run_validator(validator, &case["options"], &text);
            check(case, "issues", "Issue", &said.issues, wrong);
            check(case, "warnings", "Warning", &said.warnings, wrong);
            if let Some(value) = said.value {
                let input = case.get("value").or(case.get("input"));
                let expected = expanded(input.unwrap_or(&Value::Null));
                // Key order too: the value is what is sent.
                if !same(&value, &expected) || (case.get("value").is_some() && written(&value) != written(&expected)) {
                    wrong.push(format!("{}: value\n  said     {value}\n  expected {expected}", case["name"]));
                }
            }
        }
    }
    true
}
