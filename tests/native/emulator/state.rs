//! The codes that depend on the state.

use super::support::*;
use cts_tracker::emulator::{DATA_TRACKER_QUOTA, Plan};
use serde_json::{Value, json};

#[test]
fn a_project_has_one_management_tracker() {
    let mut emulator = emulator();
    assert_eq!(status(&create(&mut emulator, &system())), 201);
    assert_code(&create(&mut emulator, &system()), "CTS.0201");
    let path = format!("/v3/{DOMAIN}/tracker");
    assert_eq!(status(&Send::new(&path, &system().to_string()).to(&mut emulator)), 201);
    assert_code(&Send::new(&path, &system().to_string()).to(&mut emulator), "CTS.0201");
    assert_eq!(emulator.tracker_count(), 2);
}

#[test]
fn an_account_has_one_organization_tracker() {
    let mut emulator = emulator();
    let organization = set(system(), "/is_organization_tracker", json!(true));
    let plan = create(&mut emulator, &organization);
    assert_eq!(body(&plan)["is_organization_tracker"], true);
    assert_code(&create(&mut emulator, &organization), "CTS.0229");
    assert_code(&create(&mut emulator, &system()), "CTS.0201");
}

#[test]
fn a_hundred_data_trackers_are_the_quota() {
    let buckets: Vec<Value> =
        (0..=DATA_TRACKER_QUOTA).map(|i| json!({ "name": format!("b{i:03}"), "location": "cn-north-1" })).collect();
    let mut emulator = with_options(&json!({ "buckets": buckets }));
    for i in 0..DATA_TRACKER_QUOTA {
        let plan = create(&mut emulator, &data(&format!("t{i}"), &format!("b{i:03}"), &["READ"]));
        assert_eq!(status(&plan), 201);
    }
    assert_code(&create(&mut emulator, &data("one-more", "b100", &["READ"])), "CTS.0200");
    // A duplicate name is reported before the quota, and the management tracker does not count towards it.
    assert_code(&create(&mut emulator, &data("t0", "b100", &["READ"])), "CTS.0208");
    assert_eq!(status(&create(&mut emulator, &system())), 201);
}

#[test]
fn a_tracker_name_is_unique_in_its_project() {
    let mut emulator = emulator();
    assert_eq!(status(&create(&mut emulator, &data("a", "bucket1", &["READ"]))), 201);
    assert_code(&create(&mut emulator, &data("a", "cstest0423", &["READ"])), "CTS.0208");
    assert_eq!(status(&create(&mut emulator, &data("A", "cstest0423", &["READ"]))), 201);
    let path = format!("/v3/{DOMAIN}/tracker");
    let elsewhere = data("a", "save-trace-bucket", &["READ"]).to_string();
    assert_eq!(status(&Send::new(&path, &elsewhere).to(&mut emulator)), 201);
}

#[test]
fn an_operation_of_a_bucket_is_tracked_once() {
    let mut emulator = emulator();
    assert_eq!(status(&create(&mut emulator, &data("a", "bucket1", &["READ"]))), 201);
    assert_code(&create(&mut emulator, &data("b", "bucket1", &["WRITE", "READ"])), "CTS.0209");
    assert_eq!(status(&create(&mut emulator, &data("c", "bucket1", &["WRITE"]))), 201);
}

#[test]
fn buckets_that_must_and_must_not_exist() {
    let mut emulator = emulator();
    assert_code(&create(&mut emulator, &data("a", "nowhere", &["READ"])), "CTS.0211");
    let transfer = |name: &str, created: Option<bool>| {
        let mut info = json!({ "bucket_name": name });
        if let Some(created) = created {
            info["is_obs_created"] = json!(created);
        }
        set(data("a", "bucket1", &["READ"]), "/obs_info", info)
    };
    assert_code(&create(&mut emulator, &transfer("nowhere", Some(false))), "CTS.0211");
    assert_code(&create(&mut emulator, &transfer("nowhere", None)), "CTS.0211");
    let message = |plan: &Plan| body(plan)["error_msg"].as_str().unwrap().to_owned();
    let tracked = message(&create(&mut emulator, &data("a", "nowhere", &["READ"])));
    assert!(tracked.ends_with(" (data_bucket.data_bucket_name: nowhere)"), "{tracked}");
    let transferred = message(&create(&mut emulator, &transfer("nowhere", None)));
    assert!(transferred.ends_with(" (obs_info.bucket_name: nowhere)"), "{transferred}");
    assert_code(&create(&mut emulator, &transfer("cstest0423", Some(true))), "CTS.0215");
    // A refused request creates no bucket.
    assert_code(
        &create(&mut emulator, &set(transfer("made", Some(true)), "/data_bucket/data_bucket_name", json!("gone"))),
        "CTS.0211",
    );
    let made = body(&create(&mut emulator, &transfer("made", Some(true))));
    assert_eq!(
        made["obs_info"],
        json!({ "is_obs_created": true, "bucket_name": "made", "is_authorized_bucket": true,
                "file_prefix_name": "", "bucket_lifecycle": 0 })
    );
    assert_code(&create(&mut emulator, &set(transfer("made", Some(true)), "/tracker_name", json!("b"))), "CTS.0209");
    let check_made =
        check(&mut emulator, &json!({ "buckets": [{ "bucket_name": "made", "bucket_location": "cn-north-1" }] }));
    assert_eq!(body(&check_made)["buckets"][0]["check_bucket_response"]["success"], true);
}

