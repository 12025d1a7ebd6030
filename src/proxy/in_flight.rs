//! Requests in flight.

use std::collections::VecDeque;

use super::client_id::ClientId;

/// A request is counted from `start` until `end`, but no longer than the longest time it can take: the host's `fetch` may
/// ignore its signal, and a runtime may drop a request whose caller has left.
#[derive(Debug)]
pub(super) struct InFlight {
    longest_ms: f64,
    /// By their numbers, which ascend, so the oldest are first.
    requests: VecDeque<Started>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Started {
    request: u32,
    pub(super) client: ClientId,
    pub(super) at: f64,
}

impl InFlight {
    pub(super) const fn new(longest_ms: f64) -> Self {
        InFlight { longest_ms, requests: VecDeque::new() }
    }

    /// The place of a request, or else that where it belongs.
    fn place_of(&self, request: u32) -> Result<usize, usize> {
        self.requests.binary_search_by_key(&request, |started| started.request)
    }

    pub(super) fn start(&mut self, request: u32, client: ClientId, now: f64) {
        self.end(request);
        let place = self.place_of(request).unwrap_or_else(|place| place);
        self.requests.insert(place, Started { request, client, at: now });
    }

    /// When the request started and whose it is, if it was counted.
    pub(super) fn end(&mut self, request: u32) -> Option<Started> {
        self.requests.remove(self.place_of(request).ok()?)
    }

    pub(super) fn contains(&self, request: u32) -> bool {
        self.place_of(request).is_ok()
    }

    pub(super) fn count(&mut self, now: f64) -> usize {
        while self.requests.front().is_some_and(|oldest| now - oldest.at >= self.longest_ms) {
            self.requests.pop_front();
        }
        self.requests.len()
    }

    /// Requests of one client, with those that [`InFlight::count`] has not yet forgotten. The limit of requests in flight
    /// keeps the list short.
    pub(super) fn count_of(&self, client: ClientId) -> usize {
        self.requests.iter().filter(|started| started.client == client).count()
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
        assert_eq!(in_flight.end(2), Some(Started { request: 2, client: b, at: 500.0 }));
        assert_eq!(in_flight.end(1), None);
        assert_eq!(in_flight.count(1_000.0), 0);
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

    #[test]
    fn the_oldest_request_is_forgotten_first_though_its_body_is_complete_last() {
        let mut in_flight = InFlight::new(1_000.0);
        let client = ClientId::new("a");
        in_flight.start(2, client, 500.0);
        in_flight.start(1, client, 0.0);
        assert_eq!(in_flight.count(1_000.0), 1);
        assert!(!in_flight.contains(1));
        assert!(in_flight.contains(2));
    }
}
