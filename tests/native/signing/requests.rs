//! What of a request is signed, and which requests and keys are refused.

use super::*;

const CANARY: &str = "CANARYxSECRETx8f14e45fceea167a";

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
