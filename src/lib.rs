#![doc = include_str!("../README.md")]

pub mod client;
pub mod decode;
pub mod issue;
pub mod model;
pub mod rules;
pub mod schema;
pub mod service;
pub mod validate;

#[cfg(feature = "codegen")]
pub mod codegen;

#[cfg(feature = "server")]
pub mod emulator;
#[cfg(feature = "server")]
pub mod proxy;
#[cfg(feature = "server")]
pub mod signing;

#[cfg(target_arch = "wasm32")]
mod wasm;
