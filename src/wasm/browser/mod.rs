//! What the browser's wasm exports: validators and the client's steps.

mod client;
mod issues;
mod validators;
