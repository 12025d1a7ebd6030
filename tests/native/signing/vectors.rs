//! Every stage of the algorithm against requests signed by the vendor's signer.

use super::*;

fn vectors() -> Vec<Value> {
    let file: Value = serde_json::from_str(include_str!("../../vectors/signing.json")).unwrap();
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
