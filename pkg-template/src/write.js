// Writes a draft into the wasm's draft buffer, in the flat bytes that src/decode/flat.rs reads.
import { instance } from './engine.js';
import { ObjectDraft, TooLong, Wrong } from './read.js';

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
const KNOWN_END = 127;

const FIRST_SIZE = 16384;
// The wasm gives room beyond this back after a call, so the view on it is not kept.
const KEPT = 1 << 20;

let wasm;
let memory;
let bytes;
let limit = 0;
let at = 0;
const encoder = /* @__PURE__ */ new TextEncoder();
const float = /* @__PURE__ */ new Float64Array(1);
const floatWords = /* @__PURE__ */ new Uint32Array(float.buffer);

/** Makes the buffer large enough for `size` more bytes; what is written stays. */
function room(size) {
  const wanted = at + size;
  const length = Math.max(FIRST_SIZE, wanted > limit ? wanted * 2 : limit);
  const address = wasm.draft_buffer(length) >>> 0;
  memory = wasm.memory.buffer;
  bytes = new Uint8Array(memory, address, length);
  limit = length;
}

function begin() {
  const live = instance();
  if (live !== wasm || memory !== live.memory.buffer || limit === 0) {
    wasm = live;
    limit = 0;
    at = 0;
    room(0);
  }
  at = 0;
}

/** The length of what was written. A large buffer is given up here. */
function end() {
  const length = at;
  if (limit > KEPT) limit = 0;
  return length;
}

/** Writes a draft and gives its length. */
export function writeDraft(draft) {
  begin();
  write(draft);
  return end();
}

/** Copies bytes and gives their number. */
export function writeBytes(source) {
  begin();
  if (source.length > limit) room(source.length);
  bytes.set(source);
  at = source.length;
  return end();
}

function write(slot) {
  if (limit - at < 32) room(32);
  switch (typeof slot) {
    case 'string':
      return writeString(STRING, slot);
    case 'boolean':
      bytes[at++] = slot ? TRUE : FALSE;
      return slot;
    case 'number':
      if ((slot | 0) === slot && slot >= 0) {
        bytes[at++] = COUNT;
        writeCount(slot);
      } else {
        bytes[at++] = NUMBER;
        writeFloat(slot);
      }
      return slot;
    case 'undefined':
      bytes[at++] = ABSENT;
      return slot;
  }
  if (slot instanceof ObjectDraft) writeObject(slot);
  else if (Array.isArray(slot)) writeList(slot);
  else if (slot instanceof Wrong) writeWrong(slot);
  else if (slot instanceof TooLong) {
    bytes[at++] = TOO_LONG;
    writeFloat(slot.length);
  }
  return slot;
}

function writeObject({ slots, unknown }) {
  bytes[at++] = OBJECT;
  for (let i = 0; i < slots.length; i++) {
    const slot = slots[i];
    if (slot === undefined) continue;
    if (limit - at < 32) room(32);
    bytes[at++] = i;
    // A lone surrogate is read as U+FFFD, in the value too.
    slots[i] = write(slot);
  }
  if (limit - at < 32) room(32);
  bytes[at++] = KNOWN_END;
  writeCount(unknown.length);
  for (let i = 0; i < unknown.length; i++) {
    if (limit - at < 32) room(32);
    writeText(unknown[i]);
  }
}

function writeList(items) {
  bytes[at++] = ARRAY;
  writeCount(items.length);
  for (let i = 0; i < items.length; i++) items[i] = write(items[i]);
}

function writeWrong({ kind, tag }) {
  if (tag === undefined) {
    bytes[at++] = WRONG;
    bytes[at++] = kind;
  } else writeString(TAGGED, tag);
}

/** Everything but strings is below 128, so that the whole is UTF-8. */
function writeCount(count) {
  if (count < 127) bytes[at++] = count;
  else {
    bytes[at++] = 127;
    writeDigits(count);
  }
}

function writeDigits(word) {
  for (let i = 0; i < 5; i++) {
    bytes[at++] = word & 127;
    word >>>= 7;
  }
}

function writeFloat(number) {
  float[0] = number;
  writeDigits(floatWords[0]);
  writeDigits(floatWords[1]);
}

function writeString(tag, string) {
  bytes[at++] = tag;
  return writeText(string);
}

function writeText(string) {
  const { length } = string;
  if (limit - at < length + 32) room(length + 32);
  if (length <= 64) {
    const start = at + 1;
    let i = 0;
    for (; i < length; i++) {
      const unit = string.charCodeAt(i);
      if (unit > 127) break;
      bytes[start + i] = unit;
    }
    if (i === length) {
      bytes[at] = length;
      at = start + length;
      return string;
    }
  }
  return encode(string);
}

function encode(string) {
  const most = string.length * 3 + 32;
  if (limit - at < most) room(most);
  const start = at;
  const { written } = encoder.encodeInto(string, bytes.subarray(start + 6));
  bytes[at++] = 127;
  writeDigits(written);
  at += written;
  return wellFormed(string);
}

const LONE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** The string with U+FFFD for each lone surrogate. */
export function wellFormed(string) {
  return typeof string.toWellFormed === 'function' ? string.toWellFormed() : string.replace(LONE, '\ufffd');
}
