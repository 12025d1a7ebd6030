//! What holds of every input, by the rule table and not by the code. `CTS_CASES=1000000` runs longer.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops at what it did not expect")]

use cts_tracker::decode::{CheckObsBucketsDraft, CreateTrackerDraft, Field, FlatDecoder, Part};
use cts_tracker::issue::{Code, Issue, Segment, Severity};
use cts_tracker::report::Report;
use cts_tracker::rules::{bucket_lifecycle, bucket_location, bucket_name, file_prefix_name, kms_id, tracker_name};
use cts_tracker::validate::{self, Lines, NdjsonKind};
use proptest::prelude::*;
use serde_json::{Value, json};

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
    issues.iter().map(|issue| issue.code).collect()
}

/// Text near what the rules allow: their characters, and some that they do not.
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

fn at_most_one(issues: &[Issue<'_>], wanted: &[Code]) -> bool {
    issues.iter().filter(|issue| wanted.contains(&issue.code)).count() <= 1
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn bucket_names(name in text()) {
        let (errors, warnings) = found(|report| bucket_name::check(&name, Severity::Warning, report));
        // The CTS rows are a regular expression of the documents; written here by hand.
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
        // For a bucket to be created, the same findings are errors.
        let (strict, none) = found(|report| bucket_name::check(&name, Severity::Error, report));
        prop_assert_eq!(strict.len(), errors.len() + warnings.len());
        prop_assert!(none.is_empty());
    }

    #[test]
    fn file_prefix_names(prefix in text()) {
        let (errors, warnings) = found(|report| file_prefix_name::check(&prefix, report));
        let good = prefix.chars().count() <= 64 && prefix.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c));
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
        let (errors, warnings) = found(|report| kms_id::check(&id, kms_id::Encryption::On, kms_id::Pairing::Applies, report));
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
    fn requests(
        kind in prop_oneof![Just(json!("system")), Just(json!("data")), Just(json!("Data")), Just(Value::Null)],
        names in (text(), text(), text()),
        events in prop::collection::vec(prop_oneof![Just("READ"), Just("WRITE"), Just("read")], 0..4),
        flags in (any::<Option<bool>>(), any::<Option<bool>>()),
        days in prop_oneof![Just(json!(30)), Just(json!(31)), Just(json!("30")), Just(Value::Null)],
        with_bucket in any::<bool>(),
    ) {
        let mut request = json!({
            "tracker_type": kind,
            "tracker_name": names.0,
            "obs_info": { "bucket_name": names.1, "is_obs_created": flags.0, "bucket_lifecycle": days },
            "is_support_trace_files_encryption": flags.1,
            "unknown": 1,
        });
        if with_bucket {
            request["data_bucket"] = json!({ "data_bucket_name": names.2, "data_event": events });
        }
        let written = request.to_string();
        let judged = validate::create_tracker_json(written.as_bytes()).unwrap();
        prop_assert_eq!(judged.value.is_some(), judged.errors.is_empty());
        prop_assert!(judged.warnings.iter().all(|issue| issue.server_code.is_none()));
        for issue in judged.errors.iter().chain(&judged.warnings) {
            // Every step but the last is there.
            let mut place = &request;
            for step in issue.path.iter().rev().skip(1).rev() {
                place = match step {
                    Segment::Field(name) => &place[*name],
                    Segment::Index(index) => &place[*index as usize],
                    Segment::Unknown(key) => &place[&**key],
                };
            }
            prop_assert!(issue.path.is_empty() || place.is_object() || place.is_array());
        }
        if let Some(value) = judged.value {
            let again = serde_json::to_string(&value).unwrap();
            let judged = validate::create_tracker_json(again.as_bytes()).unwrap();
            prop_assert!(judged.errors.is_empty());
            prop_assert_eq!(judged.value, Some(value));
            prop_assert!(!codes(&judged.warnings).contains(&Code::UnknownKey));
        }
    }

    #[test]
    fn any_bytes_are_judged(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let (tally, _) = Lines { bytes: &bytes, line: 1, offset: 0, parse_number: cts_tracker::decode::exact }
            .judge(NdjsonKind::CreateTracker, |_| {});
        prop_assert_eq!(tally.lines, tally.valid + tally.invalid);
        let _ = validate::check_obs_buckets_json(&bytes);
        if let Ok(mut decoder) = FlatDecoder::new(&bytes, b"") {
            let mut draft = Field::<CreateTrackerDraft<'_>>::default();
            draft.read_flat(&mut decoder);
            let _ = decoder.end();
        }
        if let Ok(mut decoder) = FlatDecoder::new(&bytes, b"") {
            let mut draft = Field::<CheckObsBucketsDraft<'_>>::default();
            draft.read_flat(&mut decoder);
            let _ = decoder.end();
        }
    }
}
