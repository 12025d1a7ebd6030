//! The failure that a call ends with.

use super::*;

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
