//! Tests of the client: when it retries, how each call ends, and how it reads responses.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use cts_tracker::client::{
    Action, Answer, Backoff, BodyEnd, Call, CallOptions, ErrorKind, Event, Failure, http_date, retry_after, validate,
};
use cts_tracker::service::Operation::{self, CheckObsBuckets, CreateTracker, ListTrackers};
use cts_tracker::service::error_body::{Headers, Sent};
use proptest::prelude::*;

const OPTIONS: CallOptions = CallOptions { timeout_ms: 120_000.0, max_retries: 2, after_unknown: false, parse_date };
const OPERATIONS: [Operation; 3] = Operation::ALL;

fn parse_date(text: &str) -> f64 {
    http_date(text).unwrap_or(f64::NAN)
}

/// The result of a try that was sent.
#[derive(Clone, Debug)]
enum Fault {
    Answer(u16, &'static str, &'static str, BodyEnd),
    Header(u16, &'static str),
    Lost(Sent),
    TryTimeout,
    Timeout,
    Abort,
}

fn answer(status: u16, body: &'static str) -> Fault {
    Fault::Answer(status, "application/json", body, BodyEnd::Complete)
}

fn problem(status: u16, body: &'static str) -> Fault {
    Fault::Answer(status, "application/problem+json", body, BodyEnd::Complete)
}

fn next(call: &mut Call, fault: &Fault, now: f64, random: f64) -> Action {
    let mut headers = Headers { request_id: "req".into(), ..Headers::default() };
    let event = match fault {
        Fault::Answer(status, kind, body, end) => {
            headers.content_type = (*kind).into();
            Event::Answer(Answer { status: *status, headers: &headers, body, end: *end })
        }
        Fault::Header(status, retry_after) => {
            headers.retry_after = (*retry_after).into();
            Event::Answer(Answer { status: *status, headers: &headers, body: "", end: BodyEnd::Complete })
        }
        Fault::Lost(sent) => Event::ConnectionFailed(*sent),
        Fault::TryTimeout => Event::TryTimeout,
        Fault::Timeout => Event::Timeout,
        Fault::Abort => Event::Aborted,
    };
    call.next(event, now, random)
}

/// Meets the same fault at every try. Returns the number of tries, the waits and the failure.
fn persist(operation: Operation, options: CallOptions, fault: &Fault) -> (u32, Vec<f64>, Failure) {
    let (mut now, mut waits) = (0.0, Vec::new());
    let mut call = Call::new(operation, options, now);
    loop {
        call.begin_try();
        match next(&mut call, fault, now, 0.5) {
            Action::Wait(wait) => {
                waits.push(wait);
                now += wait;
            }
            Action::Fail => {
                let failure = call.failure().clone();
                return (failure.attempts, waits, failure);
            }
            other => panic!("{fault:?}: {other:?}"),
        }
    }
}

fn fails(call: &mut Call, event: Event<'_>) -> Failure {
    assert_eq!(call.next(event, 0.0, 0.0), Action::Fail);
    call.failure().clone()
}

fn check(operation: Operation, fault: &Fault, waits: &[f64], kind: ErrorKind, sent: Sent) -> Failure {
    let (tries, waited, failure) = persist(operation, OPTIONS, fault);
    assert_eq!((waited.as_slice(), failure.kind, failure.sent), (waits, kind, sent), "{operation:?} {fault:?}");
    assert_eq!(tries as usize, waits.len() + 1);
    failure
}

#[test]
fn unsent_requests_are_retried() {
    for operation in OPERATIONS {
        check(operation, &Fault::Lost(Sent::No), &[150.0, 300.0], ErrorKind::Network, Sent::No);
        let body = r#"{"code":"upstream_unreachable","sent":"no"}"#;
        let failure = check(operation, &problem(502, body), &[150.0, 300.0], ErrorKind::Proxy, Sent::No);
        assert_eq!((&*failure.error.code, failure.error.status), ("upstream_unreachable", 502));
        let no_keys = problem(503, r#"{"code":"no_credentials","sent":"no"}"#);
        check(operation, &no_keys, &[150.0, 300.0], ErrorKind::Proxy, Sent::No);
        let limit = problem(429, r#"{"code":"too_many_requests","sent":"no"}"#);
        check(operation, &limit, &[1000.0, 2000.0], ErrorKind::Throttled, Sent::No);
        // Permanent refusals of the proxy are not retried.
        for status in [400, 401, 403, 404, 405, 413, 415, 421, 422] {
            check(operation, &problem(status, r#"{"code":"x","sent":"no"}"#), &[], ErrorKind::Proxy, Sent::No);
        }
    }
}

#[test]
fn throttled_requests_are_retried_after_a_wait() {
    for operation in OPERATIONS {
        for fault in [
            answer(429, ""),
            answer(429, r#"{"error_code":"APIGW.0308","error_msg":"slow down"}"#),
            answer(429, r#"{"error_code":"apig.0308"}"#),
            // The code takes precedence over the status.
            answer(400, r#"{"error_code":"APIG.0308"}"#),
            answer(503, r#"{"error_code":"APIGW.0308"}"#),
        ] {
            check(operation, &fault, &[1000.0, 2000.0], ErrorKind::Throttled, Sent::Yes);
        }
        for (header, waits) in [
            ("10", &[10_000.0, 10_000.0][..]),
            ("1", &[1000.0, 2000.0]),
            ("30", &[30_000.0, 30_000.0]),
            ("31", &[]),
            ("31536000", &[]),
            ("Fri, 02 Jan 1970 00:00:00 GMT", &[]),
            ("-1", &[1000.0, 2000.0]),
            ("soon", &[1000.0, 2000.0]),
        ] {
            let failure = check(operation, &Fault::Header(429, header), waits, ErrorKind::Throttled, Sent::Yes);
            assert_eq!(failure.retry_after, retry_after(header, waits.iter().sum(), parse_date), "{header}");
        }
    }
}

#[test]
fn unavailable_is_not_retried() {
    for operation in OPERATIONS {
        for fault in [answer(503, ""), answer(503, r#"{"error_code":"CTS.0009"}"#), Fault::Header(503, "1")] {
            let failure = check(operation, &fault, &[], ErrorKind::Unavailable, Sent::Yes);
            assert!(!failure.may_already_exist);
        }
    }
}

#[test]
fn failures_after_sending() {
    for fault in [answer(500, r#"{"error_code":"CTS.0004"}"#), answer(502, "<html>"), answer(504, "")] {
        let failure = check(CreateTracker, &fault, &[], ErrorKind::OutcomeUnknown, Sent::Yes);
        assert!(failure.may_already_exist);
        assert!(failure.error.status >= 500);
        check(CheckObsBuckets, &fault, &[150.0, 300.0], ErrorKind::Server, Sent::Yes);
    }
    for (fault, kind) in [(Fault::Lost(Sent::Unknown), ErrorKind::Network), (Fault::TryTimeout, ErrorKind::Timeout)] {
        let failure = check(CreateTracker, &fault, &[], ErrorKind::OutcomeUnknown, Sent::Unknown);
        assert!(failure.may_already_exist);
        check(CheckObsBuckets, &fault, &[150.0, 300.0], kind, Sent::Unknown);
    }
    check(CreateTracker, &Fault::Timeout, &[], ErrorKind::OutcomeUnknown, Sent::Unknown);
    check(CheckObsBuckets, &Fault::Timeout, &[], ErrorKind::Timeout, Sent::Unknown);
    // If the connection breaks in the body, the status still counts.
    let cut = Fault::Answer(500, "application/json", r#"{"error_c"#, BodyEnd::Broken);
    check(CreateTracker, &cut, &[], ErrorKind::OutcomeUnknown, Sent::Yes);
    check(CheckObsBuckets, &cut, &[150.0, 300.0], ErrorKind::Server, Sent::Yes);
    // Other 5xx statuses are not retried.
    check(CreateTracker, &answer(501, ""), &[], ErrorKind::OutcomeUnknown, Sent::Yes);
    check(CheckObsBuckets, &answer(501, ""), &[], ErrorKind::Server, Sent::Yes);
    // The requested wait is above the maximum.
    check(CheckObsBuckets, &Fault::Header(502, "5"), &[5000.0, 5000.0], ErrorKind::Server, Sent::Yes);
    check(CheckObsBuckets, &Fault::Header(502, "6"), &[], ErrorKind::Server, Sent::Yes);
}

#[test]
fn problem_details_of_the_proxy_about_a_sent_request() {
    for (status, sent) in [(502, "yes"), (504, "unknown"), (500, "unknown"), (429, "unknown"), (400, "yes")] {
        let body: &'static str = format!(r#"{{"code":"c","sent":"{sent}"}}"#).leak();
        let expected = if sent == "yes" { Sent::Yes } else { Sent::Unknown };
        let failure = check(CreateTracker, &problem(status, body), &[], ErrorKind::OutcomeUnknown, expected);
        assert!(failure.may_already_exist);
        let waits: &[f64] = match status {
            429 => &[1000.0, 2000.0],
            500.. => &[150.0, 300.0],
            _ => &[],
        };
        let kind = if status == 429 { ErrorKind::Throttled } else { ErrorKind::Proxy };
        check(CheckObsBuckets, &problem(status, body), waits, kind, expected);
    }
    // The status decides if the problem details have no `sent`.
    check(CreateTracker, &problem(429, r#"{"code":"x"}"#), &[1000.0, 2000.0], ErrorKind::Throttled, Sent::Yes);
    check(CreateTracker, &problem(502, r#"{"code":"x"}"#), &[], ErrorKind::OutcomeUnknown, Sent::Yes);
}

#[test]
fn a_lookup_is_retried_like_a_check() {
    for fault in [
        answer(500, r#"{"error_code":"CTS.0005"}"#),
        answer(502, "<html>"),
        answer(504, ""),
        answer(501, ""),
        answer(200, "[]"),
        problem(504, r#"{"code":"c","sent":"unknown"}"#),
        problem(429, r#"{"code":"c","sent":"unknown"}"#),
        Fault::Lost(Sent::Unknown),
        Fault::TryTimeout,
        Fault::Timeout,
        Fault::Answer(200, "application/json", r#"{"tra"#, BodyEnd::Broken),
        Fault::Answer(200, "application/json", r#"{"tra"#, BodyEnd::TooLong),
    ] {
        assert_eq!(persist(ListTrackers, OPTIONS, &fault), persist(CheckObsBuckets, OPTIONS, &fault), "{fault:?}");
    }
}

#[test]
fn a_404_of_the_service_is_an_empty_list() {
    let ends = |operation: Operation, fault: &Fault| {
        let mut call = Call::new(operation, OPTIONS, 0.0);
        call.begin_try();
        (next(&mut call, fault, 0.0, 0.5), call.failure().kind)
    };
    for body in
        [r#"{"error_code":"CTS.0214","error_msg":"The tracker does not exist."}"#, r#"{"error_code":"cts.0214"}"#, ""]
    {
        assert_eq!(ends(ListTrackers, &answer(404, body)).0, Action::Succeed, "{body:?}");
        assert_eq!(ends(CheckObsBuckets, &answer(404, body)), (Action::Fail, ErrorKind::NotFound), "{body:?}");
    }
    // There is no such API, or the server is another one.
    for body in
        [r#"{"error_code":"APIGW.0101"}"#, r#"{"error_code":"APIG.0101"}"#, "<html>", "404 page not found", "{}"]
    {
        assert_eq!(ends(ListTrackers, &answer(404, body)), (Action::Fail, ErrorKind::NotFound), "{body:?}");
    }
    // The rest of the body did not arrive, so it is not known what the answer says.
    for end in [BodyEnd::Broken, BodyEnd::TooLong] {
        let broken = Fault::Answer(404, "application/json", "", end);
        assert_eq!(ends(ListTrackers, &broken), (Action::Fail, ErrorKind::NotFound), "{end:?}");
    }
    // The proxy does not allow lookups.
    let refused = problem(404, r#"{"code":"not_found","sent":"no"}"#);
    assert_eq!(ends(ListTrackers, &refused), (Action::Fail, ErrorKind::Proxy));
}

#[test]
fn refusals() {
    for operation in OPERATIONS {
        for (status, body, kind) in [
            (400, r#"{"error_code":"CTS.0203"}"#, ErrorKind::Rejected),
            (400, "", ErrorKind::Rejected),
            (401, r#"{"error_code":"APIGW.0301"}"#, ErrorKind::Auth),
            (403, r#"{"error_code":"CTS.0013"}"#, ErrorKind::Forbidden),
            (404, r#"{"error_code":"APIGW.0101"}"#, ErrorKind::NotFound),
            (405, "", ErrorKind::Rejected),
            (409, "", ErrorKind::Conflict),
            (413, "", ErrorKind::Rejected),
            (494, "", ErrorKind::Rejected),
            // A number in place of a code, longer than any code.
            (400, r#"{"error_code":77777777777777777777}"#, ErrorKind::Rejected),
            (400, r#"{"error_code":"CTS.0201"}"#, ErrorKind::Conflict),
            (400, r#"{"error_code":"cts.0208"}"#, ErrorKind::Conflict),
            (400, r#"{"error_code":"CTS.0209"}"#, ErrorKind::Conflict),
            (400, r#"{"error_code":"CTS.0215"}"#, ErrorKind::Conflict),
            (400, r#"{"error_code":"CTS.0229"}"#, ErrorKind::Conflict),
        ] {
            let failure = check(operation, &answer(status, body), &[], kind, Sent::Yes);
            assert_eq!((failure.error.status, &*failure.error.request_id), (status, "req"));
            assert!(!failure.may_already_exist && failure.received.is_none());
        }
    }
}

#[test]
fn an_http_proxy_that_demands_authentication_forwards_nothing() {
    for operation in OPERATIONS {
        check(operation, &answer(407, ""), &[], ErrorKind::Rejected, Sent::No);
    }
}

#[test]
fn a_conflict_after_an_unknown_outcome_may_already_exist() {
    let after = CallOptions { after_unknown: true, ..OPTIONS };
    for (code, may) in [("CTS.0201", true), ("CTS.0208", true), ("CTS.0209", false), ("CTS.0203", false)] {
        let body: &'static str = format!(r#"{{"error_code":"{code}"}}"#).leak();
        let (_, _, failure) = persist(CreateTracker, after, &answer(400, body));
        assert_eq!(failure.may_already_exist, may, "{code}");
        assert!(!persist(CreateTracker, OPTIONS, &answer(400, body)).2.may_already_exist);
        assert!(!persist(CheckObsBuckets, after, &answer(400, body)).2.may_already_exist);
    }
}

#[test]
fn abort() {
    for operation in OPERATIONS {
        // Before the first try is sent.
        let mut call = Call::new(operation, OPTIONS, 0.0);
        let failure = fails(&mut call, Event::Aborted);
        assert_eq!((failure.kind, failure.sent, failure.attempts), (ErrorKind::Aborted, Sent::No, 0));
        assert!(!failure.may_already_exist);
        // While a try is in flight.
        let failure = check(operation, &Fault::Abort, &[], ErrorKind::Aborted, Sent::Unknown);
        assert_eq!(failure.may_already_exist, operation == CreateTracker);
        // Between two tries, the result of the last try is kept.
        for (fault, sent) in [(Fault::Lost(Sent::No), Sent::No), (answer(429, ""), Sent::Yes)] {
            let mut call = Call::new(operation, OPTIONS, 0.0);
            call.begin_try();
            assert!(matches!(next(&mut call, &fault, 0.0, 0.5), Action::Wait(_)));
            let failure = fails(&mut call, Event::Aborted);
            assert_eq!((failure.kind, failure.sent, failure.attempts), (ErrorKind::Aborted, sent, 1));
            assert!(!failure.may_already_exist);
        }
    }
}

#[test]
fn the_timeout_ends_before_the_first_try() {
    for operation in OPERATIONS {
        for (event, kind) in [(Event::Timeout, ErrorKind::Timeout), (Event::HeadersFailed, ErrorKind::Auth)] {
            let mut call = Call::new(operation, OPTIONS, 0.0);
            let failure = fails(&mut call, event);
            assert_eq!((failure.kind, failure.sent, failure.attempts), (kind, Sent::No, 0));
            assert!(!failure.may_already_exist);
        }
    }
}

#[test]
fn an_invalid_body_is_a_bad_response() {
    let long: &'static str = "x".repeat(5000).leak();
    for (body, end) in [
        ("", BodyEnd::Complete),
        ("<!DOCTYPE html><title>Sign in</title>", BodyEnd::Complete),
        (r#"{"id":"a","crea"#, BodyEnd::Complete),
        ("[]", BodyEnd::Complete),
        ("{}", BodyEnd::Complete),
        (r#"{"id":5,"buckets":"none"}"#, BodyEnd::Complete),
        (r#"{"id":"a","buckets":[]}"#, BodyEnd::TooLong),
        (long, BodyEnd::Complete),
    ] {
        for (operation, status) in [(CreateTracker, 201), (CreateTracker, 204), (CheckObsBuckets, 200)] {
            let fault = Fault::Answer(status, "text/html", body, end);
            let failure = check(operation, &fault, &[], ErrorKind::BadResponse, Sent::Yes);
            assert_eq!(failure.received.as_deref(), body.get(..body.len().min(1000)));
            assert_eq!(failure.may_already_exist, operation == CreateTracker);
            assert_eq!((failure.error.status, &*failure.error.request_id), (status, "req"));
        }
    }
    // checkObsBuckets is retried after a broken connection.
    let broken = Fault::Answer(200, "", r#"{"buckets":[{"bu"#, BodyEnd::Broken);
    check(CheckObsBuckets, &broken, &[150.0, 300.0], ErrorKind::BadResponse, Sent::Yes);
    let failure = check(CreateTracker, &broken, &[], ErrorKind::BadResponse, Sent::Yes);
    assert!(failure.may_already_exist);
    // Redirects are not followed. A status of 0 is one that the browser hides.
    for status in [0, 301, 302, 307, 308] {
        let failure = check(CreateTracker, &answer(status, "see other"), &[], ErrorKind::BadResponse, Sent::Yes);
        assert_eq!((failure.received.as_deref(), failure.may_already_exist), (Some("see other"), false));
    }
}

#[test]
fn success() {
    for (operation, status, body) in [
        (CreateTracker, 201, r#"{"id":"a"}"#),
        (CreateTracker, 200, r#"{"tracker_name":"a","new":[]}"#),
        (CheckObsBuckets, 200, r#"{"buckets":[{"check_bucket_response":{"success":false}}]}"#),
    ] {
        let mut call = Call::new(operation, OPTIONS, 0.0);
        call.begin_try();
        assert_eq!(next(&mut call, &answer(status, body), 0.0, 0.0), Action::Succeed);
    }
}

#[test]
fn a_wait_beyond_the_timeout_is_not_started() {
    let short = CallOptions { timeout_ms: 1000.0, ..OPTIONS };
    let (tries, waits, failure) = persist(CreateTracker, short, &answer(429, ""));
    assert_eq!((tries, waits, failure.kind), (1, vec![], ErrorKind::Throttled));
    let (tries, waits, _) = persist(CheckObsBuckets, short, &answer(502, ""));
    assert_eq!((tries, waits), (3, vec![150.0, 300.0]));
    let none = CallOptions { max_retries: 0, ..OPTIONS };
    assert_eq!(persist(CheckObsBuckets, none, &answer(502, "")).0, 1);
}

fn any_fault() -> impl Strategy<Value = Fault> {
    let body = prop_oneof![
        Just(""),
        Just("<html>"),
        Just("{\"error_code\":\"APIGW.0308\"}"),
        Just("{\"error_code\":\"CTS.0208\"}"),
        Just("{\"id\":\"a\"}"),
        Just("{\"buckets\":[]}"),
        Just("{\"sent\":\"no\"}"),
        Just("{\"sent\":\"unknown\"}"),
    ];
    let kind = prop_oneof![Just("application/json"), Just("application/problem+json")];
    let end = prop_oneof![Just(BodyEnd::Complete), Just(BodyEnd::Broken), Just(BodyEnd::TooLong)];
    let sent = prop_oneof![Just(Sent::No), Just(Sent::Yes), Just(Sent::Unknown)];
    let header = prop_oneof![Just(""), Just("0"), Just("3"), Just("29"), Just("31"), Just("-3"), Just("junk")];
    prop_oneof![
        (0u16..1000, kind, body, end).prop_map(|(status, kind, body, end)| Fault::Answer(status, kind, body, end)),
        (400u16..600, header).prop_map(|(status, header)| Fault::Header(status, header)),
        sent.prop_map(Fault::Lost),
        Just(Fault::TryTimeout),
        Just(Fault::Timeout),
        Just(Fault::Abort),
    ]
}

/// Whether the service may have executed the request.
fn may_have_been_executed(fault: &Fault) -> bool {
    match fault {
        Fault::Lost(sent) => *sent != Sent::No,
        Fault::TryTimeout | Fault::Timeout | Fault::Abort => true,
        Fault::Header(status, _) => *status >= 500,
        Fault::Answer(_, "application/problem+json", body, _) if body.contains("sent") => !body.contains("no\""),
        Fault::Answer(_, _, body, _) if body.contains("0308") => false,
        Fault::Answer(status, ..) => (200..300).contains(status) || *status >= 500,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    /// For any sequence of events there are at most two retries, waits are bounded and the call ends. A createTracker
    /// is not sent again after one may have been executed.
    #[test]
    fn bounds(
        create: bool,
        retries in 0u32..4,
        timeout in 1.0..200_000.0f64,
        faults in proptest::collection::vec((any_fault(), 0.0..20_000.0f64, 0.0..1.0f64), 1..8),
    ) {
        let operation = if create { CreateTracker } else { CheckObsBuckets };
        let options = CallOptions { timeout_ms: timeout, max_retries: retries, ..OPTIONS };
        let mut now = 1e12;
        let mut call = Call::new(operation, options, now);
        let mut ended = false;
        for (fault, took, random) in &faults {
            call.begin_try();
            now += took;
            match next(&mut call, fault, now, *random) {
                Action::Wait(wait) => {
                    prop_assert!((0.0..=30_000.0).contains(&wait));
                    prop_assert!(now + wait < 1e12 + timeout);
                    prop_assert!(!create || !may_have_been_executed(fault), "{fault:?}");
                    now += wait;
                }
                Action::Succeed => { ended = true; break }
                Action::Fail => {
                    let failure = call.failure();
                    prop_assert!(!failure.may_already_exist || create);
                    if create && failure.kind == ErrorKind::OutcomeUnknown {
                        prop_assert!(failure.may_already_exist && failure.sent != Sent::No);
                    }
                    prop_assert!(create || failure.kind != ErrorKind::OutcomeUnknown);
                    ended = true;
                    break;
                }
            }
        }
        prop_assert!(call.failure().attempts <= retries + 1);
        prop_assert!(ended || faults.len() as u32 <= retries);
    }

    #[test]
    fn jitter_is_full_and_bounded(tries in 1u32..100, random in 0.0..1.0f64, retry_after in proptest::option::of(0.0..1e12f64)) {
        for backoff in [Backoff::THROTTLED, Backoff::NOT_SENT, Backoff::TEMPORARY] {
            match backoff.wait(tries, retry_after, random) {
                Some(wait) => {
                    let ceiling = (backoff.base * 2f64.powi(tries as i32 - 1)).min(backoff.max);
                    prop_assert_eq!(wait, (ceiling * random).max(retry_after.unwrap_or(0.0)));
                    prop_assert!(wait <= backoff.max);
                }
                None => prop_assert!(retry_after.is_some_and(|retry_after| retry_after > backoff.max)),
            }
        }
    }

    #[test]
    fn any_header_and_any_body_have_a_result(header in ".*", body in ".*", cut in 0usize..200) {
        let _ = retry_after(&header, 0.0, parse_date);
        for operation in OPERATIONS {
            let _ = validate(operation, &body);
            let whole = r#"{"id":"a","obs_info":{"bucket_name":"b"},"buckets":[{"bucket_name":"b"}]}"#;
            if let Some(part) = whole.get(..cut) {
                prop_assert!(validate(operation, part).is_err() || part == whole);
            }
        }
    }
}

// --- the models of the responses

const CREATED: &str = r#"{ "id" : "2e6fa9b8-8c6e-456d-b5d3-77be972d220b", "create_time" : 1587958482923, "domain_id" : "aexxxxxxxx4d4fb4bexxxxxxx791fbf", "is_support_trace_files_encryption" : true, "kms_id" : "13a4207c-7abe-4b68-8510-16b84c3b5504", "agency_name" : "cts_admin_trust", "obs_info" : { "is_obs_created" : false, "bucket_name" : "test-bucket", "is_authorized_bucket" : false, "file_prefix_name" : "11", "bucket_lifecycle" : 30 }, "project_id" : "bb1xxxxxxxxe4f498cbxxxxxxxx35634", "lts" : { "is_lts_enabled" : true, "log_group_name" : "CTS", "log_topic_name" : "system-trace" }, "is_support_validate" : true, "tracker_name" : "system", "tracker_type" : "system", "status" : "enabled" }"#;

const CHECKED: &str = r#"{
  "buckets" : [ {
    "bucket_location" : "cn-north-1",
    "bucket_name" : "bucket1",
    "check_bucket_response" : {
      "response_code" : 200,
      "success" : true
    },
    "is_support_trace_files_encryption" : false,
    "kms_id" : "1f26f8d8-65d4-436b-bea2-bd0ac1984f71"
  }, {
    "bucket_location" : "cn-north-2",
    "bucket_name" : "bucket2",
    "check_bucket_response" : {
      "error_code" : "OBS.NoSuchBucket",
      "error_message" : "Error message:Request Error.OBS service Error Message.",
      "response_code" : 404,
      "success" : false
    },
    "is_support_trace_files_encryption" : false,
    "kms_id" : "0c1b7d87-5186-411a-86ce-ed3b2ec848c9"
  } ]
}"#;

#[test]
fn documented_responses_are_accepted() {
    assert_eq!(validate(CreateTracker, CREATED), Ok(()));
    assert_eq!(validate(CheckObsBuckets, CHECKED), Ok(()));
}

#[test]
fn unknown_fields_and_enum_values_are_accepted() {
    let text = r#"{"id":"a","status":"paused","detail":"somethingNew","tracker_type":"hybrid","group_id":"g","stream_id":null,
        "z":1,"b":[1,-2,3.5,18446744073709551615,{"y":true,"a":null}],
        "obs_info":{"bucket_name":"","bucket_lifecycle":0,"bucket_location":"","compress_type":"zstd"},
        "lts":{"is_lts_enabled":false,"ttl":7},
        "data_bucket":{"data_event":["READ","LIST"],"extra":{"deep":[[]]}}}"#;
    assert_eq!(validate(CreateTracker, text), Ok(()));
    let text = r#"{"buckets":[{"bucket_name":"b","new":1,"check_bucket_response":{"success":true,"latency":0.5}}],"page":{"next":null}}"#;
    assert_eq!(validate(CheckObsBuckets, text), Ok(()));
}
