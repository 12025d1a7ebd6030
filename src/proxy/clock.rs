//! The difference between the service's clock and ours.

use super::signing_proxy::Verdict;
use crate::client::http_date;
use crate::signing::MAX_SKEW_SECONDS;

/// The offset with which requests are dated. One answer of a cache or of a broken server must not move it far.
#[derive(Debug, Default)]
pub(super) struct ClockOffset {
    ms: f64,
    /// Whether the service has answered.
    is_read: bool,
    /// A distant offset by an answer that shows nothing about our signature.
    distant: Option<f64>,
}

impl ClockOffset {
    /// The service accepts a date within this time, so a smaller change does no harm.
    const NEAR: f64 = (MAX_SKEW_SECONDS * 1000) as f64;
    /// Two distant offsets that differ less agree.
    const AGREES: f64 = 60_000.0;

    pub(super) const fn ms(&self) -> f64 {
        self.ms
    }

    pub(super) const fn is_unknown(&self) -> bool {
        !self.is_read
    }

    /// Learns from an answer, and from the offset by its Date, if it has one. A distant one is learned from a refusal for the date, or from two
    /// answers in a row that agree. A service that accepts our date does not have a distant clock. Returns the offset if
    /// it has changed.
    pub(super) fn learn(&mut self, read: Option<f64>, verdict: Verdict) -> Option<f64> {
        self.is_read = true;
        let read = read?;
        let is_learned = (read - self.ms).abs() <= Self::NEAR
            || verdict == Verdict::Refused { for_date: true }
            || (verdict != Verdict::Accepted
                && self.distant.is_some_and(|distant| (read - distant).abs() < Self::AGREES));
        self.distant = (!is_learned && verdict != Verdict::Accepted).then_some(read);
        if !is_learned || read == self.ms {
            return None;
        }
        self.ms = read;
        Some(read)
    }
}

/// How far the service's clock is ahead of ours, in milliseconds, by the Date of an answer to a request that was sent
/// and answered at these times. None without a plausible date.
pub(super) fn clock_offset(date: &str, sent: f64, received: f64) -> Option<f64> {
    /// Signing tolerates a smaller offset.
    const TOLERANCE: f64 = 5_000.0;
    /// Beyond this, the date is wrong, not the clock.
    const PLAUSIBLE: f64 = 86_400_000.0;
    let date = http_date::parse(date)?;
    // The date means any moment of its second, and the answer was written between sending and receiving.
    let offset = if date > received {
        date - received
    } else if date + 1_000.0 < sent {
        date + 1_000.0 - sent
    } else {
        0.0
    };
    let offset = if offset.abs() < TOLERANCE { 0.0 } else { offset };
    (offset.abs() <= PLAUSIBLE).then_some(offset)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets() {
        // 2024-06-19T08:09:10Z
        let date = "Wed, 19 Jun 2024 08:09:10 GMT";
        let at = 1_718_784_550_000.0;
        assert_eq!(clock_offset(date, at - 100.0, at + 100.0), Some(0.0));
        assert_eq!(clock_offset(date, at + 900.0, at + 999.0), Some(0.0));
        // A slow answer proves nothing.
        assert_eq!(clock_offset(date, at - 20_000.0, at + 20_000.0), Some(0.0));
        assert_eq!(clock_offset(date, at - 1_200_000.0, at - 1_199_900.0), Some(1_199_900.0));
        assert_eq!(clock_offset(date, at + 1_200_000.0, at + 1_200_100.0), Some(-1_199_000.0));
        assert_eq!(clock_offset(date, at + 4_000.0, at + 4_100.0), Some(0.0));
        assert_eq!(clock_offset(date, at + 9e7, at + 9e7), None);
        for junk in ["", "now", "Thu, 01 Jan 1970 00:00:00 GMT", "Wed, 99 Jun 2024 08:09:10 GMT"] {
            assert_eq!(clock_offset(junk, at, at), None, "{junk}");
        }
    }
}
