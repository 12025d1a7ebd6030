//! Issues as words of 32 bits, for `pkg-template/src/issues.js` to read.
//!
//! Of each issue one word tells finding, severity and how many steps and found params follow. Each of these begins with
//! a word of its own: a tag, and in the other bits what the tag says.
//!
//! A word of ours (a field's name) lives as long as the instance, so it crosses as its address and length.

use crate::issue::Report;
use crate::issue::{Issue, Param, Segment, Severity};

/// The tags.
mod tag {
    /// A number of so many.
    pub(super) const COUNT: u32 = 0;
    /// An address times `MAX_WORD`, and the length.
    pub(super) const WORD: u32 = 1;
    /// A code point.
    pub(super) const CHARACTER: u32 = 2;
    /// A word tells how many bytes follow, in words.
    pub(super) const TEXT: u32 = 3;
    /// f64, as two words.
    pub(super) const NUMBER: u32 = 4;
    pub(super) const BITS: u32 = 3;
}

/// A word of ours is shorter.
const MAX_WORD: usize = 64;

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
    let (steps, params) = (issue.path.len() as u32, issue.found.len() as u32);
    out.push(issue.finding as u32 | severity << 8 | steps << 9 | params << 12);
    for segment in &issue.path {
        match segment {
            Segment::Field(name) => write_word(out, name),
            Segment::Index(index) => write_number(out, f64::from(*index)),
            Segment::Unknown(key) => write_text(out, key),
        }
    }
    for param in &issue.found {
        match param {
            Param::Word(word) => write_word(out, word),
            Param::Character(character) => tagged(out, tag::CHARACTER, u32::from(*character)),
            Param::Text(text) => write_text(out, text),
            Param::Number(number) => write_number(out, *number),
            // Only rows of the catalogue have these.
            Param::Dynamic | Param::Words(_) | Param::Numbers(_) => {}
        }
    }
}

fn tagged(out: &mut Vec<u32>, tag: u32, rest: u32) {
    out.push(tag | rest << tag::BITS);
}

fn write_word(out: &mut Vec<u32>, word: &'static str) {
    debug_assert!(word.len() < MAX_WORD);
    tagged(out, tag::WORD, (word.as_ptr().addr() * MAX_WORD + word.len()) as u32);
}

fn write_number(out: &mut Vec<u32>, number: f64) {
    let count = number as u32;
    if f64::from(count) == number && count < 1 << (32 - tag::BITS) {
        return tagged(out, tag::COUNT, count);
    }
    tagged(out, tag::NUMBER, 0);
    out.extend([number.to_bits() as u32, (number.to_bits() >> 32) as u32]);
}

/// The bytes in words, the last one filled up with zeros.
fn write_text(out: &mut Vec<u32>, text: &str) {
    tagged(out, tag::TEXT, 0);
    out.push(text.len() as u32);
    out.extend(text.as_bytes().chunks(4).map(|chunk| {
        let mut word = [0; 4];
        word.iter_mut().zip(chunk).for_each(|(to, from)| *to = *from);
        u32::from_le_bytes(word)
    }));
}
