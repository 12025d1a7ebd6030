//! The validators. JavaScript writes a request into the slots and the text, calls a validator, and reads the results, all
//! in place.

use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

use wasm_bindgen::prelude::wasm_bindgen;

use super::issues;
use crate::decode::{Buffer, Document, Slot, tag};
use crate::issue::Report;
use crate::validate::{self, FieldOptions, Lines, OneField, RequestKind};

/// The memory that JavaScript shares. It grows and is reused from call to call.
struct Memory {
    slots: Vec<Slot>,
    /// The text of a request, or lines of NDJSON.
    text: Vec<u8>,
    results: Vec<u32>,
    /// The document of a line.
    line: Buffer,
}

/// Only one call runs at a time. A `RefCell` would bring formatting into the wasm, for the messages of its panics.
static MEMORY: Mutex<Memory> =
    Mutex::new(Memory { slots: Vec::new(), text: Vec::new(), results: Vec::new(), line: Buffer::new() });

/// The address of the results of the last call.
static RESULTS: AtomicU32 = AtomicU32::new(0);

#[wasm_bindgen]
#[derive(Clone, Copy, Debug)]
pub enum Status {
    /// Nothing to report.
    Ok = 0,
    /// There are results to read.
    Results = 1,
    /// The request could not be read: a call that trapped has left the memory locked.
    DecodeError = 2,
}

/// Makes room for so many slots, and returns their address. What was written is lost. 0 if the memory is locked.
#[wasm_bindgen]
pub fn reserve_slots(length: usize) -> usize {
    with_memory(0, |memory| {
        if memory.slots.len() != length {
            memory.slots = Vec::new();
            memory.slots = vec![[tag::ABSENT, 0, 0]; length];
        }
        memory.slots.as_ptr().addr()
    })
}

/// Makes room for so many bytes of text, and returns their address. What was written is lost. 0 if the memory is locked.
#[wasm_bindgen]
pub fn reserve_text(length: usize) -> usize {
    with_memory(0, |memory| {
        if memory.text.len() != length {
            memory.text = Vec::new();
            memory.text = vec![0; length];
        }
        memory.text.as_ptr().addr()
    })
}

/// The address of the word that holds the address of the results.
#[wasm_bindgen]
pub fn results_pointer() -> usize {
    RESULTS.as_ptr().addr()
}

/// Validates the body of CreateTracker.
#[wasm_bindgen]
pub fn validate_create_tracker(text_length: usize) -> Status {
    validate_document(text_length, &validate::create_tracker)
}

/// Validates the body of CheckObsBuckets.
#[wasm_bindgen]
pub fn validate_check_obs_buckets(text_length: usize) -> Status {
    validate_document(text_length, &validate::check_obs_buckets)
}

/// Validates one field. The bits of `options`: for creation, system tracker, encryption known, encrypted.
#[wasm_bindgen]
pub fn validate_field(text_length: usize, field: usize, options: u32) -> Status {
    let Some(field) = OneField::ALL.get(field) else { return Status::DecodeError };
    let options = FieldOptions {
        for_creation: options & 1 != 0,
        system_tracker: options & 2 != 0,
        encrypted: (options & 4 != 0).then_some(options & 8 != 0),
    };
    validate_document(text_length, &|document, report| {
        validate::one_field(*field, options, document.root(), report);
    })
}

/// The state of each form field, a word each: bit 0 is `required`, the other bits are 0 or the reason's index plus one.
#[wasm_bindgen]
pub fn field_state(text_length: usize) -> Status {
    with_document(text_length, |document, results| {
        results.extend(
            validate::field_state(document)
                .iter()
                .map(|state| u32::from(state.required) | (state.reason.map_or(0, |reason| reason as u32 + 1) << 1)),
        );
        Status::Results
    })
}

/// Validates complete lines of NDJSON, which are the text. `kind` 0 is createTracker, 1 checkBucket. With `warnings`,
/// lines that have only warnings are results too.
#[wasm_bindgen]
pub fn validate_ndjson(text_length: usize, kind: u32, warnings: bool, line: f64, offset: f64) -> Status {
    let kind = if kind == 0 { RequestKind::CreateTracker } else { RequestKind::CheckBucket };
    with_memory(Status::DecodeError, |Memory { text, results, line: buffer, .. }| {
        let bytes = text.get(..text_length).unwrap_or_default();
        let lines = Lines { bytes, line: line as usize, offset: offset as u64, parse_number };
        results.resize(6, 0);
        let mut reported = 0;
        let (tally, next) = lines.validate(kind, buffer, |line| {
            if warnings || line.report.has_errors() {
                reported += 1;
                results.push(line.line as u32);
                issues::write(results, &line.report);
            }
        });
        let head = [tally.lines, tally.valid, tally.invalid, tally.warned, next, reported];
        results.iter_mut().zip(head).for_each(|(to, from)| *to = from as u32);
        Status::Results
    })
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = Number)]
    fn parse_number(text: &str) -> f64;
}

fn validate_document(text_length: usize, validate: &dyn for<'a> Fn(&Document<'a>, &mut Report<'a>)) -> Status {
    with_document(text_length, |document, results| {
        let mut report = Report::default();
        validate(document, &mut report);
        if report.is_empty() {
            return Status::Ok;
        }
        issues::write(results, &report);
        Status::Results
    })
}

fn with_document(text_length: usize, read: impl FnOnce(&Document<'_>, &mut Vec<u32>) -> Status) -> Status {
    with_memory(Status::DecodeError, |Memory { slots, text, results, .. }| {
        read(&Document::new(slots, text.get(..text_length).unwrap_or_default()), results)
    })
}

fn with_memory<T>(locked: T, run: impl FnOnce(&mut Memory) -> T) -> T {
    let Ok(mut memory) = MEMORY.try_lock() else { return locked };
    memory.results.clear();
    let out = run(&mut memory);
    RESULTS.store(memory.results.as_ptr().addr() as u32, Relaxed);
    out
}
