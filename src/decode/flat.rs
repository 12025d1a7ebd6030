//! The flat bytes the JavaScript reader writes: a tag, then what belongs to it, little-endian.

use std::borrow::Cow;

use super::{Actual, Decoder, Field, Flag, Integer, List, Part, Shape, Text};

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
    /// u32 length, UTF-8
    pub const STRING: u8 = 4;
    /// (u8 index, value)*, `KNOWN_END`, u32 count, count strings without tag: the unknown keys
    pub const OBJECT: u8 = 5;
    /// u32 count, values
    pub const ARRAY: u8 = 6;
    /// f64 count
    pub const TOO_LONG: u8 = 7;
    /// u8 index into `KINDS`
    pub const WRONG: u8 = 8;
    /// u32 length, UTF-8
    pub const TAGGED: u8 = 9;
    pub const KNOWN_END: u8 = 255;
    pub const KINDS: [&str; 10] =
        ["string", "number", "boolean", "object", "array", "null", "bigint", "symbol", "function", "unreadable"];
}

/// Reads flat bytes.
#[derive(Debug)]
pub struct FlatDecoder<'a> {
    rest: &'a [u8],
}

impl<'a> FlatDecoder<'a> {
    pub fn new(bytes: &'a [u8]) -> Self {
        FlatDecoder { rest: bytes }
    }

    fn bytes(&mut self, count: usize) -> Result<&'a [u8], Corrupt> {
        let (taken, rest) = self.rest.split_at_checked(count).ok_or(Corrupt)?;
        self.rest = rest;
        Ok(taken)
    }

    fn byte(&mut self) -> Result<u8, Corrupt> {
        let (first, rest) = self.rest.split_first().ok_or(Corrupt)?;
        self.rest = rest;
        Ok(*first)
    }

    fn count(&mut self) -> Result<usize, Corrupt> {
        let bytes: [u8; 4] = self.bytes(4)?.try_into().map_err(|_| Corrupt)?;
        Ok(u32::from_le_bytes(bytes) as usize)
    }

    fn number(&mut self) -> Result<f64, Corrupt> {
        let bytes: [u8; 8] = self.bytes(8)?.try_into().map_err(|_| Corrupt)?;
        Ok(f64::from_le_bytes(bytes))
    }

    fn string(&mut self) -> Result<Cow<'a, str>, Corrupt> {
        let count = self.count()?;
        let text = std::str::from_utf8(self.bytes(count)?).map_err(|_| Corrupt)?;
        Ok(Cow::Borrowed(text))
    }

    /// What is left when a value is not of the wanted type: the reader has written no more than its kind.
    fn other<T>(&mut self, tag: u8) -> Result<Field<'a, T>, Corrupt> {
        match tag {
            tag::ABSENT => Ok(Field::Absent),
            tag::WRONG => {
                let kind = usize::from(self.byte()?);
                let name = tag::KINDS.get(kind).ok_or(Corrupt)?;
                Ok(Field::Wrong(Actual::Named(name)))
            }
            tag::TAGGED => Ok(Field::Wrong(Actual::Tagged(self.string()?))),
            _ => Err(Corrupt),
        }
    }
}

impl<'a> Decoder<'a> for FlatDecoder<'a> {
    type Error = Corrupt;

    fn text(&mut self) -> Result<Text<'a>, Corrupt> {
        match self.byte()? {
            tag::STRING => Ok(Field::Got(self.string()?)),
            tag => self.other(tag),
        }
    }

    fn flag(&mut self) -> Result<Flag<'a>, Corrupt> {
        match self.byte()? {
            tag::TRUE => Ok(Field::Got(true)),
            tag::FALSE => Ok(Field::Got(false)),
            tag => self.other(tag),
        }
    }

    fn integer(&mut self) -> Result<Integer<'a>, Corrupt> {
        match self.byte()? {
            tag::NUMBER => Ok(whole(self.number()?)),
            tag => self.other(tag),
        }
    }

    fn object<T: Shape<'a>>(&mut self) -> Result<Field<'a, T>, Corrupt> {
        match self.byte()? {
            tag::OBJECT => {}
            tag => return self.other(tag),
        }
        let mut object = T::default();
        loop {
            match self.byte()? {
                tag::KNOWN_END => break,
                index => object.read(usize::from(index), self)?,
            }
        }
        for _ in 0..self.count()? {
            let key = self.string()?;
            object.unknown().push(key);
        }
        Ok(Field::Got(object))
    }

    fn list<T: Part<'a>>(&mut self) -> Result<Field<'a, List<T>>, Corrupt> {
        match self.byte()? {
            tag::ARRAY => {}
            tag::TOO_LONG => return Ok(Field::Got(List::TooLong(self.number()?))),
            tag => return self.other(tag),
        }
        let count = self.count()?;
        // Every item takes a byte at least, so the count cannot ask for more room than there are bytes.
        let mut items = Vec::with_capacity(count.min(self.rest.len()));
        for _ in 0..count {
            items.push(T::read(self)?);
        }
        Ok(Field::Got(List::Items(items)))
    }
}

/// A number as an integer field reads it. Minus zero is zero, as JSON.stringify sends it.
pub(super) fn whole<'a>(number: f64) -> Integer<'a> {
    if number.is_finite() && number % 1.0 == 0.0 {
        Field::Got(number + 0.0)
    } else {
        Field::Wrong(Actual::Named("number"))
    }
}
