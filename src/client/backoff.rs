//! How long to wait before the next try: full jitter, but at least as long as the answer asks.

/// The waits for one reason, in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Backoff {
    /// The longest wait before the second try. It doubles with each further try.
    pub base: f64,
    /// The longest wait of all. If the answer asks for a longer one, there is no further try.
    pub max: f64,
}

impl Backoff {
    /// 429 and the gateway's 0308.
    pub const THROTTLED: Backoff = Backoff { base: 2000.0, max: 30_000.0 };
    /// The request certainly did not reach the service.
    pub const NOT_SENT: Backoff = Backoff { base: 300.0, max: 30_000.0 };
    /// A temporary failure of a request that may be repeated.
    pub const TEMPORARY: Backoff = Backoff { base: 300.0, max: 5000.0 };

    /// The wait after so many tries. `asked` is the wait that the answer asks for.
    pub fn wait(self, tries: u32, asked: Option<f64>, random: f64) -> Option<f64> {
        let doublings = tries.saturating_sub(1).min(16);
        let ceiling = (self.base * f64::from(1u32 << doublings)).min(self.max);
        let wait = (ceiling * random.clamp(0.0, 1.0)).max(asked.unwrap_or(0.0));
        (wait <= self.max).then_some(wait)
    }
}

/// Turns a date of an HTTP header into milliseconds since 1970, or NaN. The browser passes JavaScript's own parser;
/// [`super::http_date`] is the one in Rust.
pub type ParseDate = fn(&str) -> f64;

/// The header Retry-After as milliseconds from `now`. Its value is a number of seconds or a date; a past date is 0.
pub fn retry_after(header: &str, now: f64, parse_date: ParseDate) -> Option<f64> {
    let digits = |sum: f64, byte: u8| byte.is_ascii_digit().then(|| sum * 10.0 + f64::from(byte - b'0'));
    match header.bytes().try_fold(0.0, digits) {
        Some(seconds) if !header.is_empty() => Some(seconds * 1000.0),
        _ => date(header, parse_date).map(|date| (date - now).max(0.0)),
    }
}

/// A date begins with the day of the week and has a time. JavaScript's parser accepts much more, such as `-5`.
#[inline(never)]
pub(super) fn date(header: &str, parse_date: ParseDate) -> Option<f64> {
    let is_http_date =
        header.bytes().next().is_some_and(|byte| byte.is_ascii_alphabetic()) && header.bytes().any(|byte| byte == b':');
    is_http_date.then(|| parse_date(header)).filter(|date| date.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2026-11-22 12:00:00 UTC.
    const NOW: f64 = 1_795_348_800_000.0;

    /// As lenient as JavaScript's parser.
    fn parse(text: &str) -> f64 {
        match text {
            "Sun, 22 Nov 2026 12:00:30 GMT" | "Sunday, 22-Nov-26 12:00:30 GMT" | "Sun Nov 22 12:00:30 2026" => {
                NOW + 30_000.0
            }
            "Sun, 22 Nov 2026 11:59:00 GMT" => NOW - 60_000.0,
            "Mon, 22 Nov 2027 12:00:00 GMT" => NOW + 31_536_000_000.0,
            "-5" | "1.5" | "5s" => 988_668_000_000.0,
            _ => f64::NAN,
        }
    }

    #[test]
    fn retry_after_is_seconds_or_a_date() {
        let cases: &[(&str, Option<f64>)] = &[
            ("0", Some(0.0)),
            ("5", Some(5000.0)),
            ("120", Some(120_000.0)),
            ("31536000", Some(31_536_000_000.0)),
            ("Sun, 22 Nov 2026 12:00:30 GMT", Some(30_000.0)),
            ("Sunday, 22-Nov-26 12:00:30 GMT", Some(30_000.0)),
            ("Sun Nov 22 12:00:30 2026", Some(30_000.0)),
            ("Sun, 22 Nov 2026 11:59:00 GMT", Some(0.0)),
            ("Mon, 22 Nov 2027 12:00:00 GMT", Some(31_536_000_000.0)),
            ("", None),
            ("-5", None),
            ("+5", None),
            ("1.5", None),
            ("5s", None),
            ("soon", None),
            ("soon: 5", None),
            ("٣", None),
            ("Infinity", None),
        ];
        for (header, expected) in cases {
            assert_eq!(retry_after(header, NOW, parse), *expected, "{header:?}");
        }
        assert_eq!(retry_after(&"9".repeat(400), NOW, parse), Some(f64::INFINITY));
    }

    #[test]
    fn waits() {
        let wait = |backoff: Backoff, tries, asked, random| backoff.wait(tries, asked, random);
        assert_eq!(wait(Backoff::TEMPORARY, 1, None, 0.5), Some(150.0));
        assert_eq!(wait(Backoff::TEMPORARY, 2, None, 0.5), Some(300.0));
        assert_eq!(wait(Backoff::TEMPORARY, 9, None, 1.0), Some(5000.0));
        assert_eq!(wait(Backoff::THROTTLED, 1, None, 0.25), Some(500.0));
        assert_eq!(wait(Backoff::THROTTLED, 2, None, 0.25), Some(1000.0));
        assert_eq!(wait(Backoff::THROTTLED, 1, Some(30_000.0), 0.9), Some(30_000.0));
        assert_eq!(wait(Backoff::THROTTLED, 1, Some(30_001.0), 0.0), None);
        assert_eq!(wait(Backoff::THROTTLED, 1, Some(1000.0), 0.9), Some(1800.0));
        assert_eq!(wait(Backoff::TEMPORARY, 1, Some(5001.0), 0.0), None);
        assert_eq!(wait(Backoff::NOT_SENT, 1, Some(f64::INFINITY), 0.0), None);
        assert_eq!(wait(Backoff::NOT_SENT, u32::MAX, None, f64::NAN).map(f64::is_nan), Some(false));
    }
}
