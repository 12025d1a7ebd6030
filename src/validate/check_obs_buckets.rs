//! The body of CheckObsBuckets, and one bucket of it alone.

use crate::decode::{Document, Value};
use crate::issue::{Report, RuleId, Severity, name};
use crate::model::{CheckBucketFields, CheckObsBucketsFields, CheckObsBucketsRequestBody, FromDocument};
use crate::rules::bucket_location;
use crate::rules::kms_id::Pairing;
use crate::rules::list::{Duplicates, Key};
use crate::schema::{CHECK_BUCKET, CHECK_OBS_BUCKETS};

use super::fields::{self, text, typed};
use super::{body, unknown_keys};

/// Validates the body.
pub fn check_obs_buckets<'a>(document: &Document<'a>, report: &mut Report<'a>) {
    let Some(object) = body(document, report) else { return };
    let Some(given) = CheckObsBucketsFields::of(object, document) else { return };
    report.enter();
    report.field(name!("buckets"));
    validate_buckets(given.buckets(), document, report);
    report.leave();
    unknown_keys(document, object, &CHECK_OBS_BUCKETS, report);
}

fn validate_buckets<'a>(value: Value<'_, 'a>, document: &Document<'a>, report: &mut Report<'a>) {
    if value.is_absent() || value.items().is_some_and(|items| items.length == 0) {
        report.warning(RuleId::BucketsEmpty);
    }
    let Some(items) = fields::list(value, RuleId::BucketsType, RuleId::BucketsLength, report) else { return };
    let key_at = |index| identity(document.item(items, index), document);
    let duplicates = Duplicates::new(items.length, &key_at);
    report.enter();
    for (index, item) in document.items(items).enumerate() {
        report.item(index);
        validate_bucket(item, duplicates.first_before(index), document, report);
    }
    report.leave();
}

/// Two items with the same name and location are the same bucket. An empty string is no name.
fn identity<'a>(value: Value<'_, 'a>, document: &Document<'a>) -> Option<Key<'a>> {
    let bucket = CheckBucketFields::of(value.object()?, document)?;
    let name = bucket.bucket_name().bytes().filter(|name| !name.is_empty())?;
    let location = bucket.bucket_location().bytes().filter(|location| !location.is_empty())?;
    Some((name, location))
}

/// Validates one bucket. The paths of its issues start at it.
pub fn bucket<'a>(document: &Document<'a>, report: &mut Report<'a>) {
    validate_bucket(document.root(), None, document, report);
}

fn validate_bucket<'a>(value: Value<'_, 'a>, first: Option<usize>, document: &Document<'a>, report: &mut Report<'a>) {
    let Some(object) = value.object() else {
        return fields::wrong_item(value, RuleId::BucketsItemType, report);
    };
    let Some(given) = CheckBucketFields::of(object, document) else { return };
    report.enter();
    report.field(name!("bucket_name"));
    if given.bucket_name().is_absent() {
        report.error(RuleId::BucketNameRequired);
    }
    fields::bucket_name(given.bucket_name(), Severity::Warning, report);
    report.field(name!("bucket_location"));
    location(given.bucket_location(), report);
    report.field(name!("kms_id"));
    let encryption = fields::encryption(given.is_support_trace_files_encryption());
    fields::kms_id(given.kms_id(), encryption, Pairing::Applies, Some(RuleId::KmsIdRequired), report);
    report.field(name!("is_support_trace_files_encryption"));
    typed(given.is_support_trace_files_encryption(), RuleId::EncryptionType, report);
    report.leave();
    if let Some(first) = first {
        report.warning(RuleId::BucketsRepeated).number(first);
    }
    unknown_keys(document, object, &CHECK_BUCKET, report);
}

/// A location, required and not empty.
pub(super) fn location<'a>(value: Value<'_, 'a>, report: &mut Report<'a>) {
    if value.is_empty() {
        report.error(RuleId::BucketLocationRequired);
    } else if let Some(location) = text(value, RuleId::BucketLocationType, report) {
        bucket_location::check(location, report);
    }
}

/// The body, if no error was found in it.
pub(super) fn value(document: &Document<'_>) -> CheckObsBucketsRequestBody {
    CheckObsBucketsRequestBody::from_document(document.root(), document).unwrap_or_default()
}
