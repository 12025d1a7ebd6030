//! A call as a state machine: [`Call::next`] takes an event and returns the next action.

use super::backoff::{self, Backoff, ParseDate, retry_after};
use super::error_kind::{ErrorKind, is_no_tracker, is_tracker_exists};
use super::validate;
use crate::service::Operation;
use crate::service::error_body::{self, Headers, Sent, ServiceError};

/// How much of an unusable body [`Failure::received`] keeps, in bytes.
pub const MAX_RECEIVED: usize = 1000;

/// The limits of a call.
#[derive(Clone, Copy, Debug)]
pub struct CallOptions {
    /// The time for the call with all its tries and the waits between them, in milliseconds.
    pub timeout_ms: f64,
    /// How many more tries there are after the first.
    pub max_retries: u32,
    pub parse_date: ParseDate,
    /// Whether an earlier call for the same tracker ended with an unknown outcome.
    pub after_unknown: bool,
}

/// How the body of an answer ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BodyEnd {
    Complete,
    /// The connection broke.
    Broken,
    /// It is longer than [`super::MAX_BODY`], so the rest was not read.
    TooLong,
}

/// An HTTP answer: status, headers, and the body as far as it was received.
#[derive(Clone, Copy, Debug)]
pub struct Answer<'a> {
    pub status: u16,
    pub headers: &'a Headers,
    pub body: &'a str,
    pub end: BodyEnd,
}

/// How a try ended.
#[derive(Clone, Copy, Debug)]
pub enum Event<'a> {
    Answer(Answer<'a>),
    /// The connection failed before an answer.
    ConnectionFailed(Sent),
    /// The caller's function for headers failed, so nothing was sent.
    HeadersFailed,
    /// The time for this try is over.
    TryTimeout,
    /// The time for the whole call is over.
    Timeout,
    /// The caller aborted the call.
    Aborted,
}

/// What to do next.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Action {
    /// Wait so many milliseconds, then send the request again.
    Wait(f64),
    /// The body of the answer is the result.
    Succeed,
    /// [`Call::failure`] says why.
    Fail,
}

/// How the last try failed.
#[derive(Clone, Debug, PartialEq)]
pub struct Failure {
    pub kind: ErrorKind,
    /// Whether bytes of this try may have reached the service.
    pub sent: Sent,
    /// How often the request was sent.
    pub attempts: u32,
    /// What the answer says. Its status is 0 if there was no answer.
    pub error: ServiceError,
    /// How long the answer asks to wait, in milliseconds.
    pub retry_after: Option<f64>,
    /// The tracker may exist, created by this call or an earlier one.
    pub may_already_exist: bool,
    /// With [`ErrorKind::BadResponse`], the beginning of the body.
    pub received: Option<String>,
}

impl Failure {
    // Not inlined: it would be repeated for each kind of event.
    #[inline(never)]
    fn without_answer(kind: ErrorKind, sent: Sent) -> Self {
        Failure {
            kind,
            sent,
            attempts: 0,
            error: ServiceError::default(),
            retry_after: None,
            may_already_exist: false,
            received: None,
        }
    }
}

/// One call: a request and its tries. Times are in milliseconds since 1970.
#[derive(Debug)]
pub struct Call {
    operation: Operation,
    options: CallOptions,
    started_at: f64,
    in_flight: bool,
    failure: Failure,
}

impl Call {
    pub fn new(operation: Operation, options: CallOptions, now: f64) -> Self {
        let failure = Failure::without_answer(ErrorKind::Internal, Sent::No);
        Call { operation, options, started_at: now, in_flight: false, failure }
    }

    /// How the last try failed.
    pub fn failure(&self) -> &Failure {
        &self.failure
    }

    /// The request is about to be sent. From here on the service may receive it.
    pub fn begin_try(&mut self) {
        self.failure.attempts += 1;
        self.in_flight = true;
    }

    /// Another call for the same tracker may end with an unknown outcome while this one is in flight.
    pub fn set_after_unknown(&mut self, after_unknown: bool) {
        self.options.after_unknown = after_unknown;
    }

