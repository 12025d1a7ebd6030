//! The endpoints as the real service answers them: request and state in, answer, delay and delivery out.
//!
//! There is no I/O, no clock and no randomness here: the time and the bytes for generated ids are arguments, so the same
//! calls give the same bytes. An adapter executes the [`Plan`].
//!
//! Every request is checked in this order, and the first check that fails decides the answer.
//!
//! 1. Faults that apply before (see [`Fault`]): the header `x-emulator-fault`, then the list.
//! 2. Size, as the gateway limits it: URI 32 KiB (414), one header 32 KiB or all 128 KiB (494), body 12 MiB (413).
//! 3. Route: an unknown path or another method than that of the operation is `APIGW.0101` (404).
//! 4. Signature, always `APIGW.0301` (401): no `Authorization`; a malformed one; a key that five wrong signatures in a
//!    row have locked for five minutes; an `X-Sdk-Date` that is absent, malformed or unsigned; an unknown key; a clock
//!    more than 15 minutes off; security token; body hash; an absent signed header; the signature.
//! 5. The id in the path: `CTS.0012` for a project, `CTS.0002` for a domain (403).
//! 6. The body, by the rules of [`crate::validate`]: the first error that the service has a code for, else `CTS.0003`.
//! 7. CreateTracker, against the state:
//!    - management: `CTS.0229` another organization tracker of the project, `CTS.0201` another management tracker of it;
//!    - data: `CTS.0208` name in use in the project, `CTS.0200` over 100, `CTS.0211` the tracked bucket does not exist, `CTS.0209`
//!      one of its operations is already tracked;
//!    - transfer: `CTS.0215` the bucket to create exists, `CTS.0211` the bucket to use does not;
//!    - encryption of a management tracker: `CTS.0222` the key does not exist.
//!
//!    CheckObsBuckets answers 200 and checks each bucket: whether it exists in that region (`OBS.NoSuchBucket`, 404),
//!    and, for encryption, whether the key exists (`OBS.KMS.NotFoundException`, 400).
//!
//!    ListTrackers answers 200 with the trackers of the project, filtered by `tracker_type` (`CTS.0202` for an unknown
//!    one) and `tracker_name`. A tracker is missing until [`Config::visibility_delay_ms`] after its creation.
//! 8. Faults that apply during or after.

mod answer;
mod config;
mod fault;
mod gateway;
mod service;

use std::collections::VecDeque;

use serde::Serialize;

pub use config::{
    Bucket, BucketOption, Config, ConfigError, CredentialsOption, DEFAULT_BUCKETS, DEFAULT_KEYS, DEFAULT_LOCATION,
    EmulatorOptions, SAMPLE_ACCESS_KEY_ID, SAMPLE_SECRET_ACCESS_KEY,
};
pub use fault::{Delivery, FAULT_HEADER, Fault, FaultError, FaultFields, FaultOption, TextOrNumber, When};
pub use gateway::MAX_BODY;

use answer::Reply;
use fault::Faults;

use crate::model::CreateTrackerResponse;
use crate::service::Operation;
use crate::service::error_body::{self, Headers};

/// How many data trackers an account may have.
pub const DATA_TRACKER_QUOTA: usize = 100;
/// The log keeps this many of the newest requests, so that it does not grow in a long run.
pub const LOG_LENGTH: usize = 1000;

/// The emulator's account in answers. Requests may name any project and domain id.
pub const DOMAIN_ID: &str = "emulatoraccount00000000000000000";

/// Bytes for generated ids: the first half for the request id, the second for a tracker's.
pub type Entropy = [u8; 32];

/// The answer, its delay, and how much of it is sent.
#[derive(Debug)]
pub struct Plan {
    pub response: http::Response<Vec<u8>>,
    pub delay_ms: u32,
    pub delivery: Delivery,
}

/// One request in the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct LoggedRequest {
    /// When it was received, in milliseconds since 1970.
    pub at: i64,
    pub method: String,
    pub path: String,
    /// None if the route is unknown.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "Operation | null"))]
    pub operation: Option<&'static str>,
    pub request_id: String,
    /// None if no answer was sent.
    pub status: Option<u16>,
    pub error_code: Option<String>,
    /// Whether it created a tracker, also if its answer was lost.
    pub created: bool,
    pub fault: Option<String>,
}

