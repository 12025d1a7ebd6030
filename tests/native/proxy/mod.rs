//! Tests of the signing proxy, one module for each group of its threat table.

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
