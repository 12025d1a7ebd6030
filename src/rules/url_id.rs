//! A project's or an account's id, as it stands in the URL. The documents' own samples are 31 and 32 long and hold
//! an `x`, so length and hexadecimal digits are not demanded.

use crate::issue::Code;
use crate::report::{Report, warning};
use crate::rules::text::{Limits, Set};

pub const MIN: usize = 1;
pub const MAX: usize = 64;
/// The length real ids have.
pub const USUAL: usize = 32;
/// As an HTML `pattern`.
pub const PATTERN: &str = r"[A-Za-z0-9_\-]{1,64}";

/// The rule names of one of the two ids.
#[derive(Debug)]
pub struct Rules {
    pub required: &'static str,
    pub kind: &'static str,
    pub limits: Limits,
    pub format: &'static str,
}

pub static PROJECT_ID: Rules = Rules {
    required: "project_id.required",
    kind: "project_id.type",
    limits: limits("project_id.length", "project_id.character"),
    format: "project_id.format",
};

pub static DOMAIN_ID: Rules = Rules {
    required: "domain_id.required",
    kind: "domain_id.type",
    limits: limits("domain_id.length", "domain_id.character"),
    format: "domain_id.format",
};

const fn limits(length: &'static str, character: &'static str) -> Limits {
    Limits { min: MIN, max: MAX, allowed: Set::letters(b"-_"), length, character, server_code: None }
}

/// An id that is not empty.
pub fn check(id: &str, rules: &'static Rules, report: &mut Report<'_>) {
    if !rules.limits.are_met(id) {
        rules.limits.check(id, report);
    } else if id.len() != USUAL {
        report.add(warning(Code::UnusualFormat, rules.format));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::cases::found;

    #[test]
    fn cases() {
        let ids = |id: &str| found(|report| check(id, &PROJECT_ID, report));
        assert_eq!(ids(&"a".repeat(32)), [""; 0]);
        assert_eq!(ids(&"a".repeat(31)), ["warning unusual_format"]);
        assert_eq!(ids(&"a".repeat(64)), ["warning unusual_format"]);
        assert_eq!(ids(&"a".repeat(65)), ["error too_long max=64 actual=65"]);
        assert_eq!(ids("a/b"), ["error invalid_character character=/ index=1"]);
        assert_eq!(ids("_-"), ["warning unusual_format"]);
    }
}
