//! Collects issues in order, at the current place of the walk. Issues above the maximum are only counted.

use crate::issue::{Issue, Params, Path, RuleId, Segment, Severity, Word};

/// The maximum number of errors, and of warnings. One more entry has the number of those that are left out.
pub const MAX_GIVEN: usize = 1000;

/// One list of issues with its cap.
#[derive(Debug, Default)]
pub struct Capped<'a> {
    pub given: Vec<Issue<'a>>,
    more: usize,
}

/// How deep a request is.
const DEPTH: usize = 3;

/// One step of the walk: small, because most steps find nothing.
#[derive(Clone, Copy, Debug)]
enum Step {
    Field(Word),
    Index(usize),
}

#[derive(Debug)]
pub struct Report<'a> {
    steps: [Step; DEPTH],
    depth: usize,
    pub errors: Capped<'a>,
    pub warnings: Capped<'a>,
    /// The params of an issue that is only counted.
    spare: Option<Params<'a>>,
}

impl Default for Report<'_> {
    fn default() -> Self {
        let (errors, warnings) = (Capped::default(), Capped::default());
        Report { steps: [Step::Index(0); DEPTH], depth: 0, errors, warnings, spare: None }
    }
}

impl<'a> Report<'a> {
    /// Adds an error at the current place. The caller adds the params.
    pub fn error(&mut self, finding: RuleId) -> &mut Params<'a> {
        self.add(Severity::Error, finding)
    }

    pub fn warning(&mut self, finding: RuleId) -> &mut Params<'a> {
        self.add(Severity::Warning, finding)
    }

    pub fn add(&mut self, severity: Severity, finding: RuleId) -> &mut Params<'a> {
        self.add_below(None, severity, finding)
    }

    /// Adds a warning at an unknown key of the current object.
    pub fn unknown_key(&mut self, key: &'a str) -> &mut Params<'a> {
        self.add_below(Some(key), Severity::Warning, RuleId::UnknownKey)
    }

    #[inline(never)]
    fn add_below(&mut self, unknown: Option<&'a str>, severity: Severity, finding: RuleId) -> &mut Params<'a> {
        if self.counts_only(severity) {
            return self.spare.insert(Params::default());
        }
        let mut path = Path::default();
        for step in self.steps.iter().take(self.depth) {
            path.push(match step {
                Step::Field(name) => Segment::Field(*name),
                Step::Index(index) => Segment::Index(u32::try_from(*index).unwrap_or(u32::MAX)),
            });
        }
        if let Some(key) = unknown {
            path.push(Segment::Unknown(key));
        }
        let issue = Issue { finding, severity, path, params: Params::default() };
        &mut self.list(severity).given.push_mut(issue).params
    }

    fn list(&mut self, severity: Severity) -> &mut Capped<'a> {
        match severity {
            Severity::Error => &mut self.errors,
            Severity::Warning => &mut self.warnings,
        }
    }

    /// Whether one more issue is only counted, and counts it. Call it once, before an issue that is costly to create.
    pub fn counts_only(&mut self, severity: Severity) -> bool {
        let list = self.list(severity);
        let full = list.given.len() >= MAX_GIVEN;
        if full {
            list.more += 1;
        }
        full
    }

    /// The walk enters an object or a list.
    pub fn enter(&mut self) {
        self.depth += 1;
    }

    /// The walk has reached this field of the object.
    pub fn field(&mut self, name: Word) {
        self.step(Step::Field(name));
    }

    /// The walk has reached this item of the list.
    pub fn item(&mut self, index: usize) {
        self.step(Step::Index(index));
    }

    fn step(&mut self, step: Step) {
        if let Some(slot) = self.steps.get_mut(self.depth.wrapping_sub(1)) {
            *slot = step;
        }
    }

    pub fn leave(&mut self) {
        self.depth -= 1;
    }

    pub fn has_errors(&self) -> bool {
        !self.errors.given.is_empty()
    }

    pub fn has_warnings(&self) -> bool {
        !self.warnings.given.is_empty()
    }

    pub fn is_empty(&self) -> bool {
        !self.has_errors() && !self.has_warnings()
    }

    /// The errors and the warnings.
    pub fn finish(self) -> (Vec<Issue<'a>>, Vec<Issue<'a>>) {
        (self.errors.finish(Severity::Error), self.warnings.finish(Severity::Warning))
    }
}

impl<'a> Capped<'a> {
    /// The entry with the number of issues that are left out.
    pub fn more(&self, severity: Severity) -> Option<Issue<'a>> {
        if self.more == 0 {
            return None;
        }
        let mut params = Params::default();
        params.number(self.more);
        Some(Issue { finding: RuleId::TooManyIssues, severity, path: Path::default(), params })
    }

    fn finish(mut self, severity: Severity) -> Vec<Issue<'a>> {
        self.given.extend(self.more(severity));
        self.given
    }
}
