//! Properties of every input, derived from the rule table and not from the code. `CTS_CASES=1000000` runs longer.

mod documents;
mod fields;
mod limits;
mod slots;

use cts_tracker::decode::{self, Buffer, Document, JsonDecoder, JsonReader, ParseNumber, Slot, exact};
use cts_tracker::issue::Report;
use cts_tracker::issue::{Code, Issue, Param, Segment, Severity};
use cts_tracker::rules::kms_id::{self, Encryption, Pairing};
use cts_tracker::rules::{
    bucket_lifecycle, bucket_location, bucket_name, file_prefix_name, tracker_name, unknown_key, url_id,
};
use cts_tracker::schema::{CHECK_OBS_BUCKETS, CREATE_TRACKER, Field, FieldType, Table};
use cts_tracker::validate::{self, InvalidJson, Lines, RequestKind, Validation};
use proptest::prelude::*;
use proptest::string::string_regex;
use serde::Serialize;
use serde_json::{Map, Value, json};
use slots::Encoder;

fn config() -> ProptestConfig {
    let cases = std::env::var("CTS_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(10_000);
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

/// Text of the allowed characters and some others.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z0-9.-]{0,70}",
        "[a-zA-Z0-9._-]{0,70}",
        "[0-9]{1,3}(\\.[0-9]{1,3}){2,4}",
        "[a-z0-9]{8}-[a-z0-9]{4}-[a-z0-9]{4}-[a-z0-9]{4}-[a-zA-Z0-9]{12}",
        "\\PC{0,12}",
        Just(String::from("system")),
        Just(String::from("system-trace")),
    ]
}

fn found<'a>(rule: impl FnOnce(&mut Report<'a>)) -> (Vec<Issue<'a>>, Vec<Issue<'a>>) {
    let mut report = Report::default();
    rule(&mut report);
    report.finish()
}

fn codes(issues: &[Issue<'_>]) -> Vec<Code> {
    issues.iter().map(Issue::code).collect()
}
