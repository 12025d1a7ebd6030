//! A request that was read, as a view of its slots.

use std::fmt;

use super::slot::{self, Slot, TYPE_NAMES, tag};
use crate::issue::WORDS;
use crate::rules::list::MAX_ITEMS;

/// The type of a value that has a wrong type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Actual<'a> {
    /// One of `TYPE_NAMES`.
    Named(&'static str),
    /// An object that is not plain, by its tag in lower case: `map`, `formdata`.
    Tagged(&'a str),
}

/// One value of a document: a slot, and the text it may refer to. A field is in general read once, so each method decodes
/// only what it returns.
#[derive(Clone, Copy)]
pub struct Value<'d, 'a> {
    slot: &'d Slot,
    document: &'d Document<'a>,
}

impl<'a> Value<'_, 'a> {
    pub const ABSENT: Self =
        Value { slot: &slot::ABSENT, document: &Document { slots: &[], text: b"", unescaped: b"" } };

    /// Whether the value is undefined, null or a missing key.
    #[inline]
    pub fn is_absent(self) -> bool {
        self.slot[0] == tag::ABSENT
    }

    /// Whether the value is absent, or an empty string.
    #[inline]
    pub fn is_empty(self) -> bool {
        matches!(self.slot, [tag::ABSENT, ..] | [tag::STRING | tag::UNESCAPED, _, 0])
    }

    /// A string as bytes. It is UTF-8: only a report needs its characters.
    #[inline]
    pub fn bytes(self) -> Option<&'a [u8]> {
        matches!(self.slot[0], tag::STRING | tag::UNESCAPED | tag::WORD).then(|| self.string())
    }

    pub fn text(self) -> Option<&'a str> {
        self.bytes().map(utf8)
    }

    #[inline(never)]
    fn string(self) -> &'a [u8] {
        let [tag, from, length] = *self.slot;
        let (from, length) = (from as usize, length as usize);
        let text = match tag {
            tag::WORD => return WORDS.get(from).map_or(b"", |word| word.as_bytes()),
            tag::UNESCAPED => self.document.unescaped,
            _ => self.document.text,
        };
        text.get(from..from.saturating_add(length)).unwrap_or_default()
    }

    /// The index of the documented word that the value is known to be.
    #[inline]
    pub fn word(self) -> Option<u32> {
        let [tag, index, _] = *self.slot;
        (tag == tag::WORD).then_some(index)
    }

    #[inline]
    pub fn flag(self) -> Option<bool> {
        match self.slot[0] {
            tag::TRUE => Some(true),
            tag::FALSE => Some(false),
            _ => None,
        }
    }

    /// A whole number. Any other number has the wrong type.
    #[inline]
    pub fn integer(self) -> Option<f64> {
        match *self.slot {
            [tag::COUNT, count, _] => Some(f64::from(count)),
            [tag::NUMBER, low, high] => whole(float(low, high)),
            _ => None,
        }
    }

    #[inline]
    pub fn object(self) -> Option<Object> {
        let [tag, fields, _] = *self.slot;
        (tag == tag::OBJECT).then_some(Object { fields: fields as usize })
    }

    #[inline]
    pub fn items(self) -> Option<Items> {
        let [tag, from, length] = *self.slot;
        (tag == tag::ARRAY).then(|| Items { from: from as usize, length: (length as usize).min(MAX_ITEMS) })
    }

    /// The length of a list above the maximum.
    #[inline]
    pub fn too_long(self) -> Option<f64> {
        let [tag, low, high] = *self.slot;
        (tag == tag::TOO_LONG).then(|| float(low, high))
    }

    /// Whether the value may have another type than its field. Few values do, so this is one comparison.
    #[inline]
    pub fn may_be_wrong(self) -> bool {
        self.slot[0] >= tag::NUMBER
    }

    /// The type of a value that has another type than its field.
    #[cold]
    #[inline(never)]
    pub fn wrong(self) -> Option<Actual<'a>> {
        let [tag, first, _] = *self.slot;
        match tag {
            tag::WRONG => Some(Actual::Named(TYPE_NAMES.get(first as usize).copied().unwrap_or_default())),
            tag::TAGGED => Some(Actual::Tagged(utf8(self.string()))),
            tag::NUMBER if self.integer().is_none() => Some(Actual::Named("number")),
            _ => None,
        }
    }
}

