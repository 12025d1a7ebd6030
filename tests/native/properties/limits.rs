//! Values at the limits of their field, and one mistake in them. Valid texts have single separators between letters and
//! digits, because a further rule is unlikely to refuse those.

use super::*;

/// A character outside a set, ASCII or not.
fn not_in(set: &str) -> impl Strategy<Value = String> + use<> {
    let class = |within: &str| string_regex(&format!("[{within}&&[^{set}]]")).unwrap();
    prop_oneof![class(" -~"), class("\\x00-\\x{10FFFF}")]
}

type Reported = (Code, Vec<(&'static str, Param<'static>)>);

/// The errors and warnings of one value: codes and params, without paths.
fn reported(rule: impl FnOnce(&mut Report<'static>)) -> Vec<Reported> {
    let (errors, warnings) = found(rule);
    errors.into_iter().chain(warnings).map(|issue| (issue.code(), issue.params().collect())).collect()
}

fn count(number: usize) -> Param<'static> {
    Param::Number(number as f64)
}

fn typed(character: &str) -> Param<'static> {
    Param::Character(character.chars().next().unwrap())
}

fn length(code: Code, limit: &'static str, limited: usize, actual: usize) -> Reported {
    (code, vec![(limit, count(limited)), ("actual", count(actual))])
}

fn character(wrong: &str, index: usize) -> Reported {
    (Code::InvalidCharacter, vec![("character", typed(wrong)), ("index", count(index))])
}

fn end(code: Code, separator: &str) -> Reported {
    (code, vec![("character", typed(separator))])
}

