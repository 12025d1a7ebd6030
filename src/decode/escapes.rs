//! The escapes of JSON strings.

use super::scan::until;

/// Appends the meaning of a string that is correct JSON.
#[cold]
#[inline(never)]
pub(super) fn unescape(written: &str, into: &mut String) {
    let mut rest = written;
    loop {
        let plain = until(rest.as_bytes(), b'\\');
        into.push_str(rest.get(..plain).unwrap_or_default());
        let Some(escape) = rest.get(plain + 1..) else { return };
        let (meaning, after) = meaning(escape);
        into.push(meaning);
        rest = after;
    }
}

/// The character an escape stands for, and the text after it. A lone surrogate becomes U+FFFD.
fn meaning(escape: &str) -> (char, &str) {
    let after = escape.get(1..).unwrap_or_default();
    let meaning = match escape.bytes().next().unwrap_or_default() {
        b'b' => '\u{8}',
        b'f' => '\u{c}',
        b'n' => '\n',
        b'r' => '\r',
        b't' => '\t',
        b'u' => {
            let (high, after) = unit(after);
            if let 0xD800..0xDC00 = high
                && let Some(other) = after.strip_prefix("\\u")
                && let (low @ 0xDC00..0xE000, after) = unit(other)
            {
                let point = 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00);
                return (char::from_u32(point).unwrap_or(char::REPLACEMENT_CHARACTER), after);
            }
            return (char::from_u32(high).unwrap_or(char::REPLACEMENT_CHARACTER), after);
        }
        other => char::from(other),
    };
    (meaning, after)
}

/// The value of four hexadecimal digits, and the text after them.
#[inline(never)]
fn unit(text: &str) -> (u32, &str) {
    let (digits, after) = text.split_at_checked(4).unwrap_or_default();
    let digit = |byte| char::from(byte).to_digit(16).unwrap_or_default();
    (digits.bytes().fold(0, |unit, byte| unit * 16 + digit(byte)), after)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes() {
        let unescaped = |written: &str| {
            let mut text = String::new();
            unescape(written, &mut text);
            text
        };
        assert_eq!(unescaped(r#"\"\\\/\b\f\n\r\t\u0041é"#), "\"\\/\u{8}\u{c}\n\r\tAé");
        assert_eq!(unescaped(r"\ud83d\ude00\ud83d\\\ude00\ud83d\u0041"), "😀\u{fffd}\\\u{fffd}\u{fffd}A");
    }
}
