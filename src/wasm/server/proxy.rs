//! `createSigningProxy`: one object per proxy, three calls per request.

use http::uri::Scheme;
use serde::{Deserialize, Serialize};
use tsify::Tsify;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use super::boundary::{self, throw};
use super::signing::Signer;
use crate::client::{self, MAX_BODY, never_sent};
use crate::proxy::{
    self, Head, LockoutState, Page, Policy, Problem, ProblemCode, ProxyOptions, Response, Summary, Upstream,
    parse_target,
};
use crate::service::Operation;
use crate::service::error_body::Sent;

/// The codes are generated into the package, which publishes them.
#[wasm_bindgen(typescript_custom_section)]
const NAMES: &str = "import type { Operation, ProxyProblemCode } from '../../../pkg-template/src/generated/names.js';";

#[derive(Debug)]
#[wasm_bindgen]
pub struct SigningProxy(proxy::SigningProxy);

/// An admitted request. The caller returns it with each further step, so a request in flight survives the replacement
/// of a crashed instance.
#[derive(Debug, Serialize, Deserialize, Tsify)]
pub struct Route {
    #[tsify(type = "Operation")]
    operation: String,
    id: String,
    query: String,
    #[tsify(type = "string | null")]
    origin: Option<String>,
    #[tsify(type = "string | null")]
    fault: Option<String>,
}

impl From<proxy::Route> for Route {
    fn from(route: proxy::Route) -> Self {
        let proxy::Route { operation, id, query, origin, fault } = route;
        Route { operation: operation.name().to_owned(), id, query, origin, fault }
    }
}

impl Route {
    fn into_route(self) -> Result<proxy::Route, JsValue> {
        let operation = Operation::from_name(&self.operation);
        let operation = operation.ok_or_else(|| throw("invalid_argument", &"there is no such operation"))?;
        Ok(proxy::Route { operation, id: self.id, query: self.query, origin: self.origin, fault: self.fault })
    }
}

/// A response of the proxy.
#[derive(Debug, Serialize, Tsify)]
#[tsify(missing_as_null)]
pub struct ProxyResponse {
    status: u16,
    /// A header section.
    headers: String,
    #[serde(serialize_with = "boundary::bytes")]
    #[tsify(type = "Uint8Array<ArrayBuffer>")]
    body: Vec<u8>,
    /// Only for a response of the proxy itself.
    #[tsify(type = "ProxyProblemCode | null")]
    code: Option<&'static str>,
    detail: Option<String>,
    #[tsify(type = "'no' | 'yes' | 'unknown'")]
    sent: &'static str,
}

impl ProxyResponse {
    fn new(mut response: Response, sent: Sent) -> Self {
        let problem = response.extensions_mut().remove::<Summary>();
        ProxyResponse {
            status: response.status().as_u16(),
            headers: boundary::header_section(response.headers()),
            code: problem.as_ref().map(|problem| problem.code.as_str()),
            sent: problem.as_ref().map_or(sent, |problem| problem.sent).as_str(),
            detail: problem.and_then(|problem| problem.detail),
            body: response.into_body(),
        }
    }
}

/// The result for a head.
#[derive(Debug, Serialize, Tsify)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum HeadStep {
    /// Read the body.
    Admit {
        route: Route,
        body_timeout_ms: f64,
        max_body_bytes: u32,
    },
    Page {
        #[tsify(type = "'healthz' | 'readyz' | 'metrics'")]
        page: &'static str,
        in_flight: usize,
        clock_offset_ms: f64,
        is_paused: bool,
    },
    Respond {
        response: ProxyResponse,
    },
}

/// The result for a body.
#[derive(Debug, Serialize, Tsify)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum BodyStep {
    /// Send this request once.
    Send {
        method: String,
        url: String,
        headers: String,
        #[serde(serialize_with = "boundary::bytes")]
        #[tsify(type = "Uint8Array<ArrayBuffer>")]
        body: Vec<u8>,
        timeout_ms: f64,
        max_answer_bytes: usize,
        /// Return it with the answer.
        clock_offset_ms: f64,
        /// Fetch keys meanwhile.
        refresh_keys: bool,
    },
    /// Fetch keys, then take this step again.
    FetchKeys,
    /// Take this step again after this time.
    Wait {
        ms: u32,
    },
    Respond {
        response: ProxyResponse,
    },
}

/// An answer of the service, without its body.
#[derive(Debug, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct UpstreamHead {
    status: u16,
    /// A header section.
    headers: String,
    sent_at: f64,
    received_at: f64,
    clock_offset_ms: f64,
    /// The request was sent before with another date.
    is_repeat: bool,
}

/// The result for an answer.
#[derive(Debug, Serialize, Tsify)]
#[tsify(missing_as_null)]
#[serde(rename_all = "camelCase")]
pub struct Answered {
    /// Absent: take the step of the body again.
    #[tsify(type = "ProxyResponse | null")]
    response: Option<ProxyResponse>,
    clock_offset_ms: Option<f64>,
    pause_ms: Option<f64>,
    /// Keep it to restore the pause.
    lockout: Option<LockoutState>,
}

