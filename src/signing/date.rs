//! `X-Sdk-Date`: `YYYYMMDDTHHMMSSZ`, in UTC, without fractions of a second.

use std::fmt;

use crate::service::date::{civil_from_days, days_from_civil};

/// A second, in the spelling of `X-Sdk-Date`.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct SdkDate {
    text: [u8; 16],
    seconds: i64,
}

impl SdkDate {
    /// From seconds since 1970. None outside the years 0 to 9999.
    pub fn from_unix_seconds(seconds: i64) -> Option<Self> {
        let (year, month, day) = civil_from_days(seconds.div_euclid(86_400));
        if !(0..=9999).contains(&year) {
            return None;
        }
        let time = seconds.rem_euclid(86_400);
        let mut text = *b"00000000T000000Z";
        let mut put = |start: usize, width: usize, value: i64| {
            let mut value = value;
            for slot in text.iter_mut().skip(start).take(width).rev() {
                *slot = b'0' + u8::try_from(value % 10).unwrap_or_default();
                value /= 10;
            }
        };
        put(0, 4, year);
        put(4, 2, month);
        put(6, 2, day);
        put(9, 2, time / 3600);
        put(11, 2, time / 60 % 60);
        put(13, 2, time % 60);
        Some(SdkDate { text, seconds })
    }

    /// The second in which a time in milliseconds since 1970 lies.
    pub fn from_unix_millis(millis: i64) -> Option<Self> {
        Self::from_unix_seconds(millis.div_euclid(1000))
    }

    /// None for another spelling, and for a date that does not exist, such as the 30th of February.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes: [u8; 16] = text.as_bytes().try_into().ok()?;
        let number = |start: usize, width: usize| {
            bytes
                .iter()
                .skip(start)
                .take(width)
                .try_fold(0_i64, |sum, digit| digit.is_ascii_digit().then(|| sum * 10 + i64::from(digit - b'0')))
        };
        let days = days_from_civil(number(0, 4)?, number(4, 2)?, number(6, 2)?);
        let seconds = days * 86_400 + number(9, 2)? * 3600 + number(11, 2)? * 60 + number(13, 2)?;
        // A date that does not exist has another spelling when it is formatted again.
        Self::from_unix_seconds(seconds).filter(|date| date.text == bytes)
    }

    pub fn as_str(&self) -> &str {
        // The bytes are ASCII.
        std::str::from_utf8(&self.text).unwrap_or_default()
    }

    pub const fn unix_seconds(&self) -> i64 {
        self.seconds
    }
}

impl fmt::Debug for SdkDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for SdkDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_moments() {
        for (seconds, text) in [
            (0, "19700101T000000Z"),
            (-1, "19691231T235959Z"),
            (951_782_400, "20000229T000000Z"),
            (1_573_789_015, "20191115T033655Z"),
            (1_718_784_550, "20240619T080910Z"),
            (4_107_542_400, "21000301T000000Z"),
            (253_402_300_799, "99991231T235959Z"),
        ] {
            let date = SdkDate::from_unix_seconds(seconds);
            assert_eq!(date.map(|d| d.to_string()).as_deref(), Some(text));
            assert_eq!(SdkDate::parse(text), date);
        }
        assert_eq!(SdkDate::from_unix_seconds(253_402_300_800), None);
        assert_eq!(SdkDate::from_unix_millis(-1).map(|d| d.unix_seconds()), Some(-1));
    }

    #[test]
    fn refuses_dates_that_do_not_exist() {
        for text in [
            "",
            "20240619T080910",
            "20240619T080910Zx",
            "20240619 080910Z",
            "20240230T000000Z",
            "20230229T000000Z",
            "20241301T000000Z",
            "20240600T000000Z",
            "20240619T240000Z",
            "20240619T086010Z",
            "20240619T080960Z",
            "2024061+T080910Z",
            "20240619t080910z",
            "2024-06-19T08:09",
        ] {
            assert_eq!(SdkDate::parse(text), None, "{text}");
        }
    }

    #[test]
    fn every_day_of_eight_centuries_comes_back() {
        for days in -146_097..146_097 {
            let date = SdkDate::from_unix_seconds(days * 86_400);
            assert_eq!(date.and_then(|d| SdkDate::parse(d.as_str())), date);
        }
    }
}
