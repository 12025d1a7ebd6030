//! What the browser's wasm exports: validators and the client's steps. They share nothing, so they can be two files.

#[cfg(feature = "client")]
mod client;
#[cfg(feature = "validators")]
mod issues;
#[cfg(feature = "validators")]
mod validators;
