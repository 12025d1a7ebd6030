//! What depends on the moment: rates, requests in flight, keys that were refused, clocks, keys that run out.
//! Times are milliseconds since 1970 of whatever clock the adapter has.

use super::{Policy, Problem, ProblemCode, Rate};
use crate::client::http_date;

/// The tokens of one client.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bucket {
    pub tokens: f64,
    pub at: f64,
}

impl Bucket {
    /// A client that was never seen.
    pub fn full(rate: Rate, now: f64) -> Self {
        Bucket { tokens: rate.burst(), at: now }
    }

    /// Takes one token. None left: the milliseconds until there is one.
    pub fn take(self, rate: Rate, now: f64) -> (Self, Result<(), f64>) {
        // A clock that was set back gives nothing.
        let elapsed = (now - self.at).max(0.0);
        let tokens = (self.tokens + elapsed * rate.per_millisecond()).clamp(0.0, rate.burst());
        if tokens >= 1.0 {
            (Bucket { tokens: tokens - 1.0, at: now }, Ok(()))
        } else {
            (Bucket { tokens, at: now }, Err((1.0 - tokens) / rate.per_millisecond()))
        }
    }
}

/// What is going on when a request arrives.
#[derive(Clone, Copy, Debug)]
pub struct Load {
    pub in_flight: u32,
    pub lockout: Lockout,
    /// The client's tokens; None if it was never seen.
    pub bucket: Option<Bucket>,
}

impl Load {
    /// Whether a request may go on now; and the client's tokens after it, if they are counted.
    pub fn admit(self, policy: &Policy, now: f64) -> (Option<Bucket>, Result<(), Problem>) {
        let mut after = None;
        if let Some(rate) = policy.rate {
            let (bucket, taken) = self.bucket.unwrap_or(Bucket::full(rate, now)).take(rate, now);
            after = Some(bucket);
            if let Err(wait) = taken {
                return (after, Err(Problem::new(ProblemCode::RateLimited).retry_after(seconds(wait))));
            }
        }
        if self.in_flight >= policy.max_concurrent {
            return (after, Err(Problem::new(ProblemCode::TooManyInFlight).retry_after(1)));
        }
        (after, self.lockout.check(now))
    }
}

fn seconds(milliseconds: f64) -> u32 {
    // Saturates.
    (milliseconds / 1000.0).ceil().max(1.0) as u32
}

/// The service locks keys for five minutes after a few bad signatures in a row. So one 401 stops everything for a
/// while, and each further one for longer.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Lockout {
    /// 401s in a row.
    pub failures: u32,
    /// Nothing is sent before this time.
    pub until: f64,
}

impl Lockout {
    const FIRST_PAUSE: f64 = 30_000.0;
    const LONGEST_PAUSE: f64 = 300_000.0;
    /// So many requests may be under way with keys that no answer has proved: fewer than lock them.
    pub const UNPROVEN_IN_FLIGHT: u32 = 3;

    pub fn refused(self, now: f64) -> Self {
        let doubled = Self::FIRST_PAUSE * f64::from(2_u32.saturating_pow(self.failures.min(8)));
        Lockout { failures: self.failures.saturating_add(1), until: now + doubled.min(Self::LONGEST_PAUSE) }
    }

    pub fn check(self, now: f64) -> Result<(), Problem> {
        if now < self.until {
            return Err(Problem::new(ProblemCode::KeysRefused).retry_after(seconds(self.until - now)));
        }
        Ok(())
    }
}

/// How far the service's clock is ahead of ours, in milliseconds, by the Date of an answer to a request that was sent
/// and answered at these times. None if there is no believable date.
pub fn clock_offset(date: &str, sent: f64, received: f64) -> Option<f64> {
    /// Below this the two are the same for signing.
    const TOLERANCE: f64 = 5_000.0;
    /// Beyond this the date is wrong, not the clock.
    const BELIEVABLE: f64 = 86_400_000.0;
    let date = http_date::parse(date)?;
    // The date may stand for any moment of its second, between sending and receiving.
    let offset = if date > received {
        date - received
    } else if date + 1_000.0 < sent {
        date + 1_000.0 - sent
    } else {
        0.0
    };
    let offset = if offset.abs() < TOLERANCE { 0.0 } else { offset };
    (offset.abs() <= BELIEVABLE).then_some(offset)
}

/// What to do about keys that run out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refresh {
    /// They are good.
    Use,
    /// They are good, and it is time to get others meanwhile.
    UseAndRefresh,
    /// There are none that may be sent: wait for others.
    Wait,
}

