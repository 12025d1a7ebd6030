//! Faults on request: what goes wrong, at which request, at which moment.
//!
//! A fault is written as an object, or in short as a line, which is also what the header `x-emulator-fault` holds:
//!
//! ```text
//! 503                          the status, with the body the service or what stands before it gives
//! 429; retry-after=5           any value, also one that is none: -1, soon, Wed, 21 Oct 2026 07:28:00 GMT
//! CTS.0056                     a code of the service or the gateway, with its status and wording
//! latency; ms=250
//! reset; when=after            the connection is reset after the request was carried out
//! truncate                     the answer ends in the middle, as if that were its end
//! hang; when=during            the answer stops in the middle and the connection stays
//! ```
//!
//! `when` is the moment: `before` (the request is not carried out), `after` (it is, and its answer is lost) or
//! `during` (it is, and half of its answer goes out). Statuses, codes, `reset` and `hang` strike `before` unless
//! told; `truncate` strikes `during`, a `latency` is always after.
//!
//! In a list, a fault without `nth` waits for the next request it fits and strikes once (or `times` times): a list
//! is a queue. With `nth` it strikes at that request, counted from 1 among those of its `operation`, or of all.
//! The first fault of the list that strikes is the one; a fault in the header goes before the list.

use std::fmt;

use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{self, Deserializer, MapAccess, Visitor};

use super::answer::Reply;
use crate::service::Operation;
use crate::service::codes;

/// The name of the header that asks for a fault.
pub const FAULT_HEADER: &str = "x-emulator-fault";

/// The moment a fault strikes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// The request is not carried out.
    Before,
    /// It is carried out, and half of its answer goes out.
    During,
    /// It is carried out, and its answer is lost.
    After,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Kind {
    Latency,
    Reset,
    Truncate,
    Hang,
    Status(u16),
    Code(&'static str),
}

/// One fault, and at which requests it strikes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    kind: Kind,
    when: When,
    delay_ms: u32,
    retry_after: Option<String>,
    headers: Vec<(String, String)>,
    body: Option<String>,
    operation: Option<Operation>,
    nth: Option<u32>,
    times: u32,
}

/// Why a fault cannot be asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FaultError(String);

impl fmt::Display for FaultError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for FaultError {}

/// As it is written in an object.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Written {
    kind: Scalar,
    #[serde(default)]
    when: Option<String>,
    #[serde(default)]
    ms: Option<u32>,
    #[serde(default)]
    retry_after: Option<Scalar>,
    #[serde(default)]
    headers: Option<std::collections::BTreeMap<String, String>>,
    #[serde(default)]
    body: Option<String>,
    #[serde(default)]
    operation: Option<String>,
    #[serde(default)]
    nth: Option<u32>,
    #[serde(default)]
    times: Option<u32>,
}

/// A number may stand for its digits: `429` for `"429"`.
#[derive(Deserialize)]
#[serde(untagged, expecting = "kind and retryAfter of a fault are a text or a whole number")]
enum Scalar {
    Number(i64),
    Text(String),
}

impl Scalar {
    fn into_text(self) -> String {
        match self {
            Scalar::Number(number) => number.to_string(),
            Scalar::Text(text) => text,
        }
    }
}

impl<'de> Deserialize<'de> for Fault {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(FaultVisitor)
    }
}

struct FaultVisitor;

impl<'de> Visitor<'de> for FaultVisitor {
    type Value = Fault;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a fault: an object, a line or a status")
    }

    fn visit_str<E: de::Error>(self, line: &str) -> Result<Fault, E> {
        Fault::parse(line).map_err(E::custom)
    }

    fn visit_u64<E: de::Error>(self, status: u64) -> Result<Fault, E> {
        Fault::parse(&status.to_string()).map_err(E::custom)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Fault, A::Error> {
        Written::deserialize(MapAccessDeserializer::new(map))
            .and_then(|written| Fault::from_written(written).map_err(de::Error::custom))
    }
}

