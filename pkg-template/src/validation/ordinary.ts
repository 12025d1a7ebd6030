// Ordinary values are validated without the wasm, after it has found one with the same profile valid.
//
// The texts of an ordinary value break no rule by themselves. So a rule sees in it no more than its profile: which fields
// are present, which texts are empty, and the value of each flag, documented word and documented number. Values with the
// same profile have the same result.
//
// A valid request takes 0.6 of the time, and a list of 1,000 buckets half of it, for 1.3 kB of brotli.

import { asciiClasses } from '../generated/metadata.js';
import { MAX_ITEMS } from '../generated/slots.js';

/** What is known of the value that is being read. */
export interface Profile {
  /** The numbers of the fields, each times a scale of its own. */
  profile: number;
  /** The profiles of the items of a list. */
  items: Set<number> | undefined;
  /** The hash of the last text. Never 0. */
  hash: number;
  /** The hashes of the texts that rules compare with each other, each at the place of its low bits. */
  hashes: Int32Array;
}

type Read<T> = (input: unknown, to: Profile) => T | undefined;

export interface Ordinary<T> {
  /** Copies the value, and adds up its profile. Undefined if the value is not ordinary. */
  readonly read: Read<T>;
  /** The profiles of values that the wasm has found to have neither issues nor warnings. */
  readonly known: Set<number>;
  /** How many of the last values were not ordinary, up to a maximum. */
  misses: number;
  /** How many of the next values are not read. */
  skips: number;
}

export const ordinary = <T>(read: Read<T>): Ordinary<T> => ({ read, known: new Set(), misses: 0, skips: 0 });

/** A single field, from the number of its value: 0 if that is not ordinary. */
export const ordinaryField = <T>(number: (value: unknown, to: Profile) => number): Ordinary<T> =>
  ordinary((value, to) => {
    to.profile = number(value, to);
    return to.profile === 0 ? undefined : (value as T);
  });

/** Of the hash FNV-1. */
const FNV_PRIME = 16_777_619;
/** Texts with the same low bits in their hashes must not make a search long. */
const MAX_PROBES = 8;
/** So that at most one of eight values is read for nothing. */
const MAX_MISSES = 3;
/** More profiles than an application has. */
const MAX_KNOWN = 10_000;
/** Enough for a request without a list of objects. */
const few = /* @__PURE__ */ new Int32Array(4);

const to: Profile = { profile: 0, items: undefined, hash: 1, hashes: few };

/**
 * A plain copy of an ordinary value. Undefined if it is not ordinary, or not read. Throws what user code in it throws.
 *
 * After a value that was not ordinary, the next one is not read; after three, the next seven. To read a request with
 * mistakes takes an eighth of its time.
 */
export function readOrdinary<T>(input: unknown, its: Ordinary<T>): T | undefined {
  if (its.skips > 0) {
    its.skips -= 1;
    return undefined;
  }
  to.profile = 0;
  to.items = undefined;
  to.hashes = few;
  // `fill` would add a third to the time of a bucket name.
  few[0] = few[1] = few[2] = few[3] = 0;
  const copy = its.read(input, to);
  if (copy === undefined) {
    its.misses = Math.min(its.misses + 1, MAX_MISSES);
    its.skips = 2 ** its.misses - 1;
  } else its.misses = 0;
  return copy;
}

/** Whether the wasm has found a value with the profile of the last one valid, with the same options. */
export function isKnown({ known }: Ordinary<unknown>, options: number): boolean {
  if (!known.has(keyOf(options))) return false;
  if (to.items !== undefined) {
    for (const item of to.items) if (!known.has(keyOfItem(item))) return false;
  }
  return true;
}

/** The wasm has found the last value valid. */
export function addKnown({ known }: Ordinary<unknown>, options: number): void {
  if (known.size > MAX_KNOWN) return;
  known.add(keyOf(options));
  for (const item of to.items ?? []) known.add(keyOfItem(item));
}

const keyOf = (options: number): number => to.profile * 16 + options;
const keyOfItem = (profile: number): number => -1 - profile;

/** Whether a value is a text of this length, with characters of the classes `inside`, at both ends of the classes `ends`. */
export function isText(
  value: unknown,
  min: number,
  max: number,
  inside: number,
  ends: number,
  to: Profile,
): value is string {
  if (typeof value !== 'string') return false;
  const { length } = value;
  if (length < min || length > max) return false;
  let hash = length;
  let first = 0;
  let last = 0;
  for (let i = 0; i < length; i++) {
    const unit = value.charCodeAt(i);
    last = asciiClasses[unit] as number;
    if ((last & inside) === 0) return false;
    if (i === 0) first = last;
    hash = Math.imul(hash ^ unit, FNV_PRIME);
  }
  to.hash = hash | 1;
  return (first & ends) !== 0 && (last & ends) !== 0;
}

/** A pattern, and the last text that matched: the items of a list often have the same. */
export interface Pattern {
  readonly regex: RegExp;
  last: string | undefined;
}

export function matches(value: unknown, pattern: Pattern): value is string {
  if (typeof value !== 'string') return false;
  if (value === pattern.last) return true;
  if (!pattern.regex.test(value)) return false;
  pattern.last = value;
  return true;
}

/** Whether the last text may be equal to one of those before it with which rules compare it. */
export function mayRepeat({ hash, hashes }: Profile): boolean {
  for (let probe = 0; probe < MAX_PROBES; probe++) {
    const at = (hash + probe) & (hashes.length - 1);
    if (hashes[at] === 0) {
      hashes[at] = hash;
      return false;
    }
    if (hashes[at] === hash) return true;
  }
  return true;
}

/** Copies a list of different documented words. Returns a bit for each, or 0 if it is not ordinary. */
export function readWords(value: unknown, words: readonly string[], out: string[]): number {
  const length = lengthOf(value, words.length);
  let bits = 0;
  for (let i = 0; i < length; i++) {
    const word = (value as string[])[i] as string;
    const index = words.indexOf(word);
    if (index < 0 || (bits >>> index) & 1) return 0;
    bits |= 1 << index;
    out.push(word);
  }
  return bits;
}

/** Copies a list of objects, and keeps the profile of each. */
export function readItems<T>(value: unknown, to: Profile, read: Read<T>): T[] | undefined {
  const length = lengthOf(value, MAX_ITEMS);
  if (length === 0) return undefined;
  // At least two places for each item.
  to.hashes = new Int32Array(2 ** (34 - Math.clz32(length)));
  const out = copyItems(value as unknown[], length, to, read);
  to.hashes = few;
  return out;
}

function copyItems<T>(list: readonly unknown[], length: number, to: Profile, read: Read<T>): T[] | undefined {
  const { profile } = to;
  const items = new Set<number>();
  const out = new Array<T>(length);
  let last = -1;
  for (let i = 0; i < length; i++) {
    to.profile = 0;
    const item = read(list[i], to);
    if (item === undefined) return undefined;
    out[i] = item;
    // Most items have the profile of the one before.
    if (to.profile !== last) items.add((last = to.profile));
  }
  to.items = items;
  to.profile = profile;
  return out;
}

/** The length of a usual list, or 0. A Proxy may have any length. */
function lengthOf(value: unknown, max: number): number {
  if (!Array.isArray(value) || 'toJSON' in value) return 0;
  const { length } = value;
  return length >>> 0 === length && length <= max ? length : 0;
}
