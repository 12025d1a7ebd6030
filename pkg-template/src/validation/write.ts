// Writes a draft into the wasm's buffers, as src/decode/flat.rs reads it: marks, and the texts they speak of. No user
// code runs here.

import type { InitOutput } from '#glue-browser';
import { CtsError } from '../client/error.js';
import { instance, trapped } from '../wasm/browser.js';
import { TooLong, Wrong } from './values.js';

/** The status of a validation without issues. */
export const OK = 0;
/** The draft was not what it should be, or its buffer is taken. */
const DECODE_ERROR = 1;

const ABSENT = 0;
const TRUE = 1;
const FALSE = 2;
const NUMBER = 3;
const STRING = 4;
const OBJECT = 5;
const ARRAY = 6;
const TOO_LONG = 7;
const WRONG = 8;
const TAGGED = 9;
const COUNT = 10;

/** In the place of a count: the text is there already; the count is a word. */
const AGAIN = 254;
const WORD = 255;

const FIRST_SIZE = 16384;
// The wasm gives room beyond this back after a call, so the view on it is not kept.
const KEPT = 1 << 20;
/** Up to here a loop over the units is faster than a call of the encoder. */
const SHORT = 64;
/** A text of so many units crosses but once, however often it stands in the draft. */
const LONG = AGAIN;
/** No object takes more marks, nor more bytes of short texts, besides what is in its lists. */
const ROOM = 1024;

export type Wasm = InitOutput;

let wasm;
let marks = new Uint8Array(0);
let marksAddress = 0;
let marksSize = 0;
let at = 0;
let bytes = marks;
let bytesAddress = 0;
let bytesSize = 0;
let bytesAt = 0;

/** Whether each text so far is ASCII. */
let plain = true;
let long;
let unknown;

const encoder = /* @__PURE__ */ new TextEncoder();
const float = /* @__PURE__ */ new Float64Array(1);
const floatWords = /* @__PURE__ */ new Uint32Array(float.buffer);

/** A buffer may have moved, and the memory under both. */
function view() {
  marks = new Uint8Array(wasm.memory.buffer, marksAddress, marksSize);
  bytes = new Uint8Array(wasm.memory.buffer, bytesAddress, bytesSize);
}

function room() {
  marksSize = Math.max(FIRST_SIZE, (at + ROOM) * 2);
  marksAddress = wasm.marks(marksSize) >>> 0;
  view();
}

/** Makes room for `size` more bytes of text; what is written stays. A huge buffer grows by little. */
function bytesRoom(size) {
  const wanted = bytesAt + size;
  if (wanted <= bytesSize) return;
  bytesSize = Math.max(FIRST_SIZE, wanted + (wanted < KEPT ? wanted : wanted >>> 3));
  bytesAddress = wasm.texts(bytesSize) >>> 0;
  view();
}

function begin() {
  at = 0;
  bytesAt = 0;
  const live = instance();
  // A view on memory that has grown since has no length.
  if (live === wasm && marks.length > 0) return;
  if (live !== wasm) marksSize = bytesSize = marksAddress = bytesAddress = 0;
  wasm = live;
  if (marksSize > 0) view();
  else room();
}

/** Has a draft judged: `call` is given the sizes of what was written, and gives an address, or `FINE`. */
export function submit(draft, call, first, second) {
  try {
    const answer = judge(draft, call, first, second);
    return answer === DECODE_ERROR ? again(() => judge(draft, call, first, second)) : answer;
  } catch (cause) {
    throw cause instanceof CtsError ? cause : trapped(cause);
  }
}

/** The same for bytes, which are copied to where texts stand. */
export function submitBytes(source, call) {
  try {
    const answer = judgeBytes(source, call);
    return answer === DECODE_ERROR ? again(() => judgeBytes(source, call)) : answer;
  } catch (cause) {
    throw cause instanceof CtsError ? cause : trapped(cause);
  }
}

/** A call that ended for want of stack has left its buffers taken: another instance has its own. */
function again(run) {
  trapped();
  const answer = run();
  if (answer === DECODE_ERROR) throw new Error('the draft could not be read back');
  return answer;
}

function judge(draft, call, first, second) {
  begin();
  plain = true;
  long = undefined;
  ({ unknown } = draft);
  const { root, put } = draft;
  makeRoom();
  if (put !== undefined && !(root instanceof Wrong)) writeFields(root, put);
  else write(root);
  if (!plain) draft.root = wellFormed(root);
  long = unknown = undefined;
  const [marked, texts] = [at, bytesAt];
  release();
  return call(wasm, marked, texts, first, second);
}

function judgeBytes(source, call) {
  begin();
  bytesRoom(source.length);
  bytes.set(source);
  release();
  return call(wasm, source.length);
}

/** Large buffers are given up by the wasm after the call. */
function release() {
  if (marksSize > KEPT || bytesSize > KEPT) marksSize = bytesSize = 0;
  if (marksSize === 0) marks = bytes = new Uint8Array(0);
}

