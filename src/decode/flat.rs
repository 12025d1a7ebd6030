//! What the JavaScript reader writes: marks (a tag, then what belongs to it) and, apart from them, the texts.
//!
//! A count is one byte below 254, or 255 and a word: 32 bits, the lowest byte first. A text is the count of its bytes,
//! which are the next ones of the texts, or 254, a place and a length: it is there already.

use super::{Actual, Document, Items, Object, Value};
use crate::rules::list::MAX_ITEMS;
use crate::schema::{FieldType, Table};

/// The bytes are not what the reader writes: a fault of ours, never of the input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Corrupt;

/// The tags. `KINDS` gives the meaning of the byte after `WRONG`.
pub mod tag {
    pub const ABSENT: u8 = 0;
    pub const TRUE: u8 = 1;
    pub const FALSE: u8 = 2;
    /// f64, as two words
    pub const NUMBER: u8 = 3;
    /// text
    pub const STRING: u8 = 4;
    /// a value for each field of the table, count, so many texts: the unknown keys
    pub const OBJECT: u8 = 5;
    /// count, values
    pub const ARRAY: u8 = 6;
    /// f64, as two words
    pub const TOO_LONG: u8 = 7;
    /// u8 index into `KINDS`
    pub const WRONG: u8 = 8;
    /// text
    pub const TAGGED: u8 = 9;
    /// a number that is a count
    pub const COUNT: u8 = 10;
    pub const KINDS: [&str; 10] =
        ["string", "number", "boolean", "object", "array", "null", "bigint", "symbol", "function", "unreadable"];
}

const AGAIN: u8 = 254;
const WORD: u8 = 255;

/// Reads marks and their texts. What is not there is read as absent or empty, and [`FlatDecoder::end`] tells of it.
#[derive(Debug)]
pub struct FlatDecoder<'a> {
    marks: &'a [u8],
    all: &'a str,
    /// The texts that are left.
    text: &'a str,
    corrupt: bool,
}

impl<'a> FlatDecoder<'a> {
    pub fn new(marks: &'a [u8], text: &'a [u8]) -> Result<Self, Corrupt> {
        let text = std::str::from_utf8(text).map_err(|_| Corrupt)?;
        Ok(FlatDecoder { marks, all: text, text, corrupt: false })
    }

    /// Whether all that was read was there, and nothing is left.
    pub fn end(&self) -> Result<(), Corrupt> {
        if self.corrupt || !self.marks.is_empty() { Err(Corrupt) } else { Ok(()) }
    }

    #[inline]
    fn byte(&mut self) -> u8 {
        let Some((byte, rest)) = self.marks.split_first() else {
            self.corrupt = true;
            return tag::ABSENT;
        };
        self.marks = rest;
        *byte
    }

    #[inline]
    fn count(&mut self) -> usize {
        match self.byte() {
            WORD => self.word() as usize,
            short => usize::from(short),
        }
    }

    fn word(&mut self) -> u32 {
        let Some((bytes, rest)) = self.marks.split_first_chunk() else {
            self.corrupt = true;
            return 0;
        };
        self.marks = rest;
        u32::from_le_bytes(*bytes)
    }

    fn number(&mut self) -> f64 {
        let low = self.word();
        let high = self.word();
        f64::from_bits(u64::from(high) << 32 | u64::from(low))
    }

    #[inline(never)]
    fn string(&mut self) -> &'a str {
        let length = match self.byte() {
            AGAIN => return self.again(),
            WORD => self.word() as usize,
            short => usize::from(short),
        };
        let Some((text, rest)) = self.text.split_at_checked(length) else {
            self.corrupt = true;
            return "";
        };
        self.text = rest;
        text
    }

    #[cold]
    fn again(&mut self) -> &'a str {
        let from = self.word() as usize;
        let to = from.wrapping_add(self.word() as usize);
        self.all.get(from..to).unwrap_or_else(|| {
            self.corrupt = true;
            ""
        })
    }

    /// Reads what the reader has written of a value of this kind.
    pub fn read(&mut self, kind: &'static FieldType, into: &mut Document<'a>) {
        into.root = self.value(kind, into);
    }

    fn value(&mut self, kind: &'static FieldType, into: &mut Document<'a>) -> Value<'a> {
        match (self.byte(), kind) {
            (tag::ABSENT, _) => Value::Absent,
            (tag::STRING, _) => Value::Text(self.string()),
            (tag::TRUE, _) => Value::Flag(true),
            (tag::FALSE, _) => Value::Flag(false),
            (tag::COUNT, _) => Value::Integer(self.count() as f64),
            (tag::NUMBER, _) => whole(self.number()),
            (tag::TOO_LONG, _) => Value::TooLong(self.number()),
            (tag::OBJECT, FieldType::Object(table)) => Value::Object(self.object(table, into)),
            (tag::ARRAY, FieldType::Array(item)) => Value::List(self.list(item, into)),
            (tag::TAGGED, _) => Value::Wrong(Actual::Tagged(self.string())),
            (tag::WRONG, _) => {
                let kind = usize::from(self.byte());
                self.corrupt |= kind >= tag::KINDS.len();
                Value::wrong(tag::KINDS.get(kind).copied().unwrap_or_default())
            }
            _ => {
                self.corrupt = true;
                Value::Absent
            }
        }
    }

    fn object(&mut self, table: &'static Table, into: &mut Document<'a>) -> Object {
        let fields = into.room(table.fields.len());
        for (place, field) in table.fields.iter().enumerate() {
            let value = self.value(&field.field_type, into);
            into.set(fields + place, value);
        }
        let from = into.unknown.len();
        let length = self.count();
        for _ in 0..length {
            if self.corrupt {
                break;
            }
            into.unknown.push(self.string());
        }
        Object { fields, unknown: Items { from, length } }
    }

    fn list(&mut self, kind: &'static FieldType, into: &mut Document<'a>) -> Items {
        let length = self.count().min(MAX_ITEMS);
        let from = into.room(length);
        for place in 0..length {
            if self.corrupt {
                break;
            }
            let value = self.value(kind, into);
            into.set(from + place, value);
        }
        Items { from, length }
    }
}

/// A number as an integer field reads it. Minus zero is zero, as JSON.stringify sends it.
pub(super) fn whole<'a>(number: f64) -> Value<'a> {
    // Above this every number is whole. The cast is what tells: a remainder would bring a library's worth of code.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if number.is_finite() && (number.abs() >= EXACT || (number as i64) as f64 == number) {
        Value::Integer(number + 0.0)
    } else {
        Value::wrong("number")
    }
}
