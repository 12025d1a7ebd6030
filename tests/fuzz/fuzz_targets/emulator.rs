//! Sends requests, separated by lines of `---`, to an emulator. Unsigned requests are signed, so that their bodies are
//! checked.
#![no_main]

mod message;

use cts_tracker::decode::{Buffer, exact};
use cts_tracker::client;
use cts_tracker::emulator::{
    Config, DATA_TRACKER_QUOTA, Delivery, Emulator, Entropy, LOG_LENGTH, Plan, SAMPLE_ACCESS_KEY_ID,
    SAMPLE_SECRET_ACCESS_KEY,
};
use cts_tracker::service::Operation;
use cts_tracker::signing::{self, Credentials, SdkDate};
use cts_tracker::validate;
use http::{HeaderName, HeaderValue, Request};
use libfuzzer_sys::fuzz_target;
use serde_json::Value;

const NOW: i64 = 1_718_784_550_000;

fuzz_target!(|bytes: &[u8]| {
    let (mut emulator, mut twin) = (Emulator::new(Config::default()), Emulator::new(Config::default()));
    for (index, part) in parts(bytes).enumerate() {
        let Some(request) = message::read(part).map(signed) else { continue };
        let now = NOW + 1000 * index as i64;
        let entropy: Entropy = [index as u8; 32];
        let known = emulator.tracker_count();
        let plan = emulator.handle(&request, now, &entropy);
        check(&request, &plan, emulator.tracker_count() - known);
        // Equal calls give equal bytes.
        assert_eq!(format!("{plan:?}"), format!("{:?}", twin.handle(&request, now, &entropy)));
    }
    assert!(emulator.tracker_count() <= DATA_TRACKER_QUOTA + 1);
    assert!(emulator.log().count() <= LOG_LENGTH);
    let state = |emulator: &Emulator| serde_json::to_value(emulator.state()).unwrap();
    assert!(state(&emulator)["trackers"].is_array());
    assert_eq!(state(&emulator), state(&twin));
});

fn parts(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    const BETWEEN: &[u8] = b"\n---\n";
    let mut rest = Some(bytes);
    std::iter::from_fn(move || {
        let whole = rest?;
        let end = whole.windows(BETWEEN.len()).position(|window| window == BETWEEN);
        rest = end.map(|end| &whole[end + BETWEEN.len()..]);
        Some(&whole[..end.unwrap_or(whole.len())])
    })
}

fn signed(mut request: Request<Vec<u8>>) -> Request<Vec<u8>> {
    if request.headers().contains_key("authorization") {
        return request;
    }
    let keys = Credentials::new(SAMPLE_ACCESS_KEY_ID, SAMPLE_SECRET_ACCESS_KEY, None).unwrap();
    let host = request.uri().authority().map_or("localhost", |authority| authority.as_str());
    let plain = signing::Request {
        method: request.method().as_str(),
        host,
        path: request.uri().path(),
        query: request.uri().query().unwrap_or_default(),
        headers: &[("host", host)],
        body: request.body(),
    };
    let Ok(signed) = signing::sign(&plain, &keys, SdkDate::from_unix_millis(NOW), None) else { return request };
    let mut added = vec![("authorization".to_owned(), signed.authorization)];
    added.extend(signed.headers.into_iter().map(|(name, value)| (name.into_owned(), value.into_owned())));
    for (name, value) in added {
        let name = HeaderName::try_from(name).unwrap();
        request.headers_mut().insert(name, HeaderValue::try_from(value).unwrap());
    }
    request
}

/// Only a valid request creates a tracker, and its response, unless it is lost, is as documented.
fn check(request: &Request<Vec<u8>>, plan: &Plan, created: usize) {
    assert!(created <= 1);
    if created == 1 {
        assert!(request.uri().path().ends_with("/tracker"));
        assert!(validate::create_tracker_json(request.body(), &mut Buffer::default(), exact).unwrap().value.is_some());
    }
    if request.headers().contains_key("x-emulator-fault") {
        return;
    }
    assert!(matches!(plan.delivery, Delivery::Whole));
    let status = plan.response.status().as_u16();
    assert_eq!(created == 1, status == Operation::CreateTracker.success_status());
    let body = std::str::from_utf8(plan.response.body()).unwrap();
    let resource = request.uri().path().rsplit('/').next().unwrap();
    let operation = Operation::from_resource(resource).unwrap_or(Operation::CreateTracker);
    assert!(created == 0 || operation == Operation::CreateTracker);
    if plan.response.status().is_success() {
        assert_eq!(client::validate(operation, body), Ok(()));
    } else {
        assert!((400..600).contains(&status));
        assert!(!body.starts_with('{') || serde_json::from_str::<Value>(body).is_ok());
    }
}
