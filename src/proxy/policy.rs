//! The options of the proxy, checked once.

use std::fmt;

use http::Uri;
use http::uri::{Authority, Scheme};
use serde::Deserialize;

use super::{Problem, ProblemCode};
use crate::service::region::{self, UnknownRegion};
use crate::validate;

/// Requests of both endpoints are far smaller.
pub const DEFAULT_MAX_BODY_BYTES: u32 = 64 * 1024;
/// Requests in flight at once.
pub const DEFAULT_MAX_CONCURRENT: u32 = 256;

/// The options of `createSigningProxy` that decide the policy.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct ProxyOptions {
    pub region: Option<String>,
    /// Instead of `region`: scheme, host, and optionally a port.
    pub endpoint: Option<String>,
    /// `host`, `host:port` or `host:*`. Default: the names of this machine, on any port.
    pub allowed_hosts: Option<Vec<String>>,
    /// Default: the proxy's own origin.
    pub allowed_origins: Option<Vec<String>>,
    /// Default: any.
    pub projects: Option<Vec<String>>,
    /// Default: any.
    pub domains: Option<Vec<String>>,
    pub max_body_bytes: Option<u32>,
    pub max_concurrent: Option<u32>,
    pub rate_per_client: Option<Rate>,
    pub body_timeout_ms: Option<f64>,
    pub upstream_timeout_ms: Option<f64>,
}

/// How many requests one client may send.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Rate {
    pub per_minute: u32,
    /// How many at once. Default: as many as in a minute.
    pub burst: Option<u32>,
}

impl Rate {
    pub(super) fn burst(self) -> f64 {
        f64::from(self.burst.unwrap_or(self.per_minute))
    }

    pub(super) fn per_millisecond(self) -> f64 {
        f64::from(self.per_minute) / 60_000.0
    }
}

/// Which requests are allowed, and where they are sent.
#[derive(Clone, Debug)]
pub struct Policy {
    /// `https://cts.eu-west-0.myhuaweicloud.com`
    pub(super) upstream: String,
    /// The same without the scheme, as the service sees it.
    pub(super) upstream_host: String,
    pub(super) hosts: Vec<HostRule>,
    pub(super) origins: Option<Vec<String>>,
    pub(super) projects: Option<Vec<String>>,
    pub(super) domains: Option<Vec<String>>,
    pub(super) max_body_bytes: u32,
    pub(super) max_concurrent: u32,
    pub(super) rate: Option<Rate>,
    pub(super) body_timeout_ms: f64,
    pub(super) upstream_timeout_ms: f64,
}

/// Why the options are invalid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PolicyError {
    /// Neither region nor endpoint, or both.
    Upstream,
    Region(UnknownRegion),
    Endpoint(&'static str),
    Host(String),
    Origin(String),
    Id(String),
    /// The limit of this name is 0.
    Limit(&'static str),
}

impl fmt::Display for PolicyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PolicyError::Upstream => f.write_str("give either region or endpoint"),
            PolicyError::Region(unknown) => unknown.fmt(f),
            PolicyError::Endpoint(wrong) => write!(f, "endpoint {wrong}"),
            PolicyError::Host(host) => {
                write!(f, "allowedHosts: {host:?} is not a host, host:port or host:*, in lower case, without a scheme")
            }
            PolicyError::Origin(origin) => write!(
                f,
                "allowedOrigins: {origin:?} is not an origin: scheme://host or scheme://host:port, in lower case, without \
                 the default port of the scheme and without a slash at the end"
            ),
            PolicyError::Id(id) => {
                write!(f, "projects, domains: {id:?} is not an id of 1 to 64 letters, digits, - and _")
            }
            PolicyError::Limit(name) => write!(f, "{name} must be at least 1"),
        }
    }
}

impl std::error::Error for PolicyError {}

