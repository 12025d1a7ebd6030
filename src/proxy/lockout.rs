//! Protection of the keys against the service's lock-out.

use serde::{Deserialize, Serialize};

use super::{Problem, ProblemCode};
use crate::signing::Credentials;

/// The service locks an access key for five minutes after five bad signatures. So each 401 counts for its access key,
/// whatever follows it: four in five minutes end the use of the key until the oldest is five minutes old, and eight of all
/// keys end the use of any. Besides, a 401 pauses the keys, each further one in a row for longer, and until an answer has
/// proved the keys, only a few requests are in flight with them.
#[derive(Debug, Default)]
pub(super) struct Lockout {
    /// The newest are last.
    refusals: Vec<Refusal>,
    keys: Vec<KeyState>,
    /// A wrong clock has explained a 401 since the last signature was accepted. It does not explain another.
    skew_was_excused: bool,
}

/// What is known about an access key.
#[derive(Debug)]
struct KeyState {
    pause: Pause,
    /// The keys that the pause is about: another secret of the access key can be tried. None: all of them.
    refused: Option<Credentials>,
    /// An answer has proved that these keys are valid.
    proven: Option<Credentials>,
}

/// What must survive the replacement of a crashed instance.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct LockoutState {
    refusals: Vec<Refusal>,
    pauses: Vec<Pause>,
    skew_was_excused: bool,
}

/// A 401.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Refusal {
    access_key_id: String,
    /// When it was received.
    at: f64,
}

/// The pause after 401s in a row.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Pause {
    access_key_id: String,
    failures: u32,
    /// When the last 401 was received.
    since: f64,
    /// Nothing is sent before this time.
    until: f64,
}

impl Lockout {
    const FIRST_PAUSE: f64 = 30_000.0;
    const LONGEST_PAUSE: f64 = 300_000.0;
    /// The service forgets bad signatures after this time.
    const WINDOW: f64 = 300_000.0;
    /// Bad signatures of an access key in this time: the next one would lock it.
    const MAX_REFUSALS: usize = 4;
    /// Those of all keys. A provider that returns other bad keys each time must stop, too.
    const MAX_REFUSALS_OF_ALL: usize = 8;
    /// So many requests may be in flight with unverified keys: fewer than lock them.
    const MAX_UNVERIFIED: usize = 3;
    /// So many access keys and refusals are remembered.
    const MAX_REMEMBERED: usize = 64;

    pub(super) fn restored(state: LockoutState) -> Self {
        let keys = state.pauses.into_iter().map(|pause| KeyState { pause, refused: None, proven: None }).collect();
        Lockout { refusals: state.refusals, keys, skew_was_excused: state.skew_was_excused }
    }

    pub(super) fn state(&self) -> LockoutState {
        let pauses = self.keys.iter().map(|key| key.pause.clone()).filter(|pause| pause.since.is_finite()).collect();
        LockoutState { refusals: self.refusals.clone(), pauses, skew_was_excused: self.skew_was_excused }
    }

    pub(super) fn is_proven(&self, keys: &Credentials) -> bool {
        self.find(keys).is_some_and(|key| key.proven.as_ref() == Some(keys))
    }

    fn find(&self, keys: &Credentials) -> Option<&KeyState> {
        self.keys.iter().find(|key| key.pause.access_key_id == keys.access_key_id())
    }

    fn state_of(&mut self, keys: &Credentials) -> Option<&mut KeyState> {
        if self.find(keys).is_none() {
            if self.keys.len() >= Self::MAX_REMEMBERED {
                let ends = self.keys.iter().map(|key| key.pause.until).enumerate();
                if let Some((first, _)) = ends.min_by(|(_, a), (_, b)| a.total_cmp(b)) {
                    self.keys.remove(first);
                }
            }
            self.keys.push(KeyState { pause: Pause::none(keys.access_key_id()), refused: None, proven: None });
        }
        self.keys.iter_mut().find(|key| key.pause.access_key_id == keys.access_key_id())
    }

    /// Whether a request with these keys must wait until others have been answered.
    pub(super) fn must_wait(&self, keys: &Credentials, unverified_in_flight: usize, now: f64) -> bool {
        let refused = |of: Option<&Credentials>| self.refusals_of(of).filter(|at| now - at < Self::WINDOW).count();
        let is_room = unverified_in_flight < Self::MAX_UNVERIFIED
            && unverified_in_flight + refused(Some(keys)) < Self::MAX_REFUSALS
            && unverified_in_flight + refused(None) < Self::MAX_REFUSALS_OF_ALL;
        !is_room && !self.is_proven(keys) && self.paused_ms(keys, now) <= 0.0
    }