#[test]
fn the_key_must_exist() {
    let encrypted = |key: &str| {
        let body = set(system(), "/is_support_trace_files_encryption", json!(true));
        set(body, "/kms_id", json!(key))
    };
    assert_code(&create(&mut emulator(), &encrypted("13a4207c-7abe-4b68-8510-000000000000")), "CTS.0222");
    assert_eq!(status(&create(&mut emulator(), &encrypted("13a4207c-7abe-4b68-8510-16b84c3b5504"))), 201);
    // A data tracker has no encryption: the flag and the key are ignored.
    let data = set(data("a", "bucket1", &["READ"]), "/is_support_trace_files_encryption", json!(true));
    let answer = body(&create(&mut emulator(), &set(data, "/kms_id", json!("no-such-key"))));
    assert_eq!((&answer["is_support_trace_files_encryption"], answer.get("kms_id")), (&json!(false), None));
    // An unused key does not have to exist.
    let unused = set(system(), "/kms_id", json!("no-such-key"));
    assert_eq!(body(&create(&mut emulator(), &unused))["kms_id"], "no-such-key");
}

#[test]
fn any_valid_id_is_accepted() {
    for id in ["x", "AE-_0", &"a".repeat(64)] {
        let path = format!("/v3/{id}/tracker");
        let plan = Send::new(&path, &system().to_string()).to(&mut emulator());
        assert_eq!(body(&plan)["project_id"], *id);
    }
    for id in ["a%20b", "%7Bproject_id%7D", "a.b", "%2F", &"a".repeat(65)] {
        let path = format!("/v3/{id}/tracker");
        assert_code(&Send::new(&path, &system().to_string()).to(&mut emulator()), "CTS.0012");
        let path = format!("/v3/{id}/checkbucket");
        assert_code(&Send::new(&path, "{}").to(&mut emulator()), "CTS.0002");
    }
}

#[test]
fn a_tracker_without_transfer_has_empty_obs_info() {
    let plan = create(&mut emulator(), &data("a", "bucket1", &["READ"]));
    let body = body(&plan);
    assert_eq!(
        body["obs_info"],
        json!({ "is_obs_created": false, "bucket_name": "", "is_authorized_bucket": false, "file_prefix_name": "",
                "bucket_lifecycle": 0 })
    );
    assert_eq!(body["lts"], json!({ "is_lts_enabled": false }));
    for absent in ["kms_id", "agency_name", "is_organization_tracker", "management_event_selector"] {
        assert!(body.get(absent).is_none(), "{absent}");
    }
}

#[test]
fn the_response_contains_the_given_values() {
    let request = json!({
        "tracker_type": "system", "tracker_name": "system", "agency_name": "cts_admin_trust",
        "is_organization_tracker": false, "management_event_selector": { "exclude_service": ["KMS"] },
        "obs_info": { "bucket_name": "managed", "file_prefix_name": "p1", "compress_type": "json",
                      "is_sort_by_service": false }
    });
    let options = json!({ "buckets": [{ "name": "managed", "location": "eu-west-0", "managed": true }] });
    let answer = body(&create(&mut with_options(&options), &request));
    for field in ["agency_name", "is_organization_tracker", "management_event_selector"] {
        assert_eq!(answer[field], request[field]);
    }
    assert_eq!(
        answer["obs_info"],
        json!({ "is_obs_created": false, "bucket_name": "managed", "is_authorized_bucket": true,
                "file_prefix_name": "p1", "bucket_lifecycle": 0, "compress_type": "json",
                "is_sort_by_service": false })
    );
}

#[test]
fn a_bucket_keeps_its_lifecycle() {
    let mut emulator = emulator();
    let info = json!({ "bucket_name": "cstest0423", "bucket_lifecycle": 1095 });
    assert_eq!(status(&create(&mut emulator, &set(data("a", "bucket1", &["READ"]), "/obs_info", info))), 201);
    let info = json!({ "bucket_name": "cstest0423" });
    let later = body(&create(&mut emulator, &set(system(), "/obs_info", info)));
    assert_eq!(later["obs_info"]["bucket_lifecycle"], 1095);
}

#[test]
fn check_obs_buckets_checks_name_location_and_key() {
    let check_one = |bucket: Value| {
        let plan = check(&mut emulator(), &json!({ "buckets": [bucket] }));
        assert_eq!(status(&plan), 200);
        body(&plan)["buckets"][0]["check_bucket_response"].clone()
    };
    let fine = json!({ "response_code": 200, "success": true });
    let at = |location: &str| json!({ "bucket_name": "bucket1", "bucket_location": location });
    assert_eq!(check_one(at("cn-north-1")), fine);
    assert_eq!(check_one(at("cn-north-4"))["error_code"], "OBS.NoSuchBucket");
    let encrypted = set(at("cn-north-1"), "/is_support_trace_files_encryption", json!(true));
    assert_eq!(check_one(set(encrypted.clone(), "/kms_id", json!("1f26f8d8-65d4-436b-bea2-bd0ac1984f71"))), fine);
    let unknown = check_one(set(encrypted, "/kms_id", json!("1f26f8d8-65d4-436b-bea2-000000000000")));
    assert_eq!((&unknown["error_code"], &unknown["response_code"]), (&json!("OBS.KMS.NotFoundException"), &json!(400)));
    for nothing in [json!({}), json!({ "buckets": [] }), json!({ "buckets": null })] {
        assert_eq!(body(&check(&mut emulator(), &nothing)), json!({ "buckets": [] }));
    }
}
