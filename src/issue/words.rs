//! Words that cross to and from JavaScript as an index.

use crate::decode::TYPE_NAMES;
use crate::rules::{bucket_name, words};
use crate::schema::{
    CHECK_BUCKET, CHECK_OBS_BUCKETS, CREATE_TRACKER, DATA_BUCKET, MANAGEMENT_EVENT_SELECTOR, TRACKER_OBS_INFO, Table,
};

const TABLES: [Table; 6] =
    [CREATE_TRACKER, TRACKER_OBS_INFO, DATA_BUCKET, MANAGEMENT_EVENT_SELECTOR, CHECK_BUCKET, CHECK_OBS_BUCKETS];
const LISTS: [&[&str]; 7] = [
    &TYPE_NAMES,
    words::TRACKER_TYPE,
    words::COMPRESS_TYPE,
    words::DATA_EVENT,
    words::EXCLUDE_SERVICE,
    words::AGENCY_NAME,
    bucket_name::SEQUENCES,
];

#[allow(clippy::indexing_slicing, reason = "a constant: an index out of bounds does not compile")]
const COUNT: usize = {
    let (mut count, mut at) = (0, 0);
    while at < TABLES.len() {
        count += TABLES[at].fields.len();
        at += 1;
    }
    at = 0;
    while at < LISTS.len() {
        count += LISTS[at].len();
        at += 1;
    }
    count
};

/// Every word that a path, a dynamic param or a valid field can have: names of fields and types, and allowed words. The
/// words of a field follow each other.
#[allow(clippy::indexing_slicing, reason = "a constant: an index out of bounds does not compile")]
pub static WORDS: [&str; COUNT] = {
    let mut all = [""; COUNT];
    let (mut to, mut list) = (0, 0);
    while list < TABLES.len() {
        let mut at = 0;
        while at < TABLES[list].fields.len() {
            all[to] = TABLES[list].fields[at].name;
            (to, at) = (to + 1, at + 1);
        }
        list += 1;
    }
    list = 0;
    while list < LISTS.len() {
        let mut at = 0;
        while at < LISTS[list].len() {
            all[to] = LISTS[list][at];
            (to, at) = (to + 1, at + 1);
        }
        list += 1;
    }
    all
};
