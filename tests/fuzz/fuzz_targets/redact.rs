//! Any text of the service, with a key in it or without. The key must not remain, and nothing else may be lost.
#![no_main]

use cts_tracker::proxy::redact;
use libfuzzer_sys::fuzz_target;

const KEY: &str = "CANARYIDx8f14e45f";

fuzz_target!(|bytes: &[u8]| {
    let redacted = redact(bytes, [KEY].into_iter());
    let lower = redacted.to_ascii_lowercase();
    let key = KEY.to_ascii_lowercase();
    assert!(!lower.windows(key.len()).any(|part| part == key.as_bytes()));
    // A key at any place is found.
    let (before, after) = bytes.split_at(bytes.len() / 2);
    let with_key = [before, KEY.as_bytes(), after].concat();
    let redacted = redact(&with_key, [KEY].into_iter());
    assert!(redacted.windows(10).any(|part| part == b"[redacted]"));
});
