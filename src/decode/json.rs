//! JSON text (RFC 8259), read straight into a draft: nothing that the draft does not keep is materialised.

use std::borrow::Cow;

use super::flat::whole;
use super::{Document, Items, Kind, Object, Table, Value};
use crate::rules::list::{self, MAX_ITEMS, Repeats};

/// The byte offset at which the text stops being JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Syntax {
    pub offset: usize,
}

/// Turns a number's text, as JSON writes it, into the nearest f64. A parameter, because the tables that Rust's own
/// parser needs are as large as all our rules, and JavaScript has a parser already.
pub type ParseNumber = fn(&str) -> f64;

/// Rust's own parser. JSON's grammar is narrower than its, so it cannot fail on what it is given.
pub fn exact(text: &str) -> f64 {
    text.parse().unwrap_or(f64::NAN)
}

/// Reads one JSON text.
#[derive(Debug)]
pub struct JsonDecoder<'a> {
    text: &'a str,
    at: usize,
    /// A newline ends the text.
    one_line: bool,
    parse_number: ParseNumber,
}

impl<'a> JsonDecoder<'a> {
    pub fn new(text: &'a str, parse_number: ParseNumber) -> Self {
        JsonDecoder { text, at: 0, one_line: false, parse_number }
    }

    /// Reads one JSON text whose numbers are passed over, or taken as they are written.
    pub fn walker(text: &'a str) -> Self {
        JsonDecoder::new(text, |_| f64::NAN)
    }

    /// Reads the line that begins at `at`, a character boundary.
    pub fn line(text: &'a str, at: usize, parse_number: ParseNumber) -> Self {
        JsonDecoder { text, at, one_line: true, parse_number }
    }

    /// Whether nothing but white space is left.
    pub fn is_blank(&mut self) -> bool {
        matches!(self.space(), None | Some(b'\n'))
    }

    /// Where the next line begins. No part of this reader passes over a newline in a line.
    pub fn next_line(&self) -> usize {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        let newline = rest.iter().position(|byte| *byte == b'\n');
        newline.map_or(self.text.len(), |newline| self.at + newline + 1)
    }

    /// Only white space may follow the value.
    pub fn end(&mut self) -> Result<(), Syntax> {
        if self.is_blank() { Ok(()) } else { self.fault() }
    }

    fn fault<T>(&self) -> Result<T, Syntax> {
        Err(Syntax { offset: self.at })
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Skips white space and gives the byte after it, by which the type of the next value is known.
    pub fn space(&mut self) -> Option<u8> {
        loop {
            match self.peek() {
                Some(b' ' | b'\t' | b'\r') => self.at += 1,
                Some(b'\n') if !self.one_line => self.at += 1,
                other => return other,
            }
        }
    }

    fn expect(&mut self, byte: u8) -> Result<(), Syntax> {
        if self.space() == Some(byte) {
            self.at += 1;
            return Ok(());
        }
        self.fault()
    }

    fn word(&mut self, word: &str) -> Result<(), Syntax> {
        for byte in word.bytes() {
            if self.peek() != Some(byte) {
                return self.fault();
            }
            self.at += 1;
        }
        Ok(())
    }

    fn slice(&self, from: usize, to: usize) -> &'a str {
        // Both ends stand beside an ASCII byte, so they are on character boundaries.
        self.text.get(from..to).unwrap_or_default()
    }

