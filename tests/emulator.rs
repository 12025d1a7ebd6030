//! Tests of the emulator without wasm: codes, the order of the checks, faults, determinism.
#![cfg(feature = "server")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use cts_tracker::emulator::{
    Config, DATA_TRACKER_QUOTA, Delivery, Emulator, EmulatorOptions, Entropy, FAULT_HEADER, Fault, LOG_LENGTH, Plan,
    SAMPLE_ACCESS_KEY_ID, SAMPLE_SECRET_ACCESS_KEY,
};
use cts_tracker::service::codes;
use cts_tracker::signing::{self, Credentials, SdkDate};
use proptest::prelude::*;
use serde_json::{Value, json};

const NOW: i64 = 1_795_349_100_000;
const PROJECT: &str = "2306579dc99f4c8690b14b68e734fcd9";
const DOMAIN: &str = "24edf66e79d04187acb99a463e610764";
const HOST: &str = "127.0.0.1:8788";

/// The three request examples of the API pages, unchanged.
const SYSTEM_EXAMPLE: &str = r#"{ "tracker_type" : "system", "tracker_name" : "system", "agency_name" : "cts_admin_trust", "obs_info" : { "is_obs_created" : false, "bucket_name" : "test-data-tracker", "file_prefix_name" : "11" }, "is_lts_enabled" : true, "is_support_trace_files_encryption" : true, "kms_id" : "13a4207c-7abe-4b68-8510-16b84c3b5504", "is_support_validate" : true }"#;
const DATA_EXAMPLE: &str = r#"{ "tracker_type" : "data", "tracker_name" : "data-tracker-name", "agency_name" : "cts_admin_trust", "obs_info" : { "is_obs_created" : false, "bucket_name" : "saveTraceBucket", "file_prefix_name" : "11", "bucket_lifecycle" : 30 }, "is_lts_enabled" : true, "data_bucket" : { "data_event" : [ "READ", "WRITE" ], "data_bucket_name" : "cstest0423" } }"#;
const CHECK_EXAMPLE: &str = r#"{
  "buckets" : [ {
    "bucket_location" : "cn-north-1",
    "bucket_name" : "bucket1",
    "is_support_trace_files_encryption" : false,
    "kms_id" : "1f26f8d8-65d4-436b-bea2-bd0ac1984f71"
  }, {
    "bucket_location" : "cn-north-2",
    "bucket_name" : "bucket2",
    "is_support_trace_files_encryption" : false,
    "kms_id" : "0c1b7d87-5186-411a-86ce-ed3b2ec848c9"
  } ]
}"#;

fn sample() -> Credentials {
    Credentials::new(SAMPLE_ACCESS_KEY_ID, SAMPLE_SECRET_ACCESS_KEY, None).unwrap()
}

fn entropy(seed: u8) -> Entropy {
    std::array::from_fn(|i| u8::try_from(i).unwrap().wrapping_mul(7).wrapping_add(seed))
}

struct Send<'a> {
    method: &'a str,
    path: &'a str,
    headers: Vec<(&'a str, &'a str)>,
    body: &'a [u8],
    signed_at: i64,
    credentials: Option<Credentials>,
}

impl<'a> Send<'a> {
    fn new(path: &'a str, body: &'a str) -> Self {
        Send {
            method: "POST",
            path,
            headers: vec![("content-type", "application/json")],
            body: body.as_bytes(),
            signed_at: NOW,
            credentials: Some(sample()),
        }
    }

    fn with(mut self, name: &'a str, value: &'a str) -> Self {
        self.headers.push((name, value));
        self
    }

    fn build(&self) -> http::Request<Vec<u8>> {
        let mut builder = http::Request::builder().method(self.method).uri(self.path).header("host", HOST);
        let (path, query) = self.path.split_once('?').unwrap_or((self.path, ""));
        match &self.credentials {
            None => {
                for (name, value) in &self.headers {
                    builder = builder.header(*name, *value);
                }
            }
            Some(credentials) => {
                let request = signing::Request {
                    method: self.method,
                    host: HOST,
                    path,
                    query,
                    headers: &self.headers,
                    body: self.body,
                };
                let signed =
                    signing::sign(&request, credentials, SdkDate::from_unix_millis(self.signed_at), None).unwrap();
                for (name, value) in signed.headers {
                    builder = builder.header(&*name, &*value);
                }
                builder = builder.header("authorization", signed.authorization);
            }
        }
        builder.body(self.body.to_vec()).unwrap()
    }

    fn to(&self, emulator: &mut Emulator) -> Plan {
        emulator.handle(&self.build(), NOW, &entropy(1))
    }
}

fn tracker_path() -> String {
    format!("/v3/{PROJECT}/tracker")
}

fn check_path() -> String {
    format!("/v3/{DOMAIN}/checkbucket")
}

fn emulator() -> Emulator {
    Emulator::new(Config::default())
}

fn config(options: Value) -> Result<Config, String> {
    let options: EmulatorOptions = serde_json::from_value(options).map_err(|error| error.to_string())?;
    Config::new(options).map_err(|error| error.to_string())
}

fn with_options(options: &Value) -> Emulator {
    Emulator::new(config(options.clone()).unwrap())
}

fn create(emulator: &mut Emulator, body: &Value) -> Plan {
    Send::new(&tracker_path(), &body.to_string()).to(emulator)
}

fn check(emulator: &mut Emulator, body: &Value) -> Plan {
    Send::new(&check_path(), &body.to_string()).to(emulator)
}

fn status(plan: &Plan) -> u16 {
    plan.response.status().as_u16()
}

fn body(plan: &Plan) -> Value {
    serde_json::from_slice(plan.response.body()).unwrap()
}

