//! The name of a tracker. A management tracker has one name; a data tracker's is chosen.

use crate::issue::Report;
use crate::issue::RuleId;
use crate::rules::description::Description;
use crate::rules::text::{self, Characters, Limits, Set};

pub const MIN: usize = 1;
pub const MAX: usize = 32;
/// The name of the management tracker, and the default of an absent name.
pub const SYSTEM: &str = "system";
pub const RESERVED: &[&str] = &["system", "system-trace"];

/// A data tracker's name.
pub const DESCRIPTION: Description = Description {
    doc: "The name of a data tracker has 1 to 32 letters, digits, `-` and `_`, starts with a letter or digit, and is not \
          `system` or `system-trace`.",
    min: MIN,
    max: Some(MAX),
    pattern: Some(r"[A-Za-z0-9][A-Za-z0-9\-_]{0,31}"),
    reserved: RESERVED,
    ordinary: Some(Characters { min: MIN, max: MAX, inside: LIMITS.allowed, ends: Set::letters(b"") }),
    ..Description::ANY
};

const LIMITS: Limits = Limits {
    min: MIN,
    max: MAX,
    allowed: Set::letters(b"-_"),
    short: Some(RuleId::TrackerNameShort),
    long: RuleId::TrackerNameLong,
    character: RuleId::TrackerNameCharacter,
};

/// A data tracker's name.
pub fn check_data(name: &[u8], report: &mut Report<'_>) {
    LIMITS.check(name, report);
    text::start(name, b"-_", RuleId::TrackerNameStart, report);
    if RESERVED.iter().any(|reserved| reserved.as_bytes() == name) {
        report.error(RuleId::TrackerNameReserved);
    }
}

/// The management tracker's name.
pub fn check_system(name: &[u8], report: &mut Report<'_>) {
    if name != SYSTEM.as_bytes() {
        report.error(RuleId::TrackerNameSystem);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::cases::found;

    #[test]
    fn cases() {
        let names = |name: &str| found(|report| check_data(name.as_bytes(), report));
        assert_eq!(names("a"), [""; 0]);
        assert_eq!(names(&"a".repeat(32)), [""; 0]);
        assert_eq!(names("System"), [""; 0]);
        assert_eq!(names(""), ["error too_short min=1 actual=0"]);
        assert_eq!(names(&"a".repeat(33)), ["error too_long max=32 actual=33"]);
        assert_eq!(names("_a"), ["error invalid_start character=_"]);
        assert_eq!(names("a.b"), ["error invalid_character character=. index=1"]);
        assert_eq!(names("system-trace"), ["error reserved_name reserved=[\"system\", \"system-trace\"]"]);
        assert_eq!(found(|report| check_system(b"system", report)), [""; 0]);
        assert_eq!(found(|report| check_system(b"", report)), ["error must_equal expected=system"]);
    }
}
