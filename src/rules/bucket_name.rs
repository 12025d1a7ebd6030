//! The name of an OBS bucket. The CTS rows come from the CTS documents and CTS.0231. The OBS rows are the rules of OBS for
//! a new bucket, so every existing bucket meets them.

use crate::issue::Report;
use crate::issue::{RuleId, Severity};
use crate::rules::description::Description;
use crate::rules::text::{self, Characters, Limits, Set};

pub const MIN: usize = 3;
pub const MAX: usize = 63;

/// Separators that must not follow each other.
pub const SEQUENCES: &[&str] = &["..", ".-", "-."];

/// The CTS rows.
pub const DESCRIPTION: Description = Description {
    doc: "A bucket name has 3 to 63 lowercase letters, digits, `-` and `.`, and starts with a letter or digit.",
    min: MIN,
    max: Some(MAX),
    pattern: Some(r"[a-z0-9][a-z0-9\-.]{2,62}"),
    ordinary: Some(SIMPLE),
    is_compared: true,
    ..Description::ANY
};
/// The OBS rows.
pub const OBS: Description = Description {
    doc: "OBS refuses a new name with `-` or `.` at the end, with `..`, `.-` or `-.`, or in the form of an IP address.",
    refused: &[r"[\-.]$", r"\.\.|\.-|-\.", r"^[0-9]+\.[0-9]+\.[0-9]+\.[0-9]+$"],
    ..Description::ANY
};

/// Names that no rule concerns: without a period, and with `-` only inside.
const SIMPLE: Characters = Characters { min: MIN, max: MAX, inside: Set::lower(b"-"), ends: Set::lower(b"") };

const LIMITS: Limits = Limits {
    min: MIN,
    max: MAX,
    allowed: Set::lower(b"-."),
    short: Some(RuleId::BucketNameShort),
    long: RuleId::BucketNameLong,
    character: RuleId::BucketNameCharacter,
};

/// `obs` is the severity of the OBS rows: errors only if CTS will create the bucket.
pub fn check(name: &[u8], obs: Severity, report: &mut Report<'_>) {
    if !SIMPLE.include(name) {
        LIMITS.check(name, report);
        check_separators(name, obs, report);
    }
}

#[cold]
#[inline(never)]
fn check_separators(name: &[u8], obs: Severity, report: &mut Report<'_>) {
    text::start(name, b"-.", RuleId::BucketNameStart, report);
    if let Some(last @ (b'-' | b'.')) = name.last() {
        report.add(obs, RuleId::BucketNameEnd).character(char::from(*last));
    }
    if let Some((index, sequence)) = adjacent(name) {
        report.add(obs, RuleId::BucketNameSeparators).word(sequence).number(index);
    }
    if is_ip_address(name) {
        report.add(obs, RuleId::BucketNameIpAddress);
    }
}

/// The first pair of separators of which one is a period, and its index in code points.
fn adjacent(name: &[u8]) -> Option<(usize, &'static str)> {
    for (index, pair) in name.windows(2).enumerate() {
        for sequence in SEQUENCES {
            if sequence.as_bytes() == pair {
                return Some((text::count(name.get(..index)?), sequence));
            }
        }
    }
    None
}

/// Four groups of digits joined by periods. The documents give no range, so none is checked.
fn is_ip_address(name: &[u8]) -> bool {
    let mut periods = 0;
    let mut before = b'.';
    for byte in name.iter().copied() {
        match byte {
            b'.' if before != b'.' => periods += 1,
            b'0'..=b'9' => {}
            _ => return false,
        }
        before = byte;
    }
    periods == 3 && before != b'.'
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::cases::found;

    fn names(name: &str) -> Vec<String> {
        found(|report| check(name.as_bytes(), Severity::Warning, report))
    }

    #[test]
    fn cases() {
        assert_eq!(names("abc"), [""; 0]);
        assert_eq!(names(&"a".repeat(63)), [""; 0]);
        assert_eq!(names("ab"), ["error too_short min=3 actual=2"]);
        assert_eq!(names(&"a".repeat(64)), ["error too_long max=63 actual=64"]);
        assert_eq!(names("saveTraceBucket"), ["error invalid_character character=T index=4"]);
        assert_eq!(names("-ab"), ["error invalid_start character=-"]);
        assert_eq!(names("_ab"), ["error invalid_character character=_ index=0"]);
        assert_eq!(names("ab."), ["warning invalid_end character=."]);
        assert_eq!(names("a.-b"), ["warning adjacent_separators sequence=.- index=1"]);
        assert_eq!(names("a--b"), [""; 0]);
        assert_eq!(names("999.1.1.1"), ["warning ip_address"]);
        assert_eq!(names("1.1.1"), [""; 0]);
        assert_eq!(names("1.1.1.1.1"), [""; 0]);
        assert_eq!(
            found(|report| check(b"-", Severity::Error, report)),
            ["error too_short min=3 actual=1", "error invalid_start character=-", "error invalid_end character=-"]
        );
    }
}