/// `expires` is when the keys at hand run out, infinite for permanent ones, None if there are none; `retry` is the
/// time before which a refresh that failed is not tried again.
pub fn refresh(expires: Option<f64>, retry: f64, now: f64) -> Refresh {
    /// New ones are fetched so long before.
    const EARLY: f64 = 300_000.0;
    /// A request under way must not outlive its keys.
    const MARGIN: f64 = 10_000.0;
    match expires {
        Some(expires) if now < expires - EARLY => Refresh::Use,
        Some(expires) if now < expires - MARGIN => {
            if now < retry {
                Refresh::Use
            } else {
                Refresh::UseAndRefresh
            }
        }
        _ => Refresh::Wait,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RATE: Rate = Rate { per_minute: 60, burst: Some(3) };

    #[test]
    fn a_bucket_gives_its_burst_then_its_rate() {
        let mut bucket = Bucket::full(RATE, 0.0);
        let mut take = |now: f64| {
            let (after, taken) = bucket.take(RATE, now);
            bucket = after;
            taken
        };
        assert_eq!([take(0.0), take(0.0), take(0.0)], [Ok(()), Ok(()), Ok(())]);
        assert_eq!(take(0.0), Err(1_000.0));
        assert_eq!(take(500.0), Err(500.0));
        assert_eq!(take(1_000.0), Ok(()));
        // Set back by an hour: nothing is given, nothing is lost for long.
        assert_eq!(take(-3_600_000.0), Err(1_000.0));
        assert_eq!(take(-3_599_000.0), Ok(()));
        // However long it rests, the burst is all it holds.
        assert_eq!([take(1e12), take(1e12), take(1e12)], [Ok(()), Ok(()), Ok(())]);
        assert_eq!(take(1e12), Err(1_000.0));
    }

    #[test]
    fn pauses_grow_and_end() {
        let mut lockout = Lockout::default();
        assert!(lockout.check(0.0).is_ok());
        let pauses = std::array::from_fn(|_| {
            lockout = lockout.refused(1_000.0);
            lockout.until - 1_000.0
        });
        assert_eq!(pauses, [30_000.0, 60_000.0, 120_000.0, 240_000.0, 300_000.0, 300_000.0]);
        assert_eq!(lockout.check(300_999.0).map_err(|problem| problem.retry_after_seconds), Err(Some(1)));
        assert!(lockout.check(301_000.0).is_ok());
        let far = Lockout { failures: u32::MAX, until: 0.0 }.refused(0.0);
        assert_eq!((far.failures, far.until), (u32::MAX, 300_000.0));
    }

    #[test]
    fn offsets() {
        // 2024-06-19T08:09:10Z
        let date = "Wed, 19 Jun 2024 08:09:10 GMT";
        let at = 1_718_784_550_000.0;
        assert_eq!(clock_offset(date, at - 100.0, at + 100.0), Some(0.0));
        assert_eq!(clock_offset(date, at + 900.0, at + 999.0), Some(0.0));
        // A slow answer tells nothing.
        assert_eq!(clock_offset(date, at - 20_000.0, at + 20_000.0), Some(0.0));
        assert_eq!(clock_offset(date, at - 1_200_000.0, at - 1_199_900.0), Some(1_199_900.0));
        assert_eq!(clock_offset(date, at + 1_200_000.0, at + 1_200_100.0), Some(-1_199_000.0));
        assert_eq!(clock_offset(date, at + 4_000.0, at + 4_100.0), Some(0.0));
        assert_eq!(clock_offset(date, at + 9e7, at + 9e7), None);
        for junk in ["", "now", "Thu, 01 Jan 1970 00:00:00 GMT", "Wed, 99 Jun 2024 08:09:10 GMT"] {
            assert_eq!(clock_offset(junk, at, at), None, "{junk}");
        }
    }

    #[test]
    fn keys_are_refreshed_before_they_run_out_and_never_sent_after() {
        let keys = |left: f64, retry: f64| refresh(Some(left), retry, 0.0);
        assert_eq!(refresh(None, 0.0, 0.0), Refresh::Wait);
        assert_eq!(keys(f64::INFINITY, 0.0), Refresh::Use);
        assert_eq!(keys(300_001.0, 0.0), Refresh::Use);
        assert_eq!(keys(300_000.0, 0.0), Refresh::UseAndRefresh);
        assert_eq!(keys(300_000.0, 1.0), Refresh::Use);
        assert_eq!(keys(10_001.0, 0.0), Refresh::UseAndRefresh);
        assert_eq!(keys(10_000.0, 1.0), Refresh::Wait);
        assert_eq!(keys(-1.0, 1.0), Refresh::Wait);
        assert_eq!(keys(f64::NAN, 0.0), Refresh::Wait);
    }
}