fn header<'a>(plan: &'a Plan, name: &str) -> Option<&'a str> {
    plan.response.headers().get(name).map(|value| value.to_str().unwrap())
}

/// Asserts that the response is this error, in the format of the gateway or the service.
fn assert_code(plan: &Plan, code: &str) {
    let known = codes::lookup(code).unwrap();
    let body = body(plan);
    assert_eq!(body["error_code"], code, "{body}");
    assert_eq!(status(plan), known.status(), "{code}");
    assert_eq!(plan.delivery, Delivery::Whole);
    assert_eq!(header(plan, "content-type"), Some("application/json"));
    let mut keys: Vec<&str> = body.as_object().unwrap().keys().map(String::as_str).collect();
    keys.sort_unstable();
    if known.is_gateway() {
        assert_eq!(keys, ["error_code", "error_msg", "request_id"]);
        assert_eq!(body["request_id"].as_str(), header(plan, "x-request-id"));
    } else {
        assert_eq!(keys, ["error_code", "error_msg"]);
        assert_eq!(body["error_msg"], known.message());
    }
}

fn system() -> Value {
    json!({ "tracker_type": "system", "tracker_name": "system" })
}

fn data(name: &str, bucket: &str, events: &[&str]) -> Value {
    json!({ "tracker_type": "data", "tracker_name": name,
            "data_bucket": { "data_bucket_name": bucket, "data_event": events } })
}

fn set(mut value: Value, pointer: &str, to: Value) -> Value {
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    let parent = if parent.is_empty() { &mut value } else { value.pointer_mut(parent).unwrap() };
    match to {
        Value::Null => {
            parent.as_object_mut().unwrap().remove(key);
        }
        to => parent[key] = to,
    }
    value
}

// --- the examples of the API pages

#[test]
fn the_first_example_creates_the_documented_tracker() {
    let mut emulator = emulator();
    let plan = Send::new(&tracker_path(), SYSTEM_EXAMPLE).to(&mut emulator);
    assert_eq!(status(&plan), 201);
    // The documented response with its key order. The ids, the time and the bucket name are the emulator's.
    let expected = format!(
        concat!(
            r#"{{"id":"71787f86-8d94-4ba2-a9b0-b7bec5ccd3da","create_time":{now},"#,
            r#""domain_id":"emulatoraccount00000000000000000","is_support_trace_files_encryption":true,"#,
            r#""kms_id":"13a4207c-7abe-4b68-8510-16b84c3b5504","agency_name":"cts_admin_trust","#,
            r#""obs_info":{{"is_obs_created":false,"bucket_name":"test-data-tracker","is_authorized_bucket":false,"#,
            r#""file_prefix_name":"11","bucket_lifecycle":30}},"project_id":"{project}","#,
            r#""lts":{{"is_lts_enabled":true,"log_group_name":"CTS","log_topic_name":"system-trace"}},"#,
            r#""is_support_validate":true,"tracker_name":"system","tracker_type":"system","status":"enabled"}}"#
        ),
        now = NOW,
        project = PROJECT
    );
    assert_eq!(String::from_utf8(plan.response.body().clone()).unwrap(), expected);
    assert_eq!(header(&plan, "content-type"), Some("application/json"));
    assert_eq!(header(&plan, "date"), Some("Sun, 22 Nov 2026 12:05:00 GMT"));
    assert_eq!(header(&plan, "x-request-id"), Some("01080f161d242b323940474e555c636a"));
}

#[test]
fn the_second_example_is_valid_only_with_a_lower_case_bucket_name() {
    let mut emulator = emulator();
    assert_code(&Send::new(&tracker_path(), DATA_EXAMPLE).to(&mut emulator), "CTS.0231");
    let fixed = DATA_EXAMPLE.replace("saveTraceBucket", "save-trace-bucket");
    let plan = Send::new(&tracker_path(), &fixed).to(&mut emulator);
    assert_eq!(status(&plan), 201);
    assert_eq!(
        body(&plan)["data_bucket"],
        json!({ "data_bucket_name": "cstest0423", "search_enabled": true, "data_event": ["READ", "WRITE"] })
    );
    assert_eq!(body(&plan)["lts"]["log_topic_name"], "data-tracker-name");
    // The same name in lower case: the emulator does not have this bucket.
    let lower = DATA_EXAMPLE.replace("saveTraceBucket", "savetracebucket");
    assert_code(&Send::new(&tracker_path(), &lower).to(&mut self::emulator()), "CTS.0211");
}

#[test]
fn the_checkbucket_example_gets_the_documented_response() {
    let plan = Send::new(&check_path(), CHECK_EXAMPLE).to(&mut emulator());
    assert_eq!(status(&plan), 200);
    // The example without its spaces and line breaks.
    let expected = concat!(
        r#"{"buckets":[{"bucket_location":"cn-north-1","bucket_name":"bucket1","#,
        r#""check_bucket_response":{"response_code":200,"success":true},"#,
        r#""is_support_trace_files_encryption":false,"kms_id":"1f26f8d8-65d4-436b-bea2-bd0ac1984f71"},"#,
        r#"{"bucket_location":"cn-north-2","bucket_name":"bucket2","#,
        r#""check_bucket_response":{"error_code":"OBS.NoSuchBucket","#,
        r#""error_message":"Error message:Request Error.OBS service Error Message.","response_code":404,"#,
        r#""success":false},"is_support_trace_files_encryption":false,"#,
        r#""kms_id":"0c1b7d87-5186-411a-86ce-ed3b2ec848c9"}]}"#
    );
    assert_eq!(String::from_utf8(plan.response.body().clone()).unwrap(), expected);
}

// --- the codes of an invalid body

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

// --- the codes that depend on the state

