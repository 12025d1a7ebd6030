//! The state of a proxy, and the steps of a request through it.

use http::Request;

use super::answer::{SKEWED_MS, refuses_date};
use super::client_id::ClientId;
use super::clock::ClockOffset;
use super::in_flight::InFlight;
use super::keys::KeySchedule;
use super::lockout::{Lockout, refuse_until};
use super::token_bucket::Clients;
use super::{
    Body, Head, KeysStep, LockoutState, Policy, Problem, ProblemCode, Response, Route, Upstream, answer, check_body,
    check_head,
};
use crate::service::Operation;
use crate::signing::{Credentials, SdkDate};

/// A proxy with its state. `now` is always milliseconds since 1970; the numbers of requests ascend.
#[derive(Debug)]
pub struct SigningProxy {
    policy: Policy,
    clients: Clients,
    /// Requests whose bodies are not complete. They take no place of those in flight.
    reading: InFlight,
    in_flight: InFlight,
    /// Requests in flight with keys that no answer has proved.
    unverified: InFlight,
    keys: KeySchedule,
    lockout: Lockout,
    /// The keys at hand are paused until then, so nothing needs to be read before.
    paused_until: f64,
    has_provider: bool,
    clock: ClockOffset,
}

/// The state that the health pages show.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Status {
    pub in_flight: usize,
    pub clock_offset_ms: f64,
    pub is_paused: bool,
}

/// The result for a body.
#[derive(Debug)]
pub enum BodyStep {
    /// To be sent once, unchanged. It is dated with this offset of the clock.
    Send {
        request: Request<Vec<u8>>,
        clock_offset_ms: f64,
        refresh_keys: bool,
    },
    /// Fetch keys, then take this step again.
    FetchKeys,
    /// Take this step again in a moment.
    Wait,
    Respond(Response),
}

/// The result for an answer of the service.
#[derive(Debug)]
pub struct Answered {
    /// `None`: the request was refused for its date, so it was not carried out. Take the step of the body again, which
    /// dates it by the service's clock.
    pub response: Option<Response>,
    /// The offset of the service's clock, if it has changed.
    pub clock_offset_ms: Option<f64>,
    /// The keys were refused: nothing is sent for this time.
    pub pause_ms: Option<f64>,
}

impl SigningProxy {
    /// So many requests may be read for each one that may be in flight: bodies can be slow, and memory is limited.
    const READING: usize = 4;
    /// How long requests wait for the first answer, which shows the service's clock. With a wrong clock, each request
    /// before it is a bad signature.
    const FIRST_ANSWER_MS: f64 = 2_000.0;

    /// Without a provider the keys are fixed.
    pub fn new(policy: Policy, has_provider: bool) -> Self {
        let reading_ms = 2.0 * policy.body_timeout_ms + KeySchedule::TIMEOUT;
        SigningProxy {
            clients: Clients::default(),
            reading: InFlight::new(reading_ms),
            in_flight: InFlight::new(reading_ms + 2.0 * policy.upstream_timeout_ms),
            unverified: InFlight::new(policy.upstream_timeout_ms),
            keys: KeySchedule::new(has_provider),
            lockout: Lockout::default(),
            paused_until: f64::NEG_INFINITY,
            has_provider,
            clock: ClockOffset::default(),
            policy,
        }
    }

    /// The state of the lock-out, for [`SigningProxy::restore`].
    pub fn lockout(&self) -> LockoutState {
        self.lockout.state()
    }

    /// Restores a lock-out, so that a proxy that is created again does not end the pause.
    pub fn restore(&mut self, state: LockoutState) {
        if !self.has_provider {
            self.paused_until = state.until();
        }
        self.lockout = Lockout::restored(state);
    }

    pub const fn policy(&self) -> &Policy {
        &self.policy
    }

    pub fn status(&mut self, now: f64) -> Status {
        Status {
            in_flight: self.reading.count(now) + self.in_flight.count(now),
            clock_offset_ms: self.clock.ms(),
            is_paused: self.paused_until > now,
        }
    }

