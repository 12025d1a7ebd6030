//! Faults.

use super::support::*;
use cts_tracker::emulator::{Delivery, Emulator, FAULT_HEADER, Fault, Plan};
use cts_tracker::service::codes;
use serde_json::{Value, json};

fn fault(line: &str) -> Value {
    json!({ "faults": [line] })
}

/// Sends a CreateTracker that meets the fault. Returns the response and the number of trackers.
fn create_with_fault(line: &str) -> (Plan, usize) {
    let mut emulator = with_options(&fault(line));
    let plan = create(&mut emulator, &system());
    (plan, emulator.tracker_count())
}

#[test]
fn faults_with_a_status() {
    for (line, status_, code) in [
        ("400", 400, "CTS.0003"),
        ("401", 401, "APIGW.0301"),
        ("403", 403, "CTS.0013"),
        ("404", 404, "APIGW.0101"),
        ("429", 429, "APIGW.0308"),
        ("500", 500, "CTS.0004"),
        ("503", 503, "APIGW.0613"),
        ("504", 504, "APIGW.0203"),
    ] {
        let (plan, trackers) = create_with_fault(line);
        assert_eq!((status(&plan), trackers), (status_, 0), "{line}");
        assert_code(&plan, code);
        let (plan, trackers) = create_with_fault(&format!("{line}; when=after"));
        assert_eq!((status(&plan), trackers), (status_, 1), "{line}");
    }
    let (plan, _) = create_with_fault("502");
    assert_eq!((status(&plan), header(&plan, "content-type")), (502, Some("text/html")));
    assert!(plan.response.body().starts_with(b"<html>"));
    let (plan, _) = create_with_fault("204");
    assert_eq!((status(&plan), plan.response.body().len(), header(&plan, "content-type")), (204, 0, None));
    assert!(header(&plan, "x-request-id").is_some());
}

#[test]
fn faults_with_a_code() {
    for known in codes::SERVICE_CODES {
        let (plan, trackers) = create_with_fault(&known.code.to_lowercase());
        assert_eq!(trackers, 0);
        assert_code(&plan, known.code);
    }
}

#[test]
fn retry_after_is_sent_unchanged() {
    assert_eq!(header(&create_with_fault("429").0, "retry-after"), Some("1"));
    for value in ["0", "-1", "soon", "Wed, 21 Oct 2026 07:28:00 GMT", "31536000"] {
        assert_eq!(header(&create_with_fault(&format!("429; retry-after={value}")).0, "retry-after"), Some(value));
        assert_eq!(header(&create_with_fault(&format!("503;retry-after={value}")).0, "retry-after"), Some(value));
    }
    let numeric = json!({ "faults": [{ "kind": 429, "retryAfter": 7 }] });
    assert_eq!(header(&create(&mut with_options(&numeric), &system()), "retry-after"), Some("7"));
}

#[test]
fn faults_with_a_custom_response() {
    let options = json!({ "faults": [{ "kind": "200", "body": "<p>hello</p>",
        "headers": { "content-type": "text/html", "location": "/elsewhere" } }] });
    let plan = create(&mut with_options(&options), &system());
    assert_eq!((status(&plan), header(&plan, "content-type")), (200, Some("text/html")));
    assert_eq!(header(&plan, "location"), Some("/elsewhere"));
    assert_eq!(plan.response.body(), b"<p>hello</p>");
}

#[test]
fn faults_of_the_connection() {
    let whole = create(&mut emulator(), &system()).response.body().len();
    for (line, delivery, trackers) in [
        ("reset", Delivery::Reset { sent: None }, 0),
        ("reset; when=before", Delivery::Reset { sent: None }, 0),
        ("reset; when=during", Delivery::Reset { sent: Some(whole / 2) }, 1),
        ("reset; when=after", Delivery::Reset { sent: None }, 1),
        ("hang", Delivery::Hang { sent: None }, 0),
        ("hang; when=during", Delivery::Hang { sent: Some(whole / 2) }, 1),
        ("hang; when=after", Delivery::Hang { sent: None }, 1),
        ("truncate", Delivery::Truncate { sent: whole / 2 }, 1),
    ] {
        let (plan, created) = create_with_fault(line);
        assert_eq!((plan.delivery, created), (delivery, trackers), "{line}");
    }
}

