//! What became of a createTracker whose outcome is unknown, as far as lists of the project's trackers show it.

use crate::decode::{Buffer, Document, Items, JsonDecoder, JsonReader, Object, ParseNumber, Value};
use crate::model::{ListTrackersResponse, Lts, Tracker};
use crate::rules::tracker_name;
use crate::schema::{CREATE_TRACKER, FieldType, Table};
use crate::string_enum::string_enum;
use crate::validate::{FIELD_STATE_PATHS, FieldState, field_state};

/// A tracker that is older than the request by less than this may be the one of the request: the time of creation and
/// the header Date have their own inaccuracies.
const GRACE_MS: f64 = 5000.0;
/// The wait after the first lookup. It doubles with each further one.
const FIRST_WAIT_MS: f64 = 1000.0;
/// How much of the time is left for the last lookup, at most. With little time it is a tenth.
const LAST_LOOKUP_MS: f64 = 1000.0;

string_enum! {
    /// What became of a creation.
    pub enum Resolution {
        /// It created the tracker.
        Created = "created",
        /// The tracker is older than the request.
        ExistedBefore = "existed_before",
        /// A tracker of this name was created since, with another content.
        Differs = "differs",
        /// There is no such tracker. It may still appear.
        NotSeen = "not_seen",
        /// The lookup was refused or failed.
        Unknown = "unknown",
    }
}

/// A createTracker that was sent.
#[derive(Clone, Copy, Debug)]
pub struct Creation<'a> {
    pub project_id: &'a str,
    /// Its body, as JSON.
    pub body: &'a str,
    /// When it was sent, in milliseconds since 1970, by the client's clock.
    pub sent_at: f64,
}

/// How a lookup ended.
#[derive(Clone, Copy, Debug)]
pub enum Lookup<'a> {
    Listed {
        /// The answer, as JSON.
        trackers: &'a str,
        /// How far the service's clock is ahead of the client's.
        clock_offset_ms: f64,
    },
    Failed {
        /// Another lookup may succeed.
        is_temporary: bool,
    },
}

/// How much of the time is used.
#[derive(Clone, Copy, Debug)]
pub struct Progress {
    /// The number of lookups so far.
    pub lookups: u32,
    pub elapsed_ms: f64,
    pub timeout_ms: f64,
}

/// What to do after a lookup.
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    /// Wait so many milliseconds, then look again.
    Wait(f64),
    Resolved(Resolved),
}

#[derive(Clone, Debug, PartialEq)]
pub struct Resolved {
    pub resolution: Resolution,
    /// The index of the tracker in the answer.
    pub tracker: Option<usize>,
    pub differences: Differences,
}

/// The fields of the request in which the tracker differs: a bit for each path of [`FIELD_STATE_PATHS`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Differences(u32);

impl Differences {
    pub fn paths(self) -> impl Iterator<Item = &'static str> {
        FIELD_STATE_PATHS.iter().enumerate().filter(move |(at, _)| self.0 >> at & 1 == 1).map(|(_, path)| *path)
    }
}

impl From<Resolution> for Resolved {
    fn from(resolution: Resolution) -> Self {
        Resolved { resolution, tracker: None, differences: Differences::default() }
    }
}

/// Decides what follows from a lookup.
pub fn resolve(creation: &Creation<'_>, lookup: Lookup<'_>, progress: Progress, parse_number: ParseNumber) -> Step {
    let unresolved = match lookup {
        Lookup::Listed { trackers, clock_offset_ms } => {
            let (mut sent, mut listed) = (Buffer::new(), Buffer::new());
            let sent = decode(creation.body, &FieldType::Object(&CREATE_TRACKER), &mut sent, parse_number);
            let listed = decode(trackers, &FieldType::Object(&LIST), &mut listed, parse_number);
            let sent_at = creation.sent_at + clock_offset_ms;
            if let Some(resolved) = find(creation.project_id, &sent, sent_at, &listed) {
                return Step::Resolved(resolved);
            }
            Resolution::NotSeen
        }
        Lookup::Failed { is_temporary: true } => Resolution::Unknown,
        Lookup::Failed { .. } => return Step::Resolved(Resolution::Unknown.into()),
    };
    match wait(progress) {
        Some(wait) => Step::Wait(wait),
        None => Step::Resolved(unresolved.into()),
    }
}

