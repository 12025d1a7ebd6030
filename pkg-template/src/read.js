// Reads a value as JSON.stringify would send it, once, into a draft: the one place where user code (getters, toJSON,
// Proxy traps) runs. Nothing here throws, whatever the value does.
import { facts } from '../generated/facts.js';
import { shapes } from '../generated/shapes.js';

/** What stands in a draft for a value of the wrong type: a kind of `facts.kinds`, or an object's tag. */
class Wrong {
  constructor(kind, tag) {
    this.kind = kind;
    this.tag = tag;
  }
}

const WRONG = Object.fromEntries(facts.kinds.map((kind, index) => [kind, new Wrong(index)]));
const UNREADABLE = WRONG.unreadable;
const NONE = Object.freeze([]);

/** An object's known fields in the order of its table, and the keys the table does not know. */
class ObjectDraft {
  constructor(table, slots, unknown) {
    this.table = table;
    this.slots = slots;
    this.unknown = unknown;
  }
}

/** A list longer than is looked into. */
class TooLong {
  constructor(length) {
    this.length = length;
  }
}

function compileTable({ name, fields }) {
  const keys = Object.keys(fields);
  return {
    shape: shapes[name],
    index: new Map(keys.map((key, index) => [key, index])),
    fields: keys.map((key) => compileField(key, fields[key])),
    none: keys.map(() => undefined),
  };
}

function compileField(key, { type, table, item }) {
  return {
    key,
    type,
    /** What `typeof` says of a value that needs no further look. */
    primitive: { string: 'string', boolean: 'boolean', integer: 'number' }[type],
    table: table && compileTable(table),
    item: item && compileField('', item),
  };
}

const tables = /* @__PURE__ */ Object.fromEntries(
  /* @__PURE__ */ Object.entries(facts.tables).map(([name, table]) => [name, compileTable(table)]));

const text = { type: 'string' };
const integer = { type: 'integer' };

const tagOf = Object.prototype.toString;
const numberOf = Number.prototype.valueOf;
const stringOf = String.prototype.valueOf;
const booleanOf = Boolean.prototype.valueOf;
const bigintOf = BigInt.prototype.valueOf;

/** A value after toJSON, and out of its box, as JSON.stringify takes it. May throw what the value throws. */
function unwrap(value, key) {
  const { toJSON } = value;
  if (typeof toJSON === 'function') value = toJSON.call(value, key);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  // A box may call itself an object.
  if (tagOf.call(value) === '[object Object]' && value[Symbol.toStringTag] === undefined) return value;
  if (hasSlot(numberOf, value)) return Number(value);
  if (hasSlot(stringOf, value)) return String(value);
  if (hasSlot(booleanOf, value)) return booleanOf.call(value);
  if (hasSlot(bigintOf, value)) return bigintOf.call(value);
  return value;
}

function hasSlot(valueOf, value) {
  try {
    valueOf.call(value);
    return true;
  } catch {
    return false;
  }
}

const mayUnwrap = (value) => (typeof value === 'object' && value !== null) || typeof value === 'function' || typeof value === 'bigint';

function take(holder, key) {
  try {
    const value = holder[key];
    return mayUnwrap(value) ? unwrapped(value, String(key)) : value;
  } catch {
    return UNREADABLE;
  }
}

function unwrapped(value, key) {
  try {
    return unwrap(value, key);
  } catch {
    return UNREADABLE;
  }
}

/** What a value of an unwanted type is called. */
function wrong(value) {
  const type = typeof value;
  if (type !== 'object') return WRONG[type];
  if (value === null) return WRONG.null;
  if (value === UNREADABLE) return value;
  if (Array.isArray(value)) return WRONG.array;
  const tag = tagOf.call(value).slice(8, -1);
  return tag === 'Object' ? WRONG.object : new Wrong(-1, tag.toLowerCase());
}

function isObject(value) {
  return typeof value === 'object' && value !== null && value !== UNREADABLE && !Array.isArray(value)
    && tagOf.call(value) === '[object Object]';
}

/** A value as the field's type has it: undefined, of that type, or Wrong. May throw what the value throws. */
function classify(field, value, form) {
  if (value === undefined || value === null) return undefined;
  switch (field.type) {
    case 'string':
      return typeof value === 'string' ? value : wrong(value);
    case 'boolean':
      return typeof value === 'boolean' ? value : wrong(value);
    case 'integer':
      return typeof value === 'number' ? value : wrong(value);
    case 'object':
      return isObject(value) ? readObject(field.table, value, form) : wrong(value);
    default:
      return Array.isArray(value) ? readList(field.item, value, form) : wrong(value);
  }
}

function classifySafely(field, value, form) {
  try {
    return classify(field, form ? fromControl(field, value) : value, form);
  } catch {
    return UNREADABLE;
  }
}

/** Which key is being read: of the innermost object, since a getter may itself validate. */
const read = { at: 0 };

