//! Builds a request from a document in which no error was found.

use crate::decode::{Document, Value};

/// Reads a value of this type; `None` if it is absent.
pub(crate) trait FromDocument: Sized {
    fn from_document(value: Value<'_, '_>, document: &Document<'_>) -> Option<Self>;
}

impl FromDocument for String {
    fn from_document(value: Value<'_, '_>, _: &Document<'_>) -> Option<Self> {
        value.text().map(str::to_owned)
    }
}

impl FromDocument for bool {
    fn from_document(value: Value<'_, '_>, _: &Document<'_>) -> Option<Self> {
        value.flag()
    }
}

impl FromDocument for i32 {
    /// A valid integer is one of the allowed values, so the cast is exact.
    fn from_document(value: Value<'_, '_>, _: &Document<'_>) -> Option<Self> {
        value.integer().map(|number| number as i32)
    }
}

impl<T: FromDocument> FromDocument for Vec<T> {
    fn from_document(value: Value<'_, '_>, document: &Document<'_>) -> Option<Self> {
        Some(document.items(value.items()?).filter_map(|item| T::from_document(item, document)).collect())
    }
}

impl<T: FromDocument> FromDocument for Option<T> {
    fn from_document(value: Value<'_, '_>, document: &Document<'_>) -> Option<Self> {
        Some(T::from_document(value, document))
    }
}
