//! The gateway: routes, signatures, sizes and the order of the checks.

use super::support::*;
use cts_tracker::emulator::{Emulator, Plan, SAMPLE_ACCESS_KEY_ID};
use cts_tracker::signing::{self, Credentials};
use serde_json::json;

#[test]
fn unknown_routes_and_methods_are_refused() {
    for path in [
        "/",
        "/v3",
        "/v3/",
        "/v3//tracker",
        "/v3/x",
        "/v3/x/quotas",
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
