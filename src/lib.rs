#![doc = include_str!("../README.md")]
//!
//! # A value's way through the crate
//!
//! Everything outside `wasm` is pure Rust that `cargo test` runs natively. This is what happens to the bucket name in
//! `{"tracker_type":"data","obs_info":{"bucket_name":"ab"},…}`:
//!
//! 1. [`model`] declares the request: [`model::TrackerObsInfo`] has the field `bucket_name`, with its documentation.
//!    [`schema`] is the [`Table`](schema::Table) of the same declaration: names, order, types. No other file repeats
//!    them.
//! 2. [`decode`] reads the body, either JSON or the encoded form that JavaScript writes, into a
//!    [`Document`](decode::Document). There a field may be absent or of the wrong type, so one pass finds all issues.
//! 3. [`validate`] walks the document in the order of the tables. For the bucket name it calls the pure function in
//!    `rules/bucket_name.rs`, which compares the length with `MIN` and `MAX`.
//! 4. The rule reports a [`RuleId`](issue::RuleId) with the params that vary. The catalogue in [`issue`] adds what all
//!    issues of the rule have in common: the code `too_short`, `min: 3`, and the code of the service, `CTS.0231`. The
//!    [`Report`](issue::Report) keeps issues in order and limits their number.
//! 5. If there is no error, the document becomes a [`model`] struct again, which serde serializes: the bytes that the
//!    proxy signs and sends.
//! 6. `wasm/browser` passes the issues to JavaScript; `wasm/server` exports the proxy, the emulator and signing;
//!    `wasm/standalone.rs` is all that `wasm-pack build` contains.
//! 7. `codegen` writes everything that TypeScript knows about this value: its type, its limits, the issue codes with
//!    their params, JSON Schema and OpenAPI. The package in `pkg-template` adds the message.
//!
//! The other modules are decisions without I/O: [`client`] says when to send and retry and what a response means,
//! [`service`] holds the endpoints and error codes, and with the feature `server`, `signing` signs and verifies,
//! `proxy` is the security policy and `emulator` imitates both endpoints. Time and randomness are arguments everywhere.

pub mod client;
pub mod decode;
pub mod issue;
pub mod model;
pub mod rules;
pub mod schema;
pub mod service;
mod string_enum;
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
