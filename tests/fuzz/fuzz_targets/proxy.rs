//! Any request to the signing proxy. Admitted requests are checked against the documents, without functions of the
//! proxy.
#![no_main]

mod message;

use std::sync::LazyLock;

use cts_tracker::decode::{Buffer, exact};
use cts_tracker::service::Operation;
use cts_tracker::proxy::{Body, Head, Policy, Response, Route, check_body, check_head};
use cts_tracker::signing::{Credentials, SdkDate, verify_http};
use cts_tracker::validate;
use http::{HeaderMap, Method, Request, StatusCode};
use libfuzzer_sys::fuzz_target;
use serde_json::{Value, json};

const PROJECT: &str = "2306579dc99f4c8690b14b68e734fcd9";
const UPSTREAM: &str = "cts.eu-west-0.myhuaweicloud.com";
const SECRET: &str = "CANARYSECRETx8f14e45fceea167a";
const NOW: i64 = 1_718_784_550;

static POLICY: LazyLock<Policy> = LazyLock::new(|| {
    let options = json!({ "endpoint": format!("https://{UPSTREAM}"), "projects": [PROJECT], "allowLookup": true });
    Policy::new(serde_json::from_value(options).unwrap(), exact).unwrap()
});
static KEYS: LazyLock<Credentials> = LazyLock::new(|| Credentials::new("CANARYID", SECRET, None).unwrap());

fuzz_target!(|bytes: &[u8]| {
    // libFuzzer learns the secret from comparisons. A response may repeat the request of its caller.
    if contains(bytes, SECRET) {
        return;
    }
    let Some(request) = message::read(bytes) else { return };
    match check_head(&POLICY, &request) {
        Head::Admit(route) => {
            check_admitted(&request, &route);
            check_forwarded(&route, request.body());
        }
        Head::Respond(response) => {
            check_answer(&response, request.headers().get("origin").is_some());
            // The body of a refused request is checked too, because few requests are admitted.
            for operation in Operation::ALL {
                let route =
                    Route { operation, id: PROJECT.to_owned(), query: String::new(), origin: None, fault: None };
                check_forwarded(&route, request.body());
            }
        }
        Head::Page(_) => {
            assert!(matches!(*request.method(), Method::GET | Method::HEAD));
            assert!(["/-/healthz", "/-/readyz", "/-/metrics"].contains(&request.uri().path()));
            assert_eq!(request.uri().query(), None);
        }
    }
});

/// The only value of a header.
fn once<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    let mut values = headers.get_all(name).iter();
    let value = values.next().map(|value| value.to_str().unwrap_or("no text"));
    assert!(values.next().is_none(), "{name} is repeated");
    value
}

fn is_loopback(authority: &str) -> bool {
    ["localhost", "127.0.0.1", "[::1]"].iter().any(|name| match authority.to_ascii_lowercase().strip_prefix(name) {
        Some("") => true,
        Some(rest) => rest.strip_prefix(':').is_some_and(|port| port.parse::<u16>().is_ok() && !port.starts_with('+')),
        None => false,
    })
}

fn check_admitted(request: &Request<Vec<u8>>, route: &Route) {
    let (uri, headers) = (request.uri(), request.headers());
    assert_eq!(request.method(), route.operation.method());
    assert_eq!(uri.path(), route.operation.path(&route.id));
    let mut pairs: Vec<&str> = uri.query().unwrap_or_default().split('&').collect();
    pairs.sort_unstable();
    assert!(pairs.join("&").eq_ignore_ascii_case(&route.query));
    assert!(route.query.is_empty() || route.operation == Operation::ListTrackers);
    assert!(validate::project_id(&route.id).errors.is_empty());
    assert!(route.operation == Operation::CheckObsBuckets || route.id == PROJECT);

    let named: Vec<&str> = once(headers, "host").into_iter().chain(uri.authority().map(|it| it.as_str())).collect();
    assert!(!named.is_empty() && named.iter().all(|name| is_loopback(name)));
    let origin = once(headers, "origin");
    assert_eq!(route.origin.as_deref(), origin);
    if let Some(origin) = origin {
        let scheme = uri.scheme_str().unwrap_or("http");
        let default_port = if scheme == "https" { ":443" } else { ":80" };
        assert_eq!(origin, format!("{scheme}://{}", named[0].strip_suffix(default_port).unwrap_or(named[0])));
    }
    assert!(!once(headers, "sec-fetch-site").is_some_and(|site| site.eq_ignore_ascii_case("cross-site")));
    assert_eq!(once(headers, "x-requested-with"), Some("cts-tracker"));
    if route.operation == Operation::ListTrackers {
        assert!(matches!(once(headers, "content-length"), None | Some("0")));
        assert!(!headers.contains_key("transfer-encoding"));
        return;
    }
    assert!(once(headers, "content-type").unwrap().to_ascii_lowercase().starts_with("application/json"));
    let length = once(headers, "content-length").map(|length| length.parse::<u32>().unwrap());
    assert!(length.is_none_or(|length| length <= POLICY.max_body_bytes()));
    assert!(length.is_none() || once(headers, "transfer-encoding").is_none());
}

/// Nothing was sent, only the requesting page can read the refusal, and it contains no secret.
fn check_answer(response: &Response, from_page: bool) {
    assert!(!contains(response.body(), SECRET) && !format!("{response:?}").contains(SECRET));
    assert!(from_page || !response.headers().contains_key("access-control-allow-origin"));
    if response.status() != StatusCode::NO_CONTENT {
        assert!(response.status().is_client_error());
        let problem: Value = serde_json::from_slice(response.body()).unwrap();
        assert_eq!((&problem["sent"], &problem["status"]), (&json!("no"), &json!(response.status().as_u16())));
    }
}

fn contains(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

fn check_forwarded(route: &Route, body: &[u8]) {
    let date = SdkDate::from_unix_seconds(NOW).unwrap();
    match check_body(&POLICY, route, body, &KEYS, date) {
        Body::Respond(response) => check_answer(&response, route.origin.is_some()),
        Body::Send(request) => {
            assert_eq!(request.method(), route.operation.method());
            let question_mark = if route.query.is_empty() { "" } else { "?" };
            let path = route.operation.path(&route.id);
            assert_eq!(request.uri(), &*format!("https://{UPSTREAM}{path}{question_mark}{}", route.query));
            let known = ["accept", "content-type", "user-agent", "authorization", "x-sdk-date"];
            assert!(request.headers().keys().all(|name| known.contains(&name.as_str())));
            assert!(verify_http(&request, NOW, |_| Some(KEYS.clone())).is_ok());
            assert!(!format!("{request:?}").contains(SECRET));
            // The encoded body is encoded to itself.
            assert_eq!(written(route.operation, body), *request.body());
            assert_eq!(written(route.operation, request.body()), *request.body());
        }
    }
}

fn written(operation: Operation, body: &[u8]) -> Vec<u8> {
    match operation {
        Operation::ListTrackers => return Vec::new(),
        Operation::CreateTracker => serde_json::to_vec(&validate::create_tracker_json(body, &mut Buffer::default(), exact).unwrap().value.unwrap()),
        Operation::CheckObsBuckets => {
            serde_json::to_vec(&validate::check_obs_buckets_json(body, &mut Buffer::default(), exact).unwrap().value.unwrap())
        }
    }
    .unwrap()
}
