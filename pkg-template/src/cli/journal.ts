import { closeSync, fstatSync, fsyncSync, ftruncateSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { asError, CliError } from './cli-error.js';
import { lockFile } from './lock-file.js';
import type { Translate } from './texts.js';

export type Outcome = 'created' | 'exists' | 'failed' | 'unknown';

export interface JournalRecord {
  readonly event: 'intent' | 'outcome';
  readonly project: string;
  readonly tracker: string;
  readonly sha256: string;
  /** The service that the request was sent to. */
  readonly target: string;
  readonly line?: number | undefined;
  readonly outcome?: Outcome;
  readonly id?: string | undefined;
  readonly kind?: string;
  readonly error_code?: string | undefined;
  readonly request_id?: string | undefined;
}

const HEADER = { journal: 'cts-tracker create', version: 1 };
const NEWLINE = 10;

const keyOf = (project: string, tracker: string) => JSON.stringify([project, tracker]);

/**
 * What `create` requested, and the outcome. A record is on the disk before the next step, so an intent without an outcome
 * means that the tracker may exist.
 */
export class Journal {
  readonly #records = new Map<string, JournalRecord>();
  readonly #file: number;
  readonly #unlock: () => void;
  /** Of the complete lines. */
  #length: number;

  /** Creates the file, or continues it. */
  constructor(
    readonly path: string,
    readonly t: Translate,
  ) {
    let unlock = () => {};
    let file: number | undefined;
    try {
      unlock = lockFile(`${path}.lock`, t);
      file = openSync(path, 'a+', 0o600);
      this.#file = file;
      this.#unlock = unlock;
      const bytes = readFileSync(file);
      // A process that is killed while it writes leaves an incomplete line. It has not begun the next step.
      this.#length = bytes.lastIndexOf(NEWLINE) + 1;
      this.#read(bytes.subarray(0, this.#length).toString());
      const header = `${JSON.stringify(HEADER)}\n`;
      // A file without a complete line may be something else.
      if (this.#length === 0 && !header.startsWith(bytes.toString())) throw this.#error('journal.foreign');
      if (this.#length < bytes.length) ftruncateSync(file, this.#length);
      if (this.#length === 0) {
        this.#append(header);
        syncFolder(dirname(resolve(path)));
      }
    } catch (error) {
      if (file !== undefined) closeSync(file);
      unlock();
      throw error instanceof CliError ? error : this.#unwritable(error);
    }
  }

  /** The last record of a tracker. */
  find(project: string, tracker: string): JournalRecord | undefined {
    return this.#records.get(keyOf(project, tracker));
  }

  add(record: JournalRecord): void {
    this.#append(`${JSON.stringify({ ...record, at: new Date().toISOString() })}\n`);
    this.#records.set(keyOf(record.project, record.tracker), record);
  }

  close(): void {
    closeSync(this.#file);
    this.#unlock();
  }

  #append(line: string) {
    try {
      writeFileSync(this.#file, line);
      fsyncSync(this.#file);
    } catch (error) {
      try {
        ftruncateSync(this.#file, this.#length);
      } catch {
        // The next run removes the incomplete line.
      }
      throw this.#unwritable(error);
    }
    this.#length = fstatSync(this.#file).size;
  }

  #read(text: string) {
    for (const [i, line] of text.split('\n').slice(0, -1).entries()) {
      const record = parseLine(line);
      if (i === 0) {
        if (record.journal !== HEADER.journal || record.version !== HEADER.version)
          throw this.#error('journal.foreign');
      } else if (isRecord(record)) this.#records.set(keyOf(record.project, record.tracker), record);
      else throw this.#error('journal.damaged', { line: i + 1 });
    }
  }

  #error(key: 'journal.foreign' | 'journal.damaged' | 'journal.unwritable', params: object = {}) {
    return new CliError(this.t(key, { path: this.path, ...params }), { code: 'journal' });
  }

  #unwritable(error: unknown) {
    const { code, message } = asError(error);
    return this.#error('journal.unwritable', { code: code ?? message });
  }
}

function parseLine(line: string): Record<string, unknown> {
  try {
    return { ...JSON.parse(line) };
  } catch {
    return {};
  }
}

const isRecord = (record: object): record is JournalRecord =>
  'project' in record &&
  typeof record.project === 'string' &&
  'tracker' in record &&
  typeof record.tracker === 'string' &&
  'event' in record &&
  (record.event === 'intent' || record.event === 'outcome');

/** The name of a new file is on the disk only after its folder is written. */
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