/// An emulated account in one region.
#[derive(Debug)]
pub struct Emulator {
    config: Config,
    faults: Faults,
    buckets: Vec<Bucket>,
    trackers: Vec<CreateTrackerResponse>,
    failures: gateway::Failures,
    log: VecDeque<LoggedRequest>,
    seen: u64,
}

/// The values that all answers to one request share.
struct Context<'a> {
    method: &'a str,
    path: &'a str,
    operation: Option<Operation>,
    now_ms: i64,
    entropy: &'a Entropy,
    request_id: String,
}

impl Emulator {
    pub fn new(config: Config) -> Self {
        Emulator {
            faults: Faults::new(&config.faults),
            buckets: config.buckets.clone(),
            trackers: Vec::new(),
            failures: gateway::Failures::default(),
            log: VecDeque::new(),
            seen: 0,
            config,
        }
    }

    /// Returns to the initial state.
    pub fn reset(&mut self) {
        *self = Emulator::new(self.config.clone());
    }

    /// Answers one request. `now_ms` is in milliseconds since 1970.
    pub fn handle<B: AsRef<[u8]>>(&mut self, request: &http::Request<B>, now_ms: i64, entropy: &Entropy) -> Plan {
        let route = gateway::route(request);
        let context = Context {
            method: request.method().as_str(),
            path: request.uri().path(),
            operation: route.as_ref().ok().map(|route| route.operation),
            now_ms,
            entropy,
            request_id: hex(entropy.iter().take(16)),
        };
        let fault = match asked_fault(request) {
            Some(Ok(fault)) => Some(fault),
            Some(Err(error)) => {
                let reply = Reply::worded("EMULATOR.FAULT", 400, &error.to_string(), &context.request_id);
                return self.plan(&context, reply, false, None);
            }
            None => self.faults.next(context.operation),
        };
        if fault.as_ref().is_some_and(|fault| fault.when() == When::Before) {
            // Used only if the fault has no answer of its own, and then nothing of it is sent.
            let unused = Reply::code("CTS.0004", &context.request_id);
            return self.plan(&context, unused, false, fault);
        }
        let known = self.trackers.len();
        let reply = self.execute(request, route, &context);
        let created = self.trackers.len() > known;
        self.plan(&context, reply, created, fault)
    }

    /// Answers what the `http` crate does not accept as a request: the gateway's 414 if the target is too long, else
    /// its 400.
    pub fn refuse(&mut self, method: &str, target: &str, now_ms: i64, entropy: &Entropy) -> Plan {
        let context = Context {
            method,
            path: target.split('?').next().unwrap_or_default(),
            operation: None,
            now_ms,
            entropy,
            request_id: hex(entropy.iter().take(16)),
        };
        let status = if target.len() > gateway::MAX_URI { 414 } else { 400 };
        let reply = Reply::gateway("APIGW.0201", status, &context.request_id);
        self.plan(&context, reply, false, None)
    }

    fn execute<B: AsRef<[u8]>>(
        &mut self,
        request: &http::Request<B>,
        route: Result<gateway::Route, gateway::NoRoute>,
        context: &Context<'_>,
    ) -> Reply {
        if let Err(status) = gateway::sizes(request) {
            return Reply::gateway("APIGW.0201", status, &context.request_id);
        }
        let route = match route {
            Ok(route) => route,
            Err(no_route) => return Reply::worded("APIGW.0101", 404, no_route.message(), &context.request_id),
        };
        let signed = gateway::authenticate(request, context.now_ms, &self.config.credentials, &mut self.failures);
        if let Err(message) = signed {
            return Reply::worded("APIGW.0301", 401, &message, &context.request_id);
        }
        let body = request.body().as_ref();
        let answered = match route.operation {
            Operation::CreateTracker => self.create_tracker(&route.id, body, context),
            Operation::CheckObsBuckets => self.check_obs_buckets(&route.id, body).map_err(Into::into),
            Operation::ListTrackers => {
                self.list_trackers(&route.id, request.uri().query(), context.now_ms).map_err(Into::into)
            }
        };
        answered.unwrap_or_else(|refused| Reply::refused(&refused, &context.request_id))
    }

