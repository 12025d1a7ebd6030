//! SDK-HMAC-SHA256, with the steps and names of the algorithm. The date and the keys are arguments.
//!
//! ```text
//! canonical_request = METHOD \n canonical_uri \n canonical_query_string \n canonical_headers \n signed_headers \n hex(sha256(body))
//! string_to_sign    = SDK-HMAC-SHA256 \n X-Sdk-Date \n hex(sha256(canonical_request))
//! signature         = hex(hmac_sha256(secret access key, string_to_sign))
//! authorization     = SDK-HMAC-SHA256 Access=<access key id>, SignedHeaders=<a;b;c>, Signature=<signature>
//! ```
//!
//! Where the vendor's signers differ, this one does what the Python one does: the path is decoded and
//! encoded once, header values are trimmed, every header but those with `_` in the name is signed. Unlike any of them, it
//! does not sign headers of one connection, such as `Connection`, unless they are named.

mod canonical;
mod credentials;
mod date;
mod digest;
mod verify;

use std::borrow::Cow;
use std::fmt;

pub use canonical::{
    canonical_headers, canonical_query_string, canonical_request, canonical_uri, percent_decode, percent_encode,
    query_pairs, signed_headers,
};
pub use credentials::{Credentials, CredentialsError};
pub use date::SdkDate;
pub use digest::{hash_hex, signature};
pub use verify::{Authorization, MAX_SKEW_SECONDS, Refusal, Verified, verify, verify_http};

/// The algorithm's name in the string to sign and in `Authorization`.
pub const ALGORITHM: &str = "SDK-HMAC-SHA256";
/// Where the signature goes.
pub const AUTHORIZATION_HEADER: &str = "authorization";
/// When the request was signed. This header is always signed.
pub const DATE_HEADER: &str = "x-sdk-date";
/// Replaces the hash of the body in the canonical request.
pub const CONTENT_HASH_HEADER: &str = "x-sdk-content-sha256";
/// The token of temporary keys. It is added before signing, and signed.
pub const SECURITY_TOKEN_HEADER: &str = "x-security-token";
/// The value of [`CONTENT_HASH_HEADER`] for a body that is not hashed.
pub const UNSIGNED_PAYLOAD: &str = "UNSIGNED-PAYLOAD";
/// `hex(sha256(""))`.
pub const EMPTY_HASH: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

/// A request to sign or to verify.
#[derive(Clone, Debug)]
pub struct Request<'a> {
    pub method: &'a str,
    /// The URL's authority, without the default port of the scheme.
    pub host: &'a str,
    /// As on the wire, without the query.
    pub path: &'a str,
    /// As on the wire, without `?`.
    pub query: &'a str,
    /// Names in any case, each once.
    pub headers: &'a [(&'a str, &'a str)],
    pub body: &'a [u8],
}

/// A signed request, with every stage of the algorithm.
#[derive(Clone, PartialEq, Eq)]
pub struct Signed<'a> {
    /// The headers to send with `Authorization`: those of the request and those that signing adds, with names in lower
    /// case and trimmed values. `host` only if the request has it, because HTTP libraries set their own.
    pub headers: Vec<(Cow<'a, str>, Cow<'a, str>)>,
    pub canonical_request: String,
    pub string_to_sign: String,
    pub signature: String,
    pub authorization: String,
}

// The headers may contain a security token.
impl fmt::Debug for Signed<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Signed { [redacted] }")
    }
}

/// Why a request cannot be signed. Never contains a secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignError {
    InvalidMethod,
    InvalidHost,
    InvalidHeaderName(String),
    /// The name of the header; its value may be a secret.
    InvalidHeaderValue(String),
    /// The `X-Sdk-Date` of the request is not a date.
    InvalidDate,
    /// The request does not have a header that is to be signed.
    AbsentSignedHeader(String),
}

impl SignError {
    /// A stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            SignError::InvalidMethod => "invalid_method",
            SignError::InvalidHost => "invalid_host",
            SignError::InvalidHeaderName(_) => "invalid_header_name",
            SignError::InvalidHeaderValue(_) => "invalid_header_value",
            SignError::InvalidDate => "invalid_date",
            SignError::AbsentSignedHeader(_) => "absent_signed_header",
        }
    }
}

