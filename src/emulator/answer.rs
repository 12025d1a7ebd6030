//! The bodies of the service's and the gateway's responses, with the documented key order.

use serde::Serialize;

use super::service::Refused;
use crate::service::codes::{self, ServiceCode};

/// An answer without the common headers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reply {
    pub(super) status: u16,
    pub(super) content_type: Option<&'static str>,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Vec<u8>,
}

impl Reply {
    pub(super) fn json(status: u16, body: &impl Serialize) -> Self {
        Reply {
            status,
            content_type: Some("application/json"),
            headers: Vec::new(),
            // Structs of strings, numbers and lists always serialize.
            body: serde_json::to_vec(body).unwrap_or_default(),
        }
    }

    /// The service's or the gateway's error of this code, with its usual status and wording.
    pub(super) fn code(code: &str, request_id: &str) -> Self {
        let known = codes::lookup(code);
        let status = known.map_or(500, ServiceCode::status);
        Self::worded(code, status, known.map_or("", ServiceCode::message), request_id)
    }

    /// The service's error, with the field that it is about.
    pub(super) fn refused(Refused { code, about }: &Refused, request_id: &str) -> Self {
        let Some(about) = about else { return Self::code(code, request_id) };
        let known = codes::lookup(code);
        let message = format!("{} ({about})", known.map_or("", ServiceCode::message));
        Self::worded(code, known.map_or(500, ServiceCode::status), &message, request_id)
    }

    /// The gateway's error of this code with one of its other statuses.
    pub(super) fn gateway(code: &str, status: u16, request_id: &str) -> Self {
        let message = codes::lookup(code)
            .and_then(|known| known.answers.iter().find(|answer| answer.status == status))
            .map_or("", |answer| answer.message);
        Self::worded(code, status, message, request_id)
    }

    /// An error with a custom message.
    pub(super) fn worded(code: &str, status: u16, message: &str, request_id: &str) -> Self {
        if code.starts_with("APIGW.") {
            Self::json(status, &GatewayError { error_msg: message, error_code: code, request_id })
        } else {
            Self::json(status, &ServiceError { error_code: code, error_msg: message })
        }
    }
}

/// `{"error_code":"CTS.0203","error_msg":"…"}`
#[derive(Serialize)]
struct ServiceError<'a> {
    error_code: &'a str,
    error_msg: &'a str,
}

/// The gateway's key order, as seen on the wire.
#[derive(Serialize)]
struct GatewayError<'a> {
    error_msg: &'a str,
    error_code: &'a str,
    request_id: &'a str,
}
