//! Generates `encode.ts`: for each object of the requests, straight-line code that writes it into slots. Named properties
//! and constant offsets make it several times as fast as a loop over a table.

use std::fmt::Write;

use crate::decode::{TYPE_NAMES, tag};
use crate::issue::WORDS;
use crate::rules::list::MAX_ITEMS;
use crate::schema::{CHECK_OBS_BUCKETS, CREATE_TRACKER, Field, FieldType, Table, Values};

const WORDS_PER_SLOT: usize = 3;

/// The module.
pub fn module() -> String {
    let mut tables = Vec::new();
    for table in [&CREATE_TRACKER, &CHECK_OBS_BUCKETS] {
        collect(table, &mut tables);
    }
    let mut out = String::from(
        "// Generated from Rust by src/codegen.\n\
         import {\n  type Encoder,\n  isPlain,\n  type Put,\n  putBoolean,\n  putInteger,\n  putList,\n  putOther,\n  putString,\n  putUnknownKeys,\n  \
         putWord,\n} \
         from '../validation/encoder.js';\n\
         import type { Codec } from '../validation/memory.js';\n\
         import type { ObjectType } from '../validation/normalize.js';\n\
         import type * as wire from '../validation/wire.js';\n\
         import { ABSENT, OBJECT } from './slots.js';\n",
    );
    for table in &tables {
        out += &object_type(table);
    }
    for table in &tables {
        out += &function(table);
    }
    for (name, table) in [("createTracker", &CREATE_TRACKER), ("checkObsBuckets", &CHECK_OBS_BUCKETS)] {
        let _ = write!(
            out,
            "\nexport const {name}: Codec<wire.{of}, ObjectType> = {{\n  put: put{of},\n  type: {},\n  size: {},\n}};\n",
            constant(table.name),
            size(table),
            of = table.name,
        );
    }
    out
}

/// The constants of slots, for the code that writes and reads them.
pub fn constants() -> String {
    let tags = [
        ("ABSENT", tag::ABSENT),
        ("TRUE", tag::TRUE),
        ("FALSE", tag::FALSE),
        ("COUNT", tag::COUNT),
        ("NUMBER", tag::NUMBER),
        ("STRING", tag::STRING),
        ("WORD", tag::WORD),
        ("OBJECT", tag::OBJECT),
        ("ARRAY", tag::ARRAY),
        ("TOO_LONG", tag::TOO_LONG),
        ("WRONG", tag::WRONG),
        ("TAGGED", tag::TAGGED),
    ];
    let mut out =
        String::from("// Generated from Rust by src/codegen.\n\n// The tags of slots: see src/decode/slot.rs.\n");
    for (name, tag) in tags {
        let _ = writeln!(out, "export const {name} = {tag};");
    }
    let _ = writeln!(out, "\n/** A longer list is not encoded. */\nexport const MAX_ITEMS = {MAX_ITEMS};");
    let _ = write!(
        out,
        "\n/** The types a wrong value can have. A slot holds an index. */\nexport const TYPE_NAMES = {TYPE_NAMES:?} as const;\n"
    );
    out
}

/// Nested objects come first.
pub(super) fn collect(table: &'static Table, tables: &mut Vec<&'static Table>) {
    for field in table.fields {
        if let Some(nested) = nested(&field.field_type) {
            collect(nested, tables);
        }
    }
    if !tables.contains(&table) {
        tables.push(table);
    }
}

fn nested(field_type: &FieldType) -> Option<&'static Table> {
    match field_type {
        FieldType::Object(table) => Some(table),
        FieldType::Array(item) => nested(item),
        _ => None,
    }
}

/// The slots of an object: its fields, its unknown keys, and the objects inside it.
fn size(table: &Table) -> usize {
    let inside = table.fields.iter().map(|field| match field.field_type {
        FieldType::Object(table) => size(table),
        _ => 0,
    });
    table.fields.len() + 1 + inside.sum::<usize>()
}

