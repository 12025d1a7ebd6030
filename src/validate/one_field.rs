//! One field at a time: the path of its issues is empty, and its `required` carries no code of the service.

use crate::decode::Value;
use crate::issue::Report;
use crate::issue::{RuleId, Severity};
use crate::rules::kms_id::{Encryption, Pairing};
use crate::rules::{bucket_lifecycle, file_prefix_name, tracker_name, url_id, words};
use crate::schema::FieldType;

use super::check_obs_buckets;
use super::fields::{self, text, typed};

/// A field that can be validated alone. JavaScript passes its index.
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

/// What is known about the fields around it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FieldOptions {
    /// CTS is asked to create the bucket.
    pub for_creation: bool,
    /// The tracker is the management tracker; a data tracker else.
    pub system_tracker: bool,
    /// Whether trace files are encrypted, if that is known.
    pub encrypted: Option<bool>,
}

impl OneField {
    pub fn field_type(self) -> &'static FieldType {
        if self == OneField::BucketLifecycle { &FieldType::Integer } else { &FieldType::String }
    }
}

/// Validates one field.
pub fn one_field<'a>(field: OneField, options: FieldOptions, value: Value<'_, 'a>, report: &mut Report<'a>) {
    match field {
        OneField::BucketName => {
            if value.is_absent() {
                report.error(RuleId::BucketNameRequired);
            }
            let obs = if options.for_creation { Severity::Error } else { Severity::Warning };
            fields::bucket_name(value, obs, report);
        }
        OneField::FilePrefixName => {
            if let Some(prefix) = text(value, RuleId::FilePrefixNameType, report) {
                file_prefix_name::check(prefix, report);
            }
        }
        OneField::TrackerName => match text(value, RuleId::TrackerNameType, report) {
            Some(name) if options.system_tracker => tracker_name::check_system(name, report),
            Some(name) => tracker_name::check_data(name, report),
            None if value.is_absent() && !options.system_tracker => {
                report.error(RuleId::TrackerNameMissing);
            }
            None => {}
        },
        OneField::KmsId => {
            let encryption = match options.encrypted {
                Some(true) => Encryption::On,
                Some(false) => Encryption::Off,
                None => Encryption::Unknown,
            };
            fields::kms_id(value, encryption, Pairing::Applies, Some(RuleId::KmsIdMissing), report);
        }
        OneField::BucketLifecycle => {
            typed(value, RuleId::BucketLifecycleType, report);
            if let Some(days) = value.integer() {
                bucket_lifecycle::check(days, report);
            }
        }
        OneField::CompressType => {
            let (wrong, unknown) = (RuleId::CompressTypeType, RuleId::CompressTypeEnum);
            fields::word(value, words::COMPRESS_TYPE, wrong, unknown, report);
        }
        OneField::BucketLocation => check_obs_buckets::location(value, report),
        OneField::ProjectId => url_id(value, &url_id::PROJECT_ID, report),
        OneField::DomainId => url_id(value, &url_id::DOMAIN_ID, report),
    }
}

fn url_id<'a>(value: Value<'_, 'a>, rules: &'static url_id::Rules, report: &mut Report<'a>) {
    if value.is_absent() {
        report.error(rules.required);
    } else if let Some(id) = text(value, rules.kind, report) {
        url_id_text(id, rules, report);
    }
}

pub(super) fn url_id_text<'a>(id: &'a [u8], rules: &'static url_id::Rules, report: &mut Report<'a>) {
    if id.is_empty() {
        report.error(rules.required);
    } else {
        url_id::check(id, rules, report);
    }
}
