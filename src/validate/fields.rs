//! Fields that both requests have, or that a request has several of.

use crate::decode::{Document, Value};
use crate::issue::Report;
use crate::issue::{Param, RuleId, Severity};
use crate::rules::kms_id::{self, Encryption, Pairing};
use crate::rules::list::{Repeats, hash};
use crate::rules::text::compare;
use crate::rules::{bucket_name, words};

use super::actual_param;

/// Reports a value of another type.
#[inline(never)]
pub(super) fn typed<'a>(value: &Value<'a>, wrong: RuleId, report: &mut Report<'a>) {
    if let Value::Wrong(actual) = value {
        report.error(wrong).param(actual_param(actual));
    }
}

/// The text of a field; a wrong type is reported.
pub(super) fn text<'d, 'a>(value: &'d Value<'a>, wrong: RuleId, report: &mut Report<'a>) -> Option<&'d str> {
    typed(value, wrong, report);
    value.text()
}

/// A flag that a data tracker does not heed.
pub(super) fn system_flag<'a>(
    value: &Value<'a>,
    data_tracker: bool,
    wrong: RuleId,
    of_data: RuleId,
    report: &mut Report<'a>,
) {
    typed(value, wrong, report);
    if data_tracker && value.flag() == Some(true) {
        report.warning(of_data);
    }
}

/// Whether trace files are encrypted, as far as the flag tells.
pub(super) fn encryption(value: &Value<'_>) -> Encryption {
    match value {
        Value::Flag(true) => Encryption::On,
        Value::Flag(false) | Value::Absent => Encryption::Off,
        _ => Encryption::Unknown,
    }
}

/// A key id, `required` if it is there to be used and missing.
pub(super) fn kms_id<'a>(
    value: &Value<'a>,
    encryption: Encryption,
    pairing: Pairing,
    required: Option<RuleId>,
    report: &mut Report<'a>,
) {
    if !value.is_empty() {
        if let Some(id) = text(value, RuleId::KmsIdType, report) {
            kms_id::check(id, encryption, pairing, report);
        }
    } else if let Some(finding) = required
        && encryption == Encryption::On
    {
        report.error(finding);
    }
}

pub(super) fn bucket_name<'a>(value: &Value<'a>, obs: Severity, report: &mut Report<'a>) {
    if let Some(name) = text(value, RuleId::BucketNameType, report) {
        bucket_name::check(name, obs, report);
    }
}

/// A field of few words.
pub(super) fn word<'a>(
    value: &Value<'a>,
    allowed: &'static [&'static str],
    wrong: RuleId,
    unknown: RuleId,
    report: &mut Report<'a>,
) {
    if let Some(word) = text(value, wrong, report) {
        words::check(word, allowed, unknown, report);
    }
}

/// What is found of a list of words.
pub(super) struct WordList {
    pub allowed: &'static [&'static str],
    pub wrong: RuleId,
    pub too_long: RuleId,
    pub item_wrong: RuleId,
    pub item_unknown: RuleId,
    pub repeated: RuleId,
}

/// A list of words: its items one by one.
pub(super) fn word_list<'a>(value: &Value<'a>, rules: &WordList, document: &Document<'a>, report: &mut Report<'a>) {
    let Some(items) = list(value, rules.wrong, rules.too_long, document, report) else { return };
    // What is no text is never asked for, so it may pass for an empty one.
    let word_at = |index: usize| items.get(index).and_then(Value::text).unwrap_or_default();
    let compare = |a: usize, b: usize| compare(word_at(a), word_at(b));
    let repeats = Repeats::new(items.len(), &compare, &|index| hash(word_at(index)));
    report.enter();
    for (index, value) in items.iter().enumerate() {
        report.item(index);
        let Some(word) = value.text() else {
            wrong_item(value, rules.item_wrong, report);
            continue;
        };
        words::check(word, rules.allowed, rules.item_unknown, report);
        if !word.is_empty()
            && let Some(first) = repeats.before(index)
        {
            report.warning(rules.repeated).number(first);
        }
    }
    report.leave();
}

/// The items of a list that is not too long.
pub(super) fn list<'d, 'a>(
    value: &Value<'a>,
    wrong: RuleId,
    too_long: RuleId,
    document: &'d Document<'a>,
    report: &mut Report<'a>,
) -> Option<&'d [Value<'a>]> {
    typed(value, wrong, report);
    if let Value::TooLong(length) = value {
        report.error(too_long).param(Param::Number(*length));
    }
    value.items().map(|items| document.items(items))
}

/// An item that is not of its type. In a list, absent is null.
pub(super) fn wrong_item<'a>(value: &Value<'a>, wrong: RuleId, report: &mut Report<'a>) {
    typed(if value.is_absent() { const { &Value::wrong("null") } } else { value }, wrong, report);
}
