//! An OBS bucket's name. The CTS rows are what the CTS documents and CTS.0231 demand; the OBS rows are what OBS
//! demands of a new bucket, so an existing bucket has met them.

use crate::issue::{Code, Severity};
use crate::report::{Finding, Report, error};
use crate::rules::text;

pub const MIN: usize = 3;
pub const MAX: usize = 63;
/// As an HTML `pattern`: the CTS rows.
pub const PATTERN: &str = r"[a-z0-9][a-z0-9\-.]{2,62}";

const SERVER_CODE: &str = "CTS.0231";

fn allowed(byte: u8) -> bool {
    matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.')
}

/// `obs` is the weight of the OBS rows: errors only where CTS is asked to create the bucket.
pub fn check(name: &str, obs: Severity, report: &mut Report<'_>) {
    let mut cts = |finding: Finding<'static>| report.add(finding.server(SERVER_CODE));
    if let Some(finding) = text::length(name, MIN, MAX, "bucket_name.length") {
        cts(finding);
    }
    if let Some(finding) = text::character(name, allowed, "bucket_name.character") {
        cts(finding);
    }
    if let Some(first) = name.chars().next().filter(|first| matches!(first, '-' | '.')) {
        cts(error(Code::InvalidStart, "bucket_name.start").character(first));
    }
    let mut obs = |finding: Finding<'static>| report.add(finding.severity(obs));
    if let Some(last) = name.chars().next_back().filter(|last| matches!(last, '-' | '.')) {
        obs(error(Code::InvalidEnd, "bucket_name.end").character(last));
    }
    // Both of what follows need a period, which few names have.
    if !name.as_bytes().contains(&b'.') {
        return;
    }
    if let Some((index, sequence)) = adjacent(name) {
        let finding = error(Code::AdjacentSeparators, "bucket_name.separators");
        obs(finding.word("sequence", sequence).number("index", index));
    }
    if is_ip_address(name) {
        obs(error(Code::IpAddress, "bucket_name.ip_address"));
    }
}

/// The first pair of separators of which one is a period, and its index in code points.
fn adjacent(name: &str) -> Option<(usize, &'static str)> {
    let pairs = name.chars().zip(name.chars().skip(1));
    pairs.enumerate().find_map(|(index, pair)| match pair {
        ('.', '.') => Some((index, "..")),
        ('.', '-') => Some((index, ".-")),
        ('-', '.') => Some((index, "-.")),
        _ => None,
    })
}

/// Four groups of digits joined by periods. The documents give no range, so none is checked.
fn is_ip_address(name: &str) -> bool {
    let mut groups = 0;
    name.split('.').all(|group| {
        groups += 1;
        groups <= 4 && !group.is_empty() && group.bytes().all(|byte| byte.is_ascii_digit())
    }) && groups == 4
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::cases::found;

    fn names(name: &str) -> Vec<String> {
        found(|report| check(name, Severity::Warning, report))
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
            found(|report| check("-", Severity::Error, report)),
            ["error too_short min=3 actual=1", "error invalid_start character=-", "error invalid_end character=-"]
        );
    }
}
