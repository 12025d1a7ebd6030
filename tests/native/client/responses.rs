//! Which responses are results.

use super::*;

// --- the models of the responses

const CREATED: &str = r#"{ "id" : "2e6fa9b8-8c6e-456d-b5d3-77be972d220b", "create_time" : 1587958482923, "domain_id" : "aexxxxxxxx4d4fb4bexxxxxxx791fbf", "is_support_trace_files_encryption" : true, "kms_id" : "13a4207c-7abe-4b68-8510-16b84c3b5504", "agency_name" : "cts_admin_trust", "obs_info" : { "is_obs_created" : false, "bucket_name" : "test-bucket", "is_authorized_bucket" : false, "file_prefix_name" : "11", "bucket_lifecycle" : 30 }, "project_id" : "bb1xxxxxxxxe4f498cbxxxxxxxx35634", "lts" : { "is_lts_enabled" : true, "log_group_name" : "CTS", "log_topic_name" : "system-trace" }, "is_support_validate" : true, "tracker_name" : "system", "tracker_type" : "system", "status" : "enabled" }"#;

const CHECKED: &str = r#"{
  "buckets" : [ {
    "bucket_location" : "cn-north-1",
    "bucket_name" : "bucket1",
    "check_bucket_response" : {
      "response_code" : 200,
      "success" : true
    },
    "is_support_trace_files_encryption" : false,
    "kms_id" : "1f26f8d8-65d4-436b-bea2-bd0ac1984f71"
  }, {
    "bucket_location" : "cn-north-2",
    "bucket_name" : "bucket2",
    "check_bucket_response" : {
      "error_code" : "OBS.NoSuchBucket",
      "error_message" : "Error message:Request Error.OBS service Error Message.",
      "response_code" : 404,
      "success" : false
    },
    "is_support_trace_files_encryption" : false,
    "kms_id" : "0c1b7d87-5186-411a-86ce-ed3b2ec848c9"
  } ]
}"#;

#[test]
fn documented_responses_are_accepted() {
    assert_eq!(validate(CreateTracker, CREATED), Ok(()));
    assert_eq!(validate(CheckObsBuckets, CHECKED), Ok(()));
}

#[test]
fn unknown_fields_and_enum_values_are_accepted() {
    let text = r#"{"id":"a","status":"paused","detail":"somethingNew","tracker_type":"hybrid","group_id":"g","stream_id":null,
        "z":1,"b":[1,-2,3.5,18446744073709551615,{"y":true,"a":null}],
        "obs_info":{"bucket_name":"","bucket_lifecycle":0,"bucket_location":"","compress_type":"zstd"},
        "lts":{"is_lts_enabled":false,"ttl":7},
        "data_bucket":{"data_event":["READ","LIST"],"extra":{"deep":[[]]}}}"#;
    assert_eq!(validate(CreateTracker, text), Ok(()));
    let text = r#"{"buckets":[{"bucket_name":"b","new":1,"check_bucket_response":{"success":true,"latency":0.5}}],"page":{"next":null}}"#;
    assert_eq!(validate(CheckObsBuckets, text), Ok(()));
}

#[test]
fn a_404_of_the_service_is_an_empty_list() {
    let ends = |operation: Operation, fault: &Fault| {
        let mut call = Call::new(operation, OPTIONS, 0.0);
        call.begin_try();
        (next(&mut call, fault, 0.0, 0.5), call.failure().kind)
    };
    for body in
        [r#"{"error_code":"CTS.0214","error_msg":"The tracker does not exist."}"#, r#"{"error_code":"cts.0214"}"#, ""]
    {
        assert_eq!(ends(ListTrackers, &answer(404, body)).0, Action::Succeed, "{body:?}");
        assert_eq!(ends(CheckObsBuckets, &answer(404, body)), (Action::Fail, ErrorKind::NotFound), "{body:?}");
    }
    // There is no such API, or the server is another one.
    for body in
        [r#"{"error_code":"APIGW.0101"}"#, r#"{"error_code":"APIG.0101"}"#, "<html>", "404 page not found", "{}"]
    {
        assert_eq!(ends(ListTrackers, &answer(404, body)), (Action::Fail, ErrorKind::NotFound), "{body:?}");
    }
    // The rest of the body did not arrive, so it is not known what the answer says.
    for end in [BodyEnd::Broken, BodyEnd::TooLong] {
        let broken = Fault::Answer(404, "application/json", "", end);
        assert_eq!(ends(ListTrackers, &broken), (Action::Fail, ErrorKind::NotFound), "{end:?}");
    }
    // The proxy does not allow lookups.
    let refused = problem(404, r#"{"code":"not_found","sent":"no"}"#);
    assert_eq!(ends(ListTrackers, &refused), (Action::Fail, ErrorKind::Proxy));
}

#[test]
fn an_invalid_body_is_a_bad_response() {
    let long: &'static str = "x".repeat(5000).leak();
    for (body, end) in [
        ("", BodyEnd::Complete),
        ("<!DOCTYPE html><title>Sign in</title>", BodyEnd::Complete),
        (r#"{"id":"a","crea"#, BodyEnd::Complete),
        ("[]", BodyEnd::Complete),
        ("{}", BodyEnd::Complete),
        (r#"{"id":5,"buckets":"none"}"#, BodyEnd::Complete),
        (r#"{"id":"a","buckets":[]}"#, BodyEnd::TooLong),
        (long, BodyEnd::Complete),
    ] {
        for (operation, status) in [(CreateTracker, 201), (CreateTracker, 204), (CheckObsBuckets, 200)] {
            let fault = Fault::Answer(status, "text/html", body, end);
            let failure = check(operation, &fault, &[], ErrorKind::BadResponse, Sent::Yes);
            assert_eq!(failure.received.as_deref(), body.get(..body.len().min(1000)));
            assert_eq!(failure.may_already_exist, operation == CreateTracker);
            assert_eq!((failure.error.status, &*failure.error.request_id), (status, "req"));
        }
    }
    // checkObsBuckets is retried after a broken connection.
    let broken = Fault::Answer(200, "", r#"{"buckets":[{"bu"#, BodyEnd::Broken);
    check(CheckObsBuckets, &broken, &[150.0, 300.0], ErrorKind::BadResponse, Sent::Yes);
    let failure = check(CreateTracker, &broken, &[], ErrorKind::BadResponse, Sent::Yes);
    assert!(failure.may_already_exist);
    // Redirects are not followed. A status of 0 is one that the browser hides.
    for status in [0, 301, 302, 307, 308] {
        let failure = check(CreateTracker, &answer(status, "see other"), &[], ErrorKind::BadResponse, Sent::Yes);
        assert_eq!((failure.received.as_deref(), failure.may_already_exist), (Some("see other"), false));
    }
}

#[test]
fn success() {
    for (operation, status, body) in [
        (CreateTracker, 201, r#"{"id":"a"}"#),
        (CreateTracker, 200, r#"{"tracker_name":"a","new":[]}"#),
        (CheckObsBuckets, 200, r#"{"buckets":[{"check_bucket_response":{"success":false}}]}"#),
    ] {
        let mut call = Call::new(operation, OPTIONS, 0.0);
        call.begin_try();
        assert_eq!(next(&mut call, &answer(status, body), 0.0, 0.0), Action::Succeed);
    }
}
