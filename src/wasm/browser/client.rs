//! The client's calls. [`CtsCall`] wraps the state machine of `crate::client` for `pkg-template/src/client/call.ts`,
//! which does the I/O.
//!
//! gloo-net collects the headers. Requests are not sent with it: its `send` traps if a caller aborts with a reason that is
//! not an `Error`, and its promise then never settles. Its `RequestBuilder` builds a `Request`, which a `fetch` of a library
//! does not accept.

use gloo_net::http::Headers as RequestHeaders;
use js_sys::{Date, Object};
use wasm_bindgen::prelude::*;
use web_sys::Headers;

use crate::client::{
    Action, Answer, BodyEnd, Call, CallOptions, ConnectionError, Event, Failure, Lookup, Progress, Step, never_sent,
    resolve,
};
use crate::service::Operation;
use crate::service::error_body::{self, Sent};

/// The TypeScript types of the objects that cross.
#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
import type { CtsErrorDetails, CtsErrorKind } from '../../../pkg-template/src/client/error.js';
import type { ConnectionError } from '../../../pkg-template/src/connection-errors.js';
import type { Operation } from '../../../pkg-template/src/generated/names.js';

export interface CtsCallOptions {
  operation: Operation;
  baseUrl: string;
  /** A valid project or account ID. */
  id: string;
  /** Empty, or with its question mark. */
  query: string;
  /** Not sent with listTrackers. */
  body: string;
  timeoutMs: number;
  maxRetries: number;
}

/** How a try ended. */
export type CtsCallEvent =
  | {
      type: 'answer';
      status: number;
      contentType: string;
      retryAfter: string;
      date: string;
      requestId: string;
      body: string;
      bodyEnd: 'complete' | 'broken' | 'too_long';
    }
  | { type: 'connection_failed'; errors: ConnectionError[] }
  | { type: 'headers_failed' | 'try_timeout' | 'timeout' | 'aborted' };

/** The arguments of `fetch`, without a signal. */
export type CtsRequest = RequestInit & { url: string };

/** What to do next. */
export type CtsCallAction =
  | { type: 'wait'; ms: number }
  | { type: 'succeed' }
  | ({ type: 'fail'; kind: CtsErrorKind } & CtsErrorDetails);

/** How a lookup of a creation whose outcome is unknown ended. */
export interface CtsLookup {
  result: 'listed' | 'failed' | 'failed_for_now';
  /** When the trackers of its project, type and name were created. NaN if unknown. */
  createdAt: number[];
  sentAt: number;
  clockOffsetMs: number;
  lookups: number;
  elapsedMs: number;
  timeoutMs: number;
}

export type CtsLookupStep =
  | { type: 'wait'; ms: number }
  | { type: 'resolved'; resolution: 'created' | 'existed_before' | 'not_seen' | 'unknown'; tracker?: number };
"#;

// The fields are read and written by name. An import for each field would add 0.7 kB of brotli, serde-wasm-bindgen 24 kB.
#[wasm_bindgen]
extern "C" {
    /// A plain object, or a list.
    pub type Plain;
    #[wasm_bindgen(method, structural, indexing_getter)]
    fn text(this: &Plain, name: &str) -> String;
    #[wasm_bindgen(method, structural, indexing_getter)]
    fn number(this: &Plain, name: &str) -> f64;
    #[wasm_bindgen(method, structural, indexing_getter)]
    fn value(this: &Plain, name: &str) -> JsValue;
    #[wasm_bindgen(method, structural, indexing_getter)]
    fn item(this: &Plain, index: u32) -> Plain;
    #[wasm_bindgen(method, structural, indexing_getter)]
    fn number_at(this: &Plain, index: u32) -> f64;
    #[wasm_bindgen(method, structural, indexing_setter)]
    fn set_text(this: &Plain, name: &str, value: Option<&str>);
    #[wasm_bindgen(method, structural, indexing_setter)]
    fn set_number(this: &Plain, name: &str, value: Option<f64>);
    #[wasm_bindgen(method, structural, indexing_setter)]
    fn set_flag(this: &Plain, name: &str, value: Option<bool>);
    #[wasm_bindgen(method, structural, indexing_setter)]
    fn set_value(this: &Plain, name: &str, value: &JsValue);

    #[wasm_bindgen(extends = Plain, typescript_type = "CtsCallOptions")]
    pub type JsCallOptions;
    #[wasm_bindgen(extends = Plain, typescript_type = "CtsCallEvent")]
    pub type JsEvent;
    #[wasm_bindgen(extends = Plain, typescript_type = "CtsCallAction")]
    pub type JsAction;
    #[wasm_bindgen(extends = Plain, typescript_type = "CtsRequest")]
    pub type JsRequest;
    #[wasm_bindgen(extends = Plain, typescript_type = "CtsLookup")]
    pub type JsLookup;
    #[wasm_bindgen(extends = Plain, typescript_type = "CtsLookupStep")]
    pub type JsLookupStep;
}

/// One call of the client: its request, and what to do after each try.
#[wasm_bindgen]
#[derive(Debug)]
pub struct CtsCall {
    call: Call,
    method: &'static str,
    url: String,
    body: JsValue,
}

#[wasm_bindgen]
impl CtsCall {
    #[wasm_bindgen(constructor)]
    pub fn new(options: &JsCallOptions, now: f64) -> CtsCall {
        let operation = Operation::from_name(&options.text("operation")).unwrap_or(Operation::CheckObsBuckets);
        let limits = CallOptions {
            timeout_ms: options.number("timeoutMs"),
            max_retries: options.number("maxRetries") as u32,
            parse_date: |text| Date::parse(text),
            after_unknown: false,
        };
        CtsCall {
            call: Call::new(operation, limits, now),
            method: operation.method(),
            url: options.text("baseUrl") + &operation.path(&options.text("id")) + &options.text("query"),
            body: options.value("body"),
        }
    }

