// Finds requests of a file that create the same tracker. Which of them is intended cannot be known.
import type { Place } from './problems.js';

const VALUE = /\s*:\s*"([\w-]+)"/y;

/** Returns where a name occurred first, or undefined the first time. */
export function createNameIndex(): (name: string, place: Place) => Place | undefined {
  const places = new Map<string, Place>();
  return (name, place) => {
    const first = places.get(name);
    // A copy: a part of a string would keep the whole line in memory.
    if (!first) places.set(Buffer.from(name).toString(), place);
    return first;
  };
}

/** The tracker name of a line that is valid. */
export function trackerNameOfLine(line: Buffer): string {
  const inPlace = findTrackerName(line);
  if (inPlace !== undefined) return inPlace;
  const body = JSON.parse(line.toString().replace(/^\ufeff/, ''));
  return body.tracker_type === 'system' ? 'system' : body.tracker_name;
}

/**
 * The name as it stands in a valid line, or undefined if only parsing gives it: the line has an escape, or a key twice.
 * Parsing every line makes `validate` 1.5 times slower.
 */
export function findTrackerName(line: Buffer): string | undefined {
  // Keys and names are ASCII.
  const text = line.toString('latin1');
  if (text.includes('\\')) return undefined;
  const type = findValue(text, '"tracker_type"');
  // The name of a system tracker may be absent.
  return type === 'data' ? findValue(text, '"tracker_name"') : type;
}

function findValue(text: string, key: string) {
  const at = text.indexOf(key);
  if (at < 0 || text.includes(key, at + 1)) return undefined;
  VALUE.lastIndex = at + key.length;
  return VALUE.exec(text)?.[1];
}
