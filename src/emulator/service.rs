//! The service itself: checks bodies by the rules, then against the state.

use serde::Serialize;

use super::answer::Reply;
use super::config::DEFAULT_LOCATION;
use super::{Bucket as ObsBucket, Context, DATA_TRACKER_QUOTA, DOMAIN_ID, Emulator, hex};
use crate::decode::Buffer;
use crate::issue::Issue;
use crate::model::{
    Bucket, CheckBucketRequest, CheckBucketResponse, CheckObsBucketsResponse, CreateTrackerRequestBody,
    CreateTrackerResponse, DataBucketQuery, Lts, ObsInfo, TrackerObsInfo,
};
use crate::rules::words::TRACKER_TYPE;
use crate::service::Operation;
use crate::service::codes::NO_SUCH_BUCKET;
use crate::signing::query_pairs;
use crate::validate::{self, InvalidJson, Validation};

/// An error code of the service.
type ErrorCode = &'static str;

const INVALID_BODY: ErrorCode = "CTS.0003";

/// The code with which a request is refused, and what is added to its usual message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Refused {
    pub(super) code: ErrorCode,
    pub(super) about: Option<String>,
}

impl From<ErrorCode> for Refused {
    fn from(code: ErrorCode) -> Self {
        Refused { code, about: None }
    }
}

/// The service has one code for a missing bucket, whether it is tracked or traces are transferred to it.
fn no_bucket(field: &str, name: &str) -> Refused {
    Refused { code: "CTS.0211", about: Some(format!("{field}: {name}")) }
}

/// The value of a valid body, or else the code of its first error that has one.
fn accepted<T>(validation: Result<Validation<'_, T>, InvalidJson>) -> Result<T, ErrorCode> {
    let validation = validation.map_err(|_| INVALID_BODY)?;
    let code = validation.errors.iter().find_map(Issue::server_code);
    validation.value.ok_or(code.unwrap_or(INVALID_BODY))
}

impl Emulator {
    pub(super) fn create_tracker(
        &mut self,
        project_id: &str,
        body: &[u8],
        context: &Context<'_>,
    ) -> Result<Reply, Refused> {
        if !validate::project_id(project_id).errors.is_empty() {
            return Err("CTS.0012".into());
        }
        let request = accepted(validate::create_tracker_json(body, &mut Buffer::default(), self.config.parse_number))?;
        let is_system = request.tracker_type == "system";
        if is_system {
            self.check_management(project_id, &request)?;
        } else {
            self.check_data(project_id, &request)?;
        }
        let transfer = Transfer::of(request.obs_info.as_ref());
        self.check_transfer(&transfer)?;
        let encrypted = is_system && request.is_support_trace_files_encryption == Some(true);
        let key = request.kms_id.filter(|key| is_system && !key.is_empty());
        if encrypted && !key.as_ref().is_some_and(|key| self.config.keys.contains(key)) {
            return Err("CTS.0222".into());
        }

        let obs_info = self.set_transfer(&transfer, request.obs_info.unwrap_or_default());
        let is_lts_enabled = request.is_lts_enabled.unwrap_or_default();
        let log_topic = if is_system { "system-trace" } else { &request.tracker_name };
        let tracker = CreateTrackerResponse {
            id: Some(uuid(context)),
            create_time: Some(context.now_ms),
            domain_id: Some(DOMAIN_ID.to_owned()),
            is_support_trace_files_encryption: Some(encrypted),
            kms_id: key,
            agency_name: request.agency_name,
            obs_info: Some(obs_info),
            data_bucket: request.data_bucket.map(|bucket| DataBucketQuery {
                data_bucket_name: Some(bucket.data_bucket_name),
                search_enabled: Some(is_lts_enabled),
                data_event: Some(bucket.data_event),
            }),
            project_id: Some(project_id.to_owned()),
            lts: Some(Lts {
                is_lts_enabled: Some(is_lts_enabled),
                log_group_name: is_lts_enabled.then(|| "CTS".to_owned()),
                log_topic_name: is_lts_enabled.then(|| log_topic.to_owned()),
            }),
            is_support_validate: Some(request.is_support_validate.unwrap_or_default()),
            is_organization_tracker: request.is_organization_tracker.filter(|_| is_system),
            management_event_selector: request.management_event_selector.filter(|_| is_system),
            tracker_name: Some(request.tracker_name),
            tracker_type: Some(request.tracker_type),
            status: Some("enabled".to_owned()),
            detail: None,
        };
        let reply = Reply::json(Operation::CreateTracker.success_status(), &tracker);
        self.trackers.push(tracker);
        Ok(reply)
    }

