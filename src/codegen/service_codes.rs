//! `service-codes.ts`: the error codes of the service, of the API gateway, and of OBS as far as CTS passes them on.

use serde_json::json;

use super::typescript::{HEADER, doc, lines};
use crate::service::codes::{NO_SUCH_BUCKET, SERVICE_CODES, ServiceCode};

type Row = (&'static str, u16, &'static [&'static str]);

/// Code, usual status, fields.
fn rows() -> impl Iterator<Item = Row> {
    let (status, code) = NO_SUCH_BUCKET;
    let service = SERVICE_CODES.iter().filter(|known| !known.is_gateway());
    let gateway = SERVICE_CODES.iter().filter(|known| known.is_gateway());
    let row = |known: &ServiceCode| (known.code, known.status(), known.fields);
    service.map(row).chain([(code, status, &["buckets.bucket_name"] as _)]).chain(gateway.map(row))
}

pub fn module() -> String {
    let row = |(code, status, fields): Row| format!("  '{code}': {{ status: {status}, fields: {} }},\n", json!(fields));
    format!(
        "{HEADER}{}\n/** The usual HTTP status of each code, and the request fields that it may be about. */\n\
         export const serviceCodes: Readonly<\n  Record<ServiceCode, {{ readonly status: number; readonly fields: \
         readonly string[] }}>\n> = {{\n{}}};\n",
        code_type(),
        rows().map(row).collect::<String>()
    )
}

pub fn code_type() -> String {
    let codes = lines(&rows().map(|(code, ..)| code).collect::<Vec<_>>());
    let about = "A known error code of the service (`CTS.0231`), of OBS (as far as CTS passes it on) or of the API gateway \
                 (`APIGW.0301`).";
    format!("\n{}export type ServiceCode ={codes};\n", doc(about, ""))
}