impl Policy {
    pub fn new(options: ProxyOptions) -> Result<Self, PolicyError> {
        let (upstream, upstream_host) = match (&options.region, &options.endpoint) {
            (Some(region), None) => {
                let host = region::host(region).map_err(PolicyError::Region)?;
                (["https://", &host].concat(), host)
            }
            (None, Some(endpoint)) => parse_endpoint(endpoint).map_err(PolicyError::Endpoint)?,
            _ => return Err(PolicyError::Upstream),
        };
        let hosts = match &options.allowed_hosts {
            None => HostRule::LOOPBACK.iter().filter_map(|host| HostRule::parse(host)).collect(),
            Some(hosts) => hosts
                .iter()
                .map(|host| HostRule::parse(host).ok_or_else(|| PolicyError::Host(host.clone())))
                .collect::<Result<_, _>>()?,
        };
        for origin in options.allowed_origins.iter().flatten() {
            if !is_origin(origin) {
                return Err(PolicyError::Origin(origin.clone()));
            }
        }
        for id in options.projects.iter().chain(&options.domains).flatten() {
            if validate::project_id(id).value.is_none() {
                return Err(PolicyError::Id(id.clone()));
            }
        }
        let rate = options.rate_per_client;
        for (name, limit) in [
            ("maxBodyBytes", options.max_body_bytes),
            ("maxConcurrent", options.max_concurrent),
            ("ratePerClient.perMinute", rate.map(|rate| rate.per_minute)),
            ("ratePerClient.burst", rate.and_then(|rate| rate.burst)),
        ] {
            if limit == Some(0) {
                return Err(PolicyError::Limit(name));
            }
        }
        Ok(Policy {
            upstream,
            upstream_host,
            hosts,
            origins: options.allowed_origins,
            projects: options.projects,
            domains: options.domains,
            max_body_bytes: options.max_body_bytes.unwrap_or(DEFAULT_MAX_BODY_BYTES),
            max_concurrent: options.max_concurrent.unwrap_or(DEFAULT_MAX_CONCURRENT),
            rate,
            body_timeout_ms: options.body_timeout_ms.unwrap_or(10_000.0),
            upstream_timeout_ms: options.upstream_timeout_ms.unwrap_or(25_000.0),
        })
    }

    pub(crate) fn body_too_large(&self) -> Problem {
        let detail = format!("the limit is {} bytes", self.max_body_bytes);
        Problem::new(ProblemCode::BodyTooLarge).detail(detail)
    }

    /// Where requests go: scheme and authority.
    pub fn upstream(&self) -> &str {
        &self.upstream
    }

    pub fn body_timeout_ms(&self) -> f64 {
        self.body_timeout_ms
    }

    pub fn upstream_timeout_ms(&self) -> f64 {
        self.upstream_timeout_ms
    }

    pub fn max_body_bytes(&self) -> u32 {
        self.max_body_bytes
    }
}

/// Scheme and authority in lower case, and the authority as the service sees it.
fn parse_endpoint(endpoint: &str) -> Result<(String, String), &'static str> {
    const FORM: &str = "must be https://host or https://host:port, and nothing after it";
    if !endpoint.is_ascii() || endpoint.contains(['#', '\\', ' ']) {
        return Err(FORM);
    }
    let uri: Uri = endpoint.parse().map_err(|_| FORM)?;
    let (Some(scheme), Some(authority)) = (uri.scheme(), uri.authority()) else { return Err(FORM) };
    if uri.path() != "/" || uri.query().is_some() {
        return Err(FORM);
    }
    if authority.as_str().contains('@') {
        return Err("must not have a user name or password");
    }
    let default_port = if *scheme == Scheme::HTTPS {
        443
    } else if *scheme == Scheme::HTTP {
        if !is_loopback(authority) {
            return Err("must be https: http is only for addresses of this machine");
        }
        80
    } else {
        return Err(FORM);
    };
    let host = authority.host().to_ascii_lowercase();
    let port = match authority.as_str().strip_prefix(authority.host()) {
        Some("") => None,
        Some(rest) => Some(rest.strip_prefix(':').and_then(|port| port.parse::<u16>().ok()).ok_or(FORM)?),
        None => return Err(FORM),
    };
    if host.is_empty() || host.ends_with('.') {
        return Err(FORM);
    }
    let authority = match port.filter(|port| *port != default_port) {
        Some(port) => format!("{host}:{port}"),
        None => host,
    };
    Ok((format!("{scheme}://{authority}"), authority))
}

