//! `limits.ts`: the limits of single fields, as data. Lengths count code points; patterns compile with the flag `v`, as
//! those of HTML do.

use serde_json::{Value, json};

use super::typescript::{HEADER, doc};
use crate::rules::{
    bucket_lifecycle, bucket_location, bucket_name, file_prefix_name, kms_id, tracker_name, url_id, words,
};

pub fn module() -> String {
    let limits: String = all()
        .into_iter()
        .map(|(name, about, limit)| {
            let about = if about.is_empty() { String::new() } else { doc(about, "  ") };
            format!("{about}  {name}: {limit},\n")
        })
        .collect();
    format!(
        "{HEADER}\n/** The limits of the rules, as data. Lengths count Unicode code points. A pattern matches the whole \
         value. */\nexport const limits = {{\n{limits}}} as const;\n"
    )
}

/// Name, documentation, limit.
fn all() -> [(&'static str, &'static str, Value); 13] {
    let text = |min: usize, max: usize, pattern: &str| json!({ "min": min, "max": max, "pattern": pattern });
    let mut tracker = text(tracker_name::MIN, tracker_name::MAX, tracker_name::PATTERN);
    if let Value::Object(tracker) = &mut tracker {
        tracker.insert("reserved".to_owned(), json!(tracker_name::RESERVED));
    }
    let url_id = text(url_id::MIN, url_id::MAX, url_id::PATTERN);
    [
        ("trackerType", "", json!({ "values": words::TRACKER_TYPE })),
        ("trackerName", "For a data tracker. The name of the management tracker is always `system`.", tracker),
        ("excludeService", "", json!({ "values": words::EXCLUDE_SERVICE })),
        ("bucketName", "", text(bucket_name::MIN, bucket_name::MAX, bucket_name::PATTERN)),
        ("filePrefixName", "", text(file_prefix_name::MIN, file_prefix_name::MAX, file_prefix_name::PATTERN)),
        ("bucketLifecycle", "In days.", json!({ "values": bucket_lifecycle::VALUES })),
        ("compressType", "", json!({ "values": words::COMPRESS_TYPE })),
        ("kmsId", "A key ID that does not match is only a warning.", json!({ "pattern": kms_id::PATTERN })),
        ("dataEvent", "", json!({ "values": words::DATA_EVENT })),
        ("agencyName", "", json!({ "values": words::AGENCY_NAME })),
        (
            "bucketLocation",
            "A region that does not match is only a warning.",
            json!({ "pattern": bucket_location::PATTERN }),
        ),
        ("projectId", "", url_id.clone()),
        ("domainId", "", url_id),
    ]
}
