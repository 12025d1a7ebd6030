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
mod http_date;
mod reach;

pub use answer::{MAX_BODY, Misfit, RESPONSE_TABLES, judge};
pub use backoff::{Backoff, retry_after};
pub use http_date::parse as http_date;
pub use reach::never_left;

use crate::endpoint::Operation;
use crate::service_error::{self, Headers, Sent, ServiceError};

/// How much of a body that is none is shown, in characters.
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
    /// Of one try; infinite for none of its own.
    pub try_timeout: f64,
    /// Further tries at most.
    pub retries: u32,
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

/// What happened.
#[derive(Debug)]
pub enum Event<'a> {
    /// A status and headers came, and so much of the body.
    Answer { status: u16, headers: &'a Headers, body: &'a str, end: End },
    /// No answer came: the connection could not be made, or broke.
    Lost { sent: Sent },
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
#[derive(Debug, PartialEq)]
pub enum Action {
    /// Send the request, now.
    Send,
    /// Wait so many milliseconds, then send it again.
    Wait(f64),
    /// The body is the answer.
    Succeed,
    Fail(Failure),
}

/// How a call failed. Texts that are not known are empty.
#[derive(Clone, Debug, PartialEq)]
pub struct Failure {
    pub kind: Kind,
    /// 0 if no answer came.
    pub status: u16,
    pub code: String,
    pub message: String,
    pub request_id: String,
    pub sent: Sent,
    pub attempts: u32,
    /// What the answer asks to wait, in milliseconds.
    pub retry_after: Option<f64>,
    /// The tracker may be there, by this call or an earlier one.
    pub may_already_exist: bool,
    /// The beginning of a body that is none.
    pub received: String,
}

/// One call: a request and its tries.
#[derive(Debug)]
pub struct Call {
    operation: Operation,
    policy: Policy,
    began: f64,
    attempts: u32,
    in_flight: bool,
    /// Of the tries that are over.
    sent: Sent,
}

impl Call {
    /// `now` is in milliseconds since 1970, here and below.
    pub fn new(operation: Operation, policy: Policy, now: f64) -> Self {
        Call { operation, policy, began: now, attempts: 0, in_flight: false, sent: Sent::No }
    }

    /// Further tries so far, plus one.
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// The request is about to leave: from here on bytes of it may have.
    pub fn leaves(&mut self) {
        self.attempts += 1;
        self.in_flight = true;
    }

    /// `random` is from 0 to below 1.
    pub fn next(&mut self, event: Event<'_>, now: f64, random: f64) -> Action {
        let in_flight = std::mem::take(&mut self.in_flight);
        let unknown = if in_flight { Sent::Unknown } else { self.sent };
        match event {
            Event::Answer { status: status @ 200..300, headers, body, end } => {
                self.success(status, headers, body, end, now, random)
            }
            Event::Answer { status, headers, body, .. } => {
                let error = service_error::read(status, headers, body);
                let asked = retry_after(&headers.retry_after, http_date(&headers.date).unwrap_or(now));
                let failure = Failure { retry_after: asked, ..self.refusal(error) };
                let failure = if failure.kind == Kind::BadResponse { shown(failure, body) } else { failure };
                self.again_or_fail(failure, now, random)
            }
            Event::Lost { sent } => {
                let failure = self.failure(Kind::Network, sent);
                self.again_or_fail(failure, now, random)
            }
            Event::TryTimeout => {
                let failure = self.failure(Kind::Timeout, unknown);
                self.again_or_fail(failure, now, random)
            }
            Event::Timeout => {
                let failure = self.failure(Kind::Timeout, unknown);
                Action::Fail(self.settled(failure, in_flight))
            }
            Event::Abort => {
                let failure = self.failure(Kind::Aborted, unknown);
                Action::Fail(Failure { may_already_exist: self.creates() && in_flight, ..failure })
            }
            Event::NoHeaders => Action::Fail(self.failure(Kind::Auth, self.sent)),
            Event::NoRequest => Action::Fail(self.failure(Kind::Internal, self.sent)),
        }
    }

    fn creates(&self) -> bool {
        self.operation == Operation::CreateTracker
    }

    fn failure(&self, kind: Kind, sent: Sent) -> Failure {
        Failure {
            kind,
            status: 0,
            code: String::new(),
            message: String::new(),
            request_id: String::new(),
            sent,
            attempts: self.attempts,
            retry_after: None,
            may_already_exist: false,
            received: String::new(),
        }
    }

