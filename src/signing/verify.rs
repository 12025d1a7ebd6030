//! Verification: whether a request was signed by the holder of its access key, and recently.

use std::fmt;

use super::{
    ALGORITHM, AUTHORIZATION_HEADER, CONTENT_HASH_HEADER, Credentials, DATE_HEADER, Request, SECURITY_TOKEN_HEADER,
    SdkDate, UNSIGNED_PAYLOAD, canonical_headers, canonical_query_string, canonical_request, canonical_uri, digest,
    hash_hex, payload_hash, query_pairs, string_to_sign,
};

/// How far `X-Sdk-Date` may be from the gateway's clock.
pub const MAX_SKEW_SECONDS: i64 = 15 * 60;

/// The fields of an `Authorization` header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Authorization<'a> {
    pub access_key_id: &'a str,
    /// As written: `a;b;c`.
    pub signed_headers: &'a str,
    pub signature: &'a str,
}

impl<'a> Authorization<'a> {
    /// `SDK-HMAC-SHA256 Access=<id>, SignedHeaders=<a;b;c>, Signature=<hex>`; the spaces after the commas are optional.
    pub fn parse(header: &'a str) -> Option<Self> {
        let fields = header.strip_prefix(ALGORITHM)?.strip_prefix(' ')?;
        let mut fields = fields.split(',').map(|field| field.trim_start_matches(' '));
        let parsed = Authorization {
            access_key_id: fields.next()?.strip_prefix("Access=")?,
            signed_headers: fields.next()?.strip_prefix("SignedHeaders=")?,
            signature: fields.next()?.strip_prefix("Signature=")?,
        };
        let complete = fields.next().is_none()
            && !parsed.access_key_id.is_empty()
            && !parsed.signed_headers.is_empty()
            && !parsed.signature.is_empty();
        complete.then_some(parsed)
    }
}

/// A request that was signed by the holder of the key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    pub access_key_id: String,
    pub signed_headers: Vec<String>,
    pub canonical_request: String,
}

/// Why a request is refused. The gateway answers all of these with 401.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// There is no `Authorization` header.
    Unsigned,
    /// `Authorization` is not of this algorithm or not well formed.
    MalformedAuthorization,
    /// `X-Sdk-Date` is absent, is not a date, or is not signed.
    InvalidDate,
    /// A header named in SignedHeaders is not in the request.
    AbsentSignedHeader(String),
    /// The access key ID is unknown.
    UnknownAccessKey(String),
    /// `X-Sdk-Date` is further than [`MAX_SKEW_SECONDS`] from now. Positive: the request's clock is ahead.
    Expired { skew_seconds: i64 },
    /// The security token is absent, is not signed, belongs to another key, or the key is permanent.
    WrongSecurityToken,
    /// The hash of the body is not `X-Sdk-Content-Sha256`.
    WrongContentHash,
    /// The signature is not that of this canonical request.
    WrongSignature { canonical_request: String },
}

impl Refusal {
    /// A stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Refusal::Unsigned => "unsigned",
            Refusal::MalformedAuthorization => "malformed_authorization",
            Refusal::InvalidDate => "invalid_date",
            Refusal::AbsentSignedHeader(_) => "absent_signed_header",
            Refusal::UnknownAccessKey(_) => "unknown_access_key",
            Refusal::Expired { .. } => "expired",
            Refusal::WrongSecurityToken => "wrong_security_token",
            Refusal::WrongContentHash => "wrong_content_hash",
            Refusal::WrongSignature { .. } => "wrong_signature",
        }
    }
}

/// The gateway's own wording where it is known: the canonical request on one line, `|` for a line feed.
impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refusal::Unsigned => f.write_str("the request has no Authorization header"),
            Refusal::MalformedAuthorization => {
                write!(f, "the Authorization header is not \"{ALGORITHM} Access=…, SignedHeaders=…, Signature=…\"")
            }
            Refusal::InvalidDate => {
                f.write_str("X-Sdk-Date lacks, is not signed, or is not a time in UTC like 20240619T080910Z")
            }
            Refusal::AbsentSignedHeader(name) => {
                write!(f, "the signed header {name} is not in the request")
            }
            Refusal::UnknownAccessKey(id) => write!(f, "ak {id} not exist"),
            Refusal::Expired { .. } => f.write_str("signature expired"),
            Refusal::WrongSecurityToken => f.write_str("decrypt token fail"),
            Refusal::WrongContentHash => {
                f.write_str("verify aksk signature fail, the body does not match X-Sdk-Content-Sha256")
            }
            Refusal::WrongSignature { canonical_request } => {
                f.write_str("verify aksk signature fail, canonicalRequest:")?;
                f.write_str(&canonical_request.replace('\n', "|"))
            }
        }
    }
}

