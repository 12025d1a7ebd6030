//! The hosts and origins that requests may name.

/// An origin as browsers write it.
pub(super) fn is_origin(origin: &str) -> bool {
    let Some((scheme, authority)) = origin.split_once("://") else { return false };
    let name = |text: &str| {
        text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'-' | b'.' | b'+'))
    };
    let own_port = match scheme {
        "https" => Some(443),
        "http" => Some(80),
        // The scheme of a browser extension or a desktop application.
        _ => None,
    };
    if scheme.is_empty() || !name(scheme) {
        return false;
    }
    match HostRule::parse(authority) {
        Some(rule) => match rule.port {
            Port::Any => false,
            Port::None => true,
            Port::Is(port) => own_port != Some(port),
        },
        None => false,
    }
}

/// A host that requests may name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct HostRule {
    name: String,
    port: Port,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Port {
    None,
    Is(u16),
    Any,
}

impl HostRule {
    /// DNS of others cannot make these names point to this machine.
    pub(super) const LOOPBACK: [&str; 3] = ["localhost:*", "127.0.0.1:*", "[::1]:*"];

    pub(super) fn parse(text: &str) -> Option<Self> {
        let (name, port) = split_port(text)?;
        let port = match port {
            None => Port::None,
            Some("*") => Port::Any,
            Some(port) => Port::Is(parse_port(port)?),
        };
        let lower = !name.bytes().any(|b| b.is_ascii_uppercase());
        (is_host(name) && lower).then(|| HostRule { name: name.to_owned(), port })
    }

    /// Whether the authority of a request is this host.
    pub(super) fn matches(&self, authority: &str) -> bool {
        let Some((name, port)) = split_port(authority) else { return false };
        let port_matches = match (self.port, port.map(parse_port)) {
            (Port::Any, port) => port != Some(None),
            (Port::None, None) => true,
            // Some clients name the default port. Whether it is that of the scheme is not known behind a load balancer.
            (Port::None, Some(port)) => port.is_some_and(is_default_port),
            (Port::Is(wanted), Some(port)) => port == Some(wanted),
            (Port::Is(wanted), None) => is_default_port(wanted),
        };
        port_matches && name.eq_ignore_ascii_case(&self.name)
    }
}

const fn is_default_port(port: u16) -> bool {
    matches!(port, 80 | 443)
}

/// Whether a page of this origin, as browsers write it, is served by this host over this scheme. Browsers leave out the
/// default port.
pub(super) fn is_origin_of(origin: &str, scheme: &str, host: &str) -> bool {
    let default_port = if scheme == "https" { ":443" } else { ":80" };
    let host = host.strip_suffix(default_port).unwrap_or(host);
    origin.strip_prefix(scheme).and_then(|rest| rest.strip_prefix("://")) == Some(host)
}

/// Name and port of `host:port` or `[v6]:port`.
fn split_port(authority: &str) -> Option<(&str, Option<&str>)> {
    if authority.starts_with('[') {
        let (inner, rest) = authority.split_once(']')?;
        let name = authority.get(..inner.len() + 1)?;
        return match rest {
            "" => Some((name, None)),
            _ => rest.strip_prefix(':').map(|port| (name, Some(port))),
        };
    }
    match authority.split_once(':') {
        Some((name, port)) => Some((name, Some(port))),
        None => Some((authority, None)),
    }
}

/// Only digits: `+80` is not a port. Nothing listens on port 0.
pub(super) fn parse_port(text: &str) -> Option<u16> {
    let port = (text.bytes().all(|b| b.is_ascii_digit()) && text.len() <= 5).then(|| text.parse().ok())?;
    port.filter(|port| *port != 0)
}

