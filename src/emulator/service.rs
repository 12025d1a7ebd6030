//! The service itself: bodies judged by the rules, then against the state.

use super::answer::{
    BucketAnswer, CheckAnswer, CheckBucketAnswer, DataBucketAnswer, LtsAnswer, ObsInfoAnswer, Reply, TrackerAnswer,
};
use super::config::DEFAULT_LOCATION;
use super::{Bucket, Context, DATA_TRACKER_QUOTA, DOMAIN_ID, Emulator, hex};
use crate::decode::Unescaped;
use crate::issue::Issue;
use crate::model::{CheckBucketRequest, CreateTrackerRequestBody, TrackerObsInfo};
use crate::service::Operation;
use crate::service::codes::NO_SUCH_BUCKET;
use crate::validate::{self, InvalidJson, Judged};

/// An error code of the service.
type ErrorCode = &'static str;

const INVALID_BODY: ErrorCode = "CTS.0003";

/// The value of a body that is right; else the code of its first error that has one.
fn accepted<T>(judged: Result<Judged<'_, T>, InvalidJson>) -> Result<T, ErrorCode> {
    let judged = judged.map_err(|_| INVALID_BODY)?;
    let code = judged.errors.iter().find_map(Issue::server_code);
    judged.value.ok_or(code.unwrap_or(INVALID_BODY))
}

impl Emulator {
    pub(super) fn create_tracker(
        &mut self,
        project_id: &str,
        body: &[u8],
        context: &Context<'_>,
    ) -> Result<Reply, ErrorCode> {
        if !validate::project_id(project_id).errors.is_empty() {
            return Err("CTS.0012");
        }
        let request = accepted(validate::create_tracker_json(body, &Unescaped::default()))?;
        let is_system = request.tracker_type == "system";
        if is_system {
            self.check_management(&request)?;
        } else {
            self.check_data(&request)?;
        }
        let transfer = Transfer::of(request.obs_info.as_ref());
        self.check_transfer(&transfer)?;
        let encrypted = is_system && request.is_support_trace_files_encryption == Some(true);
        let key = request.kms_id.filter(|key| is_system && !key.is_empty());
        if encrypted && !key.as_ref().is_some_and(|key| self.config.keys.contains(key)) {
            return Err("CTS.0222");
        }

        let obs_info = self.set_transfer(&transfer, request.obs_info.unwrap_or_default());
        let is_lts_enabled = request.is_lts_enabled.unwrap_or_default();
        let tracker = TrackerAnswer {
            id: uuid(context),
            create_time: context.now_ms,
            domain_id: DOMAIN_ID,
            is_support_trace_files_encryption: encrypted,
            kms_id: key,
            agency_name: request.agency_name,
            obs_info,
            data_bucket: request.data_bucket.map(|bucket| DataBucketAnswer {
                data_bucket_name: bucket.data_bucket_name,
                search_enabled: is_lts_enabled,
                data_event: bucket.data_event,
            }),
            project_id: project_id.to_owned(),
            lts: LtsAnswer {
                is_lts_enabled,
                log_group_name: is_lts_enabled.then_some("CTS"),
                log_topic_name: is_lts_enabled
                    .then(|| if is_system { "system-trace".to_owned() } else { request.tracker_name.clone() }),
            },
            is_support_validate: request.is_support_validate.unwrap_or_default(),
            is_organization_tracker: request.is_organization_tracker.filter(|_| is_system),
            management_event_selector: request.management_event_selector.filter(|_| is_system),
            tracker_name: request.tracker_name,
            tracker_type: request.tracker_type,
            status: "enabled",
        };
        let reply = Reply::json(Operation::CreateTracker.success_status(), &tracker);
        self.trackers.push(tracker);
        Ok(reply)
    }

    fn check_management(&self, request: &CreateTrackerRequestBody) -> Result<(), ErrorCode> {
        let mut there = self.trackers.iter().filter(|tracker| tracker.tracker_type == "system");
        match there.next() {
            None => Ok(()),
            Some(tracker)
                if tracker.is_organization_tracker == Some(true) && request.is_organization_tracker == Some(true) =>
            {
                Err("CTS.0229")
            }
            Some(_) => Err("CTS.0201"),
        }
    }