/// Why the caller ends a request.
#[derive(Debug, Deserialize, Tsify)]
#[tsify(missing_as_null)]
pub struct Reason {
    #[tsify(type = "ProxyProblemCode")]
    code: String,
    #[tsify(type = "'no' | 'yes' | 'unknown'")]
    sent: String,
    detail: Option<String>,
    /// Decide whether anything was sent, and are the detail.
    errors: Option<Vec<ConnectionError>>,
}

/// An error of the platform's `fetch`.
#[derive(Debug, Deserialize, Tsify)]
pub struct ConnectionError {
    code: String,
    syscall: String,
    message: String,
}

impl ConnectionError {
    fn to_error(&self) -> client::ConnectionError {
        let ConnectionError { code, syscall, message } = self;
        client::ConnectionError { code: code.clone(), syscall: syscall.clone(), message: message.clone() }
    }
}

fn parse_head(method: &str, url: &str, scheme: Option<&str>, headers: &str) -> Result<http::Request<()>, ProblemCode> {
    let url = parse_target(url, scheme.is_some()).ok_or(ProblemCode::NotFound)?;
    let mut head = boundary::request(method, url, headers, ()).map_err(|_| ProblemCode::MalformedRequest)?;
    // The policy compares it with that of the origin.
    if let Some(scheme) = scheme.and_then(|scheme| scheme.parse::<Scheme>().ok()) {
        head.extensions_mut().insert(scheme);
    }
    Ok(head)
}

fn unreachable_reason<'e>(mut errors: impl Iterator<Item = &'e ConnectionError>) -> Option<String> {
    errors.find_map(|error| proxy::unreachable_reason(&error.code, &error.message))
}

/// A request that waits for its turn asks again after this time. In workerd no request can wake another.
const TURN_MS: u32 = 5;

#[wasm_bindgen]
impl SigningProxy {
    /// Throws a `Failure` for invalid options.
    #[wasm_bindgen(constructor)]
    pub fn new(
        #[wasm_bindgen(unchecked_param_type = "ProxyOptions")] options: JsValue,
        has_provider: bool,
    ) -> Result<SigningProxy, JsValue> {
        let options: ProxyOptions = boundary::from_js(options)?;
        let policy = Policy::new(options, boundary::parse_number).map_err(|error| throw("invalid_options", &error))?;
        Ok(SigningProxy(proxy::SigningProxy::new(policy, has_provider)))
    }

