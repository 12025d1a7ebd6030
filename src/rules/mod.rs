//! One rule per file: its limits, their description for schemas and documents, one pure function that adds issues to a
//! report, and its cases.

pub mod bucket_lifecycle;
pub mod bucket_location;
pub mod bucket_name;
pub mod description;
pub mod file_prefix_name;
pub mod kms_id;
pub mod list;
pub mod text;
pub mod tracker_name;
pub mod unknown_key;
pub mod url_id;
pub mod words;

/// Drafts of one string, for the cases of the rules.
#[cfg(test)]
pub(crate) mod cases {
    use crate::issue::Report;
    use crate::issue::{Param, Severity};

    /// The issues of a rule in short: `error too_short min=3 actual=2`.
    pub(crate) fn found<'a>(rule: impl FnOnce(&mut Report<'a>)) -> Vec<String> {
        let mut report = Report::default();
        rule(&mut report);
        let (errors, warnings) = report.finish();
        errors
            .iter()
            .chain(&warnings)
            .map(|issue| {
                let severity = if issue.severity == Severity::Error { "error" } else { "warning" };
                let mut line = format!("{severity} {}", issue.code().as_str());
                for (name, value) in issue.params() {
                    line += &match value {
                        Param::Word(word) => format!(" {name}={word}"),
                        Param::Character(character) => format!(" {name}={character}"),
                        Param::Text(text) => format!(" {name}={text}"),
                        Param::Number(number) => format!(" {name}={number}"),
                        Param::Words(words) => format!(" {name}={words:?}"),
                        Param::Numbers(numbers) => format!(" {name}={numbers:?}"),
                        Param::Dynamic => format!(" {name}"),
                    };
                }
                line
            })
            .collect()
    }
}
