//! Issues and their codes. The catalogue lists every rule, its code and its params.

mod catalogue;
mod report;
mod words;

use std::ops::Deref;

use crate::string_enum::string_enum;

pub use catalogue::{Row, RuleId};
pub use report::{Capped, MAX_GIVEN, Report};
pub(crate) use words::name;
pub use words::{WORDS, Word};

string_enum! {
    /// The code of an issue. The order is the catalogue's.
    pub enum Code {
        /// A line of NDJSON is not JSON.
        InvalidJson = "invalid_json",
        /// The request is not a plain object.
        NotObject = "not_object",
        /// A required value is absent or empty.
        Required = "required",
        /// The value has another type than `expected`.
        InvalidType = "invalid_type",
        /// The API reference has no such field. `suggestion` is the field that was probably meant, if there is one.
        UnknownKey = "unknown_key",
        /// The value is not one of `allowed`, which are words or numbers of days. `suggestion` is the word that differs
        /// only in case, if there is one. `actual` is present only for numbers.
        InvalidEnum = "invalid_enum",
        /// The value has `actual` code points; at least `min` are required.
        TooShort = "too_short",
        /// The value has `actual` code points or items; at most `max` are allowed.
        TooLong = "too_long",
        /// The first `character` that is not allowed, and its `index`.
        InvalidCharacter = "invalid_character",
        /// The value must not start with `character`.
        InvalidStart = "invalid_start",
        /// The value must not end with `character`.
        InvalidEnd = "invalid_end",
        /// The value contains separators that must not follow each other: the first such `sequence`, and its `index`.
        AdjacentSeparators = "adjacent_separators",
        /// The value consists of four decimal groups joined by dots.
        IpAddress = "ip_address",
        /// The value is one of the `reserved` words.
        ReservedName = "reserved_name",
        /// The only valid value is `expected`.
        MustEqual = "must_equal",
        /// The value equals the value of another `field`, which is a path in dot spelling.
        MustDiffer = "must_differ",
        /// The field is not allowed here.
        Forbidden = "forbidden",
        /// The field applies only to the other type of tracker, `trackerType`.
        NotApplicable = "not_applicable",
        /// The value has no effect without the `field` beside it.
        RequiresField = "requires_field",
        /// The list has no items.
        EmptyList = "empty_list",
        /// The item equals an earlier item; `first` is the index of the first one.
        DuplicateItem = "duplicate_item",
        /// The value has no effect because of other fields.
        Unused = "unused",
        /// The value is allowed, but such IDs usually have another form.
        UnusualFormat = "unusual_format",
        /// The list of issues was cut: it leaves out `more` issues. The path is `[]`.
        TooManyIssues = "too_many_issues",
    }
}

/// The service or its documents refuse a request with an error. Everything else we know is a warning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    Error,
    Warning,
}

/// A few values in place: to allocate the small lists of an issue would cost more than to find it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Few<T, const N: usize> {
    items: [T; N],
    length: usize,
}

impl<T: Default, const N: usize> Default for Few<T, N> {
    fn default() -> Self {
        Few { items: std::array::from_fn(|_| T::default()), length: 0 }
    }
}

impl<T, const N: usize> Few<T, N> {
    /// Ignores an item without room. The sizes below are those of the rule table.
    pub fn push(&mut self, item: T) {
        if let Some(slot) = self.items.get_mut(self.length) {
            *slot = item;
            self.length += 1;
        }
    }
}

impl<T, const N: usize> Deref for Few<T, N> {
    type Target = [T];
    fn deref(&self) -> &[T] {
        self.items.get(..self.length).unwrap_or_default()
    }
}

impl<'i, T, const N: usize> IntoIterator for &'i Few<T, N> {
    type Item = &'i T;
    type IntoIter = std::slice::Iter<'i, T>;
    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// How deep a request is, and one for an unknown key.
pub type Path<'a> = Few<Segment<'a>, 4>;
/// The params that differ from issue to issue, in the order of the finding's row.
pub type Params<'a> = Few<Param<'a>, 3>;

impl<'a> Params<'a> {
    #[inline(never)]
    pub fn param(&mut self, param: Param<'a>) -> &mut Self {
        self.push(param);
        self
    }

    pub fn number(&mut self, number: usize) -> &mut Self {
        self.param(Param::Number(number as f64))
    }

    pub fn character(&mut self, character: char) -> &mut Self {
        self.param(Param::Character(character))
    }

    pub fn word(&mut self, word: &'static str) -> &mut Self {
        self.param(Param::Word(word))
    }
}

/// One step of a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Segment<'a> {
    /// A documented field.
    Field(Word),
    /// An item of a list, from 0.
    Index(u32),
    /// A key the documents do not know, as it was typed.
    Unknown(&'a str),
}

impl Default for Segment<'_> {
    fn default() -> Self {
        Segment::Index(0)
    }
}

/// The value of a parameter.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Param<'a> {
    /// Differs from issue to issue. Only a row of the catalogue has it.
    #[default]
    Dynamic,
    /// A word of ours, or of the documents.
    Word(&'static str),
    /// A character that was typed.
    Character(char),
    /// The name of a kind of object.
    Text(&'a str),
    /// A count of code points or items, an index, a number of days.
    Number(f64),
    /// A closed list of words.
    Words(&'static [&'static str]),
    /// A closed list of numbers.
    Numbers(&'static [i32]),
}

/// One thing that is wrong, or worth knowing. Code, path and params are the contract.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Issue<'a> {
    pub finding: RuleId,
    pub severity: Severity,
    pub path: Path<'a>,
    pub params: Params<'a>,
}

impl<'a> Issue<'a> {
    pub fn code(&self) -> Code {
        self.finding.row().code
    }

    /// Which rule found it: `bucket_name.length`.
    pub fn rule(&self) -> &'static str {
        self.finding.row().rule
    }

    /// The service's code for the same mistake: `CTS.0231`. Only errors have one.
    pub fn server_code(&self) -> Option<&'static str> {
        self.finding.row().server_code.filter(|_| self.severity == Severity::Error)
    }

    /// All params by name, in the order of the row. One that was not found is left out.
    pub fn params(&self) -> impl Iterator<Item = (&'static str, Param<'a>)> {
        let mut found = self.params.iter();
        self.finding.row().params.iter().filter_map(move |(name, given)| {
            let value = if *given == Param::Dynamic { found.next()? } else { given };
            Some((*name, *value))
        })
    }
}
