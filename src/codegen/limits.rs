//! `limits.ts`: the limits of single fields, as data. Lengths count code points; patterns compile with the flag `v`, as
//! those of HTML do.

use serde_json::{Map, Value, json};

use super::typescript::{HEADER, camel, doc};
use super::validators::Validator;
use crate::rules::description::Description;
use crate::schema::{CHECK_OBS_BUCKETS, CREATE_TRACKER, FieldType, Table, Values};
use crate::validate::OneField;

pub fn module() -> String {
    let mut fields = Vec::new();
    collect(&CREATE_TRACKER, &mut fields);
    collect(&CHECK_OBS_BUCKETS, &mut fields);
    for id in [OneField::ProjectId, OneField::DomainId] {
        fields.push((id.name().to_owned(), Validator::of(id).values));
    }
    let limits: String = fields.iter().map(|(name, values)| limit(name, *values)).collect();
    let warned: Vec<_> = fields.iter().filter(|(_, values)| is_warning(*values)).map(|(name, _)| name).collect();
    format!(
        "{HEADER}\n/** The limits of the rules, as data. Lengths count Unicode code points. A pattern matches the whole \
         value. */\nexport const limits = {{\n{limits}}} as const;\n\
         \n/** A value that does not match the pattern of these is a warning. */\n\
         export const warningPatterns: readonly string[] = {};\n",
        json!(warned)
    )
}

/// The fields with limits. The two fields of a bucket's name have the same.
fn collect(table: &Table, fields: &mut Vec<(String, Values)>) {
    for field in table.fields {
        let values = field.about.values;
        if values != Values::Any && fields.iter().all(|(_, known)| *known != values) {
            fields.push((camel(field.name), values));
        }
        let mut inside = &field.field_type;
        while let FieldType::Array(item) = inside {
            inside = item;
        }
        if let FieldType::Object(table) = inside {
            collect(table, fields);
        }
    }
}

fn limit(name: &str, values: Values) -> String {
    let (about, limit) = match values {
        Values::Any => return String::new(),
        Values::Words(words) => ("", json!({ "values": words })),
        Values::Numbers(numbers) => ("In days.", json!({ "values": numbers })),
        Values::Text(rules) => (rules.doc, of_text(rules)),
    };
    let about = if about.is_empty() { String::new() } else { doc(about, "  ") };
    format!("{about}  {name}: {limit},\n")
}

fn of_text(rules: &Description) -> Value {
    let mut limit = Map::new();
    if let Some(max) = rules.max {
        limit.insert("min".to_owned(), rules.min.into());
        limit.insert("max".to_owned(), max.into());
    }
    if let Some(pattern) = pattern(rules) {
        limit.insert("pattern".to_owned(), pattern.into());
    }
    if !rules.reserved.is_empty() {
        limit.insert("reserved".to_owned(), json!(rules.reserved));
    }
    limit.into()
}

/// One regular expression of the valid texts, or if there is none, of the usual ones.
fn pattern(rules: &Description) -> Option<String> {
    let refused: String = rules.refused.iter().map(|pattern| format!(r"(?![\s\S]*(?:{pattern}))")).collect();
    match rules.pattern {
        None if refused.is_empty() => rules.usual.map(str::to_owned),
        pattern => Some(refused + pattern.unwrap_or(r"[\s\S]*")),
    }
}

fn is_warning(values: Values) -> bool {
    matches!(values, Values::Text(Description { pattern: None, refused: [], usual: Some(_), .. }))
}
