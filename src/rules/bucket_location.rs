//! Where a bucket is: a region id. No document gives its format, so an odd one is a warning.

use crate::issue::Report;
use crate::issue::RuleId;
use crate::rules::description::Description;

pub const DESCRIPTION: Description = Description {
    doc: "A region ID, such as `cn-north-4`, has groups of lowercase letters and digits with `-` between them. Another \
          format is a warning.",
    min: 1,
    usual: Some("[a-z0-9]+(-[a-z0-9]+)+"),
    ..Description::ANY
};

/// A location that is not empty.
pub fn check(location: &[u8], report: &mut Report<'_>) {
    if !is_usual(location) {
        report.warning(RuleId::BucketLocationFormat);
    }
}

fn is_usual(location: &[u8]) -> bool {
    let mut hyphens = 0;
    let mut before = b'-';
    for byte in location.iter().copied() {
        match byte {
            b'-' if before != b'-' => hyphens += 1,
            b'a'..=b'z' | b'0'..=b'9' => {}
            _ => return false,
        }
        before = byte;
    }
    hyphens > 0 && before != b'-'
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::cases::found;

    #[test]
    fn cases() {
        for usual in ["cn-north-1", "eu-west-101", "eu-de", "1-2"] {
            assert_eq!(found(|report| check(usual.as_bytes(), report)), [""; 0], "{usual}");
        }
        for odd in ["cn", "cn-", "-cn", "cn--north", "CN-north-1", "cn_north", " cn-north-1"] {
            assert_eq!(found(|report| check(odd.as_bytes(), report)), ["warning unusual_format"], "{odd}");
        }
    }
}
