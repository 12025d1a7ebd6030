//! Reads a request into a document in which every field may be absent or of the wrong type.
//!
//! A document keeps what a strict decoder throws away (which type a wrong value had, which keys nobody
//! knows), so that all issues can be given at once. Two sources fill it: JSON text, and the flat bytes
//! that the JavaScript reader writes.

mod escapes;
mod flat;
mod json;
mod scan;

pub use escapes::Unescaped;
pub use flat::{Corrupt, FlatDecoder, tag as flat_tags};
pub use json::{JsonDecoder, ParseNumber, Syntax, exact};
pub use scan::until;

/// The type a value has when it is not the type we want.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Actual<'a> {
    /// A type with a name of its own: `string`, `null`, `bigint`, `unreadable`.
    Named(&'static str),
    /// An object that is no plain object, by its tag in lower case: `map`, `formdata`.
    Tagged(&'a str),
}

/// One value of a document: of the type the documentation gives, or told why not.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Value<'a> {
    /// Undefined, null or no such key.
    #[default]
    Absent,
    /// There, but of another type.
    Wrong(Actual<'a>),
    Flag(bool),
    /// What is not whole is of the wrong type.
    Integer(f64),
    Text(&'a str),
    Object(Object),
    List(Items),
    /// A list too long to be looked into, and how long it is.
    TooLong(f64),
}

impl<'a> Value<'a> {
    pub const fn wrong(name: &'static str) -> Self {
        Value::Wrong(Actual::Named(name))
    }

    pub fn is_absent(&self) -> bool {
        matches!(self, Value::Absent)
    }

    /// Absent, or an empty text.
    pub fn is_empty(&self) -> bool {
        self.is_absent() || self.text() == Some("")
    }

    pub fn text(&self) -> Option<&'a str> {
        match self {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    pub fn flag(&self) -> Option<bool> {
        match self {
            Value::Flag(flag) => Some(*flag),
            _ => None,
        }
    }

    pub fn integer(&self) -> Option<f64> {
        match self {
            Value::Integer(number) => Some(*number),
            _ => None,
        }
    }

    pub fn object(&self) -> Option<Object> {
        match self {
            Value::Object(object) => Some(*object),
            _ => None,
        }
    }

    pub fn items(&self) -> Option<Items> {
        match self {
            Value::List(items) => Some(*items),
            _ => None,
        }
    }
}

/// Where an object's values stand in its document, and its unknown keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Object {
    fields: usize,
    unknown: Items,
}

/// Where some values stand in their document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Items {
    from: usize,
    length: usize,
}

impl Items {
    pub fn is_empty(self) -> bool {
        self.length == 0
    }
}

/// A request as it was read. All values stand in one list, the fields of an object in the order of its table.
#[derive(Debug, Default)]
pub struct Document<'a> {
    values: Vec<Value<'a>>,
    unknown: Vec<&'a str>,
    pub root: Value<'a>,
}

impl<'a> Document<'a> {
    /// Makes it ready for the next request.
    pub fn clear(&mut self) {
        self.values.clear();
        self.unknown.clear();
    }

    /// The fields of an object whose table has so many.
    pub fn fields<const N: usize>(&self, object: Object) -> Option<&[Value<'a>; N]> {
        self.values.get(object.fields..)?.first_chunk()
    }

    /// The field at this place of the object's table.
    pub fn field(&self, object: Object, place: usize) -> Option<&Value<'a>> {
        self.values.get(object.fields + place)
    }

    pub fn items(&self, items: Items) -> &[Value<'a>] {
        self.values.get(items.from..items.from + items.length).unwrap_or_default()
    }

    /// The keys nobody knows, in the order of the source.
    pub fn unknown(&self, object: Object) -> &[&'a str] {
        let Items { from, length } = object.unknown;
        self.unknown.get(from..from + length).unwrap_or_default()
    }

    /// Room for so many values.
    fn room(&mut self, length: usize) -> usize {
        let from = self.values.len();
        self.values.resize(from + length, Value::Absent);
        from
    }

    fn set(&mut self, place: usize, value: Value<'a>) {
        if let Some(slot) = self.values.get_mut(place) {
            *slot = value;
        }
    }
}
