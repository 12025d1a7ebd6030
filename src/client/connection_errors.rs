//! Whether a request that failed without a response was sent, as far as the runtime's error shows.

/// What the platform's `fetch` rejected with: the details of an error, or of each error of an `AggregateError`.
#[derive(Clone, Debug)]
pub struct ConnectionError {
    pub code: String,
    /// The system call that failed. Node and its libraries set it, or begin the message with it.
    pub syscall: String,
    /// The messages of the error and its causes.
    pub message: String,
}

/// The connection was never established: Node, undici, Bun.
const CODES: [&str; 10] = [
    "ECONNREFUSED",
    "ENOTFOUND",
    "EAI_AGAIN",
    "EHOSTUNREACH",
    "ENETUNREACH",
    "UND_ERR_CONNECT_TIMEOUT",
    // The certificate of an HTTP proxy was refused, or the proxy refused CONNECT.
    "UND_ERR_PRX_TLS",
    "ERR_PROXY_TUNNEL",
    "ConnectionRefused",
    "HOSTNAME_MISMATCH",
];

/// Parts of codes that only a TLS handshake has. OpenSSL names its reasons for refusing a certificate in many ways, such
/// as `DEPTH_ZERO_SELF_SIGNED_CERT` and `UNABLE_TO_VERIFY_LEAF_SIGNATURE`; Node prefixes the other errors of OpenSSL.
const HANDSHAKE: [&str; 8] =
    ["CERT", "CRL", "UNABLE_TO_", "INVALID_CA", "PATH_LENGTH_EXCEEDED", "INVALID_PURPOSE", "ERR_SSL_", "ERR_TLS_"];

/// Parts of codes that an established TLS connection can break with, too.
const RECORDS: [&str; 3] = ["BAD_RECORD_MAC", "DECRYPTION_FAILED", "UNEXPECTED_EOF"];

/// Parts of messages of errors without a code.
const MESSAGES: [&str; 16] = [
    // Node and its libraries, where a wrapper dropped the system call.
    "connect E",
    "getaddrinfo E",
    // Node, with the code ECONNRESET.
    "before secure TLS connection",
    // Deno and Bun.
    "client error (Connect)",
    "The TLS handshake failed",
    // undici: an HTTP proxy refused CONNECT.
    "when HTTP Tunneling",
    // Deno runs without the permission to connect.
    "Requires net access to",
    // Ports that `fetch` refuses: undici and Deno.
    "bad port",
    "Requests to port",
    // Addresses and options that `fetch` refuses: undici, Chromium, Deno, Bun, node-fetch.
    "Failed to parse URL from",
    "Failed to execute 'fetch'",
    "Failed to construct 'Request'",
    "Request constructor:",
    "RequestInit:",
    "Only absolute URLs",
    "to be an instanceof AbortSignal",
];

/// Whether these errors prove that nothing was sent. Each of them must prove it. Errors of browsers and of workerd prove
/// nothing.
pub fn never_sent(errors: impl IntoIterator<Item = ConnectionError>) -> bool {
    let mut proved = false;
    for error in errors {
        proved = is_before_sending(&error);
        if !proved {
            break;
        }
    }
    proved
}

fn is_before_sending(error: &ConnectionError) -> bool {
    let ConnectionError { code, syscall, message } = error;
    // An established connection can break with the same codes: `read` fails with EHOSTUNREACH if the route is gone.
    if !syscall.is_empty() || contains_one_of(&["read E", "write E"], message) {
        return is_one_of(&["connect", "getaddrinfo"], syscall);
    }
    is_one_of(&CODES, code)
        || contains_one_of(&HANDSHAKE, code) && !contains_one_of(&RECORDS, code)
        || contains_one_of(&MESSAGES, message)
}

// Not inlined: the comparison would be repeated for each word.
#[inline(never)]
fn is_one_of(known: &[&str], text: &str) -> bool {
    known.contains(&text)
}

/// `str::contains`, without its code for long texts.
#[inline(never)]
fn contains_one_of(parts: &[&str], text: &str) -> bool {
    parts.iter().any(|part| {
        (0..text.len()).any(|at| text.as_bytes().get(at..).is_some_and(|rest| rest.starts_with(part.as_bytes())))
    })
}

#[cfg(test)]
mod tests {
    use super::{ConnectionError, never_sent};

    fn error(code: &str, syscall: &str, message: &str) -> ConnectionError {
        ConnectionError { code: code.into(), syscall: syscall.into(), message: message.into() }
    }

