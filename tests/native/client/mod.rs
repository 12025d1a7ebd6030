//! Tests of the client: when it retries, how each call ends, and how it reads responses.

mod any_fault;
mod failures;
mod responses;
mod retries;

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
