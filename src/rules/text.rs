//! What several rules ask of a text: its length in code points, and the first character outside a set.

use crate::issue::Code;
use crate::report::{Finding, error};

/// How many code points a person counts.
pub fn count(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.chars().count() }
}

/// `too_short` or `too_long`, if the length is out of bounds.
pub fn length<'a>(text: &str, min: usize, max: usize, rule: &'static str) -> Option<Finding<'a>> {
    let actual = count(text);
    if actual < min {
        Some(error(Code::TooShort, rule).number("min", min).number("actual", actual))
    } else if actual > max {
        Some(error(Code::TooLong, rule).number("max", max).number("actual", actual))
    } else {
        None
    }
}

/// `invalid_character` for the first character that is not allowed.
pub fn character<'a>(text: &str, allowed: fn(u8) -> bool, rule: &'static str) -> Option<Finding<'a>> {
    if text.bytes().all(allowed) {
        return None;
    }
    let (index, character) =
        text.chars().enumerate().find(|(_, character)| !u8::try_from(*character).is_ok_and(allowed))?;
    Some(error(Code::InvalidCharacter, rule).character(character).number("index", index))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_code_points() {
        assert_eq!([count(""), count("abc"), count("é"), count("👍🏽")], [0, 3, 1, 2]);
    }

    #[test]
    fn a_byte_above_ascii_is_never_allowed_by_accident() {
        // U+00E9 is 0xE9 as a char but two bytes in UTF-8: both ways of asking must refuse it.
        assert!(character("a\u{e9}", |byte| byte.is_ascii_lowercase(), "x").is_some());
    }
}
