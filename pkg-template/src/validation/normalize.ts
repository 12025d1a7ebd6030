// Turns any JavaScript value into a plain one, as `JSON.stringify` would see it. User code (getters, `toJSON`, Proxy
// traps) may run here. Nothing in this file throws, whatever the value does.

import { MAX_ITEMS, TYPE_NAMES } from '../generated/slots.js';

/** The type of a field: a name, an object by its fields, or a list of one item type. */
export type FieldType = 'string' | 'boolean' | 'integer' | ObjectType | readonly [FieldType];
export interface ObjectType {
  readonly [field: string]: FieldType;
}

/**
 * A plain value. Its strings are well-formed, its objects have only documented fields, and a value that is neither plain
 * nor of the type of its field is a `Wrong`, `Tagged` or `TooLong`.
 */
export interface Normalized {
  root: unknown;
  readonly unknownKeys: Map<object, string[]>;
}

/** A value that is no string, number, boolean, plain object or list. */
export class Wrong {
  constructor(readonly type: number) {}
}

/** An object that is not plain, by its tag in lower case. */
export class Tagged {
  constructor(readonly tag: string) {}
}

/** A list above the maximum. Its items were not read. */
export class TooLong {
  constructor(readonly length: number) {}
}

type TypeName = (typeof TYPE_NAMES)[number];
const wrong = (name: TypeName): Wrong => new Wrong(TYPE_NAMES.indexOf(name));

const tagOf = Object.prototype.toString;

/** Normalizes a value whose field has this type. */
export function normalize(value: unknown, type: FieldType): Normalized {
  const unknownKeys = new Map<object, string[]>();
  return { root: read(() => value, '', type, unknownKeys), unknownKeys };
}

/** The value that `get` returns, after `toJSON` and out of its box. */
export function readPlain(get: () => unknown, key: string): unknown {
  try {
    return unbox(applyToJson(get(), key));
  } catch {
    return UNREADABLE;
  }
}

const UNREADABLE = /* @__PURE__ */ new Wrong(/* @__PURE__ */ TYPE_NAMES.indexOf('unreadable'));

function read(get: () => unknown, key: string, type: FieldType, unknownKeys: Normalized['unknownKeys']): unknown {
  try {
    return normalized(unbox(applyToJson(get(), key)), type, unknownKeys);
  } catch {
    return UNREADABLE;
  }
}

function normalized(value: unknown, type: FieldType, unknownKeys: Normalized['unknownKeys']): unknown {
  switch (typeof value) {
    case 'string':
      return wellFormed(value);
    case 'undefined':
    case 'number':
    case 'boolean':
      return value;
    case 'object':
      break;
    default:
      return wrong(typeof value as TypeName);
  }
  // A Proxy may not be asked for its prototype, so no `instanceof`.
  if (value === null || value === UNREADABLE) return value;
  if (Array.isArray(value)) return isList(type) ? normalizedList(value, type[0], unknownKeys) : wrong('array');
  const tag = tagOf.call(value).slice('[object '.length, -1);
  if (tag !== 'Object') return new Tagged(wellFormed(tag).toLowerCase());
  return isObject(type) ? normalizedObject(value, type, unknownKeys) : wrong('object');
}

export const isList = (type: FieldType): type is readonly [FieldType] => Array.isArray(type);
export const isObject = (type: FieldType): type is ObjectType => typeof type === 'object' && !isList(type);

function normalizedObject(object: object, type: ObjectType, unknownKeys: Normalized['unknownKeys']): object {
  // Without a prototype, so that nothing is inherited.
  const out: Record<string, unknown> = Object.create(null);
  const unknown: string[] = [];
  for (const key of Object.keys(object)) {
    const fieldType = Object.hasOwn(type, key) ? type[key] : undefined;
    if (fieldType === undefined) unknown.push(wellFormed(key));
    else out[key] = read(() => (object as Record<string, unknown>)[key], key, fieldType, unknownKeys);
  }
  if (unknown.length > 0) unknownKeys.set(out, unknown);
  return out;
}

function normalizedList(list: readonly unknown[], type: FieldType, unknownKeys: Normalized['unknownKeys']): unknown {
  // As ECMAScript reads a length.
  const length = Math.min(Math.max(Math.trunc(+list.length) || 0, 0), Number.MAX_SAFE_INTEGER);
  if (length > MAX_ITEMS) return new TooLong(length);
  return Array.from({ length }, (_, i) => read(() => list[i], String(i), type, unknownKeys));
}

function applyToJson(value: unknown, key: string): unknown {
  if (value === null || (typeof value !== 'object' && typeof value !== 'function' && typeof value !== 'bigint')) {
    return value;
  }
  const { toJSON } = value as { toJSON?: unknown };
  return typeof toJSON === 'function' ? toJSON.call(value, key) : value;
}

/** The value of a `String`, `Number`, `Boolean` or `BigInt` object. */
function unbox(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  // An object with this tag is not boxed, unless it defines its own tag.
  const given = (value as { [Symbol.toStringTag]?: unknown })[Symbol.toStringTag];
  if (given === undefined && tagOf.call(value) === '[object Object]') return value;
  if (hasSlot(Number.prototype.valueOf, value)) return Number(value);
  if (hasSlot(String.prototype.valueOf, value)) return String(value);
  if (hasSlot(Boolean.prototype.valueOf, value)) return Boolean.prototype.valueOf.call(value);
  if (hasSlot(BigInt.prototype.valueOf, value)) return BigInt.prototype.valueOf.call(value);
  return value;
}

/** Whether a method of boxes accepts this value. */
function hasSlot(method: () => unknown, value: object): boolean {
  try {
    method.call(value);
    return true;
  } catch {
    return false;
  }
}

// With the flag `u`, the halves of a pair do not match. Older engines have no lookbehind, which would be plainer.
const LONE_SURROGATE = /[\ud800-\udfff]/gu;

/** The string with U+FFFD in place of each lone surrogate. */
function wellFormed(text: string): string {
  // Older browsers have no toWellFormed.
  return (text as { toWellFormed?(): string }).toWellFormed?.() ?? text.replace(LONE_SURROGATE, '\ufffd');
}