    /// Checks the head, then whether a request of this client may be sent now. An admitted request is in flight until
    /// it is answered, refused or released.
    pub fn head<B>(&mut self, request: u32, head: &Request<B>, client: &str, now: f64) -> Head {
        let head = check_head(&self.policy, head);
        if let Head::Admit(route) = &head {
            let client = ClientId::new(client);
            if let Err(problem) = self.admit(client, now) {
                return Head::Respond(problem.response(route.origin.as_deref()));
            }
            self.reading.start(request, client, now);
        }
        head
    }

    fn admit(&mut self, client: ClientId, now: f64) -> Result<(), Problem> {
        if let Some(rate) = self.policy.rate {
            let taken = self.clients.take(client, rate, now);
            taken.map_err(|wait| Problem::new(ProblemCode::RateLimited).retry_after_ms(wait))?;
        }
        let max = self.policy.max_concurrent as usize;
        check_place(&self.policy, &mut self.reading, max.saturating_mul(Self::READING), client, now)?;
        check_place(&self.policy, &mut self.in_flight, max, client, now)?;
        refuse_until(self.paused_until, now)
    }

    /// The body is complete: the request takes a place among those in flight.
    fn take_place(&mut self, request: u32, now: f64) -> Result<(), Problem> {
        if self.in_flight.contains(request) {
            return Ok(());
        }
        let read = self.reading.end(request);
        let (at, client) = read.map_or((now, ClientId::UNKNOWN), |read| (read.at, read.client));
        check_place(&self.policy, &mut self.in_flight, self.policy.max_concurrent as usize, client, now)?;
        self.in_flight.start(request, client, at);
        Ok(())
    }

    /// Whether to fetch keys. `expires` is `None` without keys.
    pub fn keys(&mut self, expires: Option<f64>, now: f64) -> KeysStep {
        self.keys.step(expires, now)
    }

    /// The provider has returned keys that expire then, or has failed. Returns whether they can be used.
    pub fn fetched(&mut self, expires: Option<f64>, now: f64) -> bool {
        let usable = self.keys.fetched(expires, now);
        if usable {
            self.paused_until = f64::NEG_INFINITY;
        }
        usable
    }

    /// Checks the keys and the body, and signs. `since` is when this step was first taken.
    #[allow(clippy::too_many_arguments, reason = "the state of one request")]
    pub fn body(
        &mut self,
        request: u32,
        route: &Route,
        body: &[u8],
        credentials: &Credentials,
        expires: f64,
        since: f64,
        now: f64,
    ) -> BodyStep {
        if let Err(problem) = self.take_place(request, now) {
            return BodyStep::Respond(self.refuse(request, Some(route), problem));
        }
        let keys = self.keys.step(Some(expires), now);
        match keys {
            KeysStep::Use | KeysStep::Refresh => {}
            KeysStep::Fetch => return BodyStep::FetchKeys,
            KeysStep::Wait => return BodyStep::Wait,
            KeysStep::Unavailable => {
                return BodyStep::Respond(self.refuse(
                    request,
                    Some(route),
                    Problem::new(ProblemCode::CredentialsUnavailable),
                ));
            }
        }
        let unverified = self.unverified.count(now);
        if unverified > 0 && self.clock.is_unknown() && now - since < Self::FIRST_ANSWER_MS {
            return BodyStep::Wait;
        }
        if self.lockout.must_wait(credentials, unverified, now) {
            if now - since < self.policy.upstream_timeout_ms {
                return BodyStep::Wait;
            }
            return BodyStep::Respond(self.refuse(request, Some(route), Problem::new(ProblemCode::TooManyInFlight)));
        }
        // The keys may have been refused while the request waited.
        if let Err(problem) = self.lockout.check(credentials, now) {
            self.paused_until = now + self.lockout.paused_ms(credentials, now);
            return BodyStep::Respond(self.refuse(request, Some(route), problem));
        }
        let clock_offset_ms = self.clock.ms();
        let Some(date) = SdkDate::from_unix_millis((now + clock_offset_ms) as i64) else {
            return BodyStep::Respond(self.refuse(request, Some(route), Problem::new(ProblemCode::Internal)));
        };
        match check_body(&self.policy, route, body, credentials, date) {
            Body::Send(signed) => {
                if !self.lockout.is_proven(credentials) {
                    self.unverified.start(request, ClientId::UNKNOWN, now);
                }
                BodyStep::Send { request: signed, clock_offset_ms, refresh_keys: keys == KeysStep::Refresh }
            }
            Body::Respond(response) => {
                self.release(request);
                BodyStep::Respond(response)
            }
        }
    }

