//! Removes the keys from what the service returns, however a JSON text, a URL or an HTML page spells their characters.
//!
//! The text is decoded one layer at a time, and searched at each layer, so the cost is a few linear passes whatever
//! the text contains. An escape is matched once, with everything it consumes.

use std::collections::BinaryHeap;

use memchr::memmem;

/// How many layers of escapes are decoded: JSON in JSON, in a URL, in HTML.
const LAYERS: usize = 5;
/// A run of more backslashes than the layers can halve to one is read as one.
const LONG_RUN: usize = (1 << LAYERS) - 1;
/// Stands for every character that is not ASCII; keys have none.
const OTHER: u8 = 0x80;

/// The text without `secrets`; each is replaced by `[redacted]`, together with the escapes before it.
pub fn redact<'s>(text: &[u8], secrets: impl Iterator<Item = &'s str>) -> Vec<u8> {
    let forms: Vec<Vec<u8>> = secrets.filter(|secret| !secret.is_empty()).flat_map(forms).collect();
    let mut found: Vec<(usize, usize)> = Vec::new();
    // Most answers have no escape. Searching them without layers takes a fifth of the time.
    if !has_escapes(text) {
        let plain = text.to_ascii_lowercase();
        for form in &forms {
            found.extend(memmem::find_iter(&plain, form).map(|at| (at, at + form.len())));
        }
        return cut(text, found);
    }
    let mut layer = Layer::new(text);
    for depth in 0..=LAYERS {
        let plain = layer.without_backslashes();
        for form in &forms {
            let at = memmem::find_iter(&plain.bytes, form);
            found.extend(at.map(|at| (plain.start(at), plain.start(at + form.len()))));
        }
        if depth == LAYERS {
            break;
        }
        let next = layer.decode();
        if next.bytes.len() == layer.bytes.len() {
            break;
        }
        layer = next;
    }
    cut(text, found)
}

fn has_escapes(text: &[u8]) -> bool {
    memchr::memchr3(b'\\', b'%', b'&', text).is_some()
}

fn cut(text: &[u8], found: Vec<(usize, usize)>) -> Vec<u8> {
    let found = BinaryHeap::from(found).into_sorted_vec();
    let mut out = Vec::with_capacity(text.len());
    let mut kept = 0;
    let mut ranges = found.into_iter().peekable();
    while let Some((from, mut to)) = ranges.next() {
        // Matches that touch or overlap are one.
        while let Some((_, further)) = ranges.next_if(|(next, _)| *next <= to) {
            to = to.max(further);
        }
        out.extend_from_slice(text.get(kept..from).unwrap_or_default());
        out.extend_from_slice(b"[redacted]");
        kept = to;
    }
    out.extend_from_slice(text.get(kept..).unwrap_or_default());
    out
}

/// A secret as it stands at any layer: as it is, and decoded, should it contain what looks like an escape.
fn forms(secret: &str) -> Vec<Vec<u8>> {
    if !has_escapes(secret.as_bytes()) {
        return vec![secret.to_ascii_lowercase().into_bytes()];
    }
    let mut layer = Layer::new(secret.as_bytes());
    let mut forms = vec![layer.without_backslashes().bytes];
    for _ in 0..LAYERS {
        layer = layer.decode();
        let form = layer.without_backslashes().bytes;
        if !forms.contains(&form) {
            forms.push(form);
        }
    }
    forms
}

/// The text with some layers of escapes decoded, in lower case.
struct Layer {
    bytes: Vec<u8>,
    /// Where each byte's spelling ends in the text.
    ends: Vec<usize>,
}

impl Layer {
    fn new(text: &[u8]) -> Self {
        Layer { bytes: text.to_ascii_lowercase(), ends: (1..=text.len()).collect() }
    }

    /// Where the spelling of a byte starts in the text; of the byte after the last one, where the text ends.
    fn start(&self, at: usize) -> usize {
        at.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or_default()
    }

