//! Fills the slots of a document from JSON text.

use super::document::{Buffer, Document};
use super::escapes::unescape;
use super::json::{JsonReader, Syntax};
use super::slot::{self, Slot, tag};
use crate::rules::list::{Duplicates, Entry, MAX_ITEMS, sorted};
use crate::schema::{FieldType, Table};

/// Turns a number as JSON writes it into the nearest f64. A parameter, because the tables of Rust's own parser are as
/// large as all our rules, and JavaScript has a parser already.
pub type ParseNumber = fn(&str) -> f64;

/// Rust's own parser. It accepts every number of JSON.
pub fn exact(text: &str) -> f64 {
    text.parse().unwrap_or(f64::NAN)
}

/// Decodes one JSON text. [`JsonDecoder::end`] reports a fault.
#[derive(Debug)]
pub struct JsonDecoder<'a> {
    json: JsonReader<'a>,
    parse_number: ParseNumber,
}

impl<'a> JsonDecoder<'a> {
    pub fn new(json: JsonReader<'a>, parse_number: ParseNumber) -> Self {
        JsonDecoder { json, parse_number }
    }

    /// Decodes a value of this type, in place of what the buffer held.
    pub fn decode(&mut self, field_type: &'static FieldType, buffer: &mut Buffer) {
        let Buffer { slots, unescaped, incomplete } = buffer;
        slots.clear();
        unescaped.clear();
        incomplete.clear();
        slots.push(slot::ABSENT);
        let root = self.value(field_type, buffer);
        set(buffer, 0, root);
    }

    /// Whether there was no fault, and only white space follows.
    pub fn end(&mut self) -> Result<(), Syntax> {
        self.json.end()
    }

    /// The end of the line that was decoded.
    pub fn newline(&self) -> Option<usize> {
        self.json.newline()
    }

    fn value(&mut self, field_type: &'static FieldType, buffer: &mut Buffer) -> Slot {
        match (self.json.space(), field_type) {
            (Some(b'"'), FieldType::String) => self.string(buffer),
            (Some(b't'), FieldType::Boolean) => {
                self.json.word("true");
                [tag::TRUE, 0, 0]
            }
            (Some(b'f'), FieldType::Boolean) => {
                self.json.word("false");
                [tag::FALSE, 0, 0]
            }
            (Some(b'-' | b'0'..=b'9'), FieldType::Integer) => {
                let text = self.json.number();
                small(text).map_or_else(|| slot::number((self.parse_number)(text)), |count| [tag::COUNT, count, 0])
            }
            (Some(b'{'), FieldType::Object(table)) => self.object(table, buffer),
            (Some(b'['), FieldType::Array(item)) => self.list(item, buffer),
            _ => match self.json.skip() {
                "null" => slot::ABSENT,
                name => slot::wrong(name),
            },
        }
    }

    /// A string. Its opening quote is next.
    fn string(&mut self, buffer: &mut Buffer) -> Slot {
        let (from, to, escapes) = self.json.written_range();
        if escapes {
            return self.unescaped(self.json.text().get(from..to).unwrap_or_default(), buffer);
        }
        slot::range(tag::STRING, from, to - from)
    }

    #[cold]
    #[inline(never)]
    fn unescaped(&self, written: &str, buffer: &mut Buffer) -> Slot {
        let from = buffer.unescaped.len();
        unescape(written, &mut buffer.unescaped);
        slot::range(tag::UNESCAPED, from, buffer.unescaped.len() - from)
    }

    #[inline(never)]
    fn object(&mut self, table: &'static Table, buffer: &mut Buffer) -> Slot {
        let fields = buffer.slots.len();
        buffer.slots.resize(fields + table.fields.len() + 1, slot::ABSENT);
        let unknown = buffer.incomplete.len();
        // Keys often come in the order of the documents, so the fields after the last one are tried first.
        let mut expected = 0;
        let mut more = self.json.first(b'}');
        while more {
            self.json.space();
            let index = self.json.known_key(table.fields, expected).or_else(|| self.key(table, buffer));
            self.json.colon();
            match index.and_then(|index| Some((index, table.fields.get(index)?))) {
                Some((index, field)) => {
                    let value = self.value(&field.field_type, buffer);
                    // A later value replaces an earlier one.
                    set(buffer, fields + index, value);
                    expected = index + 1;
                }
                None => {
                    self.json.skip();
                }
            }
            more = self.json.more(b'}');
        }
        if buffer.incomplete.len() > unknown {
            self.as_object_keys(unknown, buffer);
            let keys = complete(unknown, buffer);
            set(buffer, fields + table.fields.len(), keys);
        }
        slot::range(tag::OBJECT, fields, 0)
    }

