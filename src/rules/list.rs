//! Lists: their length, and items that are equal to an item before them.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;

/// The items of a longer list are not validated.
pub const MAX_ITEMS: usize = 1_000_000;

/// A shorter list is searched, which needs no memory.
const SHORT: usize = 8;

/// Items are equal if both parts are.
pub type Key<'a> = (&'a [u8], &'a [u8]);

/// An item of a list that is sorted: by a number, then by the key, then by its index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry<'a> {
    pub number: u32,
    pub key: Key<'a>,
    pub index: usize,
}

impl Ord for Entry<'_> {
    // Not inlined: a heap compares in four places.
    #[inline(never)]
    fn cmp(&self, other: &Self) -> Ordering {
        (self.number, self.key, self.index).cmp(&(other.number, other.key, other.index))
    }
}

impl PartialOrd for Entry<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Sorts by a heap. The sort functions and the maps of the standard library add 3 kB of brotli to the wasm, and a hash
/// table takes quadratic time for keys that were chosen to collide.
pub fn sorted<'a>(entries: impl Iterator<Item = Entry<'a>>) -> impl Iterator<Item = Entry<'a>> {
    let mut heap: BinaryHeap<Reverse<Entry<'a>>> = entries.map(Reverse).collect();
    std::iter::from_fn(move || heap.pop().map(|Reverse(entry)| entry))
}

/// Finds the first of equal items. Items without a key are equal to none.
#[allow(missing_debug_implementations, reason = "a closure cannot be shown")]
pub struct Duplicates<'c, 'a> {
    key_at: &'c dyn Fn(usize) -> Option<Key<'a>>,
    /// The list is short, so it is searched.
    short: bool,
    /// For each item of a long list that has duplicates, the first item that is equal to it.
    first: Vec<u32>,
}

impl<'c, 'a> Duplicates<'c, 'a> {
    pub fn new(length: usize, key_at: &'c dyn Fn(usize) -> Option<Key<'a>>) -> Self {
        let short = length <= SHORT;
        let first = if short { Vec::new() } else { first_of_each(length, key_at) };
        Duplicates { key_at, short, first }
    }

    /// The index of the first item that is equal to this one.
    pub fn first_before(&self, index: usize) -> Option<usize> {
        if !self.short || index == 0 {
            return self.first.get(index).map(|first| *first as usize).filter(|first| *first < index);
        }
        let key = (self.key_at)(index)?;
        (0..index).find(|earlier| (self.key_at)(*earlier) == Some(key))
    }
}

/// For each item the first one that is equal to it; nothing if no two items are equal.
fn first_of_each<'a>(length: usize, key_at: &dyn Fn(usize) -> Option<Key<'a>>) -> Vec<u32> {
    // Few lists have duplicates, so only items whose place occurs again are sorted: 3 to 6 % if all are different.
    let mut counts = vec![0_u8; (8 * length).next_power_of_two()];
    let hash_at = |index| {
        let hash = hash(key_at(index)?.0);
        if let Some(count) = counts.get_mut(place(hash, length)) {
            *count = count.saturating_add(1);
        }
        Some(hash)
    };
    let hashes: Vec<Option<u32>> = (0..length).map(hash_at).collect();
    // Hashes come first, because to compare strings is slow.
    let entries = hashes.iter().enumerate().filter_map(|(index, hash)| {
        let hash = hash.filter(|hash| counts.get(place(*hash, length)).is_some_and(|count| *count > 1))?;
        Some(Entry { number: hash, key: key_at(index)?, index })
    });
    let mut first = Vec::new();
    let mut group: Option<Entry<'a>> = None;
    for entry in sorted(entries) {
        match group {
            Some(Entry { number, key, index }) if (number, key) == (entry.number, entry.key) => {
                if first.is_empty() {
                    first.extend(0..length as u32);
                }
                if let Some(to) = first.get_mut(entry.index) {
                    *to = index as u32;
                }
            }
            _ => group = Some(entry),
        }
    }
    first
}

/// The place of a hash among the counts.
fn place(hash: u32, length: usize) -> usize {
    hash as usize & ((8 * length).next_power_of_two() - 1)
}

/// A hash of the last bytes, where names differ, four at a time.
fn hash(text: &[u8]) -> u32 {
    let (begin, words) = text.as_rchunks::<4>();
    let begin = begin.iter().fold(0, |word, byte| word << 8 | u32::from(*byte));
    let words = words.iter().rev().take(16).map(|word| u32::from_le_bytes(*word)).chain([begin]);
    words.fold(0_u32, |hash, word| {
        let mixed = (hash ^ word).wrapping_mul(0x9E37_79B1);
        // A product has nothing of the high bits of its factors in its low bits.
        mixed ^ mixed >> 15
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_first_of_equal_items() {
        let short = ["a", "b", "a", "", "", "a"];
        let long = ["a", "b", "a", "c", "a", "d", "", "e", "b", "", "f", "g", "a"];
        for list in [&short[..], &long[..]] {
            let key_at = |index: usize| {
                list.get(index).filter(|item| !item.is_empty()).map(|item| (item.as_bytes(), b"eu-west-101".as_slice()))
            };
            let duplicates = Duplicates::new(list.len(), &key_at);
            for (index, item) in list.iter().enumerate() {
                let first = list.iter().position(|other| other == item).filter(|at| *at < index && !item.is_empty());
                assert_eq!(duplicates.first_before(index), first, "{index} of {list:?}");
            }
        }
    }

    #[test]
    fn few_names_share_a_place() {
        let lists: [fn(u32) -> String; 4] = [
            |number| number.to_string(),
            |number| format!("bucket-{number}"),
            |number| format!("{number:08}"),
            |number| format!("team-{number}-traces-of-the-production-account"),
        ];
        for name in lists {
            let places: std::collections::HashSet<usize> =
                (0..1000).map(|number| place(hash(name(number).as_bytes()), 1000)).collect();
            assert!(places.len() > 920, "{} of {}", places.len(), name(999));
        }
    }

    #[test]
    fn few_items_of_a_long_list_are_read_twice() {
        let reads = std::cell::Cell::new(0);
        let names: Vec<String> = (0..1000).map(|number| number.to_string()).collect();
        let key_at = |index: usize| {
            reads.set(reads.get() + 1);
            names.get(index).map(|name| (name.as_bytes(), b"".as_slice()))
        };
        let duplicates = Duplicates::new(names.len(), &key_at);
        assert!((0..1000).all(|index| duplicates.first_before(index).is_none()));
        assert!(reads.get() < 1200, "{}", reads.get());
    }
}
