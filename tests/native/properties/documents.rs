//! Any request, and any bytes.

use super::*;

/// A value of a field, usually of its type.
fn value(field: &'static str, kind: &'static FieldType) -> BoxedStrategy<Value> {
    let right = match kind {
        FieldType::String => string(field).prop_map(Value::from).boxed(),
        FieldType::Boolean => any::<bool>().prop_map(Value::from).boxed(),
        FieldType::Integer => select(&[30, 60, 90, 180, 1095, 31]).prop_map(Value::from).boxed(),
        FieldType::Object(table) => object(table).boxed(),
        FieldType::Array(item) => prop::collection::vec(value(field, item), 0..4).prop_map(Value::from).boxed(),
    };
    let any =
        || select(&["null", "true", "1.5", "\"x\"", "[]", "{}"]).prop_map(|json| serde_json::from_str(json).unwrap());
    prop_oneof![40 => right, 1 => any()].boxed()
}

fn select<T: Clone + std::fmt::Debug>(choices: &'static [T]) -> impl Strategy<Value = T> {
    prop::sample::select(choices)
}

fn string(field: &'static str) -> BoxedStrategy<String> {
    let (good, odd): (&[&str], &[&str]) = match field {
        "tracker_type" => (&["system", "data"], &["System", "", "both"]),
        "tracker_name" => (&["system", "data-tracker"], &["system-trace", ""]),
        "exclude_service" => (&["KMS"], &["kms", ""]),
        "compress_type" => (&["gzip", "json"], &["GZIP", "none"]),
        "data_event" => (&["READ", "WRITE"], &["read", ""]),
        "agency_name" => (&["cts_admin_trust"], &["CTS_admin_trust", ""]),
        "bucket_location" => (&["cn-north-1", "eu-west-0"], &["cn", ""]),
        "kms_id" => (&["13a4207c-7abe-4b68-8510-16b84c3b5504"], &["x", ""]),
        _ => (&["bucket-a", "bucket-b"], &["bucket..c", "1.2.3.4", ""]),
    };
    prop_oneof![12 => select(good).prop_map(String::from), 1 => select(odd).prop_map(String::from), 1 => text()].boxed()
}

/// An object of a table with its keys in any order and possibly unknown keys.
fn object(table: &'static Table) -> impl Strategy<Value = Value> {
    let known: Vec<_> = table
        .fields
        .iter()
        .map(|field| {
            let value = value(field.name, &field.field_type);
            prop::option::weighted(0.8, value.prop_map(|value| (field.name.to_owned(), value)))
        })
        .collect();
    let unknown = (select(&["bucketName", "kms-id", "data_evnet", "__proto__", "\u{1F600}"]), Just(json!([1])))
        .prop_map(|(key, value)| (key.to_owned(), value));
    (known, prop::collection::vec(unknown, 0..2))
        .prop_map(|(known, unknown)| known.into_iter().flatten().chain(unknown).collect::<Vec<_>>())
        .prop_shuffle()
        .prop_map(|entries| Value::Object(entries.into_iter().collect::<Map<_, _>>()))
}

/// The order of the issues of one field.
const ORDER: [Code; 21] = [
    Code::Required,
    Code::EmptyList,
    Code::NotObject,
    Code::InvalidType,
    Code::TooShort,
    Code::TooLong,
    Code::InvalidCharacter,
    Code::InvalidStart,
    Code::InvalidEnd,
    Code::AdjacentSeparators,
    Code::IpAddress,
    Code::UnusualFormat,
    Code::InvalidEnum,
    Code::ReservedName,
    Code::MustEqual,
    Code::MustDiffer,
    Code::Forbidden,
    Code::NotApplicable,
    Code::RequiresField,
    Code::Unused,
    Code::DuplicateItem,
];

