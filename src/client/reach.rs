//! Whether a request that failed without an answer ever left, as far as the runtime's error tells.

/// Codes of Node (its own and undici's) and of Bun for a connection that was never made.
const CODES: [&str; 7] = [
    "ECONNREFUSED",
    "ENOTFOUND",
    "EAI_AGAIN",
    "EHOSTUNREACH",
    "ENETUNREACH",
    "UND_ERR_CONNECT_TIMEOUT",
    "ConnectionRefused",
];

const SYSCALLS: [&str; 2] = ["connect", "getaddrinfo"];

/// Whether an error with this `code`, `syscall` and message says that no connection was made. Browsers say nothing,
/// so there the answer is always no.
pub fn never_left(code: &str, syscall: &str, message: &str) -> bool {
    // A connection that was made may break with any code: a route that is gone is EHOSTUNREACH to a read as well.
    if !syscall.is_empty() {
        return one_of(&SYSCALLS, syscall);
    }
    one_of(&CODES, code)
        // A certificate that was refused comes before the request. Node: DEPTH_ZERO_SELF_SIGNED_CERT and its like.
        || has(code, "CERT")
        // Deno.
        || has(message, "client error (Connect)")
}

/// Once for both lists: the compiler would compare with each word by code of its own.
#[inline(never)]
fn one_of(known: &[&str], text: &str) -> bool {
    known.contains(&text)
}

/// `contains` of str, without the code that makes it fast on long texts.
#[inline(never)]
fn has(text: &str, part: &str) -> bool {
    text.as_bytes().windows(part.len()).any(|window| window == part.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::never_left;

    #[test]
    fn only_a_connection_that_was_never_made() {
        assert!(never_left("ECONNREFUSED", "connect", "connect ECONNREFUSED 127.0.0.1:1"));
        assert!(never_left("ETIMEDOUT", "connect", ""));
        assert!(never_left("ENOTFOUND", "getaddrinfo", ""));
        assert!(never_left("UND_ERR_CONNECT_TIMEOUT", "", "Connect Timeout Error"));
        assert!(never_left("CERT_HAS_EXPIRED", "", ""));
        assert!(never_left("DEPTH_ZERO_SELF_SIGNED_CERT", "", ""));
        assert!(never_left("ConnectionRefused", "", "Unable to connect. Is the computer able to access the url?"));
        assert!(never_left("", "", "error sending request for url (http://127.0.0.1:1/): client error (Connect): x"));
        for (code, syscall, message) in [
            ("", "", ""),
            ("ECONNRESET", "read", "read ECONNRESET"),
            ("ECONNRESET", "", "socket hang up"),
            ("ETIMEDOUT", "read", ""),
            ("EPIPE", "write", ""),
            ("EHOSTUNREACH", "read", "read EHOSTUNREACH"),
            ("ENETUNREACH", "write", "write ENETUNREACH"),
            ("ECONNREFUSED", "read", "read ECONNREFUSED"),
            ("UND_ERR_SOCKET", "", "other side closed"),
            ("UND_ERR_HEADERS_TIMEOUT", "", "Headers Timeout Error"),
            ("", "", "Failed to fetch"),
            ("", "", "NetworkError when attempting to fetch resource."),
            ("", "", "Load failed"),
        ] {
            assert!(!never_left(code, syscall, message), "{code} {syscall} {message}");
        }
    }
}
