//! The parts of the canonical request.

use std::borrow::Cow;
use std::collections::BinaryHeap;

/// The characters that RFC 3986 leaves unencoded. `! ' ( ) *` are not among them.
const fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~')
}

/// Encodes every byte except the unreserved ones as `%XX`, in upper case.
pub fn percent_encode(text: &str) -> Cow<'_, str> {
    if text.bytes().all(is_unreserved) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() * 3);
    push_encoded(&mut out, text);
    Cow::Owned(out)
}

fn push_encoded(out: &mut String, text: &str) {
    for byte in text.bytes() {
        if is_unreserved(byte) {
            out.push(char::from(byte));
        } else {
            out.push('%');
            out.push(upper_hex(byte >> 4));
            out.push(upper_hex(byte & 15));
        }
    }
}

const fn upper_hex(nibble: u8) -> char {
    (if nibble < 10 { b'0' + nibble } else { b'A' + nibble - 10 }) as char
}

/// Decodes `%XX`. A `%` that does not start such a triple stays; bytes that are not UTF-8 become U+FFFD.
pub fn percent_decode(text: &str) -> Cow<'_, str> {
    if !text.contains('%') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    // The decoded bytes of a run of ASCII: a character written plainly never completes an encoded one.
    let mut run: Vec<u8> = Vec::new();
    let mut rest = text.as_bytes();
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        rest = rest.get(c.len_utf8()..).unwrap_or_default();
        let byte = match (c, rest) {
            ('%', [high, low, ..]) => match (hex_value(*high), hex_value(*low)) {
                (Some(high), Some(low)) => {
                    chars.next();
                    chars.next();
                    rest = rest.get(2..).unwrap_or_default();
                    high << 4 | low
                }
                _ => b'%',
            },
            (c, _) if c.is_ascii() => c as u8,
            (c, _) => {
                out.push_str(&String::from_utf8_lossy(&run));
                run.clear();
                out.push(c);
                continue;
            }
        };
        run.push(byte);
    }
    out.push_str(&String::from_utf8_lossy(&run));
    Cow::Owned(out)
}

const fn hex_value(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        b'A'..=b'F' => Some(digit - b'A' + 10),
        _ => None,
    }
}

/// The path, decoded and encoded once, with a `/` at the end.
pub fn canonical_uri(path: &str) -> Cow<'_, str> {
    let plain = path.bytes().all(|b| b == b'/' || is_unreserved(b));
    if plain && path.ends_with('/') {
        return Cow::Borrowed(path);
    }
    let mut out = String::with_capacity(path.len() + 16);
    if plain {
        out.push_str(path);
    } else {
        for (i, segment) in percent_decode(path).split('/').enumerate() {
            if i > 0 {
                out.push('/');
            }
            push_encoded(&mut out, segment);
        }
    }
    if !out.ends_with('/') {
        out.push('/');
    }
    Cow::Owned(out)
}

/// The pairs of a query as it stands in a URL, decoded. `+` is a space, as `URLSearchParams` writes it.
pub fn query_pairs(query: &str) -> Vec<(String, String)> {
    let decode = |part: &str| {
        if part.contains('+') {
            percent_decode(&part.replace('+', " ")).into_owned()
        } else {
            percent_decode(part).into_owned()
        }
    };
    query
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            (decode(key), decode(value))
        })
        .collect()
}

/// The pairs sorted by key, then value, both decoded; an empty value keeps its `=`.
pub fn canonical_query_string(pairs: &[(String, String)]) -> String {
    // The sort functions of the standard library are 3 kB of brotli for each type of item.
    let sorted: BinaryHeap<&(String, String)> = pairs.iter().collect();
    let mut out = String::new();
    for (key, value) in sorted.into_sorted_vec() {
        if !out.is_empty() {
            out.push('&');
        }
        push_encoded(&mut out, key);
        out.push('=');
        push_encoded(&mut out, value);
    }
    out
}

/// `name:value`, a line each. The names come sorted and in lower case, the values trimmed.
pub fn canonical_headers(headers: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(headers.iter().map(|(n, v)| n.len() + v.len() + 2).sum());
    for (name, value) in headers {
        out.push_str(name);
        out.push(':');
        out.push_str(value);
        out.push('\n');
    }
    out
}

/// The names of the signed headers, which come sorted and in lower case, joined by `;`.
pub fn signed_headers(headers: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(headers.iter().map(|(name, _)| name.len() + 1).sum());
    for (name, _) in headers {
        if !out.is_empty() {
            out.push(';');
        }
        out.push_str(name);
    }
    out
}

/// The canonical request. `canonical_headers` ends with a line feed, so an empty line follows.
pub fn canonical_request(
    method: &str,
    canonical_uri: &str,
    canonical_query_string: &str,
    canonical_headers: &str,
    signed_headers: &str,
    payload_hash: &str,
) -> String {
    [method, canonical_uri, canonical_query_string, canonical_headers, signed_headers, payload_hash].join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodes_all_but_the_unreserved() {
        assert_eq!(percent_encode("aZ09-._~"), "aZ09-._~");
        assert_eq!(percent_encode("!'()* +/\u{e9}\u{4e2d}"), "%21%27%28%29%2A%20%2B%2F%C3%A9%E4%B8%AD");
    }

    #[test]
    fn decodes_once() {
        assert_eq!(percent_decode("%2541"), "%41");
        assert_eq!(percent_decode("100%"), "100%");
        assert_eq!(percent_decode("%4"), "%4");
        assert_eq!(percent_decode("%zz%41"), "%zzA");
        assert_eq!(percent_decode("%%41"), "%A");
        assert_eq!(percent_decode("%E4%B8%AD\u{4e2d}"), "\u{4e2d}\u{4e2d}");
        assert_eq!(percent_decode("%E4\u{4e2d}"), "\u{fffd}\u{4e2d}");
        assert_eq!(percent_decode("%\u{4e2d}"), "%\u{4e2d}");
        assert_eq!(percent_decode("%ff%fe"), "\u{fffd}\u{fffd}");
    }

    #[test]
    fn path_ends_with_a_slash() {
        assert_eq!(canonical_uri(""), "/");
        assert_eq!(canonical_uri("/"), "/");
        assert_eq!(canonical_uri("/v3/a"), "/v3/a/");
        assert_eq!(canonical_uri("/v3/a/"), "/v3/a/");
        assert_eq!(canonical_uri("/a b/%2F/%41"), "/a%20b///A/");
        assert_eq!(canonical_uri("/urn:fss:x"), "/urn%3Afss%3Ax/");
    }

    #[test]
    fn query_is_sorted_decoded() {
        let query = |q: &str| canonical_query_string(&query_pairs(q));
        assert_eq!(query(""), "");
        assert_eq!(query("b=2&a=1&b=1&c&&d="), "a=1&b=1&b=2&c=&d=");
        assert_eq!(query("a=x+y&a=x%20y&a=x%2By"), "a=x%20y&a=x%20y&a=x%2By");
        assert_eq!(query("a=b=c"), "a=b%3Dc");
        // '~' sorts after letters decoded, and would not encoded as %7E.
        assert_eq!(query("%7Ea=1&z=1"), "z=1&~a=1");
    }
}
