//! The shape of requests and responses: the fields of each object, their order and their types.
//!
//! `wire_object!` declares each object once, in [`crate::model`]. Everything else reads its [`Table`]: the
//! decoders, the check of a response, and `codegen`, which writes TypeScript, JSON Schema and OpenAPI.

mod object;

pub(crate) use object::wire_object;

use crate::model::{
    CheckBucketRequest, CheckObsBucketsRequestBody, CreateTrackerRequestBody, DataBucket, ManagementEventSelector,
    TrackerObsInfo,
};
use crate::rules::description::Description;

/// The type of a field.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum FieldType {
    String,
    Boolean,
    Integer,
    Object(&'static Table),
    Array(&'static FieldType),
}

impl FieldType {
    /// The value of `params.expected` in an `invalid_type` issue.
    pub const fn name(self) -> &'static str {
        match self {
            FieldType::String => "string",
            FieldType::Boolean => "boolean",
            FieldType::Integer => "integer",
            FieldType::Object(_) => "object",
            FieldType::Array(_) => "array",
        }
    }
}

/// The fields of an object, in the order of the API reference. The order of issues follows it.
#[derive(Debug, PartialEq)]
pub struct Table {
    #[cfg(feature = "codegen")]
    pub name: &'static str,
    pub fields: &'static [Field],
    /// Markdown.
    #[cfg(feature = "codegen")]
    pub doc: &'static str,
}

/// One field of an object.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Field {
    pub name: &'static str,
    pub field_type: FieldType,
    #[cfg(feature = "codegen")]
    pub about: About,
}

#[cfg(feature = "codegen")]
impl Field {
    /// The documentation of the field: its own, then that of its rules.
    pub fn doc(&self) -> String {
        let About { doc, values, .. } = self.about;
        match values {
            Values::Text(rules) => [doc, rules.doc].join(" "),
            _ => doc.to_owned(),
        }
    }
}

/// Facts about a field that only generated code needs. They would make the wasm larger.
#[cfg(feature = "codegen")]
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct About {
    /// Markdown, without the rules of a text.
    pub doc: &'static str,
    pub required: bool,
    pub values: Values,
}

/// The values of a field, or of the items of a list. A request must use one of them; a response may have others.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Values {
    Any,
    Words(&'static [&'static str]),
    Numbers(&'static [i32]),
    Text(&'static Description),
}

/// A Rust type that a field can have.
pub(crate) trait WireType {
    const TYPE: FieldType;
    /// Whether the field is always present.
    #[cfg(feature = "codegen")]
    const REQUIRED: bool = true;

    /// An absent field is not serialized.
    fn is_absent(&self) -> bool {
        false
    }
}

impl WireType for String {
    const TYPE: FieldType = FieldType::String;
}

impl WireType for bool {
    const TYPE: FieldType = FieldType::Boolean;
}

impl WireType for i32 {
    const TYPE: FieldType = FieldType::Integer;
}

impl WireType for i64 {
    const TYPE: FieldType = FieldType::Integer;
}

impl<T: WireType> WireType for Vec<T> {
    const TYPE: FieldType = FieldType::Array(&T::TYPE);
}

impl<T: WireType> WireType for Option<T> {
    const TYPE: FieldType = T::TYPE;
    #[cfg(feature = "codegen")]
    const REQUIRED: bool = false;

    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

pub const CREATE_TRACKER: Table = CreateTrackerRequestBody::TABLE;
pub const MANAGEMENT_EVENT_SELECTOR: Table = ManagementEventSelector::TABLE;
pub const TRACKER_OBS_INFO: Table = TrackerObsInfo::TABLE;
pub const DATA_BUCKET: Table = DataBucket::TABLE;
pub const CHECK_OBS_BUCKETS: Table = CheckObsBucketsRequestBody::TABLE;
pub const CHECK_BUCKET: Table = CheckBucketRequest::TABLE;