    /// Each project has one management tracker. The emulator is one region.
    fn check_management(&self, project_id: &str, request: &CreateTrackerRequestBody) -> Result<(), ErrorCode> {
        match self.trackers_of("system").find(|tracker| is_in(tracker, project_id)) {
            None => Ok(()),
            Some(tracker)
                if tracker.is_organization_tracker == Some(true) && request.is_organization_tracker == Some(true) =>
            {
                Err("CTS.0229")
            }
            Some(_) => Err("CTS.0201"),
        }
    }

    fn check_data(&self, project_id: &str, request: &CreateTrackerRequestBody) -> Result<(), Refused> {
        let there = || self.trackers_of("data");
        let is_named = |tracker: &CreateTrackerResponse| tracker.tracker_name.as_ref() == Some(&request.tracker_name);
        if there().any(|tracker| is_in(tracker, project_id) && is_named(tracker)) {
            return Err("CTS.0208".into());
        }
        if there().count() >= DATA_TRACKER_QUOTA {
            return Err("CTS.0200".into());
        }
        let Some(wanted) = &request.data_bucket else {
            return Err("CTS.0210".into());
        };
        if self.bucket(&wanted.data_bucket_name).is_none() {
            return Err(no_bucket("data_bucket.data_bucket_name", &wanted.data_bucket_name));
        }
        let tracked = there()
            .filter_map(|tracker| tracker.data_bucket.as_ref())
            .filter(|bucket| bucket.data_bucket_name.as_ref() == Some(&wanted.data_bucket_name))
            .flat_map(|bucket| bucket.data_event.iter().flatten())
            .any(|event| wanted.data_event.contains(event));
        if tracked { Err("CTS.0209".into()) } else { Ok(()) }
    }

    fn check_transfer(&self, transfer: &Transfer) -> Result<(), Refused> {
        match transfer {
            Transfer::None => Ok(()),
            Transfer::Create(name) if self.bucket(name).is_some() => Err("CTS.0215".into()),
            Transfer::Use(name) if self.bucket(name).is_none() => Err(no_bucket("obs_info.bucket_name", name)),
            Transfer::Create(_) | Transfer::Use(_) => Ok(()),
        }
    }

    /// Creates the bucket on request, sets its lifecycle, and returns its part of the answer.
    fn set_transfer(&mut self, transfer: &Transfer, asked: TrackerObsInfo) -> ObsInfo {
        let name = match transfer {
            Transfer::None => return no_transfer(),
            Transfer::Create(name) => {
                self.buckets.push(ObsBucket {
                    name: name.clone(),
                    location: DEFAULT_LOCATION.to_owned(),
                    managed: true,
                    lifecycle_days: 0,
                });
                name
            }
            Transfer::Use(name) => name,
        };
        let Some(bucket) = self.buckets.iter_mut().find(|bucket| bucket.name == *name) else {
            return no_transfer();
        };
        if let Some(days) = asked.bucket_lifecycle {
            bucket.lifecycle_days = days;
        }
        ObsInfo {
            is_obs_created: Some(matches!(transfer, Transfer::Create(_))),
            bucket_name: Some(bucket.name.clone()),
            is_authorized_bucket: Some(bucket.managed),
            file_prefix_name: Some(asked.file_prefix_name.unwrap_or_default()),
            bucket_lifecycle: Some(bucket.lifecycle_days.into()),
            compress_type: asked.compress_type,
            is_sort_by_service: asked.is_sort_by_service,
            bucket_location: None,
        }
    }

    pub(super) fn check_obs_buckets(&self, domain_id: &str, body: &[u8]) -> Result<Reply, ErrorCode> {
        if !validate::domain_id(domain_id).errors.is_empty() {
            return Err("CTS.0002");
        }
        let request =
            accepted(validate::check_obs_buckets_json(body, &mut Buffer::default(), self.config.parse_number))?;
        let buckets = request.buckets.unwrap_or_default();
        let buckets = buckets.into_iter().map(|bucket| self.check_bucket(bucket)).collect();
        let answer = CheckObsBucketsResponse { buckets: Some(buckets) };
        Ok(Reply::json(Operation::CheckObsBuckets.success_status(), &answer))
    }

