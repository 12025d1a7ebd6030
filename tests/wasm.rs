//! The hand-written cases once more, compiled to wasm32: there a `usize` has 32 bits, and floats are read by other code.
//! In Node, or in a browser where the runner is told so.
#![cfg(target_arch = "wasm32")]

use wasm_bindgen_test::wasm_bindgen_test;

#[path = "rules.rs"]
mod rules;

macro_rules! vectors {
    ($($name:literal)*) => { [$(include_str!(concat!("vectors/rules/", $name, ".json"))),*] };
}

#[wasm_bindgen_test]
fn every_case() {
    rules::run_files(vectors!(
        "agency-name"
        "body"
        "bucket-lifecycle"
        "check-obs-buckets"
        "compress-type"
        "data-bucket"
        "data-event"
        "file-prefix-name"
        "flags"
        "golden"
        "ids"
        "kms-id"
        "limits"
        "management-event-selector"
        "ndjson"
        "obs-info-bucket-name"
        "one-field"
        "order"
        "reading"
        "requires-field"
        "tracker-name"
        "tracker-type"
        "unknown-keys"
    ));
}
