//! Pages of other origins: CSRF and CORS.

use super::support::*;
use cts_tracker::proxy::{Head, Policy, Problem, ProblemCode};
use http::StatusCode;
use serde_json::json;

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
        "application/json; charset",
        "application/json; charset=",
        "application/json; charset=\"utf-16\"",
        "application/json; charset=\"utf-8",
        "application/json; charset=utf-8; charset=utf-16",
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

#[test]
fn every_spelling_of_json_in_utf8_is_json() {
    for value in [
        "application/json",
        "Application/JSON",
        "application/json;",
        "application/json ; ",
        "application/json; charset=utf-8",
        "application/json;charset=UTF-8;",
        "application/json; charset=\"utf-8\"",
        "application/json; Charset=\"UTF-8\"",
        "application/json; charset=utf8",
    ] {
        assert_eq!(Sample::create().with("content-type", value).outcome(&policy()), "admit", "{value}");
    }
}

#[test]
fn refusals_name_what_came_and_the_setting() {
    let detail = |sample: Sample| {
        let Head::Respond(response) = sample.check(&policy()) else { panic!() };
        problem_of(&response)["detail"].as_str().unwrap().to_owned()
    };
    let origin = detail(Sample::create().page("http://localhost:5173"));
    for part in ["\"http://localhost:5173\"", "allowedOrigins", "--allow-origin"] {
        assert!(origin.contains(part), "{origin}");
    }
    assert!(detail(Sample::create().page("null")).contains("no origin"));
    assert_eq!(
        detail(Sample::create().with("content-type", "text/plain;charset=UTF-8")),
        "content-type is \"text/plain;charset=UTF-8\""
    );
    assert_eq!(detail(Sample::create().without("content-type")), "there is no content-type");
    assert_eq!(detail(Sample::create().with("content-encoding", "gzip")), "content-encoding is \"gzip\"");
    let only = policy_of(json!({ "region": "eu-west-0", "projects": ["other"] })).unwrap();
    let Head::Respond(response) = Sample::create().check(&only) else { panic!() };
    let id = problem_of(&response)["detail"].as_str().unwrap().to_owned();
    assert!(id.contains(PROJECT) && id.contains("projects (--project"), "{id}");
}

#[test]
fn the_own_origin_may_leave_out_the_default_port() {
    let policy = policy_of(json!({ "region": "eu-west-0", "allowedHosts": ["console.example.com"] })).unwrap();
    let target = |scheme: &str| format!("{scheme}://console.example.com/v3/{PROJECT}/tracker");
    for (scheme, host) in [
        ("https", "console.example.com"),
        ("https", "console.example.com:443"),
        ("http", "console.example.com"),
        ("http", "console.example.com:80"),
    ] {
        let sample = Sample::create().target(target(scheme)).with("host", host);
        assert_eq!(sample.clone().page(&format!("{scheme}://console.example.com")).outcome(&policy), "admit", "{host}");
        assert_eq!(sample.page("https://evil.example").outcome(&policy), "origin_not_allowed", "{host}");
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
    assert_eq!(response.headers()["access-control-expose-headers"], "date, retry-after, x-request-id");
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
