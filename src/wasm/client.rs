//! Carries a call out over gloo-net: what to do next is decided in `crate::client`.
//!
//! The request is built with gloo-net but sent through the caller's `fetch`, or the host's, by a call that can fail:
//! gloo-net's own `send` traps when an abort's reason is no `Error`, and its promise then never settles. Everything
//! awaited is raced against the end of the call, so a `fetch` that heeds no signal cannot hold it up. What is foreign
//! is called so that what it throws comes back as an error.

use gloo_net::http::{Headers, Request, Response};
use js_sys::{Array, ArrayBuffer, Date, Function, Math, Promise, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, RequestRedirect};

use crate::client::{Action, Call, End, Event, Failure, MAX_BODY, Policy, never_left};
use crate::endpoint::Operation;
use crate::service_error::{self, Sent};

#[wasm_bindgen]
extern "C" {
    /// Further arguments go to the callback.
    #[wasm_bindgen(js_name = setTimeout)]
    fn set_timeout(callback: &Function, ms: f64, argument: u32) -> JsValue;
    #[wasm_bindgen(js_name = clearTimeout)]
    fn clear_timeout(timer: &JsValue);

    /// An AbortSignal, of whichever realm.
    pub type Signal;
    #[wasm_bindgen(method, getter)]
    fn aborted(this: &Signal) -> bool;
    #[wasm_bindgen(method, js_name = addEventListener)]
    fn listen(this: &Signal, event: &str, listener: &Function);
    #[wasm_bindgen(method, js_name = removeEventListener)]
    fn unlisten(this: &Signal, event: &str, listener: &Function);

    /// The body of an answer, and its reader.
    type Stream;
    #[wasm_bindgen(method, catch, js_name = getReader)]
    fn reader(this: &Stream) -> Result<Stream, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn read(this: &Stream) -> Result<Promise, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn cancel(this: &Stream) -> Result<Promise, JsValue>;
}

/// What a timer resolves its promise with. What else is awaited never is a number.
const CALL_OVER: u32 = 0;
const TRY_OVER: u32 = 1;
const WAIT_OVER: u32 = 2;

/// Something awaited came, or something else came first.
enum Came {
    Value(Result<JsValue, JsValue>),
    Timer(u32),
    Abort,
}

/// A call under way, as far as JavaScript knows it.
struct Host {
    call: Call,
    signal: Option<Signal>,
    /// Resolves at the end of the call's time, and when the caller aborts.
    over: Promise,
    /// The first thing that was thrown in the last try, for `cause`.
    cause: JsValue,
}

impl Host {
    /// Waits for the first of them, and for the end of the call.
    async fn first(&self, promises: &[&Promise]) -> Came {
        let race: Array = promises.iter().copied().chain([&self.over]).collect();
        let first = JsFuture::from(Promise::race(&race)).await;
        if self.signal.as_ref().is_some_and(Signal::aborted) {
            return Came::Abort;
        }
        match first.as_ref().ok().and_then(JsValue::as_f64) {
            Some(timer) => Came::Timer(timer as u32),
            None => Came::Value(first),
        }
    }

    fn next(&mut self, event: Event<'_>) -> Action {
        self.call.next(event, Date::now(), Math::random())
    }

    fn lost(&mut self, cause: JsValue) -> Action {
        let sent = if left_nothing(&cause) { Sent::No } else { Sent::Unknown };
        self.cause = cause;
        self.next(Event::Lost { sent })
    }

    fn ended(&mut self, came: &Came) -> Action {
        self.next(match came {
            Came::Timer(TRY_OVER) => Event::TryTimeout,
            Came::Timer(_) => Event::Timeout,
            _ => Event::Abort,
        })
    }
}

/// A timer that resolves its promise.
struct Timer {
    promise: Promise,
    resolve: Function,
    id: JsValue,
}

