//! Sample requests, and helpers for responses.

use cts_tracker::decode::exact;
use cts_tracker::proxy::{Body, Head, Policy, PolicyError, ProxyOptions, Response, Route, check_body, check_head};
use cts_tracker::service::Operation;
use cts_tracker::signing::{Credentials, SdkDate};
use http::{Request, StatusCode};
use proptest::prelude::*;
use serde_json::{Value, json};

pub const PROJECT: &str = "2306579dc99f4c8690b14b68e734fcd9";
pub const DOMAIN: &str = "24edf66e79d04187acb99a463e610764";
pub const HOST: &str = "localhost:8787";
pub const ORIGIN: &str = "http://localhost:8787";
pub const SYSTEM: &str = r#"{"tracker_type":"system","tracker_name":"system"}"#;

pub const CANARY_ID: &str = "CANARYID0x8f14e45fceea167a";
pub const CANARY_SECRET: &str = "CANARYSECRETx8f14e45fceea167a";
pub const CANARY_TOKEN: &str = "CANARY/TOKEN+x8f14e45fceea167a==";
pub const NOW: f64 = 1_718_784_550_000.0;

pub fn policy_of(options: Value) -> Result<Policy, PolicyError> {
    Policy::new(serde_json::from_value::<ProxyOptions>(options).unwrap(), exact)
}

pub fn policy() -> Policy {
    policy_of(json!({ "region": "eu-west-0" })).unwrap()
}

pub fn keys() -> Credentials {
    Credentials::new(CANARY_ID, CANARY_SECRET, Some(CANARY_TOKEN)).unwrap()
}

pub fn date() -> SdkDate {
    SdkDate::from_unix_millis(NOW as i64).unwrap()
}

/// A valid request of the client. The tests change one thing at a time.
#[derive(Clone)]
pub struct Sample {
    pub method: &'static str,
    pub target: String,
    pub headers: Vec<(&'static str, String)>,
}

impl Sample {
    pub fn create() -> Self {
        Sample {
            method: "POST",
            target: format!("/v3/{PROJECT}/tracker"),
            headers: vec![
                ("host", HOST.to_owned()),
                ("content-type", "application/json".to_owned()),
                ("x-requested-with", "cts-tracker".to_owned()),
            ],
        }
    }

    pub fn target(self, target: impl Into<String>) -> Self {
        Sample { target: target.into(), ..self }
    }

    pub fn method(self, method: &'static str) -> Self {
        Sample { method, ..self }
    }

    /// Replaces a header.
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.retain(|(n, _)| *n != name);
        self.headers.push((name, value.into()));
        self
    }

    /// Adds another line of a header.
    pub fn again(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    pub fn without(mut self, name: &str) -> Self {
        self.headers.retain(|(n, _)| *n != name);
        self
    }

    pub fn page(self, origin: &str) -> Self {
        self.with("origin", origin)
    }

    pub fn build(&self) -> Result<Request<()>, http::Error> {
        let mut builder = Request::builder().method(self.method).uri(self.target.as_str());
        for (name, value) in &self.headers {
            builder = builder.header(*name, value.as_bytes());
        }
        builder.body(())
    }

    pub fn check(&self, policy: &Policy) -> Head {
        check_head(policy, &self.build().unwrap())
    }

    /// The code of the refusal, or `admit`, `page` or `preflight`.
    pub fn outcome(&self, policy: &Policy) -> String {
        match self.check(policy) {
            Head::Admit(_) => "admit".to_owned(),
            Head::Page(_) => "page".to_owned(),
            Head::Respond(response) if response.status() == StatusCode::NO_CONTENT => "preflight".to_owned(),
            Head::Respond(response) => problem_of(&response)["code"].as_str().unwrap().to_owned(),
        }
    }
}

pub fn problem_of(response: &Response) -> Value {
    assert_eq!(response.headers()["content-type"], "application/problem+json");
    let problem: Value = serde_json::from_slice(response.body()).unwrap();
    assert_eq!(problem["status"], response.status().as_u16());
    assert!(["no", "yes", "unknown"].contains(&problem["sent"].as_str().unwrap()));
    assert!(!problem["title"].as_str().unwrap().is_empty());
    assert_eq!(problem["type"], format!("urn:cts-tracker:proxy:{}", problem["code"].as_str().unwrap()));
    problem
}

pub fn route(operation: Operation, id: &str) -> Route {
    Route { operation, id: id.to_owned(), query: String::new(), origin: None, fault: None }
}

pub fn checked(route: &Route, body: &[u8]) -> Body {
    check_body(&policy(), route, body, &keys(), date())
}

pub fn forwarded(body: &[u8]) -> Request<Vec<u8>> {
    match checked(&route(Operation::CreateTracker, PROJECT), body) {
        Body::Send(request) => request,
        Body::Respond(response) => panic!("{}", String::from_utf8_lossy(response.body())),
    }
}

pub fn rejected(body: &[u8]) -> Value {
    match checked(&route(Operation::CreateTracker, PROJECT), body) {
        Body::Send(_) => panic!("forwarded"),
        Body::Respond(response) => problem_of(&response),
    }
}

/// Compiles the pattern once. A plain string would be compiled for every sample.
pub fn regex(pattern: &str) -> prop::string::RegexGeneratorStrategy<String> {
    prop::string::string_regex(pattern).unwrap()
}

pub fn upstream(status: u16, headers: &[(&str, &str)], body: &str) -> http::Response<Vec<u8>> {
    let mut builder = http::Response::builder().status(status);
    for (name, value) in headers {
        builder = builder.header(*name, *value);
    }
    builder.body(body.as_bytes().to_vec()).unwrap()
}
