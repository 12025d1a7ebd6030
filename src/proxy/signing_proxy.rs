//! The state of a proxy, and the steps of a request through it.

use http::Request;

use super::answer::SKEWED_MS;
use super::in_flight::InFlight;
use super::keys::KeySchedule;
use super::lockout::Lockout;
use super::token_bucket::Clients;
use super::{
    Body, Head, KeysStep, LockoutState, Policy, Problem, ProblemCode, Response, Route, Upstream, answer, check_body,
    check_head,
};
use crate::signing::{Credentials, SdkDate};

/// A proxy with its state. `now` is always milliseconds since 1970; the numbers of requests ascend.
#[derive(Debug)]
pub struct SigningProxy {
    policy: Policy,
    clients: Clients,
    in_flight: InFlight,
    /// Requests in flight with keys that no answer has proved.
    unverified: InFlight,
    keys: KeySchedule,
    lockout: Lockout,
    /// The keys at hand are those that the lock-out is about, so nothing needs to be read while they are paused.
    holds_refused_keys: bool,
    has_provider: bool,
    clock_offset_ms: f64,
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
    pub response: Response,
    /// The offset of the service's clock, if it has changed.
    pub clock_offset_ms: Option<f64>,
    /// The keys were refused: nothing is sent for this time.
    pub pause_ms: Option<f64>,
}

impl SigningProxy {
    /// Without a provider the keys are fixed.
    pub fn new(policy: Policy, has_provider: bool) -> Self {
        let longest_ms = 2.0 * (policy.body_timeout_ms + policy.upstream_timeout_ms) + KeySchedule::TIMEOUT;
        SigningProxy {
            clients: Clients::default(),
            in_flight: InFlight::new(longest_ms),
            unverified: InFlight::new(policy.upstream_timeout_ms),
            keys: KeySchedule::new(has_provider),
            lockout: Lockout::new(),
            holds_refused_keys: false,
            has_provider,
            clock_offset_ms: 0.0,
            policy,
        }
    }

    /// The state of the lock-out, for [`SigningProxy::restore`].
    pub fn lockout(&self) -> LockoutState {
        self.lockout.state()
    }

    /// Restores a lock-out of these keys, so that a proxy that is created again does not end the pause.
    pub fn restore(&mut self, credentials: Credentials, state: LockoutState) {
        self.lockout = Lockout::restored(credentials, state);
        self.holds_refused_keys = !self.has_provider;
    }

    pub const fn policy(&self) -> &Policy {
        &self.policy
    }

    pub fn status(&mut self, now: f64) -> Status {
        let is_paused = self.holds_refused_keys && self.lockout.paused_ms(now) > 0.0;
        Status { in_flight: self.in_flight.count(now), clock_offset_ms: self.clock_offset_ms, is_paused }
    }

    /// Checks the head, then whether a request of this client may be sent now. An admitted request is in flight until
    /// it is answered, refused or released.
    pub fn head<B>(&mut self, request: u32, head: &Request<B>, client: &str, now: f64) -> Head {
        let head = check_head(&self.policy, head);
        if let Head::Admit(route) = &head {
            if let Err(problem) = self.admit(client, now) {
                return Head::Respond(problem.response(route.origin.as_deref()));
            }
            self.in_flight.start(request, now);
        }
        head
    }

    fn admit(&mut self, client: &str, now: f64) -> Result<(), Problem> {
        if let Some(rate) = self.policy.rate {
            let taken = self.clients.take(client, rate, now);
            taken.map_err(|wait| Problem::new(ProblemCode::RateLimited).retry_after_ms(wait))?;
        }
        if self.in_flight.count(now) >= self.policy.max_concurrent as usize {
            return Err(Problem::new(ProblemCode::TooManyInFlight));
        }
        if self.holds_refused_keys { self.lockout.check(now) } else { Ok(()) }
    }

    /// Whether to fetch keys. `expires` is `None` without keys.
    pub fn keys(&mut self, expires: Option<f64>, now: f64) -> KeysStep {
        self.keys.step(expires, now)
    }

    /// The provider has returned keys that expire then, or has failed. Returns whether they can be used.
    pub fn fetched(&mut self, expires: Option<f64>, now: f64) -> bool {
        let usable = self.keys.fetched(expires, now);
        self.holds_refused_keys &= !usable;
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
        self.lockout.begin(credentials);
        if self.lockout.must_wait(self.unverified.count(now), now) {
            if now - since < self.policy.upstream_timeout_ms {
                return BodyStep::Wait;
            }
            return BodyStep::Respond(self.refuse(request, Some(route), Problem::new(ProblemCode::TooManyInFlight)));
        }
        // The keys may have been refused while the request waited.
        if let Err(problem) = self.lockout.check(now) {
            self.holds_refused_keys = true;
            return BodyStep::Respond(self.refuse(request, Some(route), problem));
        }
        let clock_offset_ms = self.clock_offset_ms;
        let Some(date) = SdkDate::from_unix_millis((now + clock_offset_ms) as i64) else {
            return BodyStep::Respond(self.refuse(request, Some(route), Problem::new(ProblemCode::Internal)));
        };
        match check_body(&self.policy, route, body, credentials, date) {
            Body::Send(signed) => {
                if !self.lockout.proven() {
                    self.unverified.start(request, now);
                }
                BodyStep::Send { request: signed, clock_offset_ms, refresh_keys: keys == KeysStep::Refresh }
            }
            Body::Respond(response) => {
                self.release(request);
                BodyStep::Respond(response)
            }
        }
    }

    /// Passes an answer of the service on, and learns from it about the service's clock and the keys.
    pub fn answer(
        &mut self,
        request: u32,
        route: &Route,
        answered: &http::Response<Vec<u8>>,
        credentials: &Credentials,
        times: Upstream,
    ) -> Answered {
        self.release(request);
        let (response, offset) = answer(route, answered, credentials, times);
        let clock_offset_ms = offset.filter(|offset| *offset != self.clock_offset_ms);
        self.clock_offset_ms = offset.unwrap_or(self.clock_offset_ms);
        // With a clock that was wrong, the keys may be right, and the next request is dated correctly.
        let was_skewed = offset.is_some_and(|offset| (offset - times.offset).abs() > SKEWED_MS);
        let mut pause_ms = None;
        match answered.status().as_u16() {
            401 if was_skewed => {}
            401 => {
                pause_ms = self.lockout.refused(credentials, times.sent, times.received);
                // A provider may have other keys.
                self.holds_refused_keys |= pause_ms.is_some() && !self.has_provider;
            }
            // Redirects, throttling and failures can precede the check of the signature.
            300..=399 | 429 | 500.. => {}
            _ => self.lockout.accepted(credentials, times.sent),
        }
        Answered { response, clock_offset_ms, pause_ms }
    }

    /// Ends a request with an answer of the proxy itself.
    pub fn refuse(&mut self, request: u32, route: Option<&Route>, problem: Problem) -> Response {
        self.release(request);
        problem.response(route.and_then(|route| route.origin.as_deref()))
    }

    /// Ends a request that the host has answered.
    pub fn release(&mut self, request: u32) {
        self.in_flight.end(request);
        self.unverified.end(request);
    }
}
