//! Slots: how a document stands in memory. `src/codegen/encode.rs` gives the tags to JavaScript.

/// One value: a tag, and two words whose meaning depends on the tag.
pub type Slot = [u32; 3];

pub mod tag {
    pub const ABSENT: u32 = 0;
    pub const TRUE: u32 = 1;
    pub const FALSE: u32 = 2;
    /// A whole number below 2³².
    pub const COUNT: u32 = 3;
    /// Start and length in the text.
    pub const STRING: u32 = 4;
    /// Start and length in the strings that had escapes in JSON.
    pub const UNESCAPED: u32 = 5;
    /// A documented word of the field: its index in [`WORDS`](crate::issue::WORDS).
    pub const WORD: u32 = 6;
    /// The index of the first field. The fields follow each other in the order of their table; the slot after the last
    /// one is the list of unknown keys, or absent.
    pub const OBJECT: u32 = 7;
    /// The index of the first item, and the number of items.
    pub const ARRAY: u32 = 8;
    /// The length of a list above the maximum, as an f64.
    pub const TOO_LONG: u32 = 9;
    // Only a value with a tag from here on may have a wrong type: see `Value::may_be_wrong`.
    /// The two halves of an f64, the low one first.
    pub const NUMBER: u32 = 10;
    /// A value of a wrong type: an index into `TYPE_NAMES`.
    pub const WRONG: u32 = 11;
    /// An object that is not plain: its tag in lower case, as start and length in the text.
    pub const TAGGED: u32 = 12;
}

/// The names of the types a wrong value can have.
pub const TYPE_NAMES: [&str; 10] =
    ["string", "number", "boolean", "object", "array", "null", "bigint", "symbol", "function", "unreadable"];

pub(super) const ABSENT: Slot = [tag::ABSENT, 0, 0];

pub(super) fn wrong(name: &str) -> Slot {
    let index = TYPE_NAMES.iter().position(|known| *known == name).unwrap_or_default();
    [tag::WRONG, index as u32, 0]
}

pub(super) fn number(number: f64) -> Slot {
    float(tag::NUMBER, number)
}

pub(super) fn too_long(length: usize) -> Slot {
    float(tag::TOO_LONG, length as f64)
}

fn float(tag: u32, number: f64) -> Slot {
    let bits = number.to_bits();
    [tag, bits as u32, (bits >> 32) as u32]
}

/// A start and a length, or an index. Text above 4 GB is not supported.
pub(super) fn range(tag: u32, from: usize, length: usize) -> Slot {
    [tag, word(from), word(length)]
}

fn word(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
