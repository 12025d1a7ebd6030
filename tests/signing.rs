//! Tests of SDK-HMAC-SHA256: every stage against requests signed by the vendor's signer, and tampered requests.
#![cfg(feature = "server")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use cts_tracker::signing::{
    self, Authorization, Credentials, Refusal, Request, SdkDate, SignError, Signed, canonical_headers,
    canonical_query_string, canonical_request, canonical_uri, hash_hex, payload_hash, percent_encode, query_pairs,
    signed_headers, string_to_sign, verify, verify_http,
};
use proptest::prelude::*;
use serde_json::Value;

const AK: &str = "QTWAOYTTINDUT2QVKYUC";
const SK: &str = "MFyfvK41ba2giqM7Uio6PznpdUKGpownRZlmVmHc";
const CANARY: &str = "CANARYxSECRETx8f14e45fceea167a";

fn vectors() -> Vec<Value> {
    let file: Value = serde_json::from_str(include_str!("vectors/signing.json")).unwrap();
    file["vectors"].as_array().unwrap().clone()
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_else(|| panic!("{key} is not a string"))
}

/// The query string of a vector, in the vector's order.
fn wire_query(input: &Value) -> String {
    let pairs = input["query"].as_array().unwrap().iter().map(|pair| {
        let value = match &pair[1] {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        format!("{}={}", percent_encode(pair[0].as_str().unwrap()), percent_encode(&value))
    });
    pairs.collect::<Vec<_>>().join("&")
}

fn headers_of(value: &Value) -> Vec<(&str, &str)> {
    value.as_object().unwrap().iter().map(|(name, value)| (name.as_str(), value.as_str().unwrap())).collect()
}

#[test]
fn every_stage_of_every_vector_matches() {
    let vectors = vectors();
    assert_eq!(vectors.len(), 6);
    for vector in &vectors {
        let name = text(vector, "name");
        let input = &vector["input"];
        let body = input["body"].as_str().unwrap_or_default();
        let query = wire_query(input);
        let date = SdkDate::parse(text(&input["headers"], "X-Sdk-Date")).unwrap();
        let credentials =
            Credentials::new(text(input, "ak"), text(input, "sk"), input["security_token"].as_str()).unwrap();

        // Each step separately.
        let mut lines: Vec<(String, String)> = headers_of(&input["headers"])
            .iter()
            .map(|(name, value)| (name.to_ascii_lowercase(), (*value).to_owned()))
            .collect();
        if !lines.iter().any(|(name, _)| name == "host") {
            lines.push(("host".to_owned(), text(input, "host").to_owned()));
        }
        lines.sort();
        let names: Vec<&str> = lines.iter().map(|(name, _)| name.as_str()).collect();
        let expected_names: Vec<&str> =
            vector["signed_headers"].as_array().unwrap().iter().map(|name| name.as_str().unwrap()).collect();
        assert_eq!(names, expected_names, "{name}: signed headers");
        let payload = payload_hash(body.as_bytes(), None);
        assert_eq!(payload, text(vector, "payload_sha256"), "{name}: hash of the body");
        let lines: Vec<(&str, &str)> = lines.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let canonical = canonical_request(
            text(input, "method"),
            &canonical_uri(text(input, "resource_path")),
            &canonical_query_string(&query_pairs(&query)),
            &canonical_headers(&lines),
            &signed_headers(&lines),
            &payload,
        );
        assert_eq!(canonical, text(vector, "canonical_request"), "{name}: canonical request");
        assert_eq!(hash_hex(canonical.as_bytes()), text(vector, "canonical_request_sha256"), "{name}: its hash");
        let to_sign = string_to_sign(date, &canonical);
        assert_eq!(to_sign, text(vector, "string_to_sign"), "{name}: string to sign");
        let signature = signing::signature(&credentials, &to_sign);
        assert_eq!(signature, text(vector, "signature"), "{name}: signature");
        assert_eq!(
            signing::authorization(text(input, "ak"), &signed_headers(&lines), &signature),
            text(vector, "authorization"),
            "{name}: authorization"
        );

        // All steps at once, with the date as a header and as an argument.
        for date in [None, Some(date)] {
            let headers: Vec<(&str, &str)> = headers_of(&input["headers"])
                .into_iter()
                .filter(|(name, _)| date.is_none() || *name != "X-Sdk-Date")
                .collect();
            let request = Request {
                method: text(input, "method"),
                host: text(input, "host"),
                path: text(input, "resource_path"),
                query: &query,
                headers: &headers,
                body: body.as_bytes(),
            };
            let signed = signing::sign(&request, &credentials, date, None).unwrap();
            assert_eq!(signed.canonical_request, text(vector, "canonical_request"), "{name}");
            assert_eq!(signed.string_to_sign, text(vector, "string_to_sign"), "{name}");
            assert_eq!(signed.signature, text(vector, "signature"), "{name}");
            assert_eq!(signed.authorization, text(vector, "authorization"), "{name}");
        }

        // The headers that the vendor's signer sends are verified.
        let wire = headers_of(&vector["wire_headers"]);
        let request = Request {
            method: text(input, "method"),
            host: text(input, "host"),
            path: text(input, "resource_path"),
            query: &query,
            headers: &wire,
            body: body.as_bytes(),
        };
        let verified = verify(&request, date.unix_seconds(), |_| Some(credentials.clone())).unwrap();
        assert_eq!(verified.canonical_request, text(vector, "canonical_request"), "{name}");
        assert_eq!(verified.access_key_id, text(input, "ak"), "{name}");
    }
}

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

#[test]
fn headers_with_an_underscore_are_not_signed() {
    let headers = [("X_Custom", "1"), ("X-B", "  two  words \t"), ("Accept", "*/*"), ("authorization", "old")];
    let signed = signing::sign(&post(&headers, b"{}"), &keys(), Some(now()), None).unwrap();
    assert_eq!(signed_names(&signed), ["accept", "host", "x-b", "x-sdk-date"]);
    assert_eq!(header(&signed, "x-b"), Some("two  words"));
    assert_eq!(header(&signed, "x_custom"), Some("1"));
    assert_eq!(header(&signed, "authorization"), None, "the new value is separate");
    assert_eq!(header(&signed, "host"), None, "HTTP libraries set it");
}

#[test]
fn headers_of_one_connection_are_signed_only_if_they_are_named() {
    let headers = [
        ("Connection", "keep-alive, X-Trace, Host, X-Sdk-Date"),
        ("Keep-Alive", "timeout=5"),
        ("Proxy-Authorization", "Basic eA=="),
        ("Proxy-Connection", "keep-alive"),
        ("TE", "trailers"),
        ("Trailer", "x-checksum"),
        ("Transfer-Encoding", "chunked"),
        ("Upgrade", "h2c"),
        ("X-Trace", "1"),
        ("Accept", "*/*"),
    ];
    let signed = signing::sign(&post(&headers, b"{}"), &temporary_keys(), Some(now()), None).unwrap();
    assert_eq!(signed_names(&signed), ["accept", "host", "x-sdk-date", "x-security-token"]);
    assert!(headers.iter().all(|(name, _)| header(&signed, &name.to_ascii_lowercase()).is_some()), "they are sent");
    let named: &[&str] = &["connection", "te", "x-trace"];
    let signed = signing::sign(&post(&headers, b"{}"), &keys(), Some(now()), Some(named)).unwrap();
    assert_eq!(signed_names(&signed), ["connection", "te", "x-sdk-date", "x-trace"]);
}

#[test]
fn only_the_requested_headers_and_the_date_and_token_are_signed() {
    let headers = [("content-type", "application/json"), ("x-project-id", "p"), ("accept", "*/*")];
    let request = post(&headers, b"{}");
    let only: &[&str] = &["Host", "X-Project-Id", "host"];
    let signed = signing::sign(&request, &temporary_keys(), Some(now()), Some(only)).unwrap();
    assert_eq!(signed_names(&signed), ["host", "x-project-id", "x-sdk-date", "x-security-token"]);
    assert_eq!(header(&signed, "content-type"), Some("application/json"), "sent but not signed");
    let minimal = signing::sign(&request, &keys(), Some(now()), Some(&[])).unwrap();
    assert_eq!(signed_names(&minimal), ["x-sdk-date"]);
    assert_eq!(
        signing::sign(&request, &keys(), Some(now()), Some(&["x-absent"])),
        Err(SignError::AbsentSignedHeader("x-absent".to_owned()))
    );
}

#[test]
fn a_content_hash_header_is_used() {
    let hash_line = |headers: &[(&str, &str)], body: &[u8]| {
        let signed = signing::sign(&post(headers, body), &keys(), Some(now()), None).unwrap();
        let line = signed.canonical_request.rsplit('\n').next().unwrap().to_owned();
        (line, header(&signed, "x-sdk-content-sha256").map(str::to_owned))
    };
    let unsigned = || Some("UNSIGNED-PAYLOAD".to_owned());
    let body = b"abc";
    let hash = hash_hex(body);
    assert_eq!(hash_line(&[], body), (hash.clone(), None));
    assert_eq!(hash_line(&[("Content-Type", "application/json;charset=utf-8")], body), (hash.clone(), None));
    assert_eq!(hash_line(&[("Content-Type", "application/bson")], body), (hash.clone(), None));
    assert_eq!(hash_line(&[("Content-Type", "")], body), (hash.clone(), None));
    assert_eq!(hash_line(&[("Content-Type", "text/plain")], body), ("UNSIGNED-PAYLOAD".to_owned(), unsigned()));
    assert_eq!(hash_line(&[("Content-Type", "text/plain")], b""), (signing::EMPTY_HASH.to_owned(), unsigned()));
    let own = [("content-type", "text/plain"), ("X-Sdk-Content-Sha256", hash.as_str())];
    assert_eq!(hash_line(&own, body), (hash.clone(), Some(hash.clone())));
}

#[test]
fn a_host_header_of_the_request_is_signed_and_sent() {
    let headers = [("Host", "other.example.com:8443")];
    let signed = signing::sign(&post(&headers, b""), &keys(), Some(now()), None).unwrap();
    assert!(signed.canonical_request.contains("\nhost:other.example.com:8443\n"));
    assert_eq!(header(&signed, "host"), Some("other.example.com:8443"));
}

#[test]
fn invalid_requests_are_not_signed() {
    let sign = |request: &Request<'_>, date| signing::sign(request, &keys(), date, None).map(|_| ());
    let fine = post(&[], b"");
    assert_eq!(sign(&fine, Some(now())), Ok(()));
    assert_eq!(sign(&fine, None), Err(SignError::InvalidDate));
    assert_eq!(sign(&post(&[("x-sdk-date", "today")], b""), None), Err(SignError::InvalidDate));
    assert_eq!(sign(&Request { method: "PO ST", ..fine.clone() }, Some(now())), Err(SignError::InvalidMethod));
    assert_eq!(sign(&Request { method: "", ..fine.clone() }, Some(now())), Err(SignError::InvalidMethod));
    assert_eq!(sign(&Request { host: "", ..fine.clone() }, Some(now())), Err(SignError::InvalidHost));
    assert_eq!(sign(&Request { host: "a\nb", ..fine.clone() }, Some(now())), Err(SignError::InvalidHost));
    for (name, value) in [("a\nb", "x"), ("", "x"), ("a:b", "x"), ("\u{e9}", "x")] {
        let headers = [(name, value)];
        assert_eq!(sign(&post(&headers, b""), Some(now())), Err(SignError::InvalidHeaderName(name.to_owned())));
    }
    for value in ["a\nb", "a\rb", "a\0b", "a\u{7f}b"] {
        let headers = [("x-a", value)];
        let error = sign(&post(&headers, b""), Some(now())).unwrap_err();
        assert_eq!(error, SignError::InvalidHeaderValue("x-a".to_owned()));
    }
}

#[test]
fn a_line_break_cannot_add_a_line_to_the_canonical_request() {
    let request = Request { path: "/a%0Ab", query: "k%0A=v%0D%0A", ..post(&[], b"") };
    let signed = signing::sign(&request, &keys(), Some(now()), None).unwrap();
    assert_eq!(signed.canonical_request.lines().nth(1), Some("/a%0Ab/"));
    assert_eq!(signed.canonical_request.lines().nth(2), Some("k%0A=v%0D%0A"));
}

#[test]
fn invalid_keys_are_refused() {
    let new = |ak: &str, sk: &str, token: Option<&str>| {
        Credentials::new(ak, sk, token).map(|_| ()).map_err(|error| error.code())
    };
    assert_eq!(new(AK, SK, None), Ok(()));
    assert_eq!(new(AK, SK, Some("")), Ok(()));
    for ak in ["", "a b", "a,b", "a\n", "\u{e9}"] {
        assert_eq!(new(ak, SK, None), Err("invalid_access_key_id"), "{ak:?}");
    }
    for sk in ["", "a b", "a\n", "\u{feff}\u{0}"] {
        assert_eq!(new(AK, sk, None), Err("invalid_secret_access_key"), "{sk:?}");
    }
    for token in ["a b", "a\n", "\u{e9}"] {
        assert_eq!(new(AK, SK, Some(token)), Err("invalid_security_token"), "{token:?}");
    }
}

#[test]
fn keys_are_not_printed() {
    let keys = Credentials::new(CANARY, CANARY, Some(CANARY)).unwrap();
    assert_eq!(format!("{keys}"), "[redacted]");
    assert_eq!(format!("{keys:?} {keys:#?}"), "Credentials { [redacted] } Credentials { [redacted] }");
    let signed = signing::sign(&post(&[], b""), &keys, Some(now()), None).unwrap();
    assert!(!format!("{signed:?}{signed:#?}").contains(CANARY));
    let error = Credentials::new(CANARY, &format!("{CANARY}\n"), None).unwrap_err();
    assert!(!format!("{error}{error:?}").contains(CANARY));
}

fn refusal(request: &Request<'_>, now: i64) -> &'static str {
    match verify(request, now, |id| (id == AK).then(keys)) {
        Ok(_) => "verified",
        Err(refusal) => refusal.code(),
    }
}

#[test]
fn clock_skew_may_be_fifteen_minutes() {
    let signed = signing::sign(&post(&[], b"{}"), &keys(), Some(now()), None).unwrap();
    let headers = sent(&signed);
    let request = post(&headers, b"{}");
    for (offset, expected) in
        [(0, "verified"), (900, "verified"), (-900, "verified"), (901, "expired"), (-901, "expired")]
    {
        assert_eq!(refusal(&request, NOW + offset), expected, "{offset}");
    }
    assert_eq!(verify(&request, NOW + 1000, |_| Some(keys())), Err(Refusal::Expired { skew_seconds: -1000 }));
    assert_eq!(refusal(&request, i64::MAX), "expired");
    assert_eq!(refusal(&request, i64::MIN), "expired");
}

#[test]
fn each_refusal_has_its_code() {
    let signed = signing::sign(&post(&[("x-a", "1")], b"{}"), &keys(), Some(now()), None).unwrap();
    let with = |name: &str, value: Option<&str>| {
        let mut headers: Vec<(&str, &str)> = sent(&signed).into_iter().filter(|(n, _)| *n != name).collect();
        headers.extend(value.map(|value| ("added", value)));
        if let (Some(last), Some(value)) = (headers.last_mut(), value) {
            // Leaks a few bytes.
            *last = (String::leak(name.to_owned()), String::leak(value.to_owned()));
        }
        refusal(&post(&headers, b"{}"), NOW)
    };
    let authorization = signed.authorization.as_str();
    assert_eq!(with("x-unrelated", Some("1")), "verified");
    assert_eq!(with("authorization", None), "unsigned");
    for malformed in [
        "",
        "Bearer x",
        "SDK-HMAC-SHA256",
        "SDK-HMAC-SHA256 Access=, SignedHeaders=host, Signature=00",
        "SDK-HMAC-SHA256 Access=a, SignedHeaders=, Signature=00",
        "SDK-HMAC-SHA256 Access=a, SignedHeaders=host, Signature=",
        "SDK-HMAC-SHA256 Access=a, Signature=00, SignedHeaders=host",
        "sdk-hmac-sha256 Access=a, SignedHeaders=host, Signature=00",
        &format!("{authorization}, More=1"),
        &authorization.replace("SHA256 ", "SHA512 "),
    ] {
        assert_eq!(with("authorization", Some(malformed)), "malformed_authorization", "{malformed}");
    }
    assert_eq!(with("authorization", Some(&authorization.replace(", ", ","))), "verified");
    assert_eq!(with("authorization", Some(&authorization.replace(AK, "NOBODY"))), "unknown_access_key");
    assert_eq!(with("authorization", Some(&authorization.replace("x-sdk-date", "x-a"))), "invalid_date");
    assert_eq!(with("authorization", Some(&authorization.replace("x-a;", "x-absent;"))), "absent_signed_header");
    assert_eq!(with("authorization", Some(&authorization.replace("x-a;", ""))), "wrong_signature");
    assert_eq!(with("authorization", Some(&authorization.to_ascii_uppercase())), "malformed_authorization");
    assert_eq!(with("x-sdk-date", None), "invalid_date");
    assert_eq!(with("x-sdk-date", Some("2024-06-19")), "invalid_date");
    assert_eq!(with("x-sdk-date", Some("20240619T080911Z")), "wrong_signature");
    assert_eq!(with("x-a", Some("2")), "wrong_signature");
    assert_eq!(with("x-security-token", Some("t")), "wrong_security_token");
    assert_eq!(with("x-sdk-content-sha256", Some("00")), "wrong_content_hash");
    assert_eq!(with("x-sdk-content-sha256", Some("UNSIGNED-PAYLOAD")), "wrong_signature");
    let cut = authorization.get(..authorization.len() - 2).unwrap();
    for signature in [cut, &format!("{authorization}00"), &format!("{cut}zz"), &format!("{cut}Ff")] {
        assert_eq!(with("authorization", Some(signature)), "wrong_signature", "{signature}");
    }
}

#[test]
fn the_error_of_a_wrong_signature_contains_the_canonical_request_on_one_line() {
    let signed = signing::sign(&post(&[], b"{}"), &keys(), Some(now()), None).unwrap();
    let headers = sent(&signed);
    let refusal = verify(&post(&headers, b"[]"), NOW, |_| Some(keys())).unwrap_err();
    let message = refusal.to_string();
    assert!(message.starts_with(
        "verify aksk signature fail, canonicalRequest:POST|/v3/bb1e5a7c0d4f4e498cb0123456735634/tracker/||host:cts."
    ));
    assert!(message.ends_with(&hash_hex(b"[]")));
    assert!(!message.contains('\n'));
}

#[test]
fn temporary_keys_need_their_token_signed() {
    let lookup = |_: &str| Some(temporary_keys());
    let signed = signing::sign(&post(&[], b"{}"), &temporary_keys(), Some(now()), None).unwrap();
    let headers = sent(&signed);
    assert!(verify(&post(&headers, b"{}"), NOW, lookup).is_ok());
    // A token added after signing is refused.
    let signed = signing::sign(&post(&[], b"{}"), &keys(), Some(now()), None).unwrap();
    let mut headers = sent(&signed);
    assert_eq!(verify(&post(&headers, b"{}"), NOW, lookup), Err(Refusal::WrongSecurityToken));
    headers.push(("x-security-token", "token=="));
    assert_eq!(verify(&post(&headers, b"{}"), NOW, lookup), Err(Refusal::WrongSecurityToken));
}

#[test]
fn http_requests_verify_the_same() {
    let signed = signing::sign(&post(&[("x-a", "1, 2")], b"{}"), &keys(), Some(now()), None).unwrap();
    for (uri, host) in [
        ("https://cts.eu-west-101.myhuaweicloud.eu/v3/bb1e5a7c0d4f4e498cb0123456735634/tracker", None),
        ("/v3/bb1e5a7c0d4f4e498cb0123456735634/tracker", Some("cts.eu-west-101.myhuaweicloud.eu")),
    ] {
        let mut request = http::Request::post(uri);
        for (name, value) in sent(&signed).into_iter().filter(|(name, _)| *name != "x-a") {
            request = request.header(name, value);
        }
        // A header may be split into two lines.
        request = request.header("x-a", "1").header("x-a", "2");
        if let Some(host) = host {
            request = request.header("host", host);
        }
        let request = request.body(b"{}".to_vec()).unwrap();
        let verified = verify_http(&request, NOW, |_| Some(keys())).unwrap();
        assert_eq!(verified.canonical_request, signed.canonical_request);
    }
}

prop_compose! {
    fn any_request()(
        method in "[A-Za-z]{1,7}",
        host in "[a-z0-9.-]{1,30}(:[0-9]{1,5})?",
        path in "(/[ -~é中]{0,12}){0,5}",
        query in "[ -~é中]{0,40}",
        headers in prop::collection::btree_map("[A-Za-z0-9_-]{1,12}", "[ -~é中]{0,20}", 0..6),
        body in prop::collection::vec(any::<u8>(), 0..64),
    ) -> (String, String, String, String, Vec<(String, String)>, Vec<u8>) {
        // Names with a meaning for the algorithm have separate tests.
        let headers = headers
            .into_iter()
            .filter(|(name, _)| {
                let name = name.to_ascii_lowercase();
                !name.starts_with("x-s") && !["authorization", "content-type", "host"].contains(&name.as_str())
            })
            .collect();
        (method, host, path, query, headers, body)
    }
}

fn borrowed(headers: &[(String, String)]) -> Vec<(&str, &str)> {
    headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

proptest! {
    #[test]
    fn signed_requests_verify_and_changed_ones_do_not(
        (method, host, path, query, headers, body) in any_request(),
        flip in any::<prop::sample::Index>(),
    ) {
        let own = borrowed(&headers);
        let request =
            Request { method: &method, host: &host, path: &path, query: &query, headers: &own, body: &body };
        let signed = signing::sign(&request, &keys(), Some(now()), None).unwrap();
        let wire = sent(&signed);
        let arrived = Request { headers: &wire, ..request.clone() };
        let verified = verify(&arrived, NOW, |_| Some(keys())).unwrap();
        prop_assert_eq!(&verified.canonical_request, &signed.canonical_request);

        // Changes the key, method, host, path or body.
        let other = Credentials::new(AK, "another", None).unwrap();
        let wrong = |request: &Request<'_>, keys: &Credentials| {
            let result = verify(request, NOW, |_| Some(keys.clone()));
            prop_assert!(matches!(result, Err(Refusal::WrongSignature { .. })), "{:?}", result);
            Ok(())
        };
        wrong(&arrived, &other)?;
        wrong(&Request { method: "TRACE9", ..arrived.clone() }, &keys())?;
        wrong(&Request { host: "evil.example", ..arrived.clone() }, &keys())?;
        wrong(&Request { path: "/evil", ..arrived.clone() }, &keys())?;
        let longer = [body.as_slice(), b"x"].concat();
        wrong(&Request { body: &longer, ..arrived.clone() }, &keys())?;
        if !body.is_empty() {
            let mut changed = body.clone();
            changed[flip.index(body.len())] ^= 1;
            wrong(&Request { body: &changed, ..arrived.clone() }, &keys())?;
        }
    }

    #[test]
    fn nothing_panics(
        header in "\\PC{0,60}", date in "\\PC{0,20}", path in "\\PC{0,30}", query in "\\PC{0,30}", now in any::<i64>(),
    ) {
        for authorization in [header.clone(), format!("SDK-HMAC-SHA256 Access={AK}, SignedHeaders=x-sdk-date, Signature={header}")] {
            let headers = [("authorization", authorization.as_str()), ("x-sdk-date", date.as_str())];
            let request = Request { method: "POST", host: "", path: &path, query: &query, headers: &headers, body: b"" };
            prop_assert!(verify(&request, now, |_| Some(keys())).is_err());
        }
        let _ = canonical_uri(&path);
        let _ = canonical_query_string(&query_pairs(&query));
    }

    #[test]
    fn canonical_uri_is_a_fixed_point(path in "(/[ -~é中]{0,12}){0,5}") {
        // A literal '%' is encoded again, so only paths without one are unchanged.
        prop_assume!(!path.contains('%'));
        let once = canonical_uri(&path).into_owned();
        prop_assert_eq!(canonical_uri(&once).into_owned(), once);
    }
}
