// What `create` has begun and what came of it, on the disk before anything else happens. A tracker is begun at most
// once: an intent without an outcome means that nobody knows whether the tracker is there.
import {
  closeSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { dirname, resolve } from 'node:path';
import { EXIT, Failure } from './failure.js';

const HEADER = { journal: 'cts-tracker create', version: 1 };
const NEWLINE = 10;

export const keyOf = (project, tracker) => JSON.stringify([project, tracker]);

/** Only one `create` at a time writes a journal: two would each find a tracker not begun. */
function lock(path, t) {
  const mine = JSON.stringify({ pid: process.pid, host: hostname() });
  for (let tries = 0; tries < 3; tries += 1) {
    try {
      const file = openSync(path, 'wx', 0o600);
      writeSync(file, mine);
      closeSync(file);
      return () => {
        try {
          unlinkSync(path);
        } catch {
          // It is gone, which is all that is wanted.
        }
      };
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    let text = '';
    try {
      text = readFileSync(path, 'utf8');
    } catch {
      continue;
    }
    const inUse = new Failure(t('journal.locked', { path }), EXIT.misuse, { code: 'journal' });
    let owner;
    try {
      owner = JSON.parse(text);
    } catch {
      throw inUse;
    }
    if (owner.host !== hostname() || alive(owner.pid)) throw inUse;
    // Taken away under a name of our own: if another process was quicker, what we took is its lock, and goes back.
    const stale = `${path}.${process.pid}`;
    try {
      renameSync(path, stale);
    } catch {
      continue;
    }
    const taken = readFileSync(stale, 'utf8');
    if (taken !== text) {
      renameSync(stale, path);
      throw inUse;
    }
    unlinkSync(stale);
  }
  throw new Failure(t('journal.locked', { path }), EXIT.misuse, { code: 'journal' });
}

function alive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/**
 * @returns {{ records: Map<string, object>, intent(record): void, outcome(record): void, close(): void }}
 * `records` holds the last record of each tracker.
 */
export function openJournal(path, t) {
  let unlock;
  let file;
  try {
    unlock = lock(`${path}.lock`, t);
    file = openSync(path, 'a+', 0o600);
    const size = fstatSync(file).size;
    const bytes = Buffer.alloc(size);
    for (let at = 0; at < size; ) {
      const got = readSync(file, bytes, at, size - at, at);
      if (got === 0) break;
      at += got;
    }
    // A last line without its end was cut off as it was written: what it was to announce has not happened.
    let length = bytes.lastIndexOf(NEWLINE) + 1;
    const lines = bytes.subarray(0, length).toString().split('\n').slice(0, -1);
    const records = read(lines, path, t);
    // A file that holds no whole line, and is none of ours, is not to be emptied.
    const head = `${JSON.stringify(HEADER)}\n`;
    if (length === 0 && !head.startsWith(bytes.toString())) throw foreign(path, t);
    if (length < size) ftruncateSync(file, length);

    const append = (record) => {
      const line = Buffer.from(`${JSON.stringify(record)}\n`);
      try {
        for (let at = 0; at < line.length; ) at += writeSync(file, line, at);
        fsyncSync(file);
        length += line.length;
      } catch (error) {
        try {
          ftruncateSync(file, length);
        } catch {
          // The next run cuts it.
        }
        throw new Failure(t('journal.unwritable', { path, code: error.code }), EXIT.misuse, { code: 'journal' });
      }
      if (record.tracker !== undefined) records.set(keyOf(record.project, record.tracker), record);
    };
    if (length === 0) {
      append(HEADER);
      syncFolder(dirname(resolve(path)));
    }
    return {
      records,
      intent: (record) => append({ event: 'intent', ...record, at: new Date().toISOString() }),
      outcome: (record) => append({ event: 'outcome', ...record, at: new Date().toISOString() }),
      close() {
        closeSync(file);
        unlock();
      },
    };
  } catch (error) {
    if (file !== undefined) closeSync(file);
    unlock?.();
    if (error instanceof Failure) throw error;
    throw new Failure(t('journal.unwritable', { path, code: error.code ?? error.message }), EXIT.misuse, {
      code: 'journal',
    });
  }
}

const foreign = (path, t) => new Failure(t('journal.foreign', { path }), EXIT.misuse, { code: 'journal' });

function read(lines, path, t) {
  const records = new Map();
  lines.forEach((line, i) => {
    let record;
    try {
      record = JSON.parse(line);
    } catch {
      // Said below.
    }
    if (i === 0) {
      if (record?.journal !== HEADER.journal || record.version !== HEADER.version) throw foreign(path, t);
      return;
    }
    if (
      typeof record?.project !== 'string' ||
      typeof record.tracker !== 'string' ||
      !['intent', 'outcome'].includes(record.event)
    ) {
      throw new Failure(t('journal.damaged', { path, line: i + 1 }), EXIT.misuse, { code: 'journal' });
    }
    records.set(keyOf(record.project, record.tracker), record);
  });
  return records;
}

/** The name of a new file is on the disk only when its folder is. */
function syncFolder(path) {
  let folder;
  try {
    folder = openSync(path, 'r');
    fsyncSync(folder);
  } catch {
    // Not every system can.
  } finally {
    if (folder !== undefined) closeSync(folder);
  }
}
