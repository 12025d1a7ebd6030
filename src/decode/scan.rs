//! Finds bytes eight at a time.

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = 0x8080_8080_8080_8080;

/// The bytes of a word that are below this one, as the high bit of their place. Of those found only the lowest counts:
/// borrows reach bytes above a hit.
fn below(word: u64, least: u64) -> u64 {
    word.wrapping_sub(ONES * least) & !word & HIGH
}

/// The bytes at which a string may end, or must not go on.
pub(super) fn special(word: u64) -> u64 {
    below(word, 0x20) | below(word ^ (ONES * 0x22), 1) | below(word ^ (ONES * 0x5C), 1)
}

/// The number of bytes before this one.
pub fn until(bytes: &[u8], wanted: u8) -> usize {
    let mut at = 0;
    while let Some(word) = bytes.get(at..).and_then(<[u8]>::first_chunk) {
        let found = below(u64::from_le_bytes(*word) ^ (ONES * u64::from(wanted)), 1).trailing_zeros() / 8;
        at += found as usize;
        if found < 8 {
            return at;
        }
    }
    while bytes.get(at).is_some_and(|byte| *byte != wanted) {
        at += 1;
    }
    at
}