    /// Passes an answer of the service on, and learns from it about the service's clock and the keys. A request
    /// that was refused for its date is repeated once with the corrected date, unless it is a creation.
    pub fn answer(
        &mut self,
        request: u32,
        route: &Route,
        answered: &http::Response<Vec<u8>>,
        credentials: &Credentials,
        times: Upstream,
    ) -> Answered {
        let (response, offset) = answer(route, answered, credentials, times);
        let verdict = match answered.status().as_u16() {
            401 => Verdict::Refused { for_date: refuses_date(answered) },
            // Redirects, throttling and failures can precede the check of the signature.
            300..=399 | 429 | 500.. => Verdict::None,
            _ => Verdict::Accepted,
        };
        let mut pause_ms = None;
        match verdict {
            Verdict::None => {}
            Verdict::Accepted => self.lockout.accepted(credentials, times.sent),
            Verdict::Refused { for_date } => {
                // With a clock that was wrong, the keys may be right, and the next request is dated correctly.
                let is_skewed = for_date && offset.is_some_and(|offset| (offset - times.offset).abs() > SKEWED_MS);
                pause_ms = self.lockout.refused(credentials, is_skewed, times.sent, times.received);
                // A provider may have other keys.
                if !self.has_provider {
                    self.paused_until = times.received + self.lockout.paused_ms(credentials, times.received);
                }
            }
        }
        let clock_offset_ms = self.clock.learn(offset, verdict);
        let is_repeated = route.operation != Operation::CreateTracker
            && verdict == Verdict::Refused { for_date: true }
            && !times.is_repeat
            && (self.clock.ms() - times.offset).abs() > SKEWED_MS
            && self.lockout.paused_ms(credentials, times.received) <= 0.0;
        if is_repeated {
            self.unverified.end(request);
            return Answered { response: None, clock_offset_ms, pause_ms };
        }
        self.release(request);
        Answered { response: Some(response), clock_offset_ms, pause_ms }
    }

    /// Ends a request with an answer of the proxy itself.
    pub fn refuse(&mut self, request: u32, route: Option<&Route>, problem: Problem) -> Response {
        self.release(request);
        problem.response(route.and_then(|route| route.origin.as_deref()))
    }

    /// Ends a request that the host has answered.
    pub fn release(&mut self, request: u32) {
        self.reading.end(request);
        self.in_flight.end(request);
        self.unverified.end(request);
    }
}

/// What an answer shows about the signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    Accepted,
    Refused {
        /// For the date, not for the keys.
        for_date: bool,
    },
    None,
}

/// Whether one more request of this client may be counted. Clients without an address share the limit of all.
fn check_place(
    policy: &Policy,
    requests: &mut InFlight,
    max: usize,
    client: ClientId,
    now: f64,
) -> Result<(), Problem> {
    let problem = Problem::new(ProblemCode::TooManyInFlight);
    if requests.count(now) >= max {
        return Err(problem);
    }
    let share = policy.max_concurrent_per_client;
    if client != ClientId::UNKNOWN && requests.count_of(client) >= share as usize {
        let detail = format!("this client has {share} requests in flight, as many as maxConcurrentPerClient allows");
        return Err(problem.detail(detail));
    }
    Ok(())
}