#[test]
fn latency_adds_up() {
    let (plan, trackers) = create_with_fault("latency; ms=250");
    assert_eq!((plan.delay_ms, status(&plan), trackers), (250, 201, 1));
    let mut emulator = with_options(&json!({ "latencyMs": 40, "faults": ["503; ms=2"] }));
    assert_eq!(create(&mut emulator, &system()).delay_ms, 42);
    assert_eq!(create(&mut emulator, &system()).delay_ms, 40);
}

#[test]
fn a_list_of_faults_is_a_queue() {
    let mut emulator = with_options(&json!({ "faults": ["429", "500; times=2", "403"] }));
    let seen: Vec<u16> = (0..6).map(|_| status(&check(&mut emulator, &json!({})))).collect();
    assert_eq!(seen, [429, 500, 500, 403, 200, 200]);
    emulator.reset();
    assert_eq!(status(&check(&mut emulator, &json!({}))), 429);
}

#[test]
fn faults_match_operation_and_number() {
    let mut emulator = with_options(&json!({ "faults": [
        "503; operation=createTracker",
        { "kind": "404", "nth": 3, "times": 2 },
        { "kind": 500, "operation": "checkObsBuckets", "nth": 2 },
    ] }));
    let checked = |emulator: &mut Emulator| status(&check(emulator, &json!({})));
    assert_eq!(checked(&mut emulator), 200);
    assert_eq!(checked(&mut emulator), 500);
    // `nth` counts all requests, also while another fault waits for a createTracker.
    assert_eq!(checked(&mut emulator), 404);
    assert_eq!(status(&create(&mut emulator, &system())), 503);
    assert_eq!(checked(&mut emulator), 200);
    assert_eq!(status(&create(&mut emulator, &system())), 201);
    let forever = json!({ "faults": [{ "kind": "500", "times": u32::MAX }] });
    let mut emulator = with_options(&forever);
    assert!((0..50).all(|_| checked(&mut emulator) == 500));
}

#[test]
fn the_header_sets_the_fault_of_one_request() {
    let mut emulator = with_options(&fault("403"));
    let path = check_path();
    let with_fault = |emulator: &mut Emulator, line: &str| Send::new(&path, "{}").with(FAULT_HEADER, line).to(emulator);
    assert_eq!(status(&with_fault(&mut emulator, "503; retry-after=3")), 503);
    assert_eq!(with_fault(&mut emulator, "reset").delivery, Delivery::Reset { sent: None });
    // The configured faults are not consumed.
    assert_eq!(status(&check(&mut emulator, &json!({}))), 403);
    let misspelt = with_fault(&mut emulator, "rest");
    assert_eq!((status(&misspelt), &body(&misspelt)["error_code"]), (400, &json!("EMULATOR.FAULT")));
    assert!(body(&misspelt)["error_msg"].as_str().unwrap().starts_with("\"rest\" is not a fault"));
}

#[test]
fn invalid_faults_are_refused() {
    for line in [
        "",
        "nothing",
        "100",
        "600",
        "latency",
        "latency; ms=-1",
        "latency; ms=5; when=before",
        "truncate; when=before",
        "503; when=during",
        "503; when=later",
        "503; nth=0",
        "503; times=0",
        "503; often",
        "503; colour=red",
        "503; operation=list",
        "reset; retry-after=1",
    ] {
        assert!(Fault::parse(line).is_err(), "{line}");
        assert!(config(fault(line)).is_err(), "{line}");
    }
    for object in [
        json!({ "kind": "reset", "body": "x" }),
        json!({ "kind": "200", "headers": { "a b": "x" } }),
        json!({ "kind": "200", "headers": { "a": "x\ny" } }),
        json!({ "kind": "429", "retryAfter": "a\r\nb" }),
        json!({ "kind": "200", "boby": "x" }),
        json!({ "body": "x" }),
        json!([]),
    ] {
        assert!(config(json!({ "faults": [object.clone()] })).is_err(), "{object}");
    }
}
