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
use crate::endpoint::Operation;
use crate::service_error::{self, Sent};

/// What happened, as `pkg-template/src/transport.js` says it: first one of these, then what belongs to it.
mod happened {
    /// `Response`, the text of its body, the text's end as its place in `ENDS`
    pub(super) const ANSWER: u32 = 1;
    /// what the error says of itself: code, syscall, message
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
    body: &str,
    headers: web_sys::Headers,
    signal: Option<AbortSignal>,
) -> Option<web_sys::Request> {
    let mut url = String::from(base);
    url.push_str(&operation(create).path(id));
    let init = RequestInit::new();
    init.set_method("POST");
    init.set_headers(&headers);
    init.set_redirect(RequestRedirect::Manual);
    init.set_signal(signal.as_ref());
    init.set_body(&body.into());
    web_sys::Request::new_with_str_and_init(&url, &init).ok()
}

/// What happened in a try, and what comes next: `[sent]` if the answer is the result, `[sent, ms]` to wait and try
/// again, or all that is known of the failure, in the order in which `pkg-template/src/client.js` reads it. `sent` is
/// what the last try came to, as its place in [`Sent::ALL`]; `left` is whether this one began to leave.
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
    said: &Array,
) -> Array {
    let policy = Policy { timeout, retries, after_unknown, parse_date: |text| Date::parse(text) };
    let sent = Sent::ALL.get(sent).copied().unwrap_or(Sent::Unknown);
    let mut call = Call::resume(operation(create), policy, began, attempts, sent, left);
    let action = next(&mut call, said, now, random);
    let failure = call.failure();
    let told = Array::of1(&(failure.sent as u32).into());
    match action {
        Action::Succeed => return told,
        Action::Wait(ms) => {
            told.push(&ms.into());
            return told;
        }
        Action::Fail => {}
    }
    let error = &failure.error;
    for text in [failure.kind.as_str(), &error.code, &error.message, &error.request_id, &failure.received] {
        told.push(&text.into());
    }
    told.push(&error.status.into());
    told.push(&failure.retry_after.into());
    told.push(&failure.may_already_exist.into());
    told
}

fn next(call: &mut Call, said: &Array, now: f64, random: f64) -> Action {
    let number = |at: u32| said.get(at).as_f64().unwrap_or_default() as u32;
    let text = |at: u32| said.get(at).as_string().unwrap_or_default();
    let (headers, body);
    let event = match number(0) {
        happened::ANSWER => {
            let answer = Response::from(said.get(1).unchecked_into::<web_sys::Response>());
            let given = answer.headers();
            headers = service_error::Headers::read(&mut |name| given.get(name).unwrap_or_default());
            body = text(2);
            let end = ENDS.get(number(3) as usize).copied().unwrap_or(End::Broken);
            Event::Answer(Answer { status: answer.status(), headers: &headers, body: &body, end })
        }
        happened::LOST if never_left(&text(1), &text(2), &text(3)) => Event::Lost(Sent::No),
        happened::LOST => Event::Lost(Sent::Unknown),
        happened::NO_HEADERS => Event::NoHeaders,
        happened::TRY_TIMEOUT => Event::TryTimeout,
        happened::TIMEOUT => Event::Timeout,
        happened::ABORT => Event::Abort,
        _ => Event::NoRequest,
    };
    call.next(event, now, random)
}
