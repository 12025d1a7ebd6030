//! Rates of clients. Times are milliseconds of the caller's clock.

use std::collections::{BTreeMap, BTreeSet};

use super::Rate;
use super::client_id::ClientId;

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

    /// The millisecond at which it is full again, and so equals that of a new client.
    fn full_at(&self, rate: Rate) -> u64 {
        // The conversion saturates.
        (self.at + (rate.burst() - self.tokens) / rate.per_millisecond()).ceil() as u64
    }
}

/// The clients whose rate is remembered. Only a client with a full bucket is forgotten, so no number of others frees one
/// that has used up its rate. While no bucket is full, new clients share one.
#[derive(Debug, Default)]
pub(super) struct Clients {
    buckets: BTreeMap<ClientId, TokenBucket>,
    by_full_at: BTreeSet<(u64, ClientId)>,
    shared: Option<TokenBucket>,
}

impl Clients {
    const MAX: usize = 10_000;

    /// Takes a token of this client. If none is left, returns the milliseconds until there is one.
    pub(super) fn take(&mut self, client: ClientId, rate: Rate, now: f64) -> Result<(), f64> {
        let known = self.buckets.get(&client).copied();
        if let Some(bucket) = known {
            self.by_full_at.remove(&(bucket.full_at(rate), client));
        } else if self.buckets.len() >= Self::MAX && !self.forget_full(now) {
            return self.shared.get_or_insert_with(|| TokenBucket::full(rate, now)).take(rate, now);
        }
        let mut bucket = known.unwrap_or_else(|| TokenBucket::full(rate, now));
        let taken = bucket.take(rate, now);
        self.by_full_at.insert((bucket.full_at(rate), client));
        self.buckets.insert(client, bucket);
        taken
    }

    fn forget_full(&mut self, now: f64) -> bool {
        let Some((full_at, client)) = self.by_full_at.first().copied() else { return false };
        let is_full = full_at as f64 <= now;
        if is_full {
            self.by_full_at.pop_first();
            self.buckets.remove(&client);
        }
        is_full
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
    fn only_a_client_with_a_full_bucket_is_forgotten() {
        let mut clients = Clients::default();
        let one = Rate { per_minute: 1, burst: Some(1) };
        let mut take = |client: &str, now: f64| {
            let taken = clients.take(ClientId::new(client), one, now);
            assert_eq!(clients.buckets.len(), clients.by_full_at.len());
            assert!(clients.buckets.len() <= Clients::MAX);
            taken
        };
        assert_eq!(take("first", 0.0), Ok(()));
        for i in 1..Clients::MAX {
            assert_eq!(take(&i.to_string(), 1_000.0), Ok(()));
        }
        assert_eq!(take("new", 2_000.0), Ok(()), "the shared bucket");
        assert!(take("another", 2_000.0).is_err(), "it is shared");
        assert!(take("first", 2_000.0).is_err());
        assert_eq!(take("new", 60_000.0), Ok(()), "the first one's bucket is full");
        assert!(take("new", 60_001.0).is_err(), "it has its own");
        assert!(take("1", 60_001.0).is_err());
    }
}