impl Fault {
    /// Reads the short form.
    pub fn parse(line: &str) -> Result<Self, FaultError> {
        let mut parts = line.split(';').map(str::trim);
        let mut written = Written {
            kind: Scalar::Text(parts.next().unwrap_or_default().to_owned()),
            when: None,
            ms: None,
            retry_after: None,
            headers: None,
            body: None,
            operation: None,
            nth: None,
            times: None,
        };
        for part in parts {
            let (key, value) =
                part.split_once('=').ok_or_else(|| FaultError(format!("{part:?} in a fault is not key=value")))?;
            let number = || {
                value
                    .parse::<u32>()
                    .map_err(|_| FaultError(format!("{key} of a fault is a whole number, not {value:?}")))
            };
            match key {
                "when" => written.when = Some(value.to_owned()),
                "ms" => written.ms = Some(number()?),
                "retry-after" => written.retry_after = Some(Scalar::Text(value.to_owned())),
                "operation" => written.operation = Some(value.to_owned()),
                "nth" => written.nth = Some(number()?),
                "times" => written.times = Some(number()?),
                _ => {
                    return Err(FaultError(format!(
                        "{key:?} is nothing a fault has; it has when, ms, retry-after, operation, nth, times"
                    )));
                }
            }
        }
        Fault::from_written(written)
    }

    fn from_written(written: Written) -> Result<Self, FaultError> {
        let kind = kind(&written.kind.into_text())?;
        let when = match written.when.as_deref() {
            None => match kind {
                Kind::Latency => When::After,
                Kind::Truncate => When::During,
                Kind::Reset | Kind::Hang | Kind::Status(_) | Kind::Code(_) => When::Before,
            },
            Some("before") => When::Before,
            Some("during") => When::During,
            Some("after") => When::After,
            Some(other) => {
                return Err(FaultError(format!("when of a fault is before, during or after, not {other:?}")));
            }
        };
        let possible = match kind {
            Kind::Latency => when == When::After,
            Kind::Truncate => when == When::During,
            Kind::Reset | Kind::Hang => true,
            Kind::Status(_) | Kind::Code(_) => when != When::During,
        };
        if !possible {
            return Err(FaultError("this fault cannot strike at that moment".to_owned()));
        }
        let operation = match written.operation.as_deref() {
            None => None,
            Some("createTracker") => Some(Operation::CreateTracker),
            Some("checkObsBuckets") => Some(Operation::CheckObsBuckets),
            Some(other) => {
                return Err(FaultError(format!(
                    "operation of a fault is createTracker or checkObsBuckets, not {other:?}"
                )));
            }
        };
        let headers: Vec<(String, String)> = written.headers.unwrap_or_default().into_iter().collect();
        let retry_after = written.retry_after.map(Scalar::into_text);
        let answers = matches!(kind, Kind::Status(_) | Kind::Code(_));
        if !answers && (written.body.is_some() || !headers.is_empty() || retry_after.is_some()) {
            return Err(FaultError(
                "only a fault that is a status or a code has a body, headers or retry-after".to_owned(),
            ));
        }
        let all = headers.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        for (name, value) in all.chain(retry_after.as_deref().map(|value| ("retry-after", value))) {
            let fits = http::HeaderName::try_from(name).is_ok() && http::HeaderValue::try_from(value).is_ok();
            if !fits {
                return Err(FaultError(format!("a fault's header {name:?} cannot be sent")));
            }
        }
        if kind == Kind::Latency && written.ms.is_none() {
            return Err(FaultError("a latency has ms".to_owned()));
        }
        if written.nth == Some(0) || written.times == Some(0) {
            return Err(FaultError("nth and times of a fault count from 1".to_owned()));
        }
        Ok(Fault {
            kind,
            when,
            delay_ms: written.ms.unwrap_or_default(),
            retry_after,
            headers,
            body: written.body,
            operation,
            nth: written.nth,
            times: written.times.unwrap_or(1),
        })
    }

    pub(super) const fn when(&self) -> When {
        self.when
    }

    pub(super) const fn delay_ms(&self) -> u32 {
        self.delay_ms
    }

    /// For the log of requests.
    pub(super) fn name(&self) -> String {
        match self.kind {
            Kind::Latency => "latency".to_owned(),
            Kind::Reset => "reset".to_owned(),
            Kind::Truncate => "truncate".to_owned(),
            Kind::Hang => "hang".to_owned(),
            Kind::Status(status) => status.to_string(),
            Kind::Code(code) => code.to_owned(),
        }
    }

