//! The prefix of trace files in the bucket. Empty is allowed.

use crate::report::Report;
use crate::rules::text;

pub const MIN: usize = 0;
pub const MAX: usize = 64;
/// As an HTML `pattern`.
pub const PATTERN: &str = r"[A-Za-z0-9\-_.]{0,64}";

const SERVER_CODE: &str = "CTS.0218";

fn allowed(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.')
}

pub fn check(prefix: &str, report: &mut Report<'_>) {
    let findings = [
        text::length(prefix, MIN, MAX, "file_prefix_name.length"),
        text::character(prefix, allowed, "file_prefix_name.character"),
    ];
    for finding in findings.into_iter().flatten() {
        report.add(finding.server(SERVER_CODE));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::cases::found;

    #[test]
    fn cases() {
        let prefixes = |prefix: &str| found(|report| check(prefix, report));
        assert_eq!(prefixes(""), [""; 0]);
        assert_eq!(prefixes("-_.Az09"), [""; 0]);
        assert_eq!(prefixes(&"a".repeat(64)), [""; 0]);
        assert_eq!(prefixes(&"a".repeat(65)), ["error too_long max=64 actual=65"]);
        assert_eq!(prefixes("a/b"), ["error invalid_character character=/ index=1"]);
    }
}
