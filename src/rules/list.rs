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
    pub fn new(length: usize, compare: Compare<'c>) -> Self {
        let firsts = if length > SHORT { firsts(length, compare) } else { Vec::new() };
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

fn firsts(length: usize, compare: Compare<'_>) -> Vec<usize> {
    let mut order: Vec<usize> = (0..length).collect();
    sort(&mut order, compare);
    let mut firsts = vec![0; length];
    let mut first = 0;
    for place in order {
        if !compare(first, place).is_eq() {
            first = place;
        }
        if let Some(slot) = firsts.get_mut(place) {
            *slot = first;
        }
    }
    firsts
}

/// Sorts places by what stands there, equals by place. A heap, and not generic: the standard library's sorts are
/// larger than all our rules.
#[inline(never)]
pub fn sort(order: &mut [usize], compare: Compare<'_>) {
    let length = order.len();
    for root in (0..length / 2).rev() {
        sift(order, root, compare);
    }
    for end in (1..length).rev() {
        exchange(order, 0, end);
        sift(order.get_mut(..end).unwrap_or_default(), 0, compare);
    }
}

/// Like `swap`, without its panic, which would bring all of formatting into the wasm.
fn exchange(order: &mut [usize], a: usize, b: usize) {
    if let Ok([a, b]) = order.get_disjoint_mut([a, b]) {
        std::mem::swap(a, b);
    }
}

/// Lets an item sink until none below it is greater.
fn sift(heap: &mut [usize], mut root: usize, compare: Compare<'_>) {
    let less = |a: usize, b: usize| compare(a, b).then(a.cmp(&b)).is_lt();
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
            let mut order: Vec<usize> = (0..length).collect();
            let mut expected = order.clone();
            sort(&mut order, &|a, b| keys.get(a).cmp(&keys.get(b)));
            expected.sort_by_key(|place| keys.get(*place));
            assert_eq!(order, expected);
        }
    }

    #[test]
    fn first_is_the_first_of_all() {
        let short = ["a", "b", "a", "c", "a"];
        let long = ["a", "b", "a", "c", "a", "d", "e", "b", "f", "g", "a"];
        for list in [&short[..], &long[..]] {
            let compare = |a: usize, b: usize| list.get(a).cmp(&list.get(b));
            let repeats = Repeats::new(list.len(), &compare);
            let naive =
                |place: usize| list.iter().position(|item| Some(item) == list.get(place)).filter(|at| *at < place);
            for place in 0..list.len() {
                assert_eq!(repeats.before(place), naive(place), "{place} of {list:?}");
            }
        }
    }

    #[test]
    fn a_long_list_is_not_searched_for_each_item() {
        let compared = std::cell::Cell::new(0);
        let compare = |a: usize, b: usize| {
            compared.set(compared.get() + 1);
            a.cmp(&b)
        };
        let repeats = Repeats::new(1000, &compare);
        assert!((0..1000).all(|place| repeats.before(place).is_none()));
        // A search would compare 499,500 times.
        assert!(compared.get() < 25_000, "{}", compared.get());
    }
}