#[test]
fn an_account_has_one_management_tracker() {
    let mut emulator = emulator();
    assert_eq!(status(&create(&mut emulator, &system())), 201);
    assert_code(&create(&mut emulator, &system()), "CTS.0201");
    // The limit is per account, so another project has the same error.
    let path = format!("/v3/{DOMAIN}/tracker");
    assert_code(&Send::new(&path, &system().to_string()).to(&mut emulator), "CTS.0201");
    assert_eq!(emulator.tracker_count(), 1);
}

#[test]
fn an_account_has_one_organization_tracker() {
    let mut emulator = emulator();
    let organization = set(system(), "/is_organization_tracker", json!(true));
    let plan = create(&mut emulator, &organization);
    assert_eq!(body(&plan)["is_organization_tracker"], true);
    assert_code(&create(&mut emulator, &organization), "CTS.0229");
    assert_code(&create(&mut emulator, &system()), "CTS.0201");
}

#[test]
fn a_hundred_data_trackers_are_the_quota() {
    let buckets: Vec<Value> =
        (0..=DATA_TRACKER_QUOTA).map(|i| json!({ "name": format!("b{i:03}"), "location": "cn-north-1" })).collect();
    let mut emulator = with_options(&json!({ "buckets": buckets }));
    for i in 0..DATA_TRACKER_QUOTA {
        let plan = create(&mut emulator, &data(&format!("t{i}"), &format!("b{i:03}"), &["READ"]));
        assert_eq!(status(&plan), 201);
    }
    assert_code(&create(&mut emulator, &data("one-more", "b100", &["READ"])), "CTS.0200");
    // A duplicate name is reported before the quota, and the management tracker does not count towards it.
    assert_code(&create(&mut emulator, &data("t0", "b100", &["READ"])), "CTS.0208");
    assert_eq!(status(&create(&mut emulator, &system())), 201);
}

#[test]
fn a_tracker_name_is_unique() {
    let mut emulator = emulator();
    assert_eq!(status(&create(&mut emulator, &data("a", "bucket1", &["READ"]))), 201);
    assert_code(&create(&mut emulator, &data("a", "cstest0423", &["READ"])), "CTS.0208");
    assert_eq!(status(&create(&mut emulator, &data("A", "cstest0423", &["READ"]))), 201);
}

#[test]
fn an_operation_of_a_bucket_is_tracked_once() {
    let mut emulator = emulator();
    assert_eq!(status(&create(&mut emulator, &data("a", "bucket1", &["READ"]))), 201);
    assert_code(&create(&mut emulator, &data("b", "bucket1", &["WRITE", "READ"])), "CTS.0209");
    assert_eq!(status(&create(&mut emulator, &data("c", "bucket1", &["WRITE"]))), 201);
}

#[test]
fn buckets_that_must_and_must_not_exist() {
    let mut emulator = emulator();
    assert_code(&create(&mut emulator, &data("a", "nowhere", &["READ"])), "CTS.0211");
    let transfer = |name: &str, created: Option<bool>| {
        let mut info = json!({ "bucket_name": name });
        if let Some(created) = created {
            info["is_obs_created"] = json!(created);
        }
        set(data("a", "bucket1", &["READ"]), "/obs_info", info)
    };
    assert_code(&create(&mut emulator, &transfer("nowhere", Some(false))), "CTS.0211");
    assert_code(&create(&mut emulator, &transfer("nowhere", None)), "CTS.0211");
    assert_code(&create(&mut emulator, &transfer("cstest0423", Some(true))), "CTS.0215");
    // A refused request creates no bucket.
    assert_code(
        &create(&mut emulator, &set(transfer("made", Some(true)), "/data_bucket/data_bucket_name", json!("gone"))),
        "CTS.0211",
    );
    let made = body(&create(&mut emulator, &transfer("made", Some(true))));
    assert_eq!(
        made["obs_info"],
        json!({ "is_obs_created": true, "bucket_name": "made", "is_authorized_bucket": true,
                "file_prefix_name": "", "bucket_lifecycle": 0 })
    );
    assert_code(&create(&mut emulator, &set(transfer("made", Some(true)), "/tracker_name", json!("b"))), "CTS.0209");
    let check_made =
        check(&mut emulator, &json!({ "buckets": [{ "bucket_name": "made", "bucket_location": "cn-north-1" }] }));
    assert_eq!(body(&check_made)["buckets"][0]["check_bucket_response"]["success"], true);
}

#[test]
fn the_key_must_exist() {
    let encrypted = |key: &str| {
        let body = set(system(), "/is_support_trace_files_encryption", json!(true));
        set(body, "/kms_id", json!(key))
    };
    assert_code(&create(&mut emulator(), &encrypted("13a4207c-7abe-4b68-8510-000000000000")), "CTS.0222");
    assert_eq!(status(&create(&mut emulator(), &encrypted("13a4207c-7abe-4b68-8510-16b84c3b5504"))), 201);
    // A data tracker has no encryption: the flag and the key are ignored.
    let data = set(data("a", "bucket1", &["READ"]), "/is_support_trace_files_encryption", json!(true));
    let answer = body(&create(&mut emulator(), &set(data, "/kms_id", json!("no-such-key"))));
    assert_eq!((&answer["is_support_trace_files_encryption"], answer.get("kms_id")), (&json!(false), None));
    // An unused key does not have to exist.
    let unused = set(system(), "/kms_id", json!("no-such-key"));
    assert_eq!(body(&create(&mut emulator(), &unused))["kms_id"], "no-such-key");
}

