//! Tests of the emulator without wasm: codes, the order of the checks, faults, determinism.

mod support;

mod bodies;
mod examples;
mod faults;
mod gateway;
mod lists;
mod options;
mod state;