/// Replaces one character of an ASCII text.
fn put(text: &str, at: usize, other: &str) -> String {
    format!("{}{other}{}", &text[..at], &text[at + 1..])
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn bucket_names_at_their_limits(
        name in "[a-z0-9]{63}", at in 1..61_usize, wrong in not_in("a-z0-9.-"), separator in "[.-]",
        pair in prop_oneof![Just(".."), Just(".-"), Just("-.")],
    ) {
        let issues_of = |name: &str| reported(|report| bucket_name::check(name.as_bytes(), Severity::Warning, report));
        prop_assert_eq!(issues_of(&name), []);
        prop_assert_eq!(issues_of(&(name.clone() + "a")), [length(Code::TooLong, "max", 63, 64)]);
        prop_assert_eq!(issues_of(&name[..3]), []);
        prop_assert_eq!(issues_of(&name[..2]), [length(Code::TooShort, "min", 3, 2)]);
        prop_assert_eq!(issues_of(&put(&name, at, "-")), []);
        for at in [0, at, 62] {
            prop_assert_eq!(issues_of(&put(&name, at, &wrong)), [character(&wrong, at)]);
        }
        prop_assert_eq!(issues_of(&put(&name, 0, &separator)), [end(Code::InvalidStart, &separator)]);
        prop_assert_eq!(issues_of(&put(&name, 62, &separator)), [end(Code::InvalidEnd, &separator)]);
        let adjacent = (Code::AdjacentSeparators, vec![("sequence", Param::Word(pair)), ("index", count(at))]);
        prop_assert_eq!(issues_of(&put(&name[1..], at, pair)), [adjacent]);
    }

    #[test]
    fn tracker_names_at_their_limits(
        name in "[A-Za-z0-9]{32}", at in 1..31_usize, wrong in not_in("A-Za-z0-9_-"), separator in "[_-]",
    ) {
        let issues_of = |name: &str| reported(|report| tracker_name::check_data(name.as_bytes(), report));
        prop_assert_eq!(issues_of(&name), []);
        prop_assert_eq!(issues_of(&(name.clone() + "a")), [length(Code::TooLong, "max", 32, 33)]);
        prop_assert_eq!(issues_of(&name[..1]), []);
        prop_assert_eq!(issues_of(""), [length(Code::TooShort, "min", 1, 0)]);
        prop_assert_eq!(issues_of(&put(&name, at, &separator)), []);
        for at in [0, at] {
            prop_assert_eq!(issues_of(&put(&name, at, &wrong)), [character(&wrong, at)]);
        }
        prop_assert_eq!(issues_of(&put(&name, 0, &separator)), [end(Code::InvalidStart, &separator)]);
        for reserved in ["system", "system-trace"] {
            prop_assert_eq!(issues_of(reserved).len(), 1);
            prop_assert_eq!(issues_of(&reserved[1..]), []);
            prop_assert_eq!(issues_of(&format!("{reserved}{separator}a")), []);
        }
    }

    #[test]
    fn file_prefix_names_at_their_limits(
        prefix in "[A-Za-z0-9]{64}", at in 1..63_usize, wrong in not_in("A-Za-z0-9._-"), separator in "[._-]",
    ) {
        let issues_of = |prefix: &str| reported(|report| file_prefix_name::check(prefix.as_bytes(), report));
        prop_assert_eq!(issues_of(&prefix), []);
        prop_assert_eq!(issues_of(&put(&prefix, at, &separator)), []);
        prop_assert_eq!(issues_of(&(prefix.clone() + "a")), [length(Code::TooLong, "max", 64, 65)]);
        prop_assert_eq!(issues_of(&prefix[..at]), []);
        prop_assert_eq!(issues_of(&put(&prefix, at, &wrong)), [character(&wrong, at)]);
    }

    #[test]
    fn ids_at_their_limits(
        id in "[A-Za-z0-9]{64}", at in 1..31_usize, wrong in not_in("A-Za-z0-9_-"), separator in "[_-]",
    ) {
        for rules in [&url_id::PROJECT_ID, &url_id::DOMAIN_ID] {
            let issues_of = |id: &str| reported(|report| url_id::check(id.as_bytes(), rules, report));
            prop_assert_eq!(issues_of(&id[..32]), []);
            prop_assert_eq!(issues_of(&put(&id[..32], at, &separator)), []);
            prop_assert_eq!(issues_of(&put(&id[..32], at, &wrong)), [character(&wrong, at)]);
            for unusual in [&id[..31], &id[..33], &id[..1], &id] {
                prop_assert_eq!(issues_of(unusual), [(Code::UnusualFormat, vec![])]);
            }
            prop_assert_eq!(issues_of(&(id.clone() + "a")), [length(Code::TooLong, "max", 64, 65)]);
        }
    }

    #[test]
    fn key_ids_at_their_limits(
        id in "[a-z0-9]{8}(-[a-z0-9]{4}){3}-[a-z0-9]{12}", at in 0..36_usize, wrong in not_in("a-z0-9-"),
    ) {
        let issues_of = |id: &str| reported(|report| kms_id::check(id.as_bytes(), Encryption::On, Pairing::Applies, report));
        prop_assert_eq!(issues_of(&id), []);
        let other = if &id[at..=at] == "-" { "0" } else { "-" };
        for odd in [put(&id, at, ""), put(&id, at, other), put(&id, at, &wrong), put(&id, at, "0-"), id + "0"] {
            prop_assert_eq!(issues_of(&odd), [(Code::UnusualFormat, vec![])], "{}", odd);
        }
    }

    #[test]
    fn locations_at_their_limits(
        location in "[a-z0-9]{1,4}(-[a-z0-9]{1,4}){1,3}", at in any::<prop::sample::Index>(),
        wrong in not_in("a-z0-9-"),
    ) {
        let issues_of = |location: &str| reported(|report| bucket_location::check(location.as_bytes(), report));
        prop_assert_eq!(issues_of(&location), []);
        let at = at.index(location.len());
        let hyphens = format!("-{location} {location}- {}", location.replacen('-', "--", 1));
        for odd in hyphens.split(' ').chain([&*put(&location, at, &wrong), &location.replace('-', "")]) {
            prop_assert_eq!(issues_of(odd), [(Code::UnusualFormat, vec![])], "{}", odd);
        }
    }
}
