//! Any bytes as lines, in chunks of any size. The first byte says what the lines are and how long a chunk is.
#![no_main]

use cts_tracker::decode::{Unescaped, exact};
use cts_tracker::issue::{RuleId, Issue};
use cts_tracker::issue::Report;
use cts_tracker::validate::{self, Lines, NdjsonKind, Tally};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Some((first, bytes)) = bytes.split_first() else { return };
    let kind = if *first < 128 { NdjsonKind::CreateTracker } else { NdjsonKind::CheckBucket };
    let whole = Told::of(kind, [bytes]);
    assert_eq!(whole, Told::of(kind, bytes.chunks(usize::from(first % 128) + 1)));

    let Tally { lines, valid, invalid, warned } = whole.tally;
    assert_eq!(lines, valid + invalid);
    assert_eq!(invalid, whole.lines.iter().filter(|line| !line.errors.is_empty()).count());
    assert_eq!(warned, whole.lines.iter().filter(|line| !line.warnings.is_empty()).count());
    if kind == NdjsonKind::CreateTracker {
        assert_eq!(whole.lines, each_alone(bytes));
    }
});

#[derive(Debug, Default, PartialEq)]
struct Told {
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

impl Told {
    /// As a caller does it: complete lines are judged, what is left waits for the next chunk.
    fn of<'a>(kind: NdjsonKind, chunks: impl IntoIterator<Item = &'a [u8]>) -> Self {
        let mut told = Told::default();
        let (mut line, mut offset) = (1, 0);
        let mut judge = |bytes: &[u8]| {
            let lines = Lines { bytes, line, offset, parse_number: exact };
            let (tally, next) =
                lines.judge(kind, |line| told.lines.push(Line::new(line.line, line.report)));
            told.tally.lines += tally.lines;
            told.tally.valid += tally.valid;
            told.tally.invalid += tally.invalid;
            told.tally.warned += tally.warned;
            line = next;
            offset += bytes.len() as u64;
        };
        let mut rest = Vec::new();
        for chunk in chunks {
            rest.extend_from_slice(chunk);
            if let Some(newline) = rest.iter().rposition(|byte| *byte == b'\n') {
                let after = rest.split_off(newline + 1);
                judge(&rest);
                rest = after;
            }
        }
        judge(&rest);
        told
    }
}

/// The same from the validator of one request.
fn each_alone(bytes: &[u8]) -> Vec<Line> {
    let mark = if bytes.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
    let mut start = mark;
    let mut told = Vec::new();
    for (index, text) in bytes[mark..].split(|byte| *byte == b'\n').enumerate() {
        let line = index + 1;
        match validate::create_tracker_json(text, &Unescaped::default()) {
            _ if text.iter().all(|byte| b" \t\r".contains(byte)) => {}
            Ok(judged) if judged.errors.is_empty() && judged.warnings.is_empty() => {}
            Ok(judged) => told.push(Line::of(line, &judged.errors, &judged.warnings)),
            Err(fault) => {
                let mut report = Report::default();
                report.error(RuleId::JsonSyntax).number(line).number(fault.column).number(start + fault.offset);
                told.push(Line::new(line, report));
            }
        }
        start += text.len() + 1;
    }
    told
}
