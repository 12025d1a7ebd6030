//! Any status and body as the answer to either request. Two bytes are the status, one chooses the content type.
#![no_main]

use cts_tracker::client::{self, Action, Answer, Call, End, Event, Kind, Policy, SHOWN};
use cts_tracker::service::Operation;
use cts_tracker::service::error_body::{self, Headers, Sent};
use libfuzzer_sys::fuzz_target;
use serde_json::Value;

const TYPES: [&str; 4] = ["application/json", "application/problem+json", "text/html", ""];

fuzz_target!(|bytes: &[u8]| {
    let [high, low, kind, body @ ..] = bytes else { return };
    let status = 100 + u16::from_be_bytes([*high, *low]) % 500;
    let content_type = TYPES[usize::from(*kind) % TYPES.len()];
    let headers = Headers { content_type: content_type.to_owned(), ..Headers::default() };
    let body = String::from_utf8_lossy(body);

    let error = error_body::read(status, &headers, &body);
    assert_eq!(error.status, status);
    // Nobody else is believed about what was sent.
    assert!(error.proxy.is_none() || content_type == "application/problem+json");

    for operation in Operation::ALL {
        let policy = Policy {
            timeout: 1e9,
            retries: 3,
            parse_date: |date| client::http_date(date).unwrap_or(f64::NAN),
            after_unknown: false,
        };
        let mut call = Call::new(operation, policy, 0.0);
        call.leaves();
        let end = if kind % 8 < 4 { End::Whole } else { End::Broken };
        let answer = Answer { status, headers: &headers, body: &body, end };
        let action = call.next(Event::Answer(answer), 0.0, 0.5);
        let failure = call.failure();
        assert!(failure.received.len() <= SHOWN);
        match action {
            Action::Succeed => {
                assert!((200..300).contains(&status) && end == End::Whole);
                assert!(is_object(&body));
            }
            Action::Wait(wait) => {
                assert!((0.0..=30_000.0).contains(&wait));
                if operation == Operation::CreateTracker {
                    // Only what surely created nothing is sent again.
                    assert!(failure.kind == Kind::Throttled || error.proxy == Some(Sent::No));
                    assert!(!(200..300).contains(&status));
                }
            }
            Action::Fail if operation == Operation::CreateTracker => {
                // Whoever may have created a tracker says so.
                let unknown = (200..300).contains(&status)
                    || failure.kind == Kind::Server
                    || error.proxy.is_some_and(|sent| sent != Sent::No);
                assert!(failure.may_already_exist || !unknown);
            }
            Action::Fail => {}
        }
    }
});

fn is_object(text: &str) -> bool {
    match serde_json::from_str::<Value>(text) {
        Ok(value) => value.is_object(),
        // It holds neither lone surrogates nor great depth.
        Err(error) => !error.is_eof(),
    }
}
