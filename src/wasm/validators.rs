//! The validators, over two buffers that JavaScript reads and writes in place: the draft in, the issues out.

use std::cell::RefCell;

use wasm_bindgen::prelude::wasm_bindgen;

use super::issues;
use crate::decode::{CheckObsBucketsDraft, Corrupt, CreateTrackerDraft, Field, FlatDecoder, Part};
use crate::issue::Code;
use crate::report::Report;
use crate::validate::{self, FieldOptions, Lines, NdjsonKind, OneField};

/// A buffer that has once held a large input gives its room back.
const KEPT: usize = 1 << 20;

/// The answer of a validator with nothing to say.
const FINE: u32 = 0;
/// The draft was not what the reader writes: a fault of ours, which JavaScript turns into an internal error.
const CORRUPT: u32 = 1;

thread_local! {
    static DRAFT: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
    static ISSUES: RefCell<Vec<u32>> = const { RefCell::new(Vec::new()) };
}

/// The address of the draft buffer, with room for `length` bytes at least; what was written stays.
#[wasm_bindgen]
pub fn draft_buffer(length: usize) -> u32 {
    DRAFT.with_borrow_mut(|draft| {
        if draft.len() < length {
            // JavaScript has seen to it that the buffer does not grow too often.
            draft.reserve_exact(length - draft.len());
            draft.resize(length, 0);
        }
        draft.as_ptr().addr() as u32
    })
}

/// Judges the draft of a CreateTracker body.
#[wasm_bindgen]
pub fn create_tracker(length: usize) -> u32 {
    judge(length, |decoder, report| {
        let mut draft = Field::<CreateTrackerDraft<'_>>::Absent;
        draft.read_flat(decoder)?;
        validate::create_tracker(&draft, report);
        Ok(())
    })
}

/// Judges the draft of a CheckObsBuckets body.
#[wasm_bindgen]
pub fn check_obs_buckets(length: usize) -> u32 {
    judge(length, |decoder, report| {
        let mut draft = Field::<CheckObsBucketsDraft<'_>>::Absent;
        draft.read_flat(decoder)?;
        validate::check_obs_buckets(&draft, report);
        Ok(())
    })
}

/// Judges one field. The bits of `options`: for creation, system tracker, encryption known, encrypted.
#[wasm_bindgen]
pub fn one_field(field: usize, options: u32, length: usize) -> u32 {
    let Some(field) = OneField::ALL.get(field) else { return CORRUPT };
    let options = FieldOptions {
        for_creation: options & 1 != 0,
        system_tracker: options & 2 != 0,
        encrypted: (options & 4 != 0).then_some(options & 8 != 0),
    };
    judge(length, |decoder, report| {
        let draft = field.read_flat(decoder)?;
        validate::one_field(*field, options, &draft, report);
        Ok(())
    })
}

/// The state of each form field: bit 0 is required, the rest is the reason's number plus one, or 0.
#[wasm_bindgen]
pub fn field_state(length: usize) -> u32 {
    DRAFT.with_borrow(|bytes| {
        let mut draft = Field::<CreateTrackerDraft<'_>>::Absent;
        let read = FlatDecoder::new(bytes.get(..length).unwrap_or_default())
            .and_then(|mut decoder| draft.read_flat(&mut decoder));
        if read.is_err() {
            return CORRUPT;
        }
        let nothing = CreateTrackerDraft::default();
        let states = validate::field_state(draft.got().unwrap_or(&nothing));
        answer(|out| {
            out.extend(states.iter().map(|state| {
                let reason = Code::ALL.iter().position(|code| Some(*code) == state.reason);
                u32::from(state.required) | (reason.map_or(0, |reason| reason as u32 + 1) << 1)
            }));
        })
    })
}

/// Judges complete lines of NDJSON, which stand in the draft buffer. `kind` 0 is createTracker, 1 checkBucket; with
/// `warnings`, lines that have only warnings are told too.
#[wasm_bindgen]
pub fn ndjson(kind: u32, warnings: bool, length: usize, line: f64, offset: f64) -> u32 {
    let kind = if kind == 0 { NdjsonKind::CreateTracker } else { NdjsonKind::CheckBucket };
    let address = DRAFT.with_borrow(|bytes| {
        let bytes = bytes.get(..length).unwrap_or_default();
        let lines = Lines { bytes, line: line as usize, offset: offset as u64, parse_number };
        answer(|out| {
            out.resize(6, 0);
            let mut told = 0;
            let (tally, next) = lines.judge(kind, |line| {
                if warnings || !line.errors.is_empty() {
                    told += 1;
                    out.push(line.line as u32);
                    issues::write(out, &line.errors, &line.warnings);
                }
            });
            let head = [tally.lines, tally.valid, tally.invalid, tally.warned, next, told];
            out.iter_mut().zip(head).for_each(|(to, from)| *to = from as u32);
        })
    });
    give_back();
    address
}

#[wasm_bindgen]
extern "C" {
    /// JavaScript's own reading of a number.
    #[wasm_bindgen(js_name = Number)]
    fn parse_number(text: &str) -> f64;
}

fn judge(
    length: usize,
    walk: impl for<'b> FnOnce(&mut FlatDecoder<'b>, &mut Report<'b>) -> Result<(), Corrupt>,
) -> u32 {
    let address = DRAFT.with_borrow(|bytes| {
        let mut report = Report::default();
        let Ok(mut decoder) = FlatDecoder::new(bytes.get(..length).unwrap_or_default()) else { return CORRUPT };
        if walk(&mut decoder, &mut report).is_err() {
            return CORRUPT;
        }
        if report.is_empty() {
            return FINE;
        }
        let (errors, warnings) = report.finish();
        answer(|out| issues::write(out, &errors, &warnings))
    });
    if length > KEPT {
        give_back();
    }
    address
}

/// Fills the answer buffer and gives its address.
fn answer(write: impl FnOnce(&mut Vec<u32>)) -> u32 {
    ISSUES.with_borrow_mut(|out| {
        out.clear();
        out.shrink_to(KEPT);
        write(out);
        out.as_ptr().addr() as u32
    })
}

fn give_back() {
    DRAFT.with_borrow_mut(|draft| {
        draft.truncate(KEPT);
        draft.shrink_to(KEPT);
    });
}
