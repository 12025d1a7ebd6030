//! The proxy's own answers: problem details (RFC 9457) with a stable `code` and whether anything was sent.

use std::io;

use http::header::{ALLOW, CACHE_CONTROL, CONTENT_TYPE, RETRY_AFTER, VARY, WWW_AUTHENTICATE};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};
use serde_json::{Map, Value, json};

use super::Response;
use crate::issue::{Issue, Param, Segment, Severity};
use crate::service::error_body::Sent;
use crate::string_enum::string_enum;
use crate::validate::InvalidJson;

macro_rules! problem_codes {
    ($($variant:ident = $code:literal, $status:literal $title:literal;)+) => {
        string_enum! {
            /// The `code` of an answer of the signing proxy itself.
            pub enum ProblemCode {
                $(#[doc = $title] $variant = $code,)+
            }
        }

        impl ProblemCode {
            pub const fn status(self) -> u16 {
                match self { $(ProblemCode::$variant => $status,)+ }
            }

            const fn title(self) -> &'static str {
                match self { $(ProblemCode::$variant => $title,)+ }
            }
        }
    };
}

problem_codes! {
    HostNotAllowed = "host_not_allowed", 403 "the host of the request is not in the proxy's allowedHosts";
    MalformedRequest = "malformed_request", 400 "the head of the request contradicts itself";
    NotFound = "not_found", 404 "the proxy has the paths /v3/{project_id}/tracker and /v3/{domain_id}/checkbucket, without a query, and /v3/{project_id}/trackers if it allows lookups";
    MethodNotAllowed = "method_not_allowed", 405 "this path does not support the method";
    OriginNotAllowed = "origin_not_allowed", 403 "the page's origin is not in the proxy's allowedOrigins, and is not the proxy's own";
    CrossSite = "cross_site", 403 "pages of another site may not use the proxy";
    CsrfHeaderRequired = "csrf_header_required", 403 "the header x-requested-with: cts-tracker is required";
    UnsupportedMediaType = "unsupported_media_type", 415 "the body must be content-type: application/json, in UTF-8 and without content-encoding";
    FaultNotAllowed = "fault_not_allowed", 403 "the proxy does not forward x-emulator-fault";
    BodyTooLarge = "body_too_large", 413 "the body is longer than the proxy's maxBodyBytes";
    IdNotAllowed = "id_not_allowed", 403 "the id in the path is not in the proxy's projects or domains";
    NotAuthorized = "not_authorized", 403 "the proxy's authorize refused the request";
    AuthorizationUnavailable = "authorization_unavailable", 503 "the proxy's authorize failed or did not answer in time";
    RateLimited = "rate_limited", 429 "this client sends more requests than the proxy allows";
    TooManyInFlight = "too_many_in_flight", 503 "the proxy has as many requests in flight as it allows";
    KeysRefused = "keys_refused", 503 "the service refused the keys; nothing is sent for a while, to keep them from being locked";
    BodyTimeout = "body_timeout", 408 "the body did not arrive in time";
    BodyUnreadable = "body_unreadable", 400 "the body could not be read to its end";
    InvalidJson = "invalid_json", 400 "the body is not JSON";
    InvalidRequest = "invalid_request", 422 "the service would refuse the request";
    CredentialsUnavailable = "credentials_unavailable", 503 "the proxy has no valid keys at the moment";
    NotReady = "not_ready", 503 "the proxy cannot send requests at the moment";
    UpstreamUnreachable = "upstream_unreachable", 502 "the service could not be reached";
    UpstreamTimeout = "upstream_timeout", 504 "the service did not answer in time";
    UpstreamRedirect = "upstream_redirect", 502 "the service answered with a redirect, which is not followed with a signature";
    UpstreamAnswer = "upstream_answer", 502 "the service's answer could not be read";
    ClientClosed = "client_closed", 499 "the caller closed the connection before it was answered";
    Internal = "internal", 500 "the proxy failed";
}

impl ProblemCode {
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.as_str() == code)
    }

    /// These conditions can end within a second.
    const fn is_brief(self) -> bool {
        matches!(
            self,
            ProblemCode::TooManyInFlight
                | ProblemCode::AuthorizationUnavailable
                | ProblemCode::CredentialsUnavailable
                | ProblemCode::NotReady
        )
    }
}

/// An answer of the proxy itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    pub code: ProblemCode,
    pub sent: Sent,
    /// The details of this occurrence. Never contains a secret.
    pub detail: Option<String>,
    pub retry_after_seconds: Option<u32>,
    allow: Option<&'static str>,
    members: Vec<(&'static str, Value)>,
}

/// What the log reports of a problem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    pub code: ProblemCode,
    pub sent: Sent,
    pub detail: Option<String>,
}

impl Problem {
    /// A refusal before anything was sent.
    pub fn new(code: ProblemCode) -> Self {
        let retry_after_seconds = code.is_brief().then_some(1);
        Problem { code, sent: Sent::No, detail: None, retry_after_seconds, allow: None, members: Vec::new() }
    }

    pub fn sent(self, sent: Sent) -> Self {
        Problem { sent, ..self }
    }

    pub fn detail(self, detail: impl Into<String>) -> Self {
        Problem { detail: Some(detail.into()), ..self }
    }

