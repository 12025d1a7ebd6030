//! Whether a request that failed without a response was sent, as far as the runtime's error shows.

/// Error codes of a connection that was never established, in Node (its own and undici's) and in Bun.
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

/// Whether an error with this `code`, `syscall` and message proves that no connection was established. Errors of browsers
/// prove nothing.
pub fn never_sent(code: &str, syscall: &str, message: &str) -> bool {
    // An established connection can break with any of the codes: `read` fails with EHOSTUNREACH if the route is gone.
    if !syscall.is_empty() {
        return is_one_of(&SYSCALLS, syscall);
    }
    is_one_of(&CODES, code)
        // A certificate is refused before the request is sent. Node: DEPTH_ZERO_SELF_SIGNED_CERT and similar codes.
        || contains(code, "CERT")
        // Deno.
        || contains(message, "client error (Connect)")
}

// Not inlined: the comparison would be repeated for each word.
#[inline(never)]
fn is_one_of(known: &[&str], text: &str) -> bool {
    known.contains(&text)
}

/// `str::contains`, without its code for long texts.
#[inline(never)]
fn contains(text: &str, part: &str) -> bool {
    text.as_bytes().windows(part.len()).any(|window| window == part.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::never_sent;

    #[test]
    fn only_errors_of_connecting_prove_it() {
        assert!(never_sent("ECONNREFUSED", "connect", "connect ECONNREFUSED 127.0.0.1:1"));
        assert!(never_sent("ETIMEDOUT", "connect", ""));
        assert!(never_sent("ENOTFOUND", "getaddrinfo", ""));
        assert!(never_sent("UND_ERR_CONNECT_TIMEOUT", "", "Connect Timeout Error"));
        assert!(never_sent("CERT_HAS_EXPIRED", "", ""));
        assert!(never_sent("DEPTH_ZERO_SELF_SIGNED_CERT", "", ""));
        assert!(never_sent("ConnectionRefused", "", "Unable to connect. Is the computer able to access the url?"));
        assert!(never_sent("", "", "error sending request for url (http://127.0.0.1:1/): client error (Connect): x"));
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
            assert!(!never_sent(code, syscall, message), "{code} {syscall} {message}");
        }
    }
}