    pub(super) fn list_trackers(&self, project_id: &str, query: Option<&str>, now_ms: i64) -> Result<Reply, ErrorCode> {
        #[derive(Serialize)]
        struct List<'a> {
            trackers: Vec<&'a CreateTrackerResponse>,
        }
        if !validate::project_id(project_id).errors.is_empty() {
            return Err("CTS.0012");
        }
        let pairs = query_pairs(query.unwrap_or_default());
        let asked = |name: &str| pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value);
        let name = asked("tracker_name").filter(|name| !name.is_empty());
        let tracker_type = asked("tracker_type");
        if tracker_type.is_some_and(|asked| !TRACKER_TYPE.contains(&asked.as_str())) {
            return Err("CTS.0202");
        }
        let visible_since = now_ms.saturating_sub(self.config.visibility_delay_ms.into());
        let is_listed = |tracker: &&CreateTrackerResponse| {
            tracker.project_id.as_deref() == Some(project_id)
                && tracker.create_time.is_some_and(|time| time <= visible_since)
                && (name.is_none() || tracker.tracker_name.as_ref() == name)
                && (tracker_type.is_none() || tracker.tracker_type.as_ref() == tracker_type)
        };
        // Without the LTS ids, which only newer answers have.
        let answer = List { trackers: self.trackers.iter().filter(is_listed).collect() };
        Ok(Reply::json(Operation::ListTrackers.success_status(), &answer))
    }

    fn check_bucket(&self, asked: CheckBucketRequest) -> Bucket {
        // From the example of the API page. It is the same for every failure.
        const MESSAGE: &str = "Error message:Request Error.OBS service Error Message.";
        let encrypted = asked.is_support_trace_files_encryption.unwrap_or_default();
        let there = self.bucket(&asked.bucket_name).is_some_and(|bucket| bucket.location == asked.bucket_location);
        let has_key = || asked.kms_id.as_ref().is_some_and(|key| self.config.keys.contains(key));
        let failure = if !there {
            Some(NO_SUCH_BUCKET)
        } else if encrypted && !has_key() {
            Some((400, "OBS.KMS.NotFoundException"))
        } else {
            None
        };
        Bucket {
            bucket_location: Some(asked.bucket_location),
            bucket_name: Some(asked.bucket_name),
            check_bucket_response: Some(CheckBucketResponse {
                error_code: failure.map(|(_, code)| code.to_owned()),
                error_message: failure.map(|_| MESSAGE.to_owned()),
                response_code: Some(failure.map_or(200, |(status, _)| status.into())),
                success: Some(failure.is_none()),
            }),
            is_support_trace_files_encryption: Some(encrypted),
            kms_id: asked.kms_id,
        }
    }

    fn trackers_of(&self, tracker_type: &str) -> impl Iterator<Item = &CreateTrackerResponse> {
        self.trackers.iter().filter(move |tracker| tracker.tracker_type.as_deref() == Some(tracker_type))
    }

    fn bucket(&self, name: &str) -> Option<&ObsBucket> {
        self.buckets.iter().find(|bucket| bucket.name == name)
    }
}

fn is_in(tracker: &CreateTrackerResponse, project_id: &str) -> bool {
    tracker.project_id.as_deref() == Some(project_id)
}

/// Without a transfer bucket, the service sends empty strings and 0.
fn no_transfer() -> ObsInfo {
    ObsInfo {
        is_obs_created: Some(false),
        bucket_name: Some(String::new()),
        is_authorized_bucket: Some(false),
        file_prefix_name: Some(String::new()),
        bucket_lifecycle: Some(0),
        ..ObsInfo::default()
    }
}

/// Where traces are transferred.
enum Transfer {
    None,
    Create(String),
    Use(String),
}

impl Transfer {
    fn of(obs_info: Option<&TrackerObsInfo>) -> Self {
        let name = obs_info.and_then(|info| info.bucket_name.clone()).filter(|name| !name.is_empty());
        match (name, obs_info.and_then(|info| info.is_obs_created)) {
            (None, _) => Transfer::None,
            (Some(name), Some(true)) => Transfer::Create(name),
            (Some(name), _) => Transfer::Use(name),
        }
    }
}

/// A random UUID from the second half of the entropy.
fn uuid(context: &Context<'_>) -> String {
    let bytes = context.entropy.iter().skip(16).enumerate().map(|(i, byte)| match i {
        6 => (byte & 0x0f) | 0x40,
        8 => (byte & 0x3f) | 0x80,
        _ => *byte,
    });
    let bytes: Vec<u8> = bytes.collect();
    let mut out = String::with_capacity(36);
    for (i, digit) in hex(bytes.iter()).chars().enumerate() {
        if matches!(i, 8 | 12 | 16 | 20) {
            out.push('-');
        }
        out.push(digit);
    }
    out
}
