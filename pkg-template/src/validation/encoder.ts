// Writes a value into the slots that src/decode reads in place. The generated `encode.ts` calls these functions.
//
// An encoder first takes a value as it is. If anything about the value is unusual, it takes the value that `normalize`
// made of it. Only the second time do strings that are long or not ASCII, and unknown keys, occur.

import { words } from '../generated/metadata.js';
import {
  ABSENT,
  ARRAY,
  COUNT,
  FALSE,
  MAX_ITEMS,
  NUMBER,
  STRING,
  TAGGED,
  TOO_LONG,
  TRUE,
  TYPE_NAMES,
  WORD,
  WRONG,
} from '../generated/slots.js';
import { textEncoder } from '../wasm/globals.js';
import { type Normalized, Tagged, TooLong, Wrong } from './normalize.js';

/** No valid string is longer. Up to here a loop is faster than `TextEncoder`. */
const SHORT = 64;
/** A longer string is written only once, however often it occurs. */
const LONG = 254;
const WORDS_PER_SLOT = 3;

export class Encoder {
  slots: Uint32Array = new Uint32Array(0);
  text: Uint8Array = new Uint8Array(0);
  /** The number of slots in use, which may exceed those there are: then the value must be encoded again. */
  top = 0;
  /** The number of bytes in use, likewise. */
  end = 0;
  /** Whether the value must be normalized first. */
  unusual = false;
  normalized: Normalized | undefined;
  /** The place of each long string. */
  long: Map<string, { from: number; length: number }> | undefined;
}

const { prototype } = Object;
const { getPrototypeOf } = Object;
const tagOf = prototype.toString;

/** Whether a value is an object literal, or what `JSON.parse` and `normalize` return. */
export function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const its = getPrototypeOf(value);
  return (its === prototype || its === null) && tagOf.call(value) === '[object Object]';
}

/** Whether plain objects inherit a property that `for…in` or `JSON.stringify` would find. */
export function isPolluted(): boolean {
  for (const _ in prototype) return true;
  return 'toJSON' in prototype;
}

export function putString(value: unknown, to: Encoder, slot: number): string | undefined {
  if (typeof value !== 'string') return putOther(value, to, slot);
  const { text, end } = to;
  const { length } = value;
  if (length > SHORT) return putAnyString(value, to, slot);
  for (let i = 0; i < length; i++) {
    const unit = value.charCodeAt(i);
    if (unit > 0x7f) return putAnyString(value, to, slot);
    text[end + i] = unit;
  }
  to.end = end + length;
  putRange(STRING, end, length, to, slot);
  return value;
}

/** A field of documented words: those from `first` to before `end`. Their text is not written. */
export function putWord(value: unknown, to: Encoder, slot: number, first: number, end: number): string | undefined {
  for (let word = first; word < end; word++) {
    if (value === words[word]) {
      putRange(WORD, word, 0, to, slot);
      return value as string;
    }
  }
  return putString(value, to, slot);
}

export function putBoolean(value: unknown, to: Encoder, slot: number): boolean | undefined {
  if (typeof value !== 'boolean') return putOther(value, to, slot);
  to.slots[slot] = value ? TRUE : FALSE;
  return value;
}

export function putInteger(value: unknown, to: Encoder, slot: number): number | undefined {
  if (typeof value !== 'number') return putOther(value, to, slot);
  if (value >>> 0 === value) putRange(COUNT, value, 0, to, slot);
  else putFloat(NUMBER, value, to, slot);
  return value;
}

/** Writes a value into a slot, and what is inside it from slot `first` on. Returns a plain copy. */
export type Put<T> = (value: unknown, to: Encoder, slot: number, first: number) => T | undefined;

/** A list whose items have `size` more slots each. */
export function putList<T>(value: unknown, to: Encoder, slot: number, put: Put<T>, size: number): T[] | undefined {
  if (!Array.isArray(value)) return putOther(value, to, slot);
  const { length } = value;
  // A Proxy may have any length.
  const isUsual = length >>> 0 === length && length <= MAX_ITEMS && !('toJSON' in value);
  if (to.normalized === undefined && !isUsual) return giveUp(to);
  const first = to.top;
  to.top += length * (size + 1);
  putRange(ARRAY, first, length, to, slot);
  const out = new Array<T>(length);
  for (let i = 0; i < length; i++) {
    out[i] = put(value[i], to, (first + i) * WORDS_PER_SLOT, first + length + i * size) as T;
    if (to.unusual) break;
  }
  return out;
}

/** Undefined, null, or a value of a wrong type. */
export function putOther(value: unknown, to: Encoder, slot: number): undefined {
  if (value === undefined || value === null) to.slots[slot] = ABSENT;
  else if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
    putRange(WRONG, (TYPE_NAMES as readonly string[]).indexOf(typeof value), 0, to, slot);
  } else if (value instanceof Wrong) putRange(WRONG, value.type, 0, to, slot);
  else if (value instanceof Tagged) {
    putAnyString(value.tag, to, slot);
    to.slots[slot] = TAGGED;
  } else if (value instanceof TooLong) putFloat(TOO_LONG, value.length, to, slot);
  else giveUp(to);
}

export function putUnknownKeys(object: object, to: Encoder, slot: number): void {
  const keys = to.normalized?.unknownKeys.get(object);
  if (keys === undefined) to.slots[slot] = ABSENT;
  else putList(keys, to, slot, putString, 0);
}

function giveUp(to: Encoder): undefined {
  to.unusual = true;
}

/** A string that is long or not ASCII. */
function putAnyString(value: string, to: Encoder, slot: number): string | undefined {
  if (to.normalized === undefined) return giveUp(to);
  const known = value.length > LONG ? to.long?.get(value) : undefined;
  if (known !== undefined) {
    putRange(STRING, known.from, known.length, to, slot);
    return value;
  }
  const from = to.end;
  const room = to.text.subarray(from);
  const { read, written } = textEncoder().encodeInto(value, room);
  // If it does not fit, the memory grows and the value is encoded again: first as if it were ASCII, then for any string.
  const length = read === value.length ? written : room.length < value.length ? value.length : value.length * 3;
  to.end += length;
  putRange(STRING, from, length, to, slot);
  if (value.length > LONG) (to.long ??= new Map()).set(value, { from, length });
  return value;
}

const float = /* @__PURE__ */ new Float64Array(1);
const halves = /* @__PURE__ */ new Uint32Array(float.buffer);

function putFloat(tag: number, value: number, to: Encoder, slot: number): void {
  float[0] = value;
  putRange(tag, halves[0] ?? 0, halves[1] ?? 0, to, slot);
}

function putRange(tag: number, from: number, length: number, to: Encoder, slot: number): void {
  const { slots } = to;
  slots[slot] = tag;
  slots[slot + 1] = from;
  slots[slot + 2] = length;
}
