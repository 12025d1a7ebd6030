//! `createEmulator`: one object per emulator, which owns its state.

use serde::Serialize;
use tsify::Tsify;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use super::boundary::{self, throw};
use crate::emulator::{self, Config, Delivery, Entropy};

/// An emulated account in one region.
#[derive(Debug)]
#[wasm_bindgen]
pub struct Emulator(emulator::Emulator);

/// The answer to one request, and how to send it.
#[derive(Debug, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Plan {
    status: u16,
    /// A header section.
    headers: String,
    #[serde(serialize_with = "boundary::bytes")]
    #[tsify(type = "Uint8Array<ArrayBuffer>")]
    body: Vec<u8>,
    delay_ms: u32,
    delivery: Delivery,
}

#[wasm_bindgen]
impl Emulator {
    /// Throws a `Failure` for invalid options.
    #[wasm_bindgen(constructor)]
    pub fn new(
        #[wasm_bindgen(unchecked_param_type = "EmulatorOptions")] options: JsValue,
    ) -> Result<Emulator, JsValue> {
        Config::new(boundary::from_js(options)?, boundary::parse_number)
            .map(|config| Emulator(emulator::Emulator::new(config)))
            .map_err(|error| throw("invalid_argument", &error))
    }

    /// `headers` is a header section, `now` is in milliseconds since 1970, `entropy` 32 bytes.
    #[wasm_bindgen(unchecked_return_type = "Plan")]
    pub fn handle(
        &mut self,
        method: &str,
        target: &str,
        headers: &str,
        body: &[u8],
        now: f64,
        entropy: &[u8],
    ) -> JsValue {
        let entropy: Entropy = std::array::from_fn(|i| entropy.get(i).copied().unwrap_or_default());
        let now = now as i64;
        let plan = match boundary::request(method, target, headers, body) {
            Ok(request) => self.0.handle(&request, now, &entropy),
            Err(_) => self.0.refuse(method, target, now, &entropy),
        };
        let headers = boundary::header_section(plan.response.headers());
        boundary::to_js(&Plan {
            status: plan.response.status().as_u16(),
            headers,
            body: plan.response.into_body(),
            delay_ms: plan.delay_ms,
            delivery: plan.delivery,
        })
    }

    #[wasm_bindgen(unchecked_return_type = "State")]
    pub fn state(&self) -> JsValue {
        boundary::to_js(&self.0.state())
    }

    /// Returns to the initial state.
    pub fn reset(&mut self) {
        self.0.reset();
    }
}
