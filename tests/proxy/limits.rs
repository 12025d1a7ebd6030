//! Rates, requests in flight, the lock-out and expired keys.

use crate::support::*;
use cts_tracker::proxy::{BodyStep, Head, KeysStep, ProblemCode, Response, SigningProxy, Upstream};
use cts_tracker::service::Operation;
use cts_tracker::signing::Credentials;
use serde_json::{Value, json};

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