/// The position of an issue in the document, as numbers that sort in document order, and its rank within the field.
/// Asserts that every step but the last is in the request.
fn place(issue: &Issue<'_>, request: &Value, table: &'static Table) -> (Vec<usize>, Option<usize>) {
    // A duplicate item comes after the known fields of an object, and unknown keys come last.
    const REPEATED: usize = 100;
    let mut steps = Vec::new();
    let (mut parent, mut kind) = (Some(request), Some(&FieldType::Object(table)));
    for step in &issue.path {
        let within = parent.unwrap();
        match (step, kind) {
            (Segment::Field(name), Some(FieldType::Object(table))) => {
                let index = table.fields.iter().position(|field| field.name == name.text()).unwrap();
                parent = within.as_object().unwrap().get(name.text());
                kind = table.fields.get(index).map(|field| &field.field_type);
                steps.push(index);
            }
            (Segment::Index(index), Some(FieldType::Array(item))) => {
                parent = Some(&within.as_array().unwrap()[*index as usize]);
                kind = Some(item);
                steps.push(*index as usize);
            }
            (Segment::Unknown(key), _) => {
                parent = None;
                kind = None;
                steps
                    .push(REPEATED + 1 + within.as_object().unwrap().keys().position(|known| *known == **key).unwrap());
            }
            other => panic!("no step of the tables: {other:?}"),
        }
    }
    if issue.code() == Code::DuplicateItem {
        steps.push(REPEATED);
    }
    (steps, ORDER.iter().position(|code| *code == issue.code()))
}

type Validate<T> = for<'a> fn(&'a [u8], &'a mut Buffer, ParseNumber) -> Result<Validation<'a, T>, InvalidJson>;

/// Asserts the properties that the rule table promises for every result.
fn keeps_promises<T: Serialize + PartialEq + std::fmt::Debug>(
    request: &Value,
    table: &'static Table,
    validate: Validate<T>,
) -> Result<(), TestCaseError> {
    let written = request.to_string();
    let mut buffer = Buffer::default();
    let validation = validate(written.as_bytes(), &mut buffer, exact).unwrap();
    prop_assert_eq!(validation.value.is_some(), validation.errors.is_empty());
    prop_assert!(validation.warnings.iter().all(|issue| issue.server_code().is_none()));
    for (issues, severity) in [(&validation.errors, Severity::Error), (&validation.warnings, Severity::Warning)] {
        prop_assert!(issues.iter().all(|issue| issue.severity == severity));
        // Issues are in document order, and no code occurs twice at one path.
        let places: Vec<_> = issues.iter().map(|issue| place(issue, request, table)).collect();
        prop_assert!(places.is_sorted_by(|before, after| before < after), "{:#?}", issues);
    }
    if let Some(value) = validation.value {
        let again = serde_json::to_string(&value).unwrap();
        let validation = validate(again.as_bytes(), &mut buffer, exact).unwrap();
        prop_assert!(validation.errors.is_empty());
        prop_assert_eq!(validation.value, Some(value));
        prop_assert!(!codes(&validation.warnings).contains(&Code::UnknownKey));
    }
    Ok(())
}

/// A request with long strings and lists, and numbers of all kinds.
fn large() -> impl Strategy<Value = Value> {
    let number = prop_oneof![any::<f64>(), any::<i32>().prop_map(f64::from), (-2..600).prop_map(f64::from), Just(-0.0)];
    (0..600_usize, number).prop_map(|(count, number)| {
        json!({
            "tracker_name": "é".repeat(count),
            "agency_name": "é".repeat(count),
            "obs_info": { "bucket_lifecycle": number },
            "management_event_selector": { "exclude_service": vec!["KMS"; count] },
        })
    })
}

/// Formats a value of a document with everything in it.
fn shown(value: decode::Value<'_, '_>, kind: &FieldType, document: &Document<'_>) -> String {
    match (value.object(), value.items(), kind) {
        (Some(object), _, FieldType::Object(table)) => {
            let field = |(place, field): (usize, &Field)| {
                let value = shown(document.field(object, place), &field.field_type, document);
                format!("{}: {value}", field.name)
            };
            let fields: Vec<_> = table.fields.iter().enumerate().map(field).collect();
            let keys = document.field(object, table.fields.len()).items();
            let unknown: Vec<_> = keys.into_iter().flat_map(|keys| document.items(keys)).collect();
            format!("{{{} {unknown:?}}}", fields.join(", "))
        }
        (_, Some(items), FieldType::Array(kind)) => {
            let items: Vec<_> = document.items(items).map(|item| shown(item, kind, document)).collect();
            format!("[{}]", items.join(", "))
        }
        _ => format!("{value:?}"),
    }
}