    /// Restores the pauses of keys.
    pub fn restore(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "LockoutState")] lockout: JsValue,
    ) -> Result<(), JsValue> {
        self.0.restore(boundary::from_js(lockout)?);
        Ok(())
    }

    /// `url` is absolute; with a `scheme`, it is the request target as it was received, and must be a path. `headers` is
    /// a header section.
    #[wasm_bindgen(unchecked_return_type = "HeadStep")]
    #[allow(clippy::too_many_arguments, reason = "the parts of a head, which cost more as a struct")]
    pub fn head(
        &mut self,
        request: u32,
        method: &str,
        url: &str,
        scheme: Option<String>,
        headers: &str,
        client: &str,
        now: f64,
    ) -> JsValue {
        let step = match parse_head(method, url, scheme.as_deref(), headers) {
            Ok(head) => self.0.head(request, &head, client, now),
            Err(code) => Head::Respond(Problem::new(code).response(None)),
        };
        let step = match step {
            Head::Admit(route) => HeadStep::Admit {
                max_body_bytes: route.operation.request().map_or(0, |_| self.0.policy().max_body_bytes()),
                body_timeout_ms: self.0.policy().body_timeout_ms(),
                route: route.into(),
            },
            Head::Page(page) => {
                let status = self.0.status(now);
                HeadStep::Page {
                    page: match page {
                        Page::Health => "healthz",
                        Page::Ready => "readyz",
                        Page::Metrics => "metrics",
                    },
                    in_flight: status.in_flight,
                    clock_offset_ms: status.clock_offset_ms,
                    is_paused: status.is_paused,
                }
            }
            Head::Respond(response) => HeadStep::Respond { response: ProxyResponse::new(response, Sent::No) },
        };
        boundary::to_js(&step)
    }

    /// `expires` is when the keys expire; absent without keys.
    #[wasm_bindgen(unchecked_return_type = "KeysStep")]
    pub fn keys(&mut self, expires: Option<f64>, now: f64) -> JsValue {
        boundary::to_js(&self.0.keys(expires, now))
    }

    /// Keys that expire then were fetched; absent if the provider failed. Returns whether they can be used.
    pub fn fetched(&mut self, expires: Option<f64>, now: f64) -> bool {
        self.0.fetched(expires, now)
    }

    /// `since` is when this step was first taken for the request.
    #[wasm_bindgen(unchecked_return_type = "BodyStep")]
    #[allow(clippy::too_many_arguments, reason = "the state of one request, and its body as bytes")]
    pub fn body(
        &mut self,
        request: u32,
        #[wasm_bindgen(unchecked_param_type = "Route")] route: JsValue,
        body: &[u8],
        keys: &Signer,
        expires: f64,
        since: f64,
        now: f64,
    ) -> Result<JsValue, JsValue> {
        let route = boundary::from_js::<Route>(route)?.into_route()?;
        let step = match self.0.body(request, &route, body, &keys.0, expires, since, now) {
            proxy::BodyStep::Send { request, clock_offset_ms, refresh_keys } => BodyStep::Send {
                method: request.method().to_string(),
                url: request.uri().to_string(),
                headers: boundary::header_section(request.headers()),
                body: request.into_body(),
                timeout_ms: self.0.policy().upstream_timeout_ms(),
                max_answer_bytes: MAX_BODY,
                clock_offset_ms,
                refresh_keys,
            },
            proxy::BodyStep::FetchKeys => BodyStep::FetchKeys,
            proxy::BodyStep::Wait => BodyStep::Wait { ms: TURN_MS },
            proxy::BodyStep::Respond(response) => {
                BodyStep::Respond { response: ProxyResponse::new(response, Sent::No) }
            }
        };
        Ok(boundary::to_js(&step))
    }

    #[wasm_bindgen(unchecked_return_type = "Answered")]
    pub fn answer(
        &mut self,
        request: u32,
        #[wasm_bindgen(unchecked_param_type = "Route")] route: JsValue,
        #[wasm_bindgen(unchecked_param_type = "UpstreamHead")] head: JsValue,
        body: Vec<u8>,
        keys: &Signer,
    ) -> Result<JsValue, JsValue> {
        let route = boundary::from_js::<Route>(route)?.into_route()?;
        let head: UpstreamHead = boundary::from_js(head)?;
        let mut upstream = http::Response::builder().status(head.status);
        for (name, value) in boundary::header_lines(&head.headers) {
            upstream = upstream.header(name, boundary::latin1(value));
        }
        let times = Upstream {
            sent: head.sent_at,
            received: head.received_at,
            offset: head.clock_offset_ms,
            is_repeat: head.is_repeat,
        };
        let Ok(upstream) = upstream.body(body) else {
            let problem = Problem::new(ProblemCode::UpstreamAnswer).sent(Sent::Yes);
            let response = Some(ProxyResponse::new(self.0.refuse(request, Some(&route), problem), Sent::Yes));
            return Ok(boundary::to_js(&Answered { response, clock_offset_ms: None, pause_ms: None, lockout: None }));
        };
        let answered = self.0.answer(request, &route, &upstream, &keys.0, times);
        Ok(boundary::to_js(&Answered {
            response: answered.response.map(|response| ProxyResponse::new(response, Sent::Yes)),
            clock_offset_ms: answered.clock_offset_ms,
            pause_ms: answered.pause_ms,
            lockout: (head.status == 401).then(|| self.0.lockout()),
        }))
    }

    /// Ends a request with an answer of the proxy itself.
    #[wasm_bindgen(unchecked_return_type = "ProxyResponse")]
    pub fn refuse(
        &mut self,
        request: u32,
        #[wasm_bindgen(unchecked_param_type = "Route | null")] route: JsValue,
        #[wasm_bindgen(unchecked_param_type = "Reason")] reason: JsValue,
    ) -> Result<JsValue, JsValue> {
        let route = boundary::from_js::<Option<Route>>(route)?.map(Route::into_route).transpose()?;
        let reason: Reason = boundary::from_js(reason)?;
        let errors = reason.errors.as_ref();
        let never_sent = errors.map(|errors| never_sent(errors.iter().map(ConnectionError::to_error)));
        let sent = match (never_sent, reason.sent.as_str()) {
            (Some(true), _) => Sent::No,
            (Some(false), _) => Sent::Unknown,
            (None, "no") => Sent::No,
            (None, "yes") => Sent::Yes,
            _ => Sent::Unknown,
        };
        let problem = match ProblemCode::parse(&reason.code).unwrap_or(ProblemCode::Internal) {
            ProblemCode::BodyTooLarge => self.0.policy().body_too_large(),
            code => match reason.detail.or_else(|| unreachable_reason(reason.errors.iter().flatten())) {
                Some(detail) => Problem::new(code).detail(detail),
                None => Problem::new(code),
            },
        };
        let response = self.0.refuse(request, route.as_ref(), problem.sent(sent));
        Ok(boundary::to_js(&ProxyResponse::new(response, sent)))
    }

    /// Ends a request that the host has answered.
    pub fn release(&mut self, request: u32) {
        self.0.release(request);
    }
}
