//! Wire types of the two endpoints, serde only. Field names are the wire's.
//!
//! Requests hold what the documents know. Answers are read leniently: every field may be missing, words of a closed
//! list are plain strings, and fields the documents do not know are kept.

mod check_obs_buckets;
mod create_tracker;
mod extra;

pub use check_obs_buckets::*;
pub use create_tracker::*;
pub use extra::{Extra, Json};
