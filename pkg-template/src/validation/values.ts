// What a reader makes of one value: the one place where user code (getters, toJSON, Proxy traps) runs. Nothing here
// throws, whatever the value does, save what says so.
import { facts } from '../generated/facts.js';

/** A request as it was read: `root` is the value it will be if nothing is wrong with it. */
export class Draft {
  constructor(put) {
    /** Writes `root`, if it is an object. */
    this.put = put;
    this.root = undefined;
    /** The keys nobody knows, by the object of the draft that lacks them. */
    this.unknown = undefined;
  }
}

/** What stands in a draft for a value of the wrong type: a kind of `facts.kinds`, or an object's tag. */
export class Wrong {
  constructor(kind, tag) {
    this.kind = kind;
    this.tag = tag;
  }
}

/** A list longer than is looked into. */
export class TooLong {
  constructor(length) {
    this.length = length;
  }
}

const WRONG = Object.fromEntries(facts.kinds.map((kind, index) => [kind, new Wrong(index)]));
export const UNREADABLE = WRONG.unreadable;

export const owns = Object.prototype.hasOwnProperty;
const tagOf = Object.prototype.toString;
const numberOf = Number.prototype.valueOf;
const stringOf = String.prototype.valueOf;
const booleanOf = Boolean.prototype.valueOf;
const bigintOf = BigInt.prototype.valueOf;

const BOXES = ['Number', 'String', 'Boolean'].map((name) => `[object ${name}]`);

/** A value as JSON.stringify takes it: after toJSON, and out of its box. */
export function unwrapped(value, key) {
  try {
    return unwrap(value, key);
  } catch {
    return UNREADABLE;
  }
}

function unwrap(value, key) {
  if ((typeof value !== 'object' && typeof value !== 'function' && typeof value !== 'bigint') || value === null)
    return value;
  const { toJSON } = value;
  const called = typeof toJSON === 'function';
  if (called) value = toJSON.call(value, key);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  // A box may call itself anything: only a tag that nobody gave tells what a value is.
  if (value[Symbol.toStringTag] === undefined) {
    const tag = tagOf.call(value);
    if (tag === '[object Object]' || !BOXES.includes(tag)) return value;
  } else if (!called && !isBox(value)) return value;
  if (hasSlot(numberOf, value)) return Number(value);
  if (hasSlot(stringOf, value)) return String(value);
  if (hasSlot(booleanOf, value)) return booleanOf.call(value);
  if (hasSlot(bigintOf, value)) return bigintOf.call(value);
  return value;
}

/** Tells in a tenth of the time what the probes do, each of which throws for what is none. */
function isBox(value) {
  try {
    return JSON.stringify(value, []) !== '{}';
  } catch {
    return true;
  }
}

function hasSlot(valueOf, value) {
  try {
    valueOf.call(value);
    return true;
  } catch {
    return false;
  }
}

/** What a value of an unwanted type is called. */
export function wrong(value) {
  try {
    const type = typeof value;
    if (type !== 'object') return WRONG[type];
    if (value === null) return WRONG.null;
    if (value === UNREADABLE) return value;
    if (Array.isArray(value)) return WRONG.array;
    const tag = tagOf.call(value).slice(8, -1);
    return tag === 'Object' ? WRONG.object : new Wrong(-1, tag.toLowerCase());
  } catch {
    return UNREADABLE;
  }
}

/** May throw what the value throws. */
function isObject(value) {
  return (
    typeof value === 'object' &&
    value !== null &&
    value !== UNREADABLE &&
    !Array.isArray(value) &&
    tagOf.call(value) === '[object Object]'
  );
}

export function unknown(draft, object, key) {
  draft.unknown ??= new Map();
  const keys = draft.unknown.get(object);
  if (keys === undefined) draft.unknown.set(object, [key]);
  else keys.push(key);
}

const TYPEOF = { string: 'string', boolean: 'boolean', integer: 'number' };

