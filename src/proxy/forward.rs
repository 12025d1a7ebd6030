//! The body, and the request that goes to the service in its stead.

use http::Request;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, USER_AGENT};
use serde::Serialize;

use super::{Policy, Problem, ProblemCode, Response, Route};
use crate::decode::Unescaped;
use crate::service::Operation;
use crate::signing::{self, Credentials, SdkDate};
use crate::validate::{self, InvalidJson, Judged};

/// What a request comes to.
#[derive(Clone, Debug)]
pub enum Verdict {
    /// Sent as it is, once.
    Forward(Request<Vec<u8>>),
    Reject(Response),
}

/// Judges a body. What is forwarded is built from nothing: the configured host, the path of the operation, our own
/// writing of the validated value, and our signature. Of the caller's bytes and headers nothing is left.
pub fn judge(policy: &Policy, route: &Route, body: &[u8], credentials: &Credentials, date: SdkDate) -> Verdict {
    let written = match route.operation {
        Operation::CreateTracker => write(validate::create_tracker_json(body, &Unescaped::default())),
        Operation::CheckObsBuckets => write(validate::check_obs_buckets_json(body, &Unescaped::default())),
    };
    let forwarded = written.and_then(|body| {
        forward(policy, route, body, credentials, date).ok_or_else(|| Problem::new(ProblemCode::Internal))
    });
    match forwarded {
        Ok(request) => Verdict::Forward(request),
        Err(problem) => Verdict::Reject(problem.response(route.origin.as_deref())),
    }
}

fn write<T: Serialize>(judged: Result<Judged<'_, T>, InvalidJson>) -> Result<Vec<u8>, Problem> {
    let judged = judged.map_err(Problem::invalid_json)?;
    let Some(value) = judged.value else {
        return Err(Problem::invalid_request(&judged.errors, &judged.warnings));
    };
    serde_json::to_vec(&value).map_err(|_| Problem::new(ProblemCode::Internal))
}

/// None does not happen: host, path and headers were checked before.
fn forward(
    policy: &Policy,
    route: &Route,
    body: Vec<u8>,
    credentials: &Credentials,
    date: SdkDate,
) -> Option<Request<Vec<u8>>> {
    let path = route.operation.path(&route.id);
    // Only what no HTTP library touches is signed.
    let request = signing::Request {
        method: Operation::METHOD,
        host: &policy.upstream_host,
        path: &path,
        query: "",
        headers: &[],
        body: &body,
    };
    let signed = signing::sign(&request, credentials, Some(date), None).ok()?;
    let mut builder = Request::post([policy.upstream.as_str(), &path].concat())
        .header(ACCEPT, "application/json")
        .header(CONTENT_TYPE, "application/json")
        .header(USER_AGENT, concat!("cts-tracker/", env!("CARGO_PKG_VERSION")))
        .header(AUTHORIZATION, signed.authorization);
    for (name, value) in &signed.headers {
        builder = builder.header(&**name, &**value);
    }
    builder.body(body).ok()
}
