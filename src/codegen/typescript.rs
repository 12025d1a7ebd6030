//! The parts that TypeScript modules are made of.

/// The first line of every generated module.
pub const HEADER: &str = "// Generated from Rust by src/codegen.\n";

/// The longest line of a comment.
const WIDTH: usize = 120;

/// A JSDoc comment with a trailing newline, from the text of a Rust doc comment.
pub fn doc(text: &str, indent: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let single = format!("{indent}/** {text} */\n");
    if single.chars().count() <= WIDTH + 1 {
        return single;
    }
    let mut lines = vec![format!("{indent} *")];
    for word in text.split(' ') {
        if let Some(line) = lines.last_mut().filter(|line| line.chars().count() + 1 + word.chars().count() <= WIDTH) {
            line.push(' ');
            line.push_str(word);
        } else {
            lines.push(format!("{indent} * {word}"));
        }
    }
    format!("{indent}/**\n{}\n{indent} */\n", lines.join("\n"))
}

/// A union of literals: `'gzip' | 'json'`.
pub fn union<T: std::fmt::Display>(items: impl IntoIterator<Item = T>, quote: &str) -> String {
    items.into_iter().map(|item| format!("{quote}{item}{quote}")).collect::<Vec<_>>().join(" | ")
}
