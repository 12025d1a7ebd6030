//! Any text and any number in a single field. What rules refuse is stated by code, so that a field may have more of them.

use super::*;
use std::ops::RangeInclusive;

/// Asserts the codes of a text's length and characters. Other rules may refuse it too.
fn characters(
    codes: &[Code],
    text: &str,
    length: RangeInclusive<usize>,
    allowed: impl Fn(char) -> bool,
) -> Result<(), TestCaseError> {
    let count = |wanted: Code| codes.iter().filter(|code| **code == wanted).count();
    let actual = text.chars().count();
    prop_assert_eq!(count(Code::TooShort), usize::from(actual < *length.start()));
    prop_assert_eq!(count(Code::TooLong), usize::from(actual > *length.end()));
    prop_assert_eq!(count(Code::InvalidCharacter), usize::from(!text.chars().all(allowed)));
    Ok(())
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn bucket_names(name in text()) {
        let (errors, warnings) = found(|report| bucket_name::check(name.as_bytes(), Severity::Warning, report));
        let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-.".contains(c);
        characters(&codes(&errors), &name, 3..=63, allowed)?;
        prop_assert_eq!(codes(&errors).contains(&Code::InvalidStart), name.starts_with(['-', '.']));
        let warned = |code| codes(&warnings).contains(&code);
        let pairs = ["..", ".-", "-."].iter().any(|pair| name.contains(pair));
        prop_assert_eq!(warned(Code::AdjacentSeparators), pairs);
        prop_assert_eq!(warned(Code::InvalidEnd), name.ends_with(['-', '.']));
        let groups: Vec<&str> = name.split('.').collect();
        let digits = |group: &&str| !group.is_empty() && group.bytes().all(|byte| byte.is_ascii_digit());
        prop_assert_eq!(warned(Code::IpAddress), groups.len() == 4 && groups.iter().all(digits));
        // For a bucket that the service will create, the same issues are errors.
        let (strict, weak) = found(|report| bucket_name::check(name.as_bytes(), Severity::Error, report));
        let (strict, weak) = (codes(&strict), codes(&weak));
        prop_assert_eq!(strict.len() + weak.len(), errors.len() + warnings.len());
        for code in [Code::InvalidEnd, Code::AdjacentSeparators, Code::IpAddress] {
            prop_assert_eq!(strict.contains(&code), warned(code));
            prop_assert!(!weak.contains(&code));
        }
    }

    #[test]
    fn file_prefix_names(prefix in text()) {
        let (errors, _) = found(|report| file_prefix_name::check(prefix.as_bytes(), report));
        characters(&codes(&errors), &prefix, 0..=64, |c| c.is_ascii_alphanumeric() || "-_.".contains(c))?;
    }

    #[test]
    fn tracker_names(name in text()) {
        let (errors, _) = found(|report| tracker_name::check_data(name.as_bytes(), report));
        let codes = codes(&errors);
        characters(&codes, &name, 1..=32, |c| c.is_ascii_alphanumeric() || "-_".contains(c))?;
        prop_assert_eq!(codes.contains(&Code::InvalidStart), name.starts_with(['-', '_']));
        prop_assert_eq!(codes.contains(&Code::ReservedName), name == "system" || name == "system-trace");
        let (errors, _) = found(|report| tracker_name::check_system(name.as_bytes(), report));
        prop_assert_eq!(errors.is_empty(), name == "system");
    }

    #[test]
    fn key_ids(id in text()) {
        let (_, warnings) = found(|report| kms_id::check(id.as_bytes(), Encryption::On, Pairing::Applies, report));
        let groups: Vec<&str> = id.split('-').collect();
        let usual = groups.iter().map(|group| group.len()).eq([8, 4, 4, 4, 12])
            && id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        prop_assert_eq!(codes(&warnings).contains(&Code::UnusualFormat), !usual);
    }

    #[test]
    fn days(days in prop_oneof![any::<i32>().prop_map(f64::from), (0..2000).prop_map(f64::from), any::<f64>()]) {
        let (errors, _) = found(|report| bucket_lifecycle::check(days, report));
        prop_assert_eq!(errors.is_empty(), [30.0, 60.0, 90.0, 180.0, 1095.0].contains(&days));
    }

    #[test]
    fn locations(location in prop_oneof![text(), "[a-z0-9-]{1,20}"]) {
        let (_, warnings) = found(|report| bucket_location::check(location.as_bytes(), report));
        let groups: Vec<&str> = location.split('-').collect();
        let usual = groups.len() > 1 && groups.iter().all(|group| {
            !group.is_empty() && group.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        });
        prop_assert_eq!(codes(&warnings).contains(&Code::UnusualFormat), !usual);
    }
}
