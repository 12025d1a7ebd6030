//! Properties of every input, derived from the rule table and not from the code. `CTS_CASES=1000000` runs longer.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice, reason = "tests")]

#[path = "support/slots.rs"]
mod slots;

use cts_tracker::decode::{self, Buffer, Document, JsonDecoder, JsonReader, Slot, exact};
use cts_tracker::issue::Report;
use cts_tracker::issue::{Code, Issue, Param, Segment, Severity};
use cts_tracker::rules::kms_id::{self, Encryption, Pairing};
use cts_tracker::rules::{
    bucket_lifecycle, bucket_location, bucket_name, file_prefix_name, tracker_name, unknown_key, url_id,
};
use cts_tracker::schema::{CHECK_OBS_BUCKETS, CREATE_TRACKER, Field, FieldType, Table};
use cts_tracker::validate::{self, InvalidJson, Lines, RequestKind, Validation};
use proptest::prelude::*;
use proptest::string::string_regex;
use serde::Serialize;
use serde_json::{Map, Value, json};
use slots::Encoder;

fn config() -> ProptestConfig {
    let cases = std::env::var("CTS_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(10_000);
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

fn found<'a>(rule: impl FnOnce(&mut Report<'a>)) -> (Vec<Issue<'a>>, Vec<Issue<'a>>) {
    let mut report = Report::default();
    rule(&mut report);
    report.finish()
}

fn codes(issues: &[Issue<'_>]) -> Vec<Code> {
    issues.iter().map(Issue::code).collect()
}

/// Text of the allowed characters and some others.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z0-9.-]{0,70}",
        "[a-zA-Z0-9._-]{0,70}",
        "[0-9]{1,3}(\\.[0-9]{1,3}){2,4}",
        "[a-z0-9]{8}-[a-z0-9]{4}-[a-z0-9]{4}-[a-z0-9]{4}-[a-zA-Z0-9]{12}",
        "\\PC{0,12}",
        Just(String::from("system")),
        Just(String::from("system-trace")),
    ]
}

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

