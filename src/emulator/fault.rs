//! Faults on request: what fails, on which request, and when.
//!
//! A fault is written as an object, or in short as a line, which is also the form of the header `x-emulator-fault`:
//!
//! ```text
//! 503                          the status, with the body that the service or its gateway sends with it
//! 429; retry-after=5           any value, also an invalid one: -1, soon, Wed, 21 Oct 2026 07:28:00 GMT
//! CTS.0056                     a code of the service or the gateway, with its status and wording
//! latency; ms=250
//! reset; when=after            the connection is reset after the request was executed
//! truncate                     the answer ends in the middle, as if it were complete
//! hang; when=during            the answer stops in the middle and the connection stays open
//! ```
//!
//! `when` is `before` (the request is not executed), `after` (it is, and its answer is lost) or `during` (it is, and half
//! of its answer is sent). The default is `before`, except that `truncate` is always `during`, and `latency` `after`.
//!
//! In a list, a fault without `nth` applies to the next request that fits, once (or `times` times): the list is a queue.
//! With `nth` it applies to that request, counted from 1 among those of its `operation`, or among all. The first fault
//! of the list that applies is used; a fault in the header precedes the list.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use super::answer::Reply;
use crate::service::Operation;
use crate::service::codes;

/// The name of the header that asks for a fault.
pub const FAULT_HEADER: &str = "x-emulator-fault";

/// When a fault applies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// The request is not executed.
    Before,
    /// It is executed, and half of its answer is sent.
    During,
    /// It is executed, and its answer is lost.
    After,
}

impl When {
    const NAMES: [(&str, When); 3] = [("before", When::Before), ("during", When::During), ("after", When::After)];
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Effect {
    Latency,
    Reset,
    Truncate,
    Hang,
    Status(u16),
    Code(&'static str),
}

impl Effect {
    const NAMES: [(&str, Effect); 4] = [
        ("latency", Effect::Latency),
        ("reset", Effect::Reset),
        ("truncate", Effect::Truncate),
        ("hang", Effect::Hang),
    ];

    fn parse(text: &str) -> Result<Self, FaultError> {
        if let Some(effect) = named(&Self::NAMES, text) {
            return Ok(effect);
        }
        if let Some(known) = codes::lookup(text) {
            return Ok(Effect::Code(known.code));
        }
        match text.parse() {
            Ok(status @ 200..=599) => Ok(Effect::Status(status)),
            _ => Err(FaultError(format!(
                "{text:?} is not a fault: use latency, reset, truncate, hang, a status from 200 to 599 or a code of the \
                 service"
            ))),
        }
    }

    /// When it may apply, the default first.
    const fn moments(self) -> &'static [When] {
        match self {
            Effect::Latency => &[When::After],
            Effect::Truncate => &[When::During],
            Effect::Reset | Effect::Hang => &[When::Before, When::During, When::After],
            Effect::Status(_) | Effect::Code(_) => &[When::Before, When::After],
        }
    }

    const fn is_answer(self) -> bool {
        matches!(self, Effect::Status(_) | Effect::Code(_))
    }
}

fn named<T: Copy>(names: &[(&str, T)], text: &str) -> Option<T> {
    names.iter().find(|(name, _)| *name == text).map(|(_, value)| *value)
}

/// One fault, and the requests it applies to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    effect: Effect,
    when: When,
    delay_ms: u32,
    retry_after: Option<String>,
    headers: Vec<(String, String)>,
    body: Option<String>,
    operation: Option<Operation>,
    nth: Option<u32>,
    times: u32,
}

/// Why a fault is invalid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FaultError(String);

impl fmt::Display for FaultError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for FaultError {}

/// A fault as the options have it: a line, which may be only a status, or an object.
#[derive(Debug)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), serde(untagged))]
pub enum FaultOption {
    Line(TextOrNumber),
    Fields(FaultFields),
}

#[derive(Debug, Default, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(missing_as_null, hashmap_as_object))]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct FaultFields {
    pub kind: TextOrNumber,
    pub when: Option<String>,
    pub ms: Option<u32>,
    pub retry_after: Option<TextOrNumber>,
    pub headers: Option<BTreeMap<String, String>>,
    pub body: Option<String>,
    pub operation: Option<String>,
    pub nth: Option<u32>,
    pub times: Option<u32>,
}

