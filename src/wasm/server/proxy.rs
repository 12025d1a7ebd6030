//! The proxy's decisions: decode, call, encode. The configuration crosses as its JSON, with every call.

use std::cell::RefCell;
use std::rc::Rc;

use http::{HeaderValue, Request, Uri};
use wasm_bindgen::prelude::wasm_bindgen;

use super::signing::with_credentials;
use super::{Fields, Input, Joined, call};
use crate::client::never_sent;
use crate::proxy::{
    self, Bucket, Load, Lockout, Options, Page, Policy, Problem, ProblemCode, Refresh, Response, Route, Screened,
    Upstream, Verdict,
};
use crate::service::Operation;
use crate::service::error_body::Sent;
use crate::signing::SdkDate;

/// In: the configuration. Out: `ok`, the upstream, the longest body that is taken; or `error`, code, message.
#[wasm_bindgen(js_name = proxyConfigure)]
pub fn configure(count: usize, fields: usize, body: usize) -> usize {
    call(Input { count, fields, body }, |mut fields, _, out| match policy(fields.text()) {
        Ok(policy) => {
            out.add("ok").add(policy.upstream()).add(&policy.max_body_bytes().to_string());
        }
        Err(error) => out.failure("invalid_options", &error),
    })
}

/// In: access key id, secret access key, security token. Out: `ok`; or `error`, code, message.
#[wasm_bindgen(js_name = proxyKeys)]
pub fn keys(count: usize, fields: usize, body: usize) -> usize {
    call(Input { count, fields, body }, |mut fields, _, out| {
        with_credentials([fields.text(), fields.text(), fields.text()], |credentials| match credentials {
            Ok(_) => {
                out.add("ok");
            }
            Err(error) => out.failure(error.code(), &error.to_string()),
        });
    })
}

/// In: the configuration, method, URL, names and values of headers; the client's tokens and since when (NaN if it was
/// never seen), requests in flight, the end of a pause.
///
/// Out: the client's tokens and since when (empty if they are not counted); then `answer` and a response, `page` and
/// its name, or `admit`, operation, id, origin.
#[wasm_bindgen(js_name = proxyScreen)]
#[allow(clippy::too_many_arguments, reason = "numbers cross cheaply, each by itself")]
pub fn screen(
    count: usize,
    fields: usize,
    body: usize,
    tokens: f64,
    at: f64,
    in_flight: u32,
    paused_until: f64,
    now: f64,
) -> usize {
    call(Input { count, fields, body }, |mut fields, _, out| {
        let Ok(policy) = policy(fields.text()) else { return unanswerable(out.add("").add("").add("answer")) };
        let (method, url) = (fields.text(), fields.text());
        let screened = match request(method, url, fields) {
            Ok(request) => proxy::screen(&policy, &request),
            Err(code) => Screened::Answer(Problem::new(code).response(None)),
        };
        let mut bucket = None;
        let screened = match screened {
            Screened::Admit(route) => {
                let seen = (!tokens.is_nan()).then_some(Bucket { tokens, at });
                let lockout = Lockout { failures: 0, until: paused_until };
                let (after, admitted) = Load { in_flight, lockout, bucket: seen }.admit(&policy, now);
                bucket = after;
                match admitted {
                    Ok(()) => Screened::Admit(route),
                    Err(problem) => Screened::Answer(problem.response(route.origin.as_deref())),
                }
            }
            other => other,
        };
        match bucket {
            Some(bucket) => out.add(&bucket.tokens.to_string()).add(&bucket.at.to_string()),
            None => out.add("").add(""),
        };
        match screened {
            Screened::Answer(response) => write(out.add("answer"), response),
            Screened::Page(page) => {
                out.add("page").add(match page {
                    Page::Health => "healthz",
                    Page::Ready => "readyz",
                    Page::Metrics => "metrics",
                });
            }
            Screened::Admit(route) => {
                out.add("admit").add(operation_name(route.operation)).add(&route.id);
                out.add(route.origin.as_deref().unwrap_or_default());
            }
        }
    })
}

/// In: the configuration, operation, id, origin, access key id, secret access key, security token; the body. `date` is
/// in milliseconds since 1970.
///
/// Out: `forward`, the URL, names and values of headers, the body; or `answer` and a response.
#[wasm_bindgen(js_name = proxyJudge)]
pub fn judge(count: usize, fields: usize, body: usize, date: f64) -> usize {
    call(Input { count, fields, body }, |mut fields, body, out| {
        let policy = policy(fields.text());
        let route = route(&mut fields);
        let date = SdkDate::from_unix_millis(date as i64);
        let keys = [fields.text(), fields.text(), fields.text()];
        let verdict = with_credentials(keys, |credentials| {
            Some(proxy::judge(policy.ok()?.as_ref(), &route, body, credentials.ok()?, date?))
        });
        match verdict {
            Some(Verdict::Forward(request)) => {
                out.add("forward").add(&request.uri().to_string());
                headers(out, request.headers());
                out.body(request.into_body());
            }
            Some(Verdict::Reject(response)) => write(out.add("answer"), response),
            None => unanswerable(out.add("answer")),
        }
    })
}

