//! Generates `ordinary.ts`: for each object of the requests, a function that copies an ordinary object and adds up its
//! profile. See `pkg-template/src/validation/ordinary.ts`.

use std::fmt::Write;

use super::encode::collect;
use super::typescript::HEADER;
use super::validators::Validator;
use crate::rules::description::Description;
use crate::rules::text::Characters;
use crate::schema::{CHECK_BUCKET, CHECK_OBS_BUCKETS, CREATE_TRACKER, Field, FieldType, Table, Values};
use crate::validate::OneField;

/// JavaScript has exact integers of 53 bits. Four are for the options of a validator.
const MAX_PROFILE: u64 = 1 << (53 - 4);

/// The module.
pub fn module() -> String {
    let mut tables = Vec::new();
    for table in [&CREATE_TRACKER, &CHECK_OBS_BUCKETS] {
        collect(table, &mut tables);
    }
    let mut scale = Scale(1);
    let mut patterns = Patterns::new();
    let mut functions = String::new();
    for table in tables {
        // An item has a profile of its own.
        if [&CHECK_BUCKET, &CHECK_OBS_BUCKETS].contains(&table) {
            scale = Scale(1);
        }
        functions += &function(table, &mut scale, &mut patterns);
    }
    for (name, table) in [("createTracker", &CREATE_TRACKER), ("checkObsBuckets", &CHECK_OBS_BUCKETS)] {
        let _ = write!(
            functions,
            "\nexport const {name}: Ordinary<wire.{of}> = /* @__PURE__ */ ordinary(read{of});\n",
            of = table.name
        );
    }
    let fields: String = OneField::ALL
        .into_iter()
        .map(|field| {
            format!(
                "  {}: (value, to) => {},\n",
                field.name(),
                number("value", Validator::of(field).values, false, &mut patterns)
            )
        })
        .collect();
    let patterns: String = patterns
        .iter()
        .enumerate()
        .map(|(at, pattern)| format!("const PATTERN_{at}: Pattern = {{ regex: /^{pattern}$/, last: undefined }};\n"))
        .collect();
    format!(
        "{HEADER}import {{ isPlain }} from '../validation/encoder.js';
import {{ isText, matches, mayRepeat, type Ordinary, ordinary, type Pattern, type Profile, readItems, readWords }} from '../validation/ordinary.js';
import type * as wire from '../validation/wire.js';
import type {{ oneField }} from './metadata.js';

{patterns}{functions}
/** The number of a single field's value, or 0 if it is not ordinary. */
export const fieldNumbers: Record<(typeof oneField)[number], (value: unknown, to: Profile) => number> = {{
{fields}}};
"
    )
}

/// The patterns of usual texts.
type Patterns = Vec<&'static str>;

/// The factor of the next number in a profile.
struct Scale(u64);

impl Scale {
    /// Makes room for the numbers up to `max`. Zero is an absent field.
    fn next(&mut self, max: usize) -> u64 {
        let scale = self.0;
        self.0 *= (max as u64 + 1).next_power_of_two();
        assert!(self.0 <= MAX_PROFILE, "the profile does not fit into an integer");
        scale
    }
}

/// The values of a field that rules tell apart, as literals.
fn literals(values: Values) -> Vec<String> {
    let quoted = |words: &[&str]| words.iter().map(|word| format!("'{word}'")).collect();
    match values {
        Values::Words(words) => quoted(words),
        Values::Numbers(numbers) => numbers.iter().map(i32::to_string).collect(),
        Values::Text(Description { reserved, .. }) => quoted(&[&[""], *reserved].concat()),
        Values::Any => Vec::new(),
    }
}

