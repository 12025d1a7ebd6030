//! Rates, requests in flight, the lock-out and expired keys.

use super::support::*;
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
        let times = Upstream { sent, received: sent + 100.0, offset: 0.0, is_repeat: false };
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
    let mut proxy = Proxy::new(
        json!({ "maxConcurrent": 1000, "maxConcurrentPerClient": 1000, "ratePerClient": { "perMinute": 600, "burst": 20 } }),
    );
    // A thousand requests in one second.
    let passed = (0..1_000).filter(|i| proxy.head("a", f64::from(*i)).is_ok()).count();
    assert_eq!(passed, 20 + 9);
    let mut unlimited = Proxy::new(json!({ "maxConcurrent": 1000, "maxConcurrentPerClient": 1000 }));
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
    again.proxy.restore(proxy.proxy.lockout());
    assert_eq!(again.head("", NOW + 30_099.0), refused("keys_refused", 503, "1"));
    let request = again.head("", NOW + 30_100.0).unwrap();
    assert!(matches!(again.body(request, &keys, NOW + 30_100.0), BodyStep::Send { .. }));
    assert_eq!(again.answer(request, &keys, 401, NOW + 30_100.0), Some(60_000.0));
}

#[test]
fn concurrent_requests_with_unverified_keys_are_limited() {
    let (mut proxy, keys) = (Proxy::new(json!({})), keys());
    // The first request goes alone.
    let create = route(Operation::CreateTracker, PROJECT);
    let unavailable = Upstream { sent: NOW - 2.0, received: NOW - 1.0, offset: 0.0, is_repeat: false };
    proxy.proxy.answer(0, &create, &upstream(503, &[], "{}"), &keys, unavailable);
    let admitted: Vec<u32> = (0..5).map(|_| proxy.head("", NOW).unwrap()).collect();
    for request in &admitted[..3] {
        assert!(matches!(proxy.body(*request, &keys, NOW), BodyStep::Send { .. }));
    }
    assert!(matches!(proxy.body(admitted[3], &keys, NOW), BodyStep::Wait));
    // A request waits at most as long as the upstream timeout.
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
    provided.answer(0, &create, &upstream(503, &[], "{}"), &keys, unavailable);
    let mut send = |request: u32, keys: &Credentials| {
        provided.body(request, &create, SYSTEM.as_bytes(), keys, f64::INFINITY, NOW, NOW)
    };
    assert!((1..=3).all(|request| matches!(send(request, &keys), BodyStep::Send { .. })));
    assert!(matches!(send(4, &keys), BodyStep::Wait));
    for request in 1..=3 {
        let times = Upstream { sent: NOW, received: NOW + 1.0, offset: 0.0, is_repeat: false };
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

#[test]
fn a_head_without_a_body_takes_no_place() {
    let (mut proxy, keys) = (Proxy::new(json!({})), keys());
    for _ in 0..256 {
        let _ = proxy.head("10.0.0.1", NOW);
    }
    let other = proxy.head("10.0.0.2", NOW).expect("a place for another client");
    assert!(matches!(proxy.body(other, &keys, NOW), BodyStep::Send { .. }));
    // Clients without an address share the limit of all.
    let mut unknown = Proxy::new(json!({ "maxConcurrent": 20 }));
    assert_eq!((0..1_000).filter(|_| unknown.head("", NOW).is_ok()).count(), 80);
    assert_eq!(unknown.head("", NOW), refused("too_many_in_flight", 503, "1"));
    assert!(unknown.head("", NOW + 30_000.0).is_ok(), "heads without bodies are forgotten");
}

#[test]
fn a_client_has_a_share_of_the_places() {
    let keys = keys();
    let prove = |proxy: &mut Proxy| {
        let request = proxy.head("first", NOW - 9.0).unwrap();
        assert!(matches!(proxy.body(request, &keys, NOW - 9.0), BodyStep::Send { .. }));
        assert_eq!(proxy.answer(request, &keys, 200, NOW - 9.0), None);
    };
    let passed = |proxy: &mut Proxy, client: &str| {
        (0..300)
            .filter(|_| {
                let request = proxy.head(client, NOW);
                request.is_ok_and(|request| matches!(proxy.body(request, &keys, NOW), BodyStep::Send { .. }))
            })
            .count()
    };
    let mut proxy = Proxy::new(json!({}));
    prove(&mut proxy);
    assert_eq!(passed(&mut proxy, "a"), 128, "half");
    assert_eq!(passed(&mut proxy, ""), 128, "clients without an address take what is left");
    assert_eq!(passed(&mut proxy, "c"), 0);
    let mut wide = Proxy::new(json!({ "maxConcurrentPerClient": 200 }));
    prove(&mut wide);
    assert_eq!(passed(&mut wide, "a"), 200);
    let mut small = Proxy::new(json!({ "maxConcurrent": 20 }));
    prove(&mut small);
    assert_eq!(passed(&mut small, "a"), 16, "at least 16");
    // The limit holds when the body is complete, too.
    let mut late = Proxy::new(json!({ "maxConcurrent": 2, "maxConcurrentPerClient": 2 }));
    prove(&mut late);
    let requests = ["a", "b", "c"].map(|client| late.head(client, NOW).unwrap());
    let steps = requests.map(|request| late.body(request, &keys, NOW));
    let [BodyStep::Send { .. }, BodyStep::Send { .. }, BodyStep::Respond(response)] = steps else {
        panic!("{steps:?}")
    };
    assert_eq!(refusal(&response), ("too_many_in_flight".to_owned(), 503, "1".to_owned()));
    assert_eq!(late.proxy.status(NOW).in_flight, 2);
}

#[test]
fn an_exhausted_client_stays_exhausted() {
    let rate = json!({ "maxConcurrent": 1_000_000, "maxConcurrentPerClient": 1_000_000,
        "ratePerClient": { "perMinute": 1, "burst": 1 } });
    let mut proxy = Proxy::new(rate.clone());
    assert!(proxy.head("10.0.0.1", NOW).is_ok());
    assert_eq!(proxy.head("10.0.0.1", NOW), refused("rate_limited", 429, "60"));
    for i in 0..10_001 {
        let _ = proxy.head(&format!("10.{}.{}.2", i / 250, i % 250), NOW + 1.0);
    }
    assert_eq!(proxy.head("10.0.0.1", NOW + 2.0), refused("rate_limited", 429, "60"));
    assert_eq!(proxy.head("11.0.0.1", NOW + 2.0), refused("rate_limited", 429, "60"), "new ones share a rate");
    assert!(proxy.head("11.0.0.1", NOW + 60_001.0).is_ok(), "full buckets are forgotten");

    // Forms of one client's address.
    for (first, second, same) in [
        ("192.0.2.1", "::ffff:192.0.2.1", true),
        ("192.0.2.1", "::FFFF:c000:201", true),
        ("192.0.2.1", "192.0.2.1:4711", true),
        ("192.0.2.1", "[::ffff:192.0.2.1]:4711", true),
        ("192.0.2.1", "64:ff9b::192.0.2.1", true),
        ("192.0.2.1", "192.0.2.2", false),
        ("64:ff9b::192.0.2.1", "64:ff9b::192.0.2.2", false),
        ("2001:db8:0:1::1", "2001:db8:0:1:ffff:ffff:ffff:ffff", true),
        ("2001:db8:0:1::1", "[2001:db8:0:1::2]", true),
        ("2001:db8:0:1::1", "2001:db8:0:2::1", false),
        ("fe80::1%eth0", "fe80::2", true),
        ("someone", "someone else", false),
    ] {
        let mut proxy = Proxy::new(rate.clone());
        assert!(proxy.head(first, NOW).is_ok());
        assert_eq!(proxy.head(second, NOW).is_err(), same, "{first} {second}");
    }
}

/// A service that refuses every signature, and when it refused those of an access key.
#[derive(Default)]
struct LockingService(std::collections::BTreeMap<String, Vec<f64>>);

impl LockingService {
    /// Sends requests through the proxy: at each time several at once. Returns the most bad signatures of one key, and
    /// of all keys, in any five minutes.
    fn most_refused(
        at_once: u32,
        has_provider: bool,
        keys: impl Fn(u32) -> Credentials,
        answer: impl Fn(u32) -> http::Response<Vec<u8>>,
    ) -> (usize, usize) {
        let mut proxy = Proxy { proxy: SigningProxy::new(policy(), has_provider), requests: 0 };
        let mut service = LockingService::default();
        let check = route(Operation::CheckObsBuckets, DOMAIN);
        for turn in 0..400 {
            let now = NOW + f64::from(turn) * 3_000.0;
            let mut sent = Vec::new();
            for i in 0..at_once {
                let keys = keys(turn * at_once + i);
                if has_provider {
                    proxy.proxy.fetched(Some(f64::INFINITY), now);
                }
                let Ok(request) = proxy.head("", now) else { continue };
                match proxy.body(request, &keys, now) {
                    BodyStep::Send { clock_offset_ms, .. } => sent.push((request, keys, clock_offset_ms)),
                    _ => proxy.proxy.release(request),
                }
            }
            for (request, keys, offset) in sent {
                let answered = answer(turn);
                if answered.status() == 401 {
                    service.0.entry(keys.access_key_id().to_owned()).or_default().push(now);
                }
                let times = Upstream { sent: now, received: now + 100.0, offset, is_repeat: false };
                let Some(_) = proxy.proxy.answer(request, &check, &answered, &keys, times).response else {
                    let step = proxy.body(request, &keys, now + 200.0);
                    if let BodyStep::Send { clock_offset_ms: offset, .. } = step {
                        service.0.entry(keys.access_key_id().to_owned()).or_default().push(now + 200.0);
                        let times = Upstream { sent: now + 200.0, received: now + 300.0, offset, is_repeat: true };
                        assert!(proxy.proxy.answer(request, &check, &answered, &keys, times).response.is_some());
                    } else {
                        proxy.proxy.release(request);
                    }
                    continue;
                };
            }
        }
        let most = |times: &[f64]| {
            times.iter().map(|start| times.iter().filter(|at| (0.0..300_000.0).contains(&(*at - start))).count()).max()
        };
        let all: Vec<f64> = service.0.values().flatten().copied().collect();
        (service.0.values().filter_map(|times| most(times)).max().unwrap(), most(&all).unwrap())
    }
}

#[test]
fn no_key_is_locked_whatever_the_provider_and_the_service_do() {
    let key = |id: u32, secret: u32| Credentials::new(&format!("AK{id}"), &format!("S{secret}"), None).unwrap();
    let refuse = |date: &str, code: &str| {
        let body = json!({ "error_msg": code, "error_code": "APIGW.0301" }).to_string();
        upstream(401, &[("date", date)], &body)
    };
    let bad = |_: u32| refuse("", "verify aksk signature fail");
    let jumping = |turn: u32| {
        let minute = if turn.is_multiple_of(2) { 10 } else { 59 };
        refuse(&format!("Wed, 19 Jun 2024 {:02}:{minute}:10 GMT", turn % 24), "signature expired")
    };
    let between = |turn: u32| if turn.is_multiple_of(2) { upstream(200, &[], "{}") } else { bad(turn) };
    let jumping_between = |turn: u32| if turn.is_multiple_of(3) { upstream(200, &[], "{}") } else { jumping(turn) };
    for at_once in [1, 2, 5] {
        for (name, (one, all)) in [
            ("fixed", LockingService::most_refused(at_once, false, |_| key(1, 1), bad)),
            ("the same", LockingService::most_refused(at_once, true, |_| key(1, 1), bad)),
            ("two keys in turn", LockingService::most_refused(at_once, true, |i| key(i % 2, 1), bad)),
            ("other secrets of one key", LockingService::most_refused(at_once, true, |i| key(1, i), bad)),
            ("others each time", LockingService::most_refused(at_once, true, |i| key(i, 1), bad)),
            ("a Date that jumps", LockingService::most_refused(at_once, false, |_| key(1, 1), jumping)),
            ("both", LockingService::most_refused(at_once, true, |i| key(i % 2, i), jumping)),
        ] {
            println!("{name}, {at_once} at once: {one} bad signatures of a key, {all} of all keys");
            assert!(one <= 4, "{name}, {at_once} at once: {one} bad signatures of a key in five minutes");
            assert!(all <= 8, "{name}, {at_once} at once: {all} bad signatures in five minutes");
        }
    }
    // Answers between them that accept the signature do not start the count again.
    for (one, all) in [
        LockingService::most_refused(1, false, |_| key(1, 1), between),
        LockingService::most_refused(1, true, |i| key(i % 3, 1), between),
        LockingService::most_refused(1, false, |_| key(1, 1), jumping_between),
    ] {
        assert!(one <= 4 && all <= 8, "{one} bad signatures of a key, {all} of all keys");
    }
}
