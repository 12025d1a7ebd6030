//! Validates one request again and again: `instructions.mjs` counts the instructions with callgrind.
//!
//! `instructions document 1000` validates the slots as the wasm of the browser does; `line` decodes JSON text too, as for
//! NDJSON.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a benchmark")]

#[path = "../tests/native/properties/slots.rs"]
mod slots;

use std::hint::black_box;

use cts_tracker::decode::{Buffer, Document, JsonDecoder, JsonReader, exact};
use cts_tracker::issue::Report;
use cts_tracker::schema::{CREATE_TRACKER, FieldType};
use cts_tracker::validate::create_tracker;

/// The valid request of `run.mjs`.
const REQUEST: &str = r#"{"tracker_type":"data","tracker_name":"data-tracker-name","agency_name":"cts_admin_trust","obs_info":{"is_obs_created":false,"bucket_name":"save-trace-bucket","file_prefix_name":"11","bucket_lifecycle":30},"is_lts_enabled":true,"data_bucket":{"data_event":["READ","WRITE"],"data_bucket_name":"cstest0423"}}"#;

fn decode(buffer: &mut Buffer) {
    let mut decoder = JsonDecoder::new(JsonReader::new(black_box(REQUEST)), exact);
    decoder.decode(&FieldType::Object(&CREATE_TRACKER), buffer);
    assert!(decoder.end().is_ok());
}

fn validate(document: &Document<'_>) {
    let mut report = Report::default();
    create_tracker(document, &mut report);
    assert!(report.is_empty());
}

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, what, times, ..] = &arguments[..] else { return };
    let times = times.parse().unwrap_or(1);
    let mut buffer = Buffer::default();
    let value = serde_json::from_str(REQUEST).unwrap();
    let encoded = slots::Encoder::new(&value, &FieldType::Object(&CREATE_TRACKER));
    for _ in 0..times {
        if what == "line" {
            decode(&mut buffer);
            validate(&Document::decoded(&buffer, REQUEST));
        } else {
            validate(black_box(&Document::new(&encoded.slots, encoded.text.as_bytes())));
        }
    }
}
