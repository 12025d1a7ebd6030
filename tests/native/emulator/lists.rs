//! ListTrackers: which trackers a list contains, and from when.

use super::support::*;
use cts_tracker::emulator::{Emulator, Plan};
use serde_json::{Value, json};

fn list_at(emulator: &mut Emulator, project: &str, query: &str, now: i64) -> Plan {
    let path = format!("/v3/{project}/trackers{query}");
    let send = Send { method: "GET", headers: Vec::new(), signed_at: now, ..Send::new(&path, "") };
    emulator.handle(&send.build(), now, &entropy(2))
}

fn names(plan: &Plan) -> Vec<String> {
    assert_eq!(status(plan), 200);
    let body = body(plan);
    body["trackers"].as_array().unwrap().iter().map(|it| it["tracker_name"].as_str().unwrap().to_owned()).collect()
}

fn list(emulator: &mut Emulator, query: &str) -> Vec<String> {
    names(&list_at(emulator, PROJECT, query, NOW))
}

#[test]
fn trackers_are_listed_as_their_201_showed_them() {
    let mut emulator = emulator();
    let created = body(&create(&mut emulator, &data("a", "bucket1", &["READ"])));
    let listed = body(&list_at(&mut emulator, PROJECT, "", NOW));
    assert_eq!(listed, json!({ "trackers": [created] }));
}

#[test]
fn a_list_is_filtered_by_project_type_and_name() {
    let mut emulator = emulator();
    assert_eq!(list(&mut emulator, ""), [""; 0]);
    create(&mut emulator, &system());
    create(&mut emulator, &data("a", "bucket1", &["READ"]));
    create(&mut emulator, &data("b", "bucket1", &["WRITE"]));
    assert_eq!(list(&mut emulator, ""), ["system", "a", "b"]);
    assert_eq!(list(&mut emulator, "?tracker_type=data"), ["a", "b"]);
    assert_eq!(list(&mut emulator, "?tracker_type=system"), ["system"]);
    assert_eq!(list(&mut emulator, "?tracker_name=b"), ["b"]);
    assert_eq!(list(&mut emulator, "?tracker_name=b&tracker_type=system"), [""; 0]);
    assert_eq!(list(&mut emulator, "?tracker_name=%62"), ["b"]);
    assert_eq!(list(&mut emulator, "?tracker_name=B"), [""; 0]);
    assert_eq!(list(&mut emulator, "?tracker_name=&limit=1"), ["system", "a", "b"]);
    assert_eq!(names(&list_at(&mut emulator, DOMAIN, "", NOW)), [""; 0]);
    assert_code(&list_at(&mut emulator, PROJECT, "?tracker_type=other", NOW), "CTS.0202");
    assert_code(&list_at(&mut emulator, PROJECT, "?tracker_type=", NOW), "CTS.0202");
    assert_code(&list_at(&mut emulator, "a.b", "", NOW), "CTS.0012");
}

#[test]
fn a_new_tracker_may_be_missing_for_a_while() {
    let mut emulator = with_options(&json!({ "visibilityDelayMs": 2000 }));
    create(&mut emulator, &data("a", "bucket1", &["READ"]));
    let mut at = |ms: i64| names(&list_at(&mut emulator, PROJECT, "", NOW + ms));
    assert_eq!(at(0), [""; 0]);
    assert_eq!(at(1999), [""; 0]);
    assert_eq!(at(2000), ["a"]);
    // It exists all the same.
    assert_code(&create(&mut emulator, &data("a", "cstest0423", &["READ"])), "CTS.0208");
}

#[test]
fn a_list_is_signed_and_has_faults() {
    let mut emulator =
        with_options(&json!({ "faults": ["503; operation=listTrackers", "truncate; operation=listTrackers"] }));
    let path = format!("/v3/{PROJECT}/trackers");
    let unsigned = Send { method: "GET", credentials: None, ..Send::new(&path, "") };
    create(&mut emulator, &data("a", "bucket1", &["READ"]));
    assert_eq!(status(&list_at(&mut emulator, PROJECT, "", NOW)), 503);
    let cut = list_at(&mut emulator, PROJECT, "", NOW);
    assert_ne!(cut.delivery, cts_tracker::emulator::Delivery::Whole);
    assert_eq!(list(&mut emulator, ""), ["a"]);
    assert_eq!(status(&unsigned.to(&mut emulator)), 401);
    let log: Vec<Value> = emulator.log().map(|request| serde_json::to_value(request).unwrap()).collect();
    assert_eq!(log[1]["operation"], "listTrackers");
    // The other method of each path does not exist.
    let post = Send::new(&path, "{}").to(&mut emulator);
    assert_eq!((status(&post), &body(&post)["error_code"]), (404, &json!("APIGW.0101")));
}
