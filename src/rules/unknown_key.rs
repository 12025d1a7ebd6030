//! Keys the documents do not know, and which key was meant.

use crate::decode::Table;
use crate::issue::Code;
use crate::report::{Finding, warning};

/// Further apart than this is another word.
const MAX_DISTANCE: usize = 2;

/// `present` tells which fields of the table the object has.
pub fn check<'a>(key: &str, table: &'static Table, present: &dyn Fn(usize) -> bool) -> Finding<'a> {
    let missing = || table.fields.iter().enumerate().filter(|(index, _)| !present(*index)).map(|(_, (name, _))| *name);
    let meant = missing().find(|name| folded(name).eq(folded(key))).or_else(|| {
        let near = missing().filter_map(|name| Some((distance(key, name)?, name)));
        near.min_by_key(|(distance, _)| *distance).map(|(_, name)| name)
    });
    let finding = warning(Code::UnknownKey, "keys.unknown");
    match meant {
        Some(name) => finding.word("suggestion", name),
        None => finding,
    }
}

/// A key without what people mix up: ASCII case, `_` and `-`.
fn folded(key: &str) -> impl Iterator<Item = char> {
    key.chars().filter(|character| !matches!(character, '_' | '-')).map(|character| character.to_ascii_lowercase())
}

/// Levenshtein distance in code points, if it is at most `MAX_DISTANCE`. `name` is ASCII and not empty.
fn distance(key: &str, name: &str) -> Option<usize> {
    // A code point is four bytes at most, so a key this long cannot be near.
    if key.len() > 4 * (name.len() + MAX_DISTANCE) {
        return None;
    }
    let mut row: Vec<usize> = (0..=name.len()).collect();
    for (index, character) in key.chars().enumerate() {
        let mut left = index + 1;
        let mut diagonal = index;
        for (cell, known) in row.iter_mut().skip(1).zip(name.chars()) {
            let above = *cell;
            left = (diagonal + usize::from(character != known)).min(left + 1).min(above + 1);
            diagonal = above;
            *cell = left;
        }
    }
    row.last().copied().filter(|distance| *distance <= MAX_DISTANCE)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decode::{Draft, TrackerObsInfoDraft};
    use crate::rules::cases::found;

    fn meant(key: &str, present: &[&str]) -> Vec<String> {
        let table = TrackerObsInfoDraft::TABLE;
        let has = |index: usize| table.fields.get(index).is_some_and(|(name, _)| present.contains(name));
        found(|report| report.add(check(key, table, &has)))
    }

    #[test]
    fn cases() {
        assert_eq!(meant("bucketName", &[]), ["warning unknown_key suggestion=bucket_name"]);
        assert_eq!(meant("BUCKET-NAME", &[]), ["warning unknown_key suggestion=bucket_name"]);
        assert_eq!(meant("bucketName", &["bucket_name"]), ["warning unknown_key"]);
        assert_eq!(meant("bucket_nam", &[]), ["warning unknown_key suggestion=bucket_name"]);
        assert_eq!(meant("ucket_nam", &[]), ["warning unknown_key suggestion=bucket_name"]);
        assert_eq!(meant("cket_nam", &[]), ["warning unknown_key"]);
        assert_eq!(meant("__proto__", &[]), ["warning unknown_key"]);
        assert_eq!(meant("", &[]), ["warning unknown_key"]);
    }

    #[test]
    fn distances() {
        assert_eq!(distance("kitten", "kitten"), Some(0));
        assert_eq!(distance("kitten", "sittin"), Some(2));
        assert_eq!(distance("kitten", "sitting"), None);
        assert_eq!(distance("👍b", "ab"), Some(1));
    }
}
