//! `validators.ts`: the validators of single fields. And their table in the README.

use super::typescript::{HEADER, camel, doc, union};
use crate::issue::{Code, Row, RuleId};
use crate::rules::{
    bucket_lifecycle, bucket_location, bucket_name, file_prefix_name, kms_id, tracker_name, url_id, words,
};
use crate::schema::Values;
use crate::validate::OneField;

/// A validator of a single field.
pub struct Validator {
    field: OneField,
    subject: &'static str,
    pub values: Values,
    pub required: bool,
    /// What follows the rules of the values.
    more: &'static [&'static str],
    /// The type of its options.
    options: &'static str,
    /// Where its rules come from, besides the service's codes.
    source: &'static str,
}

impl Validator {
    pub fn of(field: OneField) -> Self {
        let of = |subject, values, required, source| Validator {
            field,
            subject,
            values,
            required,
            more: &[],
            options: "ValidateOptions",
            source,
        };
        let create = "CreateTracker page";
        match field {
            OneField::BucketName => Validator {
                more: &[bucket_name::OBS.doc, "Such a name is a warning, and an error with `forCreation`."],
                options: "BucketNameOptions",
                ..of("the name of a bucket", Values::Text(&bucket_name::DESCRIPTION), true, "OBS, creating a bucket")
            },
            OneField::FilePrefixName => {
                of("the prefix of trace files", Values::Text(&file_prefix_name::DESCRIPTION), false, create)
            }
            OneField::TrackerName => Validator {
                more: &["With `trackerType: 'system'` only `system` is valid, and it is the default."],
                options: "TrackerNameOptions",
                ..of("the name of a tracker", Values::Text(&tracker_name::DESCRIPTION), true, create)
            },
            OneField::KmsId => Validator {
                more: &["With `encrypted: true` the key is required; with `encrypted: false` a key is a warning."],
                options: "KmsIdOptions",
                ..of("the ID of a KMS key", Values::Text(&kms_id::DESCRIPTION), false, "CTS.0221; KMS API")
            },
            OneField::BucketLifecycle => {
                let days = Values::Numbers(bucket_lifecycle::VALUES);
                of("how long trace files are kept", days, false, create)
            }
            OneField::CompressType => Validator {
                more: &["`json` means no compression."],
                ..of("the compression of trace files", Values::Words(words::COMPRESS_TYPE), false, create)
            },
            OneField::BucketLocation => {
                let location = Values::Text(&bucket_location::DESCRIPTION);
                of("the region of a bucket", location, true, "checkbucket page")
            }
            OneField::ProjectId => {
                of("the ID of a project", Values::Text(&url_id::DESCRIPTION), true, "the ID in the URL")
            }
            OneField::DomainId => {
                of("the ID of an account", Values::Text(&url_id::DESCRIPTION), true, "the ID in the URL")
            }
        }
    }

    fn name(&self) -> String {
        let name = self.field.name();
        let (first, rest) = name.split_at_checked(1).unwrap_or_default();
        ["validate", &first.to_uppercase(), rest].concat()
    }

    /// Its rules as sentences.
    fn rules(&self) -> String {
        let values = match self.values {
            Values::Any => String::new(),
            Values::Words(words) => format!("{}.", alternatives(words.iter().map(|word| format!("`{word}`")))),
            Values::Numbers(numbers) => {
                format!("{} days, as a number.", alternatives(numbers.iter().map(i32::to_string)))
            }
            Values::Text(rules) => rules.doc.to_owned(),
        };
        let required = if self.required { "Required." } else { "It may be absent." };
        [&[&*values, required], self.more].concat().join(" ")
    }

    /// The TypeScript type of a valid value.
    fn value(&self) -> String {
        let value = match self.values {
            Values::Words(words) => union(words, "'"),
            Values::Numbers(numbers) => union(numbers, ""),
            _ => "string".to_owned(),
        };
        if self.required { value } else { value + " | undefined" }
    }

