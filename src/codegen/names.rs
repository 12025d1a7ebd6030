//! `names.ts`: operations, the paths of fields, the kinds of errors, and the codes of the signing proxy.

use super::typescript::{HEADER, documented_union, union};
use crate::client::ErrorKind;
use crate::schema::{CREATE_TRACKER, FieldType, Table};
use crate::service::Operation;

pub fn module() -> String {
    let mut module = format!(
        "{HEADER}\n/** The name of an operation. */\nexport type Operation = {};\n\
         \n/** The fields of CreateTracker in dot spelling, in the order of the API reference. */\n\
         export const createTrackerPaths = [{}] as const;\n\
         \n/** A field of CreateTracker in dot spelling. */\n\
         export type CreateTrackerPath = (typeof createTrackerPaths)[number];\n",
        union(Operation::ALL.map(Operation::name), "'"),
        create_tracker_paths().iter().map(|path| format!("\n  '{path}',")).collect::<String>() + "\n",
    );
    module += &documented_union(
        "CtsErrorKind",
        "Why a call failed. A call tries at most `retry.maxRetries` more times where the kind says \"after all tries\".",
        ErrorKind::ALL.map(|kind| (kind.as_str(), kind.doc())),
    );
    #[cfg(feature = "server")]
    {
        use crate::proxy::ProblemCode;
        module += &documented_union(
            "ProxyProblemCode",
            "The `code` of a response that the signing proxy itself gives.",
            ProblemCode::ALL.map(|code| (code.as_str(), code.doc())),
        );
    }
    module
}

fn create_tracker_paths() -> Vec<String> {
    let mut paths = Vec::new();
    collect(&CREATE_TRACKER, "", &mut paths);
    paths
}

fn collect(table: &Table, prefix: &str, paths: &mut Vec<String>) {
    for field in table.fields {
        let path = format!("{prefix}{}", field.name);
        paths.push(path.clone());
        if let FieldType::Object(inner) = field.field_type {
            collect(inner, &format!("{path}."), paths);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::create_tracker_paths;
    use crate::validate::FIELD_STATE_PATHS;

    #[test]
    fn every_field_has_a_state() {
        assert_eq!(create_tracker_paths(), FIELD_STATE_PATHS);
    }
}
