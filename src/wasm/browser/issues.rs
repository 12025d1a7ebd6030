//! Issues as integers of 32 bits, which `pkg-template/src/validation/issues.ts` reads.
//!
//! The first integer of an issue holds the rule, the severity, and the numbers of steps and dynamic params. Each step and
//! param follows: an integer with a tag in the low bits, then more integers for some tags.

use crate::issue::{Issue, Param, Report, Segment, Severity, WORDS};

mod tag {
    /// A whole number, in the other bits.
    pub(super) const COUNT: u32 = 0;
    /// The index of a word, in the other bits.
    pub(super) const WORD: u32 = 1;
    /// A code point, in the other bits.
    pub(super) const CHARACTER: u32 = 2;
    /// The number of bytes follows, then the bytes.
    pub(super) const TEXT: u32 = 3;
    /// The two halves of an f64 follow.
    pub(super) const NUMBER: u32 = 4;
    pub(super) const BITS: u32 = 3;
}

/// Errors, then warnings, each list after its length.
pub(super) fn write(out: &mut Vec<u32>, report: &Report<'_>) {
    for (list, severity) in [(&report.errors, Severity::Error), (&report.warnings, Severity::Warning)] {
        let more = list.more(severity);
        out.push(list.given.len() as u32 + u32::from(more.is_some()));
        for issue in list.given.iter().chain(&more) {
            write_issue(out, issue);
        }
    }
}

fn write_issue(out: &mut Vec<u32>, issue: &Issue<'_>) {
    let severity = u32::from(issue.severity == Severity::Warning);
    let (steps, params) = (issue.path.len() as u32, issue.params.len() as u32);
    out.push(issue.finding as u32 | severity << 8 | steps << 9 | params << 12);
    for segment in &issue.path {
        match segment {
            Segment::Field(name) => tagged(out, tag::WORD, name.index() as u32),
            Segment::Index(index) => write_number(out, f64::from(*index)),
            Segment::Unknown(key) => write_text(out, key),
        }
    }
    for param in &issue.params {
        match param {
            Param::Word(word) => write_word(out, word),
            Param::Character(character) => tagged(out, tag::CHARACTER, u32::from(*character)),
            Param::Text(text) => write_text(out, text),
            Param::Number(number) => write_number(out, *number),
            // Only the catalogue has these.
            Param::Dynamic | Param::Words(_) | Param::Numbers(_) => {}
        }
    }
}

fn tagged(out: &mut Vec<u32>, tag: u32, rest: u32) {
    out.push(tag | rest << tag::BITS);
}

fn write_word(out: &mut Vec<u32>, word: &'static str) {
    match WORDS.iter().position(|known| *known == word) {
        Some(index) => tagged(out, tag::WORD, index as u32),
        None => write_text(out, word),
    }
}

fn write_number(out: &mut Vec<u32>, number: f64) {
    let count = number as u32;
    if f64::from(count) == number && count < 1 << (32 - tag::BITS) {
        return tagged(out, tag::COUNT, count);
    }
    tagged(out, tag::NUMBER, 0);
    out.extend([number.to_bits() as u32, (number.to_bits() >> 32) as u32]);
}

/// The bytes, padded with zeros.
fn write_text(out: &mut Vec<u32>, text: &str) {
    tagged(out, tag::TEXT, 0);
    out.push(text.len() as u32);
    out.extend(text.as_bytes().chunks(4).map(|chunk| {
        let mut word = [0; 4];
        word.iter_mut().zip(chunk).for_each(|(to, from)| *to = *from);
        u32::from_le_bytes(word)
    }));
}
