//! Many requests at once, one JSON text a line. Stateless: the caller keeps what is left of a chunk.

use crate::decode::{CheckBucketDraft, CreateTrackerDraft, Draft, Field, JsonDecoder, ParseNumber, Part};
use crate::issue::{Code, Issue, Param};
use crate::report::{Report, error};

use super::{check_bucket, code_points, create_tracker};

/// What each line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A body of CreateTracker.
    CreateTracker,
    /// One item of `buckets`; paths start at it.
    CheckBucket,
}

/// Complete lines, and where in the whole input they stand.
#[derive(Clone, Copy, Debug)]
pub struct Lines<'a> {
    pub bytes: &'a [u8],
    /// The number of the first line, from 1.
    pub line: usize,
    /// The bytes before the first line.
    pub offset: usize,
    pub parse_number: ParseNumber,
}

/// A line with something to say.
#[derive(Debug)]
pub struct Line<'a> {
    /// From 1; blank lines count.
    pub line: usize,
    pub errors: Vec<Issue<'a>>,
    pub warnings: Vec<Issue<'a>>,
}

/// How many lines were judged, and what came of them. Blank lines are not judged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub lines: usize,
    pub valid: usize,
    pub invalid: usize,
    /// Lines with a warning, valid or not.
    pub warned: usize,
}

impl<'a> Lines<'a> {
    /// Judges every line; `tell` is given those with an error or a warning. Gives the number of the next line too.
    pub fn judge(self, kind: Kind, mut tell: impl FnMut(Line<'a>)) -> (Tally, usize) {
        let mut tally = Tally::default();
        let mut next = self.line;
        let mut tell = |report: Report<'a>, line: usize| {
            tally.lines += 1;
            if report.is_empty() {
                tally.valid += 1;
                return;
            }
            let (errors, warnings) = report.finish();
            tally.invalid += usize::from(!errors.is_empty());
            tally.valid += usize::from(errors.is_empty());
            tally.warned += usize::from(!warnings.is_empty());
            tell(Line { line, errors, warnings });
        };
        match std::str::from_utf8(self.bytes) {
            Ok(text) => next = self.judge_text(kind, text, self.line, self.offset, &mut tell),
            // Some line is not UTF-8: find which, and judge the others.
            Err(_) => {
                let mut offset = self.offset;
                for bytes in self.bytes.split_inclusive(|byte| *byte == b'\n') {
                    match std::str::from_utf8(bytes) {
                        Ok(text) => next = self.judge_text(kind, text, next, offset, &mut tell),
                        Err(fault) => {
                            let before = bytes.get(..fault.valid_up_to()).unwrap_or_default();
                            tell(invalid_json(next, before, offset), next);
                            next += 1;
                        }
                    }
                    offset += bytes.len();
                }
            }
        }
        (tally, next)
    }

    fn judge_text(
        self,
        kind: Kind,
        text: &'a str,
        mut line: usize,
        offset: usize,
        tell: &mut dyn FnMut(Report<'a>, usize),
    ) -> usize {
        // A mark at the very start is no part of the first line.
        let mut at = if offset == 0 && text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        while at < text.len() {
            let mut decoder = JsonDecoder::line(text, at, self.parse_number);
            if !decoder.is_blank() {
                let judged = match kind {
                    Kind::CreateTracker => one::<CreateTrackerDraft<'a>>(&mut decoder, create_tracker),
                    Kind::CheckBucket => one::<CheckBucketDraft<'a>>(&mut decoder, check_bucket),
                };
                let report = judged.unwrap_or_else(|fault| {
                    let before = text.as_bytes().get(at..fault).unwrap_or_default();
                    invalid_json(line, before, offset + at)
                });
                tell(report, line);
            }
            at = decoder.next_line();
            line += 1;
        }
        line
    }
}

type Judge<'a, S> = fn(&Field<'a, S>, &mut Report<'a>);

/// Reads and judges one line, or gives the offset of the fault.
fn one<'a, S: Draft<'a>>(decoder: &mut JsonDecoder<'a>, judge: Judge<'a, S>) -> Result<Report<'a>, usize> {
    let mut draft = Field::Absent;
    draft.read_json(decoder).map_err(|fault| fault.offset)?;
    decoder.end().map_err(|fault| fault.offset)?;
    let mut report = Report::default();
    judge(&draft, &mut report);
    Ok(report)
}

/// `before` is the line up to the fault, and `offset` where the line begins.
fn invalid_json<'a>(line: usize, before: &[u8], offset: usize) -> Report<'a> {
    let mut report = Report::default();
    let finding = error(Code::InvalidJson, "json.syntax").number("line", line);
    report.add(
        finding
            .number("column", 1 + code_points(before))
            .param("offset", Param::Number((offset + before.len()) as f64)),
    );
    report
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = r#"{"bucket_name":"abc","bucket_location":"cn-north-1"}"#;

    fn judge(text: &[u8]) -> (Tally, usize, Vec<(usize, usize, usize)>) {
        let mut told = Vec::new();
        let lines = Lines { bytes: text, line: 1, offset: 0, parse_number: crate::decode::exact };
        let (tally, next) = lines.judge(Kind::CheckBucket, |line| {
            told.push((line.line, line.errors.len(), line.warnings.len()));
        });
        (tally, next, told)
    }

    #[test]
    fn lines_of_all_kinds() {
        let text = format!("\u{feff}{GOOD}\r\n\n  \t\r\n{GOOD} x\nnull\n{GOOD}");
        let (tally, next, told) = judge(text.as_bytes());
        assert_eq!(tally, Tally { lines: 4, valid: 2, invalid: 2, warned: 0 });
        assert_eq!((next, told), (7, vec![(4, 1, 0), (5, 1, 0)]));
    }

    #[test]
    fn a_line_that_is_not_utf8_does_not_spoil_the_others() {
        let mut text = format!("{GOOD}\n\"").into_bytes();
        text.push(0xFF);
        text.extend(format!("\n{GOOD}\n").bytes());
        let (tally, next, told) = judge(&text);
        assert_eq!(tally, Tally { lines: 3, valid: 2, invalid: 1, warned: 0 });
        assert_eq!((next, told), (4, vec![(2, 1, 0)]));
    }

    #[test]
    fn a_text_over_two_lines_is_two_bad_lines() {
        let (tally, _, told) = judge(b"{\"bucket_name\":\n\"abc\"}\n");
        assert_eq!(tally.invalid, 2);
        assert_eq!(told, [(1, 1, 0), (2, 1, 0)]);
    }
}
