//! `wire.ts`: the types of requests and responses.

use super::typescript::{HEADER, doc, union};
use crate::schema::{CREATE_TRACKER, Field, FieldType, Table, Values};
use crate::service::Operation;

/// A member of the union that the request of CreateTracker is.
struct Tracker {
    name: &'static str,
    doc: &'static str,
    /// The fields that depend on the type of tracker, with their declarations.
    fields: [(&'static str, &'static str); 3],
}

const TRACKERS: [Tracker; 2] = [
    Tracker {
        name: "SystemTracker",
        doc: "The management tracker. A region has one.",
        fields: [("tracker_type", ": 'system'"), ("tracker_name", ": 'system'"), ("data_bucket", "?: undefined")],
    },
    Tracker {
        name: "DataTracker",
        doc: "A data tracker. It tracks one OBS bucket.",
        fields: [("tracker_type", ": 'data'"), ("tracker_name", ": string"), ("data_bucket", ": DataBucket")],
    },
];

pub fn module() -> String {
    [HEADER, "import type { Word } from '../platform.js';\n", &requests(), &responses()].concat()
}

pub fn requests() -> String {
    let declare = |table: &'static Table| {
        if *table == CREATE_TRACKER { trackers(table) } else { interface(table, false) }
    };
    tables(Operation::request).into_iter().map(declare).collect()
}

fn responses() -> String {
    let requests = tables(Operation::request);
    let tables = tables(|operation| Some(operation.response())).into_iter().filter(|table| !requests.contains(table));
    tables.map(|table| interface(table, true)).collect()
}

/// The tables of all requests or of all responses, each once.
fn tables(body: fn(Operation) -> Option<&'static Table>) -> Vec<&'static Table> {
    let mut found = Vec::new();
    for table in Operation::ALL.into_iter().filter_map(body) {
        collect(table, &mut found);
    }
    found
}

/// The table, and the tables of the objects in it.
fn collect(table: &'static Table, found: &mut Vec<&'static Table>) {
    if found.contains(&table) {
        return;
    }
    found.push(table);
    for field in table.fields {
        let mut inner = &field.field_type;
        while let FieldType::Array(item) = inner {
            inner = item;
        }
        if let FieldType::Object(table) = inner {
            collect(table, found);
        }
    }
}

/// The request of CreateTracker is a union on `tracker_type`.
fn trackers(table: &Table) -> String {
    let depends = |name: &str| TRACKERS.iter().any(|tracker| tracker.fields.iter().any(|(field, _)| *field == name));
    let common: String =
        table.fields.iter().filter(|field| !depends(field.name)).map(|f| declaration(f, false)).collect();
    let mut out = format!(
        "\n{}export type {} = SystemTracker | DataTracker;\n\n{}export interface TrackerCommon {{\n{common}}}\n",
        doc(table.doc, ""),
        table.name,
        doc("The fields of both types of tracker.", ""),
    );
    for Tracker { name, doc: about, fields } in TRACKERS {
        let declared: String = table
            .fields
            .iter()
            .filter_map(|field| {
                let (_, declared) = fields.iter().find(|(name, _)| *name == field.name)?;
                Some(format!("{}  {}{declared};\n", doc(&field.doc(), "  "), field.name))
            })
            .collect();
        out += &format!("\n{}export interface {name} extends TrackerCommon {{\n{declared}}}\n", doc(about, ""));
    }
    out
}

/// An interface. A response may have values that are not known yet, so its unions are open.
fn interface(table: &Table, open: bool) -> String {
    let fields: String = table.fields.iter().map(|field| declaration(field, open)).collect();
    format!("\n{}export interface {} {{\n{fields}}}\n", doc(table.doc, ""), table.name)
}

fn declaration(field: &Field, open: bool) -> String {
    let optional = if field.about.required { "" } else { "?" };
    let of = type_of(field.field_type, field.about.values, open);
    format!("{}  {}{optional}: {of};\n", doc(&field.doc(), "  "), field.name)
}

fn type_of(field_type: FieldType, values: Values, open: bool) -> String {
    match (field_type, values) {
        (FieldType::Array(item), _) => match type_of(*item, values, open) {
            item if item.contains('|') && !item.starts_with("Word<") => format!("({item})[]"),
            item => format!("{item}[]"),
        },
        // An object of a request has closed unions, so a response cannot refer to it.
        (FieldType::Object(table), _) if open && tables(Operation::request).contains(&table) => {
            let field =
                |field: &Field| format!("{}?: {}", field.name, type_of(field.field_type, field.about.values, open));
            format!("{{ {} }}", table.fields.iter().map(field).collect::<Vec<_>>().join("; "))
        }
        (FieldType::Object(table), _) => table.name.to_owned(),
        (FieldType::Boolean, _) => "boolean".to_owned(),
        (_, Values::Words(words)) if open => format!("Word<{}>", union(words, "'")),
        (_, Values::Words(words)) => union(words, "'"),
        (_, Values::Numbers(numbers)) if !open => union(numbers, ""),
        (FieldType::Integer, _) => "number".to_owned(),
        (FieldType::String, _) => "string".to_owned(),
    }
}
