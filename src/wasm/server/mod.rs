//! The exports of the server's wasm: decode, call, encode.
//!
//! The proxy, the emulator and the signer are classes that own their configuration and state. Their arguments and results
//! are structs, whose TypeScript types are derived here by tsify, so a field that is added in Rust appears in TypeScript;
//! bodies cross as bytes. After a trap, the TypeScript side creates the objects again.

mod boundary;
mod emulator;
mod proxy;
mod signing;
