//! The body of CheckObsBuckets, and one bucket of it alone.

use std::borrow::Cow;

use crate::decode::{Actual, CheckBucketDraft, CheckObsBucketsDraft, Field, List, Text};
use crate::issue::{Code, Severity};
use crate::model::{CheckBucketRequest, CheckObsBucketsRequestBody};
use crate::report::{Report, error, warning};
use crate::rules::bucket_location;
use crate::rules::kms_id::Pairing;
use crate::rules::list::{self, Repeats};
use crate::rules::text::compare;

use super::create_tracker::owned;
use super::{body, fields, text, unknown_keys, value_of, wrong_type};

/// Judges the body.
pub fn check_obs_buckets<'a>(draft: &Field<'a, CheckObsBucketsDraft<'a>>, report: &mut Report<'a>) {
    let Some(draft) = body(draft, report) else { return };
    report.at_field("buckets", |report| buckets(&draft.buckets, report));
    unknown_keys(draft, report);
}

fn buckets<'a>(draft: &Field<'a, List<Field<'a, CheckBucketDraft<'a>>>>, report: &mut Report<'a>) {
    let items = match value_of(draft, "array", "buckets.type", report) {
        Some(List::Items(items)) => items,
        Some(List::TooLong(actual)) => return report.add(list::too_long(*actual, "buckets.length")),
        None if draft.is_absent() => return report.add(warning(Code::EmptyList, "buckets.empty")),
        None => return,
    };
    if items.is_empty() {
        report.add(warning(Code::EmptyList, "buckets.empty"));
    }
    // What has no identity is never asked for, so it may pass for an empty one.
    let identity_at = |index: usize| items.get(index).and_then(identity).unwrap_or_default();
    let compare = |a: usize, b: usize| {
        let ((name, location), (other_name, other_location)) = (identity_at(a), identity_at(b));
        compare(name, other_name).then_with(|| compare(location, other_location))
    };
    let repeats = Repeats::new(items.len(), &compare);
    for (index, draft) in items.iter().enumerate() {
        let first = identity(draft).and_then(|_| repeats.before(index));
        report.at_item(index, |report| one(draft, first, report));
    }
}

/// What makes two items the same bucket: name and location, both there and not empty.
fn identity<'d>(draft: &'d Field<'_, CheckBucketDraft<'_>>) -> Option<(&'d str, &'d str)> {
    let draft = draft.got()?;
    let name = draft.bucket_name.text().filter(|name| !name.is_empty())?;
    let location = draft.bucket_location.text().filter(|location| !location.is_empty())?;
    Some((name, location))
}

/// Judges one bucket by itself; paths start at it.
pub fn bucket<'a>(draft: &Field<'a, CheckBucketDraft<'a>>, report: &mut Report<'a>) {
    one(draft, None, report);
}

fn one<'a>(draft: &Field<'a, CheckBucketDraft<'a>>, first: Option<usize>, report: &mut Report<'a>) {
    match draft {
        Field::Got(draft) => fields_of(draft, first, report),
        Field::Wrong(actual) => wrong_type(actual, "object", "buckets.item_type", report),
        Field::Absent => wrong_type(&Actual::Named("null"), "object", "buckets.item_type", report),
    }
}

fn fields_of<'a>(draft: &CheckBucketDraft<'a>, first: Option<usize>, report: &mut Report<'a>) {
    report.at_field("bucket_name", |report| {
        if draft.bucket_name.is_absent() {
            report.add(error(Code::Required, "bucket_name.required"));
        }
        fields::bucket_name(&draft.bucket_name, Severity::Warning, report);
    });
    report.at_field("bucket_location", |report| location(&draft.bucket_location, report));
    report.at_field("kms_id", |report| {
        let encryption = fields::encryption(&draft.is_support_trace_files_encryption);
        fields::kms_id(&draft.kms_id, encryption, true, Pairing::Applies, report);
    });
    report.at_field("is_support_trace_files_encryption", |report| {
        let rule = "is_support_trace_files_encryption.type";
        fields::flag(&draft.is_support_trace_files_encryption, rule, report);
    });
    if let Some(first) = first {
        report.add(list::repeated(first, "buckets.repeated"));
    }
    unknown_keys(draft, report);
}

/// A location, required and not empty.
pub(super) fn location<'a>(draft: &Field<'a, Cow<'a, str>>, report: &mut Report<'a>) {
    match text(draft, "bucket_location.type", report) {
        Some(location) if !location.is_empty() => bucket_location::check(location, report),
        _ if matches!(draft, Field::Wrong(_)) => {}
        _ => report.add(error(Code::Required, "bucket_location.required")),
    }
}

/// The value of a draft in which no error was found.
pub(super) fn value(draft: &CheckObsBucketsDraft<'_>) -> CheckObsBucketsRequestBody {
    let buckets = match draft.buckets.got() {
        Some(List::Items(items)) => Some(items.iter().filter_map(Field::got).map(bucket_value).collect()),
        _ => None,
    };
    CheckObsBucketsRequestBody { buckets }
}

fn bucket_value(draft: &CheckBucketDraft<'_>) -> CheckBucketRequest {
    let required = |draft: &Text<'_>| owned(draft).unwrap_or_default();
    CheckBucketRequest {
        bucket_name: required(&draft.bucket_name),
        bucket_location: required(&draft.bucket_location),
        kms_id: owned(&draft.kms_id),
        is_support_trace_files_encryption: draft.is_support_trace_files_encryption.got().copied(),
    }
}
