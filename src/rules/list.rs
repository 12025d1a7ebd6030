//! Lists: their length, and items that were there before.

use std::cmp::Ordering;

/// A longer list is not looked into.
pub const MAX_ITEMS: usize = 1_000_000;

/// Shorter lists are searched; longer ones are sorted.
const SHORT: usize = 8;

/// Compares the items at two places.
pub type Compare<'c> = &'c dyn Fn(usize, usize) -> Ordering;

/// Finds where an equal item stood first.
#[allow(missing_debug_implementations, reason = "a closure has nothing to show")]
pub struct Repeats<'c> {
    compare: Compare<'c>,
    /// For a long list: the first place of each item's equals.
    firsts: Vec<usize>,
}

impl<'c> Repeats<'c> {
    /// `hash` of equal items is equal.
    pub fn new(length: usize, compare: Compare<'c>, hash: &dyn Fn(usize) -> u32) -> Self {
        let firsts = if length > SHORT { firsts(length, compare, hash) } else { Vec::new() };
        Repeats { compare, firsts }
    }

    /// The place at which an equal item stood before.
    pub fn before(&self, place: usize) -> Option<usize> {
        match self.firsts.get(place) {
            Some(first) => (*first != place).then_some(*first),
            None => {
                for earlier in 0..place {
                    if (self.compare)(earlier, place).is_eq() {
                        return Some(earlier);
                    }
                }
                None
            }
        }
    }
}

/// Items of one hash come to stand together, and only these are compared: a million long texts are sorted as numbers.
fn firsts(length: usize, compare: Compare<'_>, hash: &dyn Fn(usize) -> u32) -> Vec<usize> {
    let mut order: Vec<u64> = (0..length).map(|place| u64::from(hash(place)) << 32 | place as u64).collect();
    sort(&mut order, &|a, b| a < b);
    let mut firsts = vec![0; length];
    // Whoever makes texts of one hash by the thousand must not make it slow.
    for alike in order.chunk_by_mut(|a, b| a >> 32 == b >> 32) {
        if alike.len() > 1 {
            sort(alike, &|a, b| compare(place_of(a), place_of(b)).then(a.cmp(&b)).is_lt());
        }
        let mut first = alike.first().copied().map(place_of).unwrap_or_default();
        for place in alike.iter().copied().map(place_of) {
            if !compare(first, place).is_eq() {
                first = place;
            }
            if let Some(slot) = firsts.get_mut(place) {
                *slot = first;
            }
        }
    }
    firsts
}

/// The place in the lower half.
fn place_of(entry: u64) -> usize {
    entry as u32 as usize
}

/// FNV-1a of the end of a text, where names differ; a long text may stand in many places.
pub fn hash(text: &str) -> u32 {
    text.bytes().rev().take(32).fold(0x811C_9DC5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

/// Sorts, by what is less. A heap, and not generic: the standard library's sorts are larger than all our rules.
#[inline(never)]
pub fn sort(order: &mut [u64], less: &dyn Fn(u64, u64) -> bool) {
    let length = order.len();
    for root in (0..length / 2).rev() {
        sift(order, root, less);
    }
    for end in (1..length).rev() {
        exchange(order, 0, end);
        sift(order.get_mut(..end).unwrap_or_default(), 0, less);
    }
}

/// Like `swap`, without its panic, which would bring all of formatting into the wasm.
fn exchange(order: &mut [u64], a: usize, b: usize) {
    if let Ok([a, b]) = order.get_disjoint_mut([a, b]) {
        std::mem::swap(a, b);
    }
}

/// Lets an item sink until none below it is greater.
fn sift(heap: &mut [u64], mut root: usize, less: &dyn Fn(u64, u64) -> bool) {
    loop {
        let left = 2 * root + 1;
        let (Some(item), Some(mut greatest)) = (heap.get(root).copied(), heap.get(left).copied()) else { return };
        let mut child = left;
        if let Some(right) = heap.get(left + 1).copied()
            && less(greatest, right)
        {
            child = left + 1;
            greatest = right;
        }
        if !less(item, greatest) {
            return;
        }
        exchange(heap, root, child);
        root = child;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sorts_like_the_standard_library() {
        for length in 0..40 {
            let keys: Vec<usize> = (0..length).map(|place| place * 7919 % 13).collect();
            let mut order: Vec<u64> = (0..length as u64).collect();
            let mut expected = order.clone();
            let key = |place: u64| (keys.get(place as usize), place);
            sort(&mut order, &|a, b| key(a) < key(b));
            expected.sort_by_key(|place| key(*place));
            assert_eq!(order, expected);
        }
    }

    #[test]
    fn first_is_the_first_of_all() {
        let short = ["a", "b", "a", "c", "a"];
        let long = ["a", "b", "a", "c", "a", "d", "e", "b", "f", "g", "a"];
        for list in [&short[..], &long[..]] {
            let compare = |a: usize, b: usize| list.get(a).cmp(&list.get(b));
            let naive =
                |place: usize| list.iter().position(|item| Some(item) == list.get(place)).filter(|at| *at < place);
            // Hashes that are good, and such as tell little or nothing.
            for bits in [u32::MAX, 1, 0] {
                let hash = |place: usize| list.get(place).map_or(0, |text| hash(text)) & bits;
                let repeats = Repeats::new(list.len(), &compare, &hash);
                for place in 0..list.len() {
                    assert_eq!(repeats.before(place), naive(place), "{place} of {list:?}");
                }
            }
        }
    }

    #[test]
    fn names_that_differ_have_hashes_that_do() {
        let hashes: std::collections::HashSet<u32> = (0..10_000).map(|n| hash(&format!("bucket-{n}"))).collect();
        assert!(hashes.len() > 9_990, "{}", hashes.len());
    }

    #[test]
    fn a_long_list_is_not_searched_for_each_item() {
        let compared = std::cell::Cell::new(0);
        let compare = |a: usize, b: usize| {
            compared.set(compared.get() + 1);
            a.cmp(&b)
        };
        // A search would compare 499,500 times.
        for (bits, most) in [(u32::MAX, 1000), (0, 25_000)] {
            let repeats = Repeats::new(1000, &compare, &|place| place as u32 & bits);
            assert!((0..1000).all(|place| repeats.before(place).is_none()));
            assert!(compared.take() <= most);
        }
    }
}