/// A name of DNS, an IPv4 address of four decimal numbers, or an IPv6 address in brackets.
pub(super) fn is_host(name: &str) -> bool {
    if let Some(address) = name.strip_prefix('[') {
        return address.strip_suffix(']').is_some_and(|address| address.parse::<std::net::Ipv6Addr>().is_ok());
    }
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    if name.len() > 253 || !name.split('.').all(is_label) {
        return false;
    }
    // A URL parser reads such a name as an IPv4 address, also in forms like 0x7f.1.
    let last = name.rsplit('.').next().unwrap_or_default();
    let hex = last.strip_prefix("0x").or_else(|| last.strip_prefix("0X"));
    let is_number = last.bytes().all(|b| b.is_ascii_digit())
        || hex.is_some_and(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit()));
    !is_number || name.parse::<std::net::Ipv4Addr>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts() {
        let matches = |rule: &str, authority: &str| HostRule::parse(rule).map(|rule| rule.matches(authority));
        for (rule, authority) in [
            ("localhost:*", "localhost"),
            ("localhost:*", "LOCALHOST:8787"),
            ("[::1]:*", "[::1]:1"),
            ("a.example:8787", "a.example:8787"),
            ("a.example", "A.example"),
            ("a.example", "a.example:443"),
            ("a.example", "a.example:80"),
            ("a.example:443", "a.example"),
            ("a.example:80", "a.example"),
            ("[::1]", "[::1]:443"),
        ] {
            assert_eq!(matches(rule, authority), Some(true), "{rule} {authority}");
        }
        for (rule, authority) in [
            ("localhost:*", "localhost.evil.example"),
            ("localhost:*", "localhost:"),
            ("localhost:*", "localhost:80@evil.example"),
            ("localhost:*", "evil.example:80"),
            ("localhost:*", ""),
            ("localhost:*", "localhost:+80"),
            ("localhost:*", "localhost:080000"),
            ("a.example:8787", "a.example"),
            ("a.example:8787", "a.example:8788"),
            ("a.example", "a.example:8443"),
            ("a.example", "a.example:"),
            ("a.example", "a.example:x"),
            ("a.example:443", "a.example:80"),
            ("a.example", "a.example."),
            ("a.example", "xa.example"),
            ("[::1]:*", "[::1"),
            ("[::1]:*", "[::1]x"),
            ("[::1]:*", "::1"),
        ] {
            assert_eq!(matches(rule, authority), Some(false), "{rule} {authority}");
        }
        for rule in [
            "",
            "http://a.example",
            "a.example/",
            "A.example",
            "a b",
            "*",
            "*.example",
            "[::1",
            "[x]",
            "a:x",
            "a:70000",
            "a:0",
            "a..b",
            "-a",
            "a-",
            "a.-b.example",
            "0x7f.1",
            "127.1",
            "2130706433",
            "1.2.3.4.5",
            "a.0x",
        ] {
            assert_eq!(HostRule::parse(rule), None, "{rule}");
        }
    }

    #[test]
    fn origins_of_a_host() {
        for (origin, scheme, host) in [
            ("https://a.example", "https", "a.example"),
            ("https://a.example", "https", "a.example:443"),
            ("http://a.example", "http", "a.example:80"),
            ("http://a.example:8787", "http", "a.example:8787"),
        ] {
            assert!(is_origin_of(origin, scheme, host), "{origin} {scheme} {host}");
        }
        for (origin, scheme, host) in [
            ("http://a.example", "https", "a.example"),
            ("https://a.example", "https", "a.example:80"),
            ("https://a.example:8443", "https", "a.example"),
            ("https://a.example.evil.example", "https", "a.example"),
            ("null", "https", "a.example"),
        ] {
            assert!(!is_origin_of(origin, scheme, host), "{origin} {scheme} {host}");
        }
    }

    #[test]
    fn origins() {
        for origin in ["https://a.example", "http://localhost:8787", "http://[::1]:80801".get(..16).unwrap_or_default()]
        {
            assert!(is_origin(origin), "{origin}");
        }
        for origin in [
            "",
            "*",
            "null",
            "a.example",
            "https://a.example/",
            "https://A.example",
            "HTTPS://a.example",
            "https://a.example:443",
            "http://a.example:80",
            "https://a.example:*",
            "https://*.example",
            "https://u@a.example",
            "https://",
            "://a",
        ] {
            assert!(!is_origin(origin), "{origin}");
        }
    }
}
