//! Runs the cases compiled for wasm32, in Node and in a browser: its lengths have 32 bits.
#![cfg(target_arch = "wasm32")]

#[path = "../native/cases.rs"]
mod cases;

use wasm_bindgen_test::wasm_bindgen_test;

macro_rules! test_cases {
    ($($name:ident $file:literal)+) => {$(
        #[wasm_bindgen_test]
        fn $name() {
            let mut wrong = Vec::new();
            let run = cases::run_file(include_str!(concat!("../vectors/rules/", $file, ".json")), &mut wrong);
            assert!(wrong.is_empty(), "{} of {run} cases\n{}", wrong.len(), wrong.join("\n"));
            assert!(run > 0);
        }
    )+};
}

test_cases! {
    agency_name "agency-name"
    body "body"
    bucket_lifecycle "bucket-lifecycle"
    check_obs_buckets "check-obs-buckets"
    compress_type "compress-type"
    data_bucket "data-bucket"
    data_event "data-event"
    file_prefix_name "file-prefix-name"
    flags "flags"
    golden "golden"
    ids "ids"
    kms_id "kms-id"
    limits "limits"
    management_event_selector "management-event-selector"
    ndjson "ndjson"
    obs_info_bucket_name "obs-info-bucket-name"
    one_field "one-field"
    order "order"
    reading "reading"
    requires_field "requires-field"
    tracker_name "tracker-name"
    tracker_type "tracker-type"
    unknown_keys "unknown-keys"
}
