// Recognizes the format of an input by how it starts.

export type Format = 'ndjson' | 'json' | 'yaml';

export function recognizeFormat(text: string): Format {
  const start = trimStart(text);
  if (start === '') return 'ndjson';
  if (start[0] === '[') return 'json';
  if (start[0] !== '{') return 'yaml';
  if (isJson(firstLine(start))) return 'ndjson';
  // Either an object over several lines, or NDJSON with a first line that is broken: then the next one starts an object.
  // A match that begins at one newline ends before the next, so the time is linear.
  return /\n[^\S\n]*\{"/.test(start) ? 'ndjson' : 'json';
}

/** Whether the lines are not requests but together one JSON text: a list, or an object over several lines. */
export function isOneJsonText(text: string): boolean {
  const start = trimStart(text);
  if (recognizeFormat(start) !== 'json') return false;
  const first = firstLine(start);
  if (isJson(first)) return start.trim() === first.trim();
  return start[0] === '[' || /[{[,]\s*$/.test(first);
}

export const firstLine = (text: string): string => text.split('\n', 1)[0] ?? '';

/** Without white space and the byte order mark. */
const trimStart = (text: string) => text.replace(/^[\ufeff\s]+/, '');

function isJson(text: string) {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