    /// The rules of the field that concern it alone.
    fn rows(&self) -> impl Iterator<Item = &'static Row> {
        let name = self.field.name();
        RuleId::ALL.iter().map(|rule| rule.row()).filter(move |Row { code, rule, .. }| {
            let alone = !matches!(code, Code::MustDiffer | Code::NotApplicable | Code::RequiresField);
            alone && rule.split('.').next().is_some_and(|field| camel(field) == name)
        })
    }
}

fn alternatives(items: impl Iterator<Item = String>) -> String {
    let items: Vec<_> = items.collect();
    match items.split_last() {
        Some((last, others)) if !others.is_empty() => format!("{} or {last}", others.join(", ")),
        _ => items.concat(),
    }
}

pub fn module() -> String {
    let declared = OneField::ALL.map(|field| declaration(&Validator::of(field))).concat();
    format!(
        "{HEADER}import type {{ Validation }} from '../validation/issue.js';\n\
         import type {{ BucketNameOptions, KmsIdOptions, TrackerNameOptions, ValidateOptions }} from \
         '../validation/options.js';\nimport {{ oneField }} from '../validation/validate.js';\n{declared}"
    )
}

fn declaration(validator: &Validator) -> String {
    let Validator { field, subject, values, options, .. } = validator;
    let colon = if matches!(values, Values::Text(_)) { "." } else { ":" };
    let about = doc(&format!("Validates {subject}{colon} {}", validator.rules()), "");
    let (name, value, field) = (validator.name(), validator.value(), field.name());
    format!(
        "\n{about}export const {name}: (input: unknown, options?: {options}) => Validation<{value}> =\n  \
         /* @__PURE__ */ oneField('{field}');\n"
    )
}

/// The table of the README. Every validator can also report `invalid_type`.
pub fn readme() -> String {
    let row = |validator: Validator| {
        let (mut codes, mut sources) = (Vec::new(), Vec::new());
        for Row { code, server_code, .. } in validator.rows() {
            add(&mut codes, (*code != Code::InvalidType).then(|| format!("`{}`", code.as_str())));
            // Of a single field, `required` has no code of the service.
            add(&mut sources, server_code.filter(|_| *code != Code::Required).map(str::to_owned));
        }
        add(&mut sources, Some(validator.source.to_owned()));
        let (codes, sources) = (codes.join(", "), sources.join("; "));
        format!("| `{}` | {} | {codes} | {sources} |\n", validator.name(), validator.rules())
    };
    let rows = OneField::ALL.map(|field| row(Validator::of(field))).concat();
    format!("| function | rules | codes | source |\n| --- | --- | --- | --- |\n{REQUESTS}{rows}")
}

const REQUESTS: &str = "\
| `validateCreateTracker` | the body of CreateTracker: every field below, and what depends on tracker type, encryption and \
bucket creation | `required`, `forbidden`, `must_equal`, `must_differ`, `empty_list`, … | CreateTracker page, CTS.02xx |
| `validateCheckObsBuckets` | the body of CheckObsBuckets | `required`, … | checkbucket page |
";

fn add(list: &mut Vec<String>, item: Option<String>) {
    list.extend(item.filter(|item| !list.contains(item)));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn descriptions_state_their_limits_in_patterns_of_every_engine() {
        for field in OneField::ALL {
            let Values::Text(rules) = Validator::of(field).values else { continue };
            assert!(rules.max.is_none_or(|max| rules.doc.contains(&format!(" {max} "))), "{}", rules.doc);
            assert!(rules.reserved.iter().all(|word| rules.doc.contains(&format!("`{word}`"))), "{}", rules.doc);
            for pattern in rules.refused.iter().chain(&rules.pattern).chain(&rules.usual) {
                assert!(!pattern.contains("(?"), "{pattern}");
            }
        }
    }

    #[test]
    fn the_codes_of_a_field_are_those_of_its_rules() {
        let codes: Vec<_> = Validator::of(OneField::KmsId).rows().map(|row| row.code.as_str()).collect();
        assert_eq!(codes, ["required", "required", "invalid_type", "unusual_format", "unused"]);
    }
}
