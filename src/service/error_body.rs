//! Reads the code, message and request ID of a failed response, from the service or anything in front of it.
//!
//! There are many formats. The service writes `error_code` and `error_msg`. Gateways add a `request_id`, or use a template
//! with `errorcode`, `errormsg` and `requestid`. IAM nests `code` and `message` under `error`, and the code may be a
//! number. Others write `code` and `message`, or `errorCode` and `errorMsg`. OBS responds with XML, load balancers with HTML
//! or no body, and our signing proxy with problem details (RFC 9457).

use std::borrow::Cow;

use crate::decode::JsonReader;

/// Whether bytes of the request may have reached the service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sent {
    No,
    Yes,
    Unknown,
}

impl Sent {
    /// In the order of their numbers.
    pub const ALL: [Sent; 3] = [Sent::No, Sent::Yes, Sent::Unknown];

    pub const fn as_str(self) -> &'static str {
        match self {
            Sent::No => "no",
            Sent::Yes => "yes",
            Sent::Unknown => "unknown",
        }
    }
}

/// The headers of a response that the client needs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Headers {
    pub content_type: String,
    pub retry_after: String,
    pub date: String,
    pub request_id: String,
}

/// The headers with the ID of a request: of CTS and its gateway, of IAM, of OBS.
pub const REQUEST_ID_HEADERS: [&str; 3] = ["x-request-id", "x-iam-trace-id", "x-obs-request-id"];

impl Headers {
    /// Reads the headers. `get` returns an empty string for an absent header.
    pub fn read(get: &mut dyn FnMut(&str) -> String) -> Self {
        let mut request_id = String::new();
        for name in REQUEST_ID_HEADERS {
            if request_id.is_empty() {
                request_id = get(name);
            }
        }
        Headers { content_type: get("content-type"), retry_after: get("retry-after"), date: get("date"), request_id }
    }

    fn is(&self, kind: &str) -> bool {
        let begins = self.content_type.bytes().take(kind.len()).map(|byte| byte.to_ascii_lowercase());
        begins.eq(kind.bytes())
    }
}

/// The contents of a failed response. Absent parts are empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ServiceError {
    pub status: u16,
    /// `CTS.0203` or `APIGW.0301`, with its case unchanged.
    pub code: String,
    /// The message of the response.
    pub message: String,
    pub request_id: String,
    /// If the response is from the signing proxy: whether the proxy had sent the request. Problem details without `sent`
    /// are not from the proxy.
    pub proxy: Option<Sent>,
}

/// The names of members, in lower case and without `_`, so that `error_code`, `errorCode` and `errorcode` are equal.
const NAMES: [&str; 9] =
    ["errorcode", "code", "errormsg", "errormessage", "message", "detail", "title", "requestid", "sent"];

/// The first text of each name that is not empty.
type Members<'a> = [Cow<'a, str>; NAMES.len()];

/// Reads a failed response. Parts that cannot be read stay empty.
pub fn read(status: u16, headers: &Headers, body: &str) -> ServiceError {
    let mut found = Members::default();
    let mut json = JsonReader::new(body);
    if json.space() == Some(b'<') {
        for name in ["Code", "Message", "title", "RequestId"] {
            take(&mut found, name, Cow::Borrowed(element(body, name).unwrap_or_default()));
        }
    } else {
        // If the body is cut short, the members before the end are kept.
        object(&mut found, &mut json, true);
    }
    let [error_code, code, error_msg, error_message, message, detail, title, request_id, sent] = &found;
    let proxy = match &**sent {
        "" => None,
        "no" => Some(Sent::No),
        "yes" => Some(Sent::Yes),
        _ => Some(Sent::Unknown),
    };
    ServiceError {
        status,
        code: first(&[error_code, code]),
        message: first(&[error_msg, error_message, message, detail, title]),
        request_id: first(&[&headers.request_id, request_id]),
        proxy: proxy.filter(|_| headers.is("application/problem+json")),
    }
}

#[inline(never)]
fn first(texts: &[&str]) -> String {
    String::from(texts.iter().find(|text| !text.is_empty()).copied().unwrap_or_default())
}

#[inline(never)]
fn take<'a>(found: &mut Members<'a>, key: &str, text: Cow<'a, str>) {
    let place = NAMES.iter().position(|name| same(name, key));
    if let Some(to) = place.and_then(|place| found.get_mut(place))
        && to.is_empty()
    {
        *to = text;
    }
}

fn object<'a>(found: &mut Members<'a>, json: &mut JsonReader<'a>, outer: bool) {
    json.entries(&mut |key, json| {
        if outer && key == "error" && json.space() == Some(b'{') {
            object(found, json, false);
        } else if let Some(text) = json.scalar() {
            take(found, key, text);
        }
    });
}

/// Whether a key equals a name, ignoring case and `_`.
fn same(name: &str, key: &str) -> bool {
    let letters = key.bytes().filter(|byte| *byte != b'_').map(|byte| byte.to_ascii_lowercase());
    letters.eq(name.bytes())
}

