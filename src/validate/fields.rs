//! Fields that both requests have, or that a request has several of.

use std::borrow::Cow;

use crate::decode::{Field, Flag, List, Texts};
use crate::issue::{Code, Severity};
use crate::report::{Report, error, warning};
use crate::rules::kms_id::{self, Encryption, Pairing};
use crate::rules::list::{self, Repeats};
use crate::rules::text::compare;
use crate::rules::{bucket_name, words};

use super::{text, value_of, wrong_type};

pub(super) fn flag<'a>(draft: &Flag<'a>, rule: &'static str, report: &mut Report<'a>) {
    let _ = value_of(draft, "boolean", rule, report);
}

/// A flag that only the management tracker heeds.
pub(super) fn system_flag<'a>(
    draft: &Flag<'a>,
    data_tracker: bool,
    rule: &'static str,
    applies: &'static str,
    report: &mut Report<'a>,
) {
    if value_of(draft, "boolean", rule, report) == Some(&true) && data_tracker {
        report.add(warning(Code::NotApplicable, applies).word("trackerType", "system"));
    }
}

/// Whether encryption is on; absent is off.
pub(super) fn encryption(draft: &Flag<'_>) -> Encryption {
    match draft {
        Field::Got(true) => Encryption::On,
        Field::Got(false) | Field::Absent => Encryption::Off,
        Field::Wrong(_) => Encryption::Unknown,
    }
}

/// A key id. `must` is whether encryption demands one here.
pub(super) fn kms_id<'a>(
    draft: &Field<'a, Cow<'a, str>>,
    encryption: Encryption,
    must: bool,
    pairing: Pairing,
    report: &mut Report<'a>,
) {
    match text(draft, "kms_id.type", report) {
        Some(id) if !id.is_empty() => kms_id::check(id, encryption, pairing, report),
        _ => {
            let absent = !matches!(draft, Field::Wrong(_));
            if must && absent && encryption == Encryption::On {
                kms_id::missing(Some("CTS.0221"), report);
            }
        }
    }
}

/// A bucket's name, `obs` being the weight of the OBS rows.
pub(super) fn bucket_name<'a>(draft: &Field<'a, Cow<'a, str>>, obs: Severity, report: &mut Report<'a>) {
    if let Some(name) = text(draft, "bucket_name.type", report) {
        bucket_name::check(name, obs, report);
    }
}

/// The rule names of a list of words.
pub(super) struct WordList {
    pub allowed: &'static [&'static str],
    pub kind: &'static str,
    pub length: &'static str,
    pub item_kind: &'static str,
    pub item: &'static str,
    pub repeated: &'static str,
    pub server_code: Option<&'static str>,
}

/// A list of words, each of a closed list. Gives the number of items, if it could be looked into.
pub(super) fn word_list<'a>(draft: &Texts<'a>, rules: &WordList, report: &mut Report<'a>) -> Option<usize> {
    let items = match value_of(draft, "array", rules.kind, report)? {
        List::Items(items) => items,
        List::TooLong(actual) => {
            report.add(list::too_long(*actual, rules.length));
            return None;
        }
    };
    // What is no text is never asked for, so it may pass for an empty one.
    let word_at = |index: usize| items.get(index).and_then(Field::text).unwrap_or_default();
    let compare = |a: usize, b: usize| compare(word_at(a), word_at(b));
    let repeats = Repeats::new(items.len(), &compare);
    for (index, word) in items.iter().enumerate() {
        let first = word.text().filter(|word| !word.is_empty()).and_then(|_| repeats.before(index));
        // The usual item says nothing, and then no place is needed.
        match word.text() {
            Some(word) if first.is_none() && words::is_one_of(word, rules.allowed) => {}
            _ => report.at_item(index, |report| list_word(word, first, rules, report)),
        }
    }
    Some(items.len())
}

fn list_word<'a>(word: &Field<'a, Cow<'a, str>>, first: Option<usize>, rules: &WordList, report: &mut Report<'a>) {
    match word {
        Field::Absent => {
            let finding = error(Code::InvalidType, rules.item_kind);
            report.add(finding.word("expected", "string").word("actual", "null"));
        }
        Field::Wrong(actual) => wrong_type(actual, "string", rules.item_kind, report),
        Field::Got(word) => {
            if let Some(finding) = words::check(word, rules.allowed, rules.item) {
                report.add(match rules.server_code {
                    Some(code) => finding.server(code),
                    None => finding,
                });
            }
        }
    }
    if let Some(first) = first {
        report.add(list::repeated(first, rules.repeated));
    }
}
