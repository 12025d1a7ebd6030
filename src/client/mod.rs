//! What to send, when to send it again, what an answer means. Decisions only: whoever carries them out does the I/O
//! and brings the time and the random numbers.
//!
//! | | createTracker | checkObsBuckets |
//! |---|---|---|
//! | surely not sent: no connection, a proxy that says so with a 429 or 5xx | again | again |
//! | 429, `APIG*.0308` | again | again |
//! | 503 | an error | an error |
//! | 500, 502, 504, a connection that broke, a try that took too long | [`Kind::OutcomeUnknown`] | again |
//! | any other refusal | an error | an error |
//! | a success with a body that is none | [`Kind::BadResponse`] | [`Kind::BadResponse`] |
//!
//! "Again" is at most [`Policy::retries`] times, after [`Backoff`]. A createTracker that may have left is never sent
//! again.

mod answer;
mod backoff;
pub(crate) mod http_date;
mod reach;

pub use answer::{MAX_BODY, ShapeError, judge};
pub use backoff::{Backoff, ParseDate, retry_after};
pub use http_date::parse as http_date;
pub use reach::never_left;

use crate::service::Operation;
use crate::service::error_body::{self, Headers, Sent, ServiceError};

/// How much of a body that is none is shown, in bytes.
pub const SHOWN: usize = 1000;

/// Why a call failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Auth,
    Forbidden,
    NotFound,
    Conflict,
    Throttled,
    Rejected,
    Unavailable,
    Server,
    Network,
    Timeout,
    Aborted,
    OutcomeUnknown,
    BadResponse,
    Proxy,
    Internal,
}

impl Kind {
    /// Every kind a call can end with. `validation` comes before a call begins.
    pub const ALL: [Kind; 15] = [
        Kind::Auth,
        Kind::Forbidden,
        Kind::NotFound,
        Kind::Conflict,
        Kind::Throttled,
        Kind::Rejected,
        Kind::Unavailable,
        Kind::Server,
        Kind::Network,
        Kind::Timeout,
        Kind::Aborted,
        Kind::OutcomeUnknown,
        Kind::BadResponse,
        Kind::Proxy,
        Kind::Internal,
    ];

    pub const fn as_str(self) -> &'static str {
        match self {
            Kind::Auth => "auth",
            Kind::Forbidden => "forbidden",
            Kind::NotFound => "not_found",
            Kind::Conflict => "conflict",
            Kind::Throttled => "throttled",
            Kind::Rejected => "rejected",
            Kind::Unavailable => "unavailable",
            Kind::Server => "server",
            Kind::Network => "network",
            Kind::Timeout => "timeout",
            Kind::Aborted => "aborted",
            Kind::OutcomeUnknown => "outcome_unknown",
            Kind::BadResponse => "bad_response",
            Kind::Proxy => "proxy",
            Kind::Internal => "internal",
        }
    }
}

/// The limits of one call. Times are in milliseconds.
#[derive(Clone, Copy, Debug)]
pub struct Policy {
    /// Of the whole call, with its tries and the waits between them.
    pub timeout: f64,
    /// Further tries at most.
    pub retries: u32,
    pub parse_date: ParseDate,
    /// An earlier call for the same tracker ended with its outcome unknown.
    pub after_unknown: bool,
}

/// How the body of an answer ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    Whole,
    /// The connection broke.
    Broken,
    /// It went on beyond [`MAX_BODY`] and was not read on.
    TooLong,
}

/// An answer: a status, headers, and so much of a body as came.
#[derive(Clone, Copy, Debug)]
pub struct Answer<'a> {
    pub status: u16,
    pub headers: &'a Headers,
    pub body: &'a str,
    pub end: End,
}

/// What happened.
#[derive(Clone, Copy, Debug)]
pub enum Event<'a> {
    Answer(Answer<'a>),
    /// No answer came: the connection could not be made, or broke.
    Lost(Sent),
    /// The headers of the request could not be had, so nothing was sent.
    NoHeaders,
    /// The request could not be made, so nothing was sent.
    NoRequest,
    /// One try took too long.
    TryTimeout,
    /// The whole call took too long.
    Timeout,
    /// The caller wants no more of it.
    Abort,
}

