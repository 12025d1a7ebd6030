//! The head of a request, checked before any of its body is read.

use http::header::{
    ACCESS_CONTROL_REQUEST_METHOD, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, HOST, ORIGIN, TRANSFER_ENCODING,
    VARY,
};
use http::uri::Scheme;
use http::{HeaderMap, HeaderValue, Method, Request, StatusCode, Uri};

use super::hosts::is_origin_of;
use super::problem::reply;
use super::{Policy, Problem, ProblemCode, Response};
use crate::emulator::FAULT_HEADER;
use crate::rules::words::TRACKER_TYPE;
use crate::service::Operation;
use crate::signing::{percent_decode, percent_encode};
use crate::validate;

/// A page of another site cannot set this header without a preflight, which is refused.
pub const REQUESTED_WITH_HEADER: &str = "x-requested-with";
pub const REQUESTED_WITH: &str = "cts-tracker";

/// How long a browser may cache the answer to a preflight, in seconds.
const PREFLIGHT_MAX_AGE: &str = "600";

/// Headers that must not be repeated: programs differ in which one they use.
const SINGLE: [&str; 9] = [
    "host",
    "origin",
    "content-type",
    "content-length",
    "transfer-encoding",
    "sec-fetch-site",
    REQUESTED_WITH_HEADER,
    "authorization",
    FAULT_HEADER,
];

/// An operation, with the id from the path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    pub operation: Operation,
    pub id: String,
    /// The query to send, built from the checked values of the request's.
    pub query: String,
    /// The origin of the page that may read the answer.
    pub origin: Option<String>,
    /// The fault that the request asks an emulator for.
    pub fault: Option<String>,
}

/// Pages that the proxy answers itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Page {
    /// The process is up.
    Health,
    /// Requests could be sent.
    Ready,
    /// Counters, in Prometheus's text format.
    Metrics,
}

/// The result for a head.
#[derive(Clone, Debug)]
pub enum Head {
    /// A refusal, or the answer to a preflight.
    Respond(Response),
    Page(Page),
    /// The body, if the operation has one, can be read.
    Admit(Route),
}

/// Checks the head. A target without a scheme may have it as an extension. The order is fixed: probe, host, form, path,
/// method, origin, site, header, type, size, id.
pub fn check_head<B>(policy: &Policy, request: &Request<B>) -> Head {
    match check(policy, request) {
        Ok(head) => head,
        Err(refusal) => Head::Respond(refusal.problem.response(refusal.origin.as_deref())),
    }
}

/// A refusal, for a page of `origin` if one may read it.
struct Refusal {
    problem: Problem,
    origin: Option<String>,
}

impl From<Problem> for Refusal {
    fn from(problem: Problem) -> Self {
        Refusal { problem, origin: None }
    }
}

