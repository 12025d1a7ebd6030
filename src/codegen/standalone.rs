//! `src/wasm/standalone.d.ts`: the types of the two validators that wasm-pack builds. The file is committed, so that
//! `wasm-pack build` works in a fresh clone; every build writes it again.

use super::typescript::HEADER;
use super::{issue_params, service_codes, wire_types};

/// `Issue` and `Validation`, as the npm package has them.
const ISSUE: &str = include_str!("../../pkg-template/src/validation/issue.ts");
/// `Word`.
const PLATFORM: &str = include_str!("../../pkg-template/src/platform.ts");

pub fn declarations() -> String {
    let word = PLATFORM.lines().find(|line| line.starts_with("export type Word<")).unwrap_or_default();
    let parts = [
        word.to_owned(),
        without_message(ISSUE),
        issue_params::module(),
        service_codes::code_type(),
        wire_types::requests(),
    ];
    let lines = parts.iter().flat_map(|part| part.lines());
    // Each part is a module of its own; here they are one.
    let lines = lines.filter(|line| !["import ", "export type { ", "// "].iter().any(|start| line.starts_with(start)));
    HEADER.to_owned() + &lines.collect::<Vec<_>>().join("\n") + "\n"
}

/// Messages depend on a locale, which only the npm package has.
fn without_message(text: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    for line in text.lines() {
        if line == "  readonly message: string;" {
            // Its comment is one line.
            kept.pop();
        } else {
            kept.push(line);
        }
    }
    kept.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_issue_has_a_message() {
        assert_eq!(ISSUE.matches("message:").count(), 1);
        assert!(!declarations().contains("message:"));
        assert!(declarations().contains("export type Word<"));
    }
}
