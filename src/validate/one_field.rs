//! One field at a time: the path of its issues is empty, and its `required` carries no code of the service.

use crate::decode::{Field, FlatDecoder, Integer, JsonDecoder, Syntax, Text};
use crate::issue::{Code, Severity};
use crate::report::{Report, error};
use crate::rules::kms_id::{self, Encryption, Pairing};
use crate::rules::{bucket_lifecycle, file_prefix_name, tracker_name, url_id, words};

use super::{check_obs_buckets, fields, text, value_of};

/// Which field is judged alone. The order is the wire's between JavaScript and Rust.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OneField {
    BucketName,
    FilePrefixName,
    TrackerName,
    KmsId,
    BucketLifecycle,
    CompressType,
    BucketLocation,
    ProjectId,
    DomainId,
}

impl OneField {
    pub const ALL: [OneField; 9] = [
        OneField::BucketName,
        OneField::FilePrefixName,
        OneField::TrackerName,
        OneField::KmsId,
        OneField::BucketLifecycle,
        OneField::CompressType,
        OneField::BucketLocation,
        OneField::ProjectId,
        OneField::DomainId,
    ];

    /// The name in JavaScript: `validate` + this, first letter upper case.
    pub const fn name(self) -> &'static str {
        match self {
            OneField::BucketName => "bucketName",
            OneField::FilePrefixName => "filePrefixName",
            OneField::TrackerName => "trackerName",
            OneField::KmsId => "kmsId",
            OneField::BucketLifecycle => "bucketLifecycle",
            OneField::CompressType => "compressType",
            OneField::BucketLocation => "bucketLocation",
            OneField::ProjectId => "projectId",
            OneField::DomainId => "domainId",
        }
    }
}

/// What the fields around it would say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FieldOptions {
    /// CTS is asked to create the bucket.
    pub for_creation: bool,
    /// The tracker is the management tracker; a data tracker else.
    pub system_tracker: bool,
    /// Whether trace files are encrypted, if that is known.
    pub encrypted: Option<bool>,
}

/// The draft of one field: a text, or the one integer.
#[derive(Debug)]
pub enum OneDraft<'a> {
    Text(Text<'a>),
    Integer(Integer<'a>),
}

impl OneField {
    pub fn read_json<'a>(self, from: &mut JsonDecoder<'a>) -> Result<OneDraft<'a>, Syntax> {
        match self {
            OneField::BucketLifecycle => {
                let mut draft = Integer::Absent;
                from.integer(&mut draft)?;
                Ok(OneDraft::Integer(draft))
            }
            _ => {
                let mut draft = Text::Absent;
                from.text(&mut draft)?;
                Ok(OneDraft::Text(draft))
            }
        }
    }

    pub fn read_flat<'a>(self, from: &mut FlatDecoder<'a>) -> OneDraft<'a> {
        match self {
            OneField::BucketLifecycle => {
                let mut draft = Integer::Absent;
                from.integer(&mut draft);
                OneDraft::Integer(draft)
            }
            _ => {
                let mut draft = Text::Absent;
                from.text(&mut draft);
                OneDraft::Text(draft)
            }
        }
    }
}

/// Judges one field.
pub fn one_field<'a>(field: OneField, options: FieldOptions, draft: &OneDraft<'a>, report: &mut Report<'a>) {
    match draft {
        OneDraft::Text(draft) => judge(field, options, draft, report),
        OneDraft::Integer(draft) => {
            if let Some(days) = value_of(draft, "integer", "bucket_lifecycle.type", report) {
                bucket_lifecycle::check(*days, report);
            }
        }
    }
}

fn judge<'a>(field: OneField, options: FieldOptions, draft: &Text<'a>, report: &mut Report<'a>) {
    match field {
        OneField::BucketName => {
            if draft.is_absent() {
                report.add(error(Code::Required, "bucket_name.required"));
            }
            let obs = if options.for_creation { Severity::Error } else { Severity::Warning };
            fields::bucket_name(draft, obs, report);
        }
        OneField::FilePrefixName => {
            if let Some(prefix) = text(draft, "file_prefix_name.type", report) {
                file_prefix_name::check(prefix, report);
            }
        }
        OneField::TrackerName => match text(draft, "tracker_name.type", report) {
            Some(name) if options.system_tracker => tracker_name::check_system(name, report),
            Some(name) => tracker_name::check_data(name, report),
            None if draft.is_absent() && !options.system_tracker => {
                report.add(error(Code::Required, "tracker_name.required"));
            }
            None => {}
        },
        OneField::KmsId => key_id(draft, options, report),
        OneField::CompressType => {
            if let Some(word) = text(draft, "compress_type.type", report)
                && let Some(finding) = words::check(word, words::COMPRESS_TYPE, "compress_type.enum")
            {
                report.add(finding);
            }
        }
        OneField::BucketLocation => check_obs_buckets::location(draft, report),
        OneField::ProjectId => url_id(draft, &url_id::PROJECT_ID, report),
        OneField::DomainId => url_id(draft, &url_id::DOMAIN_ID, report),
        // Not a text: read and judged above.
        OneField::BucketLifecycle => {}
    }
}

fn key_id<'a>(draft: &Text<'a>, options: FieldOptions, report: &mut Report<'a>) {
    let encryption = match options.encrypted {
        Some(true) => Encryption::On,
        Some(false) => Encryption::Off,
        None => Encryption::Unknown,
    };
    match text(draft, "kms_id.type", report) {
        Some(id) if !id.is_empty() => kms_id::check(id, encryption, Pairing::Applies, report),
        _ if matches!(draft, Field::Wrong(_)) || encryption != Encryption::On => {}
        _ => kms_id::missing(None, report),
    }
}

/// An id in a URL, required and not empty.
pub(super) fn url_id<'a>(draft: &Text<'a>, rules: &'static url_id::Rules, report: &mut Report<'a>) {
    match text(draft, rules.kind, report) {
        Some(id) if !id.is_empty() => url_id::check(id, rules, report),
        _ if matches!(draft, Field::Wrong(_)) => {}
        _ => report.add(error(Code::Required, rules.required)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decode::flat_tags;

    /// The wasm alone reads fields so, and no vector comes by it natively.
    #[test]
    fn only_the_days_are_read_as_a_number() {
        for field in OneField::ALL {
            let Ok(mut decoder) = FlatDecoder::new(&[flat_tags::COUNT, 30], b"") else { continue };
            let days = matches!(field.read_flat(&mut decoder), OneDraft::Integer(Field::Got(days)) if days == 30.0);
            assert_eq!(days, field == OneField::BucketLifecycle, "{field:?}");
        }
    }
}
