//! What holds for any request.

use super::*;

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