/** A string, boolean or integer: undefined if it is absent, or Wrong. */
export function primitive(type, value, form) {
  if (form) value = fromControl(type, value);
  if (value === undefined || value === null) return undefined;
  return typeof value === TYPEOF[type] ? value : wrong(value);
}

/** A group of fields, read by `read` into an object of the draft `out` belongs to. */
export function group(read, name, value, out, draft, form) {
  if (form) value = fromControl('object', value);
  if (value === undefined || value === null || value === UNREADABLE) return value ?? undefined;
  const isTracked = name === 'data_bucket';
  // A management tracker's data_bucket is refused unseen: not even looked into, unless a form holds it empty.
  if (isTracked && out.tracker_type === 'system') {
    return form && isEmpty(object(read, value, draft, form), draft) ? undefined : WRONG.object;
  }
  const inside = object(read, value, draft, form);
  // A form holds a group though none of it is filled; that of the tracked bucket has required fields.
  return form && !isTracked && isEmpty(inside, draft) ? undefined : inside;
}

export function object(read, value, draft, form) {
  try {
    return isObject(value) ? fields(read, value, draft, form) : wrong(value);
  } catch {
    return UNREADABLE;
  }
}

function fields(read, value, draft, form) {
  try {
    return read(value, draft, form);
  } catch {
    // for-in asks a Proxy more than Object.keys does: one that throws at that may still have keys.
    const own = Object.keys(value).map((key) => [key, { enumerable: true, get: () => value[key] }]);
    return read(Object.defineProperties({}, Object.fromEntries(own)), draft, form);
  }
}

function isEmpty(value, draft) {
  if (value === undefined) return true;
  if (Array.isArray(value)) return value.length === 0;
  if (typeof value !== 'object' || value instanceof Wrong || value instanceof TooLong) return false;
  return !draft.unknown?.has(value) && Object.values(value).every((inside) => isEmpty(inside, draft));
}

/** A list: of strings, or of what `read` reads. */
export function list(read, value, draft, form) {
  if (form) value = fromControl(read ? 'array' : 'strings', value);
  if (value === undefined || value === null) return undefined;
  try {
    return Array.isArray(value) ? items(read, value, draft, form) : wrong(value);
  } catch {
    return UNREADABLE;
  }
}

function items(read, value, draft, form) {
  // As ECMAScript reads a length: what cannot be made a number throws, and it ends where whole numbers do.
  const length = Math.min(Math.max(Math.trunc(+value.length) || 0, 0), Number.MAX_SAFE_INTEGER);
  if (length > facts.maxItems) return new TooLong(length);
  const out = new Array(length);
  for (let i = 0; i < length; i++) {
    let item;
    try {
      item = value[i];
    } catch {
      item = UNREADABLE;
    }
    if (typeof item !== 'string') item = unwrapped(item, String(i));
    if (typeof item === 'string' && !read && !form) out[i] = item;
    else if (!read) out[i] = primitive('string', item, form);
    else if (form && fromControl('object', item) === undefined) out[i] = undefined;
    else out[i] = item === undefined || item === null ? undefined : object(read, item, draft, form);
  }
  return form && !read ? out.filter((item) => item !== undefined) : out;
}

// --- what HTML controls give

const INTEGER = /^\s*[+-]?\d{1,15}\s*$/;
const BOOLEANS = { on: true, true: true, off: false, false: false };

/**
 * '' and NaN are absent, and so is what stands for a box that is not ticked where no flag is wanted; '30' is 30, 'on' is
 * true, and one chosen value of a list is a list.
 */
function fromControl(type, value) {
  // An empty number control read as a number is NaN.
  if (Number.isNaN(value)) return undefined;
  if (value === false && type !== 'boolean') return undefined;
  if (typeof value !== 'string') return value;
  if (value === '') return undefined;
  if (type === 'integer' && INTEGER.test(value)) return Number(value);
  if (type === 'boolean' && Object.hasOwn(BOOLEANS, value)) return BOOLEANS[value];
  return type === 'strings' ? [value] : value;
}