    /// A string, its opening quote being next.
    fn string(&mut self) -> Result<Cow<'a, str>, Syntax> {
        self.at += 1;
        let from = self.at;
        let bytes = self.text.as_bytes();
        loop {
            // Eight at once, while none of them is special.
            while let Some(word) = bytes.get(self.at..).and_then(<[u8]>::first_chunk) {
                let found = special(u64::from_le_bytes(*word)).trailing_zeros() / 8;
                self.at += found as usize;
                if found < 8 {
                    break;
                }
            }
            match bytes.get(self.at) {
                Some(b'"') => {
                    let text = self.slice(from, self.at);
                    self.at += 1;
                    return Ok(Cow::Borrowed(text));
                }
                Some(b'\\') => return self.escaped(from),
                Some(0x20..) => self.at += 1,
                _ => return self.fault(),
            }
        }
    }

    /// The rest of a string that has escapes.
    fn escaped(&mut self, from: usize) -> Result<Cow<'a, str>, Syntax> {
        let mut text = String::from(self.slice(from, self.at));
        let mut plain = self.at;
        loop {
            match self.peek() {
                Some(b'"') => {
                    text.push_str(self.slice(plain, self.at));
                    self.at += 1;
                    return Ok(Cow::Owned(text));
                }
                Some(b'\\') => {
                    text.push_str(self.slice(plain, self.at));
                    text.push(self.escape()?);
                    plain = self.at;
                }
                Some(0x20..) => self.at += 1,
                _ => return self.fault(),
            }
        }
    }

    fn escape(&mut self) -> Result<char, Syntax> {
        self.at += 1;
        let plain = match self.peek() {
            Some(b'"') => '"',
            Some(b'\\') => '\\',
            Some(b'/') => '/',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => return self.unicode(),
            _ => return self.fault(),
        };
        self.at += 1;
        Ok(plain)
    }

    /// `uXXXX`, and the pair's other half if it follows. A lone surrogate is read as U+FFFD.
    fn unicode(&mut self) -> Result<char, Syntax> {
        let unit = self.hex()?;
        if let 0xD800..0xDC00 = unit {
            let back = self.at;
            if self.peek() == Some(b'\\') {
                self.at += 1;
                if self.peek() == Some(b'u') {
                    let low = self.hex()?;
                    if let 0xDC00..0xE000 = low {
                        let point = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
                        return Ok(char::from_u32(point).unwrap_or(char::REPLACEMENT_CHARACTER));
                    }
                }
            }
            // What followed was not the other half: it is read for itself.
            self.at = back;
        }
        Ok(char::from_u32(unit).unwrap_or(char::REPLACEMENT_CHARACTER))
    }

    /// Four hexadecimal digits, the `u` before them being next.
    fn hex(&mut self) -> Result<u32, Syntax> {
        self.at += 1;
        let mut unit = 0;
        for _ in 0..4 {
            let Some(digit) = self.peek().and_then(|byte| char::from(byte).to_digit(16)) else {
                return self.fault();
            };
            unit = unit * 16 + digit;
            self.at += 1;
        }
        Ok(unit)
    }

    fn digits(&mut self) -> Result<(), Syntax> {
        if !matches!(self.peek(), Some(b'0'..=b'9')) {
            return self.fault();
        }
        while let Some(b'0'..=b'9') = self.peek() {
            self.at += 1;
        }
        Ok(())
    }

    /// A number's text.
    fn number(&mut self) -> Result<&'a str, Syntax> {
        let from = self.at;
        if self.peek() == Some(b'-') {
            self.at += 1;
        }
        if self.peek() == Some(b'0') {
            self.at += 1;
        } else {
            self.digits()?;
        }
        if self.peek() == Some(b'.') {
            self.at += 1;
            self.digits()?;
        }
        if let Some(b'e' | b'E') = self.peek() {
            self.at += 1;
            if let Some(b'+' | b'-') = self.peek() {
                self.at += 1;
            }
            self.digits()?;
        }
        Ok(self.slice(from, self.at))
    }

    /// Walks the entries of an object; `visit` reads each value. False if the next value is of another type, which
    /// is passed over.
    pub fn entries(&mut self, visit: &mut dyn FnMut(&str, &mut Self) -> Result<(), Syntax>) -> Result<bool, Syntax> {
        self.walk(b'{', b'}', &mut |decoder| {
            let key = decoder.key()?;
            visit(&key, decoder)
        })
    }

    /// Walks the items of a list, as `entries` does those of an object.
    pub fn items(&mut self, visit: &mut dyn FnMut(&mut Self) -> Result<(), Syntax>) -> Result<bool, Syntax> {
        self.walk(b'[', b']', visit)
    }

    fn walk(
        &mut self,
        open: u8,
        close: u8,
        visit: &mut dyn FnMut(&mut Self) -> Result<(), Syntax>,
    ) -> Result<bool, Syntax> {
        if self.space() != Some(open) {
            self.skip()?;
            return Ok(false);
        }
        let mut more = self.first(close);
        while more {
            visit(self)?;
            more = self.more(close)?;
        }
        Ok(true)
    }

    /// Whether there is an entry behind the opening bracket, which is next.
    fn first(&mut self, close: u8) -> bool {
        self.at += 1;
        let empty = self.space() == Some(close);
        self.at += usize::from(empty);
        !empty
    }

    /// Whether there is another entry behind one.
    fn more(&mut self, close: u8) -> Result<bool, Syntax> {
        let more = match self.space() {
            Some(b',') => true,
            Some(byte) if byte == close => false,
            _ => return self.fault(),
        };
        self.at += 1;
        Ok(more)
    }

    /// A string, or a number as it is written; anything else is passed over.
    pub fn scalar(&mut self) -> Result<Option<Cow<'a, str>>, Syntax> {
        match self.space() {
            Some(b'"') => self.string().map(Some),
            Some(b'-' | b'0'..=b'9') => Ok(Some(Cow::Borrowed(self.number()?))),
            _ => self.skip().map(|_| None),
        }
    }

    /// Passes over a value of any type and says which it was. Not recursive: depth costs a byte a level.
    pub fn skip(&mut self) -> Result<&'static str, Syntax> {
        let mut open: Vec<u8> = Vec::new();
        let first = self.space();
        loop {
            match self.space() {
                Some(bracket @ (b'{' | b'[')) => {
                    self.at += 1;
                    let close = if bracket == b'{' { b'}' } else { b']' };
                    if self.space() == Some(close) {
                        self.at += 1;
                    } else {
                        if bracket == b'{' {
                            self.key()?;
                        }
                        open.push(close);
                        continue;
                    }
                }
                Some(b'"') => drop(self.string()?),
                Some(b't') => self.word("true")?,
                Some(b'f') => self.word("false")?,
                Some(b'n') => self.word("null")?,
                Some(b'-' | b'0'..=b'9') => drop(self.number()?),
                _ => return self.fault(),
            }
            // A value has ended: close what it closes, or go on to the next one.
            loop {
                let Some(close) = open.last().copied() else {
                    return Ok(match first {
                        Some(b'{') => "object",
                        Some(b'[') => "array",
                        Some(b'"') => "string",
                        Some(b't' | b'f') => "boolean",
                        Some(b'n') => "null",
                        _ => "number",
                    });
                };
                match self.space() {
                    Some(b',') => {
                        self.at += 1;
                        if close == b'}' {
                            self.key()?;
                        }
                        break;
                    }
                    Some(byte) if byte == close => {
                        self.at += 1;
                        open.pop();
                    }
                    _ => return self.fault(),
                }
            }
        }
    }

    /// A key and the colon after it.
    fn key(&mut self) -> Result<Cow<'a, str>, Syntax> {
        if self.space() != Some(b'"') {
            return self.fault();
        }
        let key = self.string()?;
        self.expect(b':')?;
        Ok(key)
    }

    /// Reads one value, as a field of this kind does.
    pub fn read(&mut self, kind: &'static Kind, into: &mut Document<'a>) -> Result<(), Syntax> {
        into.root = self.value(kind, into)?;
        Ok(())
    }

    fn value(&mut self, kind: &'static Kind, into: &mut Document<'a>) -> Result<Value<'a>, Syntax> {
        Ok(match (self.space(), kind) {
            (Some(b'"'), Kind::String) => Value::Text(self.string()?),
            (Some(b't'), Kind::Boolean) => self.word("true").map(|()| Value::Flag(true))?,
            (Some(b'f'), Kind::Boolean) => self.word("false").map(|()| Value::Flag(false))?,
            (Some(b'-' | b'0'..=b'9'), Kind::Integer) => {
                let text = self.number()?;
                whole(small(text).unwrap_or_else(|| (self.parse_number)(text)))
            }
            (Some(b'{'), Kind::Object(table)) => Value::Object(self.object(table, into)?),
            (Some(b'['), Kind::Array(item)) => self.list(item, into)?,
            _ => match self.skip()? {
                "null" => Value::Absent,
                name => Value::wrong(name),
            },
        })
    }

    fn object(&mut self, table: &'static Table, into: &mut Document<'a>) -> Result<Object, Syntax> {
        let known = into.room(table.fields.len());
        let mut unknown = Vec::new();
        // Keys usually come in the order of the documents, so the one behind the last is tried first.
        let mut expected = 0;
        let mut more = self.first(b'}');
        while more {
            let key = self.key()?;
            let place = match table.fields.get(expected) {
                Some((name, _)) if *name == key => Some(expected),
                _ => place_of(&key, table.fields),
            };
            match place.and_then(|place| Some((place, table.fields.get(place)?))) {
                Some((place, (_, kind))) => {
                    let value = self.value(kind, into)?;
                    // A later value replaces an earlier one.
                    into.set(known + place, value);
                    expected = place + 1;
                }
                None => {
                    self.skip()?;
                    unknown.push(key);
                }
            }
            more = self.more(b'}')?;
        }
        if unknown.len() > 1 {
            as_object_keys(&mut unknown);
        }
        let from = into.unknown.len();
        let length = unknown.len();
        into.unknown.append(&mut unknown);
        Ok(Object { fields: known, unknown: Items { from, length } })
    }

    fn list(&mut self, kind: &'static Kind, into: &mut Document<'a>) -> Result<Value<'a>, Syntax> {
        let mut items = Vec::new();
        let mut length = 0;
        let mut more = self.first(b']');
        while more {
            length += 1;
            if length <= MAX_ITEMS {
                let value = self.value(kind, into)?;
                items.push(value);
            } else {
                self.skip()?;
            }
            more = self.more(b']')?;
        }
        if length > MAX_ITEMS {
            return Ok(Value::TooLong(length as f64));
        }
        let from = into.values.len();
        into.values.append(&mut items);
        Ok(Value::List(Items { from, length }))
    }
}

