//! The codes of an invalid body.

use super::support::*;
use serde_json::{Value, json};

#[test]
fn an_invalid_body_gets_the_code_of_its_first_error() {
    let good = data("a", "bucket1", &["READ"]);
    let long = "a".repeat(65);
    for (code, body) in [
        ("CTS.0202", set(system(), "/tracker_type", json!(null))),
        ("CTS.0202", set(system(), "/tracker_type", json!("System"))),
        ("CTS.0203", set(good.clone(), "/tracker_name", json!(null))),
        ("CTS.0203", set(good.clone(), "/tracker_name", json!("-a"))),
        ("CTS.0204", set(system(), "/tracker_name", json!("other"))),
        ("CTS.0206", set(system(), "/data_bucket", json!({}))),
        ("CTS.0207", set(good.clone(), "/tracker_name", json!("system-trace"))),
        ("CTS.0210", set(good.clone(), "/data_bucket", json!(null))),
        ("CTS.0210", set(good.clone(), "/data_bucket/data_bucket_name", json!(""))),
        ("CTS.0213", set(good.clone(), "/obs_info", json!({ "bucket_name": "bucket1" }))),
        ("CTS.0216", set(good.clone(), "/obs_info", json!({ "is_obs_created": true }))),
        ("CTS.0217", set(good.clone(), "/obs_info", json!({ "bucket_name": "cstest0423", "bucket_lifecycle": 7 }))),
        ("CTS.0218", set(good.clone(), "/obs_info", json!({ "bucket_name": "cstest0423", "file_prefix_name": long }))),
        ("CTS.0219", set(good.clone(), "/data_bucket/data_event", json!([]))),
        ("CTS.0219", set(good.clone(), "/data_bucket/data_event", json!(null))),
        ("CTS.0221", set(system(), "/is_support_trace_files_encryption", json!(true))),
        ("CTS.0225", set(good.clone(), "/data_bucket/data_event", json!(["READ", "DELETE"]))),
        ("CTS.0231", set(good.clone(), "/data_bucket/data_bucket_name", json!("Bucket1"))),
        // The service has no code for these.
        ("CTS.0003", set(good.clone(), "/is_lts_enabled", json!("yes"))),
        ("CTS.0003", set(good.clone(), "/agency_name", json!("other"))),
        ("CTS.0003", json!([])),
        ("CTS.0003", json!(null)),
    ] {
        let mut emulator = emulator();
        assert_code(&create(&mut emulator, &body), code);
        assert_eq!(emulator.tracker_count(), 0, "{body}");
    }
}

#[test]
fn errors_without_a_code_are_skipped() {
    // The error of is_lts_enabled comes first but has no code; the error of bucket_name has one.
    let body = json!({ "tracker_type": "system", "tracker_name": "system", "is_lts_enabled": 1,
                       "obs_info": { "bucket_name": "X" } });
    assert_code(&create(&mut emulator(), &body), "CTS.0231");
}

#[test]
fn a_body_that_is_not_json_is_invalid() {
    for text in ["", "{", "nul", "{} {}", "\u{feff}x"] {
        assert_code(&Send::new(&tracker_path(), text).to(&mut emulator()), "CTS.0003");
        assert_code(&Send::new(&check_path(), text).to(&mut emulator()), "CTS.0003");
    }
}

#[test]
fn an_invalid_checkbucket_body_gets_a_code() {
    let bucket = json!({ "bucket_name": "bucket1", "bucket_location": "cn-north-1" });
    let one = |bucket: Value| json!({ "buckets": [bucket] });
    for (code, body) in [
        ("CTS.0231", one(set(bucket.clone(), "/bucket_name", json!("B")))),
        ("CTS.0221", one(set(bucket.clone(), "/is_support_trace_files_encryption", json!(true)))),
        ("CTS.0003", one(set(bucket.clone(), "/bucket_location", json!(null)))),
        ("CTS.0003", json!({ "buckets": {} })),
        ("CTS.0003", json!("buckets")),
    ] {
        assert_code(&check(&mut emulator(), &body), code);
    }
}
