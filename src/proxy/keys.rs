//! When keys from a provider are fetched.

use serde::Serialize;

/// What to do about the keys before a request is signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub enum KeysStep {
    /// Use those at hand.
    Use,
    /// Use those at hand, and fetch others meanwhile.
    Refresh,
    /// Fetch keys, then ask again.
    Fetch,
    /// Others are being fetched: ask again later.
    Wait,
    /// There are no valid keys now.
    Unavailable,
}

/// The state of fetching. Only one call of the provider is in flight.
#[derive(Debug)]
pub(super) struct KeySchedule {
    has_provider: bool,
    failures: u32,
    /// After a failure, the provider is not called before this time.
    retry_at: f64,
    /// A call is in flight until this time at most. In workerd it may end with the request that began it.
    fetching_until: f64,
}

impl KeySchedule {
    /// Keys are fetched this long before they expire.
    const EARLY: f64 = 300_000.0;
    /// A request in flight must not outlive its keys.
    const MARGIN: f64 = 10_000.0;
    const FIRST_RETRY: f64 = 1_000.0;
    const LONGEST_RETRY: f64 = 30_000.0;
    /// A provider must answer within this time.
    pub(super) const TIMEOUT: f64 = 10_000.0;

    pub(super) const fn new(has_provider: bool) -> Self {
        KeySchedule { has_provider, failures: 0, retry_at: f64::NEG_INFINITY, fetching_until: f64::NEG_INFINITY }
    }

    /// `expires` is when the current keys expire: infinite for permanent keys, `None` without keys.
    pub(super) fn step(&mut self, expires: Option<f64>, now: f64) -> KeysStep {
        let is_fetching = now < self.fetching_until;
        let may_fetch = self.has_provider && now >= self.retry_at;
        let step = match expires {
            Some(expires) if now < expires - Self::EARLY => KeysStep::Use,
            Some(expires) if now < expires - Self::MARGIN => {
                if may_fetch && !is_fetching {
                    KeysStep::Refresh
                } else {
                    KeysStep::Use
                }
            }
            _ if self.has_provider && is_fetching => KeysStep::Wait,
            _ if may_fetch => KeysStep::Fetch,
            _ => KeysStep::Unavailable,
        };
        if matches!(step, KeysStep::Refresh | KeysStep::Fetch) {
            self.fetching_until = now + Self::TIMEOUT;
        }
        step
    }

    /// The call has ended, with keys that expire then, or none. Returns whether they can be used.
    pub(super) fn fetched(&mut self, expires: Option<f64>, now: f64) -> bool {
        self.fetching_until = f64::NEG_INFINITY;
        let usable = expires.is_some_and(|expires| now < expires - Self::EARLY);
        if usable {
            *self = KeySchedule::new(self.has_provider);
        } else {
            let pause = Self::FIRST_RETRY * f64::from(2_u32.saturating_pow(self.failures.min(8)));
            self.retry_at = now + pause.min(Self::LONGEST_RETRY);
            self.failures = self.failures.saturating_add(1);
        }
        usable
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(left: Option<f64>) -> KeysStep {
        KeySchedule::new(true).step(left, 0.0)
    }

    #[test]
    fn keys_are_fetched_before_they_expire_and_never_used_after() {
        assert_eq!(step(None), KeysStep::Fetch);
        assert_eq!(step(Some(f64::INFINITY)), KeysStep::Use);
        assert_eq!(step(Some(300_001.0)), KeysStep::Use);
        assert_eq!(step(Some(300_000.0)), KeysStep::Refresh);
        assert_eq!(step(Some(10_001.0)), KeysStep::Refresh);
        assert_eq!(step(Some(10_000.0)), KeysStep::Fetch);
        assert_eq!(step(Some(-1.0)), KeysStep::Fetch);
        assert_eq!(step(Some(f64::NAN)), KeysStep::Fetch);
        let mut fixed = KeySchedule::new(false);
        assert_eq!(fixed.step(Some(300_000.0), 0.0), KeysStep::Use);
        assert_eq!(fixed.step(Some(10_000.0), 0.0), KeysStep::Unavailable);
    }

    #[test]
    fn one_call_at_a_time_and_pauses_after_failures() {
        let mut keys = KeySchedule::new(true);
        assert_eq!(keys.step(None, 0.0), KeysStep::Fetch);
        assert_eq!(keys.step(None, 9_999.0), KeysStep::Wait);
        assert_eq!(keys.step(Some(200_000.0), 9_999.0), KeysStep::Use);
        assert_eq!(keys.step(None, 10_000.0), KeysStep::Fetch, "the first call was lost");
        assert!(!keys.fetched(None, 10_000.0));
        assert_eq!(keys.step(None, 10_999.0), KeysStep::Unavailable);
        assert_eq!(keys.step(Some(200_000.0), 10_999.0), KeysStep::Use);
        assert_eq!(keys.step(Some(200_000.0), 11_000.0), KeysStep::Refresh);
        let pauses = std::array::from_fn(|_| {
            assert!(!keys.fetched(Some(0.0), 0.0), "they have expired");
            keys.retry_at
        });
        assert_eq!(pauses, [2_000.0, 4_000.0, 8_000.0, 16_000.0, 30_000.0, 30_000.0]);
        assert!(keys.fetched(Some(f64::INFINITY), 0.0));
        assert_eq!(keys.step(None, 0.0), KeysStep::Fetch, "the pause is over");
    }
}
