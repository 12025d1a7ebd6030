//! `createEmulator`: one object per emulator, which owns its state.

use serde::Serialize;
use tsify::Tsify;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use super::boundary::{self, RequestHead, throw};
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
    headers: Vec<(String, String)>,
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
        Config::new(boundary::from_js(options)?)
            .map(|config| Emulator(emulator::Emulator::new(config)))
            .map_err(|error| throw("invalid_argument", &error))
    }

    /// `now` is in milliseconds since 1970, `entropy` 32 bytes.
    #[wasm_bindgen(unchecked_return_type = "Plan")]
    pub fn handle(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "RequestHead")] head: JsValue,
        body: &[u8],
        now: f64,
        entropy: &[u8],
    ) -> Result<JsValue, JsValue> {
        let head: RequestHead = boundary::from_js(head)?;
        let entropy: Entropy = std::array::from_fn(|i| entropy.get(i).copied().unwrap_or_default());
        let now = now as i64;
        let plan = match head.request(body) {
            Ok(request) => self.0.handle(&request, now, &entropy),
            Err(_) => self.0.refuse(&head.method, &head.url, now, &entropy),
        };
        let headers = boundary::headers(plan.response.headers());
        Ok(boundary::to_js(&Plan {
            status: plan.response.status().as_u16(),
            headers,
            body: plan.response.into_body(),
            delay_ms: plan.delay_ms,
            delivery: plan.delivery,
        }))
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
