//! The gateway before the service: sizes, routes, signatures.

use crate::service::Operation;
use crate::signing::{self, Authorization, Credentials, Refusal, SdkDate};

/// The gateway's limits, in bytes.
pub(super) const MAX_URI: usize = 32 << 10;
const MAX_HEADER: usize = 32 << 10;
const MAX_HEADERS: usize = 128 << 10;
pub const MAX_BODY: usize = 12 << 20;

/// This many wrong signatures in a row lock a key.
const FAILURES_TO_LOCK: u8 = 5;
/// How long a key stays locked.
const LOCK_MS: i64 = 5 * 60 * 1000;

/// The error is the status of the first limit that is exceeded.
pub(super) fn sizes<B: AsRef<[u8]>>(request: &http::Request<B>) -> Result<(), u16> {
    if request.uri().path_and_query().map_or(0, |target| target.as_str().len()) > MAX_URI {
        return Err(414);
    }
    let mut all = 0;
    for (name, value) in request.headers() {
        let length = name.as_str().len() + value.len();
        all += length;
        if length > MAX_HEADER || all > MAX_HEADERS {
            return Err(494);
        }
    }
    if request.body().as_ref().len() > MAX_BODY {
        return Err(413);
    }
    Ok(())
}

/// The operation that a request asks for.
pub(super) struct Route {
    pub(super) operation: Operation,
    /// The id in the path, decoded.
    pub(super) id: String,
}

/// The gateway answers both with 404 and `APIGW.0101`, with different messages.
#[derive(Clone, Copy)]
pub(super) enum NoRoute {
    Path,
    Method,
}

impl NoRoute {
    pub(super) const fn message(self) -> &'static str {
        match self {
            NoRoute::Path => "The API does not exist or has not been published in the environment.",
            NoRoute::Method => "The API does not exist.",
        }
    }
}

pub(super) fn route<B>(request: &http::Request<B>) -> Result<Route, NoRoute> {
    let mut segments = request.uri().path().split('/');
    let mut next = || segments.next();
    let (Some(""), Some("v3"), Some(id), Some(resource), None) = (next(), next(), next(), next(), next()) else {
        return Err(NoRoute::Path);
    };
    let operation = Operation::ALL.into_iter().find(|operation| operation.resource() == resource);
    let (Some(operation), false) = (operation, id.is_empty()) else {
        return Err(NoRoute::Path);
    };
    if request.method().as_str() != operation.method() {
        return Err(NoRoute::Method);
    }
    Ok(Route { operation, id: signing::percent_decode(id).into_owned() })
}

/// The keys with wrong signatures since the last right one.
#[derive(Debug, Default)]
pub(super) struct Failures(Vec<Failed>);

#[derive(Debug)]
struct Failed {
    access_key_id: String,
    in_a_row: u8,
    locked_until_ms: i64,
}

impl Failures {
    fn of(&mut self, access_key_id: &str) -> Option<&mut Failed> {
        self.0.iter_mut().find(|failed| failed.access_key_id == access_key_id)
    }

    fn is_locked(&mut self, access_key_id: &str, now_ms: i64) -> bool {
        let Some(failed) = self.of(access_key_id) else { return false };
        if failed.in_a_row < FAILURES_TO_LOCK {
            return false;
        }
        let is_locked = now_ms < failed.locked_until_ms;
        if !is_locked {
            self.succeeded(access_key_id);
        }
        is_locked
    }

    fn failed(&mut self, access_key_id: &str, now_ms: i64) {
        let locked_until_ms = now_ms.saturating_add(LOCK_MS);
        match self.of(access_key_id) {
            Some(failed) => {
                failed.in_a_row = failed.in_a_row.saturating_add(1);
                failed.locked_until_ms = locked_until_ms;
            }
            None => self.0.push(Failed { access_key_id: access_key_id.to_owned(), in_a_row: 1, locked_until_ms }),
        }
    }

    fn succeeded(&mut self, access_key_id: &str) {
        self.0.retain(|failed| failed.access_key_id != access_key_id);
    }
}

/// Checks the signature. The error is the gateway's message.
pub(super) fn authenticate<B: AsRef<[u8]>>(
    request: &http::Request<B>,
    now_ms: i64,
    credentials: &[Credentials],
    failures: &mut Failures,
) -> Result<(), String> {
    let of_key = |id: &str| credentials.iter().find(|known| known.access_key_id() == id).cloned();
    let claimed = request
        .headers()
        .get(http::header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| Authorization::parse(value.trim()))
        .map(|authorization| authorization.access_key_id)
        // Only existing keys are counted, so the list cannot grow without limit.
        .filter(|id| of_key(id).is_some());
    if claimed.is_some_and(|id| failures.is_locked(id, now_ms)) {
        return Err(worded("AK access failed to reach the limit,forbidden."));
    }
    let now = now_ms.div_euclid(1000);
    let refusal = match signing::verify_http(request, now, of_key) {
        Ok(verified) => {
            failures.succeeded(&verified.access_key_id);
            return Ok(());
        }
        Err(refusal) => refusal,
    };
    let is_wrong_key = matches!(
        refusal,
        Refusal::WrongSignature { .. }
            | Refusal::WrongSecurityToken
            | Refusal::WrongContentHash
            | Refusal::AbsentSignedHeader(_)
    );
    if let (true, Some(id)) = (is_wrong_key, claimed) {
        failures.failed(id, now_ms);
    }
    Err(worded(&match refusal {
        // A token is the other way to authenticate. The emulator issues none, so it accepts none.
        Refusal::Unsigned if request.headers().contains_key("x-auth-token") => "decrypt token fail".to_owned(),
        Refusal::Unsigned => "x-auth-token not found".to_owned(),
        Refusal::Expired { skew_seconds } => {
            let time = |seconds| SdkDate::from_unix_seconds(seconds).map(|date| date.to_string()).unwrap_or_default();
            [
                "calc aksk signature fail:signature expired, signature time:",
                &time(now.saturating_add(skew_seconds)),
                ",server time:",
                &time(now),
            ]
            .concat()
        }
        other => other.to_string(),
    }))
}

fn worded(what: &str) -> String {
    ["Incorrect IAM authentication information: ", what].concat()
}