/// Asserts that JSON text and the slots that JavaScript encodes give the same document.
fn both_read(request: &Value, kind: &'static FieldType) -> Result<(), TestCaseError> {
    let json = request.to_string();
    let mut buffer = Buffer::default();
    let mut decoder = JsonDecoder::new(JsonReader::new(&json), exact);
    decoder.decode(kind, &mut buffer);
    prop_assert_eq!(decoder.end(), Ok(()));
    let decoded = Document::decoded(&buffer, &json);
    let Encoder { slots, text } = Encoder::new(request, kind);
    let encoded = Document::new(&slots, text.as_bytes());
    prop_assert_eq!(shown(decoded.root(), kind, &decoded), shown(encoded.root(), kind, &encoded));
    Ok(())
}

/// The Levenshtein distance by its definition: the edits from the first `i` characters to the first `j`.
fn distance(from: &str, to: &str) -> usize {
    let (from, to): (Vec<char>, Vec<char>) = (from.chars().collect(), to.chars().collect());
    let mut edits = vec![vec![0; to.len() + 1]; from.len() + 1];
    for i in 0..=from.len() {
        for j in 0..=to.len() {
            edits[i][j] = match (i, j) {
                (0, _) => j,
                (_, 0) => i,
                _ => (edits[i - 1][j] + 1)
                    .min(edits[i][j - 1] + 1)
                    .min(edits[i - 1][j - 1] + usize::from(from[i - 1] != to[j - 1])),
            };
        }
    }
    edits[from.len()][to.len()]
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn bodies_of_create_tracker(request in object(&CREATE_TRACKER)) {
        keeps_promises(&request, &CREATE_TRACKER, validate::create_tracker_json)?;
    }

    #[test]
    fn bodies_of_check_obs_buckets(request in object(&CHECK_OBS_BUCKETS)) {
        keeps_promises(&request, &CHECK_OBS_BUCKETS, validate::check_obs_buckets_json)?;
    }

    #[test]
    fn json_and_slots_are_the_same_document(
        create in prop_oneof![8 => object(&CREATE_TRACKER).boxed(), 1 => large().boxed()],
        check in object(&CHECK_OBS_BUCKETS),
    ) {
        both_read(&create, &FieldType::Object(&CREATE_TRACKER))?;
        both_read(&check, &FieldType::Object(&CHECK_OBS_BUCKETS))?;
    }

    #[test]
    fn any_bytes_have_a_result(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let mut buffer = Buffer::default();
        let (tally, _) = Lines { bytes: &bytes, line: 1, offset: 0, parse_number: exact }
            .validate(RequestKind::CreateTracker, &mut buffer, |_| {});
        prop_assert_eq!(tally.lines, tally.valid + tally.invalid);
        let _ = validate::check_obs_buckets_json(&bytes, &mut buffer, exact);
    }

    #[test]
    fn any_slots_have_a_result(
        words in prop::collection::vec((0..13_u32, prop_oneof![0..40_u32, any::<u32>()], prop_oneof![0..9_u32, any::<u32>()]), 1..40),
        text in "\\PC{0,9}",
    ) {
        let slots: Vec<Slot> = words.into_iter().map(Slot::from).collect();
        let document = Document::new(&slots, text.as_bytes());
        validate::create_tracker(&document, &mut Report::default());
        validate::check_obs_buckets(&document, &mut Report::default());
        validate::field_state(&document);
    }

    #[test]
    fn suggestions(
        known in select(CREATE_TRACKER.fields), present in any::<[bool; 11]>(), upper in any::<bool>(),
        edits in prop::collection::vec((any::<prop::sample::Index>(), "[a-z_]{0,2}|👍"), 0..4),
    ) {
        let mut key: Vec<char> = known.name.chars().collect();
        for (at, other) in edits {
            let at = at.index(key.len() + 1);
            key.splice(at..(at + 1).min(key.len()), other.chars());
        }
        let key: String = key.into_iter().collect();
        let key = if upper { key.to_uppercase().replace('_', "-") } else { key };
        let suggested = unknown_key::meant(&key, &CREATE_TRACKER, &|index| present[index]);
        let fold = |text: &str| text.to_ascii_lowercase().replace(['_', '-'], "");
        let fields = CREATE_TRACKER.fields.iter().zip(present).filter(|(_, present)| !present);
        let near = |name: &&str| if fold(name) == fold(&key) { 0 } else { 1 + distance(name, &key) };
        let meant = fields.map(|(field, _)| field.name).min_by_key(near).filter(|name| near(name) <= 3);
        prop_assert_eq!(suggested, meant, "{}", key);
    }
}
