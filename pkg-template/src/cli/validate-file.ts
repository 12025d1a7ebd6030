// Validates the requests of a file. NDJSON is validated line by line as it is read; documents are read whole.

import type { Issue } from '../validation/issue.js';
import { CliError, EXIT, type ExitCode } from './cli-error.js';
import type { Shell } from './command.js';
import type { Item } from './document.js';
import { createNameIndex } from './duplicate-trackers.js';
import { completeLines, type Input, limitSize, linesOf, MAX_LINE } from './input.js';
import { lineMistake } from './json-mistakes.js';
import { withSuggestion } from './misspelling.js';
import { duplicateTracker, type LocatedIssue, type Place, type Problem, type Report } from './problems.js';
import type { RequestKind } from './request-kind.js';
import { inOnePiece, Slices } from './slices.js';

export interface FileRequest<Body> extends Place {
  readonly value: Body;
}

export interface FileResult<Body> {
  lines: number;
  valid: number;
  /** With the trackers that the file has already: `create` sends nothing of such a file. */
  invalid: number;
  warned: number;
  /** The number of warnings of valid requests that were not reported. */
  hidden: number;
  /** The number of requests without issues that have an unknown key which is near to a known one. */
  misspelt: number;
  /** The valid requests, if they were asked for. */
  readonly requests: FileRequest<Body>[];
}

export interface ValidateFileOptions<Body> {
  readonly kind: RequestKind<Body>;
  readonly report: Report;
  /** Whether warnings of valid requests are reported. */
  readonly showWarnings?: boolean;
  /** Whether the requests are returned. */
  readonly keep?: boolean;
  /** Called for a tracker that is in fact a bucket to check. */
  readonly onBucket?: () => void;
}

const OPENING_BRACE = 123;
/** The longest line that takes no longer than a slice. */
const SHORT_LINE = 1 << 20;

export async function validateFile<Body>(
  shell: Shell,
  input: Input,
  options: ValidateFileOptions<Body>,
): Promise<FileResult<Body>> {
  const { output, signal, t } = shell;
  const result = await (input.format === 'ndjson' ? validateLines : validateDocument)(shell, input, options);
  if (result.lines === 0 && !signal.aborted) output.hint(t('file.empty', { path: input.name }));
  if (result.invalid > 0 && input.isGuessed) output.hint(t(`file.as.${input.format}`, { path: input.name }));
  return result;
}

/** Ends a command that would send requests without what an unknown key was to say. */
export async function refuseUnknown({ output, t }: Shell, command: string, misspelt: number): Promise<ExitCode> {
  await output.summary({ command, misspelt, sent: 0 }, [t('file.misspelt', { misspelt })]);
  return EXIT.issues;
}

const isMisspelt = ({ code, params }: LocatedIssue) => code === 'unknown_key' && 'suggestion' in params;

async function validateLines<Body>(
  shell: Shell,
  input: Input,
  { kind, report, showWarnings, keep, onBucket }: ValidateFileOptions<Body>,
): Promise<FileResult<Body>> {
  const { core, locale, output, signal, t } = shell;
  const validator = core.createNdjsonValidator(kind.name, { locale, warnings: true, keepBad: false });
  const firstLine = createNameIndex<number>();
  const requests: FileRequest<Body>[] = [];
  let line = 0;
  let duplicates = 0;
  let hidden = 0;
  let misspelt = 0;

  /** Reads a valid line, and returns the tracker if the file has it already. */
  function read(bytes: Buffer): Problem | undefined {
    const value = keep ? kind.validate(shell, JSON.parse(new TextDecoder().decode(bytes))).value : undefined;
    if (value) requests.push({ line, value });
    const name = value ? kind.uniqueName?.ofBody(value) : kind.uniqueName?.ofLine(bytes);
    const first = name === undefined ? undefined : firstLine(name, line);
    return name !== undefined && first ? duplicateTracker(input.name, name, { line }, { line: first }, t) : undefined;
  }

  const tooLong = () =>
    new CliError(t('file.longLine', { path: input.name, max: MAX_LINE >> 20 }), { code: 'file', exit: EXIT.issues });
  const slices = new Slices();
  for await (const chunk of completeLines(keep ? limitSize(input, t) : input.chunks, tooLong)) {
    if (slices.isOver) await slices.next();
    if (signal.aborted) break;
    const push = () => validator.push(chunk);
    const bad = chunk.length > SHORT_LINE ? await inOnePiece(push) : push();

    const problems: Problem[] = [];
    const found = new Map<number, Problem>();
    for (const { line, issues, warnings: given } of bad) {
      const warnings = given.map((warning) => withSuggestion(warning, kind.name, shell));
      found.set(line, { line, issues, warnings });
      if (issues.length === 0 && warnings.some(isMisspelt)) misspelt += 1;
      if (issues.length === 0 && !showWarnings) hidden += warnings.length;
    }
    for (const bytes of linesOf(chunk)) {
      line += 1;
      const problem = found.get(line);
      if (problem?.issues.some(isSyntaxError)) found.set(line, explained(problem, bytes, t));
      // A line that is valid but has no object is blank.
      const isRequest = !problem?.issues.length && bytes.includes(OPENING_BRACE);
      const duplicate = isRequest && (keep || kind.uniqueName) ? read(bytes) : undefined;
      if (duplicate) {
        problems.push(duplicate);
        duplicates += 1;
      }
    }
    for (const problem of found.values()) if (problem.issues.length > 0 || showWarnings) problems.push(problem);
    if (bad.some(looksLikeBucket)) onBucket?.();
    problems.sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
    if (problems.length > 0) await report(input.name, problems);
  }

  const { lines, valid, invalid, warned } = validator.end();
  if (invalid > 0 && input.isOneJsonText) output.hint(t('file.oneJsonText'));
  return { lines, valid: valid - duplicates, invalid: invalid + duplicates, warned, hidden, misspelt, requests };
}

