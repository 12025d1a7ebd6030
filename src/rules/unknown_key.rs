//! Keys the documents do not know, and which key was meant.

use crate::decode::Table;

/// Further apart than this is another word.
const MAX_DISTANCE: usize = 2;

/// The field that was meant, if one is near. `present` tells which fields of the table the object has.
pub fn meant(key: &str, table: &'static Table, present: &dyn Fn(usize) -> bool) -> Option<&'static str> {
    let missing = || table.fields.iter().enumerate().filter(|(index, _)| !present(*index)).map(|(_, (name, _))| *name);
    missing().find(|name| folded(name).eq(folded(key))).or_else(|| {
        let near = missing().filter_map(|name| Some((distance(key, name)?, name)));
        near.min_by_key(|(distance, _)| *distance).map(|(_, name)| name)
    })
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
    use crate::decode::TRACKER_OBS_INFO;

    fn meant(key: &str, present: &[&str]) -> Option<&'static str> {
        let table = &TRACKER_OBS_INFO;
        let has = |index: usize| table.fields.get(index).is_some_and(|(name, _)| present.contains(name));
        super::meant(key, table, &has)
    }

    #[test]
    fn cases() {
        assert_eq!(meant("bucketName", &[]), Some("bucket_name"));
        assert_eq!(meant("BUCKET-NAME", &[]), Some("bucket_name"));
        assert_eq!(meant("bucketName", &["bucket_name"]), None);
        assert_eq!(meant("bucket_nam", &[]), Some("bucket_name"));
        assert_eq!(meant("ucket_nam", &[]), Some("bucket_name"));
        assert_eq!(meant("cket_nam", &[]), None);
        assert_eq!(meant("__proto__", &[]), None);
        assert_eq!(meant("", &[]), None);
    }

    #[test]
    fn distances() {
        assert_eq!(distance("kitten", "kitten"), Some(0));
        assert_eq!(distance("kitten", "sittin"), Some(2));
        assert_eq!(distance("kitten", "sitting"), None);
        assert_eq!(distance("👍b", "ab"), Some(1));
    }
}
