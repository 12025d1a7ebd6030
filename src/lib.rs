#![doc = include_str!("../README.md")]

pub mod client;
pub mod decode;
pub mod endpoint;
pub mod issue;
pub mod model;
pub mod report;
pub mod rules;
pub mod service_code;
pub mod service_error;
pub mod validate;

#[cfg(feature = "facts")]
pub mod facts;
#[cfg(feature = "facts")]
pub mod json_schema;
#[cfg(all(feature = "facts", feature = "server"))]
pub mod openapi;

#[cfg(feature = "server")]
pub mod emulator;
#[cfg(feature = "server")]
pub mod proxy;
#[cfg(feature = "server")]
pub mod region;
#[cfg(feature = "server")]
pub mod signing;

#[cfg(target_arch = "wasm32")]
mod wasm;