    /// When 401s were received, the newest first.
    fn refusals_of(&self, keys: Option<&Credentials>) -> impl Iterator<Item = f64> {
        let id = keys.map(Credentials::access_key_id);
        let of = self.refusals.iter().rev().filter(move |refusal| id.is_none_or(|id| id == refusal.access_key_id));
        of.map(|refusal| refusal.at)
    }

    /// For how long nothing may be sent with these keys; not above 0 if it may.
    pub(super) fn paused_ms(&self, keys: &Credentials, now: f64) -> f64 {
        let pause = self.find(keys).filter(|key| key.refused.as_ref().is_none_or(|refused| refused == keys));
        let pause = pause.map(|key| key.pause.until);
        let of_key = self.refusals_of(Some(keys)).nth(Self::MAX_REFUSALS - 1).map(|at| at + Self::WINDOW);
        let of_all = self.refusals_of(None).nth(Self::MAX_REFUSALS_OF_ALL - 1).map(|at| at + Self::WINDOW);
        [pause, of_key, of_all].into_iter().flatten().fold(f64::NEG_INFINITY, f64::max) - now
    }

    /// A refusal while these keys are paused.
    pub(super) fn check(&self, keys: &Credentials, now: f64) -> Result<(), Problem> {
        refuse_until(now + self.paused_ms(keys, now), now)
    }

    /// A 401. Returns the length of the pause, or none if the request was sent before the last 401 was received,
    /// which adds no information. `is_skewed`: the request was dated with a wrong clock.
    pub(super) fn refused(
        &mut self,
        keys: &Credentials,
        is_skewed: bool,
        sent_at: f64,
        received_at: f64,
    ) -> Option<f64> {
        self.remember(keys, received_at);
        let is_excused = is_skewed && !self.skew_was_excused;
        let state = self.state_of(keys)?;
        if sent_at <= state.pause.since {
            return None;
        }
        state.pause.since = received_at;
        state.proven = None;
        if is_excused {
            self.skew_was_excused = true;
            return None;
        }
        let failures = state.pause.failures;
        let pause = (Self::FIRST_PAUSE * f64::from(2_u32.saturating_pow(failures.min(8)))).min(Self::LONGEST_PAUSE);
        state.pause.failures = failures.saturating_add(1);
        state.pause.until = received_at + pause;
        state.refused = Some(keys.clone());
        Some(self.paused_ms(keys, received_at))
    }

    fn remember(&mut self, keys: &Credentials, at: f64) {
        let is_of_key = |refusal: &Refusal| refusal.access_key_id == keys.access_key_id();
        // Only the newest of a key decide, so a burst of one key does not displace those of others.
        if self.refusals.iter().filter(|refusal| is_of_key(refusal)).count() >= Self::MAX_REFUSALS
            && let Some(oldest) = self.refusals.iter().position(is_of_key)
        {
            self.refusals.remove(oldest);
        }
        if self.refusals.len() >= Self::MAX_REMEMBERED {
            self.refusals.remove(0);
        }
        self.refusals.push(Refusal { access_key_id: keys.access_key_id().to_owned(), at });
    }

    /// An answer that the service gives only to a valid signature. It ends the pause; bad signatures stay counted.
    pub(super) fn accepted(&mut self, keys: &Credentials, sent_at: f64) {
        let Some(state) = self.state_of(keys) else { return };
        if sent_at > state.pause.since {
            state.pause = Pause::none(keys.access_key_id());
            state.refused = None;
            if state.proven.as_ref() != Some(keys) {
                state.proven = Some(keys.clone());
            }
            self.skew_was_excused = false;
        }
    }
}

impl Pause {
    fn none(access_key_id: &str) -> Self {
        let never = f64::NEG_INFINITY;
        Pause { access_key_id: access_key_id.to_owned(), failures: 0, since: never, until: never }
    }
}

impl LockoutState {
    /// When the last pause ends.
    pub(super) fn until(&self) -> f64 {
        self.pauses.iter().fold(f64::NEG_INFINITY, |last, pause| last.max(pause.until))
    }
}

