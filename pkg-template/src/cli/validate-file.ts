// Validates the requests of a file. NDJSON is validated line by line as it is read; documents are read whole.
import type { Context } from './command.js';
import { createNameIndex } from './duplicate-trackers.js';
import { completeLines, type Input, limitSize, linesOf } from './input.js';
import type { Duplicate, LocatedIssue, Place, Problem, Report } from './problems.js';
import type { RequestKind } from './request-kind.js';

export interface FileRequest<Body> extends Place {
  readonly value: Body;
}

export interface FileResult<Body> {
  lines: number;
  valid: number;
  /** With the trackers that the file has already: `create` sends nothing of such a file. */
  invalid: number;
  warned: number;
  /** The valid requests, if they were asked for. */
  readonly requests: FileRequest<Body>[];
}

export interface ValidateFileOptions<Body> {
  readonly kind: RequestKind<Body>;
  readonly report: Report;
  /** Whether warnings are reported. */
  readonly warnings?: boolean;
  /** Whether the requests are returned. */
  readonly keep?: boolean;
  /** Called for a tracker that is in fact a bucket to check. */
  readonly onBucket?: () => void;
}

type FileContext = Pick<Context, 'library' | 'output' | 'signal' | 't'>;

const OPENING_BRACE = 123;

export async function validateFile<Body>(
  context: FileContext,
  input: Input,
  options: ValidateFileOptions<Body>,
): Promise<FileResult<Body>> {
  const { output, signal, t } = context;
  const result = await (input.format === 'ndjson' ? validateLines : validateDocument)(context, input, options);
  if (result.lines === 0 && !signal.aborted) output.hint(t('file.empty', { path: input.name }));
  return result;
}

async function validateLines<Body>(
  { library, output, signal, t }: FileContext,
  input: Input,
  { kind, report, warnings, keep, onBucket }: ValidateFileOptions<Body>,
): Promise<FileResult<Body>> {
  const { core, locale } = await library();
  const validator = core.createNdjsonValidator(kind.name, { locale, warnings, keepBad: false });
  const firstPlace = createNameIndex();
  const requests: FileRequest<Body>[] = [];
  let line = 0;
  let duplicates = 0;

  /** Reads a valid line, and returns the tracker if the file has it already. */
  function read(bytes: Buffer): Duplicate | undefined {
    const value = keep ? kind.validate({ core, locale }, JSON.parse(new TextDecoder().decode(bytes))).value : undefined;
    if (value) requests.push({ line, value });
    const name = value ? kind.uniqueName?.ofBody(value) : kind.uniqueName?.ofLine(bytes);
    const first = name === undefined ? undefined : firstPlace(name, { line });
    return name !== undefined && first ? { line, name, first } : undefined;
  }

  for await (const chunk of completeLines(keep ? limitSize(input, t) : input.chunks)) {
    if (signal.aborted) break;
    const bad = validator.push(chunk);
    const problems: (Problem | Duplicate)[] = [...bad];
    if (keep || kind.uniqueName) {
      const invalid = new Set(bad.filter(({ issues }) => issues.length > 0).map((problem) => problem.line));
      for (const bytes of linesOf(chunk)) {
        line += 1;
        // A line that is valid but has no object is blank.
        const duplicate = invalid.has(line) || !bytes.includes(OPENING_BRACE) ? undefined : read(bytes);
        if (duplicate) problems.push(duplicate);
      }
    }
    if (onBucket && bad.some(looksLikeBucket)) onBucket();
    duplicates += problems.length - bad.length;
    if (problems.length > 0)
      await report(
        input.name,
        problems.sort((a, b) => (a.line ?? 0) - (b.line ?? 0)),
      );
  }

  const { lines, valid, invalid, warned } = validator.end();
  if (invalid > 0 && input.isOneJsonText) output.hint(t('file.oneJsonText'));
  return { lines, valid: valid - duplicates, invalid: invalid + duplicates, warned, requests };
}

async function validateDocument<Body>(
  { library, signal, t }: FileContext,
  input: Input,
  { kind, report, warnings, onBucket }: ValidateFileOptions<Body>,
): Promise<FileResult<Body>> {
  const { readDocument } = await import('./document.js');
  const { core, locale } = await library();
  const { items, broken } = await readDocument(input, { core, locale }, t);
  const result: FileResult<Body> = { lines: broken.length, valid: 0, invalid: broken.length, warned: 0, requests: [] };
  const firstPlace = createNameIndex();
  if (broken.length > 0) await report(input.name, broken);

  for (const [i, { value: body, inList, locate }] of items.flatMap(kind.expand).entries()) {
    if (signal.aborted) break;
    const validation = kind.validate({ core, locale }, body);
    const located = (issues: readonly LocatedIssue[] = []) =>
      issues.map((issue) => ({ ...issue, line: locate(issue.path) }));
    const place = { item: i + 1, inList, line: locate([]) };
    const name = validation.value && kind.uniqueName?.ofBody(validation.value);
    const first = name === undefined ? undefined : firstPlace(name, place);
    result.lines += 1;
    result[validation.issues || first ? 'invalid' : 'valid'] += 1;
    if (validation.warnings.length > 0) result.warned += 1;
    if (validation.value) result.requests.push({ ...place, value: validation.value });
    const problem = { issues: validation.issues ?? [], warnings: validation.warnings };
    if (onBucket && looksLikeBucket(problem)) onBucket();
    if (validation.issues || (warnings && validation.warnings.length > 0)) {
      await report(input.name, [
        { ...place, issues: located(problem.issues), warnings: located(warnings ? problem.warnings : []) },
      ]);
    }
    if (name !== undefined && first) await report(input.name, [{ ...place, name, first }]);
  }
  return result;
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
