//! The closed catalogue of issue codes, parameters and rule ids.

use std::borrow::Cow;
use std::ops::Deref;

/// What is wrong, as a stable code. The order is the catalogue's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Code {
    InvalidJson,
    NotObject,
    Required,
    InvalidType,
    UnknownKey,
    InvalidEnum,
    TooShort,
    TooLong,
    InvalidCharacter,
    InvalidStart,
    InvalidEnd,
    AdjacentSeparators,
    IpAddress,
    ReservedName,
    MustEqual,
    MustDiffer,
    Forbidden,
    NotApplicable,
    RequiresField,
    EmptyList,
    DuplicateItem,
    Unused,
    UnusualFormat,
    TooManyIssues,
}

impl Code {
    pub const ALL: [Code; 24] = [
        Code::InvalidJson,
        Code::NotObject,
        Code::Required,
        Code::InvalidType,
        Code::UnknownKey,
        Code::InvalidEnum,
        Code::TooShort,
        Code::TooLong,
        Code::InvalidCharacter,
        Code::InvalidStart,
        Code::InvalidEnd,
        Code::AdjacentSeparators,
        Code::IpAddress,
        Code::ReservedName,
        Code::MustEqual,
        Code::MustDiffer,
        Code::Forbidden,
        Code::NotApplicable,
        Code::RequiresField,
        Code::EmptyList,
        Code::DuplicateItem,
        Code::Unused,
        Code::UnusualFormat,
        Code::TooManyIssues,
    ];

    /// The code as it stands in an issue.
    pub const fn as_str(self) -> &'static str {
        match self {
            Code::InvalidJson => "invalid_json",
            Code::NotObject => "not_object",
            Code::Required => "required",
            Code::InvalidType => "invalid_type",
            Code::UnknownKey => "unknown_key",
            Code::InvalidEnum => "invalid_enum",
            Code::TooShort => "too_short",
            Code::TooLong => "too_long",
            Code::InvalidCharacter => "invalid_character",
            Code::InvalidStart => "invalid_start",
            Code::InvalidEnd => "invalid_end",
            Code::AdjacentSeparators => "adjacent_separators",
            Code::IpAddress => "ip_address",
            Code::ReservedName => "reserved_name",
            Code::MustEqual => "must_equal",
            Code::MustDiffer => "must_differ",
            Code::Forbidden => "forbidden",
            Code::NotApplicable => "not_applicable",
            Code::RequiresField => "requires_field",
            Code::EmptyList => "empty_list",
            Code::DuplicateItem => "duplicate_item",
            Code::Unused => "unused",
            Code::UnusualFormat => "unusual_format",
            Code::TooManyIssues => "too_many_issues",
        }
    }
}

/// An error is what the service or its documents refuse; a warning is everything else we know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    Error,
    Warning,
}

/// A few values in place: allocating the small lists an issue is made of would cost more than finding it.
#[derive(Clone, Debug, PartialEq)]
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
    /// What is more than there is room for is left out: the sizes below are those of the rule table.
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
pub type Params<'a> = Few<(&'static str, Param<'a>), 3>;

/// One step of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Segment<'a> {
    /// A documented field.
    Field(&'static str),
    /// An item of a list, from 0.
    Index(u32),
    /// A key the documents do not know, as it was typed.
    Unknown(Cow<'a, str>),
}

impl Default for Segment<'_> {
    fn default() -> Self {
        Segment::Index(0)
    }
}

/// The value of a parameter.
#[derive(Clone, Debug, PartialEq)]
pub enum Param<'a> {
    /// A word of ours, or of the documents.
    Word(&'static str),
    /// A character that was typed.
    Character(char),
    /// The name of a kind of object.
    Text(Cow<'a, str>),
    /// A count of code points or items, an index, a number of days.
    Number(f64),
    /// A closed list of words.
    Words(&'static [&'static str]),
    /// A closed list of numbers.
    Numbers(&'static [i32]),
}

impl Default for Param<'_> {
    fn default() -> Self {
        Param::Number(0.0)
    }
}

/// One thing that is wrong, or worth knowing. Code, path and params are the contract.
#[derive(Clone, Debug, PartialEq)]
pub struct Issue<'a> {
    pub code: Code,
    pub severity: Severity,
    pub path: Path<'a>,
    /// In a fixed order for each code.
    pub params: Params<'a>,
    /// Which rule found it: `bucket_name.length`.
    pub rule: &'static str,
    /// What the service answers to the same mistake: `CTS.0231`. Only errors carry one.
    pub server_code: Option<&'static str>,
}