/// The refusal of requests until then.
pub(super) fn refuse_until(until: f64, now: f64) -> Result<(), Problem> {
    let left = until - now;
    if left > 0.0 { Err(Problem::new(ProblemCode::KeysRefused).retry_after_ms(left)) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    fn key(id: &str, secret: &str) -> Credentials {
        Credentials::new(id, secret, None).unwrap()
    }

    #[test]
    fn pauses_grow_and_end() {
        let (mut lockout, keys) = (Lockout::default(), key("A", "s"));
        assert!(lockout.check(&keys, 0.0).is_ok());
        let mut at = 0.0;
        let pauses: [_; 6] = std::array::from_fn(|_| {
            let pause = lockout.refused(&keys, false, at, at).unwrap();
            at += pause;
            pause
        });
        assert_eq!(pauses, [30_000.0, 60_000.0, 120_000.0, 240_000.0, 300_000.0, 300_000.0]);
        let left = lockout.check(&keys, at - 1.0).map_err(|problem| problem.retry_after_seconds);
        assert_eq!(left, Err(Some(1)));
        assert!(lockout.check(&keys, at).is_ok());
        lockout.accepted(&keys, at);
        assert_eq!(lockout.refused(&keys, false, at + 1.0, at + 2.0), Some(30_000.0), "it starts again");
        let mut far = Lockout::default();
        far.state_of(&keys).unwrap().pause.failures = u32::MAX;
        assert_eq!(far.refused(&keys, false, 0.0, 0.0), Some(300_000.0));
    }

    #[test]
    fn one_burst_pauses_once_and_other_keys_do_not_count() {
        let (mut lockout, old, new) = (Lockout::default(), key("old", "s"), key("new", "s"));
        assert!(!lockout.must_wait(&old, 2, 0.0) && lockout.must_wait(&old, 3, 0.0));
        assert_eq!(lockout.refused(&old, false, 1.0, 10.0), Some(30_000.0));
        assert_eq!(lockout.refused(&old, false, 2.0, 11.0), None);
        lockout.accepted(&old, 3.0);
        assert!(lockout.check(&old, 12.0).is_err(), "sent before the 401");
        assert!(!lockout.must_wait(&old, 3, 12.0), "it is refused, not kept waiting");
        assert!(lockout.check(&new, 12.0).is_ok());
        assert_eq!(lockout.refused(&old, false, 20.0, 21.0), Some(60_000.0));
        assert!(lockout.check(&new, 22.0).is_ok());
        lockout.accepted(&new, 30.0);
        assert!(!lockout.must_wait(&new, 100, 31.0));
        assert!(lockout.must_wait(&old, 1, 100_000.0), "three were refused");
    }

    #[test]
    fn each_bad_signature_counts_for_its_access_key() {
        let mut lockout = Lockout::default();
        // Other secrets of an access key can be tried at once, but four times in all.
        for (i, pause) in [30_000.0, 60_000.0, 120_000.0, 299_997.0].into_iter().enumerate() {
            let keys = key("A", &i.to_string());
            assert!(lockout.check(&keys, i as f64).is_ok());
            assert_eq!(lockout.refused(&keys, false, i as f64, i as f64), Some(pause));
        }
        assert!(lockout.check(&key("A", "right"), 299_999.0).is_err());
        assert!(lockout.check(&key("A", "right"), 300_000.0).is_ok());
        // Eight of all keys.
        for i in 0..4 {
            assert!(lockout.check(&key(&i.to_string(), "s"), 10.0).is_ok());
            let _ = lockout.refused(&key(&i.to_string(), "s"), false, 10.0, 10.0);
        }
        assert!(lockout.check(&key("new", "s"), 299_999.0).is_err());
        assert!(lockout.check(&key("new", "s"), 300_000.0).is_ok());
        let restored = Lockout::restored(lockout.state());
        assert!(restored.check(&key("new", "s"), 299_999.0).is_err());
    }

    #[test]
    fn a_wrong_clock_explains_one_401() {
        let (mut lockout, keys) = (Lockout::default(), key("A", "s"));
        assert_eq!(lockout.refused(&keys, true, 0.0, 1.0), None);
        assert!(lockout.check(&keys, 1.0).is_ok());
        assert_eq!(lockout.refused(&keys, true, 2.0, 3.0), Some(30_000.0));
        lockout.accepted(&keys, 30_004.0);
        assert_eq!(lockout.refused(&keys, true, 30_005.0, 30_006.0), None);
        assert_eq!(lockout.refused(&keys, true, 30_007.0, 30_008.0), Some(269_993.0), "the fourth");
    }

    #[test]
    fn memory_is_bounded() {
        let mut lockout = Lockout::default();
        for i in 0..1_000 {
            let keys = key(&i.to_string(), "s");
            lockout.accepted(&keys, 0.0);
            let _ = lockout.refused(&keys, false, f64::from(i), f64::from(i));
        }
        assert_eq!((lockout.keys.len(), lockout.refusals.len()), (64, 64));
        let burst = key("burst", "s");
        for _ in 0..1_000 {
            let _ = lockout.refused(&burst, false, 2_000.0, 2_000.0);
        }
        assert_eq!(lockout.refusals_of(Some(&burst)).count(), 4);
    }
}