impl fmt::Display for SignError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SignError::InvalidMethod => f.write_str("the method is not an HTTP method name"),
            SignError::InvalidHost => f.write_str("the host is empty or has a character that no host has"),
            SignError::InvalidHeaderName(name) => write!(f, "{name:?} is not a header name"),
            SignError::InvalidHeaderValue(name) => {
                write!(f, "the value of the header {name} has a control character")
            }
            SignError::InvalidDate => f.write_str("X-Sdk-Date is not a time in UTC like 20240619T080910Z"),
            SignError::AbsentSignedHeader(name) => {
                write!(f, "the header {name} is to be signed, but the request does not have it")
            }
        }
    }
}

impl std::error::Error for SignError {}

/// Signs a request.
///
/// `date` replaces an `X-Sdk-Date` header; without both, the error is [`SignError::InvalidDate`].
/// `only` names the headers to sign, in any case and order; `X-Sdk-Date` and `X-Security-Token` are always signed.
/// Without it, all headers are signed except those with `_` in the name, which gateways drop, and those of one connection,
/// which proxies drop, such as `Connection`.
pub fn sign<'a>(
    request: &Request<'a>,
    credentials: &Credentials,
    date: Option<SdkDate>,
    only: Option<&[&str]>,
) -> Result<Signed<'a>, SignError> {
    let method = method_name(request.method)?;
    if request.host.is_empty() || !request.host.bytes().all(|b| b.is_ascii_graphic()) {
        return Err(SignError::InvalidHost);
    }

    let mut headers = Headers(Vec::with_capacity(request.headers.len() + 4));
    for (name, value) in request.headers {
        let name = header_name(name)?;
        let value = header_value(&name, value)?;
        // A second signature replaces the first.
        if name != AUTHORIZATION_HEADER {
            headers.join(name, value);
        }
    }
    let date = match (date, headers.get(DATE_HEADER)) {
        (Some(date), _) => date,
        (None, Some(text)) => SdkDate::parse(text).ok_or(SignError::InvalidDate)?,
        (None, None) => return Err(SignError::InvalidDate),
    };
    headers.set(DATE_HEADER, Cow::Owned(date.as_str().to_owned()));
    if let Some(token) = credentials.security_token() {
        headers.set(SECURITY_TOKEN_HEADER, Cow::Owned(token.to_owned()));
    }
    // The vendor's SDKs hash JSON and BSON bodies only.
    let hashed = headers.get("content-type").is_none_or(|value| value.is_empty() || is_hashed_type(value));
    if !hashed && headers.get(CONTENT_HASH_HEADER).is_none() {
        headers.set(CONTENT_HASH_HEADER, Cow::Borrowed(UNSIGNED_PAYLOAD));
    }

    // `host` is always signed. The HTTP library sends it unless the request names it.
    let own_host = headers.get("host").is_some();
    if !own_host {
        headers.set("host", Cow::Borrowed(request.host));
    }

    let lines = headers.to_sign(only)?;
    let signed_headers = signed_headers(&lines);
    let canonical_request = canonical_request(
        &method,
        &canonical_uri(request.path),
        &canonical_query_string(&query_pairs(request.query)),
        &canonical_headers(&lines),
        &signed_headers,
        &payload_hash(request.body, headers.get(CONTENT_HASH_HEADER)),
    );
    let string_to_sign = string_to_sign(date, &canonical_request);
    let signature = signature(credentials, &string_to_sign);
    let authorization = authorization(credentials.access_key_id(), &signed_headers, &signature);

    if !own_host {
        headers.0.retain(|(name, _)| name != "host");
    }
    Ok(Signed { headers: headers.0, canonical_request, string_to_sign, signature, authorization })
}

/// The text that is signed.
pub fn string_to_sign(date: SdkDate, canonical_request: &str) -> String {
    let hash = hash_hex(canonical_request.as_bytes());
    [ALGORITHM, "\n", date.as_str(), "\n", &hash].concat()
}

/// The value of the `Authorization` header.
pub fn authorization(access_key_id: &str, signed_headers: &str, signature: &str) -> String {
    [ALGORITHM, " Access=", access_key_id, ", SignedHeaders=", signed_headers, ", Signature=", signature].concat()
}

/// The last line of the canonical request: the hash of the body, or the value of `X-Sdk-Content-Sha256`.
pub fn payload_hash(body: &[u8], content_hash_header: Option<&str>) -> String {
    match content_hash_header {
        _ if body.is_empty() => EMPTY_HASH.to_owned(),
        Some(value) if !value.is_empty() => value.to_owned(),
        _ => hash_hex(body),
    }
}

