//! Finds bytes eight at a time.

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = 0x8080_8080_8080_8080;

/// The bytes of a word that are equal to this one, as the high bit of their place. Of those found only the lowest counts:
/// borrows reach bytes above a hit.
fn equal(word: u64, byte: u8) -> u64 {
    // The byte is ASCII, so the XOR changes no high bit.
    (word ^ (ONES * u64::from(byte))).wrapping_sub(ONES) & !word & HIGH
}

/// The bytes at which a string may end, or must not go on, as `equal` returns them.
pub(super) fn special(word: u64) -> u64 {
    let control = word.wrapping_sub(ONES * 0x20) & !word & HIGH;
    control | equal(word, b'"') | equal(word, b'\\')
}

/// Whether the bytes are the same. In wasm, `==` compares one byte at a time.
pub(super) fn is_same(some: &[u8], other: &[u8]) -> bool {
    if some.len() != other.len() {
        return false;
    }
    let (words, rest) = some.as_chunks::<4>();
    let (other_words, other_rest) = other.as_chunks::<4>();
    words.iter().zip(other_words).all(|(word, other)| word == other)
        && rest.iter().zip(other_rest).all(|(byte, other)| byte == other)
}

/// The number of bytes before this one, which is ASCII.
pub fn until(bytes: &[u8], wanted: u8) -> usize {
    let mut at = 0;
    while let Some(word) = bytes.get(at..).and_then(<[u8]>::first_chunk) {
        let found = equal(u64::from_le_bytes(*word), wanted).trailing_zeros() / 8;
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
