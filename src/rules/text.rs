//! Checks that several rules share: the length in code points, and the first character outside a set. Texts are UTF-8.

use crate::issue::Report;
use crate::issue::RuleId;

/// The class of each byte, a bit each. A table is several times as fast as comparisons.
const CLASSES: [u8; 256] = {
    let mut classes = [OTHER; 256];
    let mut byte = 0;
    while byte < classes.len() {
        #[allow(clippy::indexing_slicing, reason = "the loop ends at the length, and this runs at compile time")]
        {
            classes[byte] = class(byte as u8);
        }
        byte += 1;
    }
    classes
};

const LOWER_OR_DIGIT: u8 = 1;
const UPPER: u8 = 2;
const HYPHEN: u8 = 4;
const UNDERSCORE: u8 = 8;
const PERIOD: u8 = 16;
const OTHER: u8 = 128;

const fn class(byte: u8) -> u8 {
    match byte {
        b'a'..=b'z' | b'0'..=b'9' => LOWER_OR_DIGIT,
        b'A'..=b'Z' => UPPER,
        b'-' => HYPHEN,
        b'_' => UNDERSCORE,
        b'.' => PERIOD,
        _ => OTHER,
    }
}

/// A set of classes of ASCII characters.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Set(u8);

impl Set {
    /// The bits of its classes.
    pub const fn bits(self) -> u8 {
        self.0
    }

    /// ASCII letters and digits of either case, and `more`: some of `-`, `_` and `.`.
    pub const fn letters(more: &[u8]) -> Self {
        Set(Set::lower(more).0 | UPPER)
    }

    /// Lower-case ASCII letters, digits, and `more`: some of `-`, `_` and `.`.
    pub const fn lower(more: &[u8]) -> Self {
        let mut set = LOWER_OR_DIGIT;
        let mut rest = more;
        while let [first, others @ ..] = rest {
            assert!(class(*first) != OTHER, "the character has no class of its own");
            set |= class(*first);
            rest = others;
        }
        Set(set)
    }

    fn has(self, byte: u8) -> bool {
        class(byte) & self.0 != 0
    }

    /// Whether every character is in the set. Then each is one byte.
    pub fn has_all(self, text: &[u8]) -> bool {
        let mut seen = 0;
        for byte in text {
            seen |= CLASSES.get(usize::from(*byte)).copied().unwrap_or(OTHER);
        }
        seen & !self.0 == 0
    }
}

/// The classes of ASCII characters.
pub fn ascii_classes() -> &'static [u8] {
    CLASSES.get(..128).unwrap_or_default()
}

/// Texts by their length and characters.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Characters {
    /// At least 1.
    pub min: usize,
    pub max: usize,
    pub inside: Set,
    /// The first and the last character.
    pub ends: Set,
}

impl Characters {
    pub fn include(&self, text: &[u8]) -> bool {
        let is_end = |byte: Option<&u8>| byte.is_some_and(|byte| self.ends.has(*byte));
        (self.min..=self.max).contains(&text.len())
            && self.inside.has_all(text)
            && is_end(text.first())
            && is_end(text.last())
    }
}

/// How many code points a person counts.
pub fn count(text: &[u8]) -> usize {
    let mut count = 0;
    for byte in text {
        count += usize::from(*byte & 0xC0 != 0x80);
    }
    count
}

fn characters(text: &[u8]) -> impl Iterator<Item = char> {
    str::from_utf8(text).unwrap_or_default().chars()
}

/// The length and the characters that a text may have, and the rules for a text that breaks them.
#[derive(Debug)]
pub struct Limits {
    pub min: usize,
    pub max: usize,
    pub allowed: Set,
    /// None where no text is too short.
    pub short: Option<RuleId>,
    pub long: RuleId,
    pub character: RuleId,
}

impl Limits {
    /// Whether the text breaks no rule.
    pub fn are_met(&self, text: &[u8]) -> bool {
        text.len() >= self.min && text.len() <= self.max && self.allowed.has_all(text)
    }

    /// `too_short` or `too_long`; `invalid_character` for the first character that is not allowed.
    pub fn check(&self, text: &[u8], report: &mut Report<'_>) {
        if !self.are_met(text) {
            self.report(text, report);
        }
    }

    #[cold]
    #[inline(never)]
    fn report(&self, text: &[u8], report: &mut Report<'_>) {
        let actual = count(text);
        let length = if actual > self.max { Some(self.long) } else { self.short.filter(|_| actual < self.min) };
        if let Some(finding) = length {
            report.error(finding).number(actual);
        }
        for (index, character) in characters(text).enumerate() {
            if !u8::try_from(character).is_ok_and(|byte| self.allowed.has(byte)) {
                report.error(self.character).character(character).number(index);
                return;
            }
        }
    }
}

/// Reports a text whose first character is allowed, but not at the start.
pub fn start(text: &[u8], not: &[u8], finding: RuleId, report: &mut Report<'_>) {
    if let Some(first) = text.first()
        && not.contains(first)
    {
        report.error(finding).character(char::from(*first));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_code_points() {
        assert_eq!(["", "abc", "é", "👍🏽"].map(|text| count(text.as_bytes())), [0, 3, 1, 2]);
    }

    #[test]
    fn a_character_above_ascii_is_never_allowed_by_accident() {
        // U+00E9 is 0xE9 as a char but two bytes in UTF-8: both ways of asking must refuse it.
        let set = Set::letters(b"-_");
        assert!(!set.has_all("a\u{e9}".as_bytes()));
        assert!((128..=255).all(|byte| !set.has(byte)));
    }

    #[test]
    fn sets() {
        let has = |set: Set| (0..=127).filter(|byte| set.has(*byte)).map(char::from).collect::<String>();
        assert_eq!(has(Set::lower(b"-.")), "-.0123456789abcdefghijklmnopqrstuvwxyz");
        assert_eq!(has(Set::letters(b"_")), "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz");
        for byte in 0..=255 {
            let text = char::from(byte).to_string();
            assert_eq!(Set::letters(b"-_").has_all(text.as_bytes()), Set::letters(b"-_").has(byte), "{byte}");
        }
    }
}
