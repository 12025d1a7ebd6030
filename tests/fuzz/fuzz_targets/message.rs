//! A request of the `http` crate from text that looks like HTTP: a line of method and target, headers, an empty line,
//! the body.

use http::Request;

/// None if the crate cannot represent it. A server refuses such a request before.
pub fn read(bytes: &[u8]) -> Option<Request<Vec<u8>>> {
    let mut rest = bytes;
    let mut line = || {
        let end = rest.iter().position(|byte| *byte == b'\n')?;
        let (line, after) = rest.split_at(end);
        rest = &after[1..];
        Some(line)
    };
    let mut words = line()?.splitn(2, |byte| *byte == b' ');
    let mut builder = Request::builder().method(words.next()?).uri(words.next()?);
    while let Some(header) = line().filter(|line| !line.is_empty()) {
        let colon = header.iter().position(|byte| *byte == b':')?;
        builder = builder.header(&header[..colon], header[colon + 1..].trim_ascii());
    }
    builder.body(rest.to_vec()).ok()
}
