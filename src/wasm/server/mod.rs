//! What the server-side wasm exports. Every function is stateless: nothing is lost when an instance is dropped.
//!
//! Several strings cross as one, joined by NUL, so that a call costs one crossing. Their number crosses too: a NUL
//! within one of them would make it wrong, and the call is refused. What goes in is written into a buffer of this module by JavaScript, what
//! comes out is read from another: no allocation, no copy by the glue.

mod boundary;
mod emulator;
mod proxy;
mod signing;

use std::cell::RefCell;

use wasm_bindgen::prelude::wasm_bindgen;

/// Larger buffers are not kept.
const KEPT: usize = 1 << 16;

thread_local! {
    static INPUT: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
    static OUTPUT: RefCell<String> = const { RefCell::new(String::new()) };
    static OUTPUT_BODY: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// Where JavaScript may write `size` bytes for the next call.
#[wasm_bindgen(js_name = input)]
pub fn input(size: usize) -> *const u8 {
    INPUT.with_borrow_mut(|input| {
        if input.len() < size {
            input.resize(size, 0);
        }
        input.as_ptr()
    })
}

/// Where the output of the last call is.
#[wasm_bindgen(js_name = output)]
pub fn output() -> *const u8 {
    OUTPUT.with_borrow(|output| output.as_ptr())
}

/// Where the body the last call gave is, if it gives one.
#[wasm_bindgen(js_name = outputBody)]
pub fn output_body() -> *const u8 {
    OUTPUT_BODY.with_borrow(|body| body.as_ptr())
}

/// How long it is.
#[wasm_bindgen(js_name = outputBodySize)]
pub fn output_body_size() -> usize {
    OUTPUT_BODY.with_borrow(Vec::len)
}

/// What crossed: `count` strings in `fields` bytes, then `body` bytes.
#[derive(Clone, Copy)]
struct Input {
    count: usize,
    fields: usize,
    body: usize,
}

/// Runs a call. Gives the length of the output.
fn call(size: Input, run: impl FnOnce(Fields<'_>, &[u8], &mut Joined)) -> usize {
    INPUT.with_borrow_mut(|input| {
        let mut out = Joined(OUTPUT.take());
        out.0.clear();
        let (text, rest) = input.split_at_mut_checked(size.fields).unwrap_or_default();
        let body = rest.get(..size.body).unwrap_or_default();
        // JavaScript writes UTF-8.
        let mut fields = Vec::with_capacity(size.count + 1);
        fields.extend(std::str::from_utf8(text).unwrap_or_default().split('\0').take(size.count + 1));
        if fields.len() == size.count {
            run(Fields(fields.into_iter()), body, &mut out);
        } else {
            out.failure("invalid_argument", "a part of the request has a NUL character");
        }
        // Among the strings may be a secret.
        text.fill(0);
        if input.len() > KEPT {
            *input = Vec::new();
        }
        let length = out.0.len();
        OUTPUT.set(out.0);
        length
    })
}

/// Reads strings out of one that JavaScript joined.
struct Fields<'a>(std::vec::IntoIter<&'a str>);

impl<'a> Fields<'a> {
    /// The next string; an empty one beyond the end.
    fn text(&mut self) -> &'a str {
        self.0.next().unwrap_or_default()
    }

    /// The next string, unless it is empty.
    fn some(&mut self) -> Option<&'a str> {
        Some(self.text()).filter(|text| !text.is_empty())
    }

    /// As many strings as the next one says; None if it is empty.
    fn list(&mut self) -> Option<Vec<&'a str>> {
        let length: usize = self.some()?.parse().ok()?;
        Some(self.0.by_ref().take(length).collect())
    }

    /// What is left, as pairs.
    fn pairs(self) -> Vec<(&'a str, &'a str)> {
        let mut rest = self.0;
        let mut pairs = Vec::with_capacity(rest.len() / 2);
        while let (Some(name), Some(value)) = (rest.next(), rest.next()) {
            pairs.push((name, value));
        }
        pairs
    }
}

/// Writes strings into one that JavaScript splits; each starts with its NUL.
struct Joined(String);

impl Joined {
    fn add(&mut self, text: &str) -> &mut Self {
        self.0.push('\0');
        self.0.push_str(text);
        self
    }

    /// Bytes, which any may be, go beside the strings.
    fn body(&mut self, bytes: Vec<u8>) -> &mut Self {
        OUTPUT_BODY.set(bytes);
        self
    }

    fn failure(&mut self, code: &str, message: &str) {
        self.add("error").add(code).add(message);
    }
}
