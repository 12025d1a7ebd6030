//! Requests in flight.

use std::collections::BTreeMap;

use super::client_id::ClientId;

/// A request is counted from `start` until `end`, but no longer than the longest time it can take: the host's `fetch` may
/// ignore its signal, and a runtime may drop a request whose caller has left.
#[derive(Debug)]
pub(super) struct InFlight {
    longest_ms: f64,
    /// When each request started, and whose it is. Their numbers ascend, so the oldest are first.
    started: BTreeMap<u32, (f64, ClientId)>,
    by_client: BTreeMap<ClientId, usize>,
}

impl InFlight {
    pub(super) const fn new(longest_ms: f64) -> Self {
        InFlight { longest_ms, started: BTreeMap::new(), by_client: BTreeMap::new() }
    }

    pub(super) fn start(&mut self, request: u32, client: ClientId, now: f64) {
        self.end(request);
        self.started.insert(request, (now, client));
        *self.by_client.entry(client).or_default() += 1;
    }

    /// When the request started and whose it is, if it was counted.
    pub(super) fn end(&mut self, request: u32) -> Option<(f64, ClientId)> {
        let started = self.started.remove(&request)?;
        self.forget(started.1);
        Some(started)
    }

    fn forget(&mut self, client: ClientId) {
        if let Some(count) = self.by_client.get_mut(&client) {
            *count = count.saturating_sub(1);
            if *count == 0 {
                self.by_client.remove(&client);
            }
        }
    }

    pub(super) fn contains(&self, request: u32) -> bool {
        self.started.contains_key(&request)
    }

    pub(super) fn count(&mut self, now: f64) -> usize {
        while let Some(oldest) = self.started.first_entry() {
            let (at, client) = *oldest.get();
            if now - at < self.longest_ms {
                break;
            }
            oldest.remove();
            self.forget(client);
        }
        self.started.len()
    }

    /// Requests of one client. Those that [`InFlight::count`] has not yet forgotten are counted.
    pub(super) fn count_of(&self, client: ClientId) -> usize {
        self.by_client.get(&client).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_that_never_ends_is_not_counted_forever() {
        let mut in_flight = InFlight::new(1_000.0);
        let [a, b] = ["a", "b"].map(ClientId::new);
        in_flight.start(1, a, 0.0);
        in_flight.start(2, b, 500.0);
        assert_eq!(in_flight.count(999.0), 2);
        assert_eq!(in_flight.count(1_000.0), 1);
        assert_eq!([a, b].map(|client| in_flight.count_of(client)), [0, 1]);
        assert_eq!(in_flight.end(2), Some((500.0, b)));
        assert_eq!(in_flight.end(1), None);
        assert_eq!(in_flight.count(1_000.0), 0);
        assert!(in_flight.by_client.is_empty());
    }

    #[test]
    fn the_requests_of_each_client_are_counted() {
        let mut in_flight = InFlight::new(1_000.0);
        let client = ClientId::new("a");
        in_flight.start(1, client, 0.0);
        in_flight.start(1, client, 0.0);
        in_flight.start(2, client, 0.0);
        assert_eq!((in_flight.count(0.0), in_flight.count_of(client)), (2, 2));
        in_flight.end(1);
        assert_eq!((in_flight.count(0.0), in_flight.count_of(client)), (1, 1));
    }
}