    fn success(&self, status: u16, headers: &Headers, body: &str, end: End, now: f64, random: f64) -> Action {
        if end == End::Whole && judge(self.operation, body).is_ok() {
            return Action::Succeed;
        }
        let failure = Failure {
            status,
            request_id: headers.request_id.clone(),
            // A 2xx says that the tracker was created, whatever else the body says.
            may_already_exist: self.creates(),
            ..shown(self.failure(Kind::BadResponse, Sent::Yes), body)
        };
        if end == End::Broken && !self.creates() {
            return self.again(failure, Backoff::PASSING, now, random);
        }
        Action::Fail(failure)
    }

    /// What an answer that is no success means, before anyone asks whether to try again.
    fn refusal(&self, error: ServiceError) -> Failure {
        let code = CodeIs(&error.code);
        let kind = match error.status {
            _ if self.creates() && error.proxy.is_some_and(|sent| sent != Sent::No) => Kind::OutcomeUnknown,
            429 if error.proxy.is_some() => Kind::Throttled,
            _ if error.proxy.is_some() => Kind::Proxy,
            _ if code.throttled() => Kind::Throttled,
            _ if code.conflict() => Kind::Conflict,
            401 => Kind::Auth,
            403 => Kind::Forbidden,
            404 => Kind::NotFound,
            409 => Kind::Conflict,
            429 => Kind::Throttled,
            503 => Kind::Unavailable,
            400..500 => Kind::Rejected,
            500..600 => Kind::Server,
            _ => Kind::BadResponse,
        };
        Failure {
            status: error.status,
            may_already_exist: kind == Kind::OutcomeUnknown
                || self.creates() && self.policy.after_unknown && code.exists(),
            sent: error.proxy.unwrap_or(Sent::Yes),
            code: error.code,
            message: error.message,
            request_id: error.request_id,
            ..self.failure(kind, Sent::Yes)
        }
    }

    fn again_or_fail(&mut self, failure: Failure, now: f64, random: f64) -> Action {
        self.sent = failure.sent;
        let passing = match failure.kind {
            Kind::Throttled => return self.again(failure, Backoff::THROTTLED, now, random),
            Kind::Network if failure.sent == Sent::No => return self.again(failure, Backoff::NOT_SENT, now, random),
            Kind::Proxy if failure.sent == Sent::No && failure.status >= 500 => {
                return self.again(failure, Backoff::NOT_SENT, now, random);
            }
            Kind::Proxy if self.creates() => return Action::Fail(failure),
            Kind::Proxy | Kind::Server => matches!(failure.status, 500 | 502 | 504),
            Kind::Network | Kind::Timeout => true,
            _ => return Action::Fail(failure),
        };
        if passing && !self.creates() {
            return self.again(failure, Backoff::PASSING, now, random);
        }
        Action::Fail(self.settled(failure, true))
    }

    /// A createTracker that may have been carried out says so.
    fn settled(&self, failure: Failure, may_have_left: bool) -> Failure {
        if !self.creates() || !may_have_left {
            return failure;
        }
        Failure { kind: Kind::OutcomeUnknown, may_already_exist: true, ..failure }
    }

    fn again(&self, failure: Failure, backoff: Backoff, now: f64, random: f64) -> Action {
        let wait = backoff.wait(self.attempts, failure.retry_after, random);
        let left = self.policy.timeout - (now - self.began);
        match wait {
            // What does not fit into the call's time is not begun.
            Some(wait) if self.attempts <= self.policy.retries && wait < left => Action::Wait(wait),
            _ => Action::Fail(failure),
        }
    }
}

fn shown(failure: Failure, body: &str) -> Failure {
    Failure { received: body.chars().take(SHOWN).collect(), ..failure }
}

/// A code of the service or its gateway. They come in any case.
struct CodeIs<'a>(&'a str);

impl CodeIs<'_> {
    fn one_of(&self, codes: &[&str]) -> bool {
        codes.iter().any(|code| code.eq_ignore_ascii_case(self.0))
    }

    /// The gateway's limit, in both spellings.
    fn throttled(&self) -> bool {
        self.one_of(&["APIGW.0308", "APIG.0308"])
    }

    /// The tracker itself is there: the management tracker, or one of the name.
    fn exists(&self) -> bool {
        self.one_of(&["CTS.0201", "CTS.0208"])
    }

    /// That, or what it would take is taken: a tracker for the bucket, the bucket to create, the organization's.
    fn conflict(&self) -> bool {
        self.exists() || self.one_of(&["CTS.0209", "CTS.0215", "CTS.0229"])
    }
}
