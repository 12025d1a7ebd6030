//! `signRequest` and `verifyRequest`: decode, call, encode.

use std::cell::RefCell;

use wasm_bindgen::prelude::wasm_bindgen;

use super::{Input, call};
use crate::signing::{self, Authorization, Credentials, DATE_HEADER, Refusal, Request, SdkDate, SignError};

/// In: method, host, path, query, access key id, secret access key, security token, the date as text (perhaps empty), a
/// list of the headers to sign (its length empty for the usual ones), names and values of headers; the body. `date` is
/// the same in milliseconds since 1970, NaN when not given; with neither it is that of the headers, or else `now`.
///
/// Out: `ok`, signature, authorization, string to sign, canonical request, names and values of headers; or
/// `error`, code, message.
#[wasm_bindgen(js_name = sign)]
pub fn sign(count: usize, fields: usize, body: usize, date: f64, now: f64) -> usize {
    call(Input { count, fields, body }, |mut fields, body, out| {
        let (method, host, path, query) = (fields.text(), fields.text(), fields.text(), fields.text());
        let keys = [fields.text(), fields.text(), fields.text()];
        let date_text = fields.some();
        let only = fields.list();
        let headers = fields.pairs();
        let dated = headers.iter().any(|(name, _)| name.eq_ignore_ascii_case(DATE_HEADER));
        let given = match date_text {
            Some(text) => Some(SdkDate::parse(text)),
            None if !date.is_nan() => Some(from_millis(date)),
            None if !dated => Some(from_millis(now)),
            None => None,
        };
        let date = match given {
            Some(None) => return out.failure(SignError::InvalidDate.code(), &SignError::InvalidDate.to_string()),
            other => other.flatten(),
        };
        let request = Request { method, host, path, query, headers: &headers, body };
        with_credentials(keys, |credentials| {
            let credentials = match credentials {
                Ok(credentials) => credentials,
                Err(error) => return out.failure(error.code(), &error.to_string()),
            };
            match signing::sign(&request, credentials, date, only.as_deref()) {
                Ok(signed) => {
                    out.add("ok").add(&signed.signature).add(&signed.authorization).add(&signed.string_to_sign);
                    out.add(&signed.canonical_request);
                    for (name, value) in &signed.headers {
                        out.add(name).add(value);
                    }
                }
                Err(error) => out.failure(error.code(), &error.to_string()),
            }
        });
    })
}

/// In: an `Authorization` header. Out: the access key id it names; empty if it is not of this algorithm.
#[wasm_bindgen(js_name = accessKeyIdOf)]
pub fn access_key_id_of(count: usize, fields: usize, body: usize) -> usize {
    call(Input { count, fields, body }, |mut fields, _, out| {
        let authorization = Authorization::parse(fields.text().trim());
        out.add(authorization.map(|authorization| authorization.access_key_id).unwrap_or_default());
    })
}

/// In: method, host, path, query, secret access key (empty if nobody has the access key), security token, names and
/// values of headers; the body. `now` is in milliseconds since 1970.
///
/// Out: `ok`, access key id, signed headers, canonical request; or `error`, code, message, canonical request,
/// seconds of skew.
#[wasm_bindgen(js_name = verify)]
pub fn verify(count: usize, fields: usize, body: usize, now: f64) -> usize {
    call(Input { count, fields, body }, |mut fields, body, out| {
        let (method, host, path, query) = (fields.text(), fields.text(), fields.text(), fields.text());
        let (secret, token) = (fields.some(), fields.some());
        let headers = fields.pairs();
        let request = Request { method, host, path, query, headers: &headers, body };
        let lookup = |id: &str| Credentials::new(id, secret?, token).ok();
        match signing::verify(&request, (now / 1000.0).floor() as i64, lookup) {
            Ok(verified) => {
                out.add("ok").add(&verified.access_key_id).add(&verified.signed_headers.join(";"));
                out.add(&verified.canonical_request);
            }
            Err(refusal) => {
                out.failure(refusal.code(), &refusal.to_string());
                let skew = match &refusal {
                    Refusal::Expired { skew_seconds } => skew_seconds.to_string(),
                    _ => String::new(),
                };
                match &refusal {
                    Refusal::WrongSignature { canonical_request } => out.add(canonical_request),
                    _ => out.add(""),
                };
                out.add(&skew);
            }
        }
    })
}

/// The keys of a call. Those of the last call are kept: mostly they are the same, and take time to make.
pub(super) fn with_credentials<T>(
    keys: [&str; 3],
    run: impl FnOnce(Result<&Credentials, signing::CredentialsError>) -> T,
) -> T {
    thread_local! {
        static LAST: RefCell<Option<([String; 3], Credentials)>> = const { RefCell::new(None) };
    }
    let [access_key_id, secret_access_key, security_token] = keys;
    LAST.with_borrow_mut(|last| {
        if let Some((_, credentials)) = last.as_ref().filter(|(kept, _)| *kept == keys) {
            return run(Ok(credentials));
        }
        match Credentials::new(access_key_id, secret_access_key, Some(security_token)) {
            Ok(credentials) => {
                let (_, credentials) = last.insert((keys.map(str::to_owned), credentials));
                run(Ok(credentials))
            }
            Err(error) => run(Err(error)),
        }
    })
}

fn from_millis(millis: f64) -> Option<SdkDate> {
    // Out of range saturates, and is then no date.
    millis.is_finite().then_some(millis as i64).and_then(SdkDate::from_unix_millis)
}
