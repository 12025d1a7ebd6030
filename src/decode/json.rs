//! JSON text (RFC 8259), read token by token. What the caller passes over is not materialised.

use std::borrow::Cow;

use super::escapes::unescape;
use super::scan::{is_same, special, until};
use crate::schema::Field;

/// The byte offset at which the text stops being JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Syntax {
    pub offset: usize,
}

/// Reads one JSON text. After a fault no text is left, so a caller need not check each step; [`JsonReader::end`] reports
/// the fault.
#[derive(Debug)]
pub struct JsonReader<'a> {
    text: &'a str,
    pub(super) at: usize,
    fault: Option<usize>,
    /// A newline ends the text.
    one_line: bool,
}

impl<'a> JsonReader<'a> {
    pub fn new(text: &'a str) -> Self {
        JsonReader { text, at: 0, fault: None, one_line: false }
    }

    /// Reads the text up to its first newline.
    pub fn line(text: &'a str) -> Self {
        JsonReader { one_line: true, ..JsonReader::new(text) }
    }

    pub(super) fn text(&self) -> &'a str {
        self.text
    }

    /// Whether only white space is left.
    pub fn is_blank(&mut self) -> bool {
        matches!(self.space(), None | Some(b'\n'))
    }

    /// The end of the line that was read. The reader never passes over a newline in a line.
    pub fn newline(&self) -> Option<usize> {
        let at = self.fault.unwrap_or(self.at);
        let newline = at + until(self.text.as_bytes().get(at..)?, b'\n');
        (newline < self.text.len()).then_some(newline)
    }

    /// Whether there was no fault, and only white space follows.
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

    /// Skips white space and returns the byte after it, which determines the type of the next value.
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
    pub(super) fn word(&mut self, word: &str) {
        for byte in word.bytes() {
            if self.peek() != Some(byte) {
                return self.stop();
            }
            self.at += 1;
        }
    }

    fn slice(&self, from: usize, to: usize) -> &'a str {
        // Both ends are beside an ASCII byte, so they are on character boundaries.
        self.text.get(from..to).unwrap_or_default()
    }

    /// A string. Its opening quote is next.
    fn string(&mut self) -> Cow<'a, str> {
        let (written, escapes) = self.written();
        if !escapes {
            return Cow::Borrowed(written);
        }
        let mut text = String::new();
        unescape(written, &mut text);
        Cow::Owned(text)
    }

    /// A string as it is written, and whether it has escapes.
    pub(super) fn written(&mut self) -> (&'a str, bool) {
        let (from, to, escapes) = self.written_range();
        (self.slice(from, to), escapes)
    }

    /// The place of a string as it is written, and whether it has escapes.
    #[inline(never)]
    pub(super) fn written_range(&mut self) -> (usize, usize, bool) {
        let bytes = self.text.as_bytes();
        let from = self.at + 1;
        let mut escapes = false;
        self.at = from;
        loop {
            let mut at = self.at;
            // Eight bytes at a time, while none of them is special.
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
                    return (from, at, escapes);
                }
                Some(b'\\') => {
                    escapes = true;
                    self.escape();
                }
                _ => {
                    self.stop();
                    return (from, from, false);
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
    #[inline(never)]
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

    /// A number as it is written.
    #[inline(never)]
    pub(super) fn number(&mut self) -> &'a str {
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

    /// Walks the entries of an object; `visit` must read each value. If the next value has another type, skips it and
    /// returns false.
    pub fn entries(&mut self, visit: &mut dyn FnMut(&str, &mut Self)) -> bool {
        self.walk(b'{', b'}', &mut |reader| {
            let key = if reader.quote() { reader.string() } else { Cow::Borrowed("") };
            reader.colon();
            visit(&key, reader);
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

    /// Passes the opening bracket, which is next. Whether there is an entry after it.
    pub(super) fn first(&mut self, close: u8) -> bool {
        self.at += 1;
        let empty = self.space() == Some(close);
        self.at += usize::from(empty);
        !empty
    }

    /// Whether there is another entry after one.
    #[inline(never)]
    pub(super) fn more(&mut self, close: u8) -> bool {
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

    /// A string, or a number as it is written. Any other value is skipped.
    pub fn scalar(&mut self) -> Option<Cow<'a, str>> {
        match self.space() {
            Some(b'"') => Some(self.string()),
            Some(b'-' | b'0'..=b'9') => Some(Cow::Borrowed(self.number())),
            _ => {
                self.skip();
                None
            }
        }
    }

    /// Skips a value of any type and returns the name of its type. It is not recursive: each level of depth costs a byte.
    #[inline(never)]
    pub fn skip(&mut self) -> &'static str {
        let mut open: Vec<u8> = Vec::new();
        let first = self.space();
        loop {
            match self.space() {
                Some(bracket @ (b'{' | b'[')) => {
                    // In ASCII a closing bracket is two after its opening one.
                    let close = bracket + 2;
                    if self.first(close) {
                        open.push(close);
                        if bracket == b'{' {
                            self.skip_key();
                        }
                        continue;
                    }
                }
                Some(b'"') => drop(self.written_range()),
                Some(b't') => self.word("true"),
                Some(b'f') => self.word("false"),
                Some(b'n') => self.word("null"),
                Some(b'-' | b'0'..=b'9') => drop(self.number()),
                _ => self.stop(),
            }
            // A value has ended: close the lists and objects it ends, or go on to the next value.
            while let Some(close) = open.last().copied() {
                if self.more(close) {
                    if close == b'}' {
                        self.skip_key();
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

    fn skip_key(&mut self) {
        if self.quote() {
            self.written_range();
        }
        self.colon();
    }

    /// Whether the opening quote of a key is next. Anything else is a fault.
    pub(super) fn quote(&mut self) -> bool {
        let found = self.space() == Some(b'"');
        if !found {
            self.stop();
        }
        found
    }

    /// Passes the next key, if it is the name of a field without escapes, and returns the index of the field. Fields are
    /// tried from this one on, then those before it.
    pub(super) fn known_key(&mut self, fields: &[Field], from: usize) -> Option<usize> {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        let (b'"', rest) = rest.split_first()? else { return None };
        let mut index = from;
        for _ in fields {
            if index >= fields.len() {
                index = 0;
            }
            let name = fields.get(index)?.name.as_bytes();
            // The closing quote tells most names apart.
            if rest.get(name.len()) == Some(&b'"') && rest.get(..name.len()).is_some_and(|key| is_same(key, name)) {
                self.at += name.len() + 2;
                return Some(index);
            }
            index += 1;
        }
        None
    }

    /// The colon after a key.
    pub(super) fn colon(&mut self) {
        match self.space() {
            Some(b':') => self.at += 1,
            _ => self.stop(),
        }
    }
}
