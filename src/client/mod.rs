//! The decisions of the client: what to send, when to send it again, what an answer means. The caller does the I/O and
//! provides the time and the random numbers.
//!
//! | | createTracker | checkObsBuckets, listTrackers |
//! |---|---|---|
//! | certainly not sent: no connection, or the proxy says so with a 429 or 5xx | retry | retry |
//! | 429, `APIG*.0308` | retry | retry |
//! | 503 | error | error |
//! | 500, 502, 504, a broken connection, a try that timed out | [`ErrorKind::OutcomeUnknown`] | retry |
//! | any other error status | error | error |
//! | a success with an unusable body | [`ErrorKind::BadResponse`] | [`ErrorKind::BadResponse`] |
//!
//! A 404 of the service itself is an empty list for listTrackers. [`resolve()`] decides from times of creation what became
//! of a createTracker whose outcome is unknown.
//!
//! There are at most [`CallOptions::max_retries`] retries, after the waits of [`Backoff`]. A createTracker that may have
//! been sent is never sent again.

mod answer;
mod backoff;
mod call;
mod connection_errors;
mod error_kind;
pub(crate) mod http_date;
mod resolve;

pub use answer::{MAX_BODY, ShapeError, validate};
pub use backoff::{Backoff, ParseDate, retry_after};
pub use call::{Action, Answer, BodyEnd, Call, CallOptions, Event, Failure, MAX_RECEIVED};
pub use connection_errors::{ConnectionError, never_sent};
pub use error_kind::ErrorKind;
pub use http_date::parse as http_date;
pub use resolve::{Lookup, Progress, Resolution, Step, resolve};
