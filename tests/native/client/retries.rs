//! When a request is sent again, and after which wait.

use super::*;

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
fn a_wait_beyond_the_timeout_is_not_started() {
    let short = CallOptions { timeout_ms: 1000.0, ..OPTIONS };
    let (tries, waits, failure) = persist(CreateTracker, short, &answer(429, ""));
    assert_eq!((tries, waits, failure.kind), (1, vec![], ErrorKind::Throttled));
    let (tries, waits, _) = persist(CheckObsBuckets, short, &answer(502, ""));
    assert_eq!((tries, waits), (3, vec![150.0, 300.0]));
    let none = CallOptions { max_retries: 0, ..OPTIONS };
    assert_eq!(persist(CheckObsBuckets, none, &answer(502, "")).0, 1);
}
