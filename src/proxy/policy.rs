//! The options of the proxy, checked once.

use std::fmt;

use http::Uri;
use http::uri::{Authority, Scheme};
use serde::Deserialize;

use super::hosts::{HostRule, is_host, is_origin, parse_port};
use super::{Problem, ProblemCode};
use crate::decode::ParseNumber;
use crate::rules::url_id;
use crate::service::region::{self, UnknownRegion};
use crate::validate;

/// Requests of all endpoints are far smaller.
pub const DEFAULT_MAX_BODY_BYTES: u32 = 64 * 1024;
/// Requests in flight at once, whose bodies are complete.
pub const DEFAULT_MAX_CONCURRENT: u32 = 256;

/// The options of `createSigningProxy` that decide the policy.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct ProxyOptions {
    pub region: Option<String>,
    /// Instead of `region`: scheme, host, and optionally a port.
    pub endpoint: Option<String>,
    /// `host` (on port 80 and 443), `host:port` or `host:*`. Default: the names of this machine, on any port.
    pub allowed_hosts: Option<Vec<String>>,
    /// Default: the proxy's own origin.
    pub allowed_origins: Option<Vec<String>>,
    /// Default: any.
    pub projects: Option<Vec<String>>,
    /// Default: any.
    pub domains: Option<Vec<String>>,
    /// Whether `x-emulator-fault` is forwarded. Default: false.
    pub allow_faults: Option<bool>,
    /// Default: false.
    pub metrics: Option<bool>,
    /// Default: false.
    pub allow_lookup: Option<bool>,
    pub max_body_bytes: Option<u32>,
    pub max_concurrent: Option<u32>,
    /// Default: half of `max_concurrent`, but at least 16.
    pub max_concurrent_per_client: Option<u32>,
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
    pub(super) allow_faults: bool,
    pub(super) metrics: bool,
    pub(super) allow_lookup: bool,
    pub(super) max_body_bytes: u32,
    pub(super) max_concurrent: u32,
    pub(super) max_concurrent_per_client: u32,
    pub(super) rate: Option<Rate>,
    pub(super) body_timeout_ms: f64,
    pub(super) upstream_timeout_ms: f64,
    /// Reads the numbers of bodies.
    pub(super) parse_number: ParseNumber,
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
    /// Faults of a real service.
    Faults,
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
                write!(f, "projects, domains: {id:?} is not an ID. {}", url_id::DESCRIPTION.doc)
            }
            PolicyError::Faults => f.write_str("allowFaults is for an emulator: give its endpoint, not a region"),
            PolicyError::Limit(name) => write!(f, "{name} must be at least 1"),
        }
    }
}

impl std::error::Error for PolicyError {}

impl Policy {
    pub fn new(options: ProxyOptions, parse_number: ParseNumber) -> Result<Self, PolicyError> {
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
        if options.allow_faults == Some(true) && options.region.is_some() {
            return Err(PolicyError::Faults);
        }
        let rate = options.rate_per_client;
        for (name, limit) in [
            ("maxBodyBytes", options.max_body_bytes),
            ("maxConcurrent", options.max_concurrent),
            ("maxConcurrentPerClient", options.max_concurrent_per_client),
            ("ratePerClient.perMinute", rate.map(|rate| rate.per_minute)),
            ("ratePerClient.burst", rate.and_then(|rate| rate.burst)),
        ] {
            if limit == Some(0) {
                return Err(PolicyError::Limit(name));
            }
        }
        let max_concurrent = options.max_concurrent.unwrap_or(DEFAULT_MAX_CONCURRENT);
        Ok(Policy {
            upstream,
            upstream_host,
            hosts,
            origins: options.allowed_origins,
            projects: options.projects,
            domains: options.domains,
            allow_faults: options.allow_faults.unwrap_or_default(),
            metrics: options.metrics.unwrap_or_default(),
            allow_lookup: options.allow_lookup.unwrap_or_default(),
            max_body_bytes: options.max_body_bytes.unwrap_or(DEFAULT_MAX_BODY_BYTES),
            max_concurrent,
            max_concurrent_per_client: options
                .max_concurrent_per_client
                .unwrap_or((max_concurrent / 2).max(16).min(max_concurrent)),
            rate,
            body_timeout_ms: options.body_timeout_ms.unwrap_or(10_000.0),
            upstream_timeout_ms: options.upstream_timeout_ms.unwrap_or(25_000.0),
            parse_number,
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
        Some(rest) => Some(rest.strip_prefix(':').and_then(parse_port).ok_or("must have a port from 1 to 65535")?),
        None => return Err(FORM),
    };
    if !is_host(&host) {
        return Err(
            "must have a host that is a name, an IPv4 address of four decimal numbers, or an IPv6 address in brackets",
        );
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
            "https://a..b",
            "https://.a",
            "https://-a",
            "https://a-",
            "https://a.-b.example",
            "https://*.example.com",
            "https://a,b",
            "https://a~b",
            "https://$a",
            "https://0x7f.1",
            "https://0X7f000001",
            "https://2130706433",
            "https://127.1",
            "https://0177.0.0.1",
            "https://1.2.3.4.5",
            "https://1.2.3.256",
            "https://[::1",
            "https://[v1.a]",
            "https://[fe80::1%25eth0]",
            "https://a:0",
            "https://a:00",
            "https://a:+80",
            "https://a:65536",
            &format!("https://{}", "a".repeat(64)),
            &format!("https://{}a", "a.".repeat(127)),
        ] {
            assert_eq!(parse(endpoint), None, "{endpoint}");
        }
    }
}
