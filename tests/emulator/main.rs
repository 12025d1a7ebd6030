//! Tests of the emulator without wasm: codes, the order of the checks, faults, determinism.
#![cfg(feature = "server")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod support;

mod bodies;
mod examples;
mod faults;
mod gateway;
mod lists;
mod options;
mod state;
