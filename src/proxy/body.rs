//! The body of a request, and the request that is sent to the service.

use http::Request;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, USER_AGENT};
use serde::Serialize;

use super::{Policy, Problem, ProblemCode, Response, Route};
use crate::decode::Buffer;
use crate::emulator::FAULT_HEADER;
use crate::service::Operation;
use crate::signing::{self, Credentials, SdkDate};
use crate::validate::{self, InvalidJson, Validation};

/// The result for a body.
#[derive(Clone, Debug)]
pub enum Body {
    /// To be sent once, unchanged.
    Send(Request<Vec<u8>>),
    Respond(Response),
}

/// Checks a body. The request to send is built from nothing: the configured host, the path of the operation, the
/// validated value encoded again, and our signature. No byte and no header of the caller's is copied. A lookup has no
/// body, so none is sent.
pub fn check_body(policy: &Policy, route: &Route, body: &[u8], credentials: &Credentials, date: SdkDate) -> Body {
    let encoded = match route.operation {
        Operation::ListTrackers => Ok(Vec::new()),
        Operation::CreateTracker => {
            encode(validate::create_tracker_json(body, &mut Buffer::default(), policy.parse_number))
        }
        Operation::CheckObsBuckets => {
            encode(validate::check_obs_buckets_json(body, &mut Buffer::default(), policy.parse_number))
        }
    };
    let signed = encoded.and_then(|body| {
        sign(policy, route, body, credentials, date).ok_or_else(|| Problem::new(ProblemCode::Internal))
    });
    match signed {
        Ok(request) => Body::Send(request),
        Err(problem) => Body::Respond(problem.response(route.origin.as_deref())),
    }
}

fn encode<T: Serialize>(validation: Result<Validation<'_, T>, InvalidJson>) -> Result<Vec<u8>, Problem> {
    let validation = validation.map_err(Problem::invalid_json)?;
    let Some(value) = validation.value else {
        return Err(Problem::invalid_request(&validation.errors, &validation.warnings));
    };
    serde_json::to_vec(&value).map_err(|_| Problem::new(ProblemCode::Internal))
}

/// Host, path and headers were checked before, so this does not return none.
fn sign(
    policy: &Policy,
    route: &Route,
    body: Vec<u8>,
    credentials: &Credentials,
    date: SdkDate,
) -> Option<Request<Vec<u8>>> {
    let (method, path) = (route.operation.method(), route.operation.path(&route.id));
    // Only headers that no HTTP library changes are signed.
    let request = signing::Request {
        method,
        host: &policy.upstream_host,
        path: &path,
        query: &route.query,
        headers: &[],
        body: &body,
    };
    let signed = signing::sign(&request, credentials, Some(date), None).ok()?;
    let question_mark = if route.query.is_empty() { "" } else { "?" };
    let mut builder = Request::builder()
        .method(method)
        .uri([policy.upstream.as_str(), &path, question_mark, &route.query].concat())
        .header(ACCEPT, "application/json")
        .header(USER_AGENT, concat!("cts-tracker/", env!("CARGO_PKG_VERSION")))
        .header(AUTHORIZATION, signed.authorization);
    if route.operation.request().is_some() {
        builder = builder.header(CONTENT_TYPE, "application/json");
    }
    if let Some(fault) = &route.fault {
        builder = builder.header(FAULT_HEADER, fault);
    }
    for (name, value) in &signed.headers {
        builder = builder.header(&**name, &**value);
    }
    builder.body(body).ok()
}
