//! Any bytes as a body of either request.
#![no_main]

use std::fmt::Debug;

use cts_tracker::decode::{Buffer, ParseNumber, exact};
use cts_tracker::issue::{Code, Issue, Segment, Severity};
use cts_tracker::issue::MAX_GIVEN;
use cts_tracker::validate::{self, InvalidJson, Validation};
use libfuzzer_sys::fuzz_target;
use serde::Serialize;
use serde::de::IgnoredAny;
use serde_json::Value;

fuzz_target!(|bytes: &[u8]| {
    check(bytes, validate::create_tracker_json);
    check(bytes, validate::check_obs_buckets_json);
});

fn check<T: Serialize + PartialEq + Debug>(
    bytes: &[u8],
    validate: for<'a> fn(&'a [u8], &'a mut Buffer, ParseNumber) -> Result<Validation<'a, T>, InvalidJson>,
) {
    let mut buffer = Buffer::default();
    let validation = validate(bytes, &mut buffer, exact);
    assert_eq!(validation.is_ok(), is_json(bytes) == Json::Whole);
    match validation {
        Err(fault) => check_place(bytes, fault),
        Ok(validation) => {
            check_list(&validation.errors, Severity::Error);
            check_list(&validation.warnings, Severity::Warning);
            // serde_json cannot represent deep nesting and lone surrogates. Other tests cover them.
            if let Ok(request) = serde_json::from_slice::<Value>(bytes) {
                validation.errors.iter().chain(&validation.warnings).for_each(|issue| check_path(&request, issue));
            }
            assert_eq!(validation.value.is_some(), validation.errors.is_empty());
            if let Some(value) = validation.value {
                let written = serde_json::to_vec(&value).unwrap();
                let again = validate(&written, &mut buffer, exact).unwrap();
                assert_eq!((again.value, again.errors), (Some(value), Vec::new()));
                assert!(again.warnings.iter().all(|issue| issue.code() != Code::UnknownKey));
            }
        }
    }
}

#[derive(PartialEq)]
enum Json {
    Whole,
    CutShort,
    Wrong,
}

fn is_json(bytes: &[u8]) -> Json {
    match serde_json::from_slice::<IgnoredAny>(bytes) {
        _ if std::str::from_utf8(bytes).is_err() => Json::Wrong,
        Ok(_) => Json::Whole,
        Err(error) if error.is_eof() && !spoils_escape(bytes) => Json::CutShort,
        Err(_) => Json::Wrong,
    }
}

/// Whether the text ends in a `\u` with invalid digits: serde_json reads all four digits before it checks them.
fn spoils_escape(bytes: &[u8]) -> bool {
    let Some(at) = bytes.windows(2).rposition(|pair| pair == b"\\u") else { return false };
    let slashes = bytes[..=at].iter().rev().take_while(|byte| **byte == b'\\').count();
    let digits = &bytes[at + 2..];
    slashes % 2 == 1 && digits.len() < 4 && !digits.iter().all(u8::is_ascii_hexdigit)
}

/// Whether bytes are the beginning of a JSON text. serde_json reports a number that is cut short as invalid.
fn can_go_on(bytes: &[u8]) -> bool {
    is_json(bytes) != Json::Wrong || is_json(&[bytes, b"0"].concat()) != Json::Wrong
}

/// The error is at the first character that cannot continue any JSON text.
fn check_place(bytes: &[u8], fault: InvalidJson) {
    let (before, rest) = bytes.split_at(fault.offset);
    assert!(can_go_on(before));
    let next = rest.utf8_chunks().next().and_then(|chunk| chunk.valid().chars().next());
    if let Some(character) = next {
        assert!(!can_go_on(&bytes[..fault.offset + character.len_utf8()]));
    }
    let before = std::str::from_utf8(before).unwrap();
    let line = before.rsplit('\n').next().unwrap();
    assert_eq!((fault.line, fault.column), (before.split('\n').count(), line.chars().count() + 1));
}

fn check_list(issues: &[Issue<'_>], severity: Severity) {
    assert!(issues.len() <= MAX_GIVEN + 1);
    for (index, issue) in issues.iter().enumerate() {
        assert_eq!(issue.severity, severity);
        assert!(issue.server_code().is_none() || severity == Severity::Error);
        assert_eq!(issue.code() == Code::TooManyIssues, index == MAX_GIVEN);
    }
}

/// Every step of the path but the last is in the request, and so is an unknown key.
fn check_path(request: &Value, issue: &Issue<'_>) {
    let mut place = Some(request);
    for step in &issue.path {
        let parent = place.unwrap();
        place = match step {
            Segment::Field(name) => parent.as_object().unwrap().get(name.text()),
            Segment::Index(index) => Some(&parent.as_array().unwrap()[*index as usize]),
            Segment::Unknown(key) => Some(&parent.as_object().unwrap()[&**key]),
        };
    }
}
