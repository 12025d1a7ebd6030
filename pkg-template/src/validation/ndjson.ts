// Many requests at once, one JSON text a line: bytes in, only the lines with something to say out.
import { booleanOption, objectOption } from '../options.js';
import { next, open, readIssues } from './issues.js';
import { localeOf } from './options.js';
import { submitBytes } from './write.js';

const KINDS = ['createTracker', 'checkBucket'];
/** Bytes that cross at once: enough that the crossing costs nothing, few enough that the buffer is kept. */
const CHUNK = 1 << 19;
const NEWLINE = 10;

function settings(kind, options) {
  const index = KINDS.indexOf(kind);
  if (index < 0) throw new TypeError(`kind must be ${KINDS.map((name) => `'${name}'`).join(' or ')}`);
  const given = objectOption(options);
  return {
    index,
    locale: localeOf(given),
    warnings: booleanOption(given.warnings, 'warnings') ?? false,
    keepBad: booleanOption(given.keepBad, 'keepBad') ?? true,
  };
}

/** A validator that is fed chunks, for files larger than memory. `push` gives the bad lines its chunk completed. */
export function createNdjsonValidator(kind, options) {
  const { index, locale, warnings, keepBad } = settings(kind, options);
  const report = { lines: 0, valid: 0, invalid: 0, warned: 0, bad: [] };
  let kept = [];
  let keptLength = 0;
  let line = 1;
  let offset = 0;
  let ended = false;

  /** Complete lines, or the last one. */
  function judge(bytes, told) {
    if (bytes.length === 0) return;
    open(submitBytes(bytes, (wasm, length) => wasm.ndjson(index, warnings, length, line, offset)));
    report.lines += next();
    report.valid += next();
    report.invalid += next();
    report.warned += next();
    line = next();
    offset += bytes.length;
    for (let count = next(); count > 0; count--) {
      told.push({ line: next(), issues: readIssues(locale), warnings: readIssues(locale) });
    }
  }

  function keep(bytes) {
    if (bytes.length === 0) return;
    kept.push(bytes.slice());
    keptLength += bytes.length;
  }

  /** What was kept, and `bytes` after it. */
  function joined(bytes) {
    if (keptLength === 0) return bytes;
    const all = new Uint8Array(keptLength + bytes.length);
    let at = 0;
    for (const part of kept) {
      all.set(part, at);
      at += part.length;
    }
    all.set(bytes, at);
    kept = [];
    keptLength = 0;
    return all;
  }

  function push(chunk) {
    if (ended) throw new TypeError('the validator has ended: no more chunks can be pushed');
    if (!(chunk instanceof Uint8Array)) throw new TypeError('a chunk must be a Uint8Array');
    const told = [];
    let from = 0;
    if (keptLength > 0) {
      // Only the line that was begun is copied together.
      from = chunk.indexOf(NEWLINE) + 1;
      if (from > 0) judge(joined(chunk.subarray(0, from)), told);
    }
    while (from < chunk.length) {
      const to = Math.min(from + CHUNK, chunk.length);
      const lines = chunk.subarray(from, to).lastIndexOf(NEWLINE) + 1;
      if (lines > 0) judge(joined(chunk.subarray(from, from + lines)), told);
      else keep(chunk.subarray(from, to));
      from = lines > 0 ? from + lines : to;
    }
    if (keepBad) for (const bad of told) report.bad.push(bad);
    return told;
  }

  /** Judges what is left, a last line without a newline, and gives the whole report. */
  function end() {
    if (!ended) {
      judge(joined(new Uint8Array(0)), report.bad);
      ended = true;
    }
    return report;
  }

  return { push, end };
}

/** Judges a whole text. */
export function validateNdjson(kind, text, options) {
  const validator = createNdjsonValidator(kind, options);
  if (typeof text === 'string') {
    const encoder = new TextEncoder();
    const bytes = new Uint8Array(CHUNK);
    for (let rest = text; rest.length > 0; ) {
      const { read, written } = encoder.encodeInto(rest, bytes);
      validator.push(bytes.subarray(0, written));
      rest = rest.slice(read);
    }
  } else if (text instanceof Uint8Array) validator.push(text);
  else throw new TypeError('text must be a string or a Uint8Array; a promise of one must be awaited');
  return validator.end();
}
