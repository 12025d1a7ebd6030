//! Wire types of the two endpoints, serde only. Field names are the wire's.

mod check_obs_buckets;
mod create_tracker;

pub use check_obs_buckets::*;
pub use create_tracker::*;