#[test]
fn any_valid_id_is_accepted() {
    for id in ["x", "AE-_0", &"a".repeat(64)] {
        let path = format!("/v3/{id}/tracker");
        let plan = Send::new(&path, &system().to_string()).to(&mut emulator());
        assert_eq!(body(&plan)["project_id"], *id);
    }
    for id in ["a%20b", "%7Bproject_id%7D", "a.b", "%2F", &"a".repeat(65)] {
        let path = format!("/v3/{id}/tracker");
        assert_code(&Send::new(&path, &system().to_string()).to(&mut emulator()), "CTS.0012");
        let path = format!("/v3/{id}/checkbucket");
        assert_code(&Send::new(&path, "{}").to(&mut emulator()), "CTS.0002");
    }
}

#[test]
fn a_tracker_without_transfer_has_empty_obs_info() {
    let plan = create(&mut emulator(), &data("a", "bucket1", &["READ"]));
    let body = body(&plan);
    assert_eq!(
        body["obs_info"],
        json!({ "is_obs_created": false, "bucket_name": "", "is_authorized_bucket": false, "file_prefix_name": "",
                "bucket_lifecycle": 0 })
    );
    assert_eq!(body["lts"], json!({ "is_lts_enabled": false }));
    for absent in ["kms_id", "agency_name", "is_organization_tracker", "management_event_selector"] {
        assert!(body.get(absent).is_none(), "{absent}");
    }
}

#[test]
fn the_response_contains_the_given_values() {
    let request = json!({
        "tracker_type": "system", "tracker_name": "system", "agency_name": "cts_admin_trust",
        "is_organization_tracker": false, "management_event_selector": { "exclude_service": ["KMS"] },
        "obs_info": { "bucket_name": "managed", "file_prefix_name": "p.", "compress_type": "json",
                      "is_sort_by_service": false }
    });
    let options = json!({ "buckets": [{ "name": "managed", "location": "eu-west-0", "managed": true }] });
    let answer = body(&create(&mut with_options(&options), &request));
    for field in ["agency_name", "is_organization_tracker", "management_event_selector"] {
        assert_eq!(answer[field], request[field]);
    }
    assert_eq!(
        answer["obs_info"],
        json!({ "is_obs_created": false, "bucket_name": "managed", "is_authorized_bucket": true,
                "file_prefix_name": "p.", "bucket_lifecycle": 0, "compress_type": "json",
                "is_sort_by_service": false })
    );
}

#[test]
fn a_bucket_keeps_its_lifecycle() {
    let mut emulator = emulator();
    let info = json!({ "bucket_name": "cstest0423", "bucket_lifecycle": 1095 });
    assert_eq!(status(&create(&mut emulator, &set(data("a", "bucket1", &["READ"]), "/obs_info", info))), 201);
    let info = json!({ "bucket_name": "cstest0423" });
    let later = body(&create(&mut emulator, &set(system(), "/obs_info", info)));
    assert_eq!(later["obs_info"]["bucket_lifecycle"], 1095);
}

#[test]
fn check_obs_buckets_checks_name_location_and_key() {
    let check_one = |bucket: Value| {
        let plan = check(&mut emulator(), &json!({ "buckets": [bucket] }));
        assert_eq!(status(&plan), 200);
        body(&plan)["buckets"][0]["check_bucket_response"].clone()
    };
    let fine = json!({ "response_code": 200, "success": true });
    let at = |location: &str| json!({ "bucket_name": "bucket1", "bucket_location": location });
    assert_eq!(check_one(at("cn-north-1")), fine);
    assert_eq!(check_one(at("cn-north-4"))["error_code"], "OBS.NoSuchBucket");
    let encrypted = set(at("cn-north-1"), "/is_support_trace_files_encryption", json!(true));
    assert_eq!(check_one(set(encrypted.clone(), "/kms_id", json!("1f26f8d8-65d4-436b-bea2-bd0ac1984f71"))), fine);
    let unknown = check_one(set(encrypted, "/kms_id", json!("1f26f8d8-65d4-436b-bea2-000000000000")));
    assert_eq!((&unknown["error_code"], &unknown["response_code"]), (&json!("OBS.KMS.NotFoundException"), &json!(400)));
    for nothing in [json!({}), json!({ "buckets": [] }), json!({ "buckets": null })] {
        assert_eq!(body(&check(&mut emulator(), &nothing)), json!({ "buckets": [] }));
    }
}

// --- the gateway

#[test]
fn unknown_routes_and_methods_are_refused() {
    for path in [
        "/",
        "/v3",
        "/v3/",
        "/v3//tracker",
        "/v3/x",
        "/v3/x/trackers",
        "/v3/x/tracker/",
        "/v3/x/tracker/y",
        "/V3/x/tracker",
        "/v1/x/tracker",
        "//v3/x/tracker",
        "/v3/x/Tracker",
        "/v3/x/y/checkbucket",
    ] {
        let plan = Send::new(path, "{}").to(&mut emulator());
        assert_code(&plan, "APIGW.0101");
        assert_eq!(body(&plan)["error_msg"], "The API does not exist or has not been published in the environment.");
    }
    for method in ["GET", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH", "post"] {
        let path = check_path();
        let send = Send { method, ..Send::new(&path, CHECK_EXAMPLE) };
        let plan = send.to(&mut emulator());
        assert_code(&plan, "APIGW.0101");
        assert_eq!(body(&plan)["error_msg"], "The API does not exist.");
    }
    // The query is not part of the route.
    let path = check_path() + "?x=1&y=a%20b";
    assert_eq!(status(&Send::new(&path, CHECK_EXAMPLE).to(&mut emulator())), 200);
}

fn assert_unauthenticated(plan: &Plan, message: &str) {
    assert_code(plan, "APIGW.0301");
    assert_eq!(body(plan)["error_msg"], format!("Incorrect IAM authentication information: {message}"));
}

