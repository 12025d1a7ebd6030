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
const KNOWN_END = 255;

/** In place of a length: the text stands at that place already. */
const REPEATED = 0xffffffff;

// A longer text that comes again is written once: a list of a million may be one text a million times.
const LONG = 256;
const FIRST_SIZE = 16384;
// A buffer beyond this grows by an eighth, since old and new must fit the memory together.
const HUGE = 1 << 28;
// The wasm gives room beyond this back after a call, so the view on it is not kept.
const KEPT = 1 << 20;

let wasm;
let memory;
let bytes;
let limit = 0;
let at = 0;
// The long texts of this draft: where each stands, and how it is read.
const longs = /* @__PURE__ */ new Map();
const encoder = /* @__PURE__ */ new TextEncoder();
const float = /* @__PURE__ */ new Float64Array(1);
const floatBytes = /* @__PURE__ */ new Uint8Array(float.buffer);

/** Makes the buffer large enough for `size` more bytes; what is written stays. */
function room(size) {
  const wanted = at + size;
  const length = Math.max(FIRST_SIZE, wanted > limit ? Math.ceil(wanted * (wanted > HUGE ? 1.125 : 2)) : limit);
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
  if (longs.size > 0) longs.clear();
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
  if (limit - at < 16) room(16);
  switch (typeof slot) {
    case 'string':
      return writeString(STRING, slot);
    case 'boolean':
      bytes[at++] = slot ? TRUE : FALSE;
      return slot;
    case 'number':
      bytes[at++] = NUMBER;
      writeFloat(slot);
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
    if (limit - at < 16) room(16);
    bytes[at++] = i;
    // A lone surrogate is read as U+FFFD, in the value too.
    slots[i] = write(slot);
  }
  if (limit - at < 16) room(16);
  bytes[at++] = KNOWN_END;
  writeCount(unknown.length);
  for (let i = 0; i < unknown.length; i++) {
    if (limit - at < 16) room(16);
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

function writeCount(count) {
  bytes[at++] = count & 255;
  bytes[at++] = (count >>> 8) & 255;
  bytes[at++] = (count >>> 16) & 255;
  bytes[at++] = count >>> 24;
}

function writeFloat(number) {
  float[0] = number;
  bytes.set(floatBytes, at);
  at += 8;
}

function writeString(tag, string) {
  bytes[at++] = tag;
  return writeText(string);
}

function writeText(string) {
  const { length } = string;
  if (length > LONG) return writeLong(string);
  if (limit - at < length * 3 + 16) room(length * 3 + 16);
  const start = at;
  at += 4;
  if (length <= 64) {
    let i = 0;
    for (; i < length; i++) {
      const unit = string.charCodeAt(i);
      if (unit > 127) break;
      bytes[at + i] = unit;
    }
    if (i === length) {
      bytes[start] = length;
      bytes[start + 1] = bytes[start + 2] = bytes[start + 3] = 0;
      at += length;
      return string;
    }
  }
  const { written } = encoder.encodeInto(string, bytes.subarray(at));
  at = start;
  writeCount(written);
  at += written;
  return wellFormed(string);
}

function writeLong(string) {
  if (limit - at < 16) room(16);
  const known = longs.get(string);
  if (known !== undefined) {
    writeCount(REPEATED);
    writeCount(known.start);
    return known.text;
  }
  const start = at;
  at += 4;
  // Most texts need a byte a unit: room for three is made only for those that need it.
  for (let rest = string; rest !== '';) {
    if (limit - at < rest.length + 16) room(rest.length + 16);
    const { read, written } = encoder.encodeInto(rest, bytes.subarray(at));
    at += written;
    rest = rest.slice(read);
  }
  const end = at;
  at = start;
  writeCount(end - start - 4);
  at = end;
  const text = wellFormed(string);
  longs.set(string, { start, text });
  return text;
}

const LONE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** The string with U+FFFD for each lone surrogate. */
export function wellFormed(string) {
  return typeof string.toWellFormed === 'function' ? string.toWellFormed() : string.replace(LONE, '\ufffd');
}
