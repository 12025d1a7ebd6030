//! SHA-256 and HMAC-SHA-256, in lower-case hexadecimal.

use hmac::Mac;
use sha2::{Digest, Sha256};

use super::Credentials;

/// `hex(sha256(bytes))`.
pub fn hash_hex(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// `hex(hmac_sha256(secret access key, string_to_sign))`: the key is used as it is, nothing is derived from it.
pub fn signature(credentials: &Credentials, string_to_sign: &str) -> String {
    hex(&credentials.key().chain_update(string_to_sign).finalize().into_bytes())
}

/// Whether a signature is correct, in constant time.
pub(super) fn signature_is_right(credentials: &Credentials, string_to_sign: &str, signature: &str) -> bool {
    let mac = credentials.key().chain_update(string_to_sign);
    unhex(signature).is_some_and(|bytes| mac.verify_slice(&bytes).is_ok())
}

fn hex(bytes: &[u8]) -> String {
    let digit = |nibble: u8| if nibble < 10 { b'0' + nibble } else { b'a' + nibble - 10 };
    let mut digits = vec![0; bytes.len() * 2];
    for (pair, byte) in digits.as_chunks_mut().0.iter_mut().zip(bytes) {
        *pair = [digit(byte >> 4), digit(byte & 15)];
    }
    // Digits are ASCII.
    String::from_utf8(digits).unwrap_or_default()
}

/// Lower case only, as the algorithm writes it.
fn unhex(text: &str) -> Option<Vec<u8>> {
    let value = |digit: u8| match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    };
    let pairs = text.as_bytes().chunks_exact(2);
    if !pairs.remainder().is_empty() {
        return None;
    }
    pairs
        .map(|pair| match pair {
            [high, low] => Some(value(*high)? << 4 | value(*low)?),
            _ => None,
        })
        .collect()
}
