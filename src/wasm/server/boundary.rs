//! How typed structs cross: one serializer for all of them, the failure that a call may throw, and HTTP heads.

use http::{HeaderMap, Request, Uri};
use serde::de::DeserializeOwned;
use serde::{Serialize, Serializer};
use tsify::Tsify;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

/// `None` is `null`, a map is an object, bytes are a `Uint8Array`: as JSON has it, except for the bytes.
const SERIALIZER: serde_wasm_bindgen::Serializer =
    serde_wasm_bindgen::Serializer::new().serialize_missing_as_null(true).serialize_maps_as_objects(true);

/// A struct as a plain object. The structs of this crate have nothing that cannot be serialized.
pub(super) fn to_js(value: &impl Serialize) -> JsValue {
    value.serialize(&SERIALIZER).unwrap_or(JsValue::UNDEFINED)
}

/// For messages of our own TypeScript only: unknown fields are ignored, and a value of a wrong type is not named. The
/// error of serde is dropped because it may quote a secret.
pub(super) fn from_js<T: DeserializeOwned>(value: JsValue) -> Result<T, JsValue> {
    serde_wasm_bindgen::from_value(value).map_err(|_| throw("invalid_argument", &"an argument has a wrong type"))
}

/// What an export throws when it refuses its arguments. Anything else that is thrown is a trap.
#[derive(Debug, Serialize, Tsify)]
pub struct Failure<'a> {
    code: &'a str,
    message: String,
}

pub(super) fn throw(code: &str, message: &impl ToString) -> JsValue {
    to_js(&Failure { code, message: message.to_string() })
}

/// For `#[serde(serialize_with)]`: serde serializes a `Vec<u8>` as a list of numbers.
pub(super) fn bytes<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_bytes(bytes)
}

/// An HTTP request from its parts. `headers` is a header section, see [`header_lines`].
pub(super) fn request<B, U: TryInto<Uri, Error: Into<http::Error>>>(
    method: &str,
    url: U,
    headers: &str,
    body: B,
) -> Result<Request<B>, http::Error> {
    let mut builder = Request::builder().method(method).uri(url);
    for (name, value) in header_lines(headers) {
        builder = builder.header(name, latin1(value));
    }
    builder.body(body)
}

/// Names and values of a header section: `name:value` and a line feed for each header. The caller has checked that every
/// line is one. Headers cross as one string, because a list of pairs costs 1 µs a header.
pub(super) fn header_lines(section: &str) -> impl Iterator<Item = (&str, &str)> {
    section.split_terminator('\n').filter_map(|line| line.split_once(':'))
}

#[wasm_bindgen]
extern "C" {
    /// A number of JSON. Rust's own parser has tables of 10 kB, which do not compress.
    #[wasm_bindgen(js_name = Number)]
    pub(super) fn parse_number(text: &str) -> f64;
}

/// Header values have one character per byte, as in a `Headers` object.
pub(super) fn latin1(value: &str) -> Vec<u8> {
    value.chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?')).collect()
}

/// A header section, in which values have one character per byte.
pub(super) fn header_section(headers: &HeaderMap) -> String {
    let mut section = String::with_capacity(512);
    for (name, value) in headers {
        section.extend([name.as_str(), ":"]);
        section.extend(value.as_bytes().iter().map(|byte| char::from(*byte)));
        section.push('\n');
    }
    section
}
