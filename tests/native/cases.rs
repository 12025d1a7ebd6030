//! Runs the hand-written cases of `tests/vectors/rules` on any target. The `js` cases run only in JavaScript tests.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use cts_tracker::decode::{Buffer, Document, JsonDecoder, JsonReader, exact};
use cts_tracker::issue::Report;
use cts_tracker::issue::{Issue, Param, Segment};
use cts_tracker::validate::{self, FieldOptions, Lines, OneField, RequestKind};
use serde_json::{Map, Value, json};

fn path(issue: &Issue<'_>) -> Value {
    let segment = |segment: &Segment<'_>| match segment {
        Segment::Field(name) => json!(name.text()),
        Segment::Index(index) => json!(index),
        Segment::Unknown(key) => json!(key),
    };
    issue.path.iter().map(segment).collect()
}

fn number(number: f64) -> Value {
    // JavaScript writes a whole number without a fraction.
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
                Param::Dynamic => json!("a dynamic param was not filled in"),
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

/// Expands `{"$repeat": ["a", 3]}` and `{"$list": [item, 3]}` at any depth.
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
        "createTracker" => outcome(&validate::create_tracker_json(text.as_bytes(), &mut buffer, exact).unwrap()),
        "checkObsBuckets" => outcome(&validate::check_obs_buckets_json(text.as_bytes(), &mut buffer, exact).unwrap()),
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
        // The key order of `value` is part of the contract. All cases list issues in the same order.
        (Value::Object(value), Value::Object(expected)) => {
            value.len() == expected.len()
                && expected.iter().all(|(key, expected)| value.get(key).is_some_and(|value| same(value, expected)))
        }
        _ => value == expected,
    }
}

/// Formats a value as text, so that the order of its keys is compared.
fn written(value: &Value) -> String {
    value.to_string()
}

/// Compares a list in full, or its length, first and last item.
fn check(case: &Value, which: &str, one: &str, actual: &Value, wrong: &mut Vec<String>) {
    let mut expect = |what: String, actual: &Value, expected: &Value| {
        if !same(actual, expected) {
            wrong.push(format!("{}: {what}\n  actual   {actual}\n  expected {expected}", case["name"]));
        }
    };
    let actual_list = actual.as_array().unwrap();
    if let Some(count) = case.get(format!("{which}Count")) {
        expect(format!("{which} count"), &json!(actual_list.len()), count);
        expect(format!("first {which}"), &actual_list[0], &case[format!("first{one}")]);
        expect(format!("last {which}"), actual_list.last().unwrap(), &case[format!("last{one}")]);
    } else {
        expect(which.to_owned(), actual, &expanded(&case[which]));
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
        wrong.push(format!("{}\n  actual   {report}\n  expected {}", case["name"], case["report"]));
    }
    true
}

/// Runs the cases of a file and returns their number.
pub fn run_file(text: &str, wrong: &mut Vec<String>) -> usize {
    let cases: Vec<Value> = serde_json::from_str(text).unwrap();
    cases.iter().filter(|case| run_case(case, wrong)).count()
}

/// Runs a case. Returns false if it is a case for JavaScript.
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
            let actual = run_validator(validator, &case["options"], &text);
            check(case, "issues", "Issue", &actual.issues, wrong);
            check(case, "warnings", "Warning", &actual.warnings, wrong);
            if let Some(value) = actual.value {
                let input = case.get("value").or(case.get("input"));
                let expected = expanded(input.unwrap_or(&Value::Null));
                // Compares the key order too, since the value is sent.
                if !same(&value, &expected) || (case.get("value").is_some() && written(&value) != written(&expected)) {
                    wrong.push(format!("{}: value\n  actual   {value}\n  expected {expected}", case["name"]));
                }
            }
        }
    }
    true
}
