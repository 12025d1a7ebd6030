// The cases of `rules/`, and what their tests share.
import { readdirSync, readFileSync } from 'node:fs';

const dir = new URL('./rules/', import.meta.url);
export const files = readdirSync(dir)
  .filter((name) => name.endsWith('.json'))
  .sort();
export const cases = files.flatMap((file) =>
  JSON.parse(readFileSync(new URL(file, dir), 'utf8')).map((c) => ({ file, ...c })),
);

/** The params of each code. `?` marks a param that may be absent. */
export const CODES = {
  invalid_json: ['line', 'column', 'offset'],
  not_object: ['actual'],
  required: [],
  invalid_type: ['expected', 'actual'],
  unknown_key: ['suggestion?'],
  invalid_enum: ['allowed', 'suggestion?', 'actual?'],
  too_short: ['min', 'actual'],
  too_long: ['max', 'actual'],
  invalid_character: ['character', 'index'],
  invalid_start: ['character'],
  invalid_end: ['character'],
  adjacent_separators: ['sequence', 'index'],
  ip_address: [],
  reserved_name: ['reserved'],
  must_equal: ['expected'],
  must_differ: ['field'],
  forbidden: [],
  not_applicable: ['trackerType'],
  requires_field: ['field'],
  empty_list: [],
  duplicate_item: ['first'],
  unused: [],
  unusual_format: [],
  too_many_issues: ['more'],
};
export const FIELD_VALIDATORS = [
  'bucketName',
  'filePrefixName',
  'trackerName',
  'kmsId',
  'bucketLifecycle',
  'compressType',
  'bucketLocation',
  'projectId',
  'domainId',
];

/** A field whose name is long. */
export const E = 'is_support_trace_files_encryption';

/** The issues and warnings that a case lists. */
export function errorsOf(c) {
  if (c.report) return c.report.bad.flatMap((b) => b.issues);
  return c.issues ?? [c.firstIssue, c.lastIssue];
}
export function warningsOf(c) {
  if (c.report) return c.report.bad.flatMap((b) => b.warnings);
  return c.warnings ?? [c.firstWarning, c.lastWarning];
}

/** The input of a case as a value, if JSON can represent it. */
export function inputOf(c) {
  if ('json' in c) return JSON.parse(c.json);
  return 'input' in c ? c.input : undefined;
}
