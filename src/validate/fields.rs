//! Fields that both requests have, or that a request has several of.

use crate::decode::{Document, Items, Value};
use crate::issue::Report;
use crate::issue::{Param, RuleId, Severity};
use crate::rules::kms_id::{self, Encryption, Pairing};
use crate::rules::list::Duplicates;
use crate::rules::{bucket_name, words};

use super::actual_param;

/// Reports a value of a wrong type.
#[inline]
pub(super) fn typed<'a>(value: Value<'_, 'a>, wrong: RuleId, report: &mut Report<'a>) {
    if value.may_be_wrong() {
        report_type(value, wrong, report);
    }
}

#[cold]
#[inline(never)]
fn report_type<'a>(value: Value<'_, 'a>, wrong: RuleId, report: &mut Report<'a>) {
    if let Some(actual) = value.wrong() {
        report.error(wrong).param(actual_param(actual));
    }
}

/// The text of a field. A wrong type is reported.
#[inline]
pub(super) fn text<'a>(value: Value<'_, 'a>, wrong: RuleId, report: &mut Report<'a>) -> Option<&'a [u8]> {
    typed(value, wrong, report);
    value.bytes()
}

/// A flag that has no effect on a data tracker.
pub(super) fn system_flag<'a>(
    value: Value<'_, 'a>,
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

/// Whether trace files are encrypted, as far as the flag is known.
pub(super) fn encryption(value: Value<'_, '_>) -> Encryption {
    match value.flag() {
        Some(true) => Encryption::On,
        Some(false) => Encryption::Off,
        None if value.is_absent() => Encryption::Off,
        None => Encryption::Unknown,
    }
}

/// The ID of a key. `required` is reported if encryption is on and the key is missing.
pub(super) fn kms_id<'a>(
    value: Value<'_, 'a>,
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

pub(super) fn bucket_name<'a>(value: Value<'_, 'a>, obs: Severity, report: &mut Report<'a>) {
    if let Some(name) = text(value, RuleId::BucketNameType, report) {
        bucket_name::check(name, obs, report);
    }
}

/// A field with a closed list of words.
#[inline]
pub(super) fn word<'a>(
    value: Value<'_, 'a>,
    allowed: &'static [&'static str],
    wrong: RuleId,
    unknown: RuleId,
    report: &mut Report<'a>,
) {
    if value.word().is_none()
        && let Some(word) = text(value, wrong, report)
    {
        words::check(word, allowed, unknown, report);
    }
}

/// The rules of a list of words.
pub(super) struct WordList {
    pub allowed: &'static [&'static str],
    pub wrong: RuleId,
    pub too_long: RuleId,
    pub item_wrong: RuleId,
    pub item_unknown: RuleId,
    pub repeated: RuleId,
}

/// A list of words.
pub(super) fn word_list<'a>(value: Value<'_, 'a>, rules: &WordList, document: &Document<'a>, report: &mut Report<'a>) {
    let Some(items) = list(value, rules.wrong, rules.too_long, report) else { return };
    let key_at =
        |index| document.item(items, index).bytes().filter(|word| !word.is_empty()).map(|word| (word, b"".as_slice()));
    let duplicates = Duplicates::new(items.length, &key_at);
    let mut seen = 0_u64;
    report.enter();
    for (index, value) in document.items(items).enumerate() {
        // Most items are documented words that are not repeated.
        let bit = value.word().map_or(0, |word| 1 << (word % u64::BITS));
        if bit & !seen != 0 {
            seen |= bit;
            continue;
        }
        report.item(index);
        let Some(word) = value.bytes() else {
            wrong_item(value, rules.item_wrong, report);
            continue;
        };
        if value.word().is_none() {
            words::check(word, rules.allowed, rules.item_unknown, report);
        }
        if let Some(first) = duplicates.first_before(index) {
            report.warning(rules.repeated).number(first);
        }
    }
    report.leave();
}

/// The items of a list that is not too long.
pub(super) fn list<'a>(
    value: Value<'_, 'a>,
    wrong: RuleId,
    too_long: RuleId,
    report: &mut Report<'a>,
) -> Option<Items> {
    typed(value, wrong, report);
    if let Some(length) = value.too_long() {
        report.error(too_long).param(Param::Number(length));
    }
    value.items()
}

/// An item of a wrong type. In a list, absent is null.
pub(super) fn wrong_item<'a>(value: Value<'_, 'a>, wrong: RuleId, report: &mut Report<'a>) {
    if value.is_absent() {
        report.error(wrong).word("null");
    }
    typed(value, wrong, report);
}
