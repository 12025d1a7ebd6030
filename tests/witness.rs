//! Writes `tests/types/witness.mts` from fully populated models: TypeScript's compiler then says whether the declared
//! types have the same fields. `UPDATE=1 cargo test --test witness` writes it anew.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops at what it did not expect")]

use cts_tracker::model::*;
use serde::Serialize;
use serde_json::Value;

const HEAD: &str = "// Written by tests/witness.rs from the Rust models, every field filled: do not edit.
import type {
  Bucket, CheckBucketRequest, CheckBucketResponse, CheckObsBucketsRequestBody, CheckObsBucketsResponse,
  CreateTrackerResponse, DataBucket, DataBucketQuery, DataTracker, Lts, ManagementEventSelector, ObsInfo,
  SystemTracker, TrackerObsInfo,
} from 'cts-tracker';

type Equal<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;

/** The value is of the type, and has all of its fields. */
declare function witness<T>(): <V extends T>(value: V, complete: Equal<keyof V, keyof T>) => void;
";

fn text(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn selector() -> ManagementEventSelector {
    ManagementEventSelector { exclude_service: Some(vec!["KMS".to_owned()]) }
}

fn transfer() -> TrackerObsInfo {
    TrackerObsInfo {
        bucket_name: text("test-data-tracker"),
        file_prefix_name: text("11"),
        is_obs_created: Some(false),
        bucket_lifecycle: Some(30),
        compress_type: text("gzip"),
        is_sort_by_service: Some(true),
    }
}

fn tracked() -> DataBucket {
    DataBucket { data_bucket_name: text("cstest0423"), data_event: Some(vec!["READ".to_owned(), "WRITE".to_owned()]) }
}

fn request(tracker_type: &str, tracker_name: &str, data_bucket: Option<DataBucket>) -> CreateTrackerRequestBody {
    CreateTrackerRequestBody {
        tracker_type: tracker_type.to_owned(),
        tracker_name: tracker_name.to_owned(),
        is_lts_enabled: Some(true),
        is_organization_tracker: Some(false),
        management_event_selector: Some(selector()),
        obs_info: Some(transfer()),
        is_support_trace_files_encryption: Some(true),
        kms_id: text("13a4207c-7abe-4b68-8510-16b84c3b5504"),
        is_support_validate: Some(true),
        data_bucket,
        agency_name: text("cts_admin_trust"),
    }
}

fn lts() -> Lts {
    Lts {
        is_lts_enabled: Some(true),
        log_group_name: text("CTS"),
        log_topic_name: text("system-trace"),
        extra: Default::default(),
    }
}

fn transferred() -> ObsInfo {
    ObsInfo {
        bucket_name: text("test-bucket"),
        file_prefix_name: text("11"),
        is_obs_created: Some(false),
        is_authorized_bucket: Some(false),
        bucket_lifecycle: Some(30),
        compress_type: text("gzip"),
        is_sort_by_service: Some(true),
        bucket_location: text("cn-north-1"),
        extra: Default::default(),
    }
}

fn queried() -> DataBucketQuery {
    DataBucketQuery {
        data_bucket_name: text("cstest0423"),
        search_enabled: Some(true),
        data_event: Some(vec!["READ".to_owned()]),
        extra: Default::default(),
    }
}

fn created() -> CreateTrackerResponse {
    CreateTrackerResponse {
        id: text("2e6fa9b8-8c6e-456d-b5d3-77be972d220b"),
        create_time: Some(1_587_958_482_923),
        kms_id: text("13a4207c-7abe-4b68-8510-16b84c3b5504"),
        is_support_validate: Some(true),
        is_organization_tracker: Some(false),
        management_event_selector: Some(selector()),
        lts: Some(lts()),
        tracker_type: text("system"),
        domain_id: text("a"),
        project_id: text("b"),
        tracker_name: text("system"),
        status: text("enabled"),
        detail: text("noBucket"),
        is_support_trace_files_encryption: Some(true),
        obs_info: Some(transferred()),
        data_bucket: Some(queried()),
        agency_name: text("cts_admin_trust"),
        extra: Default::default(),
    }
}

fn bucket() -> CheckBucketRequest {
    CheckBucketRequest {
        bucket_name: "bucket1".to_owned(),
        bucket_location: "cn-north-1".to_owned(),
        kms_id: text("1f26f8d8-65d4-436b-bea2-bd0ac1984f71"),
        is_support_trace_files_encryption: Some(false),
    }
}

fn checked() -> CheckBucketResponse {
    CheckBucketResponse {
        error_code: text("OBS.NoSuchBucket"),
        error_message: text("Error message:Request Error.OBS service Error Message."),
        response_code: Some(404),
        success: Some(false),
        extra: Default::default(),
    }
}

fn answered() -> Bucket {
    Bucket {
        bucket_name: text("bucket1"),
        bucket_location: text("cn-north-1"),
        kms_id: text("1f26f8d8-65d4-436b-bea2-bd0ac1984f71"),
        is_support_trace_files_encryption: Some(false),
        check_bucket_response: Some(checked()),
        extra: Default::default(),
    }
}

fn line(name: &str, value: &impl Serialize) -> String {
    let value: Value = serde_json::to_value(value).unwrap();
    format!("\nwitness<{name}>()({value:#}, true);\n")
}

#[test]
fn typescript_is_given_every_field() {
    let written = [
        HEAD.to_owned(),
        line("Omit<SystemTracker, 'data_bucket'>", &request("system", "system", None)),
        line("DataTracker", &request("data", "audit", Some(tracked()))),
        line("ManagementEventSelector", &selector()),
        line("TrackerObsInfo", &transfer()),
        line("DataBucket", &tracked()),
        line("CreateTrackerResponse", &created()),
        line("Lts", &lts()),
        line("ObsInfo", &transferred()),
        line("DataBucketQuery", &queried()),
        line("CheckObsBucketsRequestBody", &CheckObsBucketsRequestBody { buckets: Some(vec![bucket()]) }),
        line("CheckBucketRequest", &bucket()),
        line(
            "CheckObsBucketsResponse",
            &CheckObsBucketsResponse { buckets: Some(vec![answered()]), extra: Default::default() },
        ),
        line("Bucket", &answered()),
        line("CheckBucketResponse", &checked()),
    ]
    .concat();
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/types/witness.mts");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(path, &written).unwrap();
    }
    let kept = std::fs::read_to_string(path).unwrap_or_default();
    assert!(kept == written, "the models have changed: run UPDATE=1 cargo test --test witness, and mend the types");
}