#[test]
fn unsigned_requests_are_refused() {
    let path = check_path();
    let unsigned = |headers: Vec<(&'static str, &'static str)>| {
        Send { credentials: None, headers, ..Send::new(&path, "{}") }.to(&mut emulator())
    };
    assert_unauthenticated(&unsigned(vec![]), "x-auth-token not found");
    assert_unauthenticated(&unsigned(vec![("x-auth-token", "MIIF")]), "decrypt token fail");
    for malformed in ["Bearer x", "SDK-HMAC-SHA256", "SDK-HMAC-SHA256 Access=a", "AWS4-HMAC-SHA256 Credential=x"] {
        let plan = unsigned(vec![("authorization", malformed)]);
        assert_code(&plan, "APIGW.0301");
    }
}

#[test]
fn the_error_of_a_wrong_signature_contains_the_canonical_request() {
    let path = check_path();
    let mut request = Send::new(&path, "{}").build();
    *request.body_mut() = b"{ }".to_vec();
    let plan = emulator().handle(&request, NOW, &entropy(1));
    let hash = signing::hash_hex(b"{ }");
    assert_unauthenticated(
        &plan,
        &format!(
            "verify aksk signature fail, canonicalRequest:POST|/v3/{DOMAIN}/checkbucket/||content-type:application/json\
             |host:{HOST}|x-sdk-date:20261122T120500Z||content-type;host;x-sdk-date|{hash}"
        ),
    );
    // The gateway writes the message before the code.
    assert!(plan.response.body().starts_with(br#"{"error_msg":"Incorrect IAM"#));
}

#[test]
fn unknown_keys_are_refused() {
    let path = check_path();
    let other = Credentials::new("LTAI5tNOBODY", "x", None).unwrap();
    let plan = Send { credentials: Some(other), ..Send::new(&path, "{}") }.to(&mut emulator());
    assert_unauthenticated(&plan, "ak LTAI5tNOBODY not exist");
}

#[test]
fn a_date_may_differ_by_fifteen_minutes() {
    let path = check_path();
    let at = |minutes: i64, seconds: i64| {
        let signed_at = NOW + (minutes * 60 + seconds) * 1000;
        Send { signed_at, ..Send::new(&path, "{}") }.to(&mut emulator())
    };
    assert_eq!(status(&at(15, 0)), 200);
    assert_eq!(status(&at(-15, 0)), 200);
    assert_unauthenticated(
        &at(-15, -1),
        "calc aksk signature fail:signature expired, signature time:20261122T114959Z,server time:20261122T120500Z",
    );
    assert_unauthenticated(
        &at(15, 1),
        "calc aksk signature fail:signature expired, signature time:20261122T122001Z,server time:20261122T120500Z",
    );
}

#[test]
fn temporary_keys_need_their_token() {
    let options = json!({ "credentials": [
        { "accessKeyId": "PERMANENT", "secretAccessKey": "s1" },
        { "accessKeyId": "TEMPORARY", "secretAccessKey": "s2", "securityToken": "token" },
    ] });
    let path = check_path();
    let with = |id: &str, secret: &str, token: Option<&str>| {
        let credentials = Credentials::new(id, secret, token).ok();
        Send { credentials, ..Send::new(&path, "{}") }.to(&mut with_options(&options))
    };
    assert_eq!(status(&with("PERMANENT", "s1", None)), 200);
    assert_eq!(status(&with("TEMPORARY", "s2", Some("token"))), 200);
    assert_unauthenticated(&with("TEMPORARY", "s2", None), "decrypt token fail");
    assert_unauthenticated(&with("TEMPORARY", "s2", Some("other")), "decrypt token fail");
    assert_unauthenticated(&with("PERMANENT", "s1", Some("token")), "decrypt token fail");
    // The sample keys are accepted only if no credentials are configured.
    assert_eq!(status(&Send::new(&path, "{}").to(&mut with_options(&json!({ "credentials": [] })))), 200);
    assert_unauthenticated(
        &Send::new(&path, "{}").to(&mut with_options(&options)),
        &format!("ak {SAMPLE_ACCESS_KEY_ID} not exist"),
    );
}

#[test]
fn five_wrong_signatures_lock_a_key_for_five_minutes() {
    let mut emulator = emulator();
    let path = check_path();
    let wrong = Credentials::new(SAMPLE_ACCESS_KEY_ID, "wrong", None).unwrap();
    let at = |emulator: &mut Emulator, credentials: &Credentials, now: i64| {
        let send = Send { credentials: Some(credentials.clone()), signed_at: now, ..Send::new(&path, "{}") };
        emulator.handle(&send.build(), now, &entropy(1))
    };
    let locked = "AK access failed to reach the limit,forbidden.";
    // A valid signature after four wrong ones resets the count.
    for _ in 0..4 {
        assert_code(&at(&mut emulator, &wrong, NOW), "APIGW.0301");
    }
    assert_eq!(status(&at(&mut emulator, &sample(), NOW)), 200);
    for i in 0..5 {
        let plan = at(&mut emulator, &wrong, NOW + i);
        assert!(body(&plan)["error_msg"].as_str().unwrap().contains("verify aksk signature fail"));
    }
    assert_unauthenticated(&at(&mut emulator, &sample(), NOW + 5), locked);
    assert_unauthenticated(&at(&mut emulator, &wrong, NOW + 299_000), locked);
    assert_unauthenticated(&at(&mut emulator, &sample(), NOW + 4 + 299_999), locked);
    // The lock ends five minutes after the fifth wrong signature. Attempts in between do not extend it.
    assert_eq!(status(&at(&mut emulator, &sample(), NOW + 4 + 300_000)), 200);
}

#[test]
fn an_old_date_does_not_lock() {
    let mut emulator = emulator();
    let path = check_path();
    for _ in 0..10 {
        Send { signed_at: NOW - 3_600_000, ..Send::new(&path, "{}") }.to(&mut emulator);
    }
    assert_eq!(status(&Send::new(&path, "{}").to(&mut emulator)), 200);
}

#[test]
fn the_gateway_limits_sizes() {
    let refused = |plan: &Plan, status_: u16, message: &str| {
        assert_eq!(status(plan), status_);
        assert_eq!(body(plan)["error_code"], "APIGW.0201");
        assert_eq!(body(plan)["error_msg"], message);
    };
    let path = check_path();
    let long = format!("{path}?{}", "q".repeat(32 << 10));
    refused(&Send::new(&long, "{}").to(&mut emulator()), 414, "Request URI too large.");
    // A header may have 32 KiB, including its name.
    let wide = "h".repeat((32 << 10) - "x-wide".len());
    assert_eq!(status(&Send::new(&path, "{}").with("x-wide", &wide).to(&mut emulator())), 200);
    let wider = wide + "h";
    refused(&Send::new(&path, "{}").with("x-wide", &wider).to(&mut emulator()), 494, "Request headers too large.");
    // All headers together may have 128 KiB. Five headers fill the remaining space.
    let others: usize = Send::new(&path, "{}").build().headers().iter().map(|(n, v)| n.as_str().len() + v.len()).sum();
    let values = |more: usize| {
        let signed_names = ";x-1;x-2;x-3;x-4;x-5".len();
        let each = (128 << 10) - others - signed_names - 5 * "x-1".len() + more;
        (0..5).map(|i| "h".repeat(each / 5 + usize::from(i < each % 5))).collect::<Vec<_>>()
    };
    let filled = |values: &[String]| {
        let mut send = Send::new(&path, "{}");
        send.headers.extend(["x-1", "x-2", "x-3", "x-4", "x-5"].into_iter().zip(values.iter().map(String::as_str)));
        send.to(&mut emulator())
    };
    assert_eq!(status(&filled(&values(0))), 200);
    refused(&filled(&values(1)), 494, "Request headers too large.");
    let body_of = |length: usize| format!("{{\"buckets\":[]{}}}", " ".repeat(length - 14));
    let big = body_of((12 << 20) + 1);
    refused(&Send::new(&path, &big).to(&mut emulator()), 413, "Request entity too large.");
    assert_eq!(status(&Send::new(&path, &body_of(12 << 20)).to(&mut emulator())), 200);
    // The adapter calls `refuse` for requests that http::Request cannot represent.
    refused(&emulator().refuse("POST", &"/x".repeat(40_000), NOW, &entropy(1)), 414, "Request URI too large.");
    refused(&emulator().refuse("GE T", "/ x", NOW, &entropy(1)), 400, "API request error.");
}

#[test]
fn the_order_of_the_checks() {
    // Each request also fails all later checks.
    let mut emulator = emulator();
    create(&mut emulator, &system());
    let long = format!("/x?{}", "q".repeat(32 << 10));
    let path = tracker_path();
    let encoded = "/v3/a%20b/tracker";
    let taken = set(system(), "/obs_info", json!({ "bucket_name": "nowhere" })).to_string();
    let cases: Vec<(&str, Send<'_>)> = vec![
        ("APIGW.0201", Send { method: "GET", credentials: None, ..Send::new(&long, "x") }),
        ("APIGW.0101", Send { method: "GET", credentials: None, ..Send::new(&path, "x") }),
        ("APIGW.0301", Send { credentials: None, ..Send::new(encoded, "x") }),
        ("CTS.0012", Send::new(encoded, "x")),
        ("CTS.0003", Send::new(&path, "x")),
        ("CTS.0201", Send::new(&path, &taken)),
    ];
    for (code, send) in cases {
        assert_eq!(body(&send.to(&mut emulator))["error_code"], code);
    }
}

// --- faults

fn fault(line: &str) -> Value {
    json!({ "faults": [line] })
}

/// Sends a CreateTracker that meets the fault. Returns the response and the number of trackers.
fn create_with_fault(line: &str) -> (Plan, usize) {
    let mut emulator = with_options(&fault(line));
    let plan = create(&mut emulator, &system());
    (plan, emulator.tracker_count())
}

#[test]
fn faults_with_a_status() {
    for (line, status_, code) in [
        ("400", 400, "CTS.0003"),
        ("401", 401, "APIGW.0301"),
        ("403", 403, "CTS.0013"),
        ("404", 404, "APIGW.0101"),
        ("429", 429, "APIGW.0308"),
        ("500", 500, "CTS.0004"),
        ("503", 503, "APIGW.0613"),
        ("504", 504, "APIGW.0203"),
    ] {
        let (plan, trackers) = create_with_fault(line);
        assert_eq!((status(&plan), trackers), (status_, 0), "{line}");
        assert_code(&plan, code);
        let (plan, trackers) = create_with_fault(&format!("{line}; when=after"));
        assert_eq!((status(&plan), trackers), (status_, 1), "{line}");
    }
    let (plan, _) = create_with_fault("502");
    assert_eq!((status(&plan), header(&plan, "content-type")), (502, Some("text/html")));
    assert!(plan.response.body().starts_with(b"<html>"));
    let (plan, _) = create_with_fault("204");
    assert_eq!((status(&plan), plan.response.body().len(), header(&plan, "content-type")), (204, 0, None));
    assert!(header(&plan, "x-request-id").is_some());
}

#[test]
fn faults_with_a_code() {
    for known in codes::SERVICE_CODES {
        let (plan, trackers) = create_with_fault(&known.code.to_lowercase());
        assert_eq!(trackers, 0);
        assert_code(&plan, known.code);
    }
}

#[test]
fn retry_after_is_sent_unchanged() {
    assert_eq!(header(&create_with_fault("429").0, "retry-after"), Some("1"));
    for value in ["0", "-1", "soon", "Wed, 21 Oct 2026 07:28:00 GMT", "31536000"] {
        assert_eq!(header(&create_with_fault(&format!("429; retry-after={value}")).0, "retry-after"), Some(value));
        assert_eq!(header(&create_with_fault(&format!("503;retry-after={value}")).0, "retry-after"), Some(value));
    }
    let numeric = json!({ "faults": [{ "kind": 429, "retryAfter": 7 }] });
    assert_eq!(header(&create(&mut with_options(&numeric), &system()), "retry-after"), Some("7"));
}

#[test]
fn faults_with_a_custom_response() {
    let options = json!({ "faults": [{ "kind": "200", "body": "<p>hello</p>",
        "headers": { "content-type": "text/html", "location": "/elsewhere" } }] });
    let plan = create(&mut with_options(&options), &system());
    assert_eq!((status(&plan), header(&plan, "content-type")), (200, Some("text/html")));
    assert_eq!(header(&plan, "location"), Some("/elsewhere"));
    assert_eq!(plan.response.body(), b"<p>hello</p>");
}

#[test]
fn faults_of_the_connection() {
    let whole = create(&mut emulator(), &system()).response.body().len();
    for (line, delivery, trackers) in [
        ("reset", Delivery::Reset { sent: None }, 0),
        ("reset; when=before", Delivery::Reset { sent: None }, 0),
        ("reset; when=during", Delivery::Reset { sent: Some(whole / 2) }, 1),
        ("reset; when=after", Delivery::Reset { sent: None }, 1),
        ("hang", Delivery::Hang { sent: None }, 0),
        ("hang; when=during", Delivery::Hang { sent: Some(whole / 2) }, 1),
        ("hang; when=after", Delivery::Hang { sent: None }, 1),
        ("truncate", Delivery::Truncate { sent: whole / 2 }, 1),
    ] {
        let (plan, created) = create_with_fault(line);
        assert_eq!((plan.delivery, created), (delivery, trackers), "{line}");
    }
}

#[test]
fn latency_adds_up() {
    let (plan, trackers) = create_with_fault("latency; ms=250");
    assert_eq!((plan.delay_ms, status(&plan), trackers), (250, 201, 1));
    let mut emulator = with_options(&json!({ "latencyMs": 40, "faults": ["503; ms=2"] }));
    assert_eq!(create(&mut emulator, &system()).delay_ms, 42);
    assert_eq!(create(&mut emulator, &system()).delay_ms, 40);
}

#[test]
fn a_list_of_faults_is_a_queue() {
    let mut emulator = with_options(&json!({ "faults": ["429", "500; times=2", "403"] }));
    let seen: Vec<u16> = (0..6).map(|_| status(&check(&mut emulator, &json!({})))).collect();
    assert_eq!(seen, [429, 500, 500, 403, 200, 200]);
    emulator.reset();
    assert_eq!(status(&check(&mut emulator, &json!({}))), 429);
}

#[test]
fn faults_match_operation_and_number() {
    let mut emulator = with_options(&json!({ "faults": [
        "503; operation=createTracker",
        { "kind": "404", "nth": 3, "times": 2 },
        { "kind": 500, "operation": "checkObsBuckets", "nth": 2 },
    ] }));
    let checked = |emulator: &mut Emulator| status(&check(emulator, &json!({})));
    assert_eq!(checked(&mut emulator), 200);
    assert_eq!(checked(&mut emulator), 500);
    // `nth` counts all requests, also while another fault waits for a createTracker.
    assert_eq!(checked(&mut emulator), 404);
    assert_eq!(status(&create(&mut emulator, &system())), 503);
    assert_eq!(checked(&mut emulator), 200);
    assert_eq!(status(&create(&mut emulator, &system())), 201);
    let forever = json!({ "faults": [{ "kind": "500", "times": u32::MAX }] });
    let mut emulator = with_options(&forever);
    assert!((0..50).all(|_| checked(&mut emulator) == 500));
}

#[test]
fn the_header_sets_the_fault_of_one_request() {
    let mut emulator = with_options(&fault("403"));
    let path = check_path();
    let with_fault = |emulator: &mut Emulator, line: &str| Send::new(&path, "{}").with(FAULT_HEADER, line).to(emulator);
    assert_eq!(status(&with_fault(&mut emulator, "503; retry-after=3")), 503);
    assert_eq!(with_fault(&mut emulator, "reset").delivery, Delivery::Reset { sent: None });
    // The configured faults are not consumed.
    assert_eq!(status(&check(&mut emulator, &json!({}))), 403);
    let misspelt = with_fault(&mut emulator, "rest");
    assert_eq!((status(&misspelt), &body(&misspelt)["error_code"]), (400, &json!("EMULATOR.FAULT")));
    assert!(body(&misspelt)["error_msg"].as_str().unwrap().starts_with("\"rest\" is not a fault"));
}

#[test]
fn invalid_faults_are_refused() {
    for line in [
        "",
        "nothing",
        "100",
        "600",
        "latency",
        "latency; ms=-1",
        "latency; ms=5; when=before",
        "truncate; when=before",
        "503; when=during",
        "503; when=later",
        "503; nth=0",
        "503; times=0",
        "503; often",
        "503; colour=red",
        "503; operation=list",
        "reset; retry-after=1",
    ] {
        assert!(Fault::parse(line).is_err(), "{line}");
        assert!(config(fault(line)).is_err(), "{line}");
    }
    for object in [
        json!({ "kind": "reset", "body": "x" }),
        json!({ "kind": "200", "headers": { "a b": "x" } }),
        json!({ "kind": "200", "headers": { "a": "x\ny" } }),
        json!({ "kind": "429", "retryAfter": "a\r\nb" }),
        json!({ "kind": "200", "boby": "x" }),
        json!({ "body": "x" }),
        json!([]),
    ] {
        assert!(config(json!({ "faults": [object.clone()] })).is_err(), "{object}");
    }
}

// --- options, state, determinism

#[test]
fn invalid_options_are_named_and_secrets_are_not_repeated() {
    for (options, expected) in [
        (json!({ "bucket": [] }), "unknown field `bucket`"),
        (json!({ "keys": 5 }), "invalid type"),
        (json!({ "latencyMs": -1 }), "invalid value"),
        (json!({ "faults": ["503", { "kind": "nothing" }] }), "faults[1]: \"nothing\" is not a fault"),
        (json!({ "faults": [{ "kind": 503, "operation": "list" }] }), "faults[0]: operation of a fault must be"),
        (
            json!({ "credentials": [{ "accessKeyId": "", "secretAccessKey": "CANARY" }] }),
            "credentials[0]: the access key",
        ),
        (
            json!({ "credentials": [{ "accessKeyId": "A", "secretAccessKey": "CANARY " }] }),
            "credentials[0]: the secret",
        ),
    ] {
        let error = config(options).unwrap_err();
        assert!(error.contains(expected), "{error}");
        assert!(!error.contains("CANARY"), "{error}");
    }
    let options = || json!({ "credentials": [{ "accessKeyId": "A", "secretAccessKey": "CANARY" }] });
    assert!(!format!("{:?}", serde_json::from_value::<EmulatorOptions>(options()).unwrap()).contains("CANARY"));
    let config = config(options()).unwrap();
    assert!(!format!("{:?} {:?}", config, Emulator::new(config.clone())).contains("CANARY"));
}

#[test]
fn the_state_lists_trackers_and_requests() {
    let mut emulator = with_options(&json!({ "faults": [{ "kind": "reset", "when": "after", "nth": 2 }] }));
    check(&mut emulator, &json!({ "buckets": 1 }));
    create(&mut emulator, &system());
    Send { method: "GET", ..Send::new("/nowhere?q", "") }.to(&mut emulator);
    let state = serde_json::to_value(emulator.state()).unwrap();
    let id = "01080f161d242b323940474e555c636a";
    assert_eq!(
        state["requests"],
        json!([
            { "at": NOW, "method": "POST", "path": check_path(), "operation": "checkObsBuckets", "requestId": id,
              "status": 400, "errorCode": "CTS.0003", "created": false, "fault": null },
            { "at": NOW, "method": "POST", "path": tracker_path(), "operation": "createTracker", "requestId": id,
              "status": null, "errorCode": null, "created": true, "fault": "reset" },
            { "at": NOW, "method": "GET", "path": "/nowhere", "operation": null, "requestId": id,
              "status": 404, "errorCode": "APIGW.0101", "created": false, "fault": null },
        ])
    );
    assert_eq!(state["trackers"].as_array().unwrap().len(), 1);
    assert_eq!(state["trackers"][0]["tracker_type"], "system");
    assert_eq!(state["requestCount"], 3);
    emulator.reset();
    assert_eq!(
        serde_json::to_value(emulator.state()).unwrap(),
        json!({ "trackers": [], "requests": [], "requestCount": 0 })
    );
}

#[test]
fn the_log_has_a_maximum_length() {
    let mut emulator = emulator();
    for _ in 0..LOG_LENGTH + 5 {
        Send { credentials: None, ..Send::new("/", "") }.to(&mut emulator);
    }
    assert_eq!(emulator.log().count(), LOG_LENGTH);
    assert_eq!(serde_json::to_value(emulator.state()).unwrap()["requestCount"], LOG_LENGTH + 5);
}

/// Valid, invalid and unsigned requests, some with a fault.
fn any_request() -> impl Strategy<Value = (String, String, bool, Option<String>, u8)> {
    let path = prop_oneof![
        Just(tracker_path()),
        Just(check_path()),
        "/[a-z0-9%/]{0,12}",
        "/v3/[a-zA-Z0-9%]{1,8}/(tracker|checkbucket)",
    ];
    let body = prop_oneof![
        Just(SYSTEM_EXAMPLE.to_owned()),
        Just(DATA_EXAMPLE.replace("saveTraceBucket", "save-trace-bucket")),
        Just(CHECK_EXAMPLE.to_owned()),
        "[ -~]{0,40}",
    ];
    let fault = proptest::option::weighted(0.2, "(reset|hang|truncate|503|429)");
    (path, body, proptest::bool::weighted(0.8), fault, any::<u8>())
}

proptest! {
    #[test]
    fn equal_calls_give_equal_bytes(requests in proptest::collection::vec(any_request(), 1..12)) {
        let run = || {
            let mut emulator = with_options(&json!({ "faults": ["429; nth=3", "500; times=2; operation=createTracker"] }));
            let mut responses = Vec::new();
            for (i, (path, body, signed, fault, seed)) in requests.iter().enumerate() {
                let mut send = Send { credentials: signed.then(sample), ..Send::new(path, body) };
                if let Some(fault) = fault {
                    send.headers.push((FAULT_HEADER, fault));
                }
                let request = send.build();
                let plan = emulator.handle(&request, NOW + i64::try_from(i).unwrap(), &entropy(*seed));
                // Every response has a request id.
                assert_eq!(header(&plan, "x-request-id").unwrap().len(), 32);
                responses.push(format!("{:?} {} {:?}", plan.response, plan.delay_ms, plan.delivery));
            }
            (responses, serde_json::to_string(&emulator.state()).unwrap())
        };
        prop_assert_eq!(run(), run());
    }
}
