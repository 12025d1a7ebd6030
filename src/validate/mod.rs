//! Walks a draft of a request, applies the rules, returns every issue in order.

use crate::issue::Issue;

/// What a validator says. `value` is there exactly when `errors` is empty.
#[derive(Clone, Debug, PartialEq)]
pub struct Judged<'a, T> {
    pub value: Option<T>,
    pub errors: Vec<Issue<'a>>,
    pub warnings: Vec<Issue<'a>>,
}

/// Where JSON text stops being JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidJson {
    /// From 1.
    pub line: usize,
    /// From 1, in code points.
    pub column: usize,
    /// From 0, in bytes.
    pub offset: usize,
}