fn check<B>(policy: &Policy, request: &Request<B>) -> Result<Head, Refusal> {
    let (uri, headers) = (request.uri(), request.headers());
    // A container probes its own address, which is in no list of hosts. The answer only says whether it is up.
    if let Some(Path::Page(page @ (Page::Health | Page::Ready))) = parse_path(uri) {
        return check_page(page, request.method());
    }
    let host = check_host(policy, uri, headers)?;
    check_form(headers)?;

    let path = parse_path(uri).ok_or_else(|| not_found(uri))?;
    let (operation, id, query) = match path {
        Path::Page(Page::Metrics) if !policy.metrics => {
            let detail = "this proxy has no metrics: set metrics (--metrics on the command line) to have them";
            return Err(Problem::new(ProblemCode::NotFound).detail(detail).into());
        }
        Path::Page(page) => return check_page(page, request.method()),
        Path::Operation(operation, id, query) => (operation, id, query),
    };

    let is_refused_lookup = operation == Operation::ListTrackers && !policy.allow_lookup;
    let preflight = match *request.method() {
        Method::OPTIONS if headers.contains_key(ORIGIN) && headers.contains_key(ACCESS_CONTROL_REQUEST_METHOD) => true,
        ref method if method == operation.method() => false,
        _ if is_refused_lookup => return Err(lookup_not_allowed().into()),
        _ => return Err(Problem::new(ProblemCode::MethodNotAllowed).allow(methods(operation)).into()),
    };
    let scheme = uri.scheme().or_else(|| request.extensions().get());
    let origin = check_origin(policy, scheme, host, headers)?;
    // From here on, a page of an allowed origin may read the reason of a refusal.
    let refuse = |problem| Refusal { problem, origin: origin.clone() };
    if header(headers, "sec-fetch-site").is_some_and(|site| site.eq_ignore_ascii_case("cross-site")) {
        return Err(Problem::new(ProblemCode::CrossSite).into());
    }
    if preflight {
        return check_preflight(policy, operation, headers, origin.as_deref()).map(Head::Respond).map_err(refuse);
    }
    if is_refused_lookup {
        return Err(refuse(lookup_not_allowed()));
    }
    if header(headers, REQUESTED_WITH_HEADER) != Some(REQUESTED_WITH) {
        return Err(refuse(Problem::new(ProblemCode::CsrfHeaderRequired)));
    }
    if operation.request().is_some() {
        check_type(headers).map_err(refuse)?;
        check_length(policy, headers).map_err(refuse)?;
    } else if headers.contains_key(TRANSFER_ENCODING) || headers.get(CONTENT_LENGTH).is_some_and(|length| length != "0")
    {
        return Err(refuse(Problem::new(ProblemCode::MalformedRequest).detail("a lookup has no body")));
    }
    let fault = check_fault(policy, headers).map_err(refuse)?;
    let allowed = match operation {
        Operation::CreateTracker | Operation::ListTrackers => &policy.projects,
        Operation::CheckObsBuckets => &policy.domains,
    };
    if allowed.as_ref().is_some_and(|allowed| !allowed.iter().any(|allowed| allowed == id)) {
        return Err(refuse(id_not_allowed(operation, id)));
    }
    Ok(Head::Admit(Route { operation, id: id.to_owned(), query, origin, fault }))
}

fn lookup_not_allowed() -> Problem {
    let detail = "this proxy does not allow lookups of trackers: set allowLookup (--allow-lookup on the command line) to \
                  allow them";
    Problem::new(ProblemCode::NotFound).detail(detail)
}

/// The value of `Allow`.
fn methods(operation: Operation) -> &'static str {
    if operation.request().is_some() { "POST, OPTIONS" } else { "GET, OPTIONS" }
}

fn check_page(page: Page, method: &Method) -> Result<Head, Refusal> {
    if matches!(*method, Method::GET | Method::HEAD) {
        return Ok(Head::Page(page));
    }
    Err(Problem::new(ProblemCode::MethodNotAllowed).allow("GET, HEAD").into())
}

/// It names the path, because the proxy is often mounted below a prefix that nothing removes.
fn not_found(uri: &Uri) -> Problem {
    let target = uri.path_and_query().map_or("", |target| target.as_str());
    Problem::new(ProblemCode::NotFound).detail(format!("the path that arrived is {}", quoted(target.as_bytes())))
}

fn id_not_allowed(operation: Operation, id: &str) -> Problem {
    let (option, flag) = match operation {
        Operation::CreateTracker | Operation::ListTrackers => ("projects", "--project"),
        Operation::CheckObsBuckets => ("domains", "--domain"),
    };
    let detail = format!("the id is {id:?}; to allow it, add it to {option} ({flag} on the command line)");
    Problem::new(ProblemCode::IdNotAllowed).detail(detail)
}

/// A part of the request for the details of a problem: quoted, and cut if it is long.
fn quoted(value: &[u8]) -> String {
    const LONGEST: usize = 100;
    let text = String::from_utf8_lossy(value);
    let cut: String = text.chars().take(LONGEST).collect();
    if cut.len() < text.len() { format!("{cut:?}…") } else { format!("{cut:?}") }
}

/// The value of a header, if it is ASCII.
fn header<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

/// The host. Each place of the request that names a host must name an allowed one.
fn check_host<'r>(policy: &Policy, uri: &'r Uri, headers: &'r HeaderMap) -> Result<&'r str, Problem> {
    let refused = |host: &[u8]| {
        let host = quoted(host);
        let detail = format!(
            "the request names the host {host}; to allow it, add it to allowedHosts (--allow-host on the command line)"
        );
        Problem::new(ProblemCode::HostNotAllowed).detail(detail)
    };
    let is_allowed = |host: &str| policy.hosts.iter().any(|rule| rule.matches(host));
    let mut host = None;
    for value in headers.get_all(HOST) {
        host = value.to_str().ok().filter(|host| is_allowed(host));
        if host.is_none() {
            return Err(refused(value.as_bytes()));
        }
    }
    if let Some(authority) = uri.authority() {
        if !is_allowed(authority.as_str()) {
            return Err(refused(authority.as_str().as_bytes()));
        }
        host = host.or(Some(authority.as_str()));
    }
    host.ok_or_else(|| Problem::new(ProblemCode::HostNotAllowed).detail("the request names no host"))
}