fn is_loopback(authority: &Authority) -> bool {
    let host = authority.host();
    host.eq_ignore_ascii_case("localhost")
        || host == "[::1]"
        || host.parse::<std::net::Ipv4Addr>().is_ok_and(|address| address.is_loopback())
}

/// An origin as browsers write it.
fn is_origin(origin: &str) -> bool {
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
    const LOOPBACK: [&str; 3] = ["localhost:*", "127.0.0.1:*", "[::1]:*"];

    fn parse(text: &str) -> Option<Self> {
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
        let port_matches = match (self.port, port) {
            (Port::Any, None) | (Port::None, None) => true,
            (Port::Any, Some(port)) => parse_port(port).is_some(),
            (Port::Is(wanted), Some(port)) => parse_port(port) == Some(wanted),
            _ => false,
        };
        port_matches && name.eq_ignore_ascii_case(&self.name)
    }
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

/// Only digits: `+80` is not a port.
fn parse_port(text: &str) -> Option<u16> {
    (text.bytes().all(|b| b.is_ascii_digit()) && text.len() <= 5).then(|| text.parse().ok())?
}

fn is_host(name: &str) -> bool {
    if let Some(address) = name.strip_prefix('[') {
        return address.strip_suffix(']').is_some_and(|address| address.parse::<std::net::Ipv6Addr>().is_ok());
    }
    let label =
        |label: &str| !label.is_empty() && label.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
    name.split('.').all(label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endpoints() {
        let parse = |endpoint: &str| parse_endpoint(endpoint).ok();
        let both = |upstream: &str, host: &str| Some((upstream.to_owned(), host.to_owned()));
        assert_eq!(parse("https://CTS.Example.com"), both("https://cts.example.com", "cts.example.com"));
        assert_eq!(parse("https://cts.example.com:443/"), both("https://cts.example.com", "cts.example.com"));
        assert_eq!(parse("https://cts.example.com:8443"), both("https://cts.example.com:8443", "cts.example.com:8443"));
        assert_eq!(parse("http://127.0.0.1:9000"), both("http://127.0.0.1:9000", "127.0.0.1:9000"));
        assert_eq!(parse("http://localhost:80"), both("http://localhost", "localhost"));
        assert_eq!(parse("http://[::1]:9000"), both("http://[::1]:9000", "[::1]:9000"));
        for endpoint in [
            "",
            "cts.example.com",
            "//cts.example.com",
            "http://cts.example.com",
            "http://127.0.0.1.example.com",
            "http://localhost.example.com",
            "http://10.0.0.1",
            "https://user@cts.example.com",
            "https://user:pass@cts.example.com",
            "https://cts.example.com/v3",
            "https://cts.example.com/?a",
            "https://cts.example.com/#a",
            "https://cts.example.com#a",
            "https://cts.example.com\\@evil.example",
            "https://cts.example.com:99999",
            "https://cts.example.com:",
            "https://cts.example.com.",
            "https://",
            "ftp://127.0.0.1",
            "file:///etc/passwd",
            "https://cts.example.com\nx",
        ] {
            assert_eq!(parse(endpoint), None, "{endpoint}");
        }
    }

    #[test]
    fn hosts() {
        let matches = |rule: &str, authority: &str| HostRule::parse(rule).map(|rule| rule.matches(authority));
        for (rule, authority) in [
            ("localhost:*", "localhost"),
            ("localhost:*", "LOCALHOST:8787"),
            ("[::1]:*", "[::1]:1"),
            ("a.example:8787", "a.example:8787"),
            ("a.example", "A.example"),
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
            ("a.example", "a.example:443"),
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
        ] {
            assert_eq!(HostRule::parse(rule), None, "{rule}");
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
