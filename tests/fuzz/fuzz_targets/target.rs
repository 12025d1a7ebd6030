//! Any text as the raw target of a request that is otherwise correct. Only two forms may pass, byte for byte.
#![no_main]

use std::sync::LazyLock;

use cts_tracker::decode::exact;
use cts_tracker::proxy::{Head, Policy, check_head, parse_target};
use http::Request;
use libfuzzer_sys::fuzz_target;
use serde_json::json;

static POLICY: LazyLock<Policy> =
    LazyLock::new(|| Policy::new(serde_json::from_value(json!({ "region": "eu-west-0" })).unwrap(), exact).unwrap());

fuzz_target!(|target: &str| {
    let Some(uri) = parse_target(target, true) else { return };
    let request = Request::post(uri)
        .header("host", "localhost:8787")
        .header("content-type", "application/json")
        .header("x-requested-with", "cts-tracker")
        .body(())
        .unwrap();
    let admitted = matches!(check_head(&POLICY, &request), Head::Admit(_));
    let id = target.strip_prefix("/v3/").and_then(|rest| {
        ["/tracker", "/checkbucket"].into_iter().find_map(|suffix| rest.strip_suffix(suffix))
    });
    let is_valid = id.is_some_and(|id| {
        (1..=64).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(&byte))
    });
    assert_eq!(admitted, is_valid, "{target:?}");
});
