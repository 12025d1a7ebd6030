//! The emulator: decode, call, encode. The only exports with a state, which is kept here under a number that
//! JavaScript gives: after a trap the new instance does not know the number, and says so.
//!
//! Strings cross joined by NUL. Header values cross as the platform has them: one character a byte.

use std::cell::RefCell;
use std::collections::BTreeMap;

use wasm_bindgen::prelude::wasm_bindgen;

use crate::emulator::{Config, Delivery, Emulator, Entropy, Plan};

thread_local! {
    static EMULATORS: RefCell<BTreeMap<u32, Emulator>> = const { RefCell::new(BTreeMap::new()) };
}

/// Makes an emulator. Gives what is wrong with the options, nothing if they are right.
#[wasm_bindgen(js_name = emulatorCreate)]
pub fn create(id: u32, options: &str) -> String {
    match Config::from_json(options) {
        Ok(config) => {
            EMULATORS.with_borrow_mut(|emulators| emulators.insert(id, Emulator::new(config)));
            String::new()
        }
        Err(error) => error.to_string(),
    }
}

/// `request`: method, target, names and values of headers. `now` is in milliseconds since 1970, `entropy` 32 bytes.
///
/// Gives the length of the head in four bytes, little-endian; the head: status, delay in milliseconds, delivery,
/// bytes sent (empty if none are), names and values of headers; the body. Nothing if there is no such emulator.
#[wasm_bindgen(js_name = emulatorHandle)]
pub fn handle(id: u32, request: &str, body: &[u8], now: f64, entropy: &[u8]) -> Vec<u8> {
    let mut fields = request.split('\0');
    let method = fields.next().unwrap_or_default();
    let target = fields.next().unwrap_or_default();
    let entropy: Entropy = std::array::from_fn(|i| entropy.get(i).copied().unwrap_or_default());
    let now_ms = now as i64;
    let plan = EMULATORS.with_borrow_mut(|emulators| {
        let emulator = emulators.get_mut(&id)?;
        Some(match built(method, target, fields, body) {
            Ok(request) => emulator.handle(&request, now_ms, &entropy),
            Err(_) => emulator.refuse(method, target, now_ms, &entropy),
        })
    });
    plan.map(encode).unwrap_or_default()
}

fn built<'b>(
    method: &str,
    target: &str,
    mut headers: std::str::Split<'_, char>,
    body: &'b [u8],
) -> Result<http::Request<&'b [u8]>, http::Error> {
    let mut builder = http::Request::builder().method(method).uri(target);
    while let (Some(name), Some(value)) = (headers.next(), headers.next()) {
        let bytes: Vec<u8> = value.chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?')).collect();
        builder = builder.header(name, bytes);
    }
    builder.body(body)
}

fn encode(plan: Plan) -> Vec<u8> {
    let (delivery, sent) = match plan.delivery {
        Delivery::Whole => ("whole", None),
        Delivery::Reset { sent } => ("reset", sent),
        Delivery::Truncate { sent } => ("truncate", Some(sent)),
        Delivery::Hang { sent } => ("hang", sent),
    };
    let mut head = [
        plan.response.status().as_str(),
        &plan.delay_ms.to_string(),
        delivery,
        &sent.map(|sent| sent.to_string()).unwrap_or_default(),
    ]
    .join("\0");
    for (name, value) in plan.response.headers() {
        head.push('\0');
        head.push_str(name.as_str());
        head.push('\0');
        head.extend(value.as_bytes().iter().map(|byte| char::from(*byte)));
    }
    let mut out = u32::try_from(head.len()).unwrap_or_default().to_le_bytes().to_vec();
    out.extend_from_slice(head.as_bytes());
    out.extend_from_slice(plan.response.body());
    out
}

/// The state as JSON; empty if there is no such emulator.
#[wasm_bindgen(js_name = emulatorState)]
pub fn state(id: u32) -> String {
    EMULATORS.with_borrow(|emulators| emulators.get(&id).map(Emulator::state_json)).unwrap_or_default()
}

/// Back to the start.
#[wasm_bindgen(js_name = emulatorReset)]
pub fn reset(id: u32) {
    EMULATORS.with_borrow_mut(|emulators| {
        if let Some(emulator) = emulators.get_mut(&id) {
            emulator.reset();
        }
    });
}

/// Forgets an emulator.
#[wasm_bindgen(js_name = emulatorDrop)]
pub fn forget(id: u32) {
    EMULATORS.with_borrow_mut(|emulators| emulators.remove(&id));
}
