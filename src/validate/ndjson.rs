//! Many requests at once, one JSON text per line. It has no state: the caller keeps the incomplete line of a chunk.

use crate::decode::{Buffer, Document, JsonDecoder, JsonReader, ParseNumber, until};
use crate::issue::Report;
use crate::issue::{Param, RuleId};
use crate::schema::{self, CHECK_BUCKET, CREATE_TRACKER};

use super::{check_bucket, code_points, create_tracker, utf8};

/// The request on each line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RequestKind {
    /// A body of CreateTracker.
    CreateTracker,
    /// One bucket of CheckObsBuckets. The paths of its issues start at it.
    CheckBucket,
}

/// Complete lines, and their place in the whole input.
#[derive(Clone, Copy, Debug)]
pub struct Lines<'a> {
    pub bytes: &'a [u8],
    /// The number of the first line, from 1.
    pub line: usize,
    /// The number of bytes before the first line. The input may be larger than memory.
    pub offset: u64,
    pub parse_number: ParseNumber,
}

/// A line with issues.
#[derive(Debug)]
pub struct Line<'a> {
    /// From 1; blank lines count.
    pub line: usize,
    pub report: Report<'a>,
}

/// The numbers of lines that were validated. Blank lines are skipped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub lines: usize,
    pub valid: usize,
    pub invalid: usize,
    /// Lines with a warning, valid or not.
    pub warned: usize,
}

impl Lines<'_> {
    /// Validates every line, and passes those with an error or a warning to `emit`. Returns the number of the next line too.
    pub fn validate(self, kind: RequestKind, buffer: &mut Buffer, mut emit: impl FnMut(Line<'_>)) -> (Tally, usize) {
        let mut tally = Tally::default();
        let Lines { bytes: mut rest, mut line, mut offset, parse_number } = self;
        // The part of the rest that is known to be UTF-8, and whether that is all of it.
        let (mut text, mut whole) = ("", false);
        if offset == 0
            && let Some(after) = rest.strip_prefix(b"\xef\xbb\xbf")
        {
            // A byte order mark is not part of the first line.
            (rest, offset) = (after, 3);
        }
        while !rest.is_empty() {
            if text.is_empty() {
                (text, whole) = utf8(rest);
            }
            let mut json = JsonReader::line(text);
            let blank = json.is_blank();
            let mut decoder = JsonDecoder::new(json, parse_number);
            if !blank {
                decoder.decode(kind.field_type(), buffer);
            }
            let fault = decoder.end().err();
            let newline = decoder.newline();
            // A line that ends where the UTF-8 ends may go on with other bytes.
            let cut = newline.is_none() && !whole;
            if !blank || cut {
                let report = match fault.map(|fault| fault.offset).or(cut.then_some(text.len())) {
                    None => kind.validate(&Document::decoded(buffer, text)),
                    Some(fault) => invalid_json(line, text.as_bytes().get(..fault).unwrap_or_default(), offset),
                };
                tally.lines += 1;
                tally.valid += usize::from(!report.has_errors());
                tally.invalid += usize::from(report.has_errors());
                tally.warned += usize::from(report.has_warnings());
                if !report.is_empty() {
                    emit(Line { line, report });
                }
            }
            let next = 1 + newline.unwrap_or_else(|| until(rest, b'\n'));
            text = text.get(next..).unwrap_or_default();
            rest = rest.get(next..).unwrap_or_default();
            offset += next as u64;
            line += 1;
        }
        (tally, line)
    }
}

impl RequestKind {
    fn field_type(self) -> &'static schema::FieldType {
        match self {
            RequestKind::CreateTracker => &schema::FieldType::Object(&CREATE_TRACKER),
            RequestKind::CheckBucket => &schema::FieldType::Object(&CHECK_BUCKET),
        }
    }

    fn validate<'a>(self, document: &Document<'a>) -> Report<'a> {
        let mut report = Report::default();
        match self {
            RequestKind::CreateTracker => create_tracker(document, &mut report),
            RequestKind::CheckBucket => check_bucket(document, &mut report),
        }
        report
    }
}

