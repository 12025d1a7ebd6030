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
pub static WORDS: [&str; COUNT] = ALL;

#[allow(clippy::indexing_slicing, reason = "a constant: an index out of bounds does not compile")]
const ALL: [&str; COUNT] = {
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

/// One of [`WORDS`], by its index. `name!` finds it at compile time: to search for the names of a path would take a
/// quarter of the time that the wasm spends on five issues.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word(u8);

const _: () = assert!(COUNT <= 256, "the index of a word is a byte");

impl Word {
    /// For constants only: a text that is none of the words does not compile.
    #[doc(hidden)]
    #[allow(clippy::indexing_slicing, reason = "a constant: an index out of bounds does not compile")]
    pub const fn of(text: &str) -> Self {
        let mut index = 0;
        while !equal(ALL[index].as_bytes(), text.as_bytes()) {
            index += 1;
        }
        Word(index as u8)
    }

    pub fn index(self) -> usize {
        usize::from(self.0)
    }

    pub fn text(self) -> &'static str {
        WORDS.get(self.index()).copied().unwrap_or_default()
    }
}

const fn equal(one: &[u8], other: &[u8]) -> bool {
    match (one, other) {
        ([], []) => true,
        ([first, one @ ..], [second, other @ ..]) => *first == *second && equal(one, other),
        _ => false,
    }
}

/// The word that is this name of a field.
macro_rules! name {
    ($text:literal) => {
        const { $crate::issue::Word::of($text) }
    };
}
pub(crate) use name;
