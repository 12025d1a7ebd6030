//! Collects issues in order, at the place the walk has reached, and counts what is beyond the cap.

use crate::issue::{Found, Issue, Path, RuleId, Segment, Severity};

/// So many errors and so many warnings are given; of more, one entry tells the number.
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
    Field(&'static str),
    Index(usize),
}

/// What has been found so far.
#[derive(Debug)]
pub struct Report<'a> {
    steps: [Step; DEPTH],
    depth: usize,
    pub errors: Capped<'a>,
    pub warnings: Capped<'a>,
    /// The params of what is beyond the cap.
    spare: Found<'a>,
}

impl Default for Report<'_> {
    fn default() -> Self {
        let (errors, warnings) = (Capped::default(), Capped::default());
        Report { steps: [Step::Index(0); DEPTH], depth: 0, errors, warnings, spare: Found::default() }
    }
}

impl<'a> Report<'a> {
    /// Adds an error at the place the walk has reached. Its params are added to what is given.
    pub fn error(&mut self, finding: RuleId) -> &mut Found<'a> {
        self.add(Severity::Error, finding)
    }

    pub fn warning(&mut self, finding: RuleId) -> &mut Found<'a> {
        self.add(Severity::Warning, finding)
    }

    pub fn add(&mut self, severity: Severity, finding: RuleId) -> &mut Found<'a> {
        self.add_below(None, severity, finding)
    }

    /// Adds a warning at a key that nobody knows, of the object the walk has reached.
    pub fn unknown_key(&mut self, key: &'a str) -> &mut Found<'a> {
        self.add_below(Some(key), Severity::Warning, RuleId::UnknownKey)
    }

    #[inline(never)]
    fn add_below(&mut self, unknown: Option<&'a str>, severity: Severity, finding: RuleId) -> &mut Found<'a> {
        if self.counts_only(severity) {
            self.spare = Found::default();
            return &mut self.spare;
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
        let issue = Issue { finding, severity, path, found: Found::default() };
        &mut self.list(severity).given.push_mut(issue).found
    }

    fn list(&mut self, severity: Severity) -> &mut Capped<'a> {
        match severity {
            Severity::Error => &mut self.errors,
            Severity::Warning => &mut self.warnings,
        }
    }

    /// Whether one more of these is only counted. Ask once, before making an issue that costs much: it counts.
    pub fn counts_only(&mut self, severity: Severity) -> bool {
        let list = self.list(severity);
        let full = list.given.len() >= MAX_GIVEN;
        // Not `more += usize::from(full)`: rustc 1.95 at -O2 loses that count where this is inlined.
        if full {
            list.more += 1;
        }
        full
    }

    /// The walk goes on inside of an object or a list.
    pub fn enter(&mut self) {
        self.depth += 1;
    }

    /// The walk has reached this field of the object.
    pub fn field(&mut self, name: &'static str) {
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
    /// The entry that tells how many more there are.
    pub fn more(&self, severity: Severity) -> Option<Issue<'a>> {
        if self.more == 0 {
            return None;
        }
        let mut found = Found::default();
        found.number(self.more);
        Some(Issue { finding: RuleId::TooManyIssues, severity, path: Path::default(), found })
    }

    fn finish(mut self, severity: Severity) -> Vec<Issue<'a>> {
        self.given.extend(self.more(severity));
        self.given
    }
}
