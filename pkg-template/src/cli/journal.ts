import { closeSync, constants, fstatSync, fsyncSync, ftruncateSync, openSync, readSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { asError, CliError } from './cli-error.js';
import { type Lock, lockFile } from './lock-file.js';
import { openRegularFile } from './regular-file.js';
import { Slices } from './slices.js';
import type { Translate } from './texts.js';

/** The last three are found by a lookup. */
export type Outcome = 'created' | 'exists' | 'failed' | 'unknown' | 'existed_before' | 'differs' | 'not_seen';

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
  readonly error_msg?: string | undefined;
  readonly request_id?: string | undefined;
  /** With outcome `exists`: an earlier request with an unknown outcome most likely created the tracker. */
  readonly by_earlier_request?: true;
  /** A lookup found the outcome. */
  readonly resolved?: true;
  /** With outcome `differs`: the fields. */
  readonly differences?: readonly string[];
  /** When it was recorded. */
  readonly at?: string;
}

/** The tracker may exist, and may be that of the request. */
export const mayExist = ({ event, outcome }: JournalRecord): boolean =>
  event === 'intent' || outcome === 'unknown' || outcome === 'not_seen' || outcome === 'differs';

const HEADER = { journal: 'cts-tracker create', version: 1 };
const NEWLINE = 10;
const { O_APPEND, O_CREAT, O_RDWR } = constants;
const CHUNK_SIZE = 1 << 16;
/** A record has less than 2 KiB. */
const MAX_LINE = CHUNK_SIZE;

interface Entry {
  readonly record: JournalRecord;
  readonly sentAt: number | undefined;
}

const keyOf = (project: string, tracker: string) => JSON.stringify([project, tracker]);

/**
 * What `create` requested, and the outcome. A record is on the disk before the next step, so an intent without an outcome
 * means that the tracker may exist.
 */
export class Journal {
  readonly #entries = new Map<string, Entry>();
  /** Of the complete lines. */
  #length = 0;
  #hasHeader = false;
  /** Requests may have been sent. */
  #isOpen = false;

  private constructor(
    readonly path: string,
    readonly t: Translate,
    readonly lock: Lock,
    readonly file: number,
  ) {}

  /** Creates the file, or continues it. */
  static async open(path: string, t: Translate): Promise<Journal> {
    let lock: Lock | undefined;
    let file: number | undefined;
    try {
      lock = lockFile(`${path}.lock`, t);
      file = openRegularFile(path, O_RDWR | O_CREAT | O_APPEND, t);
      const journal = new Journal(path, t, lock, file);
      await journal.#read();
      journal.#isOpen = true;
      return journal;
    } catch (error) {
      if (file !== undefined) closeSync(file);
      lock?.release();
      throw error instanceof CliError ? error : journalError('journal.unwritable', path, t, { code: codeOf(error) });
    }
  }

  /** The last record of a tracker. */
  find(project: string, tracker: string): JournalRecord | undefined {
    return this.#entries.get(keyOf(project, tracker))?.record;
  }

  /** When the first request was sent that may have created the tracker. Undefined if a person has removed it. */
  sentAt(project: string, tracker: string): number | undefined {
    return this.#entries.get(keyOf(project, tracker))?.sentAt;
  }

  /** Throws if the record is not on the disk. */
  add(record: JournalRecord): void {
    // Another process that has the lock may send the same tracker. An outcome is recorded in any case.
    if (record.event === 'intent') this.lock.confirm();
    const dated = { ...record, at: new Date().toISOString() };
    this.#append(`${JSON.stringify(dated)}\n`);
    this.#remember(dated);
  }

