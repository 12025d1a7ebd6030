//! What holds for any sequence of faults and any response.

use super::*;

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
