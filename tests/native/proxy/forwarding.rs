//! The forwarded request: headers, smuggling and parser differentials.

use super::support::*;
use cts_tracker::proxy::{Body, Head, check_head};
use cts_tracker::service::Operation;
use cts_tracker::signing::verify_http;
use http::{Method, Request};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};

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
        name in "[a-z]([_-]?[a-z0-9]){0,10}", bucket in "[a-z0-9][a-z0-9]{2,20}", events in prop::collection::vec("(READ|WRITE)", 1..3),
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
