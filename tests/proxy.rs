//! Tests of the signing proxy, one group for each line of its threat table.
#![cfg(feature = "server")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use cts_tracker::proxy::{
    Body, BodyStep, Head, KeysStep, Page, Policy, PolicyError, Problem, ProblemCode, ProxyOptions, Response, Route,
    SigningProxy, Upstream, answer, check_body, check_head,
};
use cts_tracker::service::Operation;
use cts_tracker::service::error_body::Sent;
use cts_tracker::signing::{Credentials, SdkDate, verify_http};
use http::{HeaderMap, Method, Request, StatusCode};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};

const PROJECT: &str = "2306579dc99f4c8690b14b68e734fcd9";
const DOMAIN: &str = "24edf66e79d04187acb99a463e610764";
const HOST: &str = "localhost:8787";
const ORIGIN: &str = "http://localhost:8787";
const SYSTEM: &str = r#"{"tracker_type":"system","tracker_name":"system"}"#;

const CANARY_ID: &str = "CANARYID0x8f14e45fceea167a";
const CANARY_SECRET: &str = "CANARYSECRETx8f14e45fceea167a";
const CANARY_TOKEN: &str = "CANARY/TOKEN+x8f14e45fceea167a==";
const NOW: f64 = 1_718_784_550_000.0;

fn policy_of(options: Value) -> Result<Policy, PolicyError> {
    Policy::new(serde_json::from_value::<ProxyOptions>(options).unwrap())
}

fn policy() -> Policy {
    policy_of(json!({ "region": "eu-west-0" })).unwrap()
}

fn keys() -> Credentials {
    Credentials::new(CANARY_ID, CANARY_SECRET, Some(CANARY_TOKEN)).unwrap()
}

fn date() -> SdkDate {
    SdkDate::from_unix_millis(NOW as i64).unwrap()
}

/// A valid request of the client. The tests change one thing at a time.
#[derive(Clone)]
struct Sample {
    method: &'static str,
    target: String,
    headers: Vec<(&'static str, String)>,
}

impl Sample {
    fn create() -> Self {
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

    fn target(self, target: impl Into<String>) -> Self {
        Sample { target: target.into(), ..self }
    }

    fn method(self, method: &'static str) -> Self {
        Sample { method, ..self }
    }

    /// Replaces a header.
    fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.retain(|(n, _)| *n != name);
        self.headers.push((name, value.into()));
        self
    }

