//! Unknown keys, and the documented key that may have been meant.

use crate::schema::{Field, Table};

/// The maximum distance of a suggestion.
const MAX_DISTANCE: usize = 2;

/// The field that was probably meant, if there is one. `present` returns whether the object has a field of the table.
pub fn meant(key: &str, table: &'static Table, present: &dyn Fn(usize) -> bool) -> Option<&'static str> {
    let mut meant = None;
    let mut nearest = MAX_DISTANCE + 1;
    for (place, Field { name, .. }) in table.fields.iter().enumerate() {
        if present(place) {
            continue;
        }
        if folded(key).eq(folded(name)) {
            return Some(name);
        }
        let distance = distance(key, name);
        if distance < nearest {
            (meant, nearest) = (Some(*name), distance);
        }
    }
    meant
}

/// A key without the differences that people overlook: ASCII case, `_` and `-`.
fn folded(key: &str) -> impl Iterator<Item = u8> {
    key.bytes().filter(|byte| !matches!(byte, b'_' | b'-')).map(|byte| byte.to_ascii_lowercase())
}

/// The Levenshtein distance in code points, or any number above the maximum. `name` is ASCII.
fn distance(key: &str, name: &str) -> usize {
    // A code point has at most four bytes, so a key of this length is above the maximum.
    if key.len() > 4 * (name.len() + MAX_DISTANCE) {
        return usize::MAX;
    }
    let mut row: Vec<usize> = (0..=name.len()).collect();
    let mut last = name.len();
    for (index, character) in key.chars().enumerate() {
        last = index + 1;
        let mut diagonal = index;
        for (cell, known) in row.iter_mut().skip(1).zip(name.bytes()) {
            let above = *cell;
            last = (diagonal + usize::from(character != char::from(known))).min(last + 1).min(above + 1);
            diagonal = above;
            *cell = last;
        }
    }
    last
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::TRACKER_OBS_INFO;

    fn meant(key: &str, present: &[&str]) -> Option<&'static str> {
        let table = &TRACKER_OBS_INFO;
        let has = |index: usize| table.fields.get(index).is_some_and(|field| present.contains(&field.name));
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
        assert_eq!(distance("", "ab"), 2);
        assert_eq!(distance("kitten", "kitten"), 0);
        assert_eq!(distance("kitten", "sittin"), 2);
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(distance("👍b", "ab"), 1);
    }
}
