//! Lists: their length, and items that were there before.

use std::collections::BTreeMap;

use crate::issue::Code;
use crate::report::{Finding, error, warning};

/// A longer list is not looked into.
pub const MAX_ITEMS: usize = 1_000_000;

pub fn too_long<'a>(actual: f64, rule: &'static str) -> Finding<'a> {
    error(Code::TooLong, rule).number("max", MAX_ITEMS).param("actual", crate::issue::Param::Number(actual))
}

pub fn repeated<'a>(first: usize, rule: &'static str) -> Finding<'a> {
    warning(Code::DuplicateItem, rule).number("first", first)
}

/// Remembers items and where each stood first.
#[derive(Debug)]
pub struct Seen<T>(BTreeMap<T, usize>);

impl<T: Ord> Seen<T> {
    pub fn new() -> Self {
        Seen(BTreeMap::new())
    }

    /// The index at which an equal item stood before.
    pub fn before(&mut self, item: T, index: usize) -> Option<usize> {
        let first = *self.0.entry(item).or_insert(index);
        (first != index).then_some(first)
    }
}

impl<T: Ord> Default for Seen<T> {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn first_is_the_first_of_all() {
        let mut seen = Seen::new();
        assert_eq!(
            ["a", "b", "a", "a"]
                .map(|item| item)
                .into_iter()
                .enumerate()
                .map(|(index, item)| seen.before(item, index))
                .collect::<Vec<_>>(),
            [None, None, Some(0), Some(0)]
        );
    }
}
