//! Any status and body as the response to either request. Two bytes select the status, the third the content type.
#![no_main]

use cts_tracker::client::{self, Action, Answer, BodyEnd, Call, CallOptions, ErrorKind, Event, MAX_RECEIVED};
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
    // Only the proxy can say whether the request was sent.
    assert!(error.proxy.is_none() || content_type == "application/problem+json");

    for operation in Operation::ALL {
        let options = CallOptions {
            timeout_ms: 1e9,
            max_retries: 3,
            parse_date: |date| client::http_date(date).unwrap_or(f64::NAN),
            after_unknown: false,
        };
        let mut call = Call::new(operation, options, 0.0);
        call.begin_try();
        let end = if kind % 8 < 4 { BodyEnd::Complete } else { BodyEnd::Broken };
        let answer = Answer { status, headers: &headers, body: &body, end };
        let action = call.next(Event::Answer(answer), 0.0, 0.5);
        let failure = call.failure();
        assert!(failure.received.as_ref().is_none_or(|body| body.len() <= MAX_RECEIVED));
        match action {
            Action::Succeed => {
                if operation == Operation::ListTrackers && status == 404 {
                    continue;
                }
                assert!((200..300).contains(&status) && end == BodyEnd::Complete);
                assert!(is_object(&body));
            }
            Action::Wait(wait) => {
                assert!((0.0..=30_000.0).contains(&wait));
                if operation == Operation::CreateTracker {
                    // Nothing was created, so the request may be sent again.
                    assert!(failure.kind == ErrorKind::Throttled || error.proxy == Some(Sent::No));
                    assert!(!(200..300).contains(&status));
                }
            }
            Action::Fail if operation == Operation::CreateTracker => {
                // A tracker that may exist is reported.
                let unknown = (200..300).contains(&status)
                    || failure.kind == ErrorKind::Server
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
        // serde_json accepts neither lone surrogates nor deep nesting.
        Err(error) => !error.is_eof(),
    }
}
