//! Hosts: SSRF and DNS rebinding.

use super::support::*;
use cts_tracker::proxy::{Body, Head, PolicyError, ProxyOptions};
use serde_json::{Value, json};

#[test]
fn disallowed_hosts_are_refused_before_any_other_check() {
    for host in [
        "evil.example",
        "evil.example:8787",
        "localhost.evil.example:8787",
        "localhost:8787.evil.example",
        "localhost@evil.example",
        "evil.example#localhost",
        "localhost:8787, evil.example",
        "127.0.0.1.evil.example",
        "127.1",
        "2130706433",
        "0.0.0.0:8787",
        "[::]:8787",
        "[::ffff:127.0.0.1]:8787",
        "[::1",
        "localhost:",
        "localhost:87870",
        "localhost:-1",
        "localhost.",
        "",
        "169.254.169.254",
        "l\u{f6}calhost",
    ] {
        let invalid = Sample::create().with("host", host);
        assert_eq!(invalid.outcome(&policy()), "host_not_allowed", "{host}");
        // This check comes first, also if other parts of the request are invalid.
        let more_invalid =
            invalid.method("DELETE").target("/etc/passwd?x").page("https://evil.example").without("content-type");
        assert_eq!(more_invalid.outcome(&policy()), "host_not_allowed", "{host}");
    }
    assert_eq!(Sample::create().without("host").outcome(&policy()), "host_not_allowed");
    assert_eq!(Sample::create().again("host", "evil.example").outcome(&policy()), "host_not_allowed");
}

#[test]
fn a_configured_port_must_match() {
    let policy =
        policy_of(json!({ "region": "eu-west-0", "allowedHosts": ["proxy.example:8443", "other.example"] })).unwrap();
    let outcome = |host: &str| Sample::create().with("host", host).outcome(&policy);
    assert_eq!(outcome("proxy.example:8443"), "admit");
    assert_eq!(outcome("Proxy.Example:8443"), "admit");
    for host in ["other.example", "other.example:80", "other.example:443"] {
        assert_eq!(outcome(host), "admit", "{host}");
    }
    for host in ["proxy.example", "proxy.example:443", "proxy.example:08443x", "other.example:8443", "localhost:8787"] {
        assert_eq!(outcome(host), "host_not_allowed", "{host}");
    }
}