impl Timer {
    fn new(ms: f64, argument: u32) -> Self {
        let mut resolve = None;
        let promise = Promise::new(&mut |ok, _| resolve = Some(ok));
        let resolve: Function = resolve.unwrap_or_default().unchecked_into();
        // Longer than this, hosts fire at once.
        let id = if ms < 2_147_483_647.0 { set_timeout(&resolve, ms, argument) } else { JsValue::UNDEFINED };
        Timer { promise, resolve, id }
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        clear_timeout(&self.id);
    }
}

/// Calls the service, with every further try. Always resolves: to `[text]`, or to what failed and why, in the order
/// in which `pkg-template/src/client.js` reads it. `fetch` is given a Request, `headers` gives (a promise of)
/// Headers, and `waits` is told of each wait before a further try.
#[wasm_bindgen]
#[allow(clippy::too_many_arguments, reason = "an object would have to be taken apart again, at the cost of code")]
pub async fn call_service(
    create: bool,
    base: String,
    id: String,
    body: String,
    timeout: f64,
    try_timeout: f64,
    retries: u32,
    after_unknown: bool,
    signal: Option<Signal>,
    fetch: Function,
    headers: Function,
    waits: Function,
) -> Array {
    let operation = if create { Operation::CreateTracker } else { Operation::CheckObsBuckets };
    // Both were judged, so nothing in them needs encoding, and the address cannot be refused below.
    let url = [base, operation.path(&id)].concat();
    let policy = Policy { timeout, try_timeout, retries, after_unknown };
    let over = Timer::new(timeout, CALL_OVER);
    if let Some(signal) = &signal {
        signal.listen("abort", &over.resolve);
    }
    let mut host = Host {
        call: Call::new(operation, policy, Date::now()),
        signal,
        over: over.promise.clone(),
        cause: JsValue::UNDEFINED,
    };
    let mut text = JsValue::UNDEFINED;
    let mut action = Action::Send;
    let result = loop {
        action = match action {
            Action::Send => {
                host.cause = JsValue::UNDEFINED;
                attempt(&mut host, &url, &body, try_timeout, &fetch, &headers, &mut text).await
            }
            Action::Wait(ms) => {
                let told = [host.call.attempts().into(), ms.into()];
                let _ = waits.call2(&JsValue::UNDEFINED, &told[0], &told[1]);
                let timer = Timer::new(ms, WAIT_OVER);
                match host.first(&[&timer.promise]).await {
                    Came::Timer(WAIT_OVER) => Action::Send,
                    came => host.ended(&came),
                }
            }
            Action::Succeed => break Array::of1(&text),
            Action::Fail(failure) => break tell(failure, &host.cause),
        };
    };
    if let Some(signal) = &host.signal {
        signal.unlisten("abort", &over.resolve);
    }
    result
}

/// One try, from the headers to the end of the body. Whatever ends it early leaves nothing running.
async fn attempt(
    host: &mut Host,
    url: &str,
    body: &str,
    try_timeout: f64,
    fetch: &Function,
    headers: &Function,
    text: &mut JsValue,
) -> Action {
    if host.signal.as_ref().is_some_and(Signal::aborted) {
        return host.ended(&Came::Abort);
    }
    let asked = headers.call0(&JsValue::UNDEFINED).map(|headers| Promise::resolve(&headers));
    let came = match asked {
        Ok(promise) => host.first(&[&promise]).await,
        Err(thrown) => Came::Value(Err(thrown)),
    };
    let headers = match came {
        Came::Value(Ok(headers)) => Headers::from_raw(headers.unchecked_into()),
        Came::Value(Err(cause)) => {
            host.cause = cause;
            return host.next(Event::NoHeaders);
        }
        came => return host.ended(&came),
    };
    let Ok(controller) = AbortController::new() else { return host.next(Event::NoRequest) };
    let request = Request::post(url)
        .headers(headers)
        .redirect(RequestRedirect::Manual)
        .abort_signal(Some(&controller.signal()))
        .body(body);
    let Ok(request) = request else { return host.next(Event::NoRequest) };
    let request: web_sys::Request = request.into();

    host.call.leaves();
    let timer = Timer::new(try_timeout, TRY_OVER);
    let came = match fetch.call1(&JsValue::UNDEFINED, &request) {
        Ok(answer) => host.first(&[&Promise::resolve(&answer), &timer.promise]).await,
        Err(thrown) => Came::Value(Err(thrown)),
    };
    let answer: Response = match came {
        Came::Value(Ok(answer)) => answer.unchecked_into::<web_sys::Response>().into(),
        Came::Value(Err(cause)) => return host.lost(cause),
        came => {
            controller.abort();
            return host.ended(&came);
        }
    };
    let status = answer.status();
    let given = answer.headers();
    let headers = service_error::Headers::read(&mut |name| given.get(name).unwrap_or_default());
    let mut bytes = Vec::new();
    let end = match read(host, answer, &timer, &mut bytes).await {
        Ok(end) => end,
        Err(came) => {
            controller.abort();
            return host.ended(&came);
        }
    };
    if end == End::TooLong {
        controller.abort();
    }
    let body = String::from_utf8_lossy(&bytes);
    let body = body.trim_start_matches('\u{feff}');
    let action = host.next(Event::Answer { status, headers: &headers, body, end });
    if action == Action::Succeed {
        *text = body.into();
    }
    action
}

