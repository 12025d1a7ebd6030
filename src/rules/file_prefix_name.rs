//! The prefix of trace files in the bucket. Empty is allowed.

use crate::issue::Report;
use crate::issue::RuleId;
use crate::rules::description::Description;
use crate::rules::text::{Characters, Limits, Set};

pub const MIN: usize = 0;
pub const MAX: usize = 64;

pub const DESCRIPTION: Description = Description {
    doc: "A prefix has at most 64 letters, digits, `-`, `_` and `.`.",
    min: MIN,
    max: Some(MAX),
    pattern: Some(r"[A-Za-z0-9\-_.]{0,64}"),
    // An empty prefix is as if there were none.
    ordinary: Some(Characters { min: 1, max: MAX, inside: LIMITS.allowed, ends: LIMITS.allowed }),
    ..Description::ANY
};

const LIMITS: Limits = Limits {
    min: MIN,
    max: MAX,
    allowed: Set::letters(b"-_."),
    short: None,
    long: RuleId::FilePrefixNameLong,
    character: RuleId::FilePrefixNameCharacter,
};

pub fn check(prefix: &[u8], report: &mut Report<'_>) {
    LIMITS.check(prefix, report);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::cases::found;

    #[test]
    fn cases() {
        let prefixes = |prefix: &str| found(|report| check(prefix.as_bytes(), report));
        assert_eq!(prefixes(""), [""; 0]);
        assert_eq!(prefixes("-_.Az09"), [""; 0]);
        assert_eq!(prefixes(&"a".repeat(64)), [""; 0]);
        assert_eq!(prefixes(&"a".repeat(65)), ["error too_long max=64 actual=65"]);
        assert_eq!(prefixes("a/b"), ["error invalid_character character=/ index=1"]);
    }
}
