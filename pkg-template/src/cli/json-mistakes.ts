// Explains common syntax errors of JSON.
import { isJson } from './input-format.js';
import type { Translate } from './texts.js';

/** The mistake at a syntax error, from the text before and after it; undefined if it is not a common one. */
export function syntaxMistake(before: string, after: string, t: Translate): string | undefined {
  if (after.startsWith('\ufeff')) return t('json.bom');
  if (/^[\]}]/.test(after) && /,\s*$/.test(before)) return t('json.trailingComma');
  return undefined;
}

/** The same for a line of NDJSON. */
export function lineMistake(before: string, after: string, t: Translate): string | undefined {
  if (!isJson(before)) return syntaxMistake(before, after, t);
  if (/^,\s*$/.test(after)) return t('ndjson.comma');
  return /^[{[]/.test(after) ? t('ndjson.several') : syntaxMistake(before, after, t);
}
