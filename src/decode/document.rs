//! A request that was read, as a view of its slots.

use super::slot::{Slot, TYPE_NAMES, tag};

/// The type of a value that has a wrong type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Actual<'a> {
    /// One of `TYPE_NAMES`.
    Named(&'static str),
    /// An object that is not plain, by its tag in lower case: `map`, `formdata`.
    Tagged(&'a str),
}

/// One value of a document.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Value<'a> {
    /// Undefined, null or a missing key.
    #[default]
    Absent,
    Wrong(Actual<'a>),
    Flag(bool),
    /// A whole number. Any other number has the wrong type.
    Integer(f64),
    Text(&'a str),
    Object(Object),
    List(Items),
    /// The length of a list above the maximum.
    TooLong(f64),
}

impl<'a> Value<'a> {
    pub const fn wrong(name: &'static str) -> Self {
        Value::Wrong(Actual::Named(name))
    }

    pub fn is_absent(self) -> bool {
        matches!(self, Value::Absent)
    }

    /// Absent, or an empty string.
    pub fn is_empty(self) -> bool {
        matches!(self, Value::Absent | Value::Text(""))
    }

    pub fn text(self) -> Option<&'a str> {
        if let Value::Text(text) = self { Some(text) } else { None }
    }

    pub fn flag(self) -> Option<bool> {
        if let Value::Flag(flag) = self { Some(flag) } else { None }
    }

    pub fn integer(self) -> Option<f64> {
        if let Value::Integer(number) = self { Some(number) } else { None }
    }

    pub fn object(self) -> Option<Object> {
        if let Value::Object(object) = self { Some(object) } else { None }
    }

    pub fn items(self) -> Option<Items> {
        if let Value::List(items) = self { Some(items) } else { None }
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
    text: &'a str,
    unescaped: &'a str,
}

impl Buffer {
    pub const fn new() -> Self {
        Buffer { slots: Vec::new(), unescaped: String::new(), incomplete: Vec::new() }
    }
}

impl<'a> Document<'a> {
    /// The slots that JavaScript wrote, and the text they refer to. The first slot is the root.
    pub fn new(slots: &'a [Slot], text: &'a str) -> Self {
        Document { slots, text, unescaped: "" }
    }

    /// What [`JsonDecoder`](super::JsonDecoder) decoded from `text`.
    pub fn decoded(buffer: &'a Buffer, text: &'a str) -> Self {
        Document { slots: &buffer.slots, text, unescaped: &buffer.unescaped }
    }

    pub fn root(&self) -> Value<'a> {
        self.at(0)
    }

    /// The slots of an object whose table has `N` fields.
    pub fn fields<const N: usize>(&self, object: Object) -> Option<&'a [Slot; N]> {
        self.slots.get(object.fields..)?.first_chunk()
    }

    /// The field at this index of the object's table.
    pub fn field(&self, object: Object, index: usize) -> Value<'a> {
        self.at(object.fields + index)
    }

    pub fn item(&self, items: Items, index: usize) -> Value<'a> {
        if index < items.length { self.at(items.from + index) } else { Value::Absent }
    }

    pub fn items(&self, items: Items) -> impl Iterator<Item = Value<'a>> {
        let slots = self.slots.get(items.from..items.from + items.length).unwrap_or_default();
        slots.iter().map(|slot| self.value(*slot))
    }

    /// The string in a slot; empty if it holds none.
    pub(super) fn string(&self, [tag, from, length]: Slot) -> &'a str {
        match tag {
            tag::STRING => part(self.text, from, length),
            tag::UNESCAPED => part(self.unescaped, from, length),
            _ => "",
        }
    }

    fn at(&self, index: usize) -> Value<'a> {
        self.slots.get(index).map_or(Value::Absent, |slot| self.value(*slot))
    }

    #[inline(always)]
    pub fn value(&self, slot: Slot) -> Value<'a> {
        // Most fields are absent.
        if slot[0] == tag::ABSENT { Value::Absent } else { self.present(slot) }
    }

    #[inline(never)]
    fn present(&self, [tag, first, second]: Slot) -> Value<'a> {
        match tag {
            tag::TRUE => Value::Flag(true),
            tag::FALSE => Value::Flag(false),
            tag::COUNT => Value::Integer(f64::from(first)),
            tag::NUMBER => whole(float(first, second)),
            tag::STRING => Value::Text(part(self.text, first, second)),
            tag::UNESCAPED => Value::Text(part(self.unescaped, first, second)),
            tag::OBJECT => Value::Object(Object { fields: first as usize }),
            tag::ARRAY => self.list(first as usize, second as usize),
            tag::TOO_LONG => Value::TooLong(float(first, second)),
            tag::WRONG => Value::wrong(TYPE_NAMES.get(first as usize).copied().unwrap_or_default()),
            tag::TAGGED => Value::Wrong(Actual::Tagged(part(self.text, first, second))),
            _ => Value::Absent,
        }
    }

    fn list(&self, from: usize, length: usize) -> Value<'a> {
        let there = self.slots.len().saturating_sub(from);
        Value::List(Items { from, length: length.min(there) })
    }
}

fn part(text: &str, from: u32, length: u32) -> &str {
    let from = from as usize;
    text.get(from..from.saturating_add(length as usize)).unwrap_or_default()
}

fn float(low: u32, high: u32) -> f64 {
    f64::from_bits(u64::from(high) << 32 | u64::from(low))
}

/// A number as an integer field reads it. Minus zero is zero, as `JSON.stringify` writes it.
fn whole<'a>(number: f64) -> Value<'a> {
    // Every number above this is whole. The cast avoids a remainder, which would bring a large function into the wasm.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if number.is_finite() && (number.abs() >= EXACT || (number as i64) as f64 == number) {
        Value::Integer(number + 0.0)
    } else {
        Value::wrong("number")
    }
}
