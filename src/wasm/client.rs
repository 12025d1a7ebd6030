//! Carries a call out over gloo-net. What to do next is decided in `crate::client`; what only JavaScript can do well
//! (timers, signals, streams) is lent by `pkg-template/src/transport.js`.
//!
//! The request is built with gloo-net but sent through the caller's `fetch`, or the host's: gloo-net's own `send`
//! traps when an abort's reason is no `Error`, and its promise then never settles. What the host lends never throws
//! and never rejects: it resolves to a list that says what happened, and no later than the call's time allows.

use gloo_net::http::{Headers, Request, Response};
use js_sys::{Array, Date, Math, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::RequestRedirect;

use crate::client::{Action, Answer, Call, End, Event, Policy, never_left};
use crate::endpoint::Operation;
use crate::service_error::{self, Sent};

#[wasm_bindgen]
extern "C" {
    pub type Host;

    /// Waits, then gives `[READY, Headers, AbortSignal]` for a try. The number is of the tries before it.
    #[wasm_bindgen(method)]
    fn ready(this: &Host, tries: u32, wait: f64) -> Promise;

    /// Sends a request: `[ANSWER, Response, text, end]` with the end's place in `ENDS`, or
    /// `[LOST, code, syscall, message]` with what the error says of itself.
    #[wasm_bindgen(method)]
    fn exchange(this: &Host, request: &web_sys::Request) -> Promise;
}

/// What happened, as the host says it.
mod happened {
    pub(super) const READY: u32 = 0;
    pub(super) const ANSWER: u32 = 1;
    pub(super) const LOST: u32 = 2;
    pub(super) const NO_HEADERS: u32 = 3;
    pub(super) const TRY_TIMEOUT: u32 = 4;
    pub(super) const TIMEOUT: u32 = 5;
    pub(super) const ABORT: u32 = 6;
}

const ENDS: [End; 3] = [End::Whole, End::Broken, End::TooLong];

/// Calls the service, with every further try. Resolves to `[text]`, or to what failed and why, in the order in which
/// `pkg-template/src/client.js` reads it. Base and id were judged before, so the address needs no encoding.
#[wasm_bindgen]
#[allow(clippy::too_many_arguments, reason = "an object would have to be taken apart again, at the cost of code")]
pub async fn call_service(
    create: bool,
    base: String,
    id: String,
    body: String,
    timeout: f64,
    retries: u32,
    after_unknown: bool,
    host: Host,
) -> Array {
    let operation = if create { Operation::CreateTracker } else { Operation::CheckObsBuckets };
    let mut url = base;
    url.push_str(&operation.path(&id));
    let policy = Policy { timeout, retries, after_unknown, parse_date: |text| Date::parse(text) };
    let mut call = Call::new(operation, policy, Date::now());
    let mut wait = 0.0;
    loop {
        let mut said = list(host.ready(call.failure().attempts, wait)).await;
        if what(&said) == happened::READY {
            let request = Request::post(&url)
                .headers(Headers::from_raw(said.get(1).unchecked_into()))
                .redirect(RequestRedirect::Manual)
                .abort_signal(said.get(2).dyn_ref())
                .body(&body);
            if let Ok(request) = request {
                call.leaves();
                said = list(host.exchange(&request.into())).await;
            }
        }
        match next(&mut call, &said) {
            Action::Wait(ms) => wait = ms,
            Action::Succeed => return Array::of1(&said.get(2)),
            Action::Fail => return tell(&call),
        }
    }
}

async fn list(promise: Promise) -> Array {
    JsFuture::from(promise).await.unwrap_or_default().unchecked_into()
}

fn what(said: &Array) -> u32 {
    said.get(0).as_f64().unwrap_or_default() as u32
}

fn next(call: &mut Call, said: &Array) -> Action {
    let text = |at: u32| said.get(at).as_string().unwrap_or_default();
    let (headers, body);
    let event = match what(said) {
        happened::ANSWER => {
            let answer = Response::from(said.get(1).unchecked_into::<web_sys::Response>());
            let given = answer.headers();
            headers = service_error::Headers::read(&mut |name| given.get(name).unwrap_or_default());
            body = text(2);
            let end = said.get(3).as_f64().and_then(|end| ENDS.get(end as usize)).copied().unwrap_or(End::Broken);
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
    call.next(event, Date::now(), Math::random())
}

fn tell(call: &Call) -> Array {
    let failure = call.failure();
    let told = Array::new();
    let error = &failure.error;
    for text in [
        failure.kind.as_str(),
        failure.sent.as_str(),
        &error.code,
        &error.message,
        &error.request_id,
        &failure.received,
    ] {
        told.push(&text.into());
    }
    told.push(&error.status.into());
    told.push(&failure.attempts.into());
    told.push(&failure.retry_after.into());
    told.push(&failure.may_already_exist.into());
    told
}
