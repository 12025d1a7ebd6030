//! Writes a JSON value as the JavaScript writer does: marks, and apart from them the texts.

use std::collections::HashMap;

use cts_tracker::decode::flat_tags as tag;
use cts_tracker::schema::FieldType;
use serde_json::Value;

/// In the place of a count: the text is there already; the count is a word.
const AGAIN: u8 = 254;
const WORD: u8 = 255;

#[derive(Default)]
pub struct Writer {
    pub marks: Vec<u8>,
    pub texts: String,
    known: HashMap<String, usize>,
}

impl Writer {
    /// Writes what a reader of this kind keeps of a value.
    pub fn write(&mut self, value: Option<&Value>, kind: &FieldType) {
        match (value.unwrap_or(&Value::Null), kind) {
            (Value::Null, _) => self.marks.push(tag::ABSENT),
            (Value::String(text), FieldType::String) => {
                self.marks.push(tag::STRING);
                self.text(text);
            }
            (Value::Bool(flag), FieldType::Boolean) => self.marks.push(if *flag { tag::TRUE } else { tag::FALSE }),
            (Value::Number(number), FieldType::Integer) => self.number(number.as_f64().unwrap()),
            (Value::Object(object), FieldType::Object(table)) => {
                self.marks.push(tag::OBJECT);
                for field in table.fields {
                    self.write(object.get(field.name), &field.field_type);
                }
                let known = |key: &String| table.fields.iter().any(|field| field.name == key);
                let unknown: Vec<_> = object.keys().filter(|key| !known(key)).collect();
                self.count(unknown.len());
                unknown.into_iter().for_each(|key| self.text(key));
            }
            (Value::Array(items), FieldType::Array(kind)) => {
                self.marks.push(tag::ARRAY);
                self.count(items.len());
                items.iter().for_each(|item| self.write(Some(item), kind));
            }
            (other, _) => {
                let name = match other {
                    Value::String(_) => "string",
                    Value::Bool(_) => "boolean",
                    Value::Array(_) => "array",
                    Value::Object(_) => "object",
                    _ => "number",
                };
                let kind = tag::KINDS.iter().position(|kind| *kind == name).unwrap();
                self.marks.extend([tag::WRONG, u8::try_from(kind).unwrap()]);
            }
        }
    }

    fn number(&mut self, number: f64) {
        if (0.0..f64::from(AGAIN)).contains(&number) && number.fract() == 0.0 && number.is_sign_positive() {
            self.marks.extend([tag::COUNT, number as u8]);
        } else {
            self.marks.push(tag::NUMBER);
            self.marks.extend(number.to_bits().to_le_bytes());
        }
    }

    fn count(&mut self, count: usize) {
        match u8::try_from(count) {
            Ok(short @ ..AGAIN) => self.marks.push(short),
            _ => {
                self.marks.push(WORD);
                self.word(count);
            }
        }
    }

    fn word(&mut self, word: usize) {
        self.marks.extend(u32::try_from(word).unwrap().to_le_bytes());
    }

    fn text(&mut self, text: &str) {
        if let Some(place) = self.known.get(text).copied() {
            self.marks.push(AGAIN);
            self.word(place);
            return self.word(text.len());
        }
        self.known.insert(text.to_owned(), self.texts.len());
        self.count(text.len());
        self.texts.push_str(text);
    }
}