    /// Decides what follows from how the try ended. `random` is from 0 to below 1.
    pub fn next(&mut self, event: Event<'_>, now: f64, random: f64) -> Action {
        let in_flight = std::mem::take(&mut self.in_flight);
        let creates = self.operation == Operation::CreateTracker;
        // If this try sent nothing, the state of the last one remains.
        let sent = if in_flight { Sent::Unknown } else { self.failure.sent };
        let (mut success_status, mut broken_success) = (false, false);
        let mut failure = match event {
            Event::Answer(answer) => {
                success_status = matches!(answer.status, 200..300);
                broken_success = success_status && answer.end == BodyEnd::Broken;
                if success_status && answer.end == BodyEnd::Complete && validate(self.operation, answer.body).is_ok() {
                    self.failure.sent = Sent::Yes;
                    return Action::Succeed;
                }
                let failure = read_failure(&answer, success_status, now, self.options.parse_date);
                if self.operation == Operation::ListTrackers && is_empty_list(&failure.error, &answer) {
                    self.failure.sent = Sent::Yes;
                    return Action::Succeed;
                }
                failure
            }
            Event::ConnectionFailed(sent) => Failure::without_answer(ErrorKind::Network, sent),
            Event::TryTimeout | Event::Timeout => Failure::without_answer(ErrorKind::Timeout, sent),
            Event::Aborted => Failure::without_answer(ErrorKind::Aborted, sent),
            Event::HeadersFailed => Failure::without_answer(ErrorKind::Auth, sent),
        };
        failure.attempts = self.failure.attempts;
        let exists = self.options.after_unknown && is_tracker_exists(&failure.error.code);
        let aborted_in_flight = in_flight && failure.kind == ErrorKind::Aborted;
        failure.may_already_exist = creates && (success_status || exists || aborted_in_flight);

        let may_be_carried_out = match failure.kind {
            ErrorKind::Timeout => in_flight,
            ErrorKind::Server => true,
            ErrorKind::Network => failure.sent != Sent::No,
            _ => failure.error.proxy.is_some_and(|sent| sent != Sent::No),
        };
        if creates && may_be_carried_out {
            failure.kind = ErrorKind::OutcomeUnknown;
            failure.may_already_exist = true;
        }
        self.failure = failure;
        self.retry(event, broken_success && !creates, now, random).map_or(Action::Fail, Action::Wait)
    }

    /// The wait before the next try, if there is to be one.
    fn retry(&self, event: Event<'_>, broken_success: bool, now: f64, random: f64) -> Option<f64> {
        let Failure { kind, sent, attempts, ref error, retry_after, .. } = self.failure;
        let backoff = match kind {
            ErrorKind::Throttled => Backoff::THROTTLED,
            ErrorKind::Network if sent == Sent::No => Backoff::NOT_SENT,
            ErrorKind::Proxy if sent == Sent::No && error.status >= 500 => Backoff::NOT_SENT,
            ErrorKind::Proxy | ErrorKind::Server if matches!(error.status, 500 | 502 | 504) => Backoff::TEMPORARY,
            ErrorKind::Network => Backoff::TEMPORARY,
            ErrorKind::Timeout if matches!(event, Event::TryTimeout) => Backoff::TEMPORARY,
            _ if broken_success => Backoff::TEMPORARY,
            _ => return None,
        };
        let wait = backoff.wait(attempts, retry_after, random)?;
        let time_left = self.options.timeout_ms - (now - self.started_at);
        (attempts <= self.options.max_retries && wait < time_left).then_some(wait)
    }
}

/// Whether a 404 says that there are no trackers. One without the code of the service says that there is no such API.
fn is_empty_list(error: &ServiceError, Answer { body, end, .. }: &Answer<'_>) -> bool {
    error.status == 404 && *end == BodyEnd::Complete && (body.is_empty() || is_no_tracker(&error.code))
}

/// Reads an answer that is not a result.
fn read_failure(answer: &Answer<'_>, success_status: bool, now: f64, parse_date: ParseDate) -> Failure {
    let Answer { status, headers, body, .. } = *answer;
    let error = if success_status {
        ServiceError { status, request_id: headers.request_id.clone(), ..ServiceError::default() }
    } else {
        error_body::read(status, headers, body)
    };
    let kind = ErrorKind::of(&error);
    // Retry-After may be a date of the server's clock, which is the one of its header Date.
    let server_now = backoff::date(&headers.date, parse_date).unwrap_or(now);
    Failure {
        kind,
        // 407 is the answer of an HTTP proxy that did not forward the request.
        sent: error.proxy.unwrap_or(if status == 407 { Sent::No } else { Sent::Yes }),
        retry_after: retry_after(&headers.retry_after, server_now, parse_date),
        received: (kind == ErrorKind::BadResponse).then(|| beginning(body)),
        error,
        attempts: 0,
        may_already_exist: false,
    }
}

/// At most [`MAX_RECEIVED`] bytes, cut between characters.
fn beginning(body: &str) -> String {
    let end = body.floor_char_boundary(MAX_RECEIVED);
    String::from(body.get(..end).unwrap_or_default())
}