    fn plan(&mut self, context: &Context<'_>, reply: Reply, created: bool, fault: Option<Fault>) -> Plan {
        let reply = fault.as_ref().and_then(|fault| fault.reply(&context.request_id)).unwrap_or(reply);
        let delivery = fault.as_ref().map_or(Delivery::Whole, |fault| fault.delivery(reply.body.len()));
        let silent = matches!(delivery, Delivery::Reset { sent: None } | Delivery::Hang { sent: None });
        self.seen = self.seen.saturating_add(1);
        if self.log.len() >= LOG_LENGTH {
            self.log.pop_front();
        }
        self.log.push_back(LoggedRequest {
            at: context.now_ms,
            method: context.method.to_owned(),
            path: context.path.to_owned(),
            operation: context.operation.map(Operation::name),
            request_id: context.request_id.clone(),
            status: (!silent).then_some(reply.status),
            error_code: (!silent).then(|| error_code(&reply)).flatten(),
            created,
            fault: fault.as_ref().map(Fault::name),
        });
        let fault_ms = fault.as_ref().map_or(0, Fault::delay_ms);
        Plan { response: response(reply, context), delay_ms: self.config.latency_ms.saturating_add(fault_ms), delivery }
    }

    pub fn tracker_count(&self) -> usize {
        self.trackers.len()
    }

    /// The newest requests, oldest first; at most [`LOG_LENGTH`].
    pub fn log(&self) -> impl Iterator<Item = &LoggedRequest> {
        self.log.iter()
    }

    pub fn state(&self) -> State<'_> {
        State { trackers: &self.trackers, requests: &self.log, request_count: self.seen }
    }
}

/// What an emulator shows of itself.
#[derive(Debug, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct State<'a> {
    /// As their 201 showed them.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "any[]"))]
    trackers: &'a [CreateTrackerResponse],
    #[cfg_attr(target_arch = "wasm32", tsify(type = "LoggedRequest[]"))]
    requests: &'a VecDeque<LoggedRequest>,
    request_count: u64,
}

fn asked_fault<B>(request: &http::Request<B>) -> Option<Result<Fault, FaultError>> {
    let value = request.headers().get(FAULT_HEADER)?;
    Some(Fault::parse(&String::from_utf8_lossy(value.as_bytes())))
}

fn error_code(reply: &Reply) -> Option<String> {
    if reply.status < 400 {
        return None;
    }
    let error = error_body::read(reply.status, &Headers::default(), &String::from_utf8_lossy(&reply.body));
    Some(error.code).filter(|code| !code.is_empty())
}

fn response(reply: Reply, context: &Context<'_>) -> http::Response<Vec<u8>> {
    let mut response = http::Response::new(reply.body);
    // 200 to 599, and the gateway's 494: all are statuses to the http crate.
    *response.status_mut() =
        http::StatusCode::from_u16(reply.status).unwrap_or(http::StatusCode::INTERNAL_SERVER_ERROR);
    let date = crate::service::date::http_date(context.now_ms);
    let common = [
        ("date", Some(date.as_str())),
        ("content-type", reply.content_type),
        ("server", Some("cts-tracker-emulator")),
        ("x-request-id", Some(context.request_id.as_str())),
    ];
    let headers = response.headers_mut();
    for (name, value) in common {
        if let Some(value) = value.and_then(|value| http::HeaderValue::try_from(value).ok()) {
            headers.insert(name, value);
        }
    }
    // Headers of a fault come last and replace others. They were checked when the fault was read.
    for (name, value) in reply.headers {
        if let (Ok(name), Ok(value)) = (http::HeaderName::try_from(name), http::HeaderValue::try_from(value)) {
            headers.insert(name, value);
        }
    }
    response
}

fn hex<'a>(bytes: impl Iterator<Item = &'a u8>) -> String {
    let digit = |nibble: u8| char::from_digit(u32::from(nibble), 16).unwrap_or('0');
    bytes.flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}
