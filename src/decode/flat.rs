//! The flat bytes the JavaScript reader writes: a tag, then what belongs to it, little-endian.

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
    /// In place of a length: a u32 follows, the place at which the text stands already.
    pub const REPEATED: u32 = u32::MAX;
    pub const KINDS: [&str; 10] =
        ["string", "number", "boolean", "object", "array", "null", "bigint", "symbol", "function", "unreadable"];
}

/// Reads flat bytes.
#[derive(Debug)]
pub struct FlatDecoder<'a> {
    all: &'a [u8],
    rest: &'a [u8],
}

impl<'a> FlatDecoder<'a> {
    pub fn new(bytes: &'a [u8]) -> Self {
        FlatDecoder { all: bytes, rest: bytes }
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

    fn count(&mut self) -> Result<u32, Corrupt> {
        let bytes: [u8; 4] = self.bytes(4)?.try_into().map_err(|_| Corrupt)?;
        Ok(u32::from_le_bytes(bytes))
    }

    fn number(&mut self) -> Result<f64, Corrupt> {
        let bytes: [u8; 8] = self.bytes(8)?.try_into().map_err(|_| Corrupt)?;
        Ok(f64::from_le_bytes(bytes))
    }

    fn string(&mut self) -> Result<Cow<'a, str>, Corrupt> {
        let text = match self.count()? {
            tag::REPEATED => {
                let place = self.count()? as usize;
                let mut earlier = FlatDecoder::new(self.all.get(place..).ok_or(Corrupt)?);
                let count = earlier.count()?;
                earlier.bytes(count as usize)?
            }
            count => self.bytes(count as usize)?,
        };
        std::str::from_utf8(text).map(Cow::Borrowed).map_err(|_| Corrupt)
    }

    /// What is left when a value is not of the wanted type: the reader has written no more than its kind.
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

    pub fn text(&mut self) -> Result<Text<'a>, Corrupt> {
        match self.byte()? {
            tag::STRING => Ok(Field::Got(self.string()?)),
            tag => Ok(self.other(tag)?.field(Default::default)),
        }
    }

    pub fn flag(&mut self) -> Result<Flag<'a>, Corrupt> {
        match self.byte()? {
            tag::TRUE => Ok(Field::Got(true)),
            tag::FALSE => Ok(Field::Got(false)),
            tag => Ok(self.other(tag)?.field(Default::default)),
        }
    }

    pub fn integer(&mut self) -> Result<Integer<'a>, Corrupt> {
        match self.byte()? {
            tag::NUMBER => Ok(whole(self.number()?)),
            tag => Ok(self.other(tag)?.field(Default::default)),
        }
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
    if number.is_finite() && number % 1.0 == 0.0 {
        Field::Got(number + 0.0)
    } else {
        Field::Wrong(Actual::Named("number"))
    }
}