/// The wait before the next lookup, if there is time for one.
fn wait(Progress { lookups, elapsed_ms, timeout_ms }: Progress) -> Option<f64> {
    let doublings = lookups.saturating_sub(1).min(16);
    let left = timeout_ms - elapsed_ms - LAST_LOOKUP_MS.min(timeout_ms / 10.0);
    (left > 0.0).then(|| left.min(FIRST_WAIT_MS * f64::from(1u32 << doublings)))
}

const LIST: Table = ListTrackersResponse::TABLE;
const TRACKER: Table = Tracker::TABLE;

/// The index of a field, at compile time.
macro_rules! index {
    ($table:expr, $name:literal) => {
        const { index_of(&$table, $name) }
    };
}

const fn index_of(table: &Table, name: &str) -> usize {
    let mut at = 0;
    #[allow(clippy::indexing_slicing, reason = "at compile time")]
    while !is_same(table.fields[at].name.as_bytes(), name.as_bytes()) {
        at += 1;
    }
    at
}

const fn is_same(a: &[u8], b: &[u8]) -> bool {
    match (a, b) {
        ([], []) => true,
        ([a, rest @ ..], [b, others @ ..]) => *a == *b && is_same(rest, others),
        _ => false,
    }
}

#[inline(never)]
fn decode<'a>(
    text: &'a str,
    field_type: &'static FieldType,
    buffer: &'a mut Buffer,
    parse_number: ParseNumber,
) -> Document<'a> {
    JsonDecoder::new(JsonReader::new(text), parse_number).decode(field_type, buffer);
    Document::decoded(buffer, text)
}

/// The tracker of this project, type and name. If there are several, the one that the request may have created.
fn find(project_id: &str, sent: &Document<'_>, sent_at: f64, listed: &Document<'_>) -> Option<Resolved> {
    let body = sent.root().object()?;
    let sent_type = text(sent, body, index!(CREATE_TRACKER, "tracker_type"));
    let mut sent_name = text(sent, body, index!(CREATE_TRACKER, "tracker_name"));
    // A body that was not validated may leave out the only name of a management tracker, as the service allows.
    if sent_name.is_empty() && sent_type == tracker_name::SYSTEM {
        sent_name = tracker_name::SYSTEM;
    }
    let trackers = listed.field(listed.root().object()?, index!(LIST, "trackers")).items()?;
    let mut found = None;
    for index in 0..trackers.length {
        let Some(tracker) = listed.item(trackers, index).object() else { continue };
        let project = text(listed, tracker, index!(TRACKER, "project_id"));
        // The list may contain trackers of other projects.
        if sent_name.is_empty()
            || sent_name != text(listed, tracker, index!(TRACKER, "tracker_name"))
            || sent_type != text(listed, tracker, index!(TRACKER, "tracker_type"))
            || !(project.is_empty() || project == project_id)
        {
            continue;
        }
        let mut differences = Differences::default();
        let resolution = match listed.field(tracker, index!(TRACKER, "create_time")).integer() {
            None => Resolution::Unknown,
            Some(created_at) if created_at < sent_at - GRACE_MS => Resolution::ExistedBefore,
            Some(_) => {
                let mut comparison = Comparison { sent, listed, states: field_state(sent), next: 0, differences };
                comparison.compare(Some(body), &CREATE_TRACKER, Some(tracker), &TRACKER);
                differences = comparison.differences;
                if differences.0 == 0 { Resolution::Created } else { Resolution::Differs }
            }
        };
        found = Some(Resolved { resolution, tracker: Some(index), differences });
        if matches!(resolution, Resolution::Created | Resolution::Differs) {
            break;
        }
    }
    found
}