const out = (value, key) => (typeof value === 'string' || !mayUnwrap(value) ? value : unwrap(value, key));

/** All values first, in the order of Object.keys, each once; then what is in them, in the order of the table. */
function readObject(table, object, form) {
  const { shape, index, fields } = table;
  const slots = table.none.slice();
  let unknown = NONE;
  const keys = Object.keys(object);
  const outer = read.at;
  for (let i = 0; i < keys.length;) {
    try {
      while (i < keys.length) {
        read.at = i;
        const next = shape.take(object, keys, i, slots, read, out);
        if (next === i) {
          if (unknown === NONE) unknown = [];
          unknown.push(keys[i++]);
        } else i = next;
      }
    } catch {
      i = read.at;
      slots[index.get(keys[i])] = UNREADABLE;
      i += 1;
    }
  }
  read.at = outer;
  // A management tracker's data_bucket is refused unseen: its kind is noted, but it is not looked into.
  const refused = table === tables.createTracker && slots[0] === 'system' ? index.get('data_bucket') : -1;
  for (let i = 0; i < slots.length; i++) {
    const value = slots[i];
    if (value === undefined || typeof value === fields[i].primitive && !form) continue;
    if (i === refused) slots[i] = refuse(fields[i], value, form);
    else slots[i] = classifySafely(fields[i], value, form);
  }
  if (form) dropEmpty(fields, slots);
  return new ObjectDraft(table, slots, unknown);
}

function refuse(field, value, form) {
  if (value === null || value === UNREADABLE) return value ?? undefined;
  // A form holds the group of fields though none of them is filled.
  if (form && isEmpty(classifySafely(field, value, form))) return undefined;
  return WRONG.object;
}

function readList(item, list, form) {
  // As ECMAScript reads a length: what cannot be made a number throws, and it ends where whole numbers do.
  const length = Math.min(Math.max(Math.trunc(+list.length) || 0, 0), Number.MAX_SAFE_INTEGER);
  if (length > facts.maxItems) return new TooLong(length);
  const items = new Array(length);
  for (let i = 0; i < length; i++) {
    const value = take(list, i);
    items[i] = typeof value === item.primitive && !form ? value : classifySafely(item, value, form);
  }
  return form && item.type === 'string' ? items.filter((value) => value !== undefined) : items;
}

// --- what HTML controls give

const INTEGER = /^\s*[+-]?\d{1,15}\s*$/;
const BOOLEANS = { on: true, true: true, off: false, false: false };

/** '' and NaN are absent, '30' is 30, 'on' is true, and one chosen value of a list is a list. */
function fromControl(field, value) {
  // An empty number control read as a number is NaN.
  if (Number.isNaN(value)) return undefined;
  if (typeof value !== 'string') return value;
  if (value === '') return undefined;
  if (field.type === 'integer' && INTEGER.test(value)) return Number(value);
  if (field.type === 'boolean' && Object.hasOwn(BOOLEANS, value)) return BOOLEANS[value];
  if (field.type === 'array' && field.item.type === 'string') return [value];
  return value;
}

function isEmpty(value) {
  if (value === undefined) return true;
  if (Array.isArray(value)) return value.length === 0;
  return value instanceof ObjectDraft && value.unknown.length === 0 && value.slots.every(isEmpty);
}

/** A group of fields of which none is filled is absent, save that of the tracked bucket, whose fields are required. */
function dropEmpty(fields, slots) {
  for (let i = 0; i < slots.length; i++) {
    if (slots[i] instanceof ObjectDraft && fields[i].key !== 'data_bucket' && isEmpty(slots[i])) slots[i] = undefined;
  }
}

// --- entries

function readBody(table, value, form) {
  try {
    if (mayUnwrap(value)) value = unwrap(value, '');
    return isObject(value) ? readObject(table, value, form) : value === undefined ? WRONG.null : wrong(value);
  } catch {
    return UNREADABLE;
  }
}

/** The draft of a body: 'createTracker' or 'checkObsBuckets'; with `form`, of what HTML controls give. */
export const readRequest = (name, value, form = false) => readBody(tables[name], value, form);

/** The draft of one field's value. */
export function readField(isInteger, value, form = false) {
  const field = isInteger ? integer : text;
  if (mayUnwrap(value)) value = unwrapped(value, '');
  return classifySafely(field, value, form);
}

/** The value of a draft without errors: the known fields that are present, in the order of the table. */
export function valueOf(draft) {
  if (draft instanceof ObjectDraft) return draft.table.shape.give(draft.slots, valueOf);
  if (!Array.isArray(draft)) return draft;
  const list = new Array(draft.length);
  for (let i = 0; i < list.length; i++) {
    const item = draft[i];
    list[i] = typeof item === 'object' ? valueOf(item) : item;
  }
  return list;
}

export { NONE, ObjectDraft, TooLong, Wrong, tables };
