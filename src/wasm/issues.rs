//! Issues as words of 32 bits, for `pkg-template/src/issues.js` to read.
//!
//! Of each issue first what is the same in every issue of its kind (how many words of it there are, severity and the
//! number of steps, code, rule, the service's code, path, names of the params), then what differs (indexes, counts,
//! what was typed), in the order of their places. JavaScript makes an object of a kind but once.
//!
//! A word of ours (a rule's id, a field's name) lives as long as the instance, so it crosses as its address and length.

use crate::issue::{Issue, Param, Segment, Severity};

/// The length of a word of ours stays below this, so that address and length fit 32 bits.
const MAX_WORD: usize = 64;

/// What stands in the place of a word whose value comes later. All are below any address of a word.
mod later {
    pub(super) const COUNT: u32 = 1;
    pub(super) const NUMBER: u32 = 2;
    pub(super) const CHARACTER: u32 = 3;
    pub(super) const TEXT: u32 = 4;
    /// How many words of ours follow.
    pub(super) const WORDS: u32 = 5;
    /// How many numbers follow.
    pub(super) const NUMBERS: u32 = 6;
}

/// Errors, then warnings, each after its count.
pub(super) fn write(out: &mut Vec<u32>, errors: &[Issue<'_>], warnings: &[Issue<'_>]) {
    for issues in [errors, warnings] {
        out.push(issues.len() as u32);
        for issue in issues {
            write_kind(out, issue);
            write_rest(out, issue);
        }
    }
}

fn write_kind(out: &mut Vec<u32>, issue: &Issue<'_>) {
    let start = out.len();
    let severity = u32::from(issue.severity == Severity::Warning);
    out.extend([0, severity | (issue.path.len() as u32) << 1, word(issue.rule), word(issue.code.as_str())]);
    out.push(word(issue.server_code.unwrap_or_default()));
    for segment in &issue.path {
        out.push(match segment {
            Segment::Field(name) => word(name),
            Segment::Index(_) => later::COUNT,
            Segment::Unknown(_) => later::TEXT,
        });
    }
    for (name, value) in &issue.params {
        out.push(word(name));
        match value {
            Param::Word(value) => out.push(word(value)),
            Param::Character(_) => out.push(later::CHARACTER),
            Param::Text(_) => out.push(later::TEXT),
            Param::Number(number) => out.push(if count(*number).is_some() { later::COUNT } else { later::NUMBER }),
            Param::Words(words) => {
                out.extend([later::WORDS, words.len() as u32]);
                out.extend(words.iter().map(|value| word(value)));
            }
            Param::Numbers(numbers) => {
                out.extend([later::NUMBERS, numbers.len() as u32]);
                out.extend(numbers.iter().map(|number| *number as u32));
            }
        }
    }
    let length = out.len() - start;
    if let Some(first) = out.get_mut(start) {
        *first = length as u32;
    }
}

fn write_rest(out: &mut Vec<u32>, issue: &Issue<'_>) {
    for segment in &issue.path {
        match segment {
            Segment::Field(_) => {}
            Segment::Index(index) => out.push(*index),
            Segment::Unknown(key) => write_text(out, key),
        }
    }
    for (_, value) in &issue.params {
        match value {
            Param::Character(character) => out.push(u32::from(*character)),
            Param::Text(text) => write_text(out, text),
            Param::Number(number) => match count(*number) {
                Some(count) => out.push(count),
                None => out.extend([number.to_bits() as u32, (number.to_bits() >> 32) as u32]),
            },
            Param::Word(_) | Param::Words(_) | Param::Numbers(_) => {}
        }
    }
}

fn word(word: &'static str) -> u32 {
    debug_assert!(word.len() < MAX_WORD);
    (word.as_ptr().addr() * MAX_WORD + word.len()) as u32
}

/// A number that fits 32 bits, as nearly all do.
fn count(number: f64) -> Option<u32> {
    let count = number as u32;
    (f64::from(count) == number).then_some(count)
}

fn write_text(out: &mut Vec<u32>, text: &str) {
    out.push(text.len() as u32);
    out.extend(text.as_bytes().chunks(4).map(|chunk| {
        let mut word = [0; 4];
        word.iter_mut().zip(chunk).for_each(|(to, from)| *to = *from);
        u32::from_le_bytes(word)
    }));
}
