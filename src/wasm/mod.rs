//! The boundary to JavaScript, and the only folder with `#[wasm_bindgen]`: decode, call, encode.

#[cfg(any(feature = "validators", feature = "client"))]
mod browser;

#[cfg(feature = "server")]
mod server;

#[cfg(feature = "standalone")]
mod standalone;

#[global_allocator]

static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();
