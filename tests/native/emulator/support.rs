//! Signed sample requests, and helpers for responses.

use cts_tracker::decode::exact;
use cts_tracker::emulator::{
    Config, Delivery, Emulator, EmulatorOptions, Entropy, Plan, SAMPLE_ACCESS_KEY_ID, SAMPLE_SECRET_ACCESS_KEY,
};
use cts_tracker::service::codes;
use cts_tracker::signing::{self, Credentials, SdkDate};
use serde_json::{Value, json};

pub const NOW: i64 = 1_795_349_100_000;
pub const PROJECT: &str = "2306579dc99f4c8690b14b68e734fcd9";
pub const DOMAIN: &str = "24edf66e79d04187acb99a463e610764";
pub const HOST: &str = "127.0.0.1:8788";

/// The three request examples of the API pages, unchanged.
pub const SYSTEM_EXAMPLE: &str = r#"{ "tracker_type" : "system", "tracker_name" : "system", "agency_name" : "cts_admin_trust", "obs_info" : { "is_obs_created" : false, "bucket_name" : "test-data-tracker", "file_prefix_name" : "11" }, "is_lts_enabled" : true, "is_support_trace_files_encryption" : true, "kms_id" : "13a4207c-7abe-4b68-8510-16b84c3b5504", "is_support_validate" : true }"#;
pub const DATA_EXAMPLE: &str = r#"{ "tracker_type" : "data", "tracker_name" : "data-tracker-name", "agency_name" : "cts_admin_trust", "obs_info" : { "is_obs_created" : false, "bucket_name" : "saveTraceBucket", "file_prefix_name" : "11", "bucket_lifecycle" : 30 }, "is_lts_enabled" : true, "data_bucket" : { "data_event" : [ "READ", "WRITE" ], "data_bucket_name" : "cstest0423" } }"#;
pub const CHECK_EXAMPLE: &str = r#"{
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

pub fn sample() -> Credentials {
    Credentials::new(SAMPLE_ACCESS_KEY_ID, SAMPLE_SECRET_ACCESS_KEY, None).unwrap()
}

pub fn entropy(seed: u8) -> Entropy {
    std::array::from_fn(|i| u8::try_from(i).unwrap().wrapping_mul(7).wrapping_add(seed))
}

pub struct Send<'a> {
    pub method: &'a str,
    pub path: &'a str,
    pub headers: Vec<(&'a str, &'a str)>,
    pub body: &'a [u8],
    pub signed_at: i64,
    pub credentials: Option<Credentials>,
}

impl<'a> Send<'a> {
    pub fn new(path: &'a str, body: &'a str) -> Self {
        Send {
            method: "POST",
            path,
            headers: vec![("content-type", "application/json")],
            body: body.as_bytes(),
            signed_at: NOW,
            credentials: Some(sample()),
        }
    }

    pub fn with(mut self, name: &'a str, value: &'a str) -> Self {
        self.headers.push((name, value));
        self
    }

    pub fn build(&self) -> http::Request<Vec<u8>> {
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

    pub fn to(&self, emulator: &mut Emulator) -> Plan {
        emulator.handle(&self.build(), NOW, &entropy(1))
    }
}

pub fn tracker_path() -> String {
    format!("/v3/{PROJECT}/tracker")
}

pub fn check_path() -> String {
    format!("/v3/{DOMAIN}/checkbucket")
}

pub fn emulator() -> Emulator {
    Emulator::new(Config::default())
}

pub fn config(options: Value) -> Result<Config, String> {
    let options: EmulatorOptions = serde_json::from_value(options).map_err(|error| error.to_string())?;
    Config::new(options, exact).map_err(|error| error.to_string())
}

pub fn with_options(options: &Value) -> Emulator {
    Emulator::new(config(options.clone()).unwrap())
}

pub fn create(emulator: &mut Emulator, body: &Value) -> Plan {
    Send::new(&tracker_path(), &body.to_string()).to(emulator)
}

pub fn check(emulator: &mut Emulator, body: &Value) -> Plan {
    Send::new(&check_path(), &body.to_string()).to(emulator)
}

pub fn status(plan: &Plan) -> u16 {
    plan.response.status().as_u16()
}

pub fn body(plan: &Plan) -> Value {
    serde_json::from_slice(plan.response.body()).unwrap()
}

pub fn header<'a>(plan: &'a Plan, name: &str) -> Option<&'a str> {
    plan.response.headers().get(name).map(|value| value.to_str().unwrap())
}

/// Asserts that the response is this error, in the format of the gateway or the service.
pub fn assert_code(plan: &Plan, code: &str) {
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
        // CTS.0211 adds the field that it is about.
        assert!(body["error_msg"].as_str().unwrap().starts_with(known.message()), "{body}");
    }
}

pub fn system() -> Value {
    json!({ "tracker_type": "system", "tracker_name": "system" })
}

pub fn data(name: &str, bucket: &str, events: &[&str]) -> Value {
    json!({ "tracker_type": "data", "tracker_name": name,
            "data_bucket": { "data_bucket_name": bucket, "data_event": events } })
}

pub fn set(mut value: Value, pointer: &str, to: Value) -> Value {
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