/// Headers by their names in lower case, each once.
struct Headers<'a>(Vec<(Cow<'a, str>, Cow<'a, str>)>);

impl<'a> Headers<'a> {
    fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(n, _)| n == name).map(|(_, value)| &**value)
    }

    fn set(&mut self, name: &'static str, value: Cow<'a, str>) {
        match self.0.iter_mut().find(|(n, _)| n == name) {
            Some((_, old)) => *old = value,
            None => self.0.push((Cow::Borrowed(name), value)),
        }
    }

    /// Appends the value of a repeated header.
    fn join(&mut self, name: Cow<'a, str>, value: &'a str) {
        match self.0.iter_mut().find(|(n, _)| *n == name) {
            Some((_, first)) => {
                let first = first.to_mut();
                first.push_str(", ");
                first.push_str(value);
            }
            None => self.0.push((name, Cow::Borrowed(value))),
        }
    }

    /// The headers to sign, sorted by name.
    fn to_sign(&self, only: Option<&[&str]>) -> Result<Vec<(&str, &str)>, SignError> {
        let all = || self.0.iter().map(|(name, value)| (&**name, &**value));
        let mut lines: Vec<(&str, &str)> = Vec::with_capacity(self.0.len());
        match only {
            None => {
                let connection = self.get("connection");
                let is_end_to_end = |name: &str| !name.contains('_') && !is_hop_by_hop(name, connection);
                lines.extend(all().filter(|(name, _)| is_end_to_end(name)));
            }
            Some(only) => {
                for wanted in only {
                    match all().find(|(name, _)| name.eq_ignore_ascii_case(wanted)) {
                        Some(line) => lines.push(line),
                        None => return Err(SignError::AbsentSignedHeader((*wanted).to_owned())),
                    }
                }
                lines.extend(all().filter(|(name, _)| [DATE_HEADER, SECURITY_TOKEN_HEADER].contains(name)));
            }
        }
        lines.sort_unstable();
        lines.dedup();
        Ok(lines)
    }
}

/// Whether proxies on the way may remove or replace a header (RFC 9110, 7.6.1), so that its signature would be wrong:
/// these, and those that the header `connection` names.
fn is_hop_by_hop(name: &str, connection: Option<&str>) -> bool {
    match name {
        "connection"
        | "keep-alive"
        | "proxy-authenticate"
        | "proxy-authorization"
        | "proxy-connection"
        | "te"
        | "trailer"
        | "transfer-encoding"
        | "upgrade" => true,
        // Always signed.
        "host" | DATE_HEADER | SECURITY_TOKEN_HEADER | CONTENT_HASH_HEADER => false,
        _ => connection.is_some_and(|names| names.split(',').any(|option| option.trim().eq_ignore_ascii_case(name))),
    }
}

/// A token of RFC 9110.
fn is_token(text: &str) -> bool {
    let is_char = |b: u8| {
        b.is_ascii_alphanumeric()
            || matches!(b, b'!' | b'#'..=b'\'' | b'*' | b'+' | b'-' | b'.' | b'^' | b'_' | b'`' | b'|' | b'~')
    };
    !text.is_empty() && text.bytes().all(is_char)
}

fn method_name(method: &str) -> Result<Cow<'_, str>, SignError> {
    match is_token(method) {
        true if method.bytes().all(|b| !b.is_ascii_lowercase()) => Ok(Cow::Borrowed(method)),
        true => Ok(Cow::Owned(method.to_ascii_uppercase())),
        false => Err(SignError::InvalidMethod),
    }
}

fn header_name(name: &str) -> Result<Cow<'_, str>, SignError> {
    match is_token(name) {
        true if name.bytes().all(|b| !b.is_ascii_uppercase()) => Ok(Cow::Borrowed(name)),
        true => Ok(Cow::Owned(name.to_ascii_lowercase())),
        false => Err(SignError::InvalidHeaderName(name.to_owned())),
    }
}

fn header_value<'a>(name: &str, value: &'a str) -> Result<&'a str, SignError> {
    let value = value.trim();
    if value.bytes().any(|b| (b < 0x20 && b != b'\t') || b == 0x7f) {
        return Err(SignError::InvalidHeaderValue(name.to_owned()));
    }
    Ok(value)
}

fn is_hashed_type(content_type: &str) -> bool {
    ["application/json", "application/bson"].iter().any(|prefix| {
        content_type.as_bytes().get(..prefix.len()).is_some_and(|head| head.eq_ignore_ascii_case(prefix.as_bytes()))
    })
}