/// The unescaped text of the first element with this name: in the XML of OBS, or the title of an HTML page.
fn element<'a>(body: &'a str, name: &str) -> Option<&'a str> {
    let mut parts = body.as_bytes().split(|byte| *byte == b'<');
    // The last part may be incomplete.
    parts.next_back();
    let text = parts.find_map(|part| part.strip_prefix(name.as_bytes())?.strip_prefix(b">"))?;
    str::from_utf8(text).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn json(status: u16, body: &str) -> ServiceError {
        read(status, &Headers { content_type: "application/json".into(), ..Headers::default() }, body)
    }

    /// The body, and the expected code, message and request ID.
    const SHAPES: &[(&str, &str, &str, &str)] = &[
        // CTS
        (r#"{"error_code":"CTS.0203","error_msg":"bad name"}"#, "CTS.0203", "bad name", ""),
        (r#"{"error_code":"cts.0007","error_msg":"x","obs_details":{"code":"y"}}"#, "cts.0007", "x", ""),
        // the gateway, in any order of keys
        (
            r#"{"error_msg":"Incorrect","error_code":"APIGW.0301","request_id":"2f3e"}"#,
            "APIGW.0301",
            "Incorrect",
            "2f3e",
        ),
        (r#"{"errorcode":"APIG.0308","errormsg":"slow","requestid":"9a","apiId":"b"}"#, "APIG.0308", "slow", "9a"),
        // IAM, the code a number
        (r#"{"error":{"code":401,"message":"unauthorized","title":"Unauthorized"}}"#, "401", "unauthorized", ""),
        (r#"{"error":{"title":"Unauthorized"}}"#, "", "Unauthorized", ""),
        // others
        (r#"{"code":"X.1","message":"m"}"#, "X.1", "m", ""),
        (r#"{"errorCode":"X.2","errorMsg":"n","requestId":"r"}"#, "X.2", "n", "r"),
        (r#"{"error_code":"X","message":"m"}"#, "X", "m", ""),
        (r#"{"code":"a","error_code":"b","message":"c","error_msg":"d"}"#, "b", "d", ""),
        (r#"{"error_code":"b","code":"a","error_msg":"d","message":"c"}"#, "b", "d", ""),
        (r#"{"error_code":"","code":"a","error_msg":null,"message":"c"}"#, "a", "c", ""),
        (r#"{"timestamp":1,"error":"Not Members","message":"No message"}"#, "", "No message", ""),
        (r#"{"error_code":1234,"error_msg":true}"#, "1234", "", ""),
        (
            r#"{"error_code":"A","error_msg":"b","encoded_authorization_message":"zzz","details":[{"code":"q"}]}"#,
            "A",
            "b",
            "",
        ),
        // OBS
        (
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>NoSuchBucket</Code><Message>no such bucket</Message>\
             <Resource>/x</Resource><RequestId>0000</RequestId><HostId>h</HostId></Error>",
            "NoSuchBucket",
            "no such bucket",
            "0000",
        ),
        // load balancers
        ("<html>\r\n<head><title>502 Bad Gateway</title></head><body>…</body></html>", "", "502 Bad Gateway", ""),
        ("<!DOCTYPE html><p>no", "", "", ""),
        ("upstream connect error", "", "", ""),
        ("", "", "", ""),
        ("  \r\n", "", "", ""),
        // not an object
        (r#"[{"error_code":"CTS.0203"}]"#, "", "", ""),
        (r#""CTS.0203""#, "", "", ""),
        ("null", "", "", ""),
        // cut short
        (r#"{"error_code":"CTS.0001","error_msg":"IAM or OB"#, "CTS.0001", "", ""),
        (r#"{"error":{"code":"x","mess"#, "x", "", ""),
        (r#"{"error_code""#, "", "", ""),
        // escapes
        (r#"{"error\u005fcode":"\u0041","error_msg":"\"\ud83d\ude00"}"#, "A", "\"😀", ""),
    ];

    #[test]
    fn every_shape_of_body() {
        for (body, code, message, request_id) in SHAPES {
            let error = json(400, body);
            assert_eq!((&*error.code, &*error.message, &*error.request_id), (*code, *message, *request_id), "{body}");
            assert_eq!((error.status, error.proxy), (400, None), "{body}");
        }
    }

    #[test]
    fn any_prefix_of_any_shape_is_read() {
        for (body, ..) in SHAPES {
            for (end, _) in body.char_indices() {
                let _ = json(500, body.get(..end).unwrap_or_default());
            }
        }
    }

    #[test]
    fn the_header_has_the_request_id_before_the_body() {
        let given = |list: &[(&str, &str)]| {
            let headers = Headers::read(&mut |name| {
                list.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned()).unwrap_or_default()
            });
            read(404, &headers, r#"{"request_id":"body"}"#).request_id
        };
        assert_eq!(given(&[]), "body");
        assert_eq!(given(&[("x-request-id", "a"), ("x-iam-trace-id", "b"), ("x-obs-request-id", "c")]), "a");
        assert_eq!(given(&[("x-iam-trace-id", "b"), ("x-obs-request-id", "c")]), "b");
        assert_eq!(given(&[("x-obs-request-id", "c")]), "c");
    }

    #[test]
    fn problem_details_of_the_proxy() {
        let problem = |content_type: &str, body: &str| {
            read(502, &Headers { content_type: content_type.into(), ..Headers::default() }, body)
        };
        let error = problem(
            "application/problem+json; charset=utf-8",
            r#"{"type":"about:blank","title":"Bad Gateway","status":502,"code":"upstream_unreachable","detail":"no route","sent":"no"}"#,
        );
        assert_eq!((&*error.code, &*error.message), ("upstream_unreachable", "no route"));
        assert_eq!(error.proxy, Some(Sent::No));
        let sent = |sent: &str| problem("Application/Problem+JSON", &format!(r#"{{"sent":{sent}}}"#)).proxy;
        assert_eq!(sent(r#""yes""#), Some(Sent::Yes));
        assert_eq!(sent(r#""unknown""#), Some(Sent::Unknown));
        for junk in [r#""maybe""#, "7"] {
            assert_eq!(sent(junk), Some(Sent::Unknown), "{junk}");
        }
        for none in [r#""""#, "null", "{}"] {
            assert_eq!(sent(none), None, "{none}");
        }
        // Only the proxy may set `sent`.
        assert_eq!(problem("application/json", r#"{"sent":"no"}"#).proxy, None);
    }
}
