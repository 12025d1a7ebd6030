//! Tests of SDK-HMAC-SHA256.

mod any_request;
mod requests;
mod vectors;
mod verification;

use cts_tracker::signing::{
    self, Authorization, Credentials, Refusal, Request, SdkDate, SignError, Signed, canonical_headers,
    canonical_query_string, canonical_request, canonical_uri, hash_hex, payload_hash, percent_encode, query_pairs,
    signed_headers, string_to_sign, verify, verify_http,
};
use proptest::prelude::*;
use serde_json::Value;

const AK: &str = "QTWAOYTTINDUT2QVKYUC";

const SK: &str = "MFyfvK41ba2giqM7Uio6PznpdUKGpownRZlmVmHc";

fn keys() -> Credentials {
    Credentials::new(AK, SK, None).unwrap()
}

fn temporary_keys() -> Credentials {
    Credentials::new(AK, SK, Some("token==")).unwrap()
}

const NOW: i64 = 1_718_784_550;

fn now() -> SdkDate {
    SdkDate::from_unix_seconds(NOW).unwrap()
}

fn post<'a>(headers: &'a [(&'a str, &'a str)], body: &'a [u8]) -> Request<'a> {
    Request {
        method: "POST",
        host: "cts.eu-west-101.myhuaweicloud.eu",
        path: "/v3/bb1e5a7c0d4f4e498cb0123456735634/tracker",
        query: "",
        headers,
        body,
    }
}

fn header<'a>(signed: &'a Signed<'_>, name: &str) -> Option<&'a str> {
    signed.headers.iter().find(|(n, _)| n == name).map(|(_, value)| &**value)
}

fn signed_names<'a>(signed: &'a Signed<'_>) -> Vec<&'a str> {
    Authorization::parse(&signed.authorization).unwrap().signed_headers.split(';').collect()
}

/// The headers to send.
fn sent<'a>(signed: &'a Signed<'_>) -> Vec<(&'a str, &'a str)> {
    let own = signed.headers.iter().map(|(name, value)| (&**name, &**value));
    own.chain([("authorization", signed.authorization.as_str())]).collect()
}