/// A number may be written for its digits: `429` for `"429"`.
#[derive(Debug)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), serde(untagged))]
pub enum TextOrNumber {
    Number(i64),
    Text(String),
}

// serde's own code for `untagged` first keeps a value of any type, which is 2.0 kB of brotli more.
impl<'de> Deserialize<'de> for TextOrNumber {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        match FaultOption::deserialize(from)? {
            FaultOption::Line(value) => Ok(value),
            FaultOption::Fields(_) => Err(D::Error::custom("an object instead of a text or number")),
        }
    }
}

impl<'de> Deserialize<'de> for FaultOption {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(FaultVisitor)
    }
}

struct FaultVisitor;

impl<'de> Visitor<'de> for FaultVisitor {
    type Value = FaultOption;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a fault")
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<FaultOption, E> {
        Ok(FaultOption::Line(TextOrNumber::Number(number)))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<FaultOption, E> {
        i64::try_from(number).map_err(E::custom).and_then(|number| self.visit_i64(number))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<FaultOption, E> {
        Ok(FaultOption::Line(TextOrNumber::Text(text.to_owned())))
    }

    fn visit_map<A: MapAccess<'de>>(self, fields: A) -> Result<FaultOption, A::Error> {
        FaultFields::deserialize(MapAccessDeserializer::new(fields)).map(FaultOption::Fields)
    }
}

impl Default for TextOrNumber {
    fn default() -> Self {
        TextOrNumber::Text(String::new())
    }
}

impl fmt::Display for TextOrNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            TextOrNumber::Number(number) => number.fmt(f),
            TextOrNumber::Text(text) => f.write_str(text),
        }
    }
}

impl FaultFields {
    fn parse(line: &str) -> Result<Self, FaultError> {
        let mut parts = line.split(';').map(str::trim);
        let kind = TextOrNumber::Text(parts.next().unwrap_or_default().to_owned());
        let mut fields = FaultFields { kind, ..FaultFields::default() };
        for part in parts {
            let (key, value) =
                part.split_once('=').ok_or_else(|| FaultError(format!("{part:?} in a fault is not key=value")))?;
            let number = || {
                let parsed = value.parse();
                parsed.map_err(|_| FaultError(format!("{key} of a fault must be a whole number, not {value:?}")))
            };
            let text = || Some(value.to_owned());
            match key {
                "when" => fields.when = text(),
                "ms" => fields.ms = Some(number()?),
                "retry-after" => fields.retry_after = text().map(TextOrNumber::Text),
                "operation" => fields.operation = text(),
                "nth" => fields.nth = Some(number()?),
                "times" => fields.times = Some(number()?),
                _ => {
                    return Err(FaultError(format!(
                        "a fault has no {key:?}; it has when, ms, retry-after, operation, nth and times"
                    )));
                }
            }
        }
        Ok(fields)
    }
}

impl Fault {
    pub fn new(option: FaultOption) -> Result<Self, FaultError> {
        match option {
            FaultOption::Line(line) => Self::parse(&line.to_string()),
            FaultOption::Fields(fields) => Self::from_fields(fields),
        }
    }

    /// Reads the short form.
    pub fn parse(line: &str) -> Result<Self, FaultError> {
        FaultFields::parse(line).and_then(Self::from_fields)
    }

