//! The URL or the raw target of a request.

use http::Uri;

/// Parses the URL of a request. If `is_raw`, it is the target as it was received, which must be a path: another form
/// could name another host. Nothing is decoded or resolved.
pub fn parse_target(url: &str, is_raw: bool) -> Option<Uri> {
    // The http crate drops a fragment, so it cannot be checked later.
    if url.contains('#') || (is_raw && !url.starts_with('/')) {
        return None;
    }
    url.parse().ok()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::parse_target;

    #[test]
    fn a_raw_target_is_a_path_and_stays_as_it_was_received() {
        for path in ["/v3/a/tracker", "/v3/denied/../ok/tracker", "/v3/%2e%2e/tracker", "//evil.example/v3/a/tracker"] {
            assert_eq!(parse_target(path, true).unwrap().to_string(), path);
        }
        for other in ["", "*", "v3/a/tracker", "http://localhost/v3/a/tracker", "file:///v3/a/tracker", "localhost:80"]
        {
            assert_eq!(parse_target(other, true), None, "{other}");
        }
    }

    #[test]
    fn a_fragment_is_refused_in_both_forms() {
        assert_eq!(parse_target("/v3/a/tracker#", true), None);
        assert_eq!(parse_target("http://localhost/v3/a/tracker#", false), None);
        assert!(parse_target("http://localhost/v3/a/tracker", false).is_some());
    }
}
