//! The body of CheckObsBuckets, and one bucket of it alone.

use crate::decode::{Document, Value};
use crate::issue::Report;
use crate::issue::{RuleId, Severity};
use crate::model::{CheckBucketFields, CheckObsBucketsFields, CheckObsBucketsRequestBody, FromDocument};
use crate::rules::bucket_location;
use crate::rules::kms_id::Pairing;
use crate::rules::list::{Repeats, hash};
use crate::rules::text::compare;
use crate::schema::{CHECK_BUCKET, CHECK_OBS_BUCKETS};

use super::fields::{self, text, typed};
use super::{body, unknown_keys};

/// Judges the body.
pub fn check_obs_buckets<'a>(document: &Document<'a>, report: &mut Report<'a>) {
    let Some(object) = body(document, report) else { return };
    let Some(CheckObsBucketsFields { buckets }) = CheckObsBucketsFields::of(object, document) else { return };
    report.enter();
    report.field("buckets");
    judge_buckets(buckets, document, report);
    report.leave();
    unknown_keys(document, object, &CHECK_OBS_BUCKETS, report);
}

fn judge_buckets<'a>(value: &Value<'a>, document: &Document<'a>, report: &mut Report<'a>) {
    if value.is_absent() || value.items().is_some_and(|items| items.is_empty()) {
        report.warning(RuleId::BucketsEmpty);
    }
    let items = fields::list(value, RuleId::BucketsType, RuleId::BucketsLength, document, report);
    let items = items.unwrap_or_default();
    // What has no identity is never asked for, so it may pass for an empty one.
    let identity_at = |index: usize| items.get(index).and_then(|item| identity(item, document)).unwrap_or_default();
    let compare = |a: usize, b: usize| {
        let ((name, location), (other_name, other_location)) = (identity_at(a), identity_at(b));
        compare(name, other_name).then_with(|| compare(location, other_location))
    };
    let repeats = Repeats::new(items.len(), &compare, &|index| hash(identity_at(index).0));
    report.enter();
    for (index, item) in items.iter().enumerate() {
        report.item(index);
        let first = identity(item, document).and_then(|_| repeats.before(index));
        one(item, first, document, report);
    }
    report.leave();
}

/// What makes two items the same bucket: name and location, both there and not empty.
fn identity<'d>(value: &Value<'_>, document: &'d Document<'_>) -> Option<(&'d str, &'d str)> {
    let bucket = CheckBucketFields::of(value.object()?, document)?;
    let name = bucket.bucket_name.text().filter(|name| !name.is_empty())?;
    let location = bucket.bucket_location.text().filter(|location| !location.is_empty())?;
    Some((name, location))
}

/// Judges one bucket by itself; paths start at it.
pub fn bucket<'a>(document: &Document<'a>, report: &mut Report<'a>) {
    one(&document.root, None, document, report);
}

fn one<'a>(value: &Value<'a>, first: Option<usize>, document: &Document<'a>, report: &mut Report<'a>) {
    let Some(object) = value.object() else {
        return fields::wrong_item(value, RuleId::BucketsItemType, report);
    };
    let Some(given) = CheckBucketFields::of(object, document) else { return };
    report.enter();
    report.field("bucket_name");
    if given.bucket_name.is_absent() {
        report.error(RuleId::BucketNameRequired);
    }
    fields::bucket_name(given.bucket_name, Severity::Warning, report);
    report.field("bucket_location");
    location(given.bucket_location, report);
    report.field("kms_id");
    let encryption = fields::encryption(given.is_support_trace_files_encryption);
    fields::kms_id(given.kms_id, encryption, Pairing::Applies, Some(RuleId::KmsIdRequired), report);
    report.field("is_support_trace_files_encryption");
    typed(given.is_support_trace_files_encryption, RuleId::EncryptionType, report);
    report.leave();
    if let Some(first) = first {
        report.warning(RuleId::BucketsRepeated).number(first);
    }
    unknown_keys(document, object, &CHECK_BUCKET, report);
}

/// A location, required and not empty.
pub(super) fn location<'a>(value: &Value<'a>, report: &mut Report<'a>) {
    if value.is_empty() {
        report.error(RuleId::BucketLocationRequired);
    } else if let Some(location) = text(value, RuleId::BucketLocationType, report) {
        bucket_location::check(location, report);
    }
}

/// The body, if no error was found in it.
pub(super) fn value(document: &Document<'_>) -> CheckObsBucketsRequestBody {
    CheckObsBucketsRequestBody::from_document(&document.root, document).unwrap_or_default()
}
