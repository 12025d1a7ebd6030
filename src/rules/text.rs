//! Checks that several rules share: the length in code points, and the first character outside a set.

use crate::issue::Report;
use crate::issue::RuleId;

/// A set of ASCII characters, a bit each.
#[derive(Clone, Copy, Debug)]
pub struct Set([u64; 2]);

impl Set {
    /// ASCII letters and digits of either case, and `more`.
    pub const fn letters(more: &[u8]) -> Self {
        Set::lower(more).range(b'A', b'Z')
    }

    /// Lower-case ASCII letters, digits, and `more`.
    pub const fn lower(more: &[u8]) -> Self {
        let mut set = Set([0; 2]).range(b'a', b'z').range(b'0', b'9');
        let mut rest = more;
        while let [first, others @ ..] = rest {
            set = set.range(*first, *first);
            rest = others;
        }
        set
    }

    #[allow(clippy::indexing_slicing, reason = "an ASCII character's half is below 2, and this runs at compile time")]
    const fn range(mut self, first: u8, last: u8) -> Self {
        let mut byte = first;
        while byte <= last {
            self.0[(byte >> 6) as usize] |= 1 << (byte & 63);
            byte += 1;
        }
        self
    }

    #[inline]
    fn has(&self, byte: u8) -> bool {
        let [low, high] = self.0;
        let half = if byte < 64 { low } else { high };
        byte < 128 && half >> (byte & 63) & 1 == 1
    }

    /// Whether every character is in the set. Then each is one byte.
    pub fn has_all(&self, text: &str) -> bool {
        for byte in text.bytes() {
            if !self.has(byte) {
                return false;
            }
        }
        true
    }
}

/// How many code points a person counts.
pub fn count(text: &str) -> usize {
    let mut count = 0;
    for byte in text.bytes() {
        count += usize::from(byte & 0xC0 != 0x80);
    }
    count
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
    pub fn are_met(&self, text: &str) -> bool {
        text.len() >= self.min && text.len() <= self.max && self.allowed.has_all(text)
    }

    /// `too_short` or `too_long`; `invalid_character` for the first character that is not allowed.
    pub fn check(&self, text: &str, report: &mut Report<'_>) {
        if !self.are_met(text) {
            self.report(text, report);
        }
    }

    #[cold]
    #[inline(never)]
    fn report(&self, text: &str, report: &mut Report<'_>) {
        let actual = count(text);
        let length = if actual > self.max { Some(self.long) } else { self.short.filter(|_| actual < self.min) };
        if let Some(finding) = length {
            report.error(finding).number(actual);
        }
        for (index, character) in text.chars().enumerate() {
            if !u8::try_from(character).is_ok_and(|byte| self.allowed.has(byte)) {
                report.error(self.character).character(character).number(index);
                return;
            }
        }
    }
}

/// Reports a text whose first character is allowed, but not at the start.
pub fn start(text: &str, not: &[u8], finding: RuleId, report: &mut Report<'_>) {
    if let Some(first) = text.as_bytes().first()
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
        assert_eq!([count(""), count("abc"), count("é"), count("👍🏽")], [0, 3, 1, 2]);
    }

    #[test]
    fn a_character_above_ascii_is_never_allowed_by_accident() {
        // U+00E9 is 0xE9 as a char but two bytes in UTF-8: both ways of asking must refuse it.
        let set = Set::letters(b"-_@");
        assert!(!set.has_all("a\u{e9}"));
        assert!((128..=255).all(|byte| !set.has(byte)));
    }

    #[test]
    fn sets() {
        let has = |set: Set| (0..=127).filter(|byte| set.has(*byte)).map(char::from).collect::<String>();
        assert_eq!(has(Set::lower(b"-.")), "-.0123456789abcdefghijklmnopqrstuvwxyz");
        // The first of the upper half.
        assert_eq!(has(Set::lower(b"@")), "0123456789@abcdefghijklmnopqrstuvwxyz");
        assert_eq!(has(Set::letters(b"_")), "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz");
    }
}
