//! The validators, over two buffers that JavaScript reads and writes in place: the draft in, the issues out.

use std::sync::Mutex;

use wasm_bindgen::prelude::wasm_bindgen;

use super::issues;
use crate::decode::{Document, FlatDecoder};
use crate::issue::Code;
use crate::issue::Report;
use crate::schema::{CHECK_OBS_BUCKETS, CREATE_TRACKER, FieldType};
use crate::validate::{self, FieldOptions, Lines, NdjsonKind, OneField};

/// A buffer that has once held a large input gives its room back.
const KEPT: usize = 1 << 20;

/// The answer of a validator with nothing to say.
const FINE: u32 = 0;
/// The draft was not what the reader writes: a fault of ours, which JavaScript turns into an internal error.
const CORRUPT: u32 = 1;

/// What the reader writes: marks, and the texts they speak of. NDJSON stands in the texts. Locked by none but the one
/// call that runs: a `RefCell` would bring all of formatting into the wasm, for its panics.
static MARKS: Mutex<Vec<u8>> = Mutex::new(Vec::new());
static TEXTS: Mutex<Vec<u8>> = Mutex::new(Vec::new());
static ISSUES: Mutex<Vec<u32>> = Mutex::new(Vec::new());

/// The address of the buffer for marks, with room for `length` bytes at least; what was written stays.
#[wasm_bindgen]
pub fn marks(length: usize) -> u32 {
    room(&MARKS, length)
}

/// The address of the buffer for texts, likewise.
#[wasm_bindgen]
pub fn texts(length: usize) -> u32 {
    room(&TEXTS, length)
}

fn room(buffer: &Mutex<Vec<u8>>, length: usize) -> u32 {
    let Ok(mut buffer) = buffer.try_lock() else { return CORRUPT };
    if buffer.len() < length {
        // JavaScript has seen to it that the buffer does not grow too often.
        let more = length - buffer.len();
        buffer.reserve_exact(more);
        buffer.resize(length, 0);
    }
    buffer.as_ptr().addr() as u32
}

/// Judges the draft of a CreateTracker body.
#[wasm_bindgen]
pub fn create_tracker(marks: usize, texts: usize) -> u32 {
    judge(marks, texts, &FieldType::Object(&CREATE_TRACKER), &validate::create_tracker)
}

/// Judges the draft of a CheckObsBuckets body.
#[wasm_bindgen]
pub fn check_obs_buckets(marks: usize, texts: usize) -> u32 {
    judge(marks, texts, &FieldType::Object(&CHECK_OBS_BUCKETS), &validate::check_obs_buckets)
}

/// Judges one field. The bits of `options`: for creation, system tracker, encryption known, encrypted.
#[wasm_bindgen]
pub fn one_field(marks: usize, texts: usize, field: usize, options: u32) -> u32 {
    let Some(field) = OneField::ALL.get(field) else { return CORRUPT };
    let options = FieldOptions {
        for_creation: options & 1 != 0,
        system_tracker: options & 2 != 0,
        encrypted: (options & 4 != 0).then_some(options & 8 != 0),
    };
    judge(marks, texts, field.kind(), &|document, report| {
        validate::one_field(*field, options, &document.root, report);
    })
}

/// The state of each form field: bit 0 is required, the rest is the reason's number plus one, or 0.
#[wasm_bindgen]
pub fn field_state(marks: usize, texts: usize) -> u32 {
    read(marks, texts, &FieldType::Object(&CREATE_TRACKER), &|document| {
        let states = validate::field_state(document);
        answer(&mut |out| {
            out.extend(states.iter().map(|state| {
                let reason = Code::ALL.iter().position(|code| Some(*code) == state.reason);
                u32::from(state.required) | (reason.map_or(0, |reason| reason as u32 + 1) << 1)
            }));
        })
    })
}

/// Judges complete lines of NDJSON, which stand in the texts. `kind` 0 is createTracker, 1 checkBucket; with
/// `warnings`, lines that have only warnings are told too.
#[wasm_bindgen]
pub fn ndjson(kind: u32, warnings: bool, length: usize, line: f64, offset: f64) -> u32 {
    let kind = if kind == 0 { NdjsonKind::CreateTracker } else { NdjsonKind::CheckBucket };
    let Ok(mut texts) = TEXTS.try_lock() else { return CORRUPT };
    let bytes = texts.get(..length).unwrap_or_default();
    let lines = Lines { bytes, line: line as usize, offset: offset as u64, parse_number };
    let address = answer(&mut |out| {
        out.resize(6, 0);
        let mut told = 0;
        let (tally, next) = lines.judge(kind, |line| {
            if warnings || line.report.has_errors() {
                told += 1;
                out.push(line.line as u32);
                issues::write(out, &line.report);
            }
        });
        let head = [tally.lines, tally.valid, tally.invalid, tally.warned, next, told];
        out.iter_mut().zip(head).for_each(|(to, from)| *to = from as u32);
    });
    give_back(&mut texts);
    address
}

#[wasm_bindgen]
extern "C" {
    /// JavaScript's own reading of a number.
    #[wasm_bindgen(js_name = Number)]
    fn parse_number(text: &str) -> f64;
}

fn judge(
    marks: usize,
    texts: usize,
    kind: &'static FieldType,
    walk: &dyn for<'b> Fn(&Document<'b>, &mut Report<'b>),
) -> u32 {
    read(marks, texts, kind, &|document| {
        let mut report = Report::default();
        walk(document, &mut report);
        if report.is_empty() {
            return FINE;
        }
        answer(&mut |out| issues::write(out, &report))
    })
}

/// Reads a draft of so many bytes of marks and of texts, and gives back what room it took beyond the usual.
fn read(marks: usize, texts: usize, kind: &'static FieldType, walk: &dyn for<'b> Fn(&Document<'b>) -> u32) -> u32 {
    let (Ok(mut marked), Ok(mut text)) = (MARKS.try_lock(), TEXTS.try_lock()) else { return CORRUPT };
    let decoder = FlatDecoder::new(marked.get(..marks).unwrap_or_default(), text.get(..texts).unwrap_or_default());
    let address = decoder.and_then(|mut decoder| {
        let mut document = Document::default();
        decoder.read(kind, &mut document);
        decoder.end().map(|()| walk(&document))
    });
    give_back(&mut marked);
    give_back(&mut text);
    address.unwrap_or(CORRUPT)
}

/// Fills the answer buffer and gives its address.
fn answer(write: &mut dyn FnMut(&mut Vec<u32>)) -> u32 {
    let Ok(mut out) = ISSUES.try_lock() else { return CORRUPT };
    out.clear();
    out.shrink_to(KEPT);
    write(&mut out);
    out.as_ptr().addr() as u32
}

/// JavaScript knows: it asks again for a buffer for which it once asked more.
fn give_back(buffer: &mut Vec<u8>) {
    if buffer.len() > KEPT {
        buffer.truncate(KEPT);
        buffer.shrink_to_fit();
    }
}