/// `before` is the line up to the fault, and `offset` the place where the line begins.
fn invalid_json<'a>(line: usize, before: &[u8], offset: u64) -> Report<'a> {
    let mut report = Report::default();
    let offset = Param::Number((offset + before.len() as u64) as f64);
    report.error(RuleId::JsonSyntax).number(line).number(1 + code_points(before)).param(offset);
    report
}

#[cfg(test)]
mod tests {
    use super::*;

    use crate::issue::Issue;

    const GOOD: &str = r#"{"bucket_name":"abc","bucket_location":"cn-north-1"}"#;

    fn validate(text: &[u8]) -> (Tally, usize, Vec<(usize, usize, usize)>) {
        let mut emitted = Vec::new();
        let lines = Lines { bytes: text, line: 1, offset: 0, parse_number: crate::decode::exact };
        let (tally, next) = lines.validate(RequestKind::CheckBucket, &mut Buffer::default(), |line| {
            let (errors, warnings) = line.report.finish();
            emitted.push((line.line, errors.len(), warnings.len()));
        });
        (tally, next, emitted)
    }

    #[test]
    fn lines_of_all_kinds() {
        let text = format!("\u{feff}{GOOD}\r\n\n  \t\r\n{GOOD} x\nnull\n{GOOD}");
        let (tally, next, emitted) = validate(text.as_bytes());
        assert_eq!(tally, Tally { lines: 4, valid: 2, invalid: 2, warned: 0 });
        assert_eq!((next, emitted), (7, vec![(4, 1, 0), (5, 1, 0)]));
    }

    #[test]
    fn a_line_that_is_not_utf8_does_not_spoil_the_others() {
        let mut text = format!("{GOOD}\n\"").into_bytes();
        text.push(0xFF);
        text.extend(format!("\n{GOOD}\n").bytes());
        let (tally, next, emitted) = validate(&text);
        assert_eq!(tally, Tally { lines: 3, valid: 2, invalid: 1, warned: 0 });
        assert_eq!((next, emitted), (4, vec![(2, 1, 0)]));
    }

    /// Line, column and offset of each fault in the text.
    fn places(text: &[u8], offset: u64) -> Vec<Vec<f64>> {
        let mut places = Vec::new();
        let lines = Lines { bytes: text, line: 1, offset, parse_number: crate::decode::exact };
        lines.validate(RequestKind::CreateTracker, &mut Buffer::default(), |line| {
            let (errors, _) = line.report.finish();
            let numbers = errors.iter().flat_map(Issue::params).filter_map(|(_, value)| match value {
                Param::Number(number) => Some(number),
                _ => None,
            });
            places.push(numbers.collect());
        });
        places
    }

    #[test]
    fn the_first_fault_is_reported() {
        assert_eq!(places(b"{\"a\" 1, \"\xff\"}", 0), [[1.0, 6.0, 5.0]]);
        assert_eq!(places(b"{\"a\": \"\xff\"]", 0), [[1.0, 8.0, 7.0]]);
        assert_eq!(places(b"{\"tracker_type\": 1} \xff", 0), [[1.0, 21.0, 20.0]]);
        assert_eq!(places(b" \xff", 0), [[1.0, 2.0, 1.0]]);
    }

    #[test]
    fn a_byte_order_mark_is_not_a_column() {
        assert_eq!(places("\u{feff}x".as_bytes(), 0), [[1.0, 1.0, 3.0]]);
        assert_eq!(places(b"\xef\xbb\xbf\"\xff", 0), [[1.0, 2.0, 4.0]]);
        assert_eq!(places("\u{feff}".as_bytes(), 7), [[1.0, 1.0, 7.0]]);
    }

    #[test]
    fn offsets_are_not_bounded_by_memory() {
        let far = 5 << 32;
        assert_eq!(places(b"x", far), [[1.0, 1.0, far as f64]]);
        assert_eq!(places(b"null\n\"\xff", far), [vec![], vec![2.0, 2.0, far as f64 + 6.0]]);
    }

    #[test]
    fn a_request_over_two_lines_is_two_bad_lines() {
        let (tally, _, emitted) = validate(b"{\"bucket_name\":\n\"abc\"}\n");
        assert_eq!(tally.invalid, 2);
        assert_eq!(emitted, [(1, 1, 0), (2, 1, 0)]);
    }
}