/// What to do next.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Action {
    /// Wait so many milliseconds, then send it again.
    Wait(f64),
    /// The body is the answer.
    Succeed,
    /// [`Call::failure`] says why.
    Fail,
}

/// How a try failed, and with the last one the call.
#[derive(Clone, Debug, PartialEq)]
pub struct Failure {
    pub kind: Kind,
    /// Whether bytes of this try may have reached the service.
    pub sent: Sent,
    /// Tries so far.
    pub attempts: u32,
    /// What the answer says; a status of 0 if none came.
    pub error: ServiceError,
    /// What the answer asks to wait, in milliseconds.
    pub retry_after: Option<f64>,
    /// The tracker may be there, by this call or an earlier one.
    pub may_already_exist: bool,
    /// The beginning of a body that is none.
    pub received: String,
}

impl Failure {
    /// Nothing is known but this.
    fn unanswered(kind: Kind, sent: Sent) -> Self {
        Failure {
            kind,
            sent,
            attempts: 0,
            error: ServiceError::default(),
            retry_after: None,
            may_already_exist: false,
            received: String::new(),
        }
    }
}

/// One call: a request and its tries.
#[derive(Debug)]
pub struct Call {
    operation: Operation,
    policy: Policy,
    began: f64,
    in_flight: bool,
    failure: Failure,
}

impl Call {
    /// `now` is in milliseconds since 1970, here and below.
    pub fn new(operation: Operation, policy: Policy, now: f64) -> Self {
        let failure = Failure::unanswered(Kind::Internal, Sent::No);
        Call { operation, policy, began: now, in_flight: false, failure }
    }

    /// A call that began before: so many tries, what the last one came to, and whether a further one has left.
    pub fn resume(operation: Operation, policy: Policy, began: f64, attempts: u32, sent: Sent, left: bool) -> Self {
        let mut call = Call::new(operation, policy, began);
        call.failure.attempts = attempts;
        call.failure.sent = sent;
        call.in_flight = left;
        call
    }

    /// How the last try failed.
    pub fn failure(&self) -> &Failure {
        &self.failure
    }

    /// The request is about to leave: from here on bytes of it may have.
    pub fn leaves(&mut self) {
        self.failure.attempts += 1;
        self.in_flight = true;
    }

    /// `random` is from 0 to below 1.
    pub fn next(&mut self, event: Event<'_>, now: f64, random: f64) -> Action {
        let in_flight = std::mem::take(&mut self.in_flight);
        let creates = self.operation == Operation::CreateTracker;
        // What is not said below: that of the last try, if this one did not begin to leave.
        let sent = if in_flight { Sent::Unknown } else { self.failure.sent };
        // Whether a success was told, whatever its body; and whether the connection broke in it.
        let (mut told, mut broke) = (false, false);
        let mut failure = match event {
            Event::Answer(answer) => {
                told = matches!(answer.status, 200..300);
                broke = told && answer.end == End::Broken;
                if told && answer.end == End::Whole && judge(self.operation, answer.body).is_ok() {
                    self.failure.sent = Sent::Yes;
                    return Action::Succeed;
                }
                read(&answer, told, now, self.policy.parse_date)
            }
            Event::Lost(sent) => Failure::unanswered(Kind::Network, sent),
            Event::TryTimeout | Event::Timeout => Failure::unanswered(Kind::Timeout, sent),
            Event::Abort => Failure::unanswered(Kind::Aborted, sent),
            Event::NoHeaders => Failure::unanswered(Kind::Auth, sent),
            Event::NoRequest => Failure::unanswered(Kind::Internal, sent),
        };
        failure.attempts = self.failure.attempts;
        let exists = self.policy.after_unknown && one_of(&TRACKER_EXISTS, &failure.error.code);
        failure.may_already_exist = creates && (told || exists || in_flight && failure.kind == Kind::Aborted);

        let may_be_done = match failure.kind {
            Kind::Timeout => in_flight,
            Kind::Server => true,
            Kind::Network => failure.sent != Sent::No,
            _ => failure.error.proxy.is_some_and(|sent| sent != Sent::No),
        };
        if creates && may_be_done {
            failure.kind = Kind::OutcomeUnknown;
            failure.may_already_exist = true;
        }
        self.failure = failure;
        self.again(event, broke && !creates, now, random).map_or(Action::Fail, Action::Wait)
    }

