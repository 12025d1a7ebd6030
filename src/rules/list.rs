//! Lists: their length, and items that are equal to an item before them.

use std::collections::BTreeMap;

/// The items of a longer list are not validated.
pub const MAX_ITEMS: usize = 1_000_000;

/// A shorter list is searched, which needs no memory.
const SHORT: usize = 8;

/// Items are equal if both parts are.
pub type Key<'a> = (&'a str, &'a str);

/// Finds the first of equal items. Items without a key are equal to none.
#[allow(missing_debug_implementations, reason = "a closure cannot be shown")]
pub struct Duplicates<'c, 'a> {
    key_at: &'c dyn Fn(usize) -> Option<Key<'a>>,
    /// The first place of each key, if the list is long. Hashes come first, because to compare strings is slow.
    seen: Option<BTreeMap<(u32, Key<'a>), usize>>,
}

impl<'c, 'a> Duplicates<'c, 'a> {
    pub fn new(length: usize, key_at: &'c dyn Fn(usize) -> Option<Key<'a>>) -> Self {
        Duplicates { key_at, seen: (length > SHORT).then(BTreeMap::new) }
    }

    /// The index of the first item that is equal to this one. Call it for each item in order.
    pub fn first_before(&mut self, index: usize) -> Option<usize> {
        let key = (self.key_at)(index)?;
        match &mut self.seen {
            None => (0..index).find(|earlier| (self.key_at)(*earlier) == Some(key)),
            Some(seen) => {
                let first = *seen.entry((hash(key.0), key)).or_insert(index);
                (first != index).then_some(first)
            }
        }
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
            let mut duplicates = Duplicates::new(list.len(), &key_at);
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
        let mut duplicates = Duplicates::new(names.len(), &key_at);
        assert!((0..1000).all(|index| duplicates.first_before(index).is_none()));
        assert_eq!(reads.get(), 1000);
    }
}
