//! Issues as words of 32 bits, for `pkg-template/src/issues.js` to read.
//!
//! A word of ours (a rule's id, a field's name) lives as long as the instance, so it crosses as its address and
//! length, and JavaScript decodes each but once. What was typed crosses as characters.

use crate::issue::{Issue, Param, Segment, Severity};

/// The length of a word of ours stays below this, so that address and length fit 32 bits.
const MAX_WORD: usize = 64;

mod tag {
    pub(super) const WORD: u32 = 0;
    pub(super) const NUMBER: u32 = 1;
    pub(super) const CHARACTER: u32 = 2;
    pub(super) const TEXT: u32 = 3;
    pub(super) const WORDS: u32 = 4;
    pub(super) const NUMBERS: u32 = 5;
}

/// Errors, then warnings, each after its count.
pub(super) fn write(out: &mut Vec<u32>, errors: &[Issue<'_>], warnings: &[Issue<'_>]) {
    for issues in [errors, warnings] {
        out.push(issues.len() as u32);
        for issue in issues {
            write_issue(out, issue);
        }
    }
}

fn write_issue(out: &mut Vec<u32>, issue: &Issue<'_>) {
    let severity = u32::from(issue.severity == Severity::Warning);
    // Paths and params are short, so each count has its byte.
    out.push(severity | (issue.path.len() as u32) << 8 | (issue.params.len() as u32) << 16);
    write_word(out, issue.code.as_str());
    write_word(out, issue.rule);
    write_word(out, issue.server_code.unwrap_or_default());
    for segment in &issue.path {
        match segment {
            Segment::Field(name) => tagged_word(out, name),
            Segment::Index(index) => tagged_number(out, f64::from(*index)),
            Segment::Unknown(key) => write_text(out, key),
        }
    }
    for (name, value) in &issue.params {
        write_word(out, name);
        match value {
            Param::Word(word) => tagged_word(out, word),
            Param::Text(text) => write_text(out, text),
            Param::Number(number) => tagged_number(out, *number),
            Param::Words(words) => {
                out.extend([tag::WORDS, words.as_ptr().addr() as u32, words.len() as u32]);
                for word in *words {
                    write_word(out, word);
                }
            }
            Param::Numbers(numbers) => {
                out.extend([tag::NUMBERS, numbers.as_ptr().addr() as u32, numbers.len() as u32]);
                out.extend(numbers.iter().map(|number| *number as u32));
            }
        }
    }
}

fn write_word(out: &mut Vec<u32>, word: &'static str) {
    debug_assert!(word.len() < MAX_WORD);
    out.push((word.as_ptr().addr() * MAX_WORD + word.len()) as u32);
}

fn tagged_word(out: &mut Vec<u32>, word: &'static str) {
    out.push(tag::WORD);
    write_word(out, word);
}

fn tagged_number(out: &mut Vec<u32>, number: f64) {
    let bits = number.to_bits();
    out.extend([tag::NUMBER, bits as u32, (bits >> 32) as u32]);
}

fn write_text(out: &mut Vec<u32>, text: &str) {
    let mut characters = text.chars();
    if let (Some(only), None) = (characters.next(), characters.next()) {
        out.extend([tag::CHARACTER, u32::from(only)]);
        return;
    }
    out.extend([tag::TEXT, text.len() as u32]);
    out.extend(text.as_bytes().chunks(4).map(|chunk| {
        let mut word = [0; 4];
        word.iter_mut().zip(chunk).for_each(|(to, from)| *to = *from);
        u32::from_le_bytes(word)
    }));
}
