//! The parts that TypeScript modules are made of.

/// The first line of every generated module.
pub const HEADER: &str = "// Generated from Rust by src/codegen.\n";

/// The longest line of a comment.
const WIDTH: usize = 120;

/// The text of a Rust doc comment as one line.
pub fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A JSDoc comment with a trailing newline, from the text of a Rust doc comment.
pub fn doc(text: &str, indent: &str) -> String {
    let text = plain(text);
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

/// A name of the wire in the spelling of JavaScript: `kmsId` for `kms_id`.
pub fn camel(name: &str) -> String {
    let mut after = false;
    let letter = |letter: char| {
        let upper = std::mem::replace(&mut after, letter == '_');
        (letter != '_').then(|| if upper { letter.to_ascii_uppercase() } else { letter })
    };
    name.chars().filter_map(letter).collect()
}

/// A union of literals: `'gzip' | 'json'`.
pub fn union<T: std::fmt::Display>(items: impl IntoIterator<Item = T>, quote: &str) -> String {
    items.into_iter().map(|item| format!("{quote}{item}{quote}")).collect::<Vec<_>>().join(" | ")
}

/// A type alias for a union whose members have documentation.
pub fn documented_union(
    name: &str,
    about: &str,
    members: impl IntoIterator<Item = (&'static str, &'static str)>,
) -> String {
    let members: String =
        members.into_iter().map(|(member, text)| format!("{}  | '{member}'\n", doc(&sentence(text), "  "))).collect();
    format!("\n{}export type {name} =\n{};\n", doc(about, ""), members.trim_end())
}

/// The members of a union of strings, one per line.
pub fn lines(members: &[&str]) -> String {
    members.iter().map(|member| format!("\n  | '{member}'")).collect()
}

/// A text that begins with a capital and ends with a period.
fn sentence(text: &str) -> String {
    let text = text.trim();
    let mut rest = text.chars();
    let first = rest.next().map(|first| first.to_ascii_uppercase());
    let end = if text.ends_with('.') { "" } else { "." };
    first.into_iter().chain(rest).collect::<String>() + end
}