/** A string, a boolean, an integer, or what is none of them. */
export function write(value) {
  switch (typeof value) {
    case 'string':
      marks[at++] = STRING;
      return writeText(value);
    case 'boolean':
      marks[at++] = value ? TRUE : FALSE;
      return;
    case 'number':
      if (value >= 0 && value < AGAIN && (value | 0) === value) {
        marks[at] = COUNT;
        marks[at + 1] = value;
        at += 2;
        return;
      }
      marks[at++] = NUMBER;
      return writeFloat(value);
    case 'undefined':
      marks[at++] = ABSENT;
      return;
  }
  if (value.tag === undefined) {
    marks[at++] = WRONG;
    marks[at++] = value.kind;
  } else {
    marks[at++] = TAGGED;
    writeText(value.tag);
  }
}

/** A group of fields, written by `put`. */
export function writeGroup(value, put) {
  if (value === undefined || value instanceof Wrong) write(value);
  else writeFields(value, put);
}

function writeFields(object, put) {
  makeRoom();
  marks[at++] = OBJECT;
  put(object);
  const keys = unknown?.get(object);
  if (keys === undefined) {
    marks[at++] = 0;
    return;
  }
  writeCount(keys.length);
  for (const key of keys) {
    makeRoom();
    writeText(key);
  }
}

/** A list: of groups, if there is a `put`. */
export function writeList(value, put) {
  if (value === undefined || value instanceof Wrong) return write(value);
  if (value instanceof TooLong) {
    marks[at++] = TOO_LONG;
    return writeFloat(value.length);
  }
  marks[at++] = ARRAY;
  const { length } = value;
  writeCount(length);
  for (let i = 0; i < length; i++) {
    makeRoom();
    if (put === undefined) write(value[i]);
    else writeGroup(value[i], put);
  }
  makeRoom();
}

/** Sees to it that there is room for what comes next. */
function makeRoom() {
  if (marksSize - at < ROOM) room();
  if (bytesSize - bytesAt < ROOM) bytesRoom(ROOM);
}

function writeCount(count) {
  if (count < AGAIN) marks[at++] = count;
  else {
    marks[at++] = WORD;
    writeWord(count);
  }
}

function writeWord(word) {
  for (let i = 0; i < 4; i++) {
    marks[at++] = word;
    word >>>= 8;
  }
}

function writeFloat(number) {
  float[0] = number;
  writeWord(floatWords[0]);
  writeWord(floatWords[1]);
}

function writeText(string) {
  const { length } = string;
  if (length <= SHORT) {
    // A module's own variables are looked up at each use.
    const to = bytes;
    const from = bytesAt;
    let i = 0;
    for (; i < length; i++) {
      const unit = string.charCodeAt(i);
      if (unit > 127) break;
      to[from + i] = unit;
    }
    if (i === length) {
      marks[at++] = length;
      bytesAt = from + length;
      return;
    }
  }
  encode(string);
}

function encode(string) {
  const { length } = string;
  const known = length < LONG ? undefined : long?.get(string);
  if (known !== undefined) {
    marks[at++] = AGAIN;
    writeWord(known.from);
    return writeWord(known.size);
  }
  const from = bytesAt;
  // As much as an ASCII text takes, and the usual room after it: a text that is not may need more.
  bytesRoom(length + ROOM);
  let { read, written } = encoder.encodeInto(string, bytes.subarray(from));
  if (read < length) {
    bytesRoom(byteLength(string) + ROOM);
    ({ written } = encoder.encodeInto(string, bytes.subarray(from)));
  }
  if (written !== length) plain = false;
  bytesAt += written;
  writeCount(written);
  if (length >= LONG) (long ??= new Map()).set(string, { from, size: written });
}

/** How many bytes of UTF-8 a text is. */
function byteLength(string) {
  let size = string.length;
  for (let i = 0; i < string.length; i++) {
    const unit = string.charCodeAt(i);
    // The second half of a pair was counted with the first: four bytes are two a unit.
    if (unit > 0x7f) size += unit > 0x7ff && (unit < 0xd800 || unit > 0xdfff || !paired(string, i)) ? 2 : 1;
  }
  return size;
}

function paired(string, i) {
  const point = string.codePointAt(i);
  if (point > 0xffff) return true;
  return i > 0 && string.codePointAt(i - 1) > 0xffff;
}

const LONE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** A draft's value with U+FFFD in the place of each lone surrogate, in its unknown keys too. */
function wellFormed(value) {
  if (typeof value === 'string') return value.toWellFormed?.() ?? value.replace(LONE, '\ufffd');
  if (typeof value !== 'object' || value instanceof TooLong) return value;
  if (value instanceof Wrong) return value.tag === undefined ? value : new Wrong(value.kind, wellFormed(value.tag));
  const keys = unknown?.get(value);
  if (keys !== undefined) unknown.set(value, keys.map(wellFormed));
  for (const key of Object.keys(value)) value[key] = wellFormed(value[key]);
  return value;
}
