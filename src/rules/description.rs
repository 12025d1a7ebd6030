//! The parts of a text's rules that schemas, types and documents state. Each rule declares them beside its function.

use crate::rules::text::Characters;

/// An absent part restricts nothing. Every regular expression works without lookaround, which many engines lack.
#[derive(Debug, PartialEq)]
pub struct Description {
    /// The rules as full sentences, in Markdown.
    pub doc: &'static str,
    /// In code points.
    pub min: usize,
    /// In code points.
    pub max: Option<usize>,
    /// The regular expression of the whole text. It compiles with the flag `v`, as the `pattern` of HTML does.
    pub pattern: Option<&'static str>,
    /// The same for the usual texts. Others are a warning.
    pub usual: Option<&'static str>,
    /// Texts in which one of these regular expressions matches are refused.
    pub refused: &'static [&'static str],
    /// These words are refused.
    pub reserved: &'static [&'static str],
    /// Texts that break no rule of the field, not even one for a warning, except those that are `refused`, `reserved` or
    /// longer than `max`. JavaScript accepts them without the wasm. Without this, it accepts the `usual` ones.
    pub ordinary: Option<Characters>,
    /// Whether a rule compares the text with another of the same request.
    pub is_compared: bool,
}

impl Description {
    /// Any text.
    pub const ANY: Description = Description {
        doc: "",
        min: 0,
        max: None,
        pattern: None,
        usual: None,
        refused: &[],
        reserved: &[],
        ordinary: None,
        is_compared: false,
    };
}
