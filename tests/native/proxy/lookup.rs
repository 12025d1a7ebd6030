//! Lookups: the third route, which only `allowLookup` adds.

use super::support::*;
use cts_tracker::proxy::{Body, Head, Policy};
use cts_tracker::service::Operation;
use cts_tracker::signing::verify_http;
use http::Method;
use proptest::prelude::*;
use serde_json::json;

fn allowing() -> Policy {
    policy_of(json!({ "region": "eu-west-0", "allowLookup": true })).unwrap()
}

fn lookup(query: &str) -> Sample {
    Sample::create().method("GET").target(format!("/v3/{PROJECT}/trackers{query}")).without("content-type")
}

/// The query of the request that would be sent.
fn sent(query: &str) -> Option<String> {
    match lookup(query).check(&allowing()) {
        Head::Admit(route) => {
            assert_eq!((route.operation, route.id.as_str()), (Operation::ListTrackers, PROJECT));
            Some(route.query)
        }
        Head::Respond(response) => {
            assert_eq!(problem_of(&response)["code"], "not_found", "{query}");
            None
        }
        Head::Page(_) => panic!("{query}"),
    }
}

#[test]
fn a_query_is_rebuilt() {
    let longest = format!("?tracker_name={}", "x".repeat(256));
    for (query, expected) in [
        ("", ""),
        ("?tracker_type=data", "tracker_type=data"),
        ("?tracker_type=system&tracker_name=system", "tracker_name=system&tracker_type=system"),
        ("?tracker_name=%e8%bf%bd%E8%B8%AA", "tracker_name=%E8%BF%BD%E8%B8%AA"),
        ("?tracker_name=100%25%2Fa%20b%26c%3Dd%2B%27", "tracker_name=100%25%2Fa%20b%26c%3Dd%2B%27"),
        ("?tracker_name=%2541", "tracker_name=%2541"),
        ("?tracker_name=a.b_c-d~e", "tracker_name=a.b_c-d~e"),
        (&longest, longest.trim_start_matches('?')),
    ] {
        assert_eq!(sent(query).as_deref(), Some(expected), "{query}");
    }
}

#[test]
fn any_other_query_is_not_found() {
    let too_long = format!("?tracker_name={}", "x".repeat(257));
    for query in [
        "?",
        "?&",
        "?tracker_name",
        "?tracker_name=",
        "?tracker_type=",
        "?tracker_type=Data",
        "?tracker_type=other",
        "?tracker_type=dat%61",
        "?tracker_name=a&",
        "?&tracker_name=a",
        "?tracker_name=a&&tracker_type=data",
        "?tracker_name=a&tracker_name=b",
        "?tracker_type=data&tracker_type=data",
        "?tracker_name=a&tracker_name=a",
        "?tracker_name=a;tracker_type=data",
        "?tracker_name=a=b",
        "?tracker_name=a+b",
        "?tracker_name=a/b",
        "?tracker_name=a?b",
        "?tracker_name=a'b",
        "?tracker_name=a*",
        "?tracker_name=%",
        "?tracker_name=%4",
        "?tracker_name=%zz",
        "?tracker_name=%41",
        "?tracker_name=%ff",
        "?tracker_name=%C0%AF",
        "?tracker_name=%ED%A0%80",
        "?tracker_name=%00",
        "?tracker_name=a%0D%0Ahost:evil",
        "?tracker_name=%C2%85",
        "?tracker%5Fname=a",
        "?Tracker_name=a",
        "?tracker_name[]=a",
        "?tracker_name%00=a",
        "?limit=1",
        "?tracker_name=a&limit=1",
        "?x-sdk-date=20240619T080910Z",
        &too_long,
    ] {
        assert_eq!(sent(query), None, "{query}");
    }
    // Other paths have no query.
    assert_eq!(
        Sample::create().target(format!("/v3/{PROJECT}/tracker?tracker_name=a")).outcome(&allowing()),
        "not_found"
    );
}

#[test]
fn without_the_option_the_path_is_not_found_and_the_refusal_names_the_option() {
    for sample in [lookup(""), lookup("?tracker_name=a"), lookup("").method("POST"), lookup("").method("DELETE")] {
        let Head::Respond(response) = sample.check(&policy()) else { panic!("admitted") };
        let problem = problem_of(&response);
        assert_eq!(
            (&problem["status"], &problem["code"], &problem["sent"]),
            (&json!(404), &json!("not_found"), &json!("no"))
        );
        assert!(problem["detail"].as_str().unwrap().contains("allowLookup"), "{problem}");
    }
    // A page of an allowed origin can read the reason.
    let Head::Respond(response) = lookup("").page(ORIGIN).check(&policy()) else { panic!("admitted") };
    assert_eq!(response.headers()["access-control-allow-origin"], ORIGIN);
}

