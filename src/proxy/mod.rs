//! The signing proxy as pure functions: what is let through, what goes to the service in its stead, what comes back.
//! No I/O, no clock: an adapter reads bodies, calls the service and keeps the few numbers that change.
//!
//! A request goes through these steps, and ends at the first that refuses it:
//!
//! 1. [`screen`] judges the head, before a byte of the body is read: host, path, method, origin, headers, id.
//! 2. [`Load::admit`] judges the moment: rate of the client, requests in flight, keys the service refused.
//! 3. [`judge`] judges the body, writes it anew, signs it, and gives a request built from nothing.
//! 4. [`answer`] says what of the service's answer is passed on.
//!
//! What the proxy answers by itself are problem details (RFC 9457), see [`Problem`].

mod answer;
mod forward;
mod limits;
mod policy;
mod problem;
mod screen;

pub use answer::{SKEWED_MS, Upstream, answer};
pub use forward::{Verdict, judge};
pub use limits::{Bucket, Load, Lockout, Refresh, clock_offset, refresh};
pub use policy::{DEFAULT_MAX_BODY_BYTES, DEFAULT_MAX_CONCURRENT, Options, Policy, PolicyError, Rate};
pub use problem::{Problem, ProblemCode};
pub use screen::{Page, REQUESTED_WITH, REQUESTED_WITH_HEADER, Route, Screened, screen};

/// An answer, whole.
pub type Response = http::Response<Vec<u8>>;