/// In: operation, id, origin, access key id, secret access key, security token, names and values of the answer's
/// headers; its body. `sent`, `received` and `offset` tell of the exchange.
///
/// Out: how far the service's clock is ahead (empty if that is unknown); a response.
#[wasm_bindgen(js_name = proxyAnswer)]
#[allow(clippy::too_many_arguments, reason = "numbers cross cheaply, each by itself")]
pub fn answer(count: usize, fields: usize, body: usize, status: u16, sent: f64, received: f64, offset: f64) -> usize {
    call(Input { count, fields, body }, |mut fields, body, out| {
        let route = route(&mut fields);
        let keys = [fields.text(), fields.text(), fields.text()];
        let mut upstream = http::Response::builder().status(status);
        for (name, value) in fields.pairs() {
            upstream = upstream.header(name, latin1(value));
        }
        let exchange = Upstream { sent, received, offset };
        let answered = with_credentials(keys, |credentials| {
            Some(proxy::answer(&route, &upstream.body(body.to_vec()).ok()?, credentials.ok()?, exchange))
        });
        match answered {
            Some((response, offset)) => {
                out.add(&offset.map(|offset| offset.to_string()).unwrap_or_default());
                write(out, response);
            }
            None => {
                let problem = Problem::new(ProblemCode::UpstreamAnswer).sent(Sent::Yes);
                write(out.add(""), problem.response(route.origin.as_deref()));
            }
        }
    })
}

/// In: code, sent, detail, origin. Out: a response.
#[wasm_bindgen(js_name = proxyProblem)]
pub fn problem(count: usize, fields: usize, body: usize, retry_after: u32) -> usize {
    call(Input { count, fields, body }, |mut fields, _, out| {
        let mut problem = Problem::new(ProblemCode::parse(fields.text()).unwrap_or(ProblemCode::Internal));
        problem = problem.sent(match fields.text() {
            "no" => Sent::No,
            "yes" => Sent::Yes,
            _ => Sent::Unknown,
        });
        if let Some(detail) = fields.some() {
            problem = problem.detail(detail);
        }
        if retry_after > 0 {
            problem = problem.retry_after(retry_after);
        }
        write(out, problem.response(fields.some()));
    })
}

/// In: code, syscall and message of an error of the platform's. Out: `no` if nothing was sent, else `unknown`.
#[wasm_bindgen(js_name = proxySent)]
pub fn sent(count: usize, fields: usize, body: usize) -> usize {
    call(Input { count, fields, body }, |mut fields, _, out| {
        let sent = if never_sent(fields.text(), fields.text(), fields.text()) { Sent::No } else { Sent::Unknown };
        out.add(sent.as_str());
    })
}

/// Until when nothing is sent, after so many 401s in a row before this one.
#[wasm_bindgen(js_name = proxyPause)]
pub fn pause(failures: u32, now: f64) -> f64 {
    Lockout { failures, until: 0.0 }.refused(now).until
}

/// How many requests may be under way with keys that no answer has proved.
#[wasm_bindgen(js_name = proxyUnproven)]
pub fn unproven() -> u32 {
    Lockout::UNPROVEN_IN_FLIGHT
}

/// 0: the keys are good. 1: they are, and others are to be fetched. 2: others are to be waited for. `expires` is NaN
/// if there are none.
#[wasm_bindgen(js_name = proxyRefresh)]
pub fn refresh(expires: f64, retry: f64, now: f64) -> u32 {
    match proxy::refresh((!expires.is_nan()).then_some(expires), retry, now) {
        Refresh::Use => 0,
        Refresh::UseAndRefresh => 1,
        Refresh::Wait => 2,
    }
}

/// The policy of a configuration. That of the last call is kept: mostly it is the same.
fn policy(options: &str) -> Result<Rc<Policy>, String> {
    thread_local! {
        static LAST: RefCell<Option<(String, Rc<Policy>)>> = const { RefCell::new(None) };
    }
    LAST.with_borrow_mut(|last| {
        if let Some((_, policy)) = last.as_ref().filter(|(kept, _)| kept == options) {
            return Ok(Rc::clone(policy));
        }
        let parsed: Options = serde_json::from_str(options).map_err(|error| error.to_string())?;
        let policy = Rc::new(Policy::new(parsed).map_err(|error| error.to_string())?);
        *last = Some((options.to_owned(), Rc::clone(&policy)));
        Ok(policy)
    })
}

fn request(method: &str, url: &str, headers: Fields<'_>) -> Result<Request<()>, ProblemCode> {
    // A fragment is not part of what the crate for HTTP keeps of a URL, and nothing may be lost.
    let uri: Uri = url.parse().ok().filter(|_| !url.contains('#')).ok_or(ProblemCode::NotFound)?;
    let mut builder = Request::builder().method(method).uri(uri);
    for (name, value) in headers.pairs() {
        builder = builder.header(name, latin1(value));
    }
    builder.body(()).map_err(|_| ProblemCode::MalformedRequest)
}

/// Header values cross as the platform has them: one character a byte.
fn latin1(value: &str) -> Vec<u8> {
    value.chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?')).collect()
}

const fn operation_name(operation: Operation) -> &'static str {
    match operation {
        Operation::CreateTracker => "createTracker",
        Operation::CheckObsBuckets => "checkObsBuckets",
    }
}

fn route(fields: &mut Fields<'_>) -> Route {
    let operation = match fields.text() {
        "createTracker" => Operation::CreateTracker,
        _ => Operation::CheckObsBuckets,
    };
    Route { operation, id: fields.text().to_owned(), origin: fields.some().map(str::to_owned) }
}

/// Status, code of the problem (empty if it is none), names and values of headers; the body.
fn write(out: &mut Joined, response: Response) {
    let code = response.extensions().get::<ProblemCode>().map(|code| code.as_str()).unwrap_or_default();
    out.add(response.status().as_str()).add(code);
    headers(out, response.headers());
    out.body(response.into_body());
}

fn headers(out: &mut Joined, headers: &http::HeaderMap<HeaderValue>) {
    for (name, value) in headers {
        out.add(name.as_str()).add(value.to_str().unwrap_or_default());
    }
}

/// What was checked before no longer holds: a fault.
fn unanswerable(out: &mut Joined) {
    write(out, Problem::new(ProblemCode::Internal).response(None));
}