/// The text of a field; empty if it has none.
#[inline(never)]
fn text<'a>(document: &Document<'a>, object: Object, index: usize) -> &'a str {
    document.field(object, index).text().unwrap_or_default()
}

/// Compares what was sent with a tracker. The service may leave fields out and add defaults, so a field that only one
/// side has is no difference.
struct Comparison<'d> {
    sent: &'d Document<'d>,
    listed: &'d Document<'d>,
    states: [FieldState; FIELD_STATE_PATHS.len()],
    /// The next field, in the order of the states.
    next: usize,
    differences: Differences,
}

impl Comparison<'_> {
    fn compare(&mut self, sent: Option<Object>, sent_table: &Table, found: Option<Object>, found_table: &Table) {
        for (index, field) in sent_table.fields.iter().enumerate() {
            let at = self.next;
            self.next += 1;
            let sent = member(self.sent, sent, Some(index));
            // An answer has the flag in an object.
            let (found, found_table) = if field.name == "is_lts_enabled" {
                (member(self.listed, found, Some(index!(TRACKER, "lts"))).object(), &Lts::TABLE)
            } else {
                (found, found_table)
            };
            let place = found_table.fields.iter().position(|known| known.name == field.name);
            let found = member(self.listed, found, place);
            let found_type = place.and_then(|place| found_table.fields.get(place)).map(|field| field.field_type);
            if let FieldType::Object(inner) = field.field_type {
                let found_inner = if let Some(FieldType::Object(table)) = found_type { table } else { inner };
                self.compare(sent.object(), inner, found.object(), found_inner);
            } else if self.states.get(at).is_some_and(|state| state.reason.is_none()) && self.differ(sent, found) {
                self.differences.0 |= 1 << at;
            }
        }
    }

    fn differ(&self, sent: Value<'_, '_>, found: Value<'_, '_>) -> bool {
        if let (Some(wanted), Some(there)) = (sent.items(), found.items()) {
            // The order of words has no meaning.
            return !is_within(self.sent, wanted, self.listed, there)
                || !is_within(self.listed, there, self.sent, wanted);
        }
        are_unequal(sent.flag(), found.flag())
            || are_unequal(sent.integer(), found.integer())
            || are_unequal(sent.text(), found.text())
    }
}

fn are_unequal<T: PartialEq>(sent: Option<T>, found: Option<T>) -> bool {
    sent.is_some() && found.is_some() && sent != found
}

/// The field of an object; absent if there is no object or no field.
fn member<'d>(document: &'d Document<'d>, object: Option<Object>, index: Option<usize>) -> Value<'d, 'd> {
    match (object, index) {
        (Some(object), Some(index)) => document.field(object, index),
        _ => Value::ABSENT,
    }
}

