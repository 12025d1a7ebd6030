//! The service's responses, and secrets in responses.

use super::support::*;
use cts_tracker::proxy::{Body, BodyStep, Problem, ProblemCode, Response, SigningProxy, Upstream, answer, check_body};
use cts_tracker::service::Operation;
use cts_tracker::service::error_body::Sent;
use cts_tracker::signing::SdkDate;
use http::HeaderMap;
use serde_json::{Value, json};

const EXCHANGE: Upstream = Upstream { sent: NOW, received: NOW + 100.0, offset: 0.0, is_repeat: false };

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
        "signature expired: the clock that dated the request is 20 minutes behind the service's"
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

#[test]
fn one_answer_does_not_move_the_clock_far() {
    let create = route(Operation::CreateTracker, PROJECT);
    let expired = r#"{"error_msg":"signature expired","error_code":"APIGW.0301"}"#;
    let mut proxy = SigningProxy::new(policy(), false);
    let mut learn = |status: u16, date: &str, body: &str, now: f64| {
        let times = Upstream { sent: now, received: now + 100.0, offset: 0.0, is_repeat: false };
        proxy.answer(1, &create, &upstream(status, &[("date", date)], body), &keys(), times).clock_offset_ms
    };
    let (far, near) = ("Thu, 20 Jun 2024 07:09:10 GMT", "Wed, 19 Jun 2024 08:19:10 GMT");
    for status in [200, 201, 400, 403, 404] {
        for _ in 0..3 {
            assert_eq!(learn(status, far, "{}", NOW), None, "a service whose clock is far away accepts no signature");
        }
    }
    for status in [307, 429, 500, 502] {
        assert_eq!(learn(status, far, "{}", NOW), None, "{status}");
        assert_eq!(learn(status, "Wed, 19 Jun 2024 08:09:10 GMT", "{}", NOW), None, "the next one disagrees");
    }
    assert_eq!(learn(502, far, "{}", NOW), None);
    assert_eq!(learn(502, far, "{}", NOW), Some(82_799_900.0), "two that agree");
    assert_eq!(learn(401, near, expired, NOW), Some(599_900.0), "a refusal for the date");
    assert_eq!(learn(200, "Wed, 19 Jun 2024 08:09:10 GMT", "{}", NOW), Some(0.0), "within 15 minutes");
    assert_eq!(learn(401, far, r#"{"error_msg":"verify aksk signature fail"}"#, NOW), None, "a refusal for the keys");
}

#[test]
fn a_check_that_is_refused_for_its_date_is_repeated_once_with_the_corrected_date() {
    let check = route(Operation::CheckObsBuckets, DOMAIN);
    let ahead = [("date", "Wed, 19 Jun 2024 08:29:10 GMT")];
    let expired = r#"{"error_msg":"signature expired","error_code":"APIGW.0301"}"#;
    let times = |offset, is_repeat| Upstream { sent: NOW, received: NOW + 100.0, offset, is_repeat };
    let mut proxy = SigningProxy::new(policy(), false);
    let dated = |proxy: &mut SigningProxy| match proxy.body(
        1,
        &check,
        br#"{"buckets":[]}"#,
        &keys(),
        f64::INFINITY,
        NOW,
        NOW + 200.0,
    ) {
        BodyStep::Send { request, clock_offset_ms, .. } => {
            (request.headers()["x-sdk-date"].to_str().unwrap().to_owned(), clock_offset_ms)
        }
        step => panic!("{step:?}"),
    };
    assert_eq!(dated(&mut proxy), ("20240619T080910Z".to_owned(), 0.0));
    let first = proxy.answer(1, &check, &upstream(401, &ahead, expired), &keys(), times(0.0, false));
    assert!(first.response.is_none(), "repeat it");
    assert_eq!((first.clock_offset_ms, first.pause_ms), (Some(1_199_900.0), None));
    assert_eq!(proxy.status(NOW + 200.0).in_flight, 1, "it keeps its place");
    assert_eq!(dated(&mut proxy), ("20240619T082910Z".to_owned(), 1_199_900.0));
    let second = proxy.answer(1, &check, &upstream(401, &ahead, expired), &keys(), times(1_199_900.0, true));
    assert_eq!(second.response.unwrap().status(), 401);
    assert_eq!(proxy.status(NOW + 200.0).in_flight, 0);

    // Another answer has shown the clock meanwhile, and this one has no date.
    let mut proxy = SigningProxy::new(policy(), false);
    let mut answer = |request, headers: &[(&str, &str)], body, times| {
        proxy.answer(request, &check, &upstream(401, headers, body), &keys(), times).response.is_none()
    };
    assert!(answer(1, &ahead, expired, times(0.0, false)));
    assert!(answer(2, &[], expired, times(0.0, false)));
    // A repeated request, a date that was right, another reason.
    assert!(!answer(3, &ahead, expired, times(0.0, true)));
    assert!(!answer(4, &ahead, expired, times(1_199_900.0, false)));
    assert!(!answer(5, &ahead, r#"{"error_msg":"verify aksk signature fail"}"#, times(0.0, false)));
    // A creation.
    let create = route(Operation::CreateTracker, PROJECT);
    let created = SigningProxy::new(policy(), false).answer(
        1,
        &create,
        &upstream(401, &ahead, expired),
        &keys(),
        times(0.0, false),
    );
    assert_eq!((created.response.unwrap().status().as_u16(), created.clock_offset_ms), (401, Some(1_199_900.0)));
    // The next bad signature would lock the key.
    let mut proxy = SigningProxy::new(policy(), false);
    let repeated = (0..6).filter(|request| {
        let times = Upstream { sent: NOW, received: NOW + f64::from(*request), offset: 0.0, is_repeat: false };
        proxy.answer(*request, &check, &upstream(401, &ahead, expired), &keys(), times).response.is_none()
    });
    assert_eq!(repeated.count(), 3);
}

#[test]
fn requests_wait_a_moment_for_the_first_answer_which_shows_the_clock() {
    let create = route(Operation::CreateTracker, PROJECT);
    let mut proxy = SigningProxy::new(policy(), false);
    let sends = |proxy: &mut SigningProxy, request: u32, now: f64| {
        let step = proxy.body(request, &create, SYSTEM.as_bytes(), &keys(), f64::INFINITY, NOW, now);
        matches!(step, BodyStep::Send { .. })
    };
    assert!(sends(&mut proxy, 1, NOW));
    assert!(!sends(&mut proxy, 2, NOW));
    assert!(sends(&mut proxy, 2, NOW + 2_000.0), "a slow answer does not stop the others");
    let times = Upstream { sent: NOW, received: NOW + 100.0, offset: 0.0, is_repeat: false };
    proxy.answer(1, &create, &upstream(500, &[], ""), &keys(), times);
    assert!(sends(&mut proxy, 3, NOW + 100.0));
}
