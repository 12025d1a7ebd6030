//! The native tests, one module for each part of the crate.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test fails by a panic"
)]

mod cases;
mod client;
#[cfg(feature = "server")]
mod emulator;
mod properties;
#[cfg(feature = "server")]
mod proxy;
mod rules;
#[cfg(feature = "server")]
mod signing;
