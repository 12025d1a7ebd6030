// Which format a file has, and which requests it contains. Pure.
import type { Format, Kind } from './messages.js';

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** By the name, else by the beginning of the content. */
export function formatOf(name: string, beginning: string): Format {
  const text = beginning.replace(/^\ufeff/, '').trimStart();
  if (/\.(ndjson|jsonl)$/i.test(name)) return 'ndjson';
  if (/\.ya?ml$/i.test(name)) return 'yaml';
  if (!/^[[{]/.test(text)) return 'yaml';
  const [first = '', second = ''] = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  return isObject(parsed(first)) && second.trimStart().startsWith('{') ? 'ndjson' : 'json';
}

/** By the fields of an item: one with a bucket name of its own is a bucket to check. */
export const kindOf = (item: unknown): Kind =>
  isObject(item) && ('bucket_name' in item || 'bucket_location' in item) ? 'checkBucket' : 'createTracker';

/** The kind of the first line. */
export const kindOfLine = (line: string): Kind => kindOf(parsed(line));

/** The requests of documents: a list of them, one alone, or the body of CheckObsBuckets. */
export function itemsOf(documents: readonly unknown[]): readonly unknown[] {
  return documents.flatMap((document) => {
    if (Array.isArray(document)) return document;
    if (isObject(document) && Array.isArray(document.buckets)) return document.buckets;
    return document === null || document === undefined ? [] : [document];
  });
}