    /// A backslash before another character may or may not escape it; the characters of a key follow either way.
    fn without_backslashes(&self) -> Layer {
        let kept = self.bytes.iter().zip(&self.ends).filter(|(byte, _)| **byte != b'\\');
        let (bytes, ends) = kept.map(|(byte, end)| (*byte, *end)).unzip();
        Layer { bytes, ends }
    }

    fn decode(&self) -> Layer {
        let mut next = Layer { bytes: Vec::new(), ends: Vec::new() };
        let mut at = 0;
        while let Some(rest) = self.bytes.get(at..).filter(|rest| !rest.is_empty()) {
            // JSON in JSON doubles backslashes: half of a run stays, and an odd one escapes what follows.
            let run = rest.iter().take_while(|byte| **byte == b'\\').count();
            if run > LONG_RUN {
                at += run - 1;
            } else {
                for _ in 0..run / 2 {
                    at += 2;
                    next.push(b'\\', self.start(at));
                }
                if run > 0 && run % 2 == 0 {
                    continue;
                }
            }
            let (byte, length) = character(self.bytes.get(at..).unwrap_or_default());
            at += length;
            next.push(byte.to_ascii_lowercase(), self.start(at));
        }
        next
    }

    fn push(&mut self, byte: u8, end: usize) {
        self.bytes.push(byte);
        self.ends.push(end);
    }
}

/// The first character of a text, and how many bytes spell it. The text is in lower case and not empty.
fn character(text: &[u8]) -> (u8, usize) {
    let plain = (text.first().copied().unwrap_or_default(), 1);
    match text {
        [b'\\', b'u', digits @ ..] => number(digits, 16, 4, 4).map_or(plain, |(code, length)| (code, 2 + length)),
        [b'\\', b'x', digits @ ..] => number(digits, 16, 2, 2).map_or(plain, |(code, length)| (code, 2 + length)),
        [b'%', digits @ ..] => number(digits, 16, 2, 2).map_or(plain, |(code, length)| (code, 1 + length)),
        [b'&', b'#', b'x', digits @ ..] => reference(digits, 16, 3).unwrap_or(plain),
        [b'&', b'#', digits @ ..] => reference(digits, 10, 2).unwrap_or(plain),
        [b'&', name @ ..] => NAMED
            .iter()
            .find(|(known, _)| name.starts_with(known.as_bytes()))
            .map_or(plain, |(known, byte)| (*byte, 1 + known.len())),
        _ => plain,
    }
}

/// The characters of keys, and those that begin an escape, by their names in HTML.
const NAMED: [(&str, u8); 12] = [
    ("amp;", b'&'),
    ("plus;", b'+'),
    ("sol;", b'/'),
    ("bsol;", b'\\'),
    ("equals;", b'='),
    ("percnt;", b'%'),
    ("lowbar;", b'_'),
    ("hyphen;", b'-'),
    ("period;", b'.'),
    ("colon;", b':'),
    ("num;", b'#'),
    ("semi;", b';'),
];

/// A numeric character reference of HTML, after its `before` first bytes. Leading zeros are allowed, `;` may lack.
fn reference(digits: &[u8], radix: u32, before: usize) -> Option<(u8, usize)> {
    let zeros = digits.iter().take_while(|byte| **byte == b'0').count();
    let (code, length) = number(digits.get(zeros..).unwrap_or_default(), radix, 1, 7)?;
    let end = before + zeros + length;
    Some((code, end + usize::from(digits.get(zeros + length) == Some(&b';'))))
}