#[test]
fn the_refusal_names_the_host_and_the_setting() {
    let detail = |sample: Sample| {
        let Head::Respond(response) = sample.check(&policy()) else { panic!() };
        problem_of(&response)["detail"].as_str().unwrap().to_owned()
    };
    let named = detail(Sample::create().with("host", "console.example.com"));
    for part in ["\"console.example.com\"", "allowedHosts", "--allow-host"] {
        assert!(named.contains(part), "{named}");
    }
    let target = format!("http://evil.example/v3/{PROJECT}/tracker");
    assert!(detail(Sample::create().target(target)).contains("\"evil.example\""));
    assert_eq!(detail(Sample::create().without("host")), "the request names no host");
    // What a caller sends is quoted and cut.
    assert!(detail(Sample::create().with("host", "a\"b\tc")).contains(r#""a\"b\tc""#));
    let long = detail(Sample::create().with("host", "a".repeat(5000)));
    assert!(long.len() < 300 && long.contains('…'), "{long}");
}

#[test]
fn an_absolute_target_must_name_an_allowed_host_too() {
    let target = |authority: &str| format!("http://{authority}/v3/{PROJECT}/tracker");
    assert_eq!(Sample::create().target(target(HOST)).outcome(&policy()), "admit");
    assert_eq!(Sample::create().without("host").target(target(HOST)).outcome(&policy()), "admit");
    for authority in ["evil.example", "localhost:8787@evil.example", "user@localhost:8787", "169.254.169.254"] {
        assert_eq!(Sample::create().target(target(authority)).outcome(&policy()), "host_not_allowed", "{authority}");
        let alone = Sample::create().without("host").target(target(authority));
        assert_eq!(alone.outcome(&policy()), "host_not_allowed", "{authority}");
    }
}

#[test]
fn no_header_changes_the_upstream() {
    let expected = forwarded(SYSTEM.as_bytes());
    assert_eq!(expected.uri().to_string(), format!("https://cts.eu-west-0.myhuaweicloud.com/v3/{PROJECT}/tracker"));
    for (name, value) in [
        ("x-forwarded-host", "evil.example"),
        ("x-forwarded-proto", "http"),
        ("x-forwarded-for", "127.0.0.1"),
        ("x-forwarded-prefix", "/evil"),
        ("forwarded", "host=evil.example"),
        ("x-original-url", "/evil"),
        ("x-rewrite-url", "/evil"),
        ("x-http-method-override", "DELETE"),
        ("x-host", "evil.example"),
        ("x-real-ip", "127.0.0.1"),
        ("via", "1.1 evil.example"),
        ("referer", "https://evil.example/"),
    ] {
        let Head::Admit(route) = Sample::create().with(name, value).check(&policy()) else { panic!("{name}") };
        let Body::Send(request) = checked(&route, SYSTEM.as_bytes()) else { panic!("{name}") };
        assert_eq!(request.uri(), expected.uri());
        assert_eq!(request.headers(), expected.headers(), "{name}");
    }
}

#[test]
fn only_the_configuration_sets_the_upstream() {
    let upstream = |options: Value| policy_of(options).map(|policy| policy.upstream().to_owned());
    assert_eq!(upstream(json!({ "region": "eu-west-101" })).unwrap(), "https://cts.eu-west-101.myhuaweicloud.eu");
    assert_eq!(upstream(json!({ "endpoint": "http://127.0.0.1:9" })).unwrap(), "http://127.0.0.1:9");
    for region in
        ["", "eu-west-0.evil.example", "eu-west-0/..", "eu-west-0@evil.example", "EU-WEST-0", "../x", "eu-west-0#"]
    {
        assert!(matches!(upstream(json!({ "region": region })), Err(PolicyError::Region(_))), "{region}");
    }
    assert_eq!(upstream(json!({})), Err(PolicyError::Upstream));
    assert_eq!(upstream(json!({ "region": "eu-west-0", "endpoint": "https://a.example" })), Err(PolicyError::Upstream));
    for endpoint in
        ["http://cts.example.com", "https://u:p@a.example", "https://a.example/v3", "a.example", "https://a.example?x"]
    {
        assert!(matches!(upstream(json!({ "endpoint": endpoint })), Err(PolicyError::Endpoint(_))), "{endpoint}");
    }
}

#[test]
fn options_without_effect_as_limits_are_refused() {
    let error = |key: &str, value: Value| {
        let mut options = json!({ "region": "eu-west-0" });
        options[key] = value;
        policy_of(options).map(|_| ()).unwrap_err().to_string()
    };
    for origin in
        ["*", "null", "https://a.example/", "https://A.example", "https://*.a.example", "https://a.example:443"]
    {
        assert!(error("allowedOrigins", json!([origin])).starts_with("allowedOrigins: "), "{origin}");
    }
    for host in ["*", "*.a.example", "http://a.example", "a.example/", ""] {
        assert!(error("allowedHosts", json!([host])).starts_with("allowedHosts: "), "{host}");
    }
    for id in ["", "a/b", "*", "a b", &"x".repeat(65)] {
        assert!(error("projects", json!([id])).starts_with("projects, domains: "), "{id}");
        assert!(error("domains", json!([id])).starts_with("projects, domains: "), "{id}");
    }
    assert_eq!(error("maxBodyBytes", json!(0)), "maxBodyBytes must be at least 1");
    assert_eq!(error("maxConcurrent", json!(0)), "maxConcurrent must be at least 1");
    assert_eq!(error("ratePerClient", json!({ "perMinute": 0 })), "ratePerClient.perMinute must be at least 1");
    assert!(serde_json::from_value::<ProxyOptions>(json!({ "region": "eu-west-0", "allowedOrigin": [] })).is_err());
}