/// What is in the slot, because two documents may hold the same value in different places.
impl fmt::Debug for Value<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (self.text(), self.flag(), self.integer(), self.too_long(), self.wrong()).fmt(f)
    }
}

/// The place of an object's fields in its document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Object {
    fields: usize,
}

/// The place of the items of a list in their document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Items {
    from: usize,
    pub length: usize,
}

/// The memory of a document. It is reused from request to request, so that a valid request allocates nothing.
#[derive(Debug, Default)]
pub struct Buffer {
    pub(super) slots: Vec<Slot>,
    /// The strings that had escapes.
    pub(super) unescaped: String,
    /// The items of lists that are not complete yet. The items of a list must follow each other.
    pub(super) incomplete: Vec<Slot>,
}

/// A request that was read. What the slots refer to but is not there reads as absent or empty.
#[derive(Clone, Copy, Debug)]
pub struct Document<'a> {
    slots: &'a [Slot],
    text: &'a [u8],
    unescaped: &'a [u8],
}

impl Buffer {
    pub const fn new() -> Self {
        Buffer { slots: Vec::new(), unescaped: String::new(), incomplete: Vec::new() }
    }
}

impl<'a> Document<'a> {
    /// The slots that JavaScript wrote, and the text they refer to. The first slot is the root.
    pub fn new(slots: &'a [Slot], text: &'a [u8]) -> Self {
        Document { slots, text, unescaped: b"" }
    }

    /// What [`JsonDecoder`](super::JsonDecoder) decoded from `text`.
    pub fn decoded(buffer: &'a Buffer, text: &'a str) -> Self {
        Document { slots: &buffer.slots, text: text.as_bytes(), unescaped: buffer.unescaped.as_bytes() }
    }

    pub fn root(&self) -> Value<'_, 'a> {
        self.at(0)
    }

    /// The slots of an object whose table has `N` fields.
    pub fn fields<const N: usize>(&self, object: Object) -> Option<&'a [Slot; N]> {
        self.slots.get(object.fields..)?.first_chunk()
    }

    /// The field at this index of the object's table.
    pub fn field(&self, object: Object, index: usize) -> Value<'_, 'a> {
        self.at(object.fields + index)
    }

    pub fn item(&self, items: Items, index: usize) -> Value<'_, 'a> {
        if index < items.length { self.at(items.from + index) } else { Value::ABSENT }
    }

    pub fn items(&self, items: Items) -> impl Iterator<Item = Value<'_, 'a>> {
        let slots = self.slots.get(items.from..items.from + items.length).unwrap_or_default();
        slots.iter().map(|slot| self.value(slot))
    }
    /// The string in a slot; empty if it holds none.
    pub(super) fn string(&self, slot: &Slot) -> &'a str {
        self.value(slot).text().unwrap_or_default()
    }

    #[inline]
    fn at(&self, index: usize) -> Value<'_, 'a> {
        self.slots.get(index).map_or(Value::ABSENT, |slot| self.value(slot))
    }

    #[inline]
    pub fn value<'d>(&'d self, slot: &'d Slot) -> Value<'d, 'a> {
        Value { slot, document: self }
    }
}

/// Bytes that a writer of slots has taken from a string.
fn utf8(bytes: &[u8]) -> &str {
    str::from_utf8(bytes).unwrap_or_default()
}

fn float(low: u32, high: u32) -> f64 {
    f64::from_bits(u64::from(high) << 32 | u64::from(low))
}

/// A number as an integer field reads it. Minus zero is zero, as `JSON.stringify` writes it.
fn whole(number: f64) -> Option<f64> {
    // Every number above this is whole. The cast avoids a remainder, which would bring a large function into the wasm.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    let is_whole = number.is_finite() && (number.abs() >= EXACT || (number as i64) as f64 == number);
    is_whole.then_some(number + 0.0)
}