    /// Whether to try again, and how long to wait before.
    fn again(&self, event: Event<'_>, broke: bool, now: f64, random: f64) -> Option<f64> {
        let Failure { kind, sent, attempts, ref error, retry_after, .. } = self.failure;
        let backoff = match kind {
            Kind::Throttled => Backoff::THROTTLED,
            Kind::Network if sent == Sent::No => Backoff::NOT_SENT,
            Kind::Proxy if sent == Sent::No && error.status >= 500 => Backoff::NOT_SENT,
            Kind::Proxy | Kind::Server if matches!(error.status, 500 | 502 | 504) => Backoff::PASSING,
            Kind::Network => Backoff::PASSING,
            Kind::Timeout if matches!(event, Event::TryTimeout) => Backoff::PASSING,
            _ if broke => Backoff::PASSING,
            _ => return None,
        };
        let wait = backoff.wait(attempts, retry_after, random)?;
        let left = self.policy.timeout - (now - self.began);
        // What does not fit into the call's time is not begun.
        (attempts <= self.policy.retries && wait < left).then_some(wait)
    }
}

/// Reads what an answer that is no good says, before anyone asks what it means for the call.
fn read(answer: &Answer<'_>, told: bool, now: f64, parse_date: ParseDate) -> Failure {
    let Answer { status, headers, body, .. } = *answer;
    // Its own clock tells what its date means.
    let then = backoff::date(&headers.date, parse_date).unwrap_or(now);
    let error = if told {
        ServiceError { status, request_id: headers.request_id.clone(), ..ServiceError::default() }
    } else {
        error_body::read(status, headers, body)
    };
    let kind = kind_of(&error);
    // What is shown of a body that is none.
    let shown = if kind == Kind::BadResponse { (0..=SHOWN).rev().find_map(|end| body.get(..end)) } else { None };
    Failure {
        kind,
        sent: error.proxy.unwrap_or(Sent::Yes),
        retry_after: retry_after(&headers.retry_after, then, parse_date),
        received: String::from(shown.unwrap_or_default()),
        error,
        attempts: 0,
        may_already_exist: false,
    }
}

fn kind_of(error: &ServiceError) -> Kind {
    if error.proxy.is_some() {
        return if error.status == 429 { Kind::Throttled } else { Kind::Proxy };
    }
    if one_of(&LIMIT, &error.code) {
        return Kind::Throttled;
    }
    if one_of(&TRACKER_EXISTS, &error.code) || one_of(&TAKEN, &error.code) {
        return Kind::Conflict;
    }
    match error.status {
        401 => Kind::Auth,
        403 => Kind::Forbidden,
        404 => Kind::NotFound,
        409 => Kind::Conflict,
        429 => Kind::Throttled,
        503 => Kind::Unavailable,
        400..500 => Kind::Rejected,
        500..600 => Kind::Server,
        _ => Kind::BadResponse,
    }
}

/// The gateway's limit, in both of its spellings.
const LIMIT: [&str; 2] = ["APIGW.0308", "APIG.0308"];
/// The tracker itself is there: the management tracker, or one of the name.
const TRACKER_EXISTS: [&str; 2] = ["CTS.0201", "CTS.0208"];
/// What it would take is taken: a tracker for the bucket, the bucket to create, the organization's tracker.
const TAKEN: [&str; 3] = ["CTS.0209", "CTS.0215", "CTS.0229"];

fn one_of(known: &[&str], code: &str) -> bool {
    known.iter().any(|known| same(known, code))
}

/// Codes come in any case.
#[inline(never)]
fn same(known: &str, code: &str) -> bool {
    known.bytes().eq(code.bytes().map(|byte| byte.to_ascii_uppercase()))
}
