//! The bodies of the endpoints, one file per endpoint. Field names are the names on the wire.
//!
//! This is the one place where a request or response is declared: serde serializes these structs, and everything else
//! is derived from their tables ([`crate::schema`]), comments included. A doc comment is therefore public
//! documentation in TypeScript too; ordinary comments name a source. The fields of requests are in the order of the API
//! reference, which is the order of issues. Those of responses are in the order of its examples, which the emulator
//! sends.

mod check_obs_buckets;
mod create_tracker;
mod from_document;
mod list_trackers;

pub use check_obs_buckets::*;
pub use create_tracker::*;
pub(crate) use from_document::FromDocument;
pub use list_trackers::*;
