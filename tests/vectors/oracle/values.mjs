// What a value of JavaScript is, as `JSON.stringify` would see it. The value is passed as a function, so that errors while
// it is read occur here.
export const MAX_ITEMS = 1_000_000;

export const characters = (text) => Array.from(text);
const isLone = (character) => character.length === 1 && character >= '\ud800' && character <= '\udfff';
const wellFormed = (text) =>
  characters(text)
    .map((character) => (isLone(character) ? '\ufffd' : character))
    .join('');

function isBox(Class, value) {
  try {
    Class.prototype.valueOf.call(value);
    return true;
  } catch {
    return false;
  }
}

/** `{ type, value }`. The type is absent, string, boolean, number, object, array, unreadable or another typeof. */
export function read(get, key) {
  try {
    let value = get();
    if ((typeof value === 'object' && value !== null) || typeof value === 'function' || typeof value === 'bigint') {
      const { toJSON } = value;
      if (typeof toJSON === 'function') value = toJSON.call(value, key);
    }
    if (value === undefined || value === null) return { type: 'absent' };
    if (Array.isArray(value)) return { type: 'array', value };
    if (typeof value === 'object') {
      if (isBox(String, value)) value = String(value);
      else if (isBox(Number, value)) value = Number(value);
      else if (isBox(Boolean, value)) value = Boolean.prototype.valueOf.call(value);
    }
    if (typeof value === 'string') return { type: 'string', value: wellFormed(value) };
    if (typeof value === 'number') return { type: 'number', value: value === 0 ? 0 : value };
    if (typeof value !== 'object') return { type: typeof value, value };
    const tag = Object.prototype.toString.call(value).slice('[object '.length, -1);
    return tag === 'Object' ? { type: 'object', value } : { type: 'exotic', name: wellFormed(tag).toLowerCase() };
  } catch {
    return { type: 'unreadable' };
  }
}

export const nameOf = ({ type, name }) => (type === 'exotic' ? name : type === 'absent' ? 'null' : type);

/** The fields of an object; undefined if its keys cannot be listed. */
function readFields(object, fields) {
  let keys;
  try {
    keys = Object.keys(object);
  } catch {
    return undefined;
  }
  const known = Object.fromEntries(fields.map((key) => [key, { type: 'absent' }]));
  for (const key of keys) if (fields.includes(key)) known[key] = read(() => object[key], key);
  return { known, unknown: keys.filter((key) => !fields.includes(key)).map(wellFormed), fields };
}

/** The fields of an object. An object whose keys cannot be listed is unreadable. */
export function readObject(field, fields) {
  if (field.type !== 'object') return field;
  const inside = readFields(field.value, fields);
  return inside === undefined ? { type: 'unreadable' } : { type: 'object', value: inside };
}

/** A list with its items, unless it is too long. */
export function readList(field) {
  if (field.type !== 'array') return field;
  try {
    const length = Math.min(Math.max(Math.trunc(+field.value.length) || 0, 0), Number.MAX_SAFE_INTEGER);
    if (length > MAX_ITEMS) return { type: 'array', tooLong: length };
    return {
      type: 'array',
      value: Array.from({ length }, (_, index) => read(() => field.value[index], String(index))),
    };
  } catch {
    return { type: 'unreadable' };
  }
}
