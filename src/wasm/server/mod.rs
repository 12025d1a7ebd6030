//! What the server-side wasm exports.

mod emulator;
