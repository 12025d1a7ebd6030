//! Checks the body of a success leniently: it must be an object with documented fields of the documented types.

use crate::decode::JsonReader;
use crate::schema::{FieldType, Table};
use crate::service::Operation;

/// The maximum length of a body in bytes. The rest is not read.
pub const MAX_BODY: usize = 1 << 20;

/// Why a body is invalid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShapeError {
    /// Empty, not JSON, or JSON that is cut short.
    NotJson,
    /// Not an object, or an object without a documented field.
    Unrelated,
    /// A documented field has a value of another type.
    WrongType,
}

/// Validates the body of a success.
pub fn validate(operation: Operation, body: &str) -> Result<(), ShapeError> {
    let mut json = JsonReader::new(body);
    let mut walk = Walk { known: 0, wrong: false };
    let object = json.space() == Some(b'{');
    walk.value(&FieldType::Object(operation.response()), &mut json);
    match json.end() {
        Err(_) => Err(ShapeError::NotJson),
        Ok(()) if !object || walk.known == 0 => Err(ShapeError::Unrelated),
        Ok(()) if walk.wrong => Err(ShapeError::WrongType),
        Ok(()) => Ok(()),
    }
}

struct Walk {
    /// The number of documented fields, at any depth.
    known: u32,
    wrong: bool,
}

impl Walk {
    /// Null counts as absent.
    fn value(&mut self, kind: &FieldType, json: &mut JsonReader<'_>) {
        let null = json.space() == Some(b'n');
        let fits = match kind {
            FieldType::Object(table) => json.entries(&mut |key, json| self.field(table, key, json)),
            FieldType::Array(item) => json.items(&mut |json| self.value(item, json)),
            // JSON does not distinguish integers.
            FieldType::Integer => json.skip() == "number",
            _ => json.skip() == kind.name(),
        };
        self.wrong |= !fits && !null;
    }

    fn field(&mut self, table: &Table, key: &str, json: &mut JsonReader<'_>) {
        let Some(field) = table.fields.iter().find(|field| field.name == key) else {
            json.skip();
            return;
        };
        self.known += 1;
        // Older versions of the service return a single event without a list.
        let bare = field.name == "data_event" && json.space() == Some(b'"');
        self.value(if bare { &FieldType::String } else { &field.field_type }, json);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Operation::{CheckObsBuckets, CreateTracker, ListTrackers};
    use ShapeError::{NotJson, Unrelated, WrongType};

    #[test]
    fn bodies_of_a_success() {
        let cases: &[(Operation, &str, Result<(), ShapeError>)] = &[
            (CreateTracker, r#"{"id":"a"}"#, Ok(())),
            (CreateTracker, " {\"id\" : null }\n", Ok(())),
            (CreateTracker, r#"{"status":"paused","new_field":{"a":[1,{}]},"lts":{"x":1}}"#, Ok(())),
            (
                CreateTracker,
                r#"{"create_time":1587958482923,"obs_info":{"bucket_lifecycle":0,"bucket_name":""}}"#,
                Ok(()),
            ),
            (CreateTracker, r#"{"data_bucket":{"data_event":"READ"}}"#, Ok(())),
            (CreateTracker, r#"{"data_bucket":{"data_event":["READ","OTHER"]}}"#, Ok(())),
            (
                CreateTracker,
                r#"{"data_bucket":null,"lts":null,"management_event_selector":{"exclude_service":null}}"#,
                Ok(()),
            ),
            (CreateTracker, "", Err(NotJson)),
            (CreateTracker, "  ", Err(NotJson)),
            (CreateTracker, r#"{"id":"a""#, Err(NotJson)),
            (CreateTracker, r#"{"id":"a"} x"#, Err(NotJson)),
            (CreateTracker, "<html></html>", Err(NotJson)),
            (CreateTracker, "Created", Err(NotJson)),
            (CreateTracker, "{}", Err(Unrelated)),
            (CreateTracker, "[]", Err(Unrelated)),
            (CreateTracker, r#"[{"id":"a"}]"#, Err(Unrelated)),
            (CreateTracker, "null", Err(Unrelated)),
            (CreateTracker, "true", Err(Unrelated)),
            (CreateTracker, r#""id""#, Err(Unrelated)),
            (CreateTracker, r#"{"buckets":[]}"#, Err(Unrelated)),
            (CreateTracker, r#"{"id":1}"#, Err(WrongType)),
            (CreateTracker, r#"{"id":["a"]}"#, Err(WrongType)),
            (CreateTracker, r#"{"create_time":"2020"}"#, Err(WrongType)),
            (CreateTracker, r#"{"is_support_validate":"true"}"#, Err(WrongType)),
            (CreateTracker, r#"{"obs_info":"none"}"#, Err(WrongType)),
            (CreateTracker, r#"{"obs_info":[]}"#, Err(WrongType)),
            (CreateTracker, r#"{"obs_info":{"bucket_name":7}}"#, Err(WrongType)),
            (CreateTracker, r#"{"data_bucket":{"data_event":[1]}}"#, Err(WrongType)),
            (CreateTracker, r#"{"data_bucket":{"data_event":{}}}"#, Err(WrongType)),
            (CheckObsBuckets, r#"{"buckets":[]}"#, Ok(())),
            (
                CheckObsBuckets,
                r#"{"buckets":[{"check_bucket_response":{"success":false,"response_code":404}}]}"#,
                Ok(()),
            ),
            (CheckObsBuckets, r#"{"buckets":[{},null],"more":1}"#, Ok(())),
            (CheckObsBuckets, "{}", Err(Unrelated)),
            (CheckObsBuckets, r#"{"id":"a"}"#, Err(Unrelated)),
            (CheckObsBuckets, r#"{"buckets":{}}"#, Err(WrongType)),
            (CheckObsBuckets, r#"{"buckets":["a"]}"#, Err(WrongType)),
            (CheckObsBuckets, r#"{"buckets":[{"check_bucket_response":{"success":"no"}}]}"#, Err(WrongType)),
            (CheckObsBuckets, r#"{"buckets":[{"check_bucket_response":[]}]}"#, Err(WrongType)),
            (ListTrackers, r#"{"trackers":[]}"#, Ok(())),
            (ListTrackers, r#"{"trackers":null}"#, Ok(())),
            (
                ListTrackers,
                r#"{"trackers":[{"id":"a","group_id":"g","groupId":"h","data_bucket":{"data_event":"READ"}},{}]}"#,
                Ok(()),
            ),
            (ListTrackers, "{}", Err(Unrelated)),
            (ListTrackers, "[]", Err(Unrelated)),
            (ListTrackers, r#"{"trackers":{}}"#, Err(WrongType)),
            (ListTrackers, r#"{"trackers":[{"create_time":"2020"}]}"#, Err(WrongType)),
        ];
        for (operation, body, expected) in cases {
            assert_eq!(validate(*operation, body), *expected, "{body}");
        }
    }
}
