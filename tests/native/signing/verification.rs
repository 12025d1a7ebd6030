//! Verification of received requests, also of tampered ones.

use super::*;

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
