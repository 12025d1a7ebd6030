//! Options, the state and determinism.

use super::support::*;
use cts_tracker::emulator::{Emulator, EmulatorOptions, FAULT_HEADER, LOG_LENGTH};
use proptest::prelude::*;
use serde_json::json;

#[test]
fn invalid_options_are_named_and_secrets_are_not_repeated() {
    for (options, expected) in [
        (json!({ "bucket": [] }), "unknown field `bucket`"),
        (json!({ "keys": 5 }), "invalid type"),
        (json!({ "latencyMs": -1 }), "invalid value"),
        (json!({ "faults": ["503", { "kind": "nothing" }] }), "faults[1]: \"nothing\" is not a fault"),
        (json!({ "faults": [{ "kind": 503, "operation": "list" }] }), "faults[0]: operation of a fault must be"),
        (
            json!({ "credentials": [{ "accessKeyId": "", "secretAccessKey": "CANARY" }] }),
            "credentials[0]: the access key",
        ),
        (
            json!({ "credentials": [{ "accessKeyId": "A", "secretAccessKey": "CANARY " }] }),
            "credentials[0]: the secret",
        ),
    ] {
        let error = config(options).unwrap_err();
        assert!(error.contains(expected), "{error}");
        assert!(!error.contains("CANARY"), "{error}");
    }
    let options = || json!({ "credentials": [{ "accessKeyId": "A", "secretAccessKey": "CANARY" }] });
    assert!(!format!("{:?}", serde_json::from_value::<EmulatorOptions>(options()).unwrap()).contains("CANARY"));
    let config = config(options()).unwrap();
    assert!(!format!("{:?} {:?}", config, Emulator::new(config.clone())).contains("CANARY"));
}

#[test]
fn the_state_lists_trackers_and_requests() {
    let mut emulator = with_options(&json!({ "faults": [{ "kind": "reset", "when": "after", "nth": 2 }] }));
    check(&mut emulator, &json!({ "buckets": 1 }));
    create(&mut emulator, &system());
    Send { method: "GET", ..Send::new("/nowhere?q", "") }.to(&mut emulator);
    let state = serde_json::to_value(emulator.state()).unwrap();
    let id = "01080f161d242b323940474e555c636a";
    assert_eq!(
        state["requests"],
        json!([
            { "at": NOW, "method": "POST", "path": check_path(), "operation": "checkObsBuckets", "requestId": id,
              "status": 400, "errorCode": "CTS.0003", "created": false, "fault": null },
            { "at": NOW, "method": "POST", "path": tracker_path(), "operation": "createTracker", "requestId": id,
              "status": null, "errorCode": null, "created": true, "fault": "reset" },
            { "at": NOW, "method": "GET", "path": "/nowhere", "operation": null, "requestId": id,
              "status": 404, "errorCode": "APIGW.0101", "created": false, "fault": null },
        ])
    );
    assert_eq!(state["trackers"].as_array().unwrap().len(), 1);
    assert_eq!(state["trackers"][0]["tracker_type"], "system");
    assert_eq!(state["requestCount"], 3);
    emulator.reset();
    assert_eq!(
        serde_json::to_value(emulator.state()).unwrap(),
        json!({ "trackers": [], "requests": [], "requestCount": 0 })
    );
}

#[test]
fn the_log_has_a_maximum_length() {
    let mut emulator = emulator();
    for _ in 0..LOG_LENGTH + 5 {
        Send { credentials: None, ..Send::new("/", "") }.to(&mut emulator);
    }
    assert_eq!(emulator.log().count(), LOG_LENGTH);
    assert_eq!(serde_json::to_value(emulator.state()).unwrap()["requestCount"], LOG_LENGTH + 5);
}

/// Valid, invalid and unsigned requests, some with a fault.
fn any_request() -> impl Strategy<Value = (String, String, bool, Option<String>, u8)> {
    let path = prop_oneof![
        Just(tracker_path()),
        Just(check_path()),
        "/[a-z0-9%/]{0,12}",
        "/v3/[a-zA-Z0-9%]{1,8}/(tracker|checkbucket)",
    ];
    let body = prop_oneof![
        Just(SYSTEM_EXAMPLE.to_owned()),
        Just(DATA_EXAMPLE.replace("saveTraceBucket", "save-trace-bucket")),
        Just(CHECK_EXAMPLE.to_owned()),
        "[ -~]{0,40}",
    ];
    let fault = proptest::option::weighted(0.2, "(reset|hang|truncate|503|429)");
    (path, body, proptest::bool::weighted(0.8), fault, any::<u8>())
}

proptest! {
    #[test]
    fn equal_calls_give_equal_bytes(requests in proptest::collection::vec(any_request(), 1..12)) {
        let run = || {
            let mut emulator = with_options(&json!({ "faults": ["429; nth=3", "500; times=2; operation=createTracker"] }));
            let mut responses = Vec::new();
            for (i, (path, body, signed, fault, seed)) in requests.iter().enumerate() {
                let mut send = Send { credentials: signed.then(sample), ..Send::new(path, body) };
                if let Some(fault) = fault {
                    send.headers.push((FAULT_HEADER, fault));
                }
                let request = send.build();
                let plan = emulator.handle(&request, NOW + i64::try_from(i).unwrap(), &entropy(*seed));
                // Every response has a request id.
                assert_eq!(header(&plan, "x-request-id").unwrap().len(), 32);
                responses.push(format!("{:?} {} {:?}", plan.response, plan.delay_ms, plan.delivery));
            }
            (responses, serde_json::to_string(&emulator.state()).unwrap())
        };
        prop_assert_eq!(run(), run());
    }
}