    /// What goes out in place of the answer, if this fault is one of status.
    pub(super) fn reply(&self, request_id: &str) -> Option<Reply> {
        let mut reply = match self.kind {
            Kind::Latency | Kind::Reset | Kind::Truncate | Kind::Hang => return None,
            Kind::Code(code) => Reply::code(code, request_id),
            Kind::Status(status) => usual(status, request_id),
        };
        if let Some(body) = &self.body {
            reply.body = body.clone().into_bytes();
        }
        reply.headers.extend(self.headers.iter().cloned());
        let retry_after = match (&self.retry_after, reply.status) {
            (Some(value), _) => Some(value.clone()),
            (None, 429) => Some("1".to_owned()),
            (None, _) => None,
        };
        reply.headers.extend(retry_after.map(|value| ("retry-after".to_owned(), value)));
        Some(reply)
    }

    /// How much of an answer of so many bytes goes out.
    pub(super) fn delivery(&self, length: usize) -> Delivery {
        let sent = match self.when {
            When::During => Some(length / 2),
            When::Before | When::After => None,
        };
        match self.kind {
            Kind::Latency | Kind::Status(_) | Kind::Code(_) => Delivery::Whole,
            Kind::Reset => Delivery::Reset { sent },
            Kind::Hang => Delivery::Hang { sent },
            Kind::Truncate => Delivery::Truncate { sent: length / 2 },
        }
    }
}

fn kind(text: &str) -> Result<Kind, FaultError> {
    match text {
        "latency" => return Ok(Kind::Latency),
        "reset" => return Ok(Kind::Reset),
        "truncate" => return Ok(Kind::Truncate),
        "hang" => return Ok(Kind::Hang),
        _ => {}
    }
    if let Some(known) = codes::lookup(text) {
        return Ok(Kind::Code(known.code));
    }
    match text.parse::<u16>() {
        Ok(status @ 200..=599) => Ok(Kind::Status(status)),
        _ => Err(FaultError(format!(
            "{text:?} is no fault; there are latency, reset, truncate, hang, the statuses 200 to 599 and the codes \
             of the service"
        ))),
    }
}

/// What usually comes with a status: from the service, the gateway, or what balances load before them.
fn usual(status: u16, request_id: &str) -> Reply {
    match status {
        400 => Reply::code("CTS.0003", request_id),
        401 => Reply::code("APIGW.0301", request_id),
        403 => Reply::code("CTS.0013", request_id),
        404 => Reply::code("APIGW.0101", request_id),
        429 => Reply::code("APIGW.0308", request_id),
        500 => Reply::code("CTS.0004", request_id),
        502 => Reply {
            status,
            content_type: Some("text/html"),
            headers: Vec::new(),
            body: b"<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad \
                    Gateway</h1></center>\r\n</body>\r\n</html>\r\n"
                .to_vec(),
        },
        503 => Reply::code("APIGW.0613", request_id),
        504 => Reply::code("APIGW.0203", request_id),
        _ => Reply { status, content_type: None, headers: Vec::new(), body: Vec::new() },
    }
}

/// How an answer reaches the client. Offsets are in bytes of its body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delivery {
    Whole,
    /// The connection is reset: at once (`None`), or after the head and so many bytes.
    Reset {
        sent: Option<usize>,
    },
    /// The answer ends after so many bytes, as if it were whole.
    Truncate {
        sent: usize,
    },
    /// Nothing more comes: at all (`None`), or after the head and so many bytes.
    Hang {
        sent: Option<usize>,
    },
}

/// The faults of an emulator, and how far they are.
#[derive(Clone, Debug, Default)]
pub(super) struct Faults {
    rules: Vec<(Fault, u32)>,
    all: u32,
    by_operation: [u32; 2],
}

impl Faults {
    pub(super) fn new(rules: &[Fault]) -> Self {
        Faults { rules: rules.iter().map(|fault| (fault.clone(), 0)).collect(), all: 0, by_operation: [0; 2] }
    }

    /// Counts a request and says which fault strikes it.
    pub(super) fn next(&mut self, operation: Option<Operation>) -> Option<Fault> {
        self.all = self.all.saturating_add(1);
        let mut count = 0;
        for (known, n) in Operation::ALL.iter().zip(&mut self.by_operation) {
            if Some(*known) == operation {
                *n = n.saturating_add(1);
                count = *n;
            }
        }
        for (fault, struck) in &mut self.rules {
            if fault.operation.is_some() && fault.operation != operation {
                continue;
            }
            let number = if fault.operation.is_some() { count } else { self.all };
            let strikes = match fault.nth {
                Some(nth) => number >= nth && number - nth < fault.times,
                None => *struck < fault.times,
            };
            if strikes {
                *struck = struck.saturating_add(1);
                return Some(fault.clone());
            }
        }
        None
    }
}
