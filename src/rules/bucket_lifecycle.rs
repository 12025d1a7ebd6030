//! How long traces are kept in the bucket, in days.

use crate::issue::Report;
use crate::issue::{Param, RuleId};

/// The values earlier SDKs had as an enum. Zero ("permanent") is expressed by leaving the field out.
pub const VALUES: &[i32] = &[30, 60, 90, 180, 1095];

pub fn check(days: f64, report: &mut Report<'_>) {
    if !VALUES.iter().any(|value| f64::from(*value) == days) {
        report.error(RuleId::BucketLifecycleEnum).param(Param::Number(days));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::cases::found;

    #[test]
    fn cases() {
        for days in VALUES {
            assert_eq!(found(|report| check(f64::from(*days), report)), [""; 0]);
        }
        for days in [0.0, 29.0, 31.0, 1094.0, 1096.0, -30.0, 1e300] {
            let expected = format!("error invalid_enum allowed=[30, 60, 90, 180, 1095] actual={days}");
            assert_eq!(found(|report| check(days, report)), [expected]);
        }
    }
}
