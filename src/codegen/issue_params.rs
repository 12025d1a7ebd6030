//! `issue-params.ts`: the codes of issues, and the params of each, from the catalogue.

use super::typescript::{HEADER, doc, lines, union};
use crate::issue::{Code, Param, RuleId};

pub fn module() -> String {
    let codes = lines(&Code::ALL.map(Code::as_str));
    let params: String =
        Code::ALL.map(|code| format!("{}  {}: {};\n", doc(code.doc(), "  "), code.as_str(), params_of(code))).concat();
    format!(
        "{HEADER}import type {{ Word }} from '../platform.js';\n\
         \n/** The code of an issue. `IssueParams` says what it means and which params it has. */\n\
         export type IssueCode ={codes};\n\
         \n/** A JavaScript type, or for an object that is not plain its tag in lower case: `map`. */\n\
         export type ActualType = Word<{}\n>;\n\
         \n{}export interface IssueParams {{\n{params}}}\n",
        lines(&ACTUAL_TYPES),
        doc(
            "The params of each code, which are also the placeholders of its message. Lengths and indexes count Unicode \
             code points, or the items of a list; indexes start at 0.",
            ""
        ),
    )
}

const ACTUAL_TYPES: [&str; 10] =
    ["string", "number", "boolean", "object", "array", "null", "bigint", "symbol", "function", "unreadable"];

/// The params that the rules with this code have. A param is optional if a rule lacks it, or may leave it out.
fn params_of(code: Code) -> String {
    let rows: Vec<_> = RuleId::ALL.iter().map(|rule| rule.row()).filter(|row| row.code == code).collect();
    let mut names: Vec<&str> = Vec::new();
    for (name, _) in rows.iter().flat_map(|row| row.params) {
        if !names.contains(name) {
            names.push(name);
        }
    }
    let param = |name: &&str| {
        let values: Vec<_> = rows
            .iter()
            .flat_map(|row| row.params)
            .filter_map(|(param, value)| (param == name).then_some(value))
            .collect();
        let optional = if *name == "suggestion" || values.len() < rows.len() { "?" } else { "" };
        let about = about(code, name).map(|text| doc(text, "    ")).unwrap_or_default();
        format!("{about}    readonly {name}{optional}: {};\n", type_of(code, name, &values))
    };
    match names.iter().map(param).collect::<String>() {
        none if none.is_empty() => "{}".to_owned(),
        params => format!("{{\n{params}  }}"),
    }
}

fn type_of(code: Code, name: &str, values: &[&Param<'static>]) -> String {
    let mut words = Vec::new();
    let (mut strings, mut numbers, mut dynamic) = (false, false, false);
    for value in values {
        match value {
            Param::Dynamic => dynamic = true,
            Param::Word(word) if !words.contains(word) => words.push(*word),
            Param::Words(_) => strings = true,
            Param::Numbers(_) => numbers = true,
            _ => {}
        }
    }
    match (strings, numbers) {
        (true, true) => return "readonly (string | number)[]".to_owned(),
        (true, false) => return "readonly string[]".to_owned(),
        (false, true) => return "readonly number[]".to_owned(),
        (false, false) if !words.is_empty() && !dynamic => return union(words, "'"),
        (false, false) => {}
    }
    match name {
        "actual" if matches!(code, Code::NotObject | Code::InvalidType) => "ActualType",
        "character" | "sequence" | "suggestion" => "string",
        _ => "number",
    }
    .to_owned()
}

/// The documentation of a param whose unit its name does not say.
fn about(code: Code, name: &str) -> Option<&'static str> {
    match (code, name) {
        (Code::InvalidJson, "line") => Some("Starts at 1."),
        (Code::InvalidJson, "column") => Some("In code points. Starts at 1."),
        (Code::InvalidJson, "offset") => Some("In bytes from the start of the text. Starts at 0."),
        (Code::InvalidEnum, "actual") => Some("In days."),
        (Code::TooShort, "min" | "actual") => Some("In code points."),
        (Code::TooLong, "max" | "actual") => Some("In code points, or items of a list."),
        (_, "character") => Some("One code point."),
        (_, "index") => Some("In code points. Starts at 0."),
        (_, "sequence") => Some("Two characters."),
        (_, "first") => Some("In items. Starts at 0."),
        (_, "more") => Some("A number of issues."),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fixed_words_are_the_type_only_if_no_row_has_others() {
        let type_of = |values: &[&Param<'static>]| type_of(Code::AdjacentSeparators, "sequence", values);
        assert_eq!(type_of(&[&Param::Word("--"), &Param::Word("__")]), "'--' | '__'");
        assert_eq!(type_of(&[&Param::Word("--"), &Param::Dynamic]), "string");
    }
}
