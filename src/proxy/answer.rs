//! Which parts of the service's answer are passed on.

use http::header::{CONTENT_TYPE, DATE, RETRY_AFTER};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use serde::Serialize;

use super::clock::clock_offset;
use super::problem::reply;
use super::redact::redact;
use super::{Problem, ProblemCode, Response, Route};
use crate::service::error_body::{self, Headers, Sent};
use crate::signing::{Credentials, MAX_SKEW_SECONDS};

/// A larger offset, in milliseconds, explains a refused signature: the service tolerates [`MAX_SKEW_SECONDS`].
pub const SKEWED_MS: f64 = (MAX_SKEW_SECONDS * 1000 - 60_000) as f64;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// The headers that are passed on, and the length limit of their values. The client corrects its clock by the service's
/// date.
const PASSED: [(HeaderName, usize); 3] = [(REQUEST_ID, 200), (RETRY_AFTER, 64), (DATE, 64)];

/// When the service was asked, and with which clock.
#[derive(Clone, Copy, Debug)]
pub struct Upstream {
    /// When the request was sent and its answer received, in milliseconds since 1970.
    pub sent: f64,
    pub received: f64,
    /// The offset with which the request was dated.
    pub offset: f64,
    /// The request was sent before with another date.
    pub is_repeat: bool,
}

/// The answer for the caller: the status, body, `x-request-id`, `retry-after` and `date` of the service. Redirects are not passed
/// on. From a 401, the parts of our request that the gateway repeats are removed. Also returns the offset of the
/// service's clock, if the answer has a date.
pub fn answer(
    route: &Route,
    upstream: &http::Response<Vec<u8>>,
    credentials: &Credentials,
    exchange: Upstream,
) -> (Response, Option<f64>) {
    let (status, headers) = (upstream.status(), upstream.headers());
    let origin = route.origin.as_deref();
    let offset = text(headers, &DATE).and_then(|date| clock_offset(date, exchange.sent, exchange.received));
    if !status.is_success() && !status.is_client_error() && !status.is_server_error() {
        let code = if status.is_redirection() { ProblemCode::UpstreamRedirect } else { ProblemCode::UpstreamAnswer };
        let problem = Problem::new(code).sent(Sent::Yes).detail(format!("its status is {}", status.as_u16()));
        return (problem.response(origin), offset);
    }

    let body = if status == StatusCode::UNAUTHORIZED {
        let skew = offset.map(|offset| offset - exchange.offset);
        unauthorized(upstream, credentials, skew)
    } else {
        redacted(upstream.body(), credentials)
    };
    // Only JSON keeps its type: a page must not run here, and nothing may look like an answer of the proxy itself.
    let json = status == StatusCode::UNAUTHORIZED
        || text(headers, &CONTENT_TYPE).is_some_and(|value| {
            let essence = value.split(';').next().unwrap_or_default().trim();
            essence.eq_ignore_ascii_case("application/json") || essence.to_ascii_lowercase().ends_with("+json")
        });
    let content_type = match (body.is_empty(), json) {
        (true, _) => "",
        (false, true) => "application/json",
        (false, false) => "text/plain; charset=utf-8",
    };
    let mut response = reply(status, content_type, body, origin);
    for (name, longest) in PASSED {
        // Redacted before it is measured: a value that is cut could contain a part of a key.
        let value = text(headers, &name).map(|value| redacted(value.as_bytes(), credentials));
        if let Some(value) = value.filter(|value| value.len() <= longest)
            && let Ok(value) = HeaderValue::from_bytes(&value)
        {
            response.headers_mut().insert(name, value);
        }
    }
    (response, offset)
}

fn text<'h>(headers: &'h HeaderMap, name: &HeaderName) -> Option<&'h str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

#[derive(Serialize)]
struct Unauthorized {
    error_code: String,
    error_msg: String,
    request_id: String,
}

/// The body that replaces that of a 401. The gateway answers a bad signature with the canonical request, and so with the
/// security token in some spelling: only a code, known phrases and a request ID are passed on, never its free text.
fn unauthorized(upstream: &http::Response<Vec<u8>>, credentials: &Credentials, skew: Option<f64>) -> Vec<u8> {
    let error = error_of(upstream);
    let sent = error.message.to_ascii_lowercase();
    let known = PHRASES.into_iter().filter(|(word, _)| sent.contains(word)).map(|(_, phrase)| phrase);
    let mut message = known.collect::<Vec<_>>().join(": ");
    if message.is_empty() {
        message.push_str("the service does not accept the keys or the signature");
    }
    if let Some(skew) = skew.filter(|skew| skew.abs() > SKEWED_MS && sent.contains(EXPIRED)) {
        let minutes = (skew.abs() / 60_000.0).round();
        let direction = if skew > 0.0 { "behind" } else { "ahead of" };
        message.push_str(&format!(": the clock that dated the request is {minutes} minutes {direction} the service's"));
    }
    let token = |text: &str, max: usize| {
        let plain =
            text.len() <= max && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-_".contains(&byte));
        // A key could be of the same form.
        if plain && redacted(text.as_bytes(), credentials) == text.as_bytes() { text.to_owned() } else { String::new() }
    };
    let body = Unauthorized {
        error_code: token(&error.code, 32),
        error_msg: message,
        request_id: token(&error.request_id, 64),
    };
    serde_json::to_vec(&body).unwrap_or_default()
}

fn error_of(upstream: &http::Response<Vec<u8>>) -> error_body::ServiceError {
    let headers = upstream.headers();
    let body = String::from_utf8_lossy(upstream.body());
    let get = &mut |name: &str| headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or_default().to_owned();
    error_body::read(upstream.status().as_u16(), &Headers::read(get), &body)
}

/// Whether a 401 is about the date of the request.
pub(super) fn refuses_date(upstream: &http::Response<Vec<u8>>) -> bool {
    error_of(upstream).message.to_ascii_lowercase().contains(EXPIRED)
}

/// It has a space, so no id in the path that the gateway repeats can contain it.
const EXPIRED: &str = "signature expired";

/// Words of the gateway in a 401 in lower case, and what is passed on of them: nothing that repeats the request.
const PHRASES: [(&str, &str); 6] = [
    ("incorrect iam authentication information", "Incorrect IAM authentication information"),
    ("verify aksk signature fail", "verify aksk signature fail"),
    (EXPIRED, EXPIRED),
    ("decrypt token fail", "decrypt token fail"),
    ("not exist", "the access key does not exist"),
    ("failed to reach the limit", "AK access failed to reach the limit,forbidden"),
];

/// The text without the keys, in case the service repeats them. It does not have the secret key.
fn redacted(text: &[u8], credentials: &Credentials) -> Vec<u8> {
    redact(text, credentials.seen_by_the_service())
}
