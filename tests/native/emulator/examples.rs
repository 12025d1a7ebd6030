//! The examples of the API pages.

use super::support::*;
use serde_json::json;

#[test]
fn the_first_example_creates_the_documented_tracker() {
    let mut emulator = emulator();
    let plan = Send::new(&tracker_path(), SYSTEM_EXAMPLE).to(&mut emulator);
    assert_eq!(status(&plan), 201);
    // The documented response with its key order. The ids, the time and the bucket name are the emulator's.
    let expected = format!(
        concat!(
            r#"{{"id":"71787f86-8d94-4ba2-a9b0-b7bec5ccd3da","create_time":{now},"#,
            r#""domain_id":"emulatoraccount00000000000000000","is_support_trace_files_encryption":true,"#,
            r#""kms_id":"13a4207c-7abe-4b68-8510-16b84c3b5504","agency_name":"cts_admin_trust","#,
            r#""obs_info":{{"is_obs_created":false,"bucket_name":"test-data-tracker","is_authorized_bucket":false,"#,
            r#""file_prefix_name":"11","bucket_lifecycle":30}},"project_id":"{project}","#,
            r#""lts":{{"is_lts_enabled":true,"log_group_name":"CTS","log_topic_name":"system-trace"}},"#,
            r#""is_support_validate":true,"tracker_name":"system","tracker_type":"system","status":"enabled"}}"#
        ),
        now = NOW,
        project = PROJECT
    );
    assert_eq!(String::from_utf8(plan.response.body().clone()).unwrap(), expected);
    assert_eq!(header(&plan, "content-type"), Some("application/json"));
    assert_eq!(header(&plan, "date"), Some("Sun, 22 Nov 2026 12:05:00 GMT"));
    assert_eq!(header(&plan, "x-request-id"), Some("01080f161d242b323940474e555c636a"));
}

#[test]
fn the_second_example_is_valid_only_with_a_lower_case_bucket_name() {
    let mut emulator = emulator();
    assert_code(&Send::new(&tracker_path(), DATA_EXAMPLE).to(&mut emulator), "CTS.0231");
    let fixed = DATA_EXAMPLE.replace("saveTraceBucket", "save-trace-bucket");
    let plan = Send::new(&tracker_path(), &fixed).to(&mut emulator);
    assert_eq!(status(&plan), 201);
    assert_eq!(
        body(&plan)["data_bucket"],
        json!({ "data_bucket_name": "cstest0423", "search_enabled": true, "data_event": ["READ", "WRITE"] })
    );
    assert_eq!(body(&plan)["lts"]["log_topic_name"], "data-tracker-name");
    // The same name in lower case: the emulator does not have this bucket.
    let lower = DATA_EXAMPLE.replace("saveTraceBucket", "savetracebucket");
    assert_code(&Send::new(&tracker_path(), &lower).to(&mut self::emulator()), "CTS.0211");
}

#[test]
fn the_checkbucket_example_gets_the_documented_response() {
    let plan = Send::new(&check_path(), CHECK_EXAMPLE).to(&mut emulator());
    assert_eq!(status(&plan), 200);
    // The example without its spaces and line breaks.
    let expected = concat!(
        r#"{"buckets":[{"bucket_location":"cn-north-1","bucket_name":"bucket1","#,
        r#""check_bucket_response":{"response_code":200,"success":true},"#,
        r#""is_support_trace_files_encryption":false,"kms_id":"1f26f8d8-65d4-436b-bea2-bd0ac1984f71"},"#,
        r#"{"bucket_location":"cn-north-2","bucket_name":"bucket2","#,
        r#""check_bucket_response":{"error_code":"OBS.NoSuchBucket","#,
        r#""error_message":"Error message:Request Error.OBS service Error Message.","response_code":404,"#,
        r#""success":false},"is_support_trace_files_encryption":false,"#,
        r#""kms_id":"0c1b7d87-5186-411a-86ce-ed3b2ec848c9"}]}"#
    );
    assert_eq!(String::from_utf8(plan.response.body().clone()).unwrap(), expected);
}