#[test]
fn a_lookup_passes_the_same_checks_as_other_requests() {
    let policy = allowing();
    let outcome = |sample: Sample| sample.outcome(&policy);
    assert_eq!(outcome(lookup("").page(ORIGIN)), "admit");
    assert_eq!(outcome(lookup("").with("content-length", "0")), "admit");
    for (sample, expected) in [
        (lookup("").with("host", "evil.example"), "host_not_allowed"),
        (lookup("").page("https://evil.example"), "origin_not_allowed"),
        (lookup("").with("sec-fetch-site", "cross-site"), "cross_site"),
        (lookup("").without("x-requested-with"), "csrf_header_required"),
        (lookup("").with("content-length", "1"), "malformed_request"),
        (lookup("").with("transfer-encoding", "chunked"), "malformed_request"),
        (Sample::create().method("GET").target("/v3/a.b/trackers"), "not_found"),
        (Sample::create().method("GET").target(format!("/v3/{PROJECT}/trackers/")), "not_found"),
        (Sample::create().method("GET"), "method_not_allowed"),
    ] {
        assert_eq!(outcome(sample), expected);
    }
    for method in ["POST", "HEAD", "PUT", "DELETE", "OPTIONS", "get"] {
        let Head::Respond(response) = lookup("").method(method).check(&policy) else { panic!("{method}") };
        assert_eq!(problem_of(&response)["code"], "method_not_allowed", "{method}");
        assert_eq!(response.headers()["allow"], "GET, OPTIONS");
    }
    let preflight =
        |method: &str| lookup("").method("OPTIONS").page(ORIGIN).with("access-control-request-method", method);
    let Head::Respond(response) = preflight("GET").check(&policy) else { panic!("admitted") };
    assert_eq!(response.headers()["access-control-allow-methods"], "GET");
    assert_eq!(outcome(preflight("POST")), "method_not_allowed");
    let listed = policy_of(json!({ "region": "eu-west-0", "allowLookup": true, "projects": ["other"] })).unwrap();
    assert_eq!(lookup("").outcome(&listed), "id_not_allowed");
}

#[test]
fn nothing_of_the_caller_is_sent() {
    let query = "?tracker_type=data&tracker_name=%E8%BF%BD%25%20%2B";
    let noisy = lookup(query)
        .with("authorization", "x")
        .with("cookie", "a=b")
        .with("x-sdk-date", "1")
        .with("range", "bytes=0-1");
    let Head::Admit(route) = noisy.check(&allowing()) else { panic!("refused") };
    let Body::Send(request) = checked(&route, b"ignored") else { panic!("refused") };
    assert_eq!(request.method(), Method::GET);
    assert_eq!(
        request.uri(),
        &*format!(
            "https://cts.eu-west-0.myhuaweicloud.com/v3/{PROJECT}/trackers?tracker_name=%E8%BF%BD%25%20%2B&tracker_type=data"
        )
    );
    assert!(request.body().is_empty());
    let mut names: Vec<&str> = request.headers().keys().map(http::HeaderName::as_str).collect();
    names.sort_unstable();
    assert_eq!(names, ["accept", "authorization", "user-agent", "x-sdk-date", "x-security-token"]);
    verify_http(&request, NOW as i64 / 1000, |ak| (ak == CANARY_ID).then(keys)).unwrap();
}

proptest! {
    #[test]
    fn what_is_sent_is_what_was_asked(name in "\\PC{1,40}", raw in "[ -~&&[^#]]{0,40}") {
        let encoded: String = name.bytes().map(|b| match b {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => char::from(b).to_string(),
            _ => format!("%{b:02X}"),
        }).collect();
        prop_assert_eq!(sent(&format!("?tracker_name={encoded}")), Some(format!("tracker_name={encoded}")));
        // A value that is admitted is sent as it came, except for the case of the digits. The adapter refuses a `#`.
        let target = format!("?tracker_name={raw}");
        if lookup(&target).build().is_ok()
            && let Head::Admit(route) = lookup(&target).check(&allowing())
        {
            let (sent, raw) = (route.query.to_lowercase(), format!("tracker_name={raw}").to_lowercase());
            prop_assert_eq!(sent, raw);
        }
    }
}