/// The table, for the code that reads any value.
fn object_type(table: &Table) -> String {
    let mut out = format!("\nexport const {}: ObjectType = {{\n", constant(table.name));
    for field in table.fields {
        let _ = writeln!(out, "  {}: {},", field.name, type_expression(&field.field_type));
    }
    out + "};\n"
}

fn type_expression(field_type: &FieldType) -> String {
    match field_type {
        FieldType::Object(table) => constant(table.name),
        FieldType::Array(item) => format!("[{}]", type_expression(item)),
        simple => format!("'{}'", simple.name()),
    }
}

/// `TrackerObsInfo` -> `TRACKER_OBS_INFO`.
fn constant(name: &str) -> String {
    let mut out = String::new();
    for character in name.chars() {
        if character.is_ascii_uppercase() && !out.is_empty() {
            out.push('_');
        }
        out.push(character.to_ascii_uppercase());
    }
    out
}

/// The place of a field's words in `WORDS`.
fn place(values: Values) -> Option<(usize, usize)> {
    let Values::Words(words) = values else { return None };
    let first = WORDS.windows(words.len()).position(|window| window == words)?;
    Some((first, first + words.len()))
}

fn function(table: &Table) -> String {
    let Table { name, fields, .. } = table;
    let locals: Vec<_> = fields.iter().map(|Field { name: field, .. }| format!("let {field}: unknown;")).collect();
    let cases: Vec<_> = fields
        .iter()
        .map(|Field { name: field, .. }| {
            format!("      case '{field}':\n        {field} = input[key];\n        break;")
        })
        .collect();
    let mut inside = fields.len() + 1;
    let (mut absent, mut writes, mut items) = (String::new(), String::new(), String::new());
    for (index, Field { name: field, field_type, about }) in fields.iter().enumerate() {
        let at = format!("at + {}", index * WORDS_PER_SLOT);
        let call = match field_type {
            FieldType::String => match place(about.values) {
                Some((first, end)) => format!("putWord({field}, to, {at}, {first}, {end})"),
                None => format!("putString({field}, to, {at})"),
            },
            FieldType::Boolean => format!("putBoolean({field}, to, {at})"),
            FieldType::Integer => format!("putInteger({field}, to, {at})"),
            FieldType::Object(table) => {
                let first = inside;
                inside += size(table);
                format!("put{}({field}, to, {at}, first + {first})", table.name)
            }
            FieldType::Array(FieldType::Object(table)) => {
                format!("putList({field}, to, {at}, put{}, {})", table.name, size(table))
            }
            FieldType::Array(_) => {
                let (first, end) = place(about.values).unwrap_or_default();
                let _ = write!(
                    items,
                    "\nconst put_{field}: Put<string> = (value, to, slot) => putWord(value, to, slot, {first}, {end});\n"
                );
                format!("putList({field}, to, {at}, put_{field}, 0)")
            }
        };
        let _ = write!(absent, "slots[{at}] = ");
        let _ = write!(
            writes,
            "  if ({field} !== undefined) {{
    const its = {call};
    if (its !== undefined) out.{field} = its;
  }}
"
        );
    }
    format!(
        "{items}
export function put{name}(input: unknown, to: Encoder, slot: number, first: number): wire.{name} | undefined {{
  if (!isPlain(input)) return putOther(input, to, slot);
  {locals}
  for (const key in input) {{
    switch (key) {{
{cases}
      default:
        to.unusual = true;
    }}
  }}
  const {{ slots }} = to;
  const at = first * {WORDS_PER_SLOT};
  slots[slot] = OBJECT;
  slots[slot + 1] = first;
  {absent}slots[at + {unknown}] = ABSENT;
  const out: Record<string, unknown> = {{}};
{writes}  if (to.normalized !== undefined) putUnknownKeys(input, to, at + {unknown});
  return out as unknown as wire.{name};
}}
",
        locals = locals.join("\n  "),
        cases = cases.join("\n"),
        unknown = fields.len() * WORDS_PER_SLOT,
    )
}