/// Refuses what two programs could read differently.
fn check_form(headers: &HeaderMap) -> Result<(), Problem> {
    let malformed = |detail: &str| Err(Problem::new(ProblemCode::MalformedRequest).detail(detail));
    for name in SINGLE {
        if headers.get_all(name).iter().count() > 1 {
            return malformed("a header that must not be repeated is repeated");
        }
    }
    if headers.contains_key(TRANSFER_ENCODING) && headers.contains_key(CONTENT_LENGTH) {
        return malformed("content-length and transfer-encoding exclude each other");
    }
    Ok(())
}

enum Path<'r> {
    Page(Page),
    /// With its id and the query to send.
    Operation(Operation, &'r str, String),
}

/// The path as it was received: nothing is decoded, resolved or trimmed. Only a lookup may have a query.
fn parse_path(uri: &Uri) -> Option<Path<'_>> {
    let page = match uri.path() {
        "/-/healthz" => Some(Page::Health),
        "/-/readyz" => Some(Page::Ready),
        "/-/metrics" => Some(Page::Metrics),
        _ => None,
    };
    if page.is_some() && uri.query().is_none() {
        return page.map(Path::Page);
    }
    let (id, resource) = uri.path().strip_prefix("/v3/")?.split_once('/')?;
    let operation = Operation::ALL.into_iter().find(|operation| operation.resource() == resource)?;
    let valid = match operation {
        Operation::CreateTracker | Operation::ListTrackers => validate::project_id(id).value.is_some(),
        Operation::CheckObsBuckets => validate::domain_id(id).value.is_some(),
    };
    let query = match uri.query() {
        None => String::new(),
        Some(query) if operation == Operation::ListTrackers => rebuild_query(query)?,
        Some(_) => return None,
    };
    valid.then_some(Path::Operation(operation, id, query))
}

/// The longest name in a lookup, in bytes. Names of trackers are at most 32 characters long.
const MAX_NAME: usize = 256;

/// The query of a lookup, encoded again: `tracker_name` and `tracker_type`, each at most once and not empty. Anything
/// that two programs could decode differently is refused.
fn rebuild_query(query: &str) -> Option<String> {
    let (mut name, mut tracker_type) = (None, None);
    for pair in query.split('&') {
        let (key, value) = pair.split_once('=')?;
        let value = decode_strictly(value)?;
        let place = match key {
            "tracker_name" if value.len() <= MAX_NAME && !value.chars().any(char::is_control) => &mut name,
            "tracker_type" if TRACKER_TYPE.contains(&&*value) => &mut tracker_type,
            _ => return None,
        };
        if value.is_empty() || place.replace(value).is_some() {
            return None;
        }
    }
    let pairs = [("tracker_name", name), ("tracker_type", tracker_type)];
    let pairs = pairs.iter().filter_map(|(key, value)| Some([key, "=", &percent_encode(value.as_ref()?)].concat()));
    Some(pairs.collect::<Vec<_>>().join("&"))
}

/// Decodes a value in which every byte is unreserved or encoded, and which is UTF-8.
fn decode_strictly(value: &str) -> Option<String> {
    let decoded = percent_decode(value).into_owned();
    // The encoding is unique except for the case of its digits.
    percent_encode(&decoded).eq_ignore_ascii_case(value).then_some(decoded)
}

/// The origin, if the request comes from a page. It must equal an allowed one exactly.
fn check_origin(
    policy: &Policy,
    scheme: Option<&Scheme>,
    host: &str,
    headers: &HeaderMap,
) -> Result<Option<String>, Problem> {
    let Some(value) = headers.get(ORIGIN) else { return Ok(None) };
    let origin = value.to_str().ok().filter(|origin| match &policy.origins {
        Some(origins) => origins.iter().any(|allowed| allowed == origin),
        None => is_origin_of(origin, scheme.map_or("http", Scheme::as_str), host),
    });
    origin.map(|origin| Some(origin.to_owned())).ok_or_else(|| {
        let detail = if value == "null" {
            "the page has no origin: it is a file, or in a sandbox; serve it by a server, and allow that".to_owned()
        } else {
            let value = quoted(value.as_bytes());
            format!("the page's origin is {value}; to allow it, add it to allowedOrigins (--allow-origin on the command line)")
        };
        Problem::new(ProblemCode::OriginNotAllowed).detail(detail)
    })
}

