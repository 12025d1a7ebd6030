//! Any text and any number in a single field.

use super::*;

fn at_most_one(issues: &[Issue<'_>], wanted: &[Code]) -> bool {
    issues.iter().filter(|issue| wanted.contains(&issue.code())).count() <= 1
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn bucket_names(name in text()) {
        let (errors, warnings) = found(|report| bucket_name::check(name.as_bytes(), Severity::Warning, report));
        // The documents give the CTS rules as a regular expression.
        let bytes = name.as_bytes();
        let allowed = |byte: &u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-.".contains(byte);
        let good = (3..=63).contains(&name.chars().count()) && bytes.iter().all(allowed)
            && bytes.first().is_some_and(u8::is_ascii_alphanumeric);
        prop_assert_eq!(errors.is_empty(), good);
        prop_assert!(at_most_one(&errors, &[Code::TooShort, Code::TooLong]));
        prop_assert!(at_most_one(&errors, &[Code::InvalidCharacter]));
        let pairs = ["..", ".-", "-."].iter().any(|pair| name.contains(pair));
        prop_assert_eq!(codes(&warnings).contains(&Code::AdjacentSeparators), pairs);
        prop_assert_eq!(codes(&warnings).contains(&Code::InvalidEnd), name.ends_with(['-', '.']));
        // For a bucket that the service will create, the same issues are errors.
        let (strict, none) = found(|report| bucket_name::check(name.as_bytes(), Severity::Error, report));
        prop_assert_eq!(strict.len(), errors.len() + warnings.len());
        prop_assert!(none.is_empty());
    }

    #[test]
    fn file_prefix_names(prefix in text()) {
        let (errors, warnings) = found(|report| file_prefix_name::check(prefix.as_bytes(), report));
        let allowed = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
        let good = prefix.chars().count() <= 64 && prefix.chars().all(allowed);
        prop_assert_eq!(errors.is_empty(), good);
        prop_assert!(warnings.is_empty());
    }

    #[test]
    fn tracker_names(name in text()) {
        let (errors, _) = found(|report| tracker_name::check_data(name.as_bytes(), report));
        let good = (1..=32).contains(&name.chars().count())
            && name.chars().all(|c| c.is_ascii_alphanumeric() || "-_".contains(c))
            && name.chars().next().is_some_and(|c| c.is_ascii_alphanumeric())
            && name != "system" && name != "system-trace";
        prop_assert_eq!(errors.is_empty(), good);
        let (errors, _) = found(|report| tracker_name::check_system(name.as_bytes(), report));
        prop_assert_eq!(errors.is_empty(), name == "system");
    }

    #[test]
    fn key_ids(id in text()) {
        let (errors, warnings) = found(|report| kms_id::check(id.as_bytes(), Encryption::On, Pairing::Applies, report));
        prop_assert!(errors.is_empty());
        let groups: Vec<&str> = id.split('-').collect();
        let usual = groups.iter().map(|group| group.len()).eq([8, 4, 4, 4, 12])
            && id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        prop_assert_eq!(warnings.is_empty(), usual);
    }

    #[test]
    fn days(days in prop_oneof![any::<i32>().prop_map(f64::from), (0..2000).prop_map(f64::from), any::<f64>()]) {
        let (errors, _) = found(|report| bucket_lifecycle::check(days, report));
        prop_assert_eq!(errors.is_empty(), [30.0, 60.0, 90.0, 180.0, 1095.0].contains(&days));
    }

    #[test]
    fn locations(location in prop_oneof![text(), "[a-z0-9-]{1,20}"]) {
        let (errors, warnings) = found(|report| bucket_location::check(location.as_bytes(), report));
        prop_assert!(errors.is_empty());
        let groups: Vec<&str> = location.split('-').collect();
        let usual = groups.len() > 1 && groups.iter().all(|group| {
            !group.is_empty() && group.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        });
        prop_assert_eq!(warnings.is_empty(), usual);
    }
}
