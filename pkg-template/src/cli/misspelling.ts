// Finds the field that an unknown key may mean by its words. The package itself suggests a field only if few letters
// differ.
import { createTrackerPaths } from '../generated/names.js';
import type { Issue } from '../validation/issue.js';
import type { Shell } from './command.js';

/** `compress` and `compression` have the same first letters. */
const MIN_STEM = 5;
const MAX_ENDING = 3;

const BUCKET_FIELDS = ['bucket_name', 'bucket_location', 'kms_id', 'is_support_trace_files_encryption'];

/** The warning of an unknown key, with a suggestion if exactly one field has all its words. */
export function withSuggestion(
  warning: Issue,
  kind: 'createTracker' | 'checkBucket',
  { core, locale }: Pick<Shell, 'core' | 'locale'>,
): Issue {
  const key = warning.path.at(-1);
  if (warning.code !== 'unknown_key' || warning.params.suggestion !== undefined || typeof key !== 'string')
    return warning;
  const [suggestion, ...others] = fieldsOf(kind, warning.path.slice(0, -1)).filter((field) => hasWordsOf(key, field));
  if (suggestion === undefined || others.length > 0) return warning;
  const suggested = { ...warning, params: { ...warning.params, suggestion } };
  return { ...suggested, message: core.formatIssue(suggested, locale) };
}

/** The fields of the object at a path. */
function fieldsOf(kind: 'createTracker' | 'checkBucket', path: Issue['path']): string[] {
  if (kind === 'checkBucket') return path.length === 0 ? BUCKET_FIELDS : [];
  const prefix = path.map((step) => `${step}.`).join('');
  return createTrackerPaths
    .filter((field) => field.startsWith(prefix))
    .map((field) => field.slice(prefix.length))
    .filter((field) => !field.includes('.'));
}

function hasWordsOf(key: string, field: string): boolean {
  const words = key
    .replace(/(?<=[a-z])(?=[A-Z])/g, '_')
    .toLowerCase()
    .split(/[\s_-]+/)
    .filter(Boolean);
  const known = field.split('_');
  return words.some((word) => word.length > 2) && words.every((word) => known.some((other) => isSameStem(word, other)));
}

function isSameStem(word: string, known: string): boolean {
  if (word === known) return true;
  let same = 0;
  while (same < word.length && word[same] === known[same]) same += 1;
  return same >= MIN_STEM && Math.max(word.length, known.length) - same <= MAX_ENDING;
}