    pub fn retry_after_ms(self, milliseconds: f64) -> Self {
        // The conversion saturates.
        let seconds = (milliseconds / 1000.0).ceil().max(1.0) as u32;
        Problem { retry_after_seconds: Some(seconds), ..self }
    }

    pub(super) fn allow(self, methods: &'static str) -> Self {
        Problem { allow: Some(methods), ..self }
    }

    pub(super) fn invalid_json(at: InvalidJson) -> Self {
        let mut problem = Problem::new(ProblemCode::InvalidJson)
            .detail(format!("unexpected token at line {}, column {}", at.line, at.column));
        let params = json!({ "line": at.line, "column": at.column, "offset": at.offset });
        problem.members.push(("params", params));
        problem
    }

    pub(super) fn invalid_request(errors: &[Issue<'_>], warnings: &[Issue<'_>]) -> Self {
        let mut problem = Problem::new(ProblemCode::InvalidRequest);
        for (name, issues) in [("issues", errors), ("warnings", warnings)] {
            problem.members.push((name, issues.iter().map(issue).collect()));
        }
        problem
    }

    /// The response, which a page of `origin` may read. Its extensions contain a [`Summary`].
    pub fn response(&self, origin: Option<&str>) -> Response {
        let mut body = json!({
            "type": format!("urn:cts-tracker:proxy:{}", self.code.as_str()),
            "title": self.code.title(),
            "status": self.code.status(),
            "code": self.code.as_str(),
            "sent": self.sent.as_str(),
        });
        if let Some(object) = body.as_object_mut() {
            if let Some(detail) = &self.detail {
                object.insert("detail".to_owned(), json!(detail));
            }
            object.extend(self.members.iter().map(|(name, value)| ((*name).to_owned(), value.clone())));
        }
        let status = StatusCode::from_u16(self.code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = reply(status, "application/problem+json", to_json(&body), origin);
        response.extensions_mut().insert(Summary { code: self.code, sent: self.sent, detail: self.detail.clone() });
        let headers = response.headers_mut();
        if let Some(seconds) = self.retry_after_seconds {
            headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        if let Some(methods) = self.allow {
            headers.insert(ALLOW, HeaderValue::from_static(methods));
        }
        response
    }
}

/// Writes numbers as `std` does. The writer of serde_json has tables of 10 kB, which do not compress.
struct StdNumbers;

impl Formatter for StdNumbers {
    fn write_f64<W: ?Sized + io::Write>(&mut self, writer: &mut W, value: f64) -> io::Result<()> {
        write!(writer, "{value}")
    }
}

fn to_json(value: &Value) -> Vec<u8> {
    let mut json = Vec::new();
    // Neither a `Value` nor writing to a `Vec` can fail.
    let _ = value.serialize(&mut Serializer::with_formatter(&mut json, StdNumbers));
    json
}

/// As in the JavaScript interface, without the message, whose language the reader decides.
fn issue(issue: &Issue<'_>) -> Value {
    let path: Vec<Value> = issue
        .path
        .iter()
        .map(|segment| match segment {
            Segment::Field(name) => json!(name.text()),
            Segment::Index(index) => json!(index),
            Segment::Unknown(key) => json!(key),
        })
        .collect();
    let params: Map<String, Value> = issue
        .params()
        .map(|(name, value)| {
            let value = match value {
                Param::Word(word) => json!(word),
                Param::Character(character) => json!(character),
                Param::Text(text) => json!(text),
                // Counts and days are whole.
                Param::Number(number) if number.fract() == 0.0 && number.abs() < 1e15 => json!(number as i64),
                Param::Number(number) => json!(number),
                Param::Words(words) => json!(words),
                Param::Numbers(numbers) => json!(numbers),
                Param::Dynamic => Value::Null,
            };
            (name.to_owned(), value)
        })
        .collect();
    let severity = match issue.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let mut out = json!({
        "code": issue.code().as_str(), "path": path, "params": params, "severity": severity, "rule": issue.rule(),
    });
    if let (Some(object), Some(code)) = (out.as_object_mut(), issue.server_code()) {
        object.insert("serverCode".to_owned(), json!(code));
    }
    out
}

/// A response of the proxy: it is not cached, framed, sniffed or executed, and only a page of `origin` can read it.
pub(super) fn reply(status: StatusCode, content_type: &'static str, body: Vec<u8>, origin: Option<&str>) -> Response {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    let headers = response.headers_mut();
    if !content_type.is_empty() {
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    }
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(VARY, HeaderValue::from_static("origin"));
    headers.insert("x-content-type-options", HeaderValue::from_static("nosniff"));
    headers.insert("content-security-policy", HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'"));
    if status == StatusCode::UNAUTHORIZED {
        // A 401 must name a scheme; this is the service's.
        headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static("SDK-HMAC-SHA256"));
    }
    allow_origin(headers, origin);
    response
}

fn allow_origin(headers: &mut HeaderMap, origin: Option<&str>) {
    const EXPOSED: HeaderName = HeaderName::from_static("access-control-expose-headers");
    const ALLOWED: HeaderName = HeaderName::from_static("access-control-allow-origin");
    if let Some(value) = origin.and_then(|origin| HeaderValue::from_str(origin).ok()) {
        headers.insert(ALLOWED, value);
        headers.insert(EXPOSED, HeaderValue::from_static("date, retry-after, x-request-id"));
    }
}
