//! Fields that take one of a few words.

use crate::issue::Report;
use crate::issue::RuleId;

pub const TRACKER_TYPE: &[&str] = &["system", "data"];
pub const COMPRESS_TYPE: &[&str] = &["gzip", "json"];
pub const DATA_EVENT: &[&str] = &["READ", "WRITE"];
pub const EXCLUDE_SERVICE: &[&str] = &["KMS"];
pub const AGENCY_NAME: &[&str] = &["cts_admin_trust"];

/// `invalid_enum`, with the word that was meant if only the case is wrong.
pub fn check(word: &[u8], allowed: &'static [&'static str], finding: RuleId, report: &mut Report<'_>) {
    if is_one_of(word, allowed) {
        return;
    }
    let found = report.error(finding);
    for known in allowed {
        if known.as_bytes().eq_ignore_ascii_case(word) {
            found.word(known);
        }
    }
}

fn is_one_of(word: &[u8], allowed: &[&str]) -> bool {
    for known in allowed {
        if known.as_bytes() == word {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::cases::found;

    #[test]
    fn cases() {
        let words =
            |word: &str| found(|report| check(word.as_bytes(), COMPRESS_TYPE, RuleId::CompressTypeEnum, report));
        assert_eq!(words("gzip"), [""; 0]);
        assert_eq!(words("GZIP"), [r#"error invalid_enum allowed=["gzip", "json"] suggestion=gzip"#]);
        assert_eq!(words("none"), [r#"error invalid_enum allowed=["gzip", "json"]"#]);
        assert_eq!(words(""), [r#"error invalid_enum allowed=["gzip", "json"]"#]);
    }
}
