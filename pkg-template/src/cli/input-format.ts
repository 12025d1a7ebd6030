// Recognizes the format of an input by parsing how it starts.
import { endOfValue } from './positions.js';

export type Format = 'ndjson' | 'json' | 'yaml';

/** So many lines after a broken one must be requests, or there is another reason for it. */
const FOLLOWING = 3;

export function recognizeFormat(text: string): Format {
  const start = trimStart(text);
  if (start === '') return 'ndjson';
  if (start[0] === '[') return 'json';
  if (start[0] !== '{') return 'yaml';
  const end = endOfValue(start, 0);
  if (end >= 0 && isJson(start.slice(0, end))) {
    // An object over several lines, or several objects without a line for each.
    const rest = firstLine(start.slice(end)).trim();
    return start.slice(0, end).includes('\n') || /^[{[]/.test(rest) ? 'json' : 'ndjson';
  }
  // The first line of NDJSON is broken, or the whole text.
  if (isFollowedByObjects(start)) return 'ndjson';
  return /^\{\s*["}]/.test(start) || start.trim() === '{' ? 'json' : 'yaml';
}

/** Whether the format is certain without the text after this one. */
export function isRecognizable(text: string): boolean {
  const start = trimStart(text);
  return start !== '' && start.includes('\n') && (start[0] !== '{' || isJson(firstLine(start)));
}

/** Whether the lines are not requests but together one JSON text: a list, or an object over several lines. */
export function isOneJsonText(text: string): boolean {
  const start = trimStart(text);
  if (recognizeFormat(start) !== 'json') return false;
  const end = endOfValue(start, 0);
  if (end < 0) return /[{[,]\s*$/.test(firstLine(start));
  return isJson(start.slice(0, end)) && start.slice(end).trim() === '';
}

export const firstLine = (text: string): string => text.split('\n', 1)[0] ?? '';

/** Without white space and the byte order mark. */
const trimStart = (text: string) => text.replace(/^[\ufeff\s]+/, '');

/** Whether the lines after the first are objects: at least one, and no other line among the next ones. */
function isFollowedByObjects(text: string): boolean {
  let objects = 0;
  for (let at = text.indexOf('\n'); at >= 0 && objects < FOLLOWING; ) {
    const end = text.indexOf('\n', at + 1);
    const line = text.slice(at + 1, end < 0 ? undefined : end).trim();
    // The last line may be cut.
    if (line !== '' && !(line[0] === '{' && isJson(line))) return objects > 0 && end < 0;
    if (line !== '') objects += 1;
    at = end;
  }
  return objects > 0;
}

export function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
