//! JSON text (RFC 8259), read straight into a document: nothing that the document does not keep is materialised.

use super::escapes::{Keeper, Unescaped};
use super::flat::whole;
use super::scan::{special, until};
use super::{Actual, Document, Items, Object, Value};
use crate::rules::list::{self, MAX_ITEMS, Repeats};
use crate::schema::{Field, FieldType, Table};

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

/// Reads one JSON text. After a fault nothing is left to read, so that no step need ask whether the one before went well:
/// [`JsonDecoder::end`] tells of it.
#[derive(Debug)]
pub struct JsonDecoder<'a> {
    text: &'a str,
    at: usize,
    fault: Option<usize>,
    /// A newline ends the text.
    one_line: bool,
    parse_number: ParseNumber,
    unescaped: Keeper<'a>,
}

impl<'a> JsonDecoder<'a> {
    pub fn new(text: &'a str, parse_number: ParseNumber, unescaped: &'a Unescaped) -> Self {
        JsonDecoder { text, at: 0, fault: None, one_line: false, parse_number, unescaped: Keeper::new(unescaped) }
    }

    /// Reads one JSON text whose numbers are passed over, or taken as they are written.
    pub fn walker(text: &'a str, unescaped: &'a Unescaped) -> Self {
        JsonDecoder::new(text, |_| f64::NAN, unescaped)
    }

    /// Begins to read another text, up to its first newline.
    pub fn begin_line(&mut self, text: &'a str) {
        (self.text, self.at, self.fault, self.one_line) = (text, 0, None, true);
    }

    /// Whether nothing but white space is left.
    pub fn is_blank(&mut self) -> bool {
        matches!(self.space(), None | Some(b'\n'))
    }

    /// Where the line ends that was read. No part of this reader passes over a newline in a line.
    pub fn newline(&self) -> Option<usize> {
        let at = self.fault.unwrap_or(self.at);
        let newline = at + until(self.text.as_bytes().get(at..)?, b'\n');
        (newline < self.text.len()).then_some(newline)
    }

    /// Whether all went well, and only white space follows.
    pub fn end(&mut self) -> Result<(), Syntax> {
        if !self.is_blank() {
            self.stop();
        }
        self.fault.map_or(Ok(()), |offset| Err(Syntax { offset }))
    }

    #[cold]
    #[inline(never)]
    fn stop(&mut self) {
        self.fault.get_or_insert(self.at);
        self.at = self.text.len();
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

    #[inline(never)]
    fn word(&mut self, word: &str) {
        for byte in word.bytes() {
            if self.peek() != Some(byte) {
                return self.stop();
            }
            self.at += 1;
        }
    }

    fn slice(&self, from: usize, to: usize) -> &'a str {
        // Both ends stand beside an ASCII byte, so they are on character boundaries.
        self.text.get(from..to).unwrap_or_default()
    }