    /// The index of the field with the next key. An unknown key is kept.
    #[inline(never)]
    fn key(&mut self, table: &Table, buffer: &mut Buffer) -> Option<usize> {
        let is_key = self.json.quote();
        let from = self.json.at + 1;
        let (written, escapes) = if is_key { self.json.written() } else { ("", false) };
        let mut key = slot::range(tag::STRING, from, written.len());
        let mut index = index_of(written, table);
        if escapes {
            key = self.unescaped(written, buffer);
            index = index_of(Document::decoded(buffer, "").string(&key), table);
        }
        if index.is_none() {
            buffer.incomplete.push(key);
        }
        index
    }

    #[inline(never)]
    fn list(&mut self, item: &'static FieldType, buffer: &mut Buffer) -> Slot {
        // Items that have slots of their own would part the list, so they wait until it is complete.
        let nested = matches!(item, FieldType::Object(_) | FieldType::Array(_));
        let from = if nested { buffer.incomplete.len() } else { buffer.slots.len() };
        let mut length = 0;
        let mut more = self.json.first(b']');
        while more {
            length += 1;
            if length <= MAX_ITEMS {
                let value = self.value(item, buffer);
                if nested { buffer.incomplete.push(value) } else { buffer.slots.push(value) }
            } else {
                self.json.skip();
            }
            more = self.json.more(b']');
        }
        let list =
            if nested { complete(from, buffer) } else { slot::range(tag::ARRAY, from, buffer.slots.len() - from) };
        if length > MAX_ITEMS { slot::too_long(length) } else { list }
    }

    /// Puts unknown keys in the order of `Object.keys` after `JSON.parse`: array indexes first and ascending, each key
    /// once.
    #[cold]
    #[inline(never)]
    fn as_object_keys(&self, from: usize, buffer: &mut Buffer) {
        let Some(keys) = buffer.incomplete.get(from..).filter(|keys| keys.len() > 1) else { return };
        let document = Document::decoded(buffer, self.json.text());
        let name_at = |at: usize| keys.get(at).map_or("", |key| document.string(key));
        let key_at = |at: usize| Some((name_at(at).as_bytes(), b"".as_slice()));
        let duplicates = Duplicates::new(keys.len(), &key_at);
        let entries = (0..keys.len()).filter(|at| duplicates.first_before(*at).is_none()).map(|index| {
            let name = name_at(index);
            // A longer index is a larger one.
            let (number, name) = if is_array_index(name) { (name.len() as u32, name) } else { (u32::MAX, "") };
            Entry { number, key: (name.as_bytes(), b""), index }
        });
        let ordered: Vec<Slot> = sorted(entries).filter_map(|entry| keys.get(entry.index).copied()).collect();
        buffer.incomplete.truncate(from);
        buffer.incomplete.extend(ordered);
    }
}

fn set(buffer: &mut Buffer, index: usize, value: Slot) {
    if let Some(slot) = buffer.slots.get_mut(index) {
        *slot = value;
    }
}

/// Moves the items of a list that is complete into the document.
fn complete(from: usize, buffer: &mut Buffer) -> Slot {
    let first = buffer.slots.len();
    let Buffer { slots, incomplete, .. } = buffer;
    slots.extend_from_slice(incomplete.get(from..).unwrap_or_default());
    incomplete.truncate(from);
    slot::range(tag::ARRAY, first, slots.len() - first)
}

#[inline(never)]
fn index_of(name: &str, table: &Table) -> Option<usize> {
    table.fields.iter().position(|field| field.name == name)
}

/// A number of few digits and nothing else.
fn small(text: &str) -> Option<u32> {
    // Nine digits fit into 32 bits.
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
    Some(number)
}

/// Whether a key is an array index, as JavaScript writes one: below 2³² - 1, without leading zeros.
fn is_array_index(key: &str) -> bool {
    const END: &str = "4294967295";
    !key.is_empty()
        && key.bytes().all(|byte| byte.is_ascii_digit())
        && (key == "0" || !key.starts_with('0'))
        && (key.len() < END.len() || key.len() == END.len() && key < END)
}
