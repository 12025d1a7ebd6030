//! Requests in flight.

use std::collections::BTreeMap;

/// A request is counted from `start` until `end`, but no longer than the longest time it can take: the host's `fetch` may
/// ignore its signal, and a runtime may drop a request whose caller has left.
#[derive(Debug)]
pub(super) struct InFlight {
    longest_ms: f64,
    /// When each request started. Their numbers ascend, so the oldest are first.
    started: BTreeMap<u32, f64>,
}

impl InFlight {
    pub(super) const fn new(longest_ms: f64) -> Self {
        InFlight { longest_ms, started: BTreeMap::new() }
    }

    pub(super) fn start(&mut self, request: u32, now: f64) {
        self.started.insert(request, now);
    }

    pub(super) fn end(&mut self, request: u32) {
        self.started.remove(&request);
    }

    pub(super) fn count(&mut self, now: f64) -> usize {
        while let Some(oldest) = self.started.first_entry() {
            if now - *oldest.get() < self.longest_ms {
                break;
            }
            oldest.remove();
        }
        self.started.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_that_never_ends_is_not_counted_forever() {
        let mut in_flight = InFlight::new(1_000.0);
        in_flight.start(1, 0.0);
        in_flight.start(2, 500.0);
        assert_eq!(in_flight.count(999.0), 2);
        assert_eq!(in_flight.count(1_000.0), 1);
        in_flight.end(2);
        in_flight.end(1);
        assert_eq!(in_flight.count(1_000.0), 0);
    }
}
