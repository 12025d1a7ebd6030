//! The client's two steps: the request of a try, and what its answer means, read with gloo-net. The loop around them is
//! `pkg-template/src/client.js`, since timers, signals and streams are JavaScript's own; what to do next is decided in
//! `crate::client`.
//!
//! gloo-net's own `send` is not used: it traps when an abort's reason is no `Error`, and its promise then never settles.
//! Nor is its builder, which parses and formats the address once more: 2 kB of what a page loads.

use gloo_net::http::Response;
use js_sys::{Array, Date};
use wasm_bindgen::prelude::*;
use web_sys::{AbortSignal, RequestInit, RequestRedirect};

use crate::client::{Action, Answer, Call, End, Event, Policy, never_left};
use crate::service::Operation;
use crate::service::error_body::{Headers, Sent};

/// What happened, as `pkg-template/src/transport.js` says it: first one of these, then what belongs to it.
mod happened {
    /// `Response`, how its body ended as its place in `ENDS`, the text of its body
    pub(super) const ANSWER: u32 = 1;
    /// in the place of the body what the error says of itself: message, code, syscall
    pub(super) const LOST: u32 = 2;
    pub(super) const NO_HEADERS: u32 = 3;
    pub(super) const TRY_TIMEOUT: u32 = 4;
    pub(super) const TIMEOUT: u32 = 5;
    pub(super) const ABORT: u32 = 6;
}

const ENDS: [End; 3] = [End::Whole, End::Broken, End::TooLong];

fn operation(create: bool) -> Operation {
    if create { Operation::CreateTracker } else { Operation::CheckObsBuckets }
}

/// The request of a try; none if it cannot be made. Base and id were judged before, so the address needs no encoding.
#[wasm_bindgen]
pub fn make_request(
    create: bool,
    base: &str,
    id: &str,
    body: &JsValue,
    headers: &web_sys::Headers,
    signal: Option<AbortSignal>,
) -> Option<web_sys::Request> {
    let mut url = String::from(base);
    url.push_str(&operation(create).path(id));
    let init = RequestInit::new();
    init.set_method("POST");
    init.set_headers(headers);
    init.set_redirect(RequestRedirect::Manual);
    init.set_signal(signal.as_ref());
    init.set_body(body);
    web_sys::Request::new_with_str_and_init(&url, &init).ok()
}

#[wasm_bindgen]
extern "C" {
    /// What comes next, in the order in which `pkg-template/src/client.js` reads it.
    #[wasm_bindgen(js_namespace = Array, js_name = of)]
    fn told(
        sent: u32,
        wait: Option<f64>,
        kind: Option<&str>,
        code: &str,
        message: &str,
        request_id: &str,
        received: &str,
        status: u16,
        retry_after: Option<f64>,
        may_already_exist: bool,
    ) -> Array;
}

/// What happened in a try, and what comes next: after `sent` the milliseconds to wait before it is tried again, or the
/// kind of the failure and all that is known of it; neither, if the answer is the result. `sent` is what the last try
/// came to, as its place in [`Sent::ALL`]; `left` is whether this one began to leave.
#[wasm_bindgen]
#[allow(clippy::too_many_arguments, reason = "an object would have to be taken apart again, at the cost of code")]
pub fn next_step(
    create: bool,
    retries: u32,
    after_unknown: bool,
    timeout: f64,
    began: f64,
    now: f64,
    random: f64,
    attempts: u32,
    sent: usize,
    left: bool,
    happened: u32,
    answer: Option<web_sys::Response>,
    end: usize,
    text: &str,
    code: &str,
    syscall: &str,
) -> Array {
    let headers;
    let event = match (happened, answer) {
        (happened::ANSWER, Some(answer)) => {
            let answer = Response::from(answer);
            let given = answer.headers();
            headers = Headers::read(&mut |name| given.get(name).unwrap_or_default());
            let end = ENDS.get(end).copied().unwrap_or(End::Broken);
            Event::Answer(Answer { status: answer.status(), headers: &headers, body: text, end })
        }
        (happened::LOST, _) if never_left(code, syscall, text) => Event::Lost(Sent::No),
        (happened::LOST, _) => Event::Lost(Sent::Unknown),
        (happened::NO_HEADERS, _) => Event::NoHeaders,
        (happened::TRY_TIMEOUT, _) => Event::TryTimeout,
        (happened::TIMEOUT, _) => Event::Timeout,
        (happened::ABORT, _) => Event::Abort,
        _ => Event::NoRequest,
    };
    let policy = Policy { timeout, retries, after_unknown, parse_date: |text| Date::parse(text) };
    let sent = Sent::ALL.get(sent).copied().unwrap_or(Sent::Unknown);
    let mut call = Call::resume(operation(create), policy, began, attempts, sent, left);
    let (wait, failed) = match call.next(event, now, random) {
        Action::Wait(ms) => (Some(ms), false),
        Action::Succeed => (None, false),
        Action::Fail => (None, true),
    };
    let failure = call.failure();
    let error = &failure.error;
    told(
        failure.sent as u32,
        wait,
        failed.then_some(failure.kind.as_str()),
        &error.code,
        &error.message,
        &error.request_id,
        &failure.received,
        error.status,
        failure.retry_after,
        failure.may_already_exist,
    )
}
