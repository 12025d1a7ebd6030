//! `GET /v3/{project_id}/trackers`.
//!
//! The source of a field is the models of the vendor's official SDKs, or, where [`CreateTrackerResponse`] has it, its
//! source there.
//!
//! [`CreateTrackerResponse`]: super::CreateTrackerResponse

use crate::rules::words::{AGENCY_NAME, TRACKER_TYPE};
use crate::schema::Values::Words;
use crate::schema::wire_object;

use super::create_tracker::{DataBucketQuery, Lts, ManagementEventSelector, ObsInfo, tracker_response};

wire_object! {
    /// The response of ListTrackers (200). Any field may be missing.
    pub struct ListTrackersResponse {
        /// The trackers of the project.
        pub trackers: Option<Vec<Tracker>>,
    }
}

tracker_response! {
    /// A tracker in the response of ListTrackers. Any field may be missing.
    pub struct Tracker {
        /// The ID of the log group in Log Tank Service (LTS).
        // Only in newer responses.
        pub group_id: Option<String>,
        /// The ID of the log stream in Log Tank Service (LTS).
        pub stream_id: Option<String>,
    }
}
