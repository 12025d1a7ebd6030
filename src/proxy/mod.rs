//! The signing proxy: which requests are allowed, what is sent to the service, what is passed on.
//!
//! There is no I/O and no clock here: an adapter reads bodies, calls the service, and gives the time. A request takes
//! three steps of [`SigningProxy`], and ends at the first that refuses it:
//!
//! 1. [`SigningProxy::head`]: host, path, method, origin, headers and id, before any of the body is read; then the rate
//!    of the client, the requests in flight, and whether the service has refused the keys.
//! 2. [`SigningProxy::body`]: valid keys, then the body, which is validated, encoded again and signed.
//! 3. [`SigningProxy::answer`]: which parts of the service's answer are passed on, and its effect on keys and clock.
//!
//! The proxy's own answers are problem details (RFC 9457), see [`Problem`].

mod answer;
mod body;
mod client_id;
mod clock;
mod head;
mod hosts;
mod in_flight;
mod keys;
mod lockout;
mod policy;
mod problem;
mod redact;
mod signing_proxy;
mod target;
mod token_bucket;
mod unreachable;

pub use answer::{Upstream, answer};
pub use body::{Body, check_body};
pub use head::{Head, Page, REQUESTED_WITH, REQUESTED_WITH_HEADER, Route, check_head};
pub use keys::KeysStep;
pub use lockout::{LockoutState, Pause, Refusal};
pub use policy::{DEFAULT_MAX_BODY_BYTES, DEFAULT_MAX_CONCURRENT, Policy, PolicyError, ProxyOptions, Rate};
pub use problem::{Problem, ProblemCode, Summary};
pub use redact::redact;
pub use signing_proxy::{Answered, BodyStep, SigningProxy, Status};
pub use target::parse_target;
pub use unreachable::unreachable_reason;

/// A complete response.
pub type Response = http::Response<Vec<u8>>;