    /// A string, its opening quote being next.
    fn string(&mut self) -> &'a str {
        let (text, escapes) = self.written();
        if escapes { self.unescaped.keep(text) } else { text }
    }

    /// A string as it is written, and whether it has escapes.
    #[inline(never)]
    fn written(&mut self) -> (&'a str, bool) {
        let bytes = self.text.as_bytes();
        let from = self.at + 1;
        let mut escapes = false;
        self.at = from;
        loop {
            let mut at = self.at;
            // Eight at once, while none of them is special.
            while let Some(word) = bytes.get(at..).and_then(<[u8]>::first_chunk) {
                let found = special(u64::from_le_bytes(*word)).trailing_zeros() / 8;
                at += found as usize;
                if found < 8 {
                    break;
                }
            }
            while let Some(0x20..=0x21 | 0x23..=0x5B | 0x5D..) = bytes.get(at) {
                at += 1;
            }
            self.at = at;
            match bytes.get(at) {
                Some(b'"') => {
                    self.at += 1;
                    return (self.slice(from, at), escapes);
                }
                Some(b'\\') => {
                    escapes = true;
                    self.escape();
                }
                _ => {
                    self.stop();
                    return ("", false);
                }
            }
        }
    }

    #[cold]
    #[inline(never)]
    fn escape(&mut self) {
        self.at += 1;
        if self.skip_one(b"u") {
            for _ in 0..4 {
                if !self.peek().is_some_and(|byte| byte.is_ascii_hexdigit()) {
                    return self.stop();
                }
                self.at += 1;
            }
        } else if !self.skip_one(b"\"\\/bfnrt") {
            self.stop();
        }
    }

    /// Whether one of these bytes was next, and was passed over.
    fn skip_one(&mut self, of: &[u8]) -> bool {
        let found = self.peek().is_some_and(|byte| of.contains(&byte));
        self.at += usize::from(found);
        found
    }

    fn digits(&mut self) {
        if !matches!(self.peek(), Some(b'0'..=b'9')) {
            return self.stop();
        }
        while let Some(b'0'..=b'9') = self.peek() {
            self.at += 1;
        }
    }

    /// A number's text.
    #[inline(never)]
    fn number(&mut self) -> &'a str {
        let from = self.at;
        self.skip_one(b"-");
        if !self.skip_one(b"0") {
            self.digits();
        }
        if self.skip_one(b".") {
            self.digits();
        }
        if self.skip_one(b"eE") {
            self.skip_one(b"+-");
            self.digits();
        }
        if self.fault.is_some() { "" } else { self.slice(from, self.at) }
    }

    /// Walks the entries of an object; `visit` reads each value. False if the next value is of another type, which
    /// is passed over.
    pub fn entries(&mut self, visit: &mut dyn FnMut(&'a str, &mut Self)) -> bool {
        self.walk(b'{', b'}', &mut |decoder| {
            let key = decoder.key();
            visit(key, decoder);
        })
    }

    /// Walks the items of a list, as `entries` does those of an object.
    pub fn items(&mut self, visit: &mut dyn FnMut(&mut Self)) -> bool {
        self.walk(b'[', b']', visit)
    }

    fn walk(&mut self, open: u8, close: u8, visit: &mut dyn FnMut(&mut Self)) -> bool {
        if self.space() != Some(open) {
            self.skip();
            return false;
        }
        let mut more = self.first(close);
        while more {
            visit(self);
            more = self.more(close);
        }
        true
    }

    /// Whether there is an entry behind the opening bracket, which is next.
    fn first(&mut self, close: u8) -> bool {
        self.at += 1;
        let empty = self.space() == Some(close);
        self.at += usize::from(empty);
        !empty
    }

    /// Whether there is another entry behind one.
    #[inline(never)]
    fn more(&mut self, close: u8) -> bool {
        let more = match self.space() {
            Some(b',') => true,
            Some(byte) if byte == close => false,
            _ => {
                self.stop();
                return false;
            }
        };
        self.at += 1;
        more
    }

    /// A string, or a number as it is written; anything else is passed over.
    pub fn scalar(&mut self) -> Option<&'a str> {
        match self.space() {
            Some(b'"') => Some(self.string()),
            Some(b'-' | b'0'..=b'9') => Some(self.number()),
            _ => {
                self.skip();
                None
            }
        }
    }

    /// Passes over a value of any type and says which it was. Not recursive: depth costs a byte a level.
    #[inline(never)]
    pub fn skip(&mut self) -> &'static str {
        let mut open: Vec<u8> = Vec::new();
        let first = self.space();
        loop {
            match self.space() {
                Some(bracket @ (b'{' | b'[')) => {
                    // In ASCII a bracket and its other half are two apart.
                    let close = bracket + 2;
                    if self.first(close) {
                        open.push(close);
                        if bracket == b'{' {
                            self.key();
                        }
                        continue;
                    }
                }
                Some(b'"') => drop(self.written()),
                Some(b't') => self.word("true"),
                Some(b'f') => self.word("false"),
                Some(b'n') => self.word("null"),
                Some(b'-' | b'0'..=b'9') => drop(self.number()),
                _ => self.stop(),
            }
            // A value has ended: close what it closes, or go on to the next one.
            while let Some(close) = open.last().copied() {
                if self.more(close) {
                    if close == b'}' {
                        self.key();
                    }
                    break;
                }
                open.pop();
            }
            if open.is_empty() {
                return match first {
                    Some(b'{') => "object",
                    Some(b'[') => "array",
                    Some(b'"') => "string",
                    Some(b't' | b'f') => "boolean",
                    Some(b'n') => "null",
                    _ => "number",
                };
            }
        }
    }

    /// A key and the colon after it.
    fn key(&mut self) -> &'a str {
        if self.space() != Some(b'"') {
            self.stop();
            return "";
        }
        let key = self.string();
        match self.space() {
            Some(b':') => self.at += 1,
            _ => self.stop(),
        }
        key
    }

    /// Reads one value, as a field of this kind does.
    pub fn read(&mut self, kind: &'static FieldType, into: &mut Document<'a>) {
        into.root = self.value(kind, into);
    }

    fn value(&mut self, kind: &'static FieldType, into: &mut Document<'a>) -> Value<'a> {
        match (self.space(), kind) {
            (Some(b'"'), FieldType::String) => Value::Text(self.string()),
            (Some(b't'), FieldType::Boolean) => {
                self.word("true");
                Value::Flag(true)
            }
            (Some(b'f'), FieldType::Boolean) => {
                self.word("false");
                Value::Flag(false)
            }
            (Some(b'-' | b'0'..=b'9'), FieldType::Integer) => {
                let text = self.number();
                whole(small(text).unwrap_or_else(|| (self.parse_number)(text)))
            }
            (Some(b'{'), FieldType::Object(table)) => Value::Object(self.object(table, into)),
            (Some(b'['), FieldType::Array(item)) => self.list(item, into),
            _ => match self.skip() {
                "null" => Value::Absent,
                name => Value::Wrong(Actual::Named(name)),
            },
        }
    }

    fn object(&mut self, table: &'static Table, into: &mut Document<'a>) -> Object {
        let known = into.room(table.fields.len());
        let mut unknown = Vec::new();
        // Keys usually come in the order of the documents, so the one behind the last is tried first.
        let mut expected = 0;
        let mut more = self.first(b'}');
        while more {
            let key = self.key();
            let place = match table.fields.get(expected) {
                Some(field) if field.name == key => Some(expected),
                _ => place_of(key, table.fields),
            };
            match place.and_then(|place| Some((place, table.fields.get(place)?))) {
                Some((place, field)) => {
                    let value = self.value(&field.field_type, into);
                    // A later value replaces an earlier one.
                    into.set(known + place, value);
                    expected = place + 1;
                }
                None => {
                    self.skip();
                    unknown.push(key);
                }
            }
            more = self.more(b'}');
        }
        if unknown.len() > 1 {
            as_object_keys(&mut unknown);
        }
        let (from, length) = (into.unknown.len(), unknown.len());
        into.unknown.append(&mut unknown);
        Object { fields: known, unknown: Items { from, length } }
    }

    fn list(&mut self, kind: &'static FieldType, into: &mut Document<'a>) -> Value<'a> {
        let mut items = Vec::new();
        let mut length = 0;
        let mut more = self.first(b']');
        while more {
            length += 1;
            if length <= MAX_ITEMS {
                let value = self.value(kind, into);
                items.push(value);
            } else {
                self.skip();
            }
            more = self.more(b']');
        }
        if length > MAX_ITEMS {
            return Value::TooLong(length as f64);
        }
        let from = into.values.len();
        into.values.append(&mut items);
        Value::List(Items { from, length })
    }
}

