//! SHA-256 and HMAC-SHA-256, in lower-case hexadecimal.

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

use super::Credentials;

/// `hex(sha256(bytes))`.
pub fn hash_hex(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// `hex(hmac_sha256(secret access key, string_to_sign))`: the key is used as it is, nothing is derived from it.
pub fn signature(credentials: &Credentials, string_to_sign: &str) -> String {
    mac(credentials, string_to_sign).map(|mac| hex(&mac.finalize().into_bytes())).unwrap_or_default()
}

/// Whether a signature is the right one, in a time that does not tell where it differs.
pub(super) fn signature_is_right(credentials: &Credentials, string_to_sign: &str, signature: &str) -> bool {
    match (mac(credentials, string_to_sign), unhex(signature)) {
        (Some(mac), Some(bytes)) => mac.verify_slice(&bytes).is_ok(),
        _ => false,
    }
}

// HMAC takes a key of any length: None does not happen.
fn mac(credentials: &Credentials, string_to_sign: &str) -> Option<Hmac<Sha256>> {
    let mut mac = Hmac::<Sha256>::new_from_slice(credentials.secret_access_key().as_bytes()).ok()?;
    mac.update(string_to_sign.as_bytes());
    Some(mac)
}

fn hex(bytes: &[u8]) -> String {
    let digit = |nibble: u8| char::from(if nibble < 10 { b'0' + nibble } else { b'a' + nibble - 10 });
    let mut out = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        out.push(digit(byte >> 4));
        out.push(digit(byte & 15));
    }
    out
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
