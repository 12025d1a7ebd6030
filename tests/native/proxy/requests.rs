//! Which requests are admitted.

use super::support::*;
use cts_tracker::proxy::{Body, Head, Page, check_body, check_head};
use cts_tracker::service::Operation;
use http::Request;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use serde_json::json;

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
    let policy = policy_of(json!({ "region": "eu-west-0", "metrics": true })).unwrap();
    for (target, page) in [("/-/healthz", Page::Health), ("/-/readyz", Page::Ready), ("/-/metrics", Page::Metrics)] {
        for method in ["GET", "HEAD"] {
            let Head::Page(got) = Sample::create().method(method).target(target).check(&policy) else { panic!() };
            assert_eq!(got, page);
        }
        assert_eq!(Sample::create().target(target).outcome(&policy), "method_not_allowed");
        assert_eq!(Sample::create().method("GET").target(format!("{target}/")).outcome(&policy), "not_found");
    }
}

#[test]
fn a_probe_may_name_any_host() {
    let policy = policy_of(json!({ "region": "eu-west-0", "allowedHosts": ["a.example"], "metrics": true })).unwrap();
    let get = |target: &str| Sample::create().method("GET").target(target);
    for host in ["127.0.0.1", "10.1.2.3:8080", "[fd00::1]:8080", "evil.example", ""] {
        for target in ["/-/healthz", "/-/readyz"] {
            assert_eq!(get(target).with("host", host).outcome(&policy), "page", "{target} {host}");
            assert_eq!(get(target).without("host").outcome(&policy), "page", "{target}");
            assert_eq!(
                get(target).target(format!("{target}?")).with("host", host).outcome(&policy),
                "host_not_allowed"
            );
        }
        assert_eq!(get("/-/metrics").with("host", host).outcome(&policy), "host_not_allowed", "{host}");
    }
}

#[test]
fn a_fault_is_forwarded_only_to_an_emulator() {
    let asked = Sample::create().with("x-emulator-fault", "503; when=after");
    let Head::Respond(response) = asked.check(&policy()) else { panic!() };
    let problem = problem_of(&response);
    assert_eq!(problem["code"], "fault_not_allowed");
    let detail = problem["detail"].as_str().unwrap();
    assert!(detail.contains("\"503; when=after\"") && detail.contains("--allow-faults"), "{detail}");
    let policy = policy_of(json!({ "endpoint": "http://127.0.0.1:9", "allowFaults": true })).unwrap();
    let Head::Admit(route) = asked.check(&policy) else { panic!() };
    let Body::Send(sent) = check_body(&policy, &route, SYSTEM.as_bytes(), &keys(), date()) else { panic!() };
    assert_eq!(sent.headers()["x-emulator-fault"], "503; when=after");
    assert_eq!(asked.again("x-emulator-fault", "500").outcome(&policy), "malformed_request");
    let real = policy_of(json!({ "region": "eu-west-0", "allowFaults": true }));
    assert!(real.unwrap_err().to_string().contains("emulator"));
}

#[test]
fn metrics_are_only_there_on_request() {
    let get = Sample::create().method("GET").target("/-/metrics");
    let Head::Respond(response) = get.check(&policy()) else { panic!() };
    let problem = problem_of(&response);
    assert_eq!(problem["code"], "not_found");
    assert!(problem["detail"].as_str().unwrap().contains("--metrics"));
}

#[test]
fn random_methods_and_paths_are_not_admitted() {
    let policy = policy();
    let allowing = policy_of(json!({ "region": "eu-west-0", "allowLookup": true })).unwrap();
    let mut runner = TestRunner::deterministic();
    let method = regex("(GET|PUT|PATCH|DELETE|HEAD|TRACE|CONNECT|OPTIONS|POST|post|[A-Z]{1,8})");
    // Arbitrary paths, and paths that are almost valid.
    let path = prop::strategy::Union::new([
        regex("/[!-~&&[^?#]]{0,40}"),
        regex("/v3/[A-Za-z0-9_-]{1,64}/[a-z]{1,12}"),
        regex("/v[0-9]/[A-Za-z0-9_-]{0,70}/(tracker|trackers|checkbucket|Tracker|quotas|traces)"),
        regex("/v3/[!-~&&[^?#]]{0,40}/(tracker|checkbucket)"),
        regex("(/v3/abc/tracker|/v3/abc/checkbucket)[!-~]{0,3}"),
        regex(
            "/v3/abc/trackers([?](tracker_(name|type)=(data|system|[!-~]{0,3}))(&tracker_(name|type)=[a-z%]{0,6})?)?",
        ),
    ]);
    let (mut tried, mut admitted, mut lookups) = (0, 0, 0);
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
        let has_id_of = |separators: &[u8]| {
            path.strip_prefix("/v3/").and_then(|rest| rest.split_once('/')).is_some_and(|(id, resource)| {
                let id_fits = (1..=64).contains(&id.len())
                    && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || separators.contains(&byte));
                id_fits && matches!(resource, "tracker" | "checkbucket")
            })
        };
        let is_admitted = matches!(check_head(&policy, &request), Head::Admit(_));
        assert!(!is_admitted || has_id_of(b"-_") && method == "POST", "{method} {path}");
        assert!(is_admitted || !has_id_of(b"") || method != "POST", "{method} {path}");
        admitted += u32::from(is_admitted);
        // With lookups there is one more shape.
        let Head::Admit(route) = check_head(&allowing, &request) else {
            assert!(!is_admitted, "{method} {path}");
            continue;
        };
        if !is_admitted {
            assert_eq!((route.operation, method.as_str()), (Operation::ListTrackers, "GET"), "{path}");
            let (own, query) = path.split_once('?').unwrap_or((&path, ""));
            assert_eq!(own, Operation::ListTrackers.path(&route.id));
            let mut pairs: Vec<&str> = query.split('&').filter(|pair| !pair.is_empty()).collect();
            pairs.sort_unstable();
            assert_eq!(pairs.join("&").to_ascii_lowercase(), route.query.to_ascii_lowercase(), "{path}");
            lookups += 1;
        }
    }
    // The generators also produce valid requests.
    assert!(admitted > 0 && lookups > 0, "{admitted} {lookups}");
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
