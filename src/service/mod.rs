//! The interface of the service: operations, codes, error bodies and regions.

pub mod codes;
pub(crate) mod date;
mod endpoint;
pub mod error_body;
#[cfg(feature = "server")]
pub mod region;

pub use endpoint::Operation;