  #remember(record: JournalRecord) {
    const key = keyOf(record.project, record.tracker);
    const before = this.#entries.get(key);
    const isFirst = record.event === 'intent' && !(before && mayExist(before.record));
    const at = Date.parse(String(record.at));
    const sentAt = isFirst ? (Number.isNaN(at) ? undefined : at) : before?.sentAt;
    this.#entries.set(key, { record, sentAt });
  }

  close(): void {
    closeSync(this.file);
    this.lock.release();
  }

  #append(line: string) {
    try {
      writeFileSync(this.file, line);
      fsyncSync(this.file);
    } catch (error) {
      try {
        ftruncateSync(this.file, this.#length);
      } catch {
        // The next run removes the incomplete line.
      }
      throw this.#error(this.#isOpen ? 'journal.full' : 'journal.unwritable', { code: codeOf(error) });
    }
    this.#length = fstatSync(this.file).size;
  }

  async #read() {
    const header = `${JSON.stringify(HEADER)}\n`;
    const slices = new Slices();
    let number = 0;
    let rest: Buffer = Buffer.alloc(0);
    for (const chunk of chunksOf(this.file)) {
      if (slices.isOver) await slices.next();
      const bytes = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
      let start = 0;
      for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, start)) {
        number += 1;
        this.#readLine(bytes.toString('utf8', start, end), number);
        start = end + 1;
      }
      rest = bytes.subarray(start);
      this.#length += start;
      if (rest.length > MAX_LINE) {
        throw this.#error(this.#hasHeader ? 'journal.damaged' : 'journal.foreign', { line: number + 1 });
      }
    }
    const last = textOf(rest.toString());
    if (parseLine(last) !== undefined) {
      // An editor has removed the newline at the end.
      this.#readLine(last, number + 1);
      this.#length += rest.length;
      this.#append('\n');
    } else {
      // A process that is killed while it writes leaves an incomplete line. It has not begun the next step.
      // A file without a complete line may be something else.
      if (!this.#hasHeader && !header.startsWith(last)) throw this.#error('journal.foreign');
      if (rest.length > 0) ftruncateSync(this.file, this.#length);
    }
    if (!this.#hasHeader) {
      this.#append(header);
      syncFolder(dirname(resolve(this.path)));
    }
  }

  /** A person may have edited the file: blank lines, CRLF and byte order marks do not matter. */
  #readLine(line: string, number: number) {
    const text = textOf(line);
    if (text === '') return;
    const record = parseLine(text) ?? {};
    if (!this.#hasHeader) {
      if (!isHeader(record)) throw this.#error('journal.foreign');
      this.#hasHeader = true;
    } else if (isRecord(record)) this.#remember(record);
    // The header occurs again where two journals were joined.
    else if (!isHeader(record)) throw this.#error('journal.damaged', { line: number });
  }

  #error(key: JournalText, params: Params = {}) {
    return journalError(key, this.path, this.t, params);
  }
}

type JournalText = 'journal.foreign' | 'journal.damaged' | 'journal.unwritable' | 'journal.full';
type Params = Readonly<Record<string, string | number>>;

const journalError = (key: JournalText, path: string, t: Translate, params: Params) =>
  new CliError(t(key, { path, ...params }), { code: 'journal' });

function codeOf(error: unknown): string {
  const { code, message } = asError(error);
  return code ?? message;
}

function* chunksOf(file: number): Generator<Buffer> {
  for (let position = 0; ; ) {
    const chunk = Buffer.allocUnsafe(CHUNK_SIZE);
    const length = readSync(file, chunk, 0, CHUNK_SIZE, position);
    if (length === 0) return;
    position += length;
    yield chunk.subarray(0, length);
  }
}

/** Without white space and byte order marks around it. */
const textOf = (line: string) => line.replace(/^[\ufeff\s]+|\s+$/g, '');

function parseLine(line: string): Record<string, unknown> | undefined {
  try {
    return { __proto__: null, ...JSON.parse(line) };
  } catch {
    return undefined;
  }
}

const isHeader = ({ journal, version }: Record<string, unknown>) =>
  journal === HEADER.journal && version === HEADER.version;

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
