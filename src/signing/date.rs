//! `X-Sdk-Date`: `YYYYMMDDTHHMMSSZ`, in UTC, without fractions of a second.

use std::fmt;

/// A second, in the spelling of `X-Sdk-Date`.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct SdkDate {
    text: [u8; 16],
    seconds: i64,
}

impl SdkDate {
    /// From seconds since 1970. None outside the years 0 to 9999, which the spelling cannot say.
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

    /// Only a real moment in the exact spelling: the 30th of February is none.
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
        // Written again, only what was a real moment comes out the same.
        Self::from_unix_seconds(seconds).filter(|date| date.text == bytes)
    }

    pub fn as_str(&self) -> &str {
        // The bytes are ASCII: made so above.
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

/// Days since 1970-01-01 of a date in the proleptic Gregorian calendar.
pub(crate) const fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    // The year starts in March here, so that the leap day is its last.
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

/// The inverse of [`days_from_civil`].
const fn civil_from_days(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    let year = year_of_era + era * 400 + if month <= 2 { 1 } else { 0 };
    (year, month, day)
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
    fn refuses_what_is_no_moment() {
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