fn check_preflight(
    policy: &Policy,
    operation: Operation,
    headers: &HeaderMap,
    origin: Option<&str>,
) -> Result<Response, Problem> {
    let method = operation.method();
    if header(headers, ACCESS_CONTROL_REQUEST_METHOD.as_str()) != Some(method) {
        return Err(Problem::new(ProblemCode::MethodNotAllowed).allow(methods(operation)));
    }
    let mut response = reply(StatusCode::NO_CONTENT, "", Vec::new(), origin);
    let out = response.headers_mut();
    for (name, value) in [
        ("access-control-allow-methods", method),
        // `authorization` is for the `authorize` option only; it is never forwarded.
        (
            "access-control-allow-headers",
            if policy.allow_faults {
                "content-type, x-requested-with, authorization, x-emulator-fault"
            } else {
                "content-type, x-requested-with, authorization"
            },
        ),
        ("access-control-max-age", PREFLIGHT_MAX_AGE),
    ] {
        out.insert(name, HeaderValue::from_static(value));
    }
    out.insert(VARY, HeaderValue::from_static("origin, access-control-request-method, access-control-request-headers"));
    Ok(response)
}

/// The type must be `application/json`, in UTF-8 or without a charset, and not compressed.
fn check_type(headers: &HeaderMap) -> Result<(), Problem> {
    let unsupported = |detail: String| Err(Problem::new(ProblemCode::UnsupportedMediaType).detail(detail));
    let Some(value) = headers.get(CONTENT_TYPE) else { return unsupported("there is no content-type".to_owned()) };
    if !value.to_str().is_ok_and(is_json_in_utf8) {
        return unsupported(format!("content-type is {}", quoted(value.as_bytes())));
    }
    match headers.get(CONTENT_ENCODING) {
        Some(encoding) if encoding != "identity" => {
            unsupported(format!("content-encoding is {}", quoted(encoding.as_bytes())))
        }
        _ => Ok(()),
    }
}

/// A parameter may be empty, and the value of another quoted (RFC 9110, 5.6.6).
fn is_json_in_utf8(content_type: &str) -> bool {
    let mut parts = content_type.split(';').map(str::trim);
    let json = parts.next().is_some_and(|essence| essence.eq_ignore_ascii_case("application/json"));
    json && parts.filter(|parameter| !parameter.is_empty()).all(|parameter| {
        let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
        let value = value.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(value);
        name.eq_ignore_ascii_case("charset") && ["utf-8", "utf8"].iter().any(|utf8| value.eq_ignore_ascii_case(utf8))
    })
}

/// The fault that the request asks an emulator for. Nothing else has this header, so it is not dropped silently.
fn check_fault(policy: &Policy, headers: &HeaderMap) -> Result<Option<String>, Problem> {
    let Some(value) = headers.get(FAULT_HEADER) else { return Ok(None) };
    if !policy.allow_faults {
        let detail = format!(
            "{FAULT_HEADER} is {}; to forward it, set allowFaults (--allow-faults on the command line)",
            quoted(value.as_bytes())
        );
        return Err(Problem::new(ProblemCode::FaultNotAllowed).detail(detail));
    }
    Ok(value.to_str().ok().map(str::to_owned))
}

/// If the declared length is over the limit, the body is not read.
fn check_length(policy: &Policy, headers: &HeaderMap) -> Result<(), Problem> {
    let Some(value) = headers.get(CONTENT_LENGTH) else { return Ok(()) };
    let digits = value.as_bytes();
    if digits.is_empty() || !digits.iter().all(u8::is_ascii_digit) {
        return Err(Problem::new(ProblemCode::MalformedRequest).detail("content-length is not a number"));
    }
    let length = value.to_str().ok().and_then(|text| text.parse::<u64>().ok());
    // A number that does not fit is over any limit.
    if length.is_none_or(|length| length > u64::from(policy.max_body_bytes)) {
        return Err(policy.body_too_large());
    }
    Ok(())
}
