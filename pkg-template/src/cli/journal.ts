// The journal of `create`: what was requested, and the outcome. Each record is on the disk before the next step, so an
// intent without an outcome means that the tracker may exist.
import { closeSync, fstatSync, fsyncSync, ftruncateSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { CliError } from './cli-error.js';
import { lockFile } from './lock-file.js';
import type { Translate } from './texts.js';

export type Outcome = 'created' | 'exists' | 'failed' | 'unknown';

export interface JournalRecord {
  readonly event: 'intent' | 'outcome';
  readonly project: string;
  readonly tracker: string;
  readonly line?: number | undefined;
  readonly sha256: string;
  /** The service that the request was sent to. */
  readonly target: string;
  readonly outcome?: Outcome;
  readonly id?: string | undefined;
  readonly kind?: string;
  readonly error_code?: string | undefined;
  readonly request_id?: string | undefined;
}

type NewRecord = Omit<JournalRecord, 'event'>;

export interface Journal {
  readonly path: string | undefined;
  /** The last record of a tracker. */
  find(project: string, tracker: string): JournalRecord | undefined;
  intent(record: NewRecord): void;
  outcome(record: NewRecord & { outcome: Outcome }): void;
  close(): void;
}

const HEADER = { journal: 'cts-tracker create', version: 1 };
const HEADER_LINE = `${JSON.stringify(HEADER)}\n`;
const NEWLINE = 10;

const keyOf = ({ project, tracker }: Pick<JournalRecord, 'project' | 'tracker'>) => JSON.stringify([project, tracker]);

/** Without a path, nothing is remembered. */
export function openJournal(path: string | undefined, t: Translate): Journal {
  if (path === undefined) return { path, find: () => undefined, intent() {}, outcome() {}, close() {} };
  let unlock = () => {};
  let file: number | undefined;
  try {
    unlock = lockFile(`${path}.lock`, t);
    file = openSync(path, 'a+', 0o600);
    return continueJournal(path, file, unlock, t);
  } catch (error) {
    if (file !== undefined) closeSync(file);
    unlock();
    throw error instanceof CliError ? error : unwritable(path, error, t);
  }
}

function continueJournal(path: string, file: number, unlock: () => void, t: Translate): Journal {
  const bytes = readFileSync(file);
  // The last line has no end if the process was killed while it wrote the line. The next step has not happened then.
  let length = bytes.lastIndexOf(NEWLINE) + 1;
  const records = parse(bytes.subarray(0, length).toString(), path, t);
  // A file without a complete line may be something else.
  if (length === 0 && !HEADER_LINE.startsWith(bytes.toString())) throw foreign(path, t);
  if (length < bytes.length) ftruncateSync(file, length);

  function append(line: string) {
    try {
      writeFileSync(file, line);
      fsyncSync(file);
    } catch (error) {
      try {
        ftruncateSync(file, length);
      } catch {
        // The next run removes the incomplete line.
      }
      throw unwritable(path, error, t);
    }
    length = fstatSync(file).size;
  }
  function add(record: JournalRecord) {
    append(`${JSON.stringify({ ...record, at: new Date().toISOString() })}\n`);
    records.set(keyOf(record), record);
  }

  if (length === 0) {
    append(HEADER_LINE);
    syncFolder(dirname(resolve(path)));
  }
  return {
    path,
    find: (project, tracker) => records.get(keyOf({ project, tracker })),
    intent: (record) => add({ event: 'intent', ...record }),
    outcome: (record) => add({ event: 'outcome', ...record }),
    close() {
      closeSync(file);
      unlock();
    },
  };
}

function unwritable(path: string, error: unknown, t: Translate) {
  const { code, message } = error as NodeJS.ErrnoException;
  return new CliError(t('journal.unwritable', { path, code: code ?? message }), { code: 'journal' });
}

const foreign = (path: string, t: Translate) => new CliError(t('journal.foreign', { path }), { code: 'journal' });

function parse(text: string, path: string, t: Translate): Map<string, JournalRecord> {
  const records = new Map<string, JournalRecord>();
  for (const [i, line] of text.split('\n').slice(0, -1).entries()) {
    const record = parseLine(line);
    if (i === 0) {
      if (record.journal !== HEADER.journal || record.version !== HEADER.version) throw foreign(path, t);
    } else if (isRecord(record)) {
      records.set(keyOf(record), record);
    } else {
      throw new CliError(t('journal.damaged', { path, line: i + 1 }), { code: 'journal' });
    }
  }
  return records;
}

function parseLine(line: string): Record<string, unknown> {
  try {
    return { ...JSON.parse(line) };
  } catch {
    return {};
  }
}

// biome-ignore lint/suspicious/noExplicitAny: the other fields are those that this file wrote.
const isRecord = (record: any): record is JournalRecord =>
  typeof record.project === 'string' &&
  typeof record.tracker === 'string' &&
  ['intent', 'outcome'].includes(record.event);

/** A new file has its name on the disk only after its folder is written. */
function syncFolder(path: string) {
  let folder: number | undefined;
  try {
    folder = openSync(path, 'r');
    fsyncSync(folder);
  } catch {
    // Some systems cannot do this.
  } finally {
    if (folder !== undefined) closeSync(folder);
  }
}