fn place_of(key: &str, fields: &[Field]) -> Option<usize> {
    for (place, field) in fields.iter().enumerate() {
        if field.name == key {
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

/// Puts keys in the order of `Object.keys` after `JSON.parse`: array indexes first and ascending, each key once.
fn as_object_keys(keys: &mut Vec<&str>) {
    let same = |a: usize, b: usize| keys.get(a).cmp(&keys.get(b));
    let key_at = |place: usize| keys.get(place).copied().unwrap_or_default();
    let repeats = Repeats::new(keys.len(), &same, &|place| list::hash(key_at(place)));
    let places = (0..keys.len()).filter(|place| repeats.before(*place).is_none());
    // Places take 32 bits, and so do the indexes of arrays.
    let mut order: Vec<u64> = places.map(|place| array_index(key_at(place)) << 32 | place as u64).collect();
    list::sort(&mut order, &|a, b| a < b);
    *keys = order.into_iter().map(|entry| key_at(entry as u32 as usize)).collect();
}

/// The number that a key is, as an array writes its indexes: 32 bits. Any other key comes after all of these.
fn array_index(key: &str) -> u64 {
    const LAST: u64 = u32::MAX as u64 - 1;
    let canonical = key == "0" || !key.starts_with('0');
    let mut index = if canonical && !key.is_empty() { 0 } else { u64::MAX };
    for byte in key.bytes() {
        // Beyond the last one it stays beyond.
        index = if byte.is_ascii_digit() && index <= LAST { index * 10 + u64::from(byte - b'0') } else { u64::MAX };
    }
    index.min(LAST + 1)
}