/// The number at the start of a text, of `min` to `max` digits, and how many there are.
fn number(text: &[u8], radix: u32, min: usize, max: usize) -> Option<(u8, usize)> {
    let value = |byte: &u8| char::from(*byte).to_digit(radix);
    let digits = text.iter().take(max).map_while(value);
    let (length, code) = digits.fold((0, 0_u32), |(length, code), digit| (length + 1, code * radix + digit));
    (length >= min).then(|| (u8::try_from(code).ok().filter(u8::is_ascii).unwrap_or(OTHER), length))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const TOKEN: &str = "gQpjbi1ub3J0aC0x+/=Zz%41.T0ken";

    fn redacted(text: &str) -> String {
        String::from_utf8_lossy(&redact(text.as_bytes(), [TOKEN, "AKIDEXAMPLE"].into_iter())).into_owned()
    }

    #[test]
    fn every_spelling_of_a_key() {
        for text in [
            "AKIDEXAMPLE",
            "akidexample",
            r"\u0041KID\u0045XAMPLE",
            r"\\\u0041KIDEXAMPLE",
            r"\x41KIDEXAMPLE",
            "%41KIDEXAMPL%45",
            "%2541KIDEXAMPLE",
            "%252541KIDEXAMPLE",
            "&#65;KIDEXAMPLE",
            "&#x41;KIDEXAMPLE",
            "&#0000000065;KIDEXAMPLE",
            "&#65KIDEXAMPLE",
            "&amp;#65;KIDEXAMPLE",
            r"\u0026#65;KIDEXAMPLE",
            "&#37;41KIDEXAMPLE",
            r"%5Cu0041KIDEXAMPLE",
            r"&bsol;u0041KIDEXAMPLE",
        ] {
            assert_eq!(redacted(&format!("a {text} b")), "a [redacted] b", "{text}");
            assert_eq!(redacted(text), "[redacted]", "{text}");
        }
        assert_eq!(redacted(TOKEN), "[redacted]");
        assert_eq!(redacted("gQpjbi1ub3J0aC0x&plus;\\/&equals;Zz%41.T0ken"), "[redacted]");
        assert_eq!(redacted("gQpjbi1ub3J0aC0x%2B%2F%3DZz%2541.T0ken"), "[redacted]");
        // A prefix that looks like an escape cannot hide its first character.
        assert_eq!(redact(b"%41ABCDEFGHIJ", ["1ABCDEFGHIJ"].into_iter()), b"%4[redacted]");
        assert_eq!(redact(b"\\AB", ["AB"].into_iter()), b"[redacted]");
    }

    #[test]
    fn what_is_no_key_stays_as_it_is() {
        for text in
            ["", "\\", "\\\\\\", "%", "%4", "%zz", "&", "&#", "&#x", "&#;", "&nbsp;", "\\u00", "桶 & 𝒳", "AKIDEXAMPL"]
        {
            assert_eq!(redacted(text), text);
        }
        assert_eq!(redacted("AKIDEXAMPLEAKIDEXAMPLE!"), "[redacted]!");
    }

    /// A text under layers of escapes, of one kind each; a layer escapes every character or every other one.
    fn spelled(secret: &str, layers: &[(u8, bool)]) -> String {
        layers.iter().fold(secret.to_owned(), |text, (kind, all)| {
            let spell = |(at, c): (usize, char)| match kind {
                0 if c == '\\' => "\\\\".to_owned(),
                1 if c == '%' => "%25".to_owned(),
                2 | 3 if c == '&' => "&amp;".to_owned(),
                _ if !all && at % 2 == 0 => c.to_string(),
                0 => format!("\\u{:04x}", u32::from(c)),
                1 => format!("%{:02X}", u32::from(c)),
                2 => format!("&#{};", u32::from(c)),
                _ => format!("&#x{:X};", u32::from(c)),
            };
            text.chars().enumerate().map(spell).collect()
        })
    }

    proptest! {
        #[test]
        fn a_key_is_found_under_layers_of_escapes(before in "[ -~]{0,20}", after in "[ -~]{0,20}", layers in prop::collection::vec((0_u8..4, any::<bool>()), 0..4)) {
            let secret = spelled("AKIDEXAMPLE", &layers);
            // Neither side may run into the spelling of the key.
            let text = format!("{before} {secret} {after}");
            prop_assert!(redacted(&text).contains("[redacted]"), "{text}");
        }

        #[test]
        fn nothing_but_keys_is_lost(text in "[a-z\\\\%&#;x0-9 桶]{0,200}") {
            prop_assert_eq!(redacted(&text), text);
        }
    }
}