/// Whether the second list has all words of the first.
#[inline(never)]
fn is_within(document: &Document<'_>, words: Items, other: &Document<'_>, others: Items) -> bool {
    (0..words.length).all(|at| {
        let word = document.item(words, at).text();
        (0..others.length).any(|place| other.item(others, place).text() == word)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decode::exact;

    const PROJECT: &str = "p1";
    const SENT_AT: f64 = 1_795_349_100_000.0;
    const BODY: &str = r#"{"tracker_type":"data","tracker_name":"t","is_lts_enabled":true,
        "obs_info":{"bucket_name":"logs","bucket_lifecycle":30,"is_obs_created":false,"compress_type":null},
        "data_bucket":{"data_bucket_name":"b","data_event":["READ","WRITE"]},"agency_name":"cts_admin_trust"}"#;
    /// As the service lists the tracker of [`BODY`], with defaults and without what it leaves out.
    const FOUND: &str = r#"{"id":"1","create_time":1795349100500,"project_id":"p1","tracker_type":"data",
        "tracker_name":"t","is_support_validate":false,"is_support_trace_files_encryption":false,"status":"enabled",
        "obs_info":{"bucket_name":"logs","file_prefix_name":"","bucket_lifecycle":30,"compress_type":"gzip"},
        "data_bucket":{"data_bucket_name":"b","data_event":["WRITE","READ"],"search_enabled":true},
        "lts":{"is_lts_enabled":true,"log_group_name":"CTS"},"group_id":"g","stream_id":"s"}"#;
    const ONE: Progress = Progress { lookups: 1, elapsed_ms: 0.0, timeout_ms: 30_000.0 };
    const LAST: Progress = Progress { elapsed_ms: 30_000.0, ..ONE };

    fn step(body: &str, trackers: &[&str], clock_offset_ms: f64) -> Step {
        let trackers = ["{\"trackers\":[", &trackers.join(","), "]}"].concat();
        let creation = Creation { project_id: PROJECT, body, sent_at: SENT_AT };
        resolve(&creation, Lookup::Listed { trackers: &trackers, clock_offset_ms }, LAST, exact)
    }

    fn resolved(resolution: Resolution, tracker: usize, differences: &[&str]) -> Step {
        let mut bits = 0;
        for path in differences {
            bits |= 1 << FIELD_STATE_PATHS.iter().position(|known| known == path).unwrap_or(31);
        }
        let differences = Differences(bits);
        Step::Resolved(Resolved { resolution, tracker: Some(tracker), differences })
    }

    fn not_seen() -> Step {
        Step::Resolved(Resolution::NotSeen.into())
    }

    #[test]
    fn the_tracker_of_the_request() {
        assert_eq!(step(BODY, &[FOUND], 0.0), resolved(Resolution::Created, 0, &[]));
        assert_eq!(step(BODY, &["{}", "null", FOUND], 0.0), resolved(Resolution::Created, 2, &[]));
        let bare = FOUND.replace(r#"["WRITE","READ"]"#, r#""READ""#);
        assert_eq!(step(BODY, &[&bare], 0.0), resolved(Resolution::Created, 0, &[]));
        let system = r#"{"tracker_type":"system","tracker_name":"system","create_time":1795349100000}"#;
        for body in [r#"{"tracker_type":"system"}"#, r#"{"tracker_type":"system","tracker_name":null}"#] {
            assert_eq!(step(body, &[FOUND, system], 0.0), resolved(Resolution::Created, 1, &[]), "{body}");
        }
        let little = r#"{"tracker_type":"data","tracker_name":"t","create_time":1795349100000}"#;
        assert_eq!(step(BODY, &[little], 0.0), resolved(Resolution::Created, 0, &[]));
    }

    #[test]
    fn other_trackers_are_not_seen() {
        for (from, to) in [
            (r#""tracker_name":"t""#, r#""tracker_name":"T""#),
            (r#""tracker_name":"t""#, r#""tracker_name":null"#),
            (r#""tracker_type":"data""#, r#""tracker_type":"system""#),
            (r#""project_id":"p1""#, r#""project_id":"p2""#),
        ] {
            assert_eq!(step(BODY, &[&FOUND.replace(from, to)], 0.0), not_seen(), "{to}");
        }
        assert_eq!(step(BODY, &[], 0.0), not_seen());
        assert_eq!(step("{}", &["{}"], 0.0), not_seen());
    }

    #[test]
    fn the_time_of_creation_is_that_of_the_service() {
        let at = |time: i64| FOUND.replace("1795349100500", &time.to_string());
        let sent_at = SENT_AT as i64;
        let expect = |time: i64, offset: f64, resolution: Resolution| {
            assert_eq!(step(BODY, &[&at(time)], offset), resolved(resolution, 0, &[]), "{time} {offset}");
        };
        expect(sent_at - 5000, 0.0, Resolution::Created);
        expect(sent_at - 5001, 0.0, Resolution::ExistedBefore);
        // The service's clock is an hour behind, then an hour ahead.
        expect(sent_at - 3_600_000, -3_600_000.0, Resolution::Created);
        expect(sent_at - 3_605_001, -3_600_000.0, Resolution::ExistedBefore);
        expect(sent_at + 3_594_999, 3_600_000.0, Resolution::ExistedBefore);
        let unknown = FOUND.replace("1795349100500", "null");
        assert_eq!(step(BODY, &[&unknown], 0.0), resolved(Resolution::Unknown, 0, &[]));
        // An older tracker of the same name does not hide the new one.
        assert_eq!(step(BODY, &[&at(1), FOUND], 0.0), resolved(Resolution::Created, 1, &[]));
    }

    #[test]
    fn differences_are_those_of_fields_that_were_sent() {
        for (from, to, path) in [
            (r#""bucket_name":"logs""#, r#""bucket_name":"""#, "obs_info.bucket_name"),
            (r#""bucket_lifecycle":30"#, r#""bucket_lifecycle":60"#, "obs_info.bucket_lifecycle"),
            (r#""is_lts_enabled":true"#, r#""is_lts_enabled":false"#, "is_lts_enabled"),
            (r#"["WRITE","READ"]"#, r#"["READ"]"#, "data_bucket.data_event"),
            (r#"["WRITE","READ"]"#, r#"["READ","WRITE","DELETE"]"#, "data_bucket.data_event"),
            (r#""data_bucket_name":"b""#, r#""data_bucket_name":"c""#, "data_bucket.data_bucket_name"),
        ] {
            let found = FOUND.replace(from, to);
            assert_eq!(step(BODY, &[&found], 0.0), resolved(Resolution::Differs, 0, &[path]), "{to}");
        }
        assert_eq!(Differences(0b11).paths().collect::<Vec<_>>(), ["tracker_type", "tracker_name"]);
        let both = FOUND.replace("logs", "other").replace(r#""search_enabled":true"#, r#""data_bucket_name":"c""#);
        let paths = ["obs_info.bucket_name", "data_bucket.data_bucket_name"];
        assert_eq!(step(BODY, &[&both], 0.0), resolved(Resolution::Differs, 0, &paths));
        // A data tracker ignores what only the management tracker has.
        let ignored = BODY.replace("{\"tracker_type\"", "{\"is_support_trace_files_encryption\":true,\"tracker_type\"");
        assert_eq!(step(&ignored, &[FOUND], 0.0), resolved(Resolution::Created, 0, &[]));
    }

    #[test]
    fn lookups_go_on_while_there_is_time() {
        let creation = Creation { project_id: PROJECT, body: BODY, sent_at: SENT_AT };
        let poll = |lookup: Lookup<'_>, timeout_ms: f64| {
            let (mut waits, mut elapsed_ms) = (Vec::new(), 0.0);
            for lookups in 1.. {
                match resolve(&creation, lookup, Progress { lookups, elapsed_ms, timeout_ms }, exact) {
                    Step::Wait(wait) => waits.push(wait),
                    Step::Resolved(resolved) => return (waits, resolved.resolution),
                }
                elapsed_ms = waits.iter().sum();
            }
            (waits, Resolution::Unknown)
        };
        let none = Lookup::Listed { trackers: r#"{"trackers":[]}"#, clock_offset_ms: 0.0 };
        let waits = vec![1000.0, 2000.0, 4000.0, 8000.0, 14_000.0];
        assert_eq!(poll(none, 30_000.0), (waits.clone(), Resolution::NotSeen));
        assert_eq!(poll(none, 500.0), (vec![450.0], Resolution::NotSeen));
        assert_eq!(poll(Lookup::Failed { is_temporary: true }, 30_000.0), (waits, Resolution::Unknown));
        assert_eq!(poll(Lookup::Failed { is_temporary: false }, 30_000.0), (Vec::new(), Resolution::Unknown));
    }
}
