// Validates many requests at once, one JSON text per line. Only lines with issues become JavaScript values.
import { booleanOption, objectOption } from '../options.js';
import { isUint8Array } from '../wasm/bytes.js';
import { textEncoder } from '../wasm/globals.js';
import type { Issue } from './issue.js';
import { next, openResults, readIssues } from './issues.js';
import { callWithBytes } from './memory.js';
import { localeOf, type ValidateOptions } from './options.js';

/** The request on each line: the body of CreateTracker, or one bucket of CheckObsBuckets. */
export type RequestKind = 'createTracker' | 'checkBucket';

export interface NdjsonOptions extends ValidateOptions {
  /** Whether to report lines that have only warnings. Default: false. */
  readonly warnings?: boolean | undefined;
  /** Whether the report repeats the bad lines that `push` has returned. Default: true. */
  readonly keepBad?: boolean | undefined;
}

export interface NdjsonLine {
  /** Counted from 1. */
  readonly line: number;
  readonly issues: readonly Issue[];
  readonly warnings: readonly Issue[];
}

export interface NdjsonReport {
  /** The number of lines that were validated. Blank lines do not count. */
  readonly lines: number;
  readonly valid: number;
  readonly invalid: number;
  /** The number of lines with a warning, valid or not. */
  readonly warned: number;
  readonly bad: NdjsonLine[];
}

export interface NdjsonValidator {
  /** Validates the lines that this chunk completes, and returns the bad ones. */
  push(chunk: Uint8Array): NdjsonLine[];
  /** Validates the last line, if it has no newline, and returns the report. */
  end(): NdjsonReport;
}

const KINDS: readonly unknown[] = ['createTracker', 'checkBucket'] satisfies RequestKind[];
/** A larger chunk is no faster, and takes more memory. */
const CHUNK = 1 << 16;
const NEWLINE = 10;

/** Validates a stream of bytes, cut anywhere. Use it for files that are larger than memory. */
export function createNdjsonValidator(kind: RequestKind, options?: NdjsonOptions): NdjsonValidator {
  const { push, end, keep } = createReader(kind, options);
  return {
    push(chunk) {
      const bad: NdjsonLine[] = [];
      push(chunk, bad);
      if (keep) for (const found of bad) keep.push(found);
      return bad;
    },
    end,
  };
}

/** `push` adds the bad lines of a chunk to a list, and `keep` is that of the report, if it keeps them. */
function createReader(kind: RequestKind, options: NdjsonOptions | undefined) {
  const index = KINDS.indexOf(kind);
  if (index < 0) throw new TypeError(`kind must be ${KINDS.map((name) => `'${name}'`).join(' or ')}`);
  const given = objectOption(options);
  const locale = localeOf(given);
  const warnings = booleanOption(given.warnings, 'warnings') ?? false;
  const keepBad = booleanOption(given.keepBad, 'keepBad') ?? true;
  const report = { lines: 0, valid: 0, invalid: 0, warned: 0, bad: [] as NdjsonLine[] };
  let pending: Uint8Array[] = [];
  let pendingLength = 0;
  let line = 1;
  let offset = 0;
  let ended = false;

  /** Validates complete lines, or the last one. */
  function validate(bytes: Uint8Array, bad: NdjsonLine[]): void {
    if (bytes.length === 0) return;
    callWithBytes(bytes, (wasm, length) => wasm.validate_ndjson(length, index, Number(warnings), line, offset));
    openResults();
    report.lines += next();
    report.valid += next();
    report.invalid += next();
    report.warned += next();
    line = next();
    offset += bytes.length;
    for (let count = next(); count > 0; count--) {
      bad.push({ line: next(), issues: readIssues(locale), warnings: readIssues(locale) });
    }
  }

  /** The pending bytes, followed by `bytes`. */
  function takePending(bytes: Uint8Array): Uint8Array {
    if (pendingLength === 0) return bytes;
    const all = new Uint8Array(pendingLength + bytes.length);
    let at = 0;
    for (const part of [...pending, bytes]) {
      all.set(part, at);
      at += part.length;
    }
    pending = [];
    pendingLength = 0;
    return all;
  }

  return {
    keep: keepBad ? report.bad : undefined,
    push(chunk: Uint8Array, bad: NdjsonLine[]): void {
      if (ended) throw new TypeError('the validator has ended: no more chunks can be pushed');
      if (!isUint8Array(chunk)) throw new TypeError('a chunk must be a Uint8Array');
      let from = 0;
      if (pendingLength > 0) {
        // Copy only the rest of the line that was begun.
        from = chunk.indexOf(NEWLINE) + 1;
        if (from > 0) validate(takePending(chunk.subarray(0, from)), bad);
      }
      while (from < chunk.length) {
        const part = chunk.subarray(from, from + CHUNK);
        const complete = part.lastIndexOf(NEWLINE) + 1;
        if (complete > 0) validate(takePending(part.subarray(0, complete)), bad);
        else {
          pending.push(part.slice());
          pendingLength += part.length;
        }
        from += complete || part.length;
      }
    },
    end(): NdjsonReport {
      if (!ended) validate(takePending(new Uint8Array(0)), report.bad);
      ended = true;
      return report;
    },
  };
}

/** Validates one request per line. Only lines with issues become JavaScript values. */
export function validateNdjson(kind: RequestKind, text: Uint8Array | string, options?: NdjsonOptions): NdjsonReport {
  const { push, end, keep } = createReader(kind, options);
  // Without a list of its own, a file with many bad lines takes 0.7 MB less.
  const bad = keep ?? [];
  if (typeof text === 'string') {
    const encoder = textEncoder();
    const bytes = new Uint8Array(CHUNK);
    for (let rest = text; rest.length > 0; ) {
      const { read, written } = encoder.encodeInto(rest, bytes);
      push(bytes.subarray(0, written), bad);
      rest = rest.slice(read);
    }
  } else if (isUint8Array(text)) push(text, bad);
  else throw new TypeError('text must be a string or a Uint8Array; if it is a promise of one, await it');
  return end();
}
