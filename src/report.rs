//! Collects issues in order, at the place the walk has reached, and counts what is beyond the cap.

use std::borrow::Cow;

use crate::issue::{Code, Issue, Param, Params, Path, Segment, Severity};

/// So many errors and so many warnings are given; of more, one entry tells the number.
pub const MAX_GIVEN: usize = 1000;

/// One list of issues with its cap.
#[derive(Debug, Default)]
struct Capped<'a> {
    given: Vec<Issue<'a>>,
    more: u32,
}

/// How deep a request is.
const DEPTH: usize = 3;

/// One step of the walk: small, because most steps find nothing.
#[derive(Clone, Copy, Debug)]
enum Step {
    Field(&'static str),
    Index(usize),
}

/// What has been found so far.
#[derive(Debug)]
pub struct Report<'a> {
    steps: [Step; DEPTH],
    depth: usize,
    errors: Capped<'a>,
    warnings: Capped<'a>,
}

/// An issue before it knows its place.
#[derive(Debug)]
pub struct Finding<'a> {
    code: Code,
    rule: &'static str,
    severity: Severity,
    server_code: Option<&'static str>,
    params: Params<'a>,
}

/// What the service refuses.
pub fn error<'a>(code: Code, rule: &'static str) -> Finding<'a> {
    Finding { code, rule, severity: Severity::Error, server_code: None, params: Params::default() }
}

/// What is worth knowing.
pub fn warning<'a>(code: Code, rule: &'static str) -> Finding<'a> {
    Finding { severity: Severity::Warning, ..error(code, rule) }
}

impl<'a> Finding<'a> {
    pub fn severity(self, severity: Severity) -> Self {
        Finding { severity, ..self }
    }

    /// What the service answers to the same mistake.
    pub fn server(self, code: &'static str) -> Self {
        Finding { server_code: Some(code), ..self }
    }

    pub fn param(mut self, name: &'static str, value: Param<'a>) -> Self {
        self.params.push((name, value));
        self
    }

    pub fn word(self, name: &'static str, word: &'static str) -> Self {
        self.param(name, Param::Word(word))
    }

    pub fn number(self, name: &'static str, number: usize) -> Self {
        self.param(name, Param::Number(number as f64))
    }

    pub fn character(self, character: char) -> Self {
        self.param("character", Param::Character(character))
    }
}

impl Default for Report<'_> {
    fn default() -> Self {
        Report { steps: [Step::Index(0); DEPTH], depth: 0, errors: Capped::default(), warnings: Capped::default() }
    }
}

impl<'a> Report<'a> {
    /// Adds an issue at the place the walk has reached.
    #[inline(never)]
    pub fn add(&mut self, finding: Finding<'a>) {
        self.add_below(None, finding);
    }

    /// Adds an issue at a key that nobody knows, of the object the walk has reached.
    pub fn add_unknown(&mut self, key: Cow<'a, str>, finding: Finding<'a>) {
        self.add_below(Some(key), finding);
    }

    fn add_below(&mut self, unknown: Option<Cow<'a, str>>, finding: Finding<'a>) {
        if self.counts_only(finding.severity) {
            return;
        }
        let mut path = Path::default();
        for step in self.steps.iter().take(self.depth) {
            path.push(match step {
                Step::Field(name) => Segment::Field(name),
                Step::Index(index) => Segment::Index(u32::try_from(*index).unwrap_or(u32::MAX)),
            });
        }
        if let Some(key) = unknown {
            path.push(Segment::Unknown(key));
        }
        let list = match finding.severity {
            Severity::Error => &mut self.errors,
            Severity::Warning => &mut self.warnings,
        };
        list.given.push(Issue {
            code: finding.code,
            severity: finding.severity,
            path,
            params: finding.params,
            rule: finding.rule,
            server_code: finding.server_code.filter(|_| finding.severity == Severity::Error),
        });
    }

    /// Whether the list is full; then one more was counted. Asked where finding out what to say is work.
    pub fn counts_only(&mut self, severity: Severity) -> bool {
        let list = match severity {
            Severity::Error => &mut self.errors,
            Severity::Warning => &mut self.warnings,
        };
        let full = list.given.len() == MAX_GIVEN;
        list.more = list.more.saturating_add(u32::from(full));
        full
    }

    /// Walks down to a field, and back.
    #[inline(always)]
    pub fn at_field(&mut self, name: &'static str, walk: impl FnOnce(&mut Self)) {
        self.at(Step::Field(name), walk);
    }

    /// Walks down to an item of a list, and back.
    #[inline(always)]
    pub fn at_item(&mut self, index: usize, walk: impl FnOnce(&mut Self)) {
        self.at(Step::Index(index), walk);
    }

    #[inline(always)]
    fn at(&mut self, step: Step, walk: impl FnOnce(&mut Self)) {
        if let Some(slot) = self.steps.get_mut(self.depth) {
            *slot = step;
        }
        self.depth += 1;
        walk(self);
        self.depth -= 1;
    }

    pub fn has_errors(&self) -> bool {
        !self.errors.given.is_empty()
    }

    pub fn is_empty(&self) -> bool {
        self.errors.given.is_empty() && self.warnings.given.is_empty()
    }

    /// The errors and the warnings, each with its note of what is not given.
    pub fn finish(self) -> (Vec<Issue<'a>>, Vec<Issue<'a>>) {
        (self.errors.finish(Severity::Error), self.warnings.finish(Severity::Warning))
    }
}

impl<'a> Capped<'a> {
    fn finish(mut self, severity: Severity) -> Vec<Issue<'a>> {
        if self.more > 0 {
            let finding = error(Code::TooManyIssues, "issues.limit").number("more", self.more as usize);
            self.given.push(Issue {
                code: finding.code,
                severity,
                path: Path::default(),
                params: finding.params,
                rule: finding.rule,
                server_code: None,
            });
        }
        self.given
    }
}
