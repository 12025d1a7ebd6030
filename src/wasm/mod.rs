//! The boundary to JavaScript, and the only folder with `#[wasm_bindgen]`: decode, call, encode.

#[cfg(any(feature = "validators", feature = "client"))]
mod browser;

#[cfg(feature = "server")]
mod server;

#[cfg(feature = "standalone")]
mod standalone;

#[global_allocator]
static ALLOCATOR: talc::cell::TalcSyncCell<talc::wasm::WasmGrowAndClaim, talc::wasm::WasmBinning> =
    talc::cell::TalcSyncCell::new_wasm(talc::wasm::WasmGrowAndClaim);
