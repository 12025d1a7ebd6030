//! The texts of JSON strings that have escapes.

use std::cell::OnceCell;

use super::scan::until;

/// Texts that had escapes, so that they stand nowhere in their source as they are. A list: what is kept does not move.
#[derive(Debug, Default)]
pub struct Unescaped {
    text: String,
    next: OnceCell<Box<Unescaped>>,
}

impl Drop for Unescaped {
    /// One after the other: left to themselves they would drop each other, as deep as the list is long.
    fn drop(&mut self) {
        let mut next = self.next.take();
        while let Some(mut text) = next {
            next = text.next.take();
        }
    }
}

/// Puts texts at the end of such a list.
#[derive(Debug)]
pub(super) struct Keeper<'a> {
    next: &'a OnceCell<Box<Unescaped>>,
}

impl<'a> Keeper<'a> {
    pub(super) fn new(list: &'a Unescaped) -> Self {
        let mut next = &list.next;
        while let Some(kept) = next.get() {
            next = &kept.next;
        }
        Keeper { next }
    }

    /// Keeps what a string says whose escapes were found to be good.
    #[cold]
    #[inline(never)]
    pub(super) fn keep(&mut self, written: &str) -> &'a str {
        let mut text = String::with_capacity(written.len());
        let mut rest = written;
        loop {
            let plain = until(rest.as_bytes(), b'\\');
            text.push_str(rest.get(..plain).unwrap_or_default());
            let Some(escape) = rest.get(plain + 1..) else { break };
            let (meant, after) = meaning(escape);
            text.push(meant);
            rest = after;
        }
        let kept = self.next.get_or_init(|| Box::new(Unescaped { text, next: OnceCell::new() }));
        self.next = &kept.next;
        &kept.text
    }
}

/// The character that an escape stands for, and what follows it. A lone surrogate is read as U+FFFD.
fn meaning(escape: &str) -> (char, &str) {
    let after = escape.get(1..).unwrap_or_default();
    let meant = match escape.bytes().next().unwrap_or_default() {
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
    (meant, after)
}

/// The number that four hexadecimal digits are, and what follows them.
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
        let list = Unescaped::default();
        let mut keeper = Keeper::new(&list);
        let first = keeper.keep(r#"\"\\\/\b\f\n\r\t\u0041é"#);
        assert_eq!(first, "\"\\/\u{8}\u{c}\n\r\tAé");
        assert_eq!(keeper.keep(r"\ud83d\ude00\ud83d\\\ude00\ud83d\u0041"), "😀\u{fffd}\\\u{fffd}\u{fffd}A");
        // A second keeper goes on where the first one ended.
        assert_eq!(Keeper::new(&list).keep(r"\u00e9"), "é");
        assert_eq!(first.len(), 11);
    }

    #[test]
    fn a_long_list_is_dropped_one_by_one() {
        let list = Unescaped::default();
        let mut keeper = Keeper::new(&list);
        assert!((0..1_000_000).all(|_| keeper.keep(r"\n") == "\n"));
    }
}
