//! Dates of HTTP headers, in the three forms of RFC 9110.

use crate::service::date::days_from_civil;

const MONTHS: &str = "janfebmaraprmayjunjulaugsepoctnovdec";

/// Milliseconds since 1970, or None for an invalid date. The day of the week is ignored.
pub fn parse(text: &str) -> Option<f64> {
    let (mut day, mut month, mut year, mut time) = (None, None, None, None);
    for token in text.split([' ', ',', '-']) {
        let number = || token.parse::<u32>().ok();
        match token.as_bytes() {
            [b'0'..=b'9', ..] if token.contains(':') => time = Some(clock(token)?),
            [b'0'..=b'9'] | [b'0'..=b'9', b'0'..=b'9'] if day.is_none() => day = number(),
            // A year of two digits is in this century, because the service is not older.
            [b'0'..=b'9', b'0'..=b'9'] => year = Some(2000 + number()?),
            [b'0'..=b'9', _, _, _] => year = number(),
            [_, _, _] if month.is_none() => {
                month = MONTHS.find(&token.to_ascii_lowercase()).filter(|at| at % 3 == 0).map(|at| at as u32 / 3 + 1);
            }
            _ => {}
        }
    }
    let (day, month, year) = (day.filter(|day| (1..=31).contains(day))?, month?, year?);
    let days = days_from_civil(i64::from(year), i64::from(month), i64::from(day));
    Some((days as f64 * 86_400.0 + time?) * 1000.0)
}

/// The seconds since midnight of a time such as `12:00:30`.
fn clock(token: &str) -> Option<f64> {
    let mut parts = token.split(':').map(|part| part.parse::<u8>().ok().map(f64::from));
    match (parts.next()?, parts.next()?, parts.next()?, parts.next()) {
        (Some(h), Some(m), Some(s), None) if h < 24.0 && m < 60.0 && s <= 60.0 => Some(h * 3600.0 + m * 60.0 + s),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn all_three_formats_are_parsed() {
        for text in ["Sun, 06 Nov 1994 08:49:37 GMT", "Sun Nov  6 08:49:37 1994", "sun, 06 NOV 1994 08:49:37 gmt"] {
            assert_eq!(parse(text), Some(784_111_777_000.0), "{text}");
        }
        assert_eq!(parse("Sunday, 22-Nov-26 12:00:30 GMT"), Some(1_795_348_830_000.0));
        assert_eq!(parse("Thu, 01 Jan 1970 00:00:00 GMT"), Some(0.0));
        assert_eq!(parse("Thu, 29 Feb 2024 23:59:60 GMT"), Some(1_709_251_200_000.0));
        assert_eq!(parse("Tue, 01 Mar 2100 00:00:00 GMT"), Some(4_107_542_400_000.0));
    }

    #[test]
    fn invalid_dates_are_none() {
        for text in [
            "",
            "soon",
            "2026-11-22T12:00:00Z",
            "Sun, 06 Nov 1994",
            "Sun, 06 Nov 1994 08:49 GMT",
            "Sun, 06 Nov 1994 24:00:00 GMT",
            "Sun, 06 Nov 1994 08:61:00 GMT",
            "Sun, 32 Nov 1994 08:49:37 GMT",
            "Sun, 06 Nvo 1994 08:49:37 GMT",
            "Sun, 06 anf 1994 08:49:37 GMT",
            "06 Nov 08:49:37 GMT",
            "Sun, 06 Nov 19x4 08:49:37 GMT",
            ":::",
            "1:2:3:4 5 6",
        ] {
            assert_eq!(parse(text), None, "{text:?}");
        }
    }
}