impl std::error::Error for Refusal {}

/// Checks the signature of a received request, with its headers as on the wire, with or without `host`.
/// `now` is in seconds since 1970. `lookup` returns the keys for an access key id.
///
/// The checks, in order: the header's form, the date's form, the key, the clock, the token, the body, the signature.
pub fn verify(
    request: &Request<'_>,
    now: i64,
    lookup: impl FnOnce(&str) -> Option<Credentials>,
) -> Result<Verified, Refusal> {
    let header = |name: &str| header_of(request, name);
    let authorization = header(AUTHORIZATION_HEADER).ok_or(Refusal::Unsigned)?;
    let authorization = Authorization::parse(authorization.trim()).ok_or(Refusal::MalformedAuthorization)?;
    let names: Vec<String> = authorization.signed_headers.split(';').map(str::to_ascii_lowercase).collect();
    let is_signed = |name: &str| names.iter().any(|n| n == name);

    let date = header(DATE_HEADER).and_then(|text| SdkDate::parse(text.trim()));
    let date = date.filter(|_| is_signed(DATE_HEADER)).ok_or(Refusal::InvalidDate)?;
    let credentials = lookup(authorization.access_key_id)
        .ok_or_else(|| Refusal::UnknownAccessKey(authorization.access_key_id.to_owned()))?;
    let skew_seconds = date.unix_seconds().saturating_sub(now);
    if skew_seconds.saturating_abs() > MAX_SKEW_SECONDS {
        return Err(Refusal::Expired { skew_seconds });
    }
    let token = header(SECURITY_TOKEN_HEADER).map(str::trim).filter(|token| !token.is_empty());
    if token != credentials.security_token() || (token.is_some() && !is_signed(SECURITY_TOKEN_HEADER)) {
        return Err(Refusal::WrongSecurityToken);
    }
    let content_hash = header(CONTENT_HASH_HEADER).map(str::trim).filter(|hash| !hash.is_empty());
    match content_hash {
        Some(hash) if hash != UNSIGNED_PAYLOAD && !hash.eq_ignore_ascii_case(&hash_hex(request.body)) => {
            return Err(Refusal::WrongContentHash);
        }
        _ => {}
    }

    let mut lines: Vec<(&str, &str)> = Vec::with_capacity(names.len());
    for name in &names {
        match header(name).or((name == "host").then_some(request.host)) {
            Some(value) => lines.push((name, value.trim())),
            None => return Err(Refusal::AbsentSignedHeader(name.clone())),
        }
    }
    let canonical_request = canonical_request(
        &request.method.to_ascii_uppercase(),
        &canonical_uri(request.path),
        &canonical_query_string(&query_pairs(request.query)),
        &canonical_headers(&lines),
        authorization.signed_headers,
        &payload_hash(request.body, content_hash),
    );
    let string_to_sign = string_to_sign(date, &canonical_request);
    if !digest::signature_is_right(&credentials, &string_to_sign, authorization.signature) {
        return Err(Refusal::WrongSignature { canonical_request });
    }
    Ok(Verified { access_key_id: authorization.access_key_id.to_owned(), signed_headers: names, canonical_request })
}

fn header_of<'a>(request: &Request<'a>, name: &str) -> Option<&'a str> {
    request.headers.iter().find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, value)| *value)
}

/// [`verify`] for a request of the `http` crate. Header values that are not UTF-8 are read with U+FFFD; the values of a
/// repeated header are joined by `, `.
pub fn verify_http<B: AsRef<[u8]>>(
    request: &http::Request<B>,
    now: i64,
    lookup: impl FnOnce(&str) -> Option<Credentials>,
) -> Result<Verified, Refusal> {
    let joined: Vec<(&str, String)> = request
        .headers()
        .keys()
        .map(|name| {
            let values: Vec<_> =
                request.headers().get_all(name).iter().map(|value| String::from_utf8_lossy(value.as_bytes())).collect();
            (name.as_str(), values.join(", "))
        })
        .collect();
    let headers: Vec<(&str, &str)> = joined.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let uri = request.uri();
    verify(
        &Request {
            method: request.method().as_str(),
            host: uri.authority().map(http::uri::Authority::as_str).unwrap_or_default(),
            path: uri.path(),
            query: uri.query().unwrap_or_default(),
            headers: &headers,
            body: request.body().as_ref(),
        },
        now,
        lookup,
    )
}