fn at_most_one(issues: &[Issue<'_>], wanted: &[Code]) -> bool {
    issues.iter().filter(|issue| wanted.contains(&issue.code())).count() <= 1
}

/// A value of a field, usually of its type.
fn value(field: &'static str, kind: &'static FieldType) -> BoxedStrategy<Value> {
    let right = match kind {
        FieldType::String => string(field).prop_map(Value::from).boxed(),
        FieldType::Boolean => any::<bool>().prop_map(Value::from).boxed(),
        FieldType::Integer => select(&[30, 60, 90, 180, 1095, 31]).prop_map(Value::from).boxed(),
        FieldType::Object(table) => object(table).boxed(),
        FieldType::Array(item) => prop::collection::vec(value(field, item), 0..4).prop_map(Value::from).boxed(),
    };
    let any =
        || select(&["null", "true", "1.5", "\"x\"", "[]", "{}"]).prop_map(|json| serde_json::from_str(json).unwrap());
    prop_oneof![40 => right, 1 => any()].boxed()
}

fn select<T: Clone + std::fmt::Debug>(choices: &'static [T]) -> impl Strategy<Value = T> {
    prop::sample::select(choices)
}

fn string(field: &'static str) -> BoxedStrategy<String> {
    let (good, odd): (&[&str], &[&str]) = match field {
        "tracker_type" => (&["system", "data"], &["System", "", "both"]),
        "tracker_name" => (&["system", "data-tracker"], &["system-trace", ""]),
        "exclude_service" => (&["KMS"], &["kms", ""]),
        "compress_type" => (&["gzip", "json"], &["GZIP", "none"]),
        "data_event" => (&["READ", "WRITE"], &["read", ""]),
        "agency_name" => (&["cts_admin_trust"], &["CTS_admin_trust", ""]),
        "bucket_location" => (&["cn-north-1", "eu-west-0"], &["cn", ""]),
        "kms_id" => (&["13a4207c-7abe-4b68-8510-16b84c3b5504"], &["x", ""]),
        _ => (&["bucket-a", "bucket-b"], &["bucket..c", "1.2.3.4", ""]),
    };
    prop_oneof![12 => select(good).prop_map(String::from), 1 => select(odd).prop_map(String::from), 1 => text()].boxed()
}

/// An object of a table with its keys in any order and possibly unknown keys.
fn object(table: &'static Table) -> impl Strategy<Value = Value> {
    let known: Vec<_> = table
        .fields
        .iter()
        .map(|field| {
            let value = value(field.name, &field.field_type);
            prop::option::weighted(0.8, value.prop_map(|value| (field.name.to_owned(), value)))
        })
        .collect();
    let unknown = (select(&["bucketName", "kms-id", "data_evnet", "__proto__", "\u{1F600}"]), Just(json!([1])))
        .prop_map(|(key, value)| (key.to_owned(), value));
    (known, prop::collection::vec(unknown, 0..2))
        .prop_map(|(known, unknown)| known.into_iter().flatten().chain(unknown).collect::<Vec<_>>())
        .prop_shuffle()
        .prop_map(|entries| Value::Object(entries.into_iter().collect::<Map<_, _>>()))
}

/// The order of the issues of one field.
const ORDER: [Code; 21] = [
    Code::Required,
    Code::EmptyList,
    Code::NotObject,
    Code::InvalidType,
    Code::TooShort,
    Code::TooLong,
    Code::InvalidCharacter,
    Code::InvalidStart,
    Code::InvalidEnd,
    Code::AdjacentSeparators,
    Code::IpAddress,
    Code::UnusualFormat,
    Code::InvalidEnum,
    Code::ReservedName,
    Code::MustEqual,
    Code::MustDiffer,
    Code::Forbidden,
    Code::NotApplicable,
    Code::RequiresField,
    Code::Unused,
    Code::DuplicateItem,
];

/// The position of an issue in the document, as numbers that sort in document order, and its rank within the field.
/// Asserts that every step but the last is in the request.
fn place(issue: &Issue<'_>, request: &Value, table: &'static Table) -> (Vec<usize>, Option<usize>) {
    // A duplicate item comes after the known fields of an object, and unknown keys come last.
    const REPEATED: usize = 100;
    let mut steps = Vec::new();
    let (mut parent, mut kind) = (Some(request), Some(&FieldType::Object(table)));
    for step in &issue.path {
        let within = parent.unwrap();
        match (step, kind) {
            (Segment::Field(name), Some(FieldType::Object(table))) => {
                let index = table.fields.iter().position(|field| field.name == *name).unwrap();
                parent = within.as_object().unwrap().get(*name);
                kind = table.fields.get(index).map(|field| &field.field_type);
                steps.push(index);
            }
            (Segment::Index(index), Some(FieldType::Array(item))) => {
                parent = Some(&within.as_array().unwrap()[*index as usize]);
                kind = Some(item);
                steps.push(*index as usize);
            }
            (Segment::Unknown(key), _) => {
                parent = None;
                kind = None;
                steps
                    .push(REPEATED + 1 + within.as_object().unwrap().keys().position(|known| *known == **key).unwrap());
            }
            other => panic!("no step of the tables: {other:?}"),
        }
    }
    if issue.code() == Code::DuplicateItem {
        steps.push(REPEATED);
    }
    (steps, ORDER.iter().position(|code| *code == issue.code()))
}

/// Asserts the properties that the rule table promises for every result.
fn keeps_promises<T: Serialize + PartialEq + std::fmt::Debug>(
    request: &Value,
    table: &'static Table,
    validate: for<'a> fn(&'a [u8], &'a mut Buffer) -> Result<Validation<'a, T>, InvalidJson>,
) -> Result<(), TestCaseError> {
    let written = request.to_string();
    let mut buffer = Buffer::default();
    let validation = validate(written.as_bytes(), &mut buffer).unwrap();
    prop_assert_eq!(validation.value.is_some(), validation.errors.is_empty());
    prop_assert!(validation.warnings.iter().all(|issue| issue.server_code().is_none()));
    for (issues, severity) in [(&validation.errors, Severity::Error), (&validation.warnings, Severity::Warning)] {
        prop_assert!(issues.iter().all(|issue| issue.severity == severity));
        // Issues are in document order, and no code occurs twice at one path.
        let places: Vec<_> = issues.iter().map(|issue| place(issue, request, table)).collect();
        prop_assert!(places.is_sorted_by(|before, after| before < after), "{:#?}", issues);
    }
    if let Some(value) = validation.value {
        let again = serde_json::to_string(&value).unwrap();
        let validation = validate(again.as_bytes(), &mut buffer).unwrap();
        prop_assert!(validation.errors.is_empty());
        prop_assert_eq!(validation.value, Some(value));
        prop_assert!(!codes(&validation.warnings).contains(&Code::UnknownKey));
    }
    Ok(())
}

/// A request with long strings and lists, and numbers of all kinds.
fn large() -> impl Strategy<Value = Value> {
    let number = prop_oneof![any::<f64>(), any::<i32>().prop_map(f64::from), (-2..600).prop_map(f64::from), Just(-0.0)];
    (0..600_usize, number).prop_map(|(count, number)| {
        json!({
            "tracker_name": "é".repeat(count),
            "agency_name": "é".repeat(count),
            "obs_info": { "bucket_lifecycle": number },
            "management_event_selector": { "exclude_service": vec!["KMS"; count] },
        })
    })
}

/// Formats a value of a document with everything in it.
fn shown(value: decode::Value<'_, '_>, kind: &FieldType, document: &Document<'_>) -> String {
    match (value.object(), value.items(), kind) {
        (Some(object), _, FieldType::Object(table)) => {
            let field = |(place, field): (usize, &Field)| {
                let value = shown(document.field(object, place), &field.field_type, document);
                format!("{}: {value}", field.name)
            };
            let fields: Vec<_> = table.fields.iter().enumerate().map(field).collect();
            let keys = document.field(object, table.fields.len()).items();
            let unknown: Vec<_> = keys.into_iter().flat_map(|keys| document.items(keys)).collect();
            format!("{{{} {unknown:?}}}", fields.join(", "))
        }
        (_, Some(items), FieldType::Array(kind)) => {
            let items: Vec<_> = document.items(items).map(|item| shown(item, kind, document)).collect();
            format!("[{}]", items.join(", "))
        }
        _ => format!("{value:?}"),
    }
}

/// Asserts that JSON text and the slots that JavaScript encodes give the same document.
fn both_read(request: &Value, kind: &'static FieldType) -> Result<(), TestCaseError> {
    let json = request.to_string();
    let mut buffer = Buffer::default();
    let mut decoder = JsonDecoder::new(JsonReader::new(&json), exact);
    decoder.decode(kind, &mut buffer);
    prop_assert_eq!(decoder.end(), Ok(()));
    let decoded = Document::decoded(&buffer, &json);
    let Encoder { slots, text } = Encoder::new(request, kind);
    let encoded = Document::new(&slots, &text);
    prop_assert_eq!(shown(decoded.root(), kind, &decoded), shown(encoded.root(), kind, &encoded));
    Ok(())
}

/// The Levenshtein distance by its definition: the edits from the first `i` characters to the first `j`.
fn distance(from: &str, to: &str) -> usize {
    let (from, to): (Vec<char>, Vec<char>) = (from.chars().collect(), to.chars().collect());
    let mut edits = vec![vec![0; to.len() + 1]; from.len() + 1];
    for i in 0..=from.len() {
        for j in 0..=to.len() {
            edits[i][j] = match (i, j) {
                (0, _) => j,
                (_, 0) => i,
                _ => (edits[i - 1][j] + 1)
                    .min(edits[i][j - 1] + 1)
                    .min(edits[i - 1][j - 1] + usize::from(from[i - 1] != to[j - 1])),
            };
        }
    }
    edits[from.len()][to.len()]
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn bucket_names(name in text()) {
        let (errors, warnings) = found(|report| bucket_name::check(&name, Severity::Warning, report));
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
        let (strict, none) = found(|report| bucket_name::check(&name, Severity::Error, report));
        prop_assert_eq!(strict.len(), errors.len() + warnings.len());
        prop_assert!(none.is_empty());
    }

    #[test]
    fn file_prefix_names(prefix in text()) {
        let (errors, warnings) = found(|report| file_prefix_name::check(&prefix, report));
        let allowed = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
        let good = prefix.chars().count() <= 64 && prefix.chars().all(allowed);
        prop_assert_eq!(errors.is_empty(), good);
        prop_assert!(warnings.is_empty());
    }

    #[test]
    fn tracker_names(name in text()) {
        let (errors, _) = found(|report| tracker_name::check_data(&name, report));
        let good = (1..=32).contains(&name.chars().count())
            && name.chars().all(|c| c.is_ascii_alphanumeric() || "-_".contains(c))
            && name.chars().next().is_some_and(|c| c.is_ascii_alphanumeric())
            && name != "system" && name != "system-trace";
        prop_assert_eq!(errors.is_empty(), good);
        let (errors, _) = found(|report| tracker_name::check_system(&name, report));
        prop_assert_eq!(errors.is_empty(), name == "system");
    }

    #[test]
    fn key_ids(id in text()) {
        let (errors, warnings) = found(|report| kms_id::check(&id, Encryption::On, Pairing::Applies, report));
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
        let (errors, warnings) = found(|report| bucket_location::check(&location, report));
        prop_assert!(errors.is_empty());
        let groups: Vec<&str> = location.split('-').collect();
        let usual = groups.len() > 1 && groups.iter().all(|group| {
            !group.is_empty() && group.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        });
        prop_assert_eq!(warnings.is_empty(), usual);
    }

    #[test]
    fn suggestions(
        known in select(CREATE_TRACKER.fields), present in any::<[bool; 11]>(), upper in any::<bool>(),
        edits in prop::collection::vec((any::<prop::sample::Index>(), "[a-z_]{0,2}|👍"), 0..4),
    ) {
        let mut key: Vec<char> = known.name.chars().collect();
        for (at, other) in edits {
            let at = at.index(key.len() + 1);
            key.splice(at..(at + 1).min(key.len()), other.chars());
        }
        let key: String = key.into_iter().collect();
        let key = if upper { key.to_uppercase().replace('_', "-") } else { key };
        let suggested = unknown_key::meant(&key, &CREATE_TRACKER, &|index| present[index]);
        let fold = |text: &str| text.to_ascii_lowercase().replace(['_', '-'], "");
        let fields = CREATE_TRACKER.fields.iter().zip(present).filter(|(_, present)| !present);
        let near = |name: &&str| if fold(name) == fold(&key) { 0 } else { 1 + distance(name, &key) };
        let meant = fields.map(|(field, _)| field.name).min_by_key(near).filter(|name| near(name) <= 3);
        prop_assert_eq!(suggested, meant, "{}", key);
    }

    #[test]
    fn bodies_of_create_tracker(request in object(&CREATE_TRACKER)) {
        keeps_promises(&request, &CREATE_TRACKER, validate::create_tracker_json)?;
    }

    #[test]
    fn bodies_of_check_obs_buckets(request in object(&CHECK_OBS_BUCKETS)) {
        keeps_promises(&request, &CHECK_OBS_BUCKETS, validate::check_obs_buckets_json)?;
    }

    #[test]
    fn json_and_slots_are_the_same_document(
        create in prop_oneof![8 => object(&CREATE_TRACKER).boxed(), 1 => large().boxed()],
        check in object(&CHECK_OBS_BUCKETS),
    ) {
        both_read(&create, &FieldType::Object(&CREATE_TRACKER))?;
        both_read(&check, &FieldType::Object(&CHECK_OBS_BUCKETS))?;
    }

    #[test]
    fn bucket_names_at_their_limits(
        name in "[a-z0-9]{63}", at in 1..61_usize, wrong in not_in("a-z0-9.-"), separator in "[.-]",
        pair in prop_oneof![Just(".."), Just(".-"), Just("-.")],
    ) {
        let issues_of = |name: &str| reported(|report| bucket_name::check(name, Severity::Warning, report));
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
        name in "[A-Za-z0-9]{32}", at in 1..32_usize, wrong in not_in("A-Za-z0-9_-"), separator in "[_-]",
    ) {
        let issues_of = |name: &str| reported(|report| tracker_name::check_data(name, report));
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
            prop_assert_eq!(issues_of(&format!("{reserved}{separator}")), []);
        }
    }

    #[test]
    fn file_prefix_names_at_their_limits(
        prefix in "[A-Za-z0-9._-]{64}", at in 0..64_usize, wrong in not_in("A-Za-z0-9._-"),
    ) {
        let issues_of = |prefix: &str| reported(|report| file_prefix_name::check(prefix, report));
        prop_assert_eq!(issues_of(&prefix), []);
        prop_assert_eq!(issues_of(&(prefix.clone() + "a")), [length(Code::TooLong, "max", 64, 65)]);
        prop_assert_eq!(issues_of(&prefix[..at]), []);
        prop_assert_eq!(issues_of(&put(&prefix, at, &wrong)), [character(&wrong, at)]);
    }

    #[test]
    fn ids_at_their_limits(id in "[A-Za-z0-9_-]{64}", at in 0..32_usize, wrong in not_in("A-Za-z0-9_-")) {
        for rules in [&url_id::PROJECT_ID, &url_id::DOMAIN_ID] {
            let issues_of = |id: &str| reported(|report| url_id::check(id, rules, report));
            prop_assert_eq!(issues_of(&id[..32]), []);
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
        let issues_of = |id: &str| reported(|report| kms_id::check(id, Encryption::On, Pairing::Applies, report));
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
        let issues_of = |location: &str| reported(|report| bucket_location::check(location, report));
        prop_assert_eq!(issues_of(&location), []);
        let at = at.index(location.len());
        let hyphens = format!("-{location} {location}- {}", location.replacen('-', "--", 1));
        for odd in hyphens.split(' ').chain([&*put(&location, at, &wrong), &location.replace('-', "")]) {
            prop_assert_eq!(issues_of(odd), [(Code::UnusualFormat, vec![])], "{}", odd);
        }
    }

    #[test]
    fn any_bytes_have_a_result(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let mut buffer = Buffer::default();
        let (tally, _) = Lines { bytes: &bytes, line: 1, offset: 0, parse_number: exact }
            .validate(RequestKind::CreateTracker, &mut buffer, |_| {});
        prop_assert_eq!(tally.lines, tally.valid + tally.invalid);
        let _ = validate::check_obs_buckets_json(&bytes, &mut buffer);
    }

    #[test]
    fn any_slots_have_a_result(
        words in prop::collection::vec((0..13_u32, prop_oneof![0..40_u32, any::<u32>()], prop_oneof![0..9_u32, any::<u32>()]), 1..40),
        text in "\\PC{0,9}",
    ) {
        let slots: Vec<Slot> = words.into_iter().map(Slot::from).collect();
        let document = Document::new(&slots, &text);
        validate::create_tracker(&document, &mut Report::default());
        validate::check_obs_buckets(&document, &mut Report::default());
        validate::field_state(&document);
    }
}
