//! Rates of clients. Times are milliseconds of the caller's clock.

use std::collections::BTreeMap;

use super::Rate;

/// The tokens of one client.
#[derive(Clone, Copy, Debug, PartialEq)]
struct TokenBucket {
    tokens: f64,
    at: f64,
}

impl TokenBucket {
    fn full(rate: Rate, now: f64) -> Self {
        TokenBucket { tokens: rate.burst(), at: now }
    }

    /// Takes one token. If none is left, returns the milliseconds until there is one.
    fn take(&mut self, rate: Rate, now: f64) -> Result<(), f64> {
        // A clock that was set back adds nothing.
        let elapsed = (now - self.at).max(0.0);
        self.tokens = (self.tokens + elapsed * rate.per_millisecond()).clamp(0.0, rate.burst());
        self.at = now;
        if self.tokens < 1.0 {
            return Err((1.0 - self.tokens) / rate.per_millisecond());
        }
        self.tokens -= 1.0;
        Ok(())
    }
}

/// The clients whose rate is remembered. The one seen longest ago is forgotten first.
#[derive(Debug, Default)]
pub(super) struct Clients {
    buckets: BTreeMap<String, (TokenBucket, u64)>,
    by_last_use: BTreeMap<u64, String>,
    uses: u64,
}

impl Clients {
    const MAX: usize = 10_000;

    /// Takes a token of this client. If none is left, returns the milliseconds until there is one.
    pub(super) fn take(&mut self, client: &str, rate: Rate, now: f64) -> Result<(), f64> {
        self.uses += 1;
        let uses = self.uses;
        let (mut bucket, last_use) = match self.buckets.remove(client) {
            Some((bucket, last_use)) => (bucket, Some(last_use)),
            None => (TokenBucket::full(rate, now), None),
        };
        let taken = bucket.take(rate, now);
        if let Some(last_use) = last_use {
            self.by_last_use.remove(&last_use);
        }
        self.by_last_use.insert(uses, client.to_owned());
        self.buckets.insert(client.to_owned(), (bucket, uses));
        if self.buckets.len() > Self::MAX
            && let Some((_, oldest)) = self.by_last_use.pop_first()
        {
            self.buckets.remove(&oldest);
        }
        taken
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RATE: Rate = Rate { per_minute: 60, burst: Some(3) };

    #[test]
    fn a_bucket_allows_its_burst_and_then_its_rate() {
        let mut bucket = TokenBucket::full(RATE, 0.0);
        let mut take = |now: f64| bucket.take(RATE, now);
        assert_eq!([take(0.0), take(0.0), take(0.0)], [Ok(()), Ok(()), Ok(())]);
        assert_eq!(take(0.0), Err(1_000.0));
        assert_eq!(take(500.0), Err(500.0));
        assert_eq!(take(1_000.0), Ok(()));
        // After the clock was set back by an hour, nothing is added and nothing is lost for long.
        assert_eq!(take(-3_600_000.0), Err(1_000.0));
        assert_eq!(take(-3_599_000.0), Ok(()));
        // It never holds more than the burst.
        assert_eq!([take(1e12), take(1e12), take(1e12)], [Ok(()), Ok(()), Ok(())]);
        assert_eq!(take(1e12), Err(1_000.0));
    }

    #[test]
    fn the_client_seen_longest_ago_is_forgotten() {
        let mut clients = Clients::default();
        let one = Rate { per_minute: 1, burst: Some(1) };
        assert_eq!(clients.take("first", one, 0.0), Ok(()));
        assert_eq!(clients.take("second", one, 0.0), Ok(()));
        assert!(clients.take("first", one, 0.0).is_err(), "is seen again");
        for i in 2..Clients::MAX {
            assert_eq!(clients.take(&i.to_string(), one, 0.0), Ok(()));
        }
        assert_eq!(clients.take("new", one, 0.0), Ok(()));
        assert_eq!((clients.buckets.len(), clients.by_last_use.len()), (Clients::MAX, Clients::MAX));
        assert!(clients.take("first", one, 0.0).is_err());
        assert_eq!(clients.take("second", one, 0.0), Ok(()), "was forgotten");
    }
}
