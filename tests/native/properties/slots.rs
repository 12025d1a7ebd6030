//! Encodes a JSON value like the generated `encode.ts`: slots and the text that they refer to.

use cts_tracker::decode::{Slot, TYPE_NAMES, tag};
use cts_tracker::issue::WORDS;
use cts_tracker::rules::words;
use cts_tracker::schema::FieldType;
use serde_json::Value;

#[derive(Default)]
pub struct Encoder {
    pub slots: Vec<Slot>,
    pub text: String,
}

impl Encoder {
    pub fn new(value: &Value, field_type: &FieldType) -> Self {
        let mut encoder = Encoder { slots: vec![[tag::ABSENT, 0, 0]], text: String::new() };
        encoder.slots[0] = encoder.value(Some(value), field_type, &[]);
        encoder
    }

    fn value(&mut self, value: Option<&Value>, field_type: &FieldType, words: &[&str]) -> Slot {
        match (value.unwrap_or(&Value::Null), field_type) {
            (Value::Null, _) => [tag::ABSENT, 0, 0],
            (Value::String(text), FieldType::String) if words.contains(&text.as_str()) => {
                [tag::WORD, index(WORDS.iter().position(|word| word == text).unwrap()), 0]
            }
            (Value::String(text), FieldType::String) => self.string(text),
            (Value::Bool(true), FieldType::Boolean) => [tag::TRUE, 0, 0],
            (Value::Bool(false), FieldType::Boolean) => [tag::FALSE, 0, 0],
            (Value::Number(number), FieldType::Integer) => {
                let number = number.as_f64().unwrap();
                let count = number as u32;
                if f64::from(count) == number && number.is_sign_positive() {
                    return [tag::COUNT, count, 0];
                }
                [tag::NUMBER, number.to_bits() as u32, (number.to_bits() >> 32) as u32]
            }
            (Value::Object(object), FieldType::Object(table)) => {
                let first = self.slots.len();
                let fields = table.fields.len();
                self.slots.resize(first + fields + 1, [tag::ABSENT, 0, 0]);
                for (index, field) in table.fields.iter().enumerate() {
                    self.slots[first + index] =
                        self.value(object.get(field.name), &field.field_type, words_of(field.name));
                }
                let known = |key: &String| table.fields.iter().any(|field| field.name == key);
                let unknown: Vec<Slot> = object.keys().filter(|key| !known(key)).map(|key| self.string(key)).collect();
                if !unknown.is_empty() {
                    self.slots[first + fields] = self.list(unknown);
                }
                [tag::OBJECT, index(first), 0]
            }
            (Value::Array(items), FieldType::Array(item_type)) => {
                let items = items.iter().map(|item| self.value(Some(item), item_type, words)).collect();
                self.list(items)
            }
            (other, _) => {
                let name = match other {
                    Value::String(_) => "string",
                    Value::Bool(_) => "boolean",
                    Value::Array(_) => "array",
                    Value::Object(_) => "object",
                    _ => "number",
                };
                [tag::WRONG, index(TYPE_NAMES.iter().position(|known| *known == name).unwrap()), 0]
            }
        }
    }

    fn list(&mut self, items: Vec<Slot>) -> Slot {
        let list = [tag::ARRAY, index(self.slots.len()), index(items.len())];
        self.slots.extend(items);
        list
    }

    fn string(&mut self, text: &str) -> Slot {
        let from = self.text.len();
        self.text.push_str(text);
        [tag::STRING, index(from), index(text.len())]
    }
}

/// The documented words of a field.
fn words_of(field: &str) -> &'static [&'static str] {
    match field {
        "tracker_type" => words::TRACKER_TYPE,
        "compress_type" => words::COMPRESS_TYPE,
        "data_event" => words::DATA_EVENT,
        "exclude_service" => words::EXCLUDE_SERVICE,
        "agency_name" => words::AGENCY_NAME,
        _ => &[],
    }
}

fn index(index: usize) -> u32 {
    u32::try_from(index).unwrap()
}