    fn from_fields(fields: FaultFields) -> Result<Self, FaultError> {
        let error = |message: &str| Err(FaultError(message.to_owned()));
        let effect = Effect::parse(&fields.kind.to_string())?;
        let moments = effect.moments();
        let when = match fields.when.as_deref() {
            None => moments.first().copied(),
            Some(name) => named(&When::NAMES, name),
        };
        let Some(when) = when else { return error("when of a fault must be before, during or after") };
        if !moments.contains(&when) {
            return error("this fault cannot apply at that moment");
        }
        let operation = fields.operation.as_deref().map(Operation::from_name);
        if operation == Some(None) {
            let names = Operation::ALL.map(Operation::name).join(", ");
            return Err(FaultError(format!("operation of a fault must be one of {names}")));
        }
        let headers: Vec<_> = fields.headers.into_iter().flatten().collect();
        let retry_after = fields.retry_after.map(|value| value.to_string());
        if !effect.is_answer() && (fields.body.is_some() || !headers.is_empty() || retry_after.is_some()) {
            return error("only a fault that is a status or a code has a body, headers or retry-after");
        }
        let all = headers.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        for (name, value) in all.chain(retry_after.as_deref().map(|value| ("retry-after", value))) {
            if http::HeaderName::try_from(name).is_err() || http::HeaderValue::try_from(value).is_err() {
                return Err(FaultError(format!("a fault's header {name:?} cannot be sent")));
            }
        }
        if effect == Effect::Latency && fields.ms.is_none() {
            return error("a latency needs ms");
        }
        if fields.nth == Some(0) || fields.times == Some(0) {
            return error("nth and times of a fault count from 1");
        }
        Ok(Fault {
            effect,
            when,
            delay_ms: fields.ms.unwrap_or_default(),
            retry_after,
            headers,
            body: fields.body,
            operation: operation.flatten(),
            nth: fields.nth,
            times: fields.times.unwrap_or(1),
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
        match self.effect {
            Effect::Status(status) => status.to_string(),
            Effect::Code(code) => code.to_owned(),
            effect => {
                let name = Effect::NAMES.iter().find(|(_, known)| *known == effect).map(|(name, _)| *name);
                name.unwrap_or_default().to_owned()
            }
        }
    }

    /// The answer to send instead of the usual one, if this fault is a status or a code.
    pub(super) fn reply(&self, request_id: &str) -> Option<Reply> {
        let mut reply = match self.effect {
            Effect::Latency | Effect::Reset | Effect::Truncate | Effect::Hang => return None,
            Effect::Code(code) => Reply::code(code, request_id),
            Effect::Status(status) => usual(status, request_id),
        };
        if let Some(body) = &self.body {
            reply.body = body.clone().into_bytes();
        }
        reply.headers.extend(self.headers.clone());
        let retry_after = self.retry_after.clone().or((reply.status == 429).then(|| "1".to_owned()));
        reply.headers.extend(retry_after.map(|value| ("retry-after".to_owned(), value)));
        Some(reply)
    }

    /// How much of an answer with a body of `length` bytes is sent.
    pub(super) fn delivery(&self, length: usize) -> Delivery {
        let sent = (self.when == When::During).then_some(length / 2);
        match self.effect {
            Effect::Latency | Effect::Status(_) | Effect::Code(_) => Delivery::Whole,
            Effect::Reset => Delivery::Reset { sent },
            Effect::Hang => Delivery::Hang { sent },
            Effect::Truncate => Delivery::Truncate { sent: length / 2 },
        }
    }
}

/// The usual answer with a status: from the service, the gateway, or the load balancer.
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

/// How an answer is sent. Offsets are in bytes of its body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum Delivery {
    Whole,
    /// The connection is reset: at once (`None`), or after the head and so many bytes.
    Reset {
        sent: Option<usize>,
    },
    /// The answer ends after so many bytes, as if it were complete.
    Truncate {
        sent: usize,
    },
    /// Nothing more is sent: at all (`None`), or after the head and so many bytes.
    Hang {
        sent: Option<usize>,
    },
}

/// The faults of an emulator, and how often each was used.
#[derive(Clone, Debug, Default)]
pub(super) struct Faults {
    /// Each with the number of requests it was applied to.
    rules: Vec<(Fault, u32)>,
    requests: u32,
    requests_of: [u32; Operation::ALL.len()],
}

impl Faults {
    pub(super) fn new(rules: &[Fault]) -> Self {
        Faults { rules: rules.iter().map(|fault| (fault.clone(), 0)).collect(), ..Faults::default() }
    }

    /// Counts a request and returns the fault that applies to it.
    pub(super) fn next(&mut self, operation: Option<Operation>) -> Option<Fault> {
        self.requests = self.requests.saturating_add(1);
        let mut of_operation = 0;
        for (known, count) in Operation::ALL.iter().zip(&mut self.requests_of) {
            if Some(*known) == operation {
                *count = count.saturating_add(1);
                of_operation = *count;
            }
        }
        self.rules.iter_mut().find_map(|(fault, used)| {
            let number = match fault.operation {
                None => self.requests,
                Some(_) if fault.operation == operation => of_operation,
                Some(_) => return None,
            };
            let applies = match fault.nth {
                Some(nth) => number >= nth && number - nth < fault.times,
                None => *used < fault.times,
            };
            *used = used.saturating_add(u32::from(applies));
            applies.then(|| fault.clone())
        })
    }
}