const isSyntaxError = ({ code }: LocatedIssue) => code === 'invalid_json';

/** A line that is not JSON, with the mistake if it is a common one. */
function explained(problem: Problem, bytes: Buffer, t: Shell['t']): Problem {
  const text = bytes.toString();
  // The mark before the first line is not a column.
  const characters = [...(problem.line === 1 ? text.replace(/^\ufeff/, '') : text)];
  const explain = (issue: LocatedIssue): LocatedIssue => {
    const before = 'column' in issue.params ? Number(issue.params.column) - 1 : 0;
    const mistake = lineMistake(characters.slice(0, before).join(''), characters.slice(before).join(''), t);
    return mistake ? { ...issue, message: `${issue.message} ${mistake}` } : issue;
  };
  return { ...problem, issues: problem.issues.map(explain) };
}

async function validateDocument<Body>(
  shell: Shell,
  input: Input,
  { kind, report, showWarnings, keep, onBucket }: ValidateFileOptions<Body>,
): Promise<FileResult<Body>> {
  const { readDocument } = await import('./document.js');
  const { items, broken } = await readDocument(input, shell);
  const counts = { lines: broken.length, valid: 0, invalid: broken.length, warned: 0, hidden: 0, misspelt: 0 };
  const result: FileResult<Body> = { ...counts, requests: [] };
  const firstPlace = createNameIndex<Place>();
  const reported: Problem[] = [...broken];
  const slices = new Slices();
  let i = -1;

  for (const { value: body, inList, locate } of expandAll(items, kind)) {
    i += 1;
    if (slices.isOver) {
      await report(input.name, reported.splice(0));
      await slices.next();
      if (shell.signal.aborted) break;
    }
    const check = () => kind.validate(shell, body);
    const { value, issues = [], warnings: given } = await (takesLong(body) ? inOnePiece(check) : check());
    const warnings = given.map((warning: Issue) => withSuggestion(warning, kind.name, shell));
    const located = (list: readonly LocatedIssue[]) => list.map((issue) => ({ ...issue, ...locate(issue.path) }));
    const place = { item: i + 1, inList, ...locate([]) };
    const name = value && kind.uniqueName?.ofBody(value);
    const first = name === undefined ? undefined : firstPlace(name, place);
    const problems: Problem[] = [];
    if (issues.length > 0 || (showWarnings && warnings.length > 0)) {
      problems.push({ ...place, issues: located(issues), warnings: located(warnings) });
    }
    if (name !== undefined && first) problems.push(duplicateTracker(input.name, name, place, first, shell.t));
    reported.push(...problems);
    if (looksLikeBucket({ issues, warnings })) onBucket?.();

    result.lines += 1;
    result[issues.length > 0 || first ? 'invalid' : 'valid'] += 1;
    if (warnings.length > 0) result.warned += 1;
    if (issues.length === 0 && warnings.some(isMisspelt)) result.misspelt += 1;
    if (issues.length === 0 && !showWarnings) result.hidden += warnings.length;
    if (value && keep) result.requests.push({ item: place.item, inList, line: place.line, value });
  }
  await report(input.name, reported);
  return result;
}

/** Whether one request has so many values that its validation takes longer than a slice. */
function takesLong(value: unknown): boolean {
  const rest: unknown[] = [value];
  let cost = 0;
  for (let next = rest.pop(); cost < 5_000; next = rest.pop()) {
    if (typeof next === 'object' && next !== null) for (const child of Object.values(next)) rest.push(child);
    cost += 1 + (typeof next === 'string' ? next.length / 256 : 0);
    if (rest.length === 0) return false;
  }
  return true;
}

function* expandAll<Body>(items: Iterable<Item>, kind: RequestKind<Body>): Generator<Item> {
  for (const item of items) yield* kind.expand(item);
}

/** Whether a value that is not a valid tracker is a bucket for CheckObsBuckets. */
function looksLikeBucket({ issues, warnings }: { issues: readonly LocatedIssue[]; warnings: readonly LocatedIssue[] }) {
  const has = (list: readonly LocatedIssue[], code: string, field: string) =>
    list.some((issue) => issue.code === code && issue.path.length === 1 && issue.path[0] === field);
  return (
    has(issues, 'required', 'tracker_type') &&
    ['bucket_name', 'bucket_location'].every((field) => has(warnings, 'unknown_key', field))
  );
}
