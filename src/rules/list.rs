//! Lists: their length, and items that are equal to an item before them.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// The items of a longer list are not validated.
pub const MAX_ITEMS: usize = 1_000_000;

/// A shorter list is searched, which needs no memory.
const SHORT: usize = 8;

/// Items are equal if both parts are.
pub type Key<'a> = (&'a str, &'a str);

/// A number that is compared before the key, the key, and the index of the item.
pub type Entry<'a> = (u32, Key<'a>, usize);

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
    /// For each item of a long list, the first item that is equal to it.
    first: Vec<u32>,
}

impl<'c, 'a> Duplicates<'c, 'a> {
    pub fn new(length: usize, key_at: &'c dyn Fn(usize) -> Option<Key<'a>>) -> Self {
        let mut first = Vec::new();
        if length > SHORT {
            first.extend(0..length as u32);
            // Hashes come first, because to compare strings is slow.
            let entries = (0..length).filter_map(|index| key_at(index).map(|key| (hash(key.0), key, index)));
            let mut group: Option<Entry<'a>> = None;
            for entry in sorted(entries) {
                match group {
                    Some((hash, key, index)) if (hash, key) == (entry.0, entry.1) => {
                        if let Some(to) = first.get_mut(entry.2) {
                            *to = index as u32;
                        }
                    }
                    _ => group = Some(entry),
                }
            }
        }
        Duplicates { key_at, first }
    }

    /// The index of the first item that is equal to this one.
    pub fn first_before(&self, index: usize) -> Option<usize> {
        if index == 0 {
            return None;
        }
        if let Some(first) = self.first.get(index) {
            return Some(*first as usize).filter(|first| *first < index);
        }
        let key = (self.key_at)(index)?;
        (0..index).find(|earlier| (self.key_at)(*earlier) == Some(key))
    }
}

/// FNV-1a of the end of a string, where names differ.
fn hash(text: &str) -> u32 {
    text.bytes().rev().take(32).fold(0x811C_9DC5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_first_of_equal_items() {
        let short = ["a", "b", "a", "", "", "a"];
        let long = ["a", "b", "a", "c", "a", "d", "", "e", "b", "", "f", "g", "a"];
        for list in [&short[..], &long[..]] {
            let key_at =
                |index: usize| list.get(index).filter(|item| !item.is_empty()).map(|item| (*item, "eu-west-101"));
            let duplicates = Duplicates::new(list.len(), &key_at);
            for (index, item) in list.iter().enumerate() {
                let first = list.iter().position(|other| other == item).filter(|at| *at < index && !item.is_empty());
                assert_eq!(duplicates.first_before(index), first, "{index} of {list:?}");
            }
        }
    }

    #[test]
    fn a_long_list_is_read_once() {
        let reads = std::cell::Cell::new(0);
        let names: Vec<String> = (0..1000).map(|number| number.to_string()).collect();
        let key_at = |index: usize| {
            reads.set(reads.get() + 1);
            names.get(index).map(|name| (name.as_str(), ""))
        };
        let duplicates = Duplicates::new(names.len(), &key_at);
        assert!((0..1000).all(|index| duplicates.first_before(index).is_none()));
        assert_eq!(reads.get(), 1000);
    }
}