fn place_of(key: &str, fields: &[(&'static str, Kind)]) -> Option<usize> {
    for (place, (name, _)) in fields.iter().enumerate() {
        if *name == key {
            return Some(place);
        }
    }
    None
}

/// A number of few digits and nothing else.
fn small(text: &str) -> Option<f64> {
    // Nine digits fit 32 bits.
    if text.len() > 9 {
        return None;
    }
    let mut number = 0;
    for byte in text.bytes() {
        if !byte.is_ascii_digit() {
            return None;
        }
        number = number * 10 + u32::from(byte - b'0');
    }
    Some(f64::from(number))
}

/// The bytes at which a string may end, or must not go on, as the high bit of their place in a word.
fn special(word: u64) -> u64 {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x8080_8080_8080_8080;
    // Borrows only ever reach bytes above a hit, and the lowest is what is asked for.
    let below = |word: u64, least: u64| word.wrapping_sub(ONES * least) & !word;
    (below(word, 0x20) | below(word ^ (ONES * 0x22), 1) | below(word ^ (ONES * 0x5C), 1)) & HIGH
}

/// Puts keys in the order of `Object.keys` after `JSON.parse`: array indexes first and ascending, each key once.
fn as_object_keys(keys: &mut Vec<Cow<'_, str>>) {
    let same = |a: usize, b: usize| keys.get(a).cmp(&keys.get(b));
    let repeats = Repeats::new(keys.len(), &same);
    let mut order: Vec<usize> = (0..keys.len()).filter(|place| repeats.before(*place).is_none()).collect();
    let rank = |place: usize| keys.get(place).and_then(|key| array_index(key)).map_or(u64::MAX, u64::from);
    list::sort(&mut order, &|a, b| rank(a).cmp(&rank(b)));
    *keys = order.into_iter().filter_map(|place| keys.get_mut(place).map(std::mem::take)).collect();
}

fn array_index(key: &str) -> Option<u32> {
    let canonical = key == "0" || (key.starts_with(|c: char| c.is_ascii_digit()) && !key.starts_with('0'));
    key.parse().ok().filter(|index| canonical && *index != u32::MAX)
}
