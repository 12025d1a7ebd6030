//! What the cloud says: its operations, its codes, the bodies of its errors, its regions.

pub mod codes;
pub(crate) mod date;
mod endpoint;
pub mod error_body;
#[cfg(feature = "server")]
pub mod region;

pub use endpoint::Operation;