    /// Adds another line of a header.
    fn again(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    fn without(mut self, name: &str) -> Self {
        self.headers.retain(|(n, _)| *n != name);
        self
    }

    fn page(self, origin: &str) -> Self {
        self.with("origin", origin)
    }

    fn build(&self) -> Result<Request<()>, http::Error> {
        let mut builder = Request::builder().method(self.method).uri(self.target.as_str());
        for (name, value) in &self.headers {
            builder = builder.header(*name, value.as_bytes());
        }
        builder.body(())
    }

    fn check(&self, policy: &Policy) -> Head {
        check_head(policy, &self.build().unwrap())
    }

    /// The code of the refusal, or `admit`, `page` or `preflight`.
    fn outcome(&self, policy: &Policy) -> String {
        match self.check(policy) {
            Head::Admit(_) => "admit".to_owned(),
            Head::Page(_) => "page".to_owned(),
            Head::Respond(response) if response.status() == StatusCode::NO_CONTENT => "preflight".to_owned(),
            Head::Respond(response) => problem_of(&response)["code"].as_str().unwrap().to_owned(),
        }
    }
}

fn problem_of(response: &Response) -> Value {
    assert_eq!(response.headers()["content-type"], "application/problem+json");
    let problem: Value = serde_json::from_slice(response.body()).unwrap();
    assert_eq!(problem["status"], response.status().as_u16());
    assert!(["no", "yes", "unknown"].contains(&problem["sent"].as_str().unwrap()));
    assert!(!problem["title"].as_str().unwrap().is_empty());
    assert_eq!(problem["type"], format!("urn:cts-tracker:proxy:{}", problem["code"].as_str().unwrap()));
    problem
}

fn route(operation: Operation, id: &str) -> Route {
    Route { operation, id: id.to_owned(), origin: None }
}

fn checked(route: &Route, body: &[u8]) -> Body {
    check_body(&policy(), route, body, &keys(), date())
}

fn forwarded(body: &[u8]) -> Request<Vec<u8>> {
    match checked(&route(Operation::CreateTracker, PROJECT), body) {
        Body::Send(request) => request,
        Body::Respond(response) => panic!("{}", String::from_utf8_lossy(response.body())),
    }
}

fn rejected(body: &[u8]) -> Value {
    match checked(&route(Operation::CreateTracker, PROJECT), body) {
        Body::Send(_) => panic!("forwarded"),
        Body::Respond(response) => problem_of(&response),
    }
}

// ---------------------------------------------------------------- admitted requests

#[test]
fn both_requests_are_admitted() {
    let Head::Admit(create) = Sample::create().check(&policy()) else { panic!() };
    assert_eq!(create, route(Operation::CreateTracker, PROJECT));
    let check = Sample::create().target(format!("/v3/{DOMAIN}/checkbucket"));
    let Head::Admit(check) = check.check(&policy()) else { panic!() };
    assert_eq!(check, route(Operation::CheckObsBuckets, DOMAIN));
    for (name, value) in [
        ("content-type", "application/json;charset=utf-8"),
        ("content-type", "Application/JSON ; Charset=UTF-8"),
        ("content-encoding", "identity"),
        ("content-length", "65536"),
        ("sec-fetch-site", "same-origin"),
        ("sec-fetch-site", "same-site"),
        ("sec-fetch-site", "none"),
        ("origin", ORIGIN),
        ("host", "127.0.0.1:1"),
        ("host", "[::1]:8787"),
        ("host", "LOCALHOST"),
        ("authorization", "Bearer token-of-the-host"),
    ] {
        assert_eq!(Sample::create().with(name, value).outcome(&policy()), "admit", "{name}: {value}");
    }
}

#[test]
fn health_ready_and_metrics_pages() {
    for (target, page) in [("/-/healthz", Page::Health), ("/-/readyz", Page::Ready), ("/-/metrics", Page::Metrics)] {
        for method in ["GET", "HEAD"] {
            let Head::Page(got) = Sample::create().method(method).target(target).check(&policy()) else { panic!() };
            assert_eq!(got, page);
        }
        assert_eq!(Sample::create().target(target).outcome(&policy()), "method_not_allowed");
        assert_eq!(Sample::create().method("GET").target(format!("{target}/")).outcome(&policy()), "not_found");
        let foreign = Sample::create().method("GET").target(target).with("host", "evil.example");
        assert_eq!(foreign.outcome(&policy()), "host_not_allowed");
    }
}

// ---------------------------------------------------------------- open signer

/// Compiles the pattern once. A plain string would be compiled for every sample.
fn regex(pattern: &str) -> prop::string::RegexGeneratorStrategy<String> {
    prop::string::string_regex(pattern).unwrap()
}

#[test]
fn random_methods_and_paths_are_not_admitted() {
    let policy = policy();
    let mut runner = TestRunner::deterministic();
    let method = regex("(GET|PUT|PATCH|DELETE|HEAD|TRACE|CONNECT|OPTIONS|POST|post|[A-Z]{1,8})");
    // Arbitrary paths, and paths that are almost valid.
    let path = prop::strategy::Union::new([
        regex("/[!-~&&[^?#]]{0,40}"),
        regex("/v3/[A-Za-z0-9_-]{1,64}/[a-z]{1,12}"),
        regex("/v[0-9]/[A-Za-z0-9_-]{0,70}/(tracker|trackers|checkbucket|Tracker|quotas|traces)"),
        regex("/v3/[!-~&&[^?#]]{0,40}/(tracker|checkbucket)"),
        regex("(/v3/abc/tracker|/v3/abc/checkbucket)[!-~]{0,3}"),
    ]);
    let (mut tried, mut admitted) = (0, 0);
    while tried < 10_000 {
        let method: String = method.new_tree(&mut runner).unwrap().current();
        let path: String = path.new_tree(&mut runner).unwrap().current();
        // The http crate drops the fragment, so the adapter refuses such a target before this check.
        if path.contains('#') {
            continue;
        }
        let Ok(mut request) = Request::builder().method(method.as_str()).uri(&path).body(()) else { continue };
        tried += 1;
        for (name, value) in Sample::create().headers {
            request.headers_mut().insert(name, value.parse().unwrap());
        }
        let exact = path.strip_prefix("/v3/").and_then(|rest| rest.split_once('/')).is_some_and(|(id, resource)| {
            let id_fits = (1..=64).contains(&id.len())
                && id.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
            id_fits && matches!(resource, "tracker" | "checkbucket")
        });
        let is_admitted = matches!(check_head(&policy, &request), Head::Admit(_));
        assert_eq!(is_admitted, exact && method == "POST", "{method} {path}");
        admitted += u32::from(is_admitted);
    }
    // The generator also produces valid requests.
    assert!(admitted > 0);
}

#[test]
fn other_methods_are_refused_with_an_allow_header() {
    for method in ["GET", "HEAD", "PUT", "PATCH", "DELETE", "TRACE", "CONNECT", "OPTIONS", "PROPFIND", "post", "QUERY"]
    {
        let Head::Respond(response) = Sample::create().method(method).check(&policy()) else { panic!("{method}") };
        assert_eq!(problem_of(&response)["code"], "method_not_allowed", "{method}");
        assert_eq!(response.headers()["allow"], "POST, OPTIONS");
    }
}

#[test]
fn only_listed_ids_are_admitted() {
    let policy = policy_of(json!({ "region": "eu-west-0", "projects": [PROJECT], "domains": [DOMAIN] })).unwrap();
    let outcome = |target: String| Sample::create().target(target).outcome(&policy);
    assert_eq!(outcome(format!("/v3/{PROJECT}/tracker")), "admit");
    assert_eq!(outcome(format!("/v3/{DOMAIN}/checkbucket")), "admit");
    // Each list applies to one operation, and the whole id must match.
    assert_eq!(outcome(format!("/v3/{DOMAIN}/tracker")), "id_not_allowed");
    assert_eq!(outcome(format!("/v3/{PROJECT}/checkbucket")), "id_not_allowed");
    assert_eq!(outcome(format!("/v3/{}/tracker", PROJECT.trim_start_matches('2'))), "id_not_allowed");
    assert_eq!(outcome(format!("/v3/{PROJECT}0/tracker")), "id_not_allowed");
    assert_eq!(outcome(format!("/v3/{}/tracker", PROJECT.to_uppercase())), "id_not_allowed");
    let none = policy_of(json!({ "region": "eu-west-0", "projects": [] })).unwrap();
    assert_eq!(Sample::create().outcome(&none), "id_not_allowed");
}

// ---------------------------------------------------------------- SSRF, DNS rebinding

#[test]
fn disallowed_hosts_are_refused_before_any_other_check() {
    for host in [
        "evil.example",
        "evil.example:8787",
        "localhost.evil.example:8787",
        "localhost:8787.evil.example",
        "localhost@evil.example",
        "evil.example#localhost",
        "localhost:8787, evil.example",
        "127.0.0.1.evil.example",
        "127.1",
        "2130706433",
        "0.0.0.0:8787",
        "[::]:8787",
        "[::ffff:127.0.0.1]:8787",
        "[::1",
        "localhost:",
        "localhost:87870",
        "localhost:-1",
        "localhost.",
        "",
        "169.254.169.254",
        "l\u{f6}calhost",
    ] {
        let invalid = Sample::create().with("host", host);
        assert_eq!(invalid.outcome(&policy()), "host_not_allowed", "{host}");
        // This check comes first, also if other parts of the request are invalid.
        let more_invalid =
            invalid.method("DELETE").target("/etc/passwd?x").page("https://evil.example").without("content-type");
        assert_eq!(more_invalid.outcome(&policy()), "host_not_allowed", "{host}");
    }
    assert_eq!(Sample::create().without("host").outcome(&policy()), "host_not_allowed");
    assert_eq!(Sample::create().again("host", "evil.example").outcome(&policy()), "host_not_allowed");
}

#[test]
fn a_configured_port_must_match() {
    let policy =
        policy_of(json!({ "region": "eu-west-0", "allowedHosts": ["proxy.example:8443", "other.example"] })).unwrap();
    let outcome = |host: &str| Sample::create().with("host", host).outcome(&policy);
    assert_eq!(outcome("proxy.example:8443"), "admit");
    assert_eq!(outcome("Proxy.Example:8443"), "admit");
    assert_eq!(outcome("other.example"), "admit");
    for host in ["proxy.example", "proxy.example:443", "proxy.example:08443x", "other.example:80", "localhost:8787"] {
        assert_eq!(outcome(host), "host_not_allowed", "{host}");
    }
}

#[test]
fn an_absolute_target_must_name_an_allowed_host_too() {
    let target = |authority: &str| format!("http://{authority}/v3/{PROJECT}/tracker");
    assert_eq!(Sample::create().target(target(HOST)).outcome(&policy()), "admit");
    assert_eq!(Sample::create().without("host").target(target(HOST)).outcome(&policy()), "admit");
    for authority in ["evil.example", "localhost:8787@evil.example", "user@localhost:8787", "169.254.169.254"] {
        assert_eq!(Sample::create().target(target(authority)).outcome(&policy()), "host_not_allowed", "{authority}");
        let alone = Sample::create().without("host").target(target(authority));
        assert_eq!(alone.outcome(&policy()), "host_not_allowed", "{authority}");
    }
}

#[test]
fn no_header_changes_the_upstream() {
    let expected = forwarded(SYSTEM.as_bytes());
    assert_eq!(expected.uri().to_string(), format!("https://cts.eu-west-0.myhuaweicloud.com/v3/{PROJECT}/tracker"));
    for (name, value) in [
        ("x-forwarded-host", "evil.example"),
        ("x-forwarded-proto", "http"),
        ("x-forwarded-for", "127.0.0.1"),
        ("x-forwarded-prefix", "/evil"),
        ("forwarded", "host=evil.example"),
        ("x-original-url", "/evil"),
        ("x-rewrite-url", "/evil"),
        ("x-http-method-override", "DELETE"),
        ("x-host", "evil.example"),
        ("x-real-ip", "127.0.0.1"),
        ("via", "1.1 evil.example"),
        ("referer", "https://evil.example/"),
    ] {
        let Head::Admit(route) = Sample::create().with(name, value).check(&policy()) else { panic!("{name}") };
        let Body::Send(request) = checked(&route, SYSTEM.as_bytes()) else { panic!("{name}") };
        assert_eq!(request.uri(), expected.uri());
        assert_eq!(request.headers(), expected.headers(), "{name}");
    }
}

#[test]
fn only_the_configuration_sets_the_upstream() {
    let upstream = |options: Value| policy_of(options).map(|policy| policy.upstream().to_owned());
    assert_eq!(upstream(json!({ "region": "eu-west-101" })).unwrap(), "https://cts.eu-west-101.myhuaweicloud.eu");
    assert_eq!(upstream(json!({ "endpoint": "http://127.0.0.1:9" })).unwrap(), "http://127.0.0.1:9");
    for region in
        ["", "eu-west-0.evil.example", "eu-west-0/..", "eu-west-0@evil.example", "EU-WEST-0", "../x", "eu-west-0#"]
    {
        assert!(matches!(upstream(json!({ "region": region })), Err(PolicyError::Region(_))), "{region}");
    }
    assert_eq!(upstream(json!({})), Err(PolicyError::Upstream));
    assert_eq!(upstream(json!({ "region": "eu-west-0", "endpoint": "https://a.example" })), Err(PolicyError::Upstream));
    for endpoint in
        ["http://cts.example.com", "https://u:p@a.example", "https://a.example/v3", "a.example", "https://a.example?x"]
    {
        assert!(matches!(upstream(json!({ "endpoint": endpoint })), Err(PolicyError::Endpoint(_))), "{endpoint}");
    }
}

#[test]
fn options_without_effect_as_limits_are_refused() {
    let error = |key: &str, value: Value| {
        let mut options = json!({ "region": "eu-west-0" });
        options[key] = value;
        policy_of(options).map(|_| ()).unwrap_err().to_string()
    };
    for origin in
        ["*", "null", "https://a.example/", "https://A.example", "https://*.a.example", "https://a.example:443"]
    {
        assert!(error("allowedOrigins", json!([origin])).starts_with("allowedOrigins: "), "{origin}");
    }
    for host in ["*", "*.a.example", "http://a.example", "a.example/", ""] {
        assert!(error("allowedHosts", json!([host])).starts_with("allowedHosts: "), "{host}");
    }
    for id in ["", "a/b", "*", "a b", &"x".repeat(65)] {
        assert!(error("projects", json!([id])).starts_with("projects, domains: "), "{id}");
        assert!(error("domains", json!([id])).starts_with("projects, domains: "), "{id}");
    }
    assert_eq!(error("maxBodyBytes", json!(0)), "maxBodyBytes must be at least 1");
    assert_eq!(error("maxConcurrent", json!(0)), "maxConcurrent must be at least 1");
    assert_eq!(error("ratePerClient", json!({ "perMinute": 0 })), "ratePerClient.perMinute must be at least 1");
    assert!(serde_json::from_value::<ProxyOptions>(json!({ "region": "eu-west-0", "allowedOrigin": [] })).is_err());
}

// ---------------------------------------------------------------- path tricks

/// Each of these is a 404 or not a request target.
fn path_tricks() -> Vec<String> {
    let id = PROJECT;
    let mut tricks: Vec<String> = [
        "",
        "/",
        "//",
        "/.",
        "/..",
        "/v3",
        "/v3/",
        "/v3//",
        "/v3/tracker",
        "/v3//tracker",
        "/tracker",
        "*",
        "/-",
        "/-/",
        "/-/healthz/",
        "/-/../v3/x/tracker",
        "/-/healthz%00",
        "/-/Healthz",
        "/-/metrics/x",
        "/_/healthz",
        "/favicon.ico",
        "/.well-known/security.txt",
        "/.env",
        "/.git/config",
        "/robots.txt",
        "/index.html",
        "/v3/quotas",
        "/v3/x/quotas",
        "/v1/x/tracker",
        "/v2/x/tracker",
        "/v4/x/tracker",
        "/V3/x/tracker",
        "/v3.0/x/tracker",
        "/v03/x/tracker",
        "/v3/x/traces",
        "/v3/x/trackers",
        "/v3/x/Tracker",
        "/v3/x/TRACKER",
        "/v3/x/checkBucket",
        "/v3/x/check-bucket",
        "/v3/x/checkbuckets",
        "/v3/x/tracke",
        "/v3/x/racker",
        "/v3/x",
        "/v3/x/",
        "/v3/x//tracker",
        "/v3/x/tracker/",
        "/v3/x/tracker//",
        "/v3/x/tracker/x",
        "/v3/x/tracker/checkbucket",
        "/v3/x/y/tracker",
        "//v3/x/tracker",
        "/v3//x/tracker",
        "///v3/x/tracker",
        "/./v3/x/tracker",
        "/v3/./x/tracker",
        "/v3/x/./tracker",
        "/v3/x/tracker/.",
        "/v3/x/tracker/..",
        "/v3/x/../x/tracker",
        "/v3/../v3/x/tracker",
        "/../v3/x/tracker",
        "/a/../v3/x/tracker",
        "/v3/x/tracker/../checkbucket",
        "/v3/./tracker",
        "/v3/../tracker",
        "/v3/.../tracker",
        "/v3/x.y/tracker",
        "/v3/x;y/tracker",
        "/v3/x;/tracker",
        "/v3;a=b/x/tracker",
        "/v3/x/tracker;",
        "/v3/x/tracker;a=b",
        "/v3/x/tracker;jsessionid=1",
        ";/v3/x/tracker",
        "/;/v3/x/tracker",
        "/v3/x,y/tracker",
        "/v3/x=y/tracker",
        "/v3/x&y/tracker",
        "/v3/x+y/tracker",
        "/v3/x$y/tracker",
        "/v3/x!y/tracker",
        "/v3/x*y/tracker",
        "/v3/*/tracker",
        "/v3/x'y/tracker",
        "/v3/x(y)/tracker",
        "/v3/x:y/tracker",
        "/v3/x@y/tracker",
        "/v3/x~y/tracker",
        "/v3/~/tracker",
        "/v3/{project_id}/tracker",
        "/v3/x|y/tracker",
        "/v3/x^y/tracker",
        "/v3/x`y/tracker",
        "/v3/x\"y/tracker",
        "/v3/x<y>/tracker",
        "/v3/[x]/tracker",
        "/v3/x\\tracker",
        "/v3\\x\\tracker",
        "\\v3\\x\\tracker",
        "/v3/x/tracker\\",
        "/v3/x y/tracker",
        "/v3/x/tracker ",
        " /v3/x/tracker",
        "/v3/x\ttracker",
        "/v3/x/tracker\n",
        "/v3/x/tracker\r\n",
        "/v3/x/tracker\0",
        "/v3/x\u{0}/tracker",
        "/v3/\u{e9}/tracker",
        "/v3/\u{4e2d}/tracker",
        "/v3/x/tr\u{e0}cker",
        "/v3/\u{ff58}/tracker",
        "/v3/x\u{2044}tracker",
        "/v3/x\u{2215}tracker",
        "/v3/x/trac\u{212a}er",
        "/v3/x/tracker?",
        "/v3/x/tracker?a",
        "/v3/x/tracker?a=b",
        "/v3/x/tracker?/",
        "/v3/x/tracker?limit=1",
        "/v3/x?/tracker",
        "?/v3/x/tracker",
        "/v3/x/tracker??",
        "/v3/x/tracker?#",
        "/v3/x/tracker%3F",
        "/v3/x/tracker%3Fa=b",
        "/v3/x/tracker%23",
        "/v3%2Fx%2Ftracker",
        "/v3/x%2Ftracker",
        "/v3/x%2ftracker",
        "/v3/%2e/tracker",
        "/v3/%2e%2e/tracker",
        "/v3/%2E%2E/tracker",
        "/v3/x/%2e%2e/x/tracker",
        "/v3/%252e%252e/tracker",
        "/v3/x/%74racker",
        "/v3/x/tracke%72",
        "/%76%33/x/tracker",
        "/v3/%78/tracker",
        "/v3/%/tracker",
        "/v3/%zz/tracker",
        "/v3/%0/tracker",
        "/v3/x%00/tracker",
        "/v3/x/tracker%00",
        "/v3/x/tracker%0a",
        "/v3/x/tracker%0d%0a",
        "/v3/x%0d%0aHost:%20evil/tracker",
        "/v3/x/tracker%20",
        "/v3/%20/tracker",
        "/v3/x%3B/tracker",
        "/v3/x/tracker%3B",
        "/v3/x%5C/tracker",
        "/v3/x%5c..%5c/tracker",
        "/v3/x%40y/tracker",
        "/v3/%C0%AE%C0%AE/tracker",
        "/v3/%c0%af/tracker",
        "/v3/%E0%80%AF/tracker",
        "/v3/%u002e/tracker",
        "/v3/%FF/tracker",
        "/v3/%E2%80%8B/tracker",
        "/%2e/v3/x/tracker",
        "/%2e%2e/v3/x/tracker",
        "/..;/v3/x/tracker",
        "/v3/..;/x/tracker",
        "/v3/x/..;/tracker",
        "/.;/v3/x/tracker",
        "/v3/x/tracker..",
        "/v3/x/tracker.",
        "/v3/x/tracker.json",
        "/v3/x/.tracker",
        "/api/v3/x/tracker",
        "/v3/v3/x/tracker",
        "/v3/x/v3/tracker",
        "/http://evil.example/",
        "/https:/evil.example",
        "//evil.example/v3/x/tracker",
        "//evil.example",
        "/@evil.example",
        "/v3/x/tracker@evil.example",
        "/\\evil.example",
        "/v3/x/tracker/-/healthz",
        "/-/healthz/v3/x/tracker",
        "/v3/-/healthz",
        "/-/healthz?",
        "/-/metrics?x",
        "/-/readyz;x",
        "/-/%72eadyz",
        "/-/healthz/../readyz",
        "/./-/healthz",
        "//-/healthz",
    ]
    .map(str::to_owned)
    .to_vec();
    tricks.extend([
        format!("/v3/{}/tracker", "x".repeat(65)),
        format!("/v3/{}/tracker", "x".repeat(60_000)),
        format!("/v3/{id}{id}{id}/checkbucket"),
        format!("/v3/{id}/tracker/{id}"),
        format!("/{id}/v3/tracker"),
        format!("/v3/tracker/{id}"),
        format!("/v3/{id}tracker"),
        format!("/{}v3/{id}/tracker", "/".repeat(1000)),
        format!("/v3/{id}/{}tracker", "../".repeat(1000)),
    ]);
    tricks
}

#[test]
fn path_tricks_are_not_found() {
    let tricks = path_tricks();
    assert!(tricks.len() >= 200, "{}", tricks.len());
    let mut screened = 0;
    for trick in &tricks {
        for method in ["POST", "GET"] {
            let invalid = Sample::create().method(method).target(trick.as_str());
            let Ok(request) = invalid.build() else { continue };
            screened += 1;
            let Head::Respond(response) = check_head(&policy(), &request) else { panic!("{trick:?} was admitted") };
            let code = problem_of(&response)["code"].clone();
            // A trick that parses as an absolute target is refused for its host.
            assert!(code == "not_found" || code == "host_not_allowed", "{trick:?}: {code}");
        }
    }
    // Most tricks are valid request targets, so the policy refuses them and not the parser.
    assert!(screened > tricks.len(), "{screened}");
}

// ---------------------------------------------------------------- CSRF and CORS

#[test]
fn form_submissions_from_other_sites_are_refused() {
    let create = Sample::create;
    assert_eq!(create().without("x-requested-with").outcome(&policy()), "csrf_header_required");
    for value in ["", "XMLHttpRequest", "CTS-Tracker", "cts-tracker2", "cts-tracker, cts-tracker", "1"] {
        assert_eq!(create().with("x-requested-with", value).outcome(&policy()), "csrf_header_required", "{value}");
    }
    assert_eq!(create().without("content-type").outcome(&policy()), "unsupported_media_type");
    for value in [
        "",
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "text/plain; application/json",
        "application/json, text/plain",
        "application/jsonp",
        "application/problem+json",
        "application/json; charset=utf-16",
        "application/json; charset=latin1",
        "application/json; x=y",
        "json",
    ] {
        assert_eq!(create().with("content-type", value).outcome(&policy()), "unsupported_media_type", "{value}");
    }
    for value in ["gzip", "br", "identity, gzip", ""] {
        assert_eq!(create().with("content-encoding", value).outcome(&policy()), "unsupported_media_type", "{value}");
    }
    for value in ["cross-site", "Cross-Site"] {
        assert_eq!(create().with("sec-fetch-site", value).outcome(&policy()), "cross_site");
        assert_eq!(create().page(ORIGIN).with("sec-fetch-site", value).outcome(&policy()), "cross_site");
    }
}

const CONSOLE: &str = "https://console.example.com";

fn console_policy() -> Policy {
    policy_of(json!({
        "region": "eu-west-0",
        "allowedHosts": ["proxy.example.com"],
        "allowedOrigins": [CONSOLE, "https://console.example.com:8443", "http://[::1]:3000"],
    }))
    .unwrap()
}

fn at_proxy() -> Sample {
    Sample::create().with("host", "proxy.example.com")
}

#[test]
fn the_whole_origin_must_match() {
    for origin in [CONSOLE, "https://console.example.com:8443", "http://[::1]:3000"] {
        let Head::Admit(route) = at_proxy().page(origin).check(&console_policy()) else { panic!("{origin}") };
        assert_eq!(route.origin.as_deref(), Some(origin));
    }
    for origin in [
        "",
        "null",
        "*",
        "http://console.example.com",
        "https://console.example.com/",
        "https://console.example.com.",
        "https://console.example.com:443",
        "https://console.example.com:8444",
        "https://console.example.com:84430",
        "https://console.example.com.evil.example",
        "https://evil-console.example.com",
        "https://evil.console.example.com",
        "https://xconsole.example.com",
        "https://console.example.co",
        "https://example.com",
        "https://Console.example.com",
        "HTTPS://console.example.com",
        "https://console.example.com https://evil.example",
        "https://console.example.com, https://evil.example",
        "https://evil.example/?https://console.example.com",
        "https://evil.example#https://console.example.com",
        "https://console.example.com@evil.example",
        "https://proxy.example.com",
        "http://proxy.example.com",
        "file://",
        "\u{e9}",
    ] {
        let Head::Respond(response) = at_proxy().page(origin).check(&console_policy()) else { panic!("{origin}") };
        assert_eq!(problem_of(&response)["code"], "origin_not_allowed", "{origin}");
        assert!(!response.headers().contains_key("access-control-allow-origin"), "{origin}");
        assert_eq!(response.headers()["vary"], "origin");
    }
    assert_eq!(at_proxy().page(CONSOLE).again("origin", CONSOLE).outcome(&console_policy()), "malformed_request");
}

#[test]
fn without_a_list_only_the_proxys_own_origin_is_allowed() {
    assert_eq!(Sample::create().page(ORIGIN).outcome(&policy()), "admit");
    for origin in
        ["http://localhost:8788", "http://localhost", "https://localhost:8787", "http://127.0.0.1:8787", "null"]
    {
        assert_eq!(Sample::create().page(origin).outcome(&policy()), "origin_not_allowed", "{origin}");
    }
    let absolute = Sample::create().target(format!("https://{HOST}/v3/{PROJECT}/tracker"));
    assert_eq!(absolute.clone().page("https://localhost:8787").outcome(&policy()), "admit");
    assert_eq!(absolute.page(ORIGIN).outcome(&policy()), "origin_not_allowed");
    let no_origins = policy_of(json!({ "region": "eu-west-0", "allowedOrigins": [] })).unwrap();
    assert_eq!(Sample::create().page(ORIGIN).outcome(&no_origins), "origin_not_allowed");
    assert_eq!(Sample::create().outcome(&no_origins), "admit", "a request without an Origin");
}

fn preflight(origin: &str) -> Sample {
    at_proxy()
        .method("OPTIONS")
        .without("content-type")
        .without("x-requested-with")
        .page(origin)
        .with("access-control-request-method", "POST")
        .with("access-control-request-headers", "content-type,x-requested-with")
}

#[test]
fn preflights() {
    let Head::Respond(response) = preflight(CONSOLE).check(&console_policy()) else { panic!() };
    let headers = response.headers();
    assert_eq!(response.status(), StatusCode::NO_CONTENT);
    assert_eq!(headers["access-control-allow-origin"], CONSOLE);
    assert_eq!(headers["access-control-allow-methods"], "POST");
    assert_eq!(headers["access-control-allow-headers"], "content-type, x-requested-with, authorization");
    assert!(headers["vary"].to_str().unwrap().contains("origin"));
    assert!(!headers.contains_key("access-control-allow-credentials"), "credentials are not allowed");
    assert!(response.body().is_empty());

    assert_eq!(preflight("https://evil.example").outcome(&console_policy()), "origin_not_allowed");
    assert_eq!(preflight("null").outcome(&console_policy()), "origin_not_allowed");
    for method in ["GET", "PUT", "DELETE", "post", ""] {
        let invalid = preflight(CONSOLE).with("access-control-request-method", method);
        assert_eq!(invalid.outcome(&console_policy()), "method_not_allowed", "{method}");
    }
    assert_eq!(preflight(CONSOLE).with("sec-fetch-site", "cross-site").outcome(&console_policy()), "cross_site");
    assert_eq!(preflight(CONSOLE).target("/v3/x/other").outcome(&console_policy()), "not_found");
    assert_eq!(preflight(CONSOLE).with("host", "evil.example").outcome(&console_policy()), "host_not_allowed");
    assert_eq!(preflight(CONSOLE).without("origin").outcome(&console_policy()), "method_not_allowed");
}

#[test]
fn an_allowed_origin_can_read_a_refusal() {
    let Head::Respond(response) = at_proxy().page(CONSOLE).without("content-type").check(&console_policy()) else {
        panic!()
    };
    assert_eq!(response.headers()["access-control-allow-origin"], CONSOLE);
    assert_eq!(response.headers()["access-control-expose-headers"], "x-request-id, retry-after");
}

#[test]
fn every_response_has_the_security_headers() {
    for code in ProblemCode::ALL {
        let response = Problem::new(code).response(None);
        assert_eq!(response.headers()["cache-control"], "no-store");
        assert_eq!(response.headers()["x-content-type-options"], "nosniff");
        assert_eq!(response.headers()["vary"], "origin");
        assert!(!response.headers().contains_key("access-control-allow-origin"));
        assert_eq!(problem_of(&response)["code"], code.as_str());
    }
    // An origin with a line break cannot split the header.
    let split = Problem::new(ProblemCode::NotFound).response(Some("https://a.example\r\nset-cookie: a=b"));
    assert!(!split.headers().contains_key("access-control-allow-origin"));
}

// ---------------------------------------------------------------- the caller's headers

#[test]
fn no_header_of_the_caller_is_forwarded() {
    let expected = forwarded(SYSTEM.as_bytes());
    let names: Vec<&str> = expected.headers().keys().map(http::HeaderName::as_str).collect();
    let mut sorted = names.clone();
    sorted.sort_unstable();
    assert_eq!(sorted, ["accept", "authorization", "content-type", "user-agent", "x-sdk-date", "x-security-token"]);
    let mut runner = TestRunner::deterministic();
    let name = prop::strategy::Union::new([
        regex("(authorization|x-auth-token|x-sdk-date|x-sdk-content-sha256|x-security-token|x-project-id|x-domain-id)"),
        regex(
            "(cookie|proxy-authorization|expect|te|upgrade|connection|keep-alive|range|user-agent|accept|x-language)",
        ),
        regex("x-[a-z]{1,12}"),
        regex("[a-z]{1,12}"),
    ]);
    let value = regex("[ -~]{0,40}");
    let mut admitted = 0;
    for _ in 0..2_000 {
        let mut request = Sample::create().build().unwrap();
        for _ in 0..5 {
            let name: String = name.new_tree(&mut runner).unwrap().current();
            let value: String = value.new_tree(&mut runner).unwrap().current();
            let (name, value): (http::HeaderName, http::HeaderValue) = (name.parse().unwrap(), value.parse().unwrap());
            request.headers_mut().append(name, value);
        }
        let Head::Admit(route) = check_head(&policy(), &request) else { continue };
        admitted += 1;
        let Body::Send(sent) = checked(&route, SYSTEM.as_bytes()) else { panic!() };
        assert_eq!(sent.headers(), expected.headers());
        assert_eq!(sent.body(), expected.body());
        assert_eq!(sent.uri(), expected.uri());
    }
    assert!(admitted > 1_000, "{admitted}");
}

#[test]
fn the_service_accepts_forwarded_requests() {
    for (operation, id, body) in [
        (Operation::CreateTracker, PROJECT, SYSTEM),
        (
            Operation::CheckObsBuckets,
            DOMAIN,
            r#"{"buckets":[{"bucket_name":"bucket1","bucket_location":"cn-north-1"}]}"#,
        ),
    ] {
        let Body::Send(request) = checked(&route(operation, id), body.as_bytes()) else { panic!() };
        assert_eq!(request.method(), Method::POST);
        let verified = verify_http(&request, NOW as i64 / 1000, |ak| (ak == CANARY_ID).then(keys)).unwrap();
        assert_eq!(verified.signed_headers, ["host", "x-sdk-date", "x-security-token"]);
        assert_eq!(request.body(), body.as_bytes(), "a body that needs no change keeps its bytes");
    }
}

// ---------------------------------------------------------------- smuggling, parser differentials

#[test]
fn a_contradictory_head_is_refused() {
    let outcome = |sample: Sample| sample.outcome(&policy());
    assert_eq!(
        outcome(Sample::create().with("content-length", "4").with("transfer-encoding", "chunked")),
        "malformed_request"
    );
    assert_eq!(
        outcome(Sample::create().again("content-length", "4").again("content-length", "5")),
        "malformed_request"
    );
    assert_eq!(
        outcome(Sample::create().again("content-length", "4").again("content-length", "4")),
        "malformed_request"
    );
    assert_eq!(outcome(Sample::create().again("content-type", "text/plain")), "malformed_request");
    assert_eq!(outcome(Sample::create().again("x-requested-with", "cts-tracker")), "malformed_request");
    assert_eq!(
        outcome(Sample::create().again("transfer-encoding", "chunked").again("transfer-encoding", "identity")),
        "malformed_request"
    );
    assert_eq!(outcome(Sample::create().again("host", HOST)), "malformed_request");
    for length in ["", "-1", "+4", "4, 4", "0x4", "4.0", "4e1", " "] {
        assert_eq!(outcome(Sample::create().with("content-length", length)), "malformed_request", "{length:?}");
    }
}

#[test]
fn the_forwarded_body_is_encoded_again() {
    let body = |text: &str| String::from_utf8(forwarded(text.as_bytes()).into_body()).unwrap();
    assert_eq!(body(SYSTEM), SYSTEM);
    // The caller's key order, white space, escapes and unknown keys are not kept.
    let invalid = " {\r\n \"evil\": [1, {\"a\": null}], \"tracker_name\" : \"sys\\u0074em\", \"kms_id\": null,\t\"tracker_type\":\"system\" }\n";
    assert_eq!(body(invalid), SYSTEM);
    // The last of two equal keys is used, by the validator and by the service.
    let twice = r#"{"tracker_type":"data","tracker_type":"system","tracker_name":"evil","tracker_name":"system"}"#;
    assert_eq!(body(twice), SYSTEM);
    let proto =
        r#"{"__proto__":{"tracker_type":"data"},"constructor":1,"tracker_type":"system","tracker_name":"system"}"#;
    assert_eq!(body(proto), SYSTEM);
    // The proxy fills in the documented default, so the signature covers it.
    assert_eq!(body(r#"{"tracker_type":"system"}"#), SYSTEM);
}

#[test]
fn a_body_that_is_not_one_json_text_is_refused() {
    for text in [
        "",
        " ",
        "{",
        "{}{}",
        "{} x",
        "{},",
        "{\"tracker_type\":\"system\",}",
        "{'tracker_type':'system'}",
        "{tracker_type:\"system\"}",
        "{\"tracker_type\":\"system\"}\0",
        "{\"tracker_type\":\"sys\ntem\"}",
        "{\"tracker_type\":\"\\x41\"}",
        "{\"a\":01}",
        "{\"a\":NaN}",
        "{\"a\":+1}",
        "// comment\n{}",
        "\u{feff}{}",
    ] {
        let problem = rejected(text.as_bytes());
        assert_eq!(problem["code"], "invalid_json", "{text:?}");
        assert_eq!(problem["sent"], "no");
        assert!(problem["params"]["line"].as_u64().unwrap() >= 1);
    }
    for bytes in [&b"\xff\xfe{\0}\0"[..], b"{\"tracker_type\":\"\xc3\x28\"}", b"{\"tracker_type\":\"\xed\xa0\x80\"}"] {
        assert_eq!(rejected(bytes)["code"], "invalid_json");
    }
}

#[test]
fn an_invalid_body_is_refused_with_all_issues() {
    let problem = rejected(
        br#"{"tracker_type":"data","tracker_name":"-x","obs_info":{"bucket_name":"UPPER"},"data_bucket":{"data_bucket_name":"abc","data_event":["read"]},"extra":1}"#,
    );
    assert_eq!(
        (&problem["code"], &problem["status"], &problem["sent"]),
        (&json!("invalid_request"), &json!(422), &json!("no"))
    );
    let codes: Vec<&str> = problem["issues"].as_array().unwrap().iter().map(|i| i["code"].as_str().unwrap()).collect();
    assert_eq!(codes, ["invalid_start", "invalid_character", "invalid_enum"]);
    assert_eq!(
        problem["issues"][1],
        json!({ "code": "invalid_character", "path": ["obs_info", "bucket_name"], "severity": "error",
                "params": { "character": "U", "index": 0 }, "rule": problem["issues"][1]["rule"], "serverCode": "CTS.0231" })
    );
    assert_eq!(problem["warnings"][0]["code"], "unknown_key");
    for text in ["[]", "null", "1", "\"x\"", "true"] {
        assert_eq!(rejected(text.as_bytes())["issues"][0]["code"], "not_object", "{text}");
    }
    // The deepest body that fits.
    let deep = [b"{\"a\":".as_slice(), &b"[".repeat(30_000), &b"]".repeat(30_000), b"}"].concat();
    assert!(["invalid_request", "invalid_json"].contains(&rejected(&deep)["code"].as_str().unwrap()));
}

proptest! {
    #[test]
    fn only_valid_bodies_are_forwarded(body in prop::collection::vec(any::<u8>(), 0..200)) {
        for operation in Operation::ALL {
            if let Body::Send(request) = checked(&route(operation, "x"), &body) {
                let again = checked(&route(operation, "x"), request.body());
                let same = matches!(&again, Body::Send(again) if again.body() == request.body());
                prop_assert!(same);
            }
        }
    }

    #[test]
    fn the_forwarded_body_is_a_fixed_point(
        name in "[a-z][a-z0-9_-]{0,20}", bucket in "[a-z0-9][a-z0-9]{2,20}", events in prop::collection::vec("(READ|WRITE)", 1..3),
        flag in any::<bool>(), text in "\\PC{0,20}",
    ) {
        let body = json!({
            "extra": text, "data_bucket": { "data_event": events, "data_bucket_name": bucket }, "is_lts_enabled": flag,
            "tracker_name": name, "tracker_type": "data",
        });
        prop_assume!(name != "system" && name != "system-trace");
        let first = forwarded(body.to_string().as_bytes());
        let second = forwarded(first.body());
        prop_assert_eq!(first.body(), second.body());
        prop_assert_eq!(first.headers(), second.headers());
        let sent: Value = serde_json::from_slice(first.body()).unwrap();
        let keys: Vec<&String> = sent.as_object().unwrap().keys().collect();
        prop_assert_eq!(keys.len(), 4);
    }

    #[test]
    fn no_head_panics(
        method in "[!-~]{1,8}", target in "\\PC{0,60}",
        headers in prop::collection::vec(("(host|origin|content-type|content-length|sec-fetch-site|x-requested-with|access-control-request-method|[a-z-]{1,10})", prop::collection::vec(any::<u8>(), 0..20)), 0..8),
    ) {
        let mut builder = Request::builder().method(method.as_str()).uri(target.as_str());
        for (name, value) in &headers {
            builder = builder.header(name.as_str(), value.as_slice());
        }
        if let Ok(request) = builder.body(()) {
            let _ = check_head(&policy(), &request);
        }
    }
}

// ---------------------------------------------------------------- exhaustion

#[test]
fn a_content_length_beyond_the_limit_is_refused_at_once() {
    for length in ["65537", "10485760", "18446744073709551616", &"9".repeat(100)] {
        let Head::Respond(response) = Sample::create().with("content-length", length).check(&policy()) else {
            panic!()
        };
        assert_eq!(response.status(), 413, "{length}");
        assert_eq!(problem_of(&response)["code"], "body_too_large");
    }
    let small = policy_of(json!({ "region": "eu-west-0", "maxBodyBytes": 10 })).unwrap();
    assert_eq!(Sample::create().with("content-length", "10").outcome(&small), "admit");
    assert_eq!(Sample::create().with("content-length", "11").outcome(&small), "body_too_large");
}

/// A proxy and the number of its last request.
struct Proxy {
    proxy: SigningProxy,
    requests: u32,
}

impl Proxy {
    fn new(options: Value) -> Self {
        let mut all = json!({ "region": "eu-west-0" });
        all.as_object_mut().unwrap().extend(options.as_object().unwrap().clone());
        Proxy { proxy: SigningProxy::new(policy_of(all).unwrap(), false), requests: 0 }
    }

    /// Returns the number of an admitted request, or the code, status and Retry-After of the refusal.
    fn head(&mut self, client: &str, now: f64) -> Result<u32, (String, u16, String)> {
        self.requests += 1;
        match self.proxy.head(self.requests, &Sample::create().build().unwrap(), client, now) {
            Head::Admit(_) => Ok(self.requests),
            Head::Page(_) => panic!("a page"),
            Head::Respond(response) => Err(refusal(&response)),
        }
    }

    fn body(&mut self, request: u32, keys: &Credentials, now: f64) -> BodyStep {
        let create = route(Operation::CreateTracker, PROJECT);
        self.proxy.body(request, &create, SYSTEM.as_bytes(), keys, f64::INFINITY, now, now)
    }

    /// Returns the length of the pause that a response with this status starts.
    fn answer(&mut self, request: u32, keys: &Credentials, status: u16, sent: f64) -> Option<f64> {
        let create = route(Operation::CreateTracker, PROJECT);
        let times = Upstream { sent, received: sent + 100.0, offset: 0.0 };
        self.proxy.answer(request, &create, &upstream(status, &[], "{}"), keys, times).pause_ms
    }
}

fn refusal(response: &Response) -> (String, u16, String) {
    let retry_after = response.headers().get("retry-after").map_or("", |value| value.to_str().unwrap());
    (problem_of(response)["code"].as_str().unwrap().to_owned(), response.status().as_u16(), retry_after.to_owned())
}

fn refused<T>(code: &str, status: u16, retry_after: &str) -> Result<T, (String, u16, String)> {
    Err((code.to_owned(), status, retry_after.to_owned()))
}

#[test]
fn each_limit_has_its_own_code() {
    let mut proxy = Proxy::new(json!({ "maxConcurrent": 2, "ratePerClient": { "perMinute": 60, "burst": 3 } }));
    let first = proxy.head("a", 0.0).unwrap();
    assert!(proxy.head("a", 0.0).is_ok());
    assert_eq!(proxy.head("a", 0.0), refused("too_many_in_flight", 503, "1"));
    assert_eq!(proxy.head("a", 0.0), refused("rate_limited", 429, "1"));
    proxy.proxy.release(first);
    assert_eq!(proxy.head("a", 999.0), refused("rate_limited", 429, "1"));
    assert_eq!(proxy.proxy.status(999.0).in_flight, 1);
    assert!(proxy.head("b", 999.0).is_ok(), "another client");
    let statuses =
        [ProblemCode::BodyTooLarge, ProblemCode::BodyTimeout, ProblemCode::TooManyInFlight, ProblemCode::RateLimited]
            .map(ProblemCode::status);
    assert_eq!(statuses, [413, 408, 503, 429]);
}

#[test]
fn a_client_is_limited_to_its_burst() {
    let mut proxy = Proxy::new(json!({ "maxConcurrent": 1000, "ratePerClient": { "perMinute": 600, "burst": 20 } }));
    // A thousand requests in one second.
    let passed = (0..1_000).filter(|i| proxy.head("a", f64::from(*i)).is_ok()).count();
    assert_eq!(passed, 20 + 9);
    let mut unlimited = Proxy::new(json!({ "maxConcurrent": 1000 }));
    assert!((0..1_000).all(|_| unlimited.head("a", 0.0).is_ok()));
}

#[test]
fn a_401_pauses_everything_and_an_accepted_signature_ends_it() {
    let (mut proxy, keys) = (Proxy::new(json!({})), keys());
    let sent = |proxy: &mut Proxy, now: f64| {
        let request = proxy.head("", now).unwrap();
        assert!(matches!(proxy.body(request, &keys, now), BodyStep::Send { .. }));
        request
    };
    let first = sent(&mut proxy, NOW);
    assert_eq!(proxy.answer(first, &keys, 401, NOW), Some(30_000.0));
    assert!(proxy.proxy.status(NOW + 200.0).is_paused);
    assert_eq!(proxy.head("", NOW + 200.0), refused("keys_refused", 503, "30"));
    let second = sent(&mut proxy, NOW + 30_100.0);
    assert_eq!(proxy.answer(second, &keys, 401, NOW + 30_100.0), Some(60_000.0));
    let third = sent(&mut proxy, NOW + 100_000.0);
    for status in [302, 429, 500, 503] {
        assert_eq!(proxy.answer(third, &keys, status, NOW + 100_000.0), None);
    }
    let fourth = sent(&mut proxy, NOW + 101_000.0);
    assert_eq!(proxy.answer(fourth, &keys, 400, NOW + 101_000.0), None);
    let fifth = sent(&mut proxy, NOW + 102_000.0);
    assert_eq!(proxy.answer(fifth, &keys, 401, NOW + 102_000.0), Some(30_000.0), "the pause is at its minimum again");
}

#[test]
fn a_restored_lockout_continues() {
    let (mut proxy, keys) = (Proxy::new(json!({})), keys());
    let request = proxy.head("", NOW).unwrap();
    assert!(matches!(proxy.body(request, &keys, NOW), BodyStep::Send { .. }));
    assert_eq!(proxy.answer(request, &keys, 401, NOW), Some(30_000.0));
    let mut again = Proxy::new(json!({}));
    again.proxy.restore(keys.clone(), proxy.proxy.lockout());
    assert_eq!(again.head("", NOW + 30_099.0), refused("keys_refused", 503, "1"));
    let request = again.head("", NOW + 30_100.0).unwrap();
    assert!(matches!(again.body(request, &keys, NOW + 30_100.0), BodyStep::Send { .. }));
    assert_eq!(again.answer(request, &keys, 401, NOW + 30_100.0), Some(60_000.0));
}

#[test]
fn concurrent_requests_with_unverified_keys_are_limited() {
    let (mut proxy, keys) = (Proxy::new(json!({})), keys());
    let admitted: Vec<u32> = (0..5).map(|_| proxy.head("", NOW).unwrap()).collect();
    for request in &admitted[..3] {
        assert!(matches!(proxy.body(*request, &keys, NOW), BodyStep::Send { .. }));
    }
    assert!(matches!(proxy.body(admitted[3], &keys, NOW), BodyStep::Wait));
    // A request waits at most as long as the upstream timeout.
    let create = route(Operation::CreateTracker, PROJECT);
    let late = proxy.proxy.body(admitted[4], &create, SYSTEM.as_bytes(), &keys, f64::INFINITY, NOW - 25_000.0, NOW);
    let BodyStep::Respond(late) = late else { panic!("{late:?}") };
    assert_eq!(refusal(&late), ("too_many_in_flight".to_owned(), 503, "1".to_owned()));
    // After a 401 the waiting requests are refused.
    assert_eq!(proxy.answer(admitted[0], &keys, 401, NOW), Some(30_000.0));
    let BodyStep::Respond(response) = proxy.body(admitted[3], &keys, NOW + 200.0) else { panic!() };
    assert_eq!(refusal(&response), ("keys_refused".to_owned(), 503, "30".to_owned()));
    // New keys are unverified; one accepted signature verifies them.
    let other = Credentials::new("OTHER", "other", None).unwrap();
    let mut provided = SigningProxy::new(policy(), true);
    let mut send = |request: u32, keys: &Credentials| {
        provided.body(request, &create, SYSTEM.as_bytes(), keys, f64::INFINITY, NOW, NOW)
    };
    assert!((1..=3).all(|request| matches!(send(request, &keys), BodyStep::Send { .. })));
    assert!(matches!(send(4, &keys), BodyStep::Wait));
    for request in 1..=3 {
        let times = Upstream { sent: NOW, received: NOW + 1.0, offset: 0.0 };
        provided.answer(request, &create, &upstream(200, &[], "{}"), &keys, times);
    }
    for request in 5..50 {
        let step = provided.body(request, &create, SYSTEM.as_bytes(), &keys, f64::INFINITY, NOW, NOW + 2.0);
        assert!(matches!(step, BodyStep::Send { .. }));
    }
    let step = provided.body(50, &create, SYSTEM.as_bytes(), &other, f64::INFINITY, NOW, NOW + 2.0);
    assert!(matches!(step, BodyStep::Send { .. }), "the cap counts only unverified keys");
}

#[test]
fn expired_keys_are_not_used() {
    let create = route(Operation::CreateTracker, PROJECT);
    let step =
        |proxy: &mut SigningProxy, expires: f64| proxy.body(1, &create, SYSTEM.as_bytes(), &keys(), expires, NOW, NOW);
    let mut fixed = SigningProxy::new(policy(), false);
    let BodyStep::Respond(response) = step(&mut fixed, NOW + 10_000.0) else { panic!() };
    assert_eq!(refusal(&response), ("credentials_unavailable".to_owned(), 503, "1".to_owned()));
    let mut provided = SigningProxy::new(policy(), true);
    assert!(matches!(step(&mut provided, NOW + 10_000.0), BodyStep::FetchKeys));
    assert!(matches!(step(&mut provided, NOW + 10_000.0), BodyStep::Wait), "another request fetches them");
    assert!(provided.fetched(Some(f64::INFINITY), NOW));
    let early = step(&mut provided, NOW + 299_000.0);
    assert!(matches!(early, BodyStep::Send { refresh_keys: true, .. }));
    assert!(!provided.fetched(None, NOW));
    assert_eq!(provided.keys(None, NOW), KeysStep::Unavailable);
}

// ---------------------------------------------------------------- responses

fn upstream(status: u16, headers: &[(&str, &str)], body: &str) -> http::Response<Vec<u8>> {
    let mut builder = http::Response::builder().status(status);
    for (name, value) in headers {
        builder = builder.header(*name, *value);
    }
    builder.body(body.as_bytes().to_vec()).unwrap()
}

const EXCHANGE: Upstream = Upstream { sent: NOW, received: NOW + 100.0, offset: 0.0 };

fn answered(upstream: &http::Response<Vec<u8>>) -> Response {
    answer(&route(Operation::CreateTracker, PROJECT), upstream, &keys(), EXCHANGE).0
}

#[test]
fn only_status_body_request_id_and_retry_after_are_passed_on() {
    for status in [200, 201, 204, 400, 403, 404, 409, 429, 500, 502, 503, 504, 599] {
        let body = if status == 204 { "" } else { r#"{"error_code":"CTS.0203","error_msg":"no"}"# };
        let response = answered(&upstream(
            status,
            &[
                ("content-type", "application/json;charset=UTF-8"),
                ("x-request-id", "abc"),
                ("retry-after", "3"),
                ("set-cookie", "a=b"),
                ("server", "api-gateway"),
                ("access-control-allow-origin", "*"),
                ("x-frame-options", "ALLOWALL"),
                ("authorization", "x"),
                ("content-encoding", "gzip"),
                ("transfer-encoding", "chunked"),
                ("content-length", "5"),
                ("strict-transport-security", "max-age=1"),
                ("location", "https://evil.example"),
            ],
            body,
        ));
        assert_eq!(response.status(), status);
        assert_eq!(response.body(), body.as_bytes());
        let mut names: Vec<&str> = response.headers().keys().map(http::HeaderName::as_str).collect();
        names.sort_unstable();
        let mut expected = vec![
            "cache-control",
            "content-security-policy",
            "content-type",
            "retry-after",
            "vary",
            "x-content-type-options",
            "x-request-id",
        ];
        if body.is_empty() {
            expected.retain(|name| *name != "content-type");
        } else {
            assert_eq!(response.headers()["content-type"], "application/json");
        }
        assert_eq!(names, expected, "{status}");
        assert_eq!(response.headers()["x-request-id"], "abc");
        assert_eq!(response.headers()["retry-after"], "3");
    }
}

#[test]
fn a_response_is_never_html_or_problem_details() {
    let content_type = |given: Option<&str>| {
        let headers: Vec<(&str, &str)> = given.map(|given| ("content-type", given)).into_iter().collect();
        answered(&upstream(502, &headers, "<script>alert(1)</script>")).headers()["content-type"]
            .to_str()
            .unwrap()
            .to_owned()
    };
    for given in [Some("text/html"), Some("image/svg+xml"), Some("application/javascript"), Some(""), None] {
        assert_eq!(content_type(given), "text/plain; charset=utf-8", "{given:?}");
    }
    assert_eq!(content_type(Some("application/problem+json")), "application/json");
}

#[test]
fn redirects_are_not_passed_on() {
    for status in [300, 301, 302, 303, 304, 307, 308, 399] {
        let problem = problem_of(&answered(&upstream(status, &[("location", "https://evil.example/")], "x")));
        assert_eq!(
            (&problem["status"], &problem["code"], &problem["sent"]),
            (&json!(502), &json!("upstream_redirect"), &json!("yes"))
        );
        assert!(!problem.to_string().contains("evil.example"));
    }
    for status in [100, 101, 103, 600, 999] {
        assert_eq!(problem_of(&answered(&upstream(status, &[], "")))["code"], "upstream_answer", "{status}");
    }
}

#[test]
fn a_401_is_passed_on_without_the_canonical_request() {
    let canonical = format!(
        "verify aksk signature fail, canonicalRequest:POST|/v3/{PROJECT}/tracker/||host:x|x-security-token:{CANARY_TOKEN}|"
    );
    let body = json!({ "error_msg": canonical, "error_code": "APIGW.0301", "request_id": "abc" }).to_string();
    let response = answered(&upstream(401, &[("content-type", "application/json"), ("x-request-id", "abc")], &body));
    let body: Value = serde_json::from_slice(response.body()).unwrap();
    assert_eq!(response.status(), 401);
    assert_eq!(
        body,
        json!({ "error_code": "APIGW.0301", "error_msg": "verify aksk signature fail", "request_id": "abc" })
    );
    assert_eq!(response.headers()["content-type"], "application/json");
    // Also if the body is not the documented one.
    for body in ["", "<html>401</html>", "{", "[]", "null", "\"x\"", "x\0y"] {
        let body: Value = serde_json::from_slice(answered(&upstream(401, &[], body)).body()).unwrap();
        assert!(!body["error_msg"].as_str().unwrap().is_empty(), "{body}");
    }
}

#[test]
fn clock_skew_is_corrected_and_reported() {
    let expired = r#"{"error_msg":"signature expired","error_code":"APIGW.0301"}"#;
    // It is 08:29:10 by the service's clock and 08:09:10 by ours.
    let ahead = upstream(401, &[("date", "Wed, 19 Jun 2024 08:29:10 GMT")], expired);
    let route = route(Operation::CreateTracker, PROJECT);
    let (response, offset) = answer(&route, &ahead, &keys(), EXCHANGE);
    assert_eq!(offset, Some(1_199_900.0));
    let body: Value = serde_json::from_slice(response.body()).unwrap();
    assert_eq!(
        body["error_msg"],
        "signature expired (the proxy's clock is 20 minutes behind the service's; the proxy corrects the next \
         request)"
    );
    let behind = upstream(401, &[("date", "Wed, 19 Jun 2024 07:49:10 GMT")], expired);
    let (response, offset) = answer(&route, &behind, &keys(), EXCHANGE);
    assert_eq!(offset, Some(-1_199_000.0));
    assert!(String::from_utf8_lossy(response.body()).contains("20 minutes ahead of"));
    // If the date was already corrected, clock skew is not the reason of the 401.
    let (response, _) = answer(&route, &ahead, &keys(), Upstream { offset: 1_199_900.0, ..EXCHANGE });
    assert!(!String::from_utf8_lossy(response.body()).contains("clock"));
    // The date of the next request is corrected.
    let date = SdkDate::from_unix_millis((NOW + 1_199_900.0) as i64).unwrap();
    let Body::Send(request) = check_body(&policy(), &route, SYSTEM.as_bytes(), &keys(), date) else { panic!() };
    assert_eq!(request.headers()["x-sdk-date"], "20240619T082909Z");
    let quiet = upstream(201, &[("date", "Wed, 19 Jun 2024 08:09:10 GMT")], "{}");
    assert_eq!(answer(&route, &quiet, &keys(), EXCHANGE).1, Some(0.0));
    assert_eq!(answer(&route, &upstream(201, &[("date", "soon")], "{}"), &keys(), EXCHANGE).1, None);
}

// ---------------------------------------------------------------- secrets

fn assert_no_canary(what: &str, text: &str) {
    for canary in [CANARY_ID, CANARY_SECRET, CANARY_TOKEN, "CANARY"] {
        assert!(!text.contains(canary), "{what}: {text}");
    }
}

fn everything(response: &Response) -> String {
    format!("{:?} {:?} {}", response.status(), response.headers(), String::from_utf8_lossy(response.body()))
}

#[test]
fn no_response_contains_a_key() {
    let escaped_slash = CANARY_TOKEN.replace('/', "\\/");
    let escaped_equals = CANARY_TOKEN.replace('=', "\\u003d");
    let escaped_both = escaped_slash.replace('=', "\\u003d");
    let mixed = CANARY_TOKEN.replace("==", "=\\u003D").replace('+', "%2b");
    let nested = CANARY_TOKEN.replace("/", "\\\\\\/").replace("==", "=\\\\u003d");
    let all: String = CANARY_TOKEN.bytes().map(|byte| format!("\\u{byte:04x}")).collect();
    let entities: String = CANARY_TOKEN.bytes().map(|byte| format!("&#{byte};")).collect();
    let hex: String = CANARY_TOKEN.bytes().map(|byte| format!("&#x{byte:X};")).collect();
    let percent: String = CANARY_TOKEN.bytes().map(|byte| format!("%25{byte:02x}")).collect();
    let lower = CANARY_TOKEN.to_lowercase();
    let spelled =
        [&escaped_slash, &escaped_equals, &escaped_both, &mixed, &nested, &all, &entities, &hex, &percent, &lower];
    for leak in [CANARY_ID, CANARY_TOKEN].into_iter().chain(spelled.map(String::as_str)) {
        for status in [200, 201, 400, 401, 403, 404, 429, 500, 502, 503] {
            for body in [
                format!("{{\"error_code\":\"APIGW.0301\",\"error_msg\":\"ak {leak} not exist\"}}"),
                format!("{{\"error_msg\":\"canonicalRequest:x-security-token:{leak}|\",\"{leak}\":\"{leak}{leak}\"}}"),
                format!("<html>{leak}</html>"),
                leak.to_owned(),
                format!("\0{leak}"),
            ] {
                let headers = [
                    ("content-type", "application/json"),
                    ("x-request-id", leak),
                    ("retry-after", leak),
                    ("x-other", leak),
                ];
                let response = answered(&upstream(status, &headers, &body));
                assert_no_canary("a response of the service", &everything(&response));
                let read = serde_json::from_slice::<Value>(response.body()).map(|value| value.to_string());
                assert_no_canary("the parsed body", &read.unwrap_or_default());
            }
        }
    }
}

#[test]
fn a_401_contains_no_part_of_a_key() {
    // If a text is cut before it is redacted, the beginning of a key can remain.
    for before in 0..220 {
        for marker in ["canonicalRequest:", "CanonicalRequest:", "canonical request ", ""] {
            let message = format!("{}{marker}x-security-token:{CANARY_TOKEN}|{CANARY_ID}", "x".repeat(before));
            let body =
                json!({ "error_msg": message, "error_code": &CANARY_TOKEN[..20], "request_id": &CANARY_ID[..12] });
            let response = answered(&upstream(401, &[("x-request-id", CANARY_ID)], &body.to_string()));
            let text = everything(&response);
            for part in [&CANARY_TOKEN[..6], &CANARY_ID[..8]] {
                assert!(!text.contains(part), "{before} {marker} {text}");
            }
        }
    }
}

#[test]
fn no_refusal_and_no_debug_output_contains_a_key() {
    let keys = keys();
    assert_no_canary("Debug", &format!("{keys:?} {keys:#?} {keys}"));
    for body in ["", "{}", "[]", "{\"tracker_type\":1}", &format!("{{\"{}\":1}}", "x".repeat(1000))] {
        let Body::Respond(response) = checked(&route(Operation::CreateTracker, PROJECT), body.as_bytes()) else {
            continue;
        };
        assert_no_canary("a refusal", &everything(&response));
    }
    for code in ProblemCode::ALL {
        let problem = Problem::new(code).sent(Sent::Unknown).detail("x").retry_after_ms(1.0);
        assert_no_canary("a problem", &format!("{problem:?} {}", everything(&problem.response(Some(ORIGIN)))));
    }
    // Keys are only in the request to the configured upstream.
    let request = forwarded(SYSTEM.as_bytes());
    let carrying: HeaderMap = request
        .headers()
        .iter()
        .filter(|(_, value)| value.to_str().unwrap().contains("CANARY"))
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect();
    assert_eq!(carrying.len(), 2, "authorization and x-security-token");
    assert!(!format!("{request:?}").contains(CANARY_SECRET));
    assert!(!String::from_utf8_lossy(request.body()).contains("CANARY"));
}
