// Opens files that the command itself writes. A link, a pipe or a device in their place is refused: it could lead to
// another file, wait forever, or never end.
import { closeSync, constants, fstatSync, lstatSync, openSync, readSync, type Stats } from 'node:fs';
import { asError, CliError } from './cli-error.js';
import type { TextKey, Translate } from './texts.js';

/** Absent on Windows, which creates neither links nor pipes without a privilege. */
const SAFE = (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** `flags` are those of `open(2)`. */
export function openRegularFile(path: string, flags: number, t: Translate): number {
  // First by name, because opening a device can have an effect.
  const before = lstatSync(path, { throwIfNoEntry: false });
  if (before) requireRegular(before, path, t);
  let file: number;
  try {
    file = openSync(path, flags | SAFE, 0o600);
  } catch (error) {
    if (asError(error).code === 'ELOOP') throw notRegular(path, 'journal.link', t);
    throw error;
  }
  try {
    requireRegular(fstatSync(file), path, t);
    return file;
  } catch (error) {
    closeSync(file);
    throw error;
  }
}

/** Reads from the beginning, at most `max` bytes. */
export function readStart(file: number, max: number): Buffer {
  const bytes = Buffer.alloc(max);
  let length = 0;
  for (let read = -1; read !== 0 && length < max; length += read) {
    read = readSync(file, bytes, length, max - length, length);
  }
  return bytes.subarray(0, length);
}

function requireRegular(stats: Stats, path: string, t: Translate) {
  if (!stats.isFile()) throw notRegular(path, kindOf(stats), t);
}

const notRegular = (path: string, kind: TextKey, t: Translate) =>
  new CliError(t('journal.notFile', { path, what: t(kind) }), { code: 'journal' });

function kindOf(stats: Stats): TextKey {
  if (stats.isSymbolicLink()) return 'journal.link';
  if (stats.isDirectory()) return 'journal.folder';
  if (stats.isFIFO()) return 'journal.pipe';
  return stats.isSocket() ? 'journal.socket' : 'journal.device';
}
