//! Why the service could not be reached, in words.

/// Why a connection failed, by the error of the platform's `fetch`. Only fixed phrases, an address and the names of a
/// certificate are shown: the error of a caller's own `fetch` may contain anything, such as a key.
pub fn unreachable_reason(code: &str, message: &str) -> Option<String> {
    if let Some(status) = tunnel_status(message) {
        return Some(match status {
            "407" => "the forward proxy requires a user and a password, or others (status 407)".to_owned(),
            _ => format!("the forward proxy refused the connection (status {status})"),
        });
    }
    let at = || address(message).map_or_else(String::new, |address| format!(" {address}"));
    let reason = match code {
        "ECONNREFUSED" | "ConnectionRefused" => format!("nothing listens at the address{} (ECONNREFUSED)", at()),
        "ENOTFOUND" | "EAI_AGAIN" => format!("DNS has no address for the name{} ({code})", at()),
        "EHOSTUNREACH" | "ENETUNREACH" => format!("there is no route to the address{} ({code})", at()),
        "ETIMEDOUT" | "UND_ERR_CONNECT_TIMEOUT" => format!("the address{} did not answer in time ({code})", at()),
        "CERT_HAS_EXPIRED" => {
            "the certificate has expired, or the clock of this machine is wrong (CERT_HAS_EXPIRED)".to_owned()
        }
        "CERT_NOT_YET_VALID" => {
            "the certificate is not valid yet, or the clock of this machine is wrong (CERT_NOT_YET_VALID)".to_owned()
        }
        "ERR_TLS_CERT_ALTNAME_INVALID" => {
            let names = certificate_names(message).map_or_else(String::new, |names| format!(": {names}"));
            format!("the certificate is for other names{names} (ERR_TLS_CERT_ALTNAME_INVALID)")
        }
        "DEPTH_ZERO_SELF_SIGNED_CERT"
        | "SELF_SIGNED_CERT_IN_CHAIN"
        | "UNABLE_TO_VERIFY_LEAF_SIGNATURE"
        | "UNABLE_TO_GET_ISSUER_CERT"
        | "UNABLE_TO_GET_ISSUER_CERT_LOCALLY" => {
            format!("no authority that this machine trusts has signed the certificate ({code})")
        }
        "UND_ERR_PRX_TLS" => "the certificate of the forward proxy is not accepted (UND_ERR_PRX_TLS)".to_owned(),
        "ECONNRESET" if message.contains("before secure TLS connection") => {
            "the connection was closed during the TLS handshake (ECONNRESET)".to_owned()
        }
        "ECONNRESET" | "EPIPE" | "UND_ERR_SOCKET" => format!("the connection was lost before an answer ({code})"),
        _ if code.starts_with("ERR_SSL_") => "the TLS handshake failed: the port may not speak TLS".to_owned(),
        _ if code.contains("CERT") => "the certificate is not accepted".to_owned(),
        _ => return None,
    };
    Some(reason)
}

/// The status with which a forward proxy refused a tunnel, in undici's words.
fn tunnel_status(message: &str) -> Option<&str> {
    let (_, rest) = message.split_once("Proxy response (")?;
    let (status, _) = rest.split_once(") !== 200")?;
    (status.len() == 3 && status.bytes().all(|b| b.is_ascii_digit())).then_some(status)
}

/// The address or name at the end of a message of Node, such as `connect ECONNREFUSED 127.0.0.1:1`.
fn address(message: &str) -> Option<&str> {
    const CALLS: [&str; 2] = ["connect E", "getaddrinfo E"];
    let (_, rest) = CALLS.iter().find_map(|call| message.split_once(call))?;
    let address = rest.split(' ').nth(1)?;
    is_plain(address, b".:-[]", 100).then_some(address)
}

/// The names in a message of Node about a certificate.
fn certificate_names(message: &str) -> Option<&str> {
    let (_, names) = message.split_once("is not in the cert's altnames: ")?;
    is_plain(names, b".:-*, ", 200).then_some(names)
}

fn is_plain(text: &str, others: &[u8], longest: usize) -> bool {
    (1..=longest).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric() || others.contains(&b))
}

#[cfg(test)]
mod tests {
    use super::unreachable_reason;

    #[test]
    fn names_the_cause() {
        for (code, message, reason) in [
            (
                "ECONNREFUSED",
                "connect ECONNREFUSED 127.0.0.1:9",
                "nothing listens at the address 127.0.0.1:9 (ECONNREFUSED)",
            ),
            ("ECONNREFUSED", "", "nothing listens at the address (ECONNREFUSED)"),
            ("ENOTFOUND", "getaddrinfo ENOTFOUND cts.test", "DNS has no address for the name cts.test (ENOTFOUND)"),
            (
                "EHOSTUNREACH",
                "connect EHOSTUNREACH ::1:9 - Local",
                "there is no route to the address ::1:9 (EHOSTUNREACH)",
            ),
            (
                "ERR_TLS_CERT_ALTNAME_INVALID",
                "Hostname/IP does not match certificate's altnames: Host: a.test. is not in the cert's altnames: DNS:b.test, DNS:*.c.test",
                "the certificate is for other names: DNS:b.test, DNS:*.c.test (ERR_TLS_CERT_ALTNAME_INVALID)",
            ),
            (
                "DEPTH_ZERO_SELF_SIGNED_CERT",
                "self-signed certificate",
                "no authority that this machine trusts has signed the certificate (DEPTH_ZERO_SELF_SIGNED_CERT)",
            ),
            (
                "UND_ERR_ABORTED",
                "Proxy response (403) !== 200 when HTTP Tunneling",
                "the forward proxy refused the connection (status 403)",
            ),
            ("UND_ERR_SOCKET", "other side closed", "the connection was lost before an answer (UND_ERR_SOCKET)"),
            ("ERR_SSL_WRONG_VERSION_NUMBER", "", "the TLS handshake failed: the port may not speak TLS"),
        ] {
            assert_eq!(unreachable_reason(code, message).as_deref(), Some(reason), "{code}");
        }
    }

    #[test]
    fn shows_no_other_text() {
        for (code, message) in [
            ("SECRET", "SECRET"),
            ("ECONNREFUSED", "connect ECONNREFUSED {SECRET}"),
            ("ENOTFOUND", "getaddrinfo ENOTFOUND SECRET/x"),
            ("SECRET_CERT", "SECRET"),
            ("ERR_SSL_SECRET", "SECRET"),
            ("ERR_TLS_CERT_ALTNAME_INVALID", "is not in the cert's altnames: SECRET\n"),
            ("UND_ERR_ABORTED", "Proxy response (SECRET) !== 200"),
        ] {
            let reason = unreachable_reason(code, message).unwrap_or_default();
            assert!(!reason.contains("SECRET"), "{reason}");
        }
    }
}
