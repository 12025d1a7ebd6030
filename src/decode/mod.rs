//! Reads a request into a [`Document`], in which every field may be absent or of the wrong type.
//!
//! A strict decoder stops at the first wrong value. A document keeps the type of a wrong value and the unknown keys, so
//! that all issues can be reported at once. It is an array of fixed-size slots, which is read in place. Two writers fill
//! it: [`JsonDecoder`] from JSON text, and the generated `encode.ts` from JavaScript values.

mod document;
mod escapes;
mod json;
mod json_document;
mod scan;
mod slot;

pub use document::{Actual, Buffer, Document, Items, Object, Value};
pub use json::{JsonReader, Syntax};
pub use json_document::{JsonDecoder, ParseNumber, exact};
pub use scan::until;
pub use slot::{Slot, TYPE_NAMES, tag};
