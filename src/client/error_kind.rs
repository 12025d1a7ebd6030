//! Why a call failed: `kind` of a `CtsError`.

use crate::service::error_body::ServiceError;
use crate::string_enum::string_enum;

string_enum! {
    /// Why a call failed.
    pub enum ErrorKind {
        /// The body, an id or an option is wrong. Nothing was sent.
        Validation = "validation",
        /// 401, or the function `headers` failed.
        Auth = "auth",
        /// 403: the account or its role lacks the permission.
        Forbidden = "forbidden",
        /// 404.
        NotFound = "not_found",
        /// 409, or a code that says that the tracker or bucket exists already: see `mayAlreadyExist`.
        Conflict = "conflict",
        /// 429, after all tries: see `retryAfterMs`.
        Throttled = "throttled",
        /// Any other 4xx: see `errorCode`.
        Rejected = "rejected",
        /// 503. Do not repeat the request unchanged; the service's documents ask for that.
        Unavailable = "unavailable",
        /// Any other 5xx of checkObsBuckets, after all tries.
        Server = "server",
        /// No connection, or it broke, after all tries.
        Network = "network",
        /// No answer within `timeoutMs`.
        Timeout = "timeout",
        /// The caller's signal aborted the call.
        Aborted = "aborted",
        /// A createTracker may have been executed. It is never sent again: see `mayAlreadyExist`.
        OutcomeUnknown = "outcome_unknown",
        /// A success whose body does not come from this service, or an unrelated page: see `received`.
        BadResponse = "bad_response",
        /// The signing proxy refused the request: `errorCode` and `errorMsg` are the proxy's.
        Proxy = "proxy",
        /// A fault of this package. The next call starts with a new instance.
        Internal = "internal",
    }
}

impl ErrorKind {
    /// The kind of a failed answer, before the operation is considered.
    pub(super) fn of(error: &ServiceError) -> Self {
        if error.proxy.is_some() {
            return if error.status == 429 { ErrorKind::Throttled } else { ErrorKind::Proxy };
        }
        if is_one_of(&RATE_LIMIT, &error.code) {
            return ErrorKind::Throttled;
        }
        if is_tracker_exists(&error.code) || is_one_of(&RESOURCE_TAKEN, &error.code) {
            return ErrorKind::Conflict;
        }
        match error.status {
            401 => ErrorKind::Auth,
            403 => ErrorKind::Forbidden,
            404 => ErrorKind::NotFound,
            409 => ErrorKind::Conflict,
            429 => ErrorKind::Throttled,
            503 => ErrorKind::Unavailable,
            400..500 => ErrorKind::Rejected,
            500..600 => ErrorKind::Server,
            _ => ErrorKind::BadResponse,
        }
    }
}

/// Whether the code says that the tracker itself exists: the management tracker, or a data tracker of the same name.
pub(super) fn is_tracker_exists(code: &str) -> bool {
    is_one_of(&["CTS.0201", "CTS.0208"], code)
}

/// Whether the code says that there is no such tracker.
pub(super) fn is_no_tracker(code: &str) -> bool {
    is_one_of(&["CTS.0214"], code)
}

/// The gateway's rate limit, in both spellings.
const RATE_LIMIT: [&str; 2] = ["APIGW.0308", "APIG.0308"];
/// Another tracker for the bucket exists, the bucket to create exists, the organization has a tracker already.
const RESOURCE_TAKEN: [&str; 3] = ["CTS.0209", "CTS.0215", "CTS.0229"];

// Not inlined: the comparison would be repeated for each code.
#[inline(never)]
fn is_one_of(known: &[&str], code: &str) -> bool {
    known.iter().any(|known| known.eq_ignore_ascii_case(code))
}

#[cfg(test)]
mod tests {
    use super::ErrorKind;

    #[test]
    fn names_are_distinct() {
        let mut names: Vec<_> = ErrorKind::ALL.iter().map(|kind| kind.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), ErrorKind::ALL.len());
    }
}