/// An expression: the number of a value, or 0 if it is not ordinary.
fn number(value: &str, values: Values, in_request: bool, patterns: &mut Patterns) -> String {
    let literals = literals(values);
    let mut out = String::new();
    for (index, literal) in literals.iter().enumerate() {
        let _ = write!(out, "{value} === {literal} ? {} : ", index + 1);
    }
    match values {
        Values::Text(description) => {
            let is_ordinary = is_ordinary(value, description, in_request, patterns);
            format!("{out}{is_ordinary} ? {} : 0", literals.len() + 1)
        }
        _ => out + "0",
    }
}

fn is_ordinary(text: &str, description: &Description, in_request: bool, patterns: &mut Patterns) -> String {
    let Description { ordinary, usual, refused, is_compared, .. } = description;
    let longest = description.max.unwrap_or(usize::MAX);
    let mut conditions = match (ordinary, usual) {
        (Some(Characters { min, max, inside, ends }), _) => {
            vec![format!("isText({text}, {min}, {}, {}, {}, to)", longest.min(*max), inside.bits(), ends.bits())]
        }
        (None, Some(usual)) => {
            let at = patterns.iter().position(|pattern| pattern == usual).unwrap_or(patterns.len());
            if at == patterns.len() {
                patterns.push(usual);
            }
            [format!("matches({text}, PATTERN_{at})")]
                .into_iter()
                .chain(description.max.map(|max| format!("{text}.length <= {max}")))
                .chain(description.pattern.map(|pattern| format!("/^{pattern}$/.test({text})")))
                .collect()
        }
        (None, None) => vec!["false".to_owned()],
    };
    conditions.extend(refused.iter().map(|refused| format!("!/{refused}/.test({text})")));
    if *is_compared && in_request {
        conditions.push("!mayRepeat(to)".to_owned());
    }
    conditions.join(" && ")
}

fn function(table: &Table, scale: &mut Scale, patterns: &mut Patterns) -> String {
    let Table { name, fields, .. } = table;
    let (mut constants, mut locals, mut cases, mut reads) = <(String, String, String, String)>::default();
    for Field { name: field, field_type, about } in *fields {
        let _ = writeln!(locals, "  let {field}: unknown;");
        let _ = writeln!(cases, "      case '{field}':\n        {field} = input[key];\n        break;");
        let copy = |call: String, scale| {
            format!(
                "    const its = {call};
    if (its === undefined) return undefined;
    profile += {scale};
    out.{field} = its;
"
            )
        };
        let read = match field_type {
            FieldType::Object(table) => copy(format!("read{}({field}, to)", table.name), scale.next(1)),
            FieldType::Array(FieldType::Object(table)) => {
                copy(format!("readItems({field}, to, read{})", table.name), scale.next(1))
            }
            FieldType::Array(_) => {
                let words = literals(about.values);
                let _ = write!(constants, "\nconst {field}_words = [{}];\n", words.join(", "));
                format!(
                    "    const its: string[] = [];
    const number = readWords({field}, {field}_words, its);
    if (number === 0) return undefined;
    profile += number * {};
    out.{field} = its;
",
                    scale.next((1 << words.len()) - 1),
                )
            }
            _ => {
                let (number, max) = match (field_type, about.values) {
                    (FieldType::Boolean, _) => (format!("{field} === true ? 1 : {field} === false ? 2 : 0"), 2),
                    (_, values) => (number(field, values, true, patterns), literals(values).len() + 1),
                };
                format!(
                    "    const number = {number};
    if (number === 0) return undefined;
    profile += number * {};
    out.{field} = {field};
",
                    scale.next(max),
                )
            }
        };
        let _ = write!(reads, "  if ({field} !== undefined) {{\n{read}  }}\n");
    }
    format!(
        "{constants}
function read{name}(input: unknown, to: Profile): wire.{name} | undefined {{
  if (!isPlain(input)) return undefined;
{locals}  for (const key in input) {{
    switch (key) {{
{cases}      default:
        return undefined;
    }}
  }}
  let profile = 0;
  const out: Record<string, unknown> = {{}};
{reads}  to.profile += profile;
  return out as unknown as wire.{name};
}}
"
    )
}