    #[test]
    fn errors_before_sending_prove_it() {
        for (code, syscall, message) in [
            ("ECONNREFUSED", "connect", "connect ECONNREFUSED 127.0.0.1:1"),
            ("ETIMEDOUT", "connect", ""),
            ("ECONNRESET", "connect", "connect ECONNRESET 10.0.0.1:443"),
            ("ENOTFOUND", "getaddrinfo", ""),
            ("UND_ERR_CONNECT_TIMEOUT", "", "Connect Timeout Error"),
            ("CERT_HAS_EXPIRED", "", ""),
            ("DEPTH_ZERO_SELF_SIGNED_CERT", "", ""),
            ("SELF_SIGNED_CERT_IN_CHAIN", "", ""),
            ("UNABLE_TO_VERIFY_LEAF_SIGNATURE", "", "unable to verify the first certificate"),
            ("UNABLE_TO_GET_ISSUER_CERT_LOCALLY", "", ""),
            ("UNABLE_TO_GET_CRL", "", ""),
            ("CRL_HAS_EXPIRED", "", ""),
            ("INVALID_CA", "", ""),
            ("PATH_LENGTH_EXCEEDED", "", ""),
            ("INVALID_PURPOSE", "", ""),
            ("HOSTNAME_MISMATCH", "", ""),
            ("ERR_TLS_CERT_ALTNAME_INVALID", "", ""),
            ("ERR_SSL_WRONG_VERSION_NUMBER", "", "C0:error:0A00010B:SSL routines:ssl3_get_record:wrong version number"),
            ("ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION", "", "C0:error:0A00042E:SSL routines:ssl3_read_bytes:tlsv1 alert"),
            ("ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE", "", ""),
            ("ECONNRESET", "", "Client network socket disconnected before secure TLS connection was established"),
            ("ConnectionRefused", "", "Unable to connect. Is the computer able to access the url?"),
            ("EPROTO", "", "EPROTO: The TLS handshake failed. Does the server speak TLS on this port?"),
            ("", "", "error sending request for url (http://127.0.0.1:1/): client error (Connect): x"),
            ("", "", "fetch failed: bad port"),
            ("", "", "Fetch failed: Requests to port 22 are blocked"),
            (
                "UND_ERR_ABORTED",
                "",
                "fetch failed: Request was cancelled.: Proxy response (407) !== 200 when HTTP Tunneling",
            ),
            ("ERR_PROXY_TUNNEL", "", "Proxy refused to open a tunnel: 407 Proxy Authentication Required"),
            ("", "", "Requires net access to \"a:443\", run again with the --allow-net flag"),
            ("ERR_INVALID_URL", "", "Failed to parse URL from [object Request]: Invalid URL"),
            ("", "", "Failed to construct 'Request': member signal is not of type AbortSignal."),
            // node-fetch drops the system call.
            ("ETIMEDOUT", "", "request to http://a/ failed, reason: connect ETIMEDOUT 10.0.0.1:80"),
            ("ENOTFOUND", "", "request to http://a/ failed, reason: getaddrinfo ENOTFOUND a"),
        ] {
            assert!(never_sent([error(code, syscall, message)]), "{code} {syscall} {message}");
        }
    }

    #[test]
    fn other_errors_prove_nothing() {
        for (code, syscall, message) in [
            ("", "", ""),
            ("ECONNRESET", "read", "read ECONNRESET"),
            ("ECONNRESET", "", "socket hang up"),
            ("ETIMEDOUT", "read", ""),
            ("ETIMEDOUT", "", ""),
            ("EPIPE", "write", ""),
            ("EPROTO", "write", "write EPROTO C0:error:0A00010B:SSL routines:ssl3_get_record:wrong version number"),
            ("EPROTO", "", "request to https://a/ failed, reason: write EPROTO C0:error:0A00010B:SSL routines"),
            ("EHOSTUNREACH", "read", "read EHOSTUNREACH"),
            ("EHOSTUNREACH", "", "request to http://a/ failed, reason: read EHOSTUNREACH"),
            ("ENETUNREACH", "write", "write ENETUNREACH"),
            ("ECONNREFUSED", "read", "read ECONNREFUSED"),
            ("ERR_SSL_SSLV3_ALERT_BAD_RECORD_MAC", "", ""),
            ("ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC", "", ""),
            ("ERR_SSL_UNEXPECTED_EOF_WHILE_READING", "", ""),
            ("UND_ERR_SOCKET", "", "other side closed"),
            ("UND_ERR_HEADERS_TIMEOUT", "", "Headers Timeout Error"),
            ("UND_ERR_ABORTED", "", "The operation was aborted"),
            ("", "", "error sending request: client error (SendRequest): connection closed before message completed"),
            ("", "", "Failed to fetch"),
            ("", "", "NetworkError when attempting to fetch resource."),
            ("", "", "Load failed"),
            ("", "", "Network connection lost."),
        ] {
            assert!(!never_sent([error(code, syscall, message)]), "{code} {syscall} {message}");
        }
    }

    #[test]
    fn each_error_must_prove_it() {
        let (timeout, refused) = (error("ETIMEDOUT", "connect", ""), error("ECONNREFUSED", "connect", ""));
        assert!(never_sent([timeout.clone(), refused.clone()]));
        assert!(!never_sent([timeout, refused, error("ECONNRESET", "read", "read ECONNRESET")]));
        assert!(!never_sent([]));
    }
}
