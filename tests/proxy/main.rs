//! Tests of the signing proxy, one module for each group of its threat table.
#![cfg(feature = "server")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "tests"
)]

mod support;

mod forwarding;
mod hosts;
mod limits;
mod long_responses;
mod lookup;
mod origins;
mod paths;
mod requests;
mod responses;