/// Reads a body to its end or to the most that is read.
async fn read(host: &mut Host, answer: Response, timer: &Timer, bytes: &mut Vec<u8>) -> Result<End, Came> {
    let Some(body) = answer.body() else { return Ok(End::Whole) };
    let stream: Stream = JsValue::from(body).unchecked_into();
    let reader = match stream.reader() {
        Ok(reader) => reader,
        Err(cause) => {
            host.cause = cause;
            return Ok(End::Broken);
        }
    };
    loop {
        let came = match reader.read() {
            Ok(chunk) => host.first(&[&chunk, &timer.promise]).await,
            Err(cause) => Came::Value(Err(cause)),
        };
        let chunk = match came {
            Came::Value(Ok(chunk)) => chunk,
            Came::Value(Err(cause)) => {
                host.cause = cause;
                return Ok(End::Broken);
            }
            came => {
                let_go(&reader);
                return Err(came);
            }
        };
        let part = |name: &str| Reflect::get(&chunk, &name.into()).unwrap_or_default();
        if part("done").is_truthy() {
            return Ok(End::Whole);
        }
        let value = part("value");
        if !ArrayBuffer::is_view(&value) {
            return Ok(End::Broken);
        }
        let part = Uint8Array::new(&value);
        let room = MAX_BODY.saturating_sub(bytes.len());
        if part.length() as usize > room {
            bytes.extend(part.subarray(0, room as u32).to_vec());
            let_go(&reader);
            return Ok(End::TooLong);
        }
        bytes.extend(part.to_vec());
    }
}

/// Gives a body up. The promise is listened to, so that its rejection is nobody's surprise.
fn let_go(reader: &Stream) {
    if let Ok(promise) = reader.cancel() {
        drop(JsFuture::from(promise));
    }
}

/// Whether an error of `fetch`, or its cause, says that no connection was made.
fn left_nothing(error: &JsValue) -> bool {
    let get = |from: &JsValue, name: &str| Reflect::get(from, &name.into()).unwrap_or_default();
    let says = |error: &JsValue| {
        let text = |name| get(error, name).as_string().unwrap_or_default();
        error.is_object() && never_left(&text("code"), &text("syscall"), &text("message"))
    };
    says(error) || error.is_object() && says(&get(error, "cause"))
}

fn tell(failure: Failure, cause: &JsValue) -> Array {
    let told = Array::new();
    let text = |text: &str| {
        told.push(&text.into());
    };
    text(failure.kind.as_str());
    text(failure.sent.as_str());
    text(&failure.code);
    text(&failure.message);
    text(&failure.request_id);
    text(&failure.received);
    told.push(&failure.status.into());
    told.push(&failure.attempts.into());
    told.push(&failure.retry_after.into());
    told.push(&failure.may_already_exist.into());
    told.push(cause);
    told
}
