//! Protection of the keys against the service's lock-out.

use serde::{Deserialize, Serialize};

use super::{Problem, ProblemCode};
use crate::signing::Credentials;

/// The service locks keys for five minutes after a few bad signatures in a row. So one 401 pauses everything, each
/// further one for longer, and until an answer has proved the keys, only a few requests are in flight with them.
#[derive(Debug)]
pub(super) struct Lockout {
    keys: Option<Credentials>,
    /// An answer has proved that these keys are valid.
    proven: bool,
    state: LockoutState,
}

/// What must survive the replacement of a crashed instance: the pause.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct LockoutState {
    /// 401s in a row.
    failures: u32,
    /// When the last 401 was received.
    since: f64,
    /// Nothing is sent before this time.
    pub until: f64,
}

impl LockoutState {
    const NONE: Self = LockoutState { failures: 0, since: f64::NEG_INFINITY, until: f64::NEG_INFINITY };
}

impl Lockout {
    const FIRST_PAUSE: f64 = 30_000.0;
    const LONGEST_PAUSE: f64 = 300_000.0;
    /// So many requests may be in flight with unverified keys: fewer than lock them.
    const MAX_UNVERIFIED: usize = 3;

    pub(super) const fn new() -> Self {
        Lockout { keys: None, proven: false, state: LockoutState::NONE }
    }

    pub(super) fn restored(keys: Credentials, state: LockoutState) -> Self {
        Lockout { keys: Some(keys), proven: false, state }
    }

    pub(super) const fn state(&self) -> LockoutState {
        self.state
    }

    pub(super) const fn proven(&self) -> bool {
        self.proven
    }

    /// Other keys begin without a history.
    pub(super) fn begin(&mut self, keys: &Credentials) {
        if self.keys.as_ref() != Some(keys) {
            *self = Lockout { keys: Some(keys.clone()), ..Lockout::new() };
        }
    }

    /// Whether a request with these keys must wait until others have been answered.
    pub(super) fn must_wait(&self, unverified_in_flight: usize, now: f64) -> bool {
        !self.proven && unverified_in_flight >= Self::MAX_UNVERIFIED && self.paused_ms(now) <= 0.0
    }

    pub(super) fn paused_ms(&self, now: f64) -> f64 {
        self.state.until - now
    }

    pub(super) fn check(&self, now: f64) -> Result<(), Problem> {
        let left = self.paused_ms(now);
        if left > 0.0 { Err(Problem::new(ProblemCode::KeysRefused).retry_after_ms(left)) } else { Ok(()) }
    }

    /// A 401. Returns the length of the pause, or none if the answer is about other keys, or if the request was sent
    /// before the last 401 was received, which adds no information.
    pub(super) fn refused(&mut self, keys: &Credentials, sent_at: f64, received_at: f64) -> Option<f64> {
        if self.keys.as_ref() != Some(keys) || sent_at <= self.state.since {
            return None;
        }
        let failures = self.state.failures;
        let pause = (Self::FIRST_PAUSE * f64::from(2_u32.saturating_pow(failures.min(8)))).min(Self::LONGEST_PAUSE);
        self.state =
            LockoutState { failures: failures.saturating_add(1), since: received_at, until: received_at + pause };
        self.proven = false;
        Some(pause)
    }

    /// An answer that the service gives only to a valid signature.
    pub(super) fn accepted(&mut self, keys: &Credentials, sent_at: f64) {
        if self.keys.as_ref() == Some(keys) && sent_at > self.state.since {
            self.state = LockoutState::NONE;
            self.proven = true;
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    fn keys(secret: &str) -> Credentials {
        Credentials::new("A", secret, None).unwrap()
    }

    #[test]
    fn pauses_grow_and_end() {
        let (mut lockout, keys) = (Lockout::new(), keys("s"));
        lockout.begin(&keys);
        assert!(lockout.check(0.0).is_ok());
        let pauses: [_; 6] = std::array::from_fn(|i| lockout.refused(&keys, i as f64, i as f64));
        assert_eq!(pauses, [30_000.0, 60_000.0, 120_000.0, 240_000.0, 300_000.0, 300_000.0].map(Some));
        assert_eq!(lockout.check(300_004.0).map_err(|problem| problem.retry_after_seconds), Err(Some(1)));
        assert!(lockout.check(300_005.0).is_ok());
        lockout.accepted(&keys, 400_000.0);
        assert_eq!(lockout.refused(&keys, 400_001.0, 400_002.0), Some(30_000.0), "it starts again");
        let mut far = Lockout::restored(keys.clone(), LockoutState { failures: u32::MAX, ..LockoutState::NONE });
        assert_eq!(far.refused(&keys, 0.0, 0.0), Some(300_000.0));
    }

    #[test]
    fn one_burst_counts_once_and_other_keys_do_not_count() {
        let (mut lockout, old) = (Lockout::new(), keys("old"));
        lockout.begin(&old);
        assert!(!lockout.must_wait(2, 0.0) && lockout.must_wait(3, 0.0));
        assert_eq!(lockout.refused(&old, 1.0, 10.0), Some(30_000.0));
        assert_eq!(lockout.refused(&old, 2.0, 11.0), None);
        lockout.accepted(&old, 3.0);
        assert!(lockout.check(12.0).is_err(), "sent before the 401");
        assert!(!lockout.must_wait(3, 12.0), "it is refused, not kept waiting");
        lockout.begin(&keys("new"));
        assert!(lockout.check(12.0).is_ok());
        assert_eq!(lockout.refused(&old, 20.0, 21.0), None);
        lockout.begin(&keys("new"));
        lockout.accepted(&keys("new"), 30.0);
        assert!(!lockout.must_wait(100, 31.0));
    }
}