    /// The arguments of `fetch` for the next try, which must follow at once. They are strings and a plain object, because a
    /// `fetch` of a library knows no `Request` or `Headers` but its own.
    pub fn request(&mut self, headers: Headers) -> JsRequest {
        let headers = RequestHeaders::from_raw(headers);
        headers.set("accept", "application/json, application/problem+json");
        headers.set("content-type", "application/json");
        // The proxy requires it, because a page of another origin cannot send it without a preflight.
        headers.set("x-requested-with", "cts-tracker");
        let fields = Object::from_entries(&headers.into_raw()).unwrap_or_default();
        let request = Object::new().unchecked_into::<JsRequest>();
        request.set_text("url", Some(&self.url));
        request.set_text("method", Some(self.method));
        request.set_text("redirect", Some("manual"));
        request.set_value("headers", &fields);
        // A GET must have none.
        if self.method == "POST" {
            request.set_value("body", &self.body);
        }
        self.call.begin_try();
        request
    }

    /// Decides what follows from how the try ended. `random` is from 0 to below 1; `after_unknown` is whether another
    /// call for the same tracker has ended with an unknown outcome.
    pub fn next(&mut self, event: &JsEvent, now: f64, random: f64, after_unknown: bool) -> JsAction {
        self.call.set_after_unknown(after_unknown);
        let (headers, body);
        let event = match &*event.text("type") {
            "answer" => {
                headers = error_body::Headers {
                    content_type: event.text("contentType"),
                    retry_after: event.text("retryAfter"),
                    date: event.text("date"),
                    request_id: event.text("requestId"),
                };
                body = event.text("body");
                let end = match &*event.text("bodyEnd") {
                    "complete" => BodyEnd::Complete,
                    "too_long" => BodyEnd::TooLong,
                    _ => BodyEnd::Broken,
                };
                Event::Answer(Answer { status: event.number("status") as u16, headers: &headers, body: &body, end })
            }
            "headers_failed" => Event::HeadersFailed,
            "try_timeout" => Event::TryTimeout,
            "timeout" => Event::Timeout,
            "aborted" => Event::Aborted,
            _ => Event::ConnectionFailed(sent_despite(event.value("errors").unchecked_ref())),
        };
        let action = Object::new().unchecked_into::<JsAction>();
        match self.call.next(event, now, random) {
            Action::Wait(ms) => {
                action.set_text("type", Some("wait"));
                action.set_number("ms", Some(ms));
            }
            Action::Succeed => action.set_text("type", Some("succeed")),
            Action::Fail => {
                action.set_text("type", Some("fail"));
                write_failure(&action, self.call.failure());
            }
        }
        action
    }
}

fn sent_despite(errors: &Plain) -> Sent {
    let errors = (0..length(errors)).map(|index| {
        let error = errors.item(index);
        ConnectionError { code: error.text("code"), syscall: error.text("syscall"), message: error.text("message") }
    });
    if never_sent(errors) { Sent::No } else { Sent::Unknown }
}

/// Decides what follows from a lookup of a tracker that may have been created.
#[wasm_bindgen(js_name = resolveLookup)]
pub fn resolve_lookup(lookup: &JsLookup) -> JsLookupStep {
    let result = lookup.text("result");
    let times = lookup.value("createdAt").unchecked_into::<Plain>();
    let created_at: Vec<f64> = (0..length(&times)).map(|index| times.number_at(index)).collect();
    let ended = if result == "listed" {
        Lookup::Listed {
            created_at: &created_at,
            sent_at: lookup.number("sentAt"),
            clock_offset_ms: lookup.number("clockOffsetMs"),
        }
    } else {
        Lookup::Failed { is_temporary: result == "failed_for_now" }
    };
    let progress = Progress {
        lookups: lookup.number("lookups") as u32,
        elapsed_ms: lookup.number("elapsedMs"),
        timeout_ms: lookup.number("timeoutMs"),
    };
    let step = Object::new().unchecked_into::<JsLookupStep>();
    match resolve(ended, progress) {
        Step::Wait(ms) => {
            step.set_text("type", Some("wait"));
            step.set_number("ms", Some(ms));
        }
        Step::Resolved { resolution, tracker } => {
            step.set_text("type", Some("resolved"));
            step.set_text("resolution", Some(resolution.as_str()));
            step.set_number("tracker", tracker.map(|index| index as f64));
        }
    }
    step
}

fn write_failure(action: &JsAction, failure: &Failure) {
    let error = &failure.error;
    action.set_text("kind", Some(failure.kind.as_str()));
    action.set_text("sent", Some(failure.sent.as_str()));
    action.set_number("attempts", Some(f64::from(failure.attempts)));
    action.set_number("status", (error.status > 0).then_some(f64::from(error.status)));
    action.set_text("errorCode", non_empty(&error.code));
    action.set_text("errorMsg", non_empty(&error.message));
    action.set_text("requestId", non_empty(&error.request_id));
    action.set_number("retryAfterMs", failure.retry_after);
    action.set_flag("mayAlreadyExist", failure.may_already_exist.then_some(true));
    action.set_text("received", failure.received.as_deref());
}

fn length(list: &Plain) -> u32 {
    list.number("length") as u32
}

fn non_empty(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}
