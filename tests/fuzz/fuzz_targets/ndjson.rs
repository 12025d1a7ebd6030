//! Any bytes as lines, in chunks of any size. The first byte selects the kind of lines and the chunk size.
#![no_main]

use cts_tracker::decode::{Buffer, exact};
use cts_tracker::issue::{RuleId, Issue};
use cts_tracker::issue::Report;
use cts_tracker::validate::{self, Lines, RequestKind, Tally};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Some((first, bytes)) = bytes.split_first() else { return };
    let kind = if *first < 128 { RequestKind::CreateTracker } else { RequestKind::CheckBucket };
    let whole = Emitted::of(kind, [bytes]);
    assert_eq!(whole, Emitted::of(kind, bytes.chunks(usize::from(first % 128) + 1)));

    let Tally { lines, valid, invalid, warned } = whole.tally;
    assert_eq!(lines, valid + invalid);
    assert_eq!(invalid, whole.lines.iter().filter(|line| !line.errors.is_empty()).count());
    assert_eq!(warned, whole.lines.iter().filter(|line| !line.warnings.is_empty()).count());
    if kind == RequestKind::CreateTracker {
        assert_eq!(whole.lines, each_alone(bytes));
    }
});

#[derive(Debug, Default, PartialEq)]
struct Emitted {
    tally: Tally,
    lines: Vec<Line>,
}

#[derive(Debug, PartialEq)]
struct Line {
    line: usize,
    errors: Vec<String>,
    warnings: Vec<String>,
}

impl Line {
    fn new(line: usize, report: Report<'_>) -> Self {
        let (errors, warnings) = report.finish();
        Line::of(line, &errors, &warnings)
    }

    fn of(line: usize, errors: &[Issue<'_>], warnings: &[Issue<'_>]) -> Self {
        let written = |issues: &[Issue<'_>]| issues.iter().map(|issue| format!("{issue:?}")).collect();
        Line { line, errors: written(errors), warnings: written(warnings) }
    }
}

impl Emitted {
    /// Validates complete lines and keeps the rest for the next chunk, like a caller.
    fn of<'a>(kind: RequestKind, chunks: impl IntoIterator<Item = &'a [u8]>) -> Self {
        let mut emitted = Emitted::default();
        let (mut line, mut offset) = (1, 0);
        let mut validate = |bytes: &[u8]| {
            let lines = Lines { bytes, line, offset, parse_number: exact };
            let (tally, next) =
                lines.validate(kind, &mut Buffer::default(), |line| emitted.lines.push(Line::new(line.line, line.report)));
            emitted.tally.lines += tally.lines;
            emitted.tally.valid += tally.valid;
            emitted.tally.invalid += tally.invalid;
            emitted.tally.warned += tally.warned;
            line = next;
            offset += bytes.len() as u64;
        };
        let mut rest = Vec::new();
        for chunk in chunks {
            rest.extend_from_slice(chunk);
            if let Some(newline) = rest.iter().rposition(|byte| *byte == b'\n') {
                let after = rest.split_off(newline + 1);
                validate(&rest);
                rest = after;
            }
        }
        validate(&rest);
        emitted
    }
}

/// The validator of single requests gives the same result.
fn each_alone(bytes: &[u8]) -> Vec<Line> {
    let mark = if bytes.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
    let mut start = mark;
    let mut emitted = Vec::new();
    for (index, text) in bytes[mark..].split(|byte| *byte == b'\n').enumerate() {
        let line = index + 1;
        match validate::create_tracker_json(text, &mut Buffer::default(), exact) {
            _ if text.iter().all(|byte| b" \t\r".contains(byte)) => {}
            Ok(validation) if validation.errors.is_empty() && validation.warnings.is_empty() => {}
            Ok(validation) => emitted.push(Line::of(line, &validation.errors, &validation.warnings)),
            Err(fault) => {
                let mut report = Report::default();
                report.error(RuleId::JsonSyntax).number(line).number(fault.column).number(start + fault.offset);
                emitted.push(Line::new(line, report));
            }
        }
        start += text.len() + 1;
    }
    emitted
}
