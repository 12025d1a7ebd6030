//! A project's or an account's id, as it stands in the URL. The documents' own samples are 31 and 32 long and hold
//! an `x`, so length and hexadecimal digits are not demanded.

use crate::issue::Report;
use crate::issue::RuleId;
use crate::rules::description::Description;
use crate::rules::text::{Characters, Limits, Set};

pub const MIN: usize = 1;
pub const MAX: usize = 64;
/// The length real ids have.
pub const USUAL: usize = 32;

pub const DESCRIPTION: Description = Description {
    doc: "An ID has 1 to 64 letters, digits, `-` and `_`. Another length than 32 is a warning.",
    min: MIN,
    max: Some(MAX),
    pattern: Some(r"[A-Za-z0-9_\-]{1,64}"),
    ordinary: Some(Characters { min: USUAL, max: USUAL, inside: ALLOWED, ends: ALLOWED }),
    ..Description::ANY
};

const ALLOWED: Set = Set::letters(b"-_");

/// The rules of one of the two ids.
#[derive(Debug)]
pub struct Rules {
    pub required: RuleId,
    pub kind: RuleId,
    pub limits: Limits,
    pub format: RuleId,
}

pub static PROJECT_ID: Rules = Rules {
    required: RuleId::ProjectIdRequired,
    kind: RuleId::ProjectIdType,
    limits: limits(RuleId::ProjectIdLong, RuleId::ProjectIdCharacter),
    format: RuleId::ProjectIdFormat,
};

pub static DOMAIN_ID: Rules = Rules {
    required: RuleId::DomainIdRequired,
    kind: RuleId::DomainIdType,
    limits: limits(RuleId::DomainIdLong, RuleId::DomainIdCharacter),
    format: RuleId::DomainIdFormat,
};

/// An empty id is `required`, so none is too short.
const fn limits(long: RuleId, character: RuleId) -> Limits {
    Limits { min: MIN, max: MAX, allowed: ALLOWED, short: None, long, character }
}

/// An id that is not empty.
pub fn check(id: &[u8], rules: &'static Rules, report: &mut Report<'_>) {
    if !rules.limits.are_met(id) {
        rules.limits.check(id, report);
    } else if id.len() != USUAL {
        report.warning(rules.format);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::cases::found;

    #[test]
    fn cases() {
        let ids = |id: &str| found(|report| check(id.as_bytes(), &PROJECT_ID, report));
        assert_eq!(ids(&"a".repeat(32)), [""; 0]);
        assert_eq!(ids(&"a".repeat(31)), ["warning unusual_format"]);
        assert_eq!(ids(&"a".repeat(64)), ["warning unusual_format"]);
        assert_eq!(ids(&"a".repeat(65)), ["error too_long max=64 actual=65"]);
        assert_eq!(ids("a/b"), ["error invalid_character character=/ index=1"]);
        assert_eq!(ids("_-"), ["warning unusual_format"]);
    }
}