    fn check_data(&self, request: &CreateTrackerRequestBody) -> Result<(), ErrorCode> {
        let there = || self.trackers.iter().filter(|tracker| tracker.tracker_type == "data");
        if there().any(|tracker| tracker.tracker_name == request.tracker_name) {
            return Err("CTS.0208");
        }
        if there().count() >= DATA_TRACKER_QUOTA {
            return Err("CTS.0200");
        }
        let Some(wanted) = &request.data_bucket else {
            return Err("CTS.0210");
        };
        let name = &*wanted.data_bucket_name;
        if self.bucket(name).is_none() {
            return Err("CTS.0211");
        }
        let events = &wanted.data_event;
        let tracked = there()
            .filter_map(|tracker| tracker.data_bucket.as_ref())
            .filter(|bucket| bucket.data_bucket_name == name)
            .any(|bucket| bucket.data_event.iter().any(|event| events.contains(event)));
        if tracked { Err("CTS.0209") } else { Ok(()) }
    }

    fn check_transfer(&self, transfer: &Transfer) -> Result<(), ErrorCode> {
        match transfer {
            Transfer::None => Ok(()),
            Transfer::Create(name) if self.bucket(name).is_some() => Err("CTS.0215"),
            Transfer::Use(name) if self.bucket(name).is_none() => Err("CTS.0211"),
            Transfer::Create(_) | Transfer::Use(_) => Ok(()),
        }
    }

    /// Creates the bucket if that was asked, sets its lifecycle, and says what the answer says of it.
    fn set_transfer(&mut self, transfer: &Transfer, asked: TrackerObsInfo) -> ObsInfoAnswer {
        let name = match transfer {
            Transfer::None => return ObsInfoAnswer::default(),
            Transfer::Create(name) => {
                self.buckets.push(Bucket {
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
            return ObsInfoAnswer::default();
        };
        if let Some(days) = asked.bucket_lifecycle {
            bucket.lifecycle_days = days;
        }
        ObsInfoAnswer {
            is_obs_created: matches!(transfer, Transfer::Create(_)),
            bucket_name: bucket.name.clone(),
            is_authorized_bucket: bucket.managed,
            file_prefix_name: asked.file_prefix_name.unwrap_or_default(),
            bucket_lifecycle: bucket.lifecycle_days,
            compress_type: asked.compress_type,
            is_sort_by_service: asked.is_sort_by_service,
        }
    }

    pub(super) fn check_obs_buckets(&self, domain_id: &str, body: &[u8]) -> Result<Reply, ErrorCode> {
        if !validate::domain_id(domain_id).errors.is_empty() {
            return Err("CTS.0002");
        }
        let request = accepted(validate::check_obs_buckets_json(body, &Unescaped::default()))?;
        let buckets = request.buckets.unwrap_or_default();
        let answer = CheckAnswer { buckets: buckets.into_iter().map(|bucket| self.check_bucket(bucket)).collect() };
        Ok(Reply::json(Operation::CheckObsBuckets.success_status(), &answer))
    }

    fn check_bucket(&self, asked: CheckBucketRequest) -> BucketAnswer {
        // The text of the documents' example; it is the same for every failure.
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
        BucketAnswer {
            bucket_location: asked.bucket_location,
            bucket_name: asked.bucket_name,
            check_bucket_response: CheckBucketAnswer {
                error_code: failure.map(|(_, code)| code),
                error_message: failure.map(|_| MESSAGE),
                response_code: failure.map_or(200, |(status, _)| status),
                success: failure.is_none(),
            },
            is_support_trace_files_encryption: encrypted,
            kms_id: asked.kms_id,
        }
    }

    fn bucket(&self, name: &str) -> Option<&Bucket> {
        self.buckets.iter().find(|bucket| bucket.name == name)
    }
}

/// Where traces are to go.
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

/// A random UUID of the second half of the entropy.
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
