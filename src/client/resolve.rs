//! What became of a createTracker whose outcome is unknown, as far as the times show it at which trackers were created.
//! `pkg-template/src/client/resolve.ts` finds the trackers of its type and name, and compares the content of a new one.

use crate::string_enum::string_enum;

/// A tracker that is older than the request by less than this may be the one of the request: the time of creation and
/// the header Date have their own inaccuracies.
const GRACE_MS: f64 = 5000.0;
/// The wait after the first lookup. It doubles with each further one.
const FIRST_WAIT_MS: f64 = 1000.0;
/// How much of the time is left for the last lookup, at most: a slow service needs seconds to list many trackers. With
/// little time it is a tenth.
const LAST_LOOKUP_MS: f64 = 3000.0;

string_enum! {
    /// What became of a creation.
    pub enum Resolution {
        /// The tracker was created since, whatever its content is.
        Created = "created",
        /// The tracker is older than the request.
        ExistedBefore = "existed_before",
        /// There is no such tracker. It may still appear.
        NotSeen = "not_seen",
        /// The lookup was refused or failed.
        Unknown = "unknown",
    }
}

/// How a lookup ended.
#[derive(Clone, Copy, Debug)]
pub enum Lookup<'a> {
    Listed {
        /// When the trackers of the request's project, type and name were created, in milliseconds since 1970 by the
        /// service's clock. NaN if the service does not say.
        created_at: &'a [f64],
        /// When the request was sent, by the client's clock.
        sent_at: f64,
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
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Step {
    /// Wait so many milliseconds, then look again.
    Wait(f64),
    Resolved {
        resolution: Resolution,
        /// The index of the tracker among those that were listed.
        tracker: Option<usize>,
    },
}

/// Decides what follows from a lookup.
pub fn resolve(lookup: Lookup<'_>, progress: Progress) -> Step {
    let (resolution, tracker) = match lookup {
        Lookup::Listed { created_at, sent_at, clock_offset_ms } => find(created_at, sent_at + clock_offset_ms),
        Lookup::Failed { .. } => (Resolution::Unknown, None),
    };
    let may_change = tracker.is_none() && !matches!(lookup, Lookup::Failed { is_temporary: false });
    match wait(progress) {
        Some(wait) if may_change => Step::Wait(wait),
        _ => Step::Resolved { resolution, tracker },
    }
}

/// Of several trackers, the one that the request may have created.
fn find(created_at: &[f64], sent_at: f64) -> (Resolution, Option<usize>) {
    let since = created_at.iter().position(|at| *at >= sent_at - GRACE_MS);
    match created_at.last() {
        None => (Resolution::NotSeen, None),
        Some(_) if since.is_some() => (Resolution::Created, since),
        Some(last) => {
            let resolution = if last.is_nan() { Resolution::Unknown } else { Resolution::ExistedBefore };
            (resolution, Some(created_at.len() - 1))
        }
    }
}

/// The wait before the next lookup, if there is time for one.
fn wait(Progress { lookups, elapsed_ms, timeout_ms }: Progress) -> Option<f64> {
    let doublings = lookups.saturating_sub(1).min(16);
    let left = timeout_ms - elapsed_ms - LAST_LOOKUP_MS.min(timeout_ms / 10.0);
    (left > 0.0).then(|| left.min(FIRST_WAIT_MS * f64::from(1u32 << doublings)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SENT_AT: f64 = 1_795_349_100_000.0;
    const LAST: Progress = Progress { lookups: 1, elapsed_ms: 30_000.0, timeout_ms: 30_000.0 };

    fn step(created_at: &[f64], clock_offset_ms: f64) -> Step {
        resolve(Lookup::Listed { created_at, sent_at: SENT_AT, clock_offset_ms }, LAST)
    }

    fn resolved(resolution: Resolution, tracker: usize) -> Step {
        Step::Resolved { resolution, tracker: Some(tracker) }
    }

    #[test]
    fn the_time_of_creation_is_that_of_the_service() {
        let expect = |time: f64, offset: f64, resolution: Resolution| {
            assert_eq!(step(&[SENT_AT + time], offset), resolved(resolution, 0), "{time} {offset}");
        };
        expect(500.0, 0.0, Resolution::Created);
        expect(-5000.0, 0.0, Resolution::Created);
        expect(-5001.0, 0.0, Resolution::ExistedBefore);
        // The service's clock is an hour behind, then an hour ahead.
        expect(-3_600_000.0, -3_600_000.0, Resolution::Created);
        expect(-3_605_001.0, -3_600_000.0, Resolution::ExistedBefore);
        expect(3_594_999.0, 3_600_000.0, Resolution::ExistedBefore);
        expect(f64::NAN, 0.0, Resolution::Unknown);
    }

    #[test]
    fn of_several_trackers_the_new_one_counts() {
        assert_eq!(step(&[1.0, f64::NAN, SENT_AT, SENT_AT], 0.0), resolved(Resolution::Created, 2));
        assert_eq!(step(&[f64::NAN, 1.0], 0.0), resolved(Resolution::ExistedBefore, 1));
        assert_eq!(step(&[1.0, f64::NAN], 0.0), resolved(Resolution::Unknown, 1));
        assert_eq!(step(&[], 0.0), Step::Resolved { resolution: Resolution::NotSeen, tracker: None });
    }

    #[test]
    fn lookups_go_on_while_there_is_time() {
        let poll = |lookup: Lookup<'_>, timeout_ms: f64| {
            let (mut waits, mut elapsed_ms) = (Vec::new(), 0.0);
            for lookups in 1.. {
                match resolve(lookup, Progress { lookups, elapsed_ms, timeout_ms }) {
                    Step::Wait(wait) => waits.push(wait),
                    Step::Resolved { resolution, .. } => return (waits, resolution),
                }
                elapsed_ms = waits.iter().sum();
            }
            (waits, Resolution::Created)
        };
        let listed = |created_at| Lookup::Listed { created_at, sent_at: SENT_AT, clock_offset_ms: 0.0 };
        let waits = vec![1000.0, 2000.0, 4000.0, 8000.0, 12_000.0];
        assert_eq!(poll(listed(&[]), 30_000.0), (waits.clone(), Resolution::NotSeen));
        assert_eq!(poll(listed(&[]), 500.0), (vec![450.0], Resolution::NotSeen));
        assert_eq!(poll(listed(&[1.0]), 30_000.0), (Vec::new(), Resolution::ExistedBefore));
        assert_eq!(poll(Lookup::Failed { is_temporary: true }, 30_000.0), (waits, Resolution::Unknown));
        assert_eq!(poll(Lookup::Failed { is_temporary: false }, 30_000.0), (Vec::new(), Resolution::Unknown));
    }
}
