//! The flat bytes the JavaScript reader writes: a tag, then what belongs to it.
//!
//! Everything but strings is below 128, so the whole is UTF-8 and is checked at once. A count is one byte, or 127 and
//! five digits of seven bits; an f64 is its two halves of 32 bits, each five such digits; the lowest come first.

use std::borrow::Cow;

use super::{Actual, Field, Flag, Found, Integer, Shape, Text};

/// The bytes are not what the reader writes: a fault of ours, never of the input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Corrupt;

/// The tags. `KINDS` gives the meaning of the byte after `WRONG`.
pub mod tag {
    pub const ABSENT: u8 = 0;
    pub const TRUE: u8 = 1;
    pub const FALSE: u8 = 2;
    /// f64
    pub const NUMBER: u8 = 3;
    /// count, UTF-8
    pub const STRING: u8 = 4;
    /// (u8 index, value)*, `KNOWN_END`, count, so many strings without tag: the unknown keys
    pub const OBJECT: u8 = 5;
    /// count, values
    pub const ARRAY: u8 = 6;
    /// f64
    pub const TOO_LONG: u8 = 7;
    /// u8 index into `KINDS`
    pub const WRONG: u8 = 8;
    /// count, UTF-8
    pub const TAGGED: u8 = 9;
    /// a number that is a count
    pub const COUNT: u8 = 10;
    pub const KNOWN_END: u8 = 127;
    pub const KINDS: [&str; 10] =
        ["string", "number", "boolean", "object", "array", "null", "bigint", "symbol", "function", "unreadable"];
}

/// Reads flat bytes.
#[derive(Debug)]
pub struct FlatDecoder<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> FlatDecoder<'a> {
    pub fn new(bytes: &'a [u8]) -> Result<Self, Corrupt> {
        let text = std::str::from_utf8(bytes).map_err(|_| Corrupt)?;
        Ok(FlatDecoder { text, at: 0 })
    }

    #[inline]
    fn byte(&mut self) -> Result<u8, Corrupt> {
        let byte = self.text.as_bytes().get(self.at).copied().ok_or(Corrupt)?;
        self.at += 1;
        Ok(byte)
    }

    #[inline]
    fn count(&mut self) -> Result<usize, Corrupt> {
        match self.byte()? {
            short @ 0..127 => Ok(usize::from(short)),
            _ => self.digits(5).map(|count| count as usize),
        }
    }

    /// A number in digits of seven bits, the lowest first.
    fn digits(&mut self, count: u32) -> Result<u64, Corrupt> {
        let mut number = 0;
        for digit in 0..count {
            number |= u64::from(self.byte()?) << (7 * digit);
        }
        Ok(number)
    }

    fn number(&mut self) -> Result<f64, Corrupt> {
        let low = self.digits(5)?;
        let high = self.digits(5)?;
        Ok(f64::from_bits(high << 32 | low))
    }

    #[inline]
    fn string(&mut self) -> Result<Cow<'a, str>, Corrupt> {
        let count = self.count()?;
        let end = self.at.wrapping_add(count);
        let text = self.text.get(self.at..end).ok_or(Corrupt)?;
        self.at = end;
        Ok(Cow::Borrowed(text))
    }

    /// What is left when a value is not of the wanted type: the reader has written no more than its kind.
    #[cold]
    #[inline(never)]
    fn other(&mut self, tag: u8) -> Result<Found<'a>, Corrupt> {
        match tag {
            tag::ABSENT => Ok(Found::Absent),
            tag::WRONG => {
                let kind = usize::from(self.byte()?);
                let name = tag::KINDS.get(kind).ok_or(Corrupt)?;
                Ok(Found::Wrong(Actual::Named(name)))
            }
            tag::TAGGED => Ok(Found::Wrong(Actual::Tagged(self.string()?))),
            _ => Err(Corrupt),
        }
    }

    pub fn text(&mut self, field: &mut Text<'a>) -> Result<(), Corrupt> {
        *field = match self.byte()? {
            tag::STRING => Field::Got(self.string()?),
            tag => self.other(tag)?.field(),
        };
        Ok(())
    }

    pub fn flag(&mut self, field: &mut Flag<'a>) -> Result<(), Corrupt> {
        *field = match self.byte()? {
            tag::TRUE => Field::Got(true),
            tag::FALSE => Field::Got(false),
            tag => self.other(tag)?.field(),
        };
        Ok(())
    }

    pub fn integer(&mut self, field: &mut Integer<'a>) -> Result<(), Corrupt> {
        *field = match self.byte()? {
            tag::COUNT => Field::Got(self.count()? as f64),
            tag::NUMBER => whole(self.number()?),
            tag => self.other(tag)?.field(),
        };
        Ok(())
    }

    pub(super) fn object(&mut self, shape: &mut dyn Shape<'a>) -> Result<Found<'a>, Corrupt> {
        match self.byte()? {
            tag::OBJECT => {}
            tag => return self.other(tag),
        }
        loop {
            match self.byte()? {
                tag::KNOWN_END => break,
                index => shape.read_flat(usize::from(index), self)?,
            }
        }
        for _ in 0..self.count()? {
            let key = self.string()?;
            shape.unknown_mut().push(key);
        }
        Ok(Found::Wanted)
    }

    pub(super) fn list(
        &mut self,
        item: &mut dyn FnMut(&mut Self) -> Result<(), Corrupt>,
    ) -> Result<Found<'a>, Corrupt> {
        match self.byte()? {
            tag::ARRAY => {}
            tag::TOO_LONG => return Ok(Found::TooLong(self.number()?)),
            tag => return self.other(tag),
        }
        for _ in 0..self.count()? {
            item(self)?;
        }
        Ok(Found::Wanted)
    }
}

/// A number as an integer field reads it. Minus zero is zero, as JSON.stringify sends it.
pub(super) fn whole<'a>(number: f64) -> Integer<'a> {
    // Above this every number is whole. The cast is what tells: a remainder would bring a library's worth of code.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if number.is_finite() && (number.abs() >= EXACT || (number as i64) as f64 == number) {
        Field::Got(number + 0.0)
    } else {
        Field::Wrong(Actual::Named("number"))
    }
}
