//! Responses of 1 MiB that are expensive to search for anything that is not linear. A quadratic step takes minutes.

use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use super::support::*;
use cts_tracker::proxy::{Response, Upstream, answer};
use cts_tracker::service::Operation;
use cts_tracker::service::error_body::{self, Headers};

const SIZE: usize = 1 << 20;
/// A linear search takes about a second in a debug build.
const LIMIT: Duration = Duration::from_secs(60);
/// Parts of escapes, and what ends or nests a text.
const AWKWARD: [&str; 24] = [
    "\\", "\\\\u", "\\u", "\\u00", "\\u005c", "%", "%2", "%25", "%5c", "&", "&#", "&#x", "&#92;", "&amp;", "\"",
    "\\\"", "{", "[", "{\"a\":", "<", " ", "\n", "\0", "桶",
];

fn response(status: u16, body: String) -> Response {
    let upstream = upstream(status, &[("content-type", "application/json")], &body);
    let exchange = Upstream { sent: NOW, received: NOW + 100.0, offset: 0.0, is_repeat: false };
    answer(&route(Operation::CreateTracker, PROJECT), &upstream, &keys(), exchange).0
}

/// Runs `work` on another thread, so that the test fails if it takes too long.
fn within_limit<T: Send + 'static>(what: String, work: impl FnOnce() -> T + Send + 'static) -> T {
    let (done, result) = mpsc::channel();
    thread::spawn(move || done.send(work()));
    result.recv_timeout(LIMIT).unwrap_or_else(|_| panic!("{what} took longer than {LIMIT:?}"))
}

#[test]
fn keys_are_removed_from_a_mebibyte_of_any_awkward_text() {
    for part in AWKWARD {
        for status in [201, 400, 401] {
            let body = format!("{{\"error_msg\":\"{}{CANARY_ID}\"}}", part.repeat(SIZE / part.len()));
            let response = within_limit(format!("{status} with {part:?}"), move || response(status, body));
            let text = String::from_utf8_lossy(response.body()).into_owned();
            assert!(!text.contains(CANARY_ID), "{status} with {part:?}");
        }
    }
}

#[test]
fn an_error_of_a_mebibyte_of_any_awkward_text_is_read() {
    for part in AWKWARD {
        let text = part.repeat(SIZE / part.len());
        for body in [text.clone(), format!("{{\"error_msg\":\"{text}"), format!("{{\"error\":{text}")] {
            let headers = Headers { content_type: "application/json".to_owned(), ..Headers::default() };
            let error = within_limit(format!("reading {part:?}"), move || error_body::read(400, &headers, &body));
            assert_eq!(error.status, 400);
        }
    }
}
