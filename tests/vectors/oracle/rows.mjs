// The rows of the rule table: what is reported for the value of one field.
import { SERVER } from './service-codes.mjs';
import { characters, MAX_ITEMS, nameOf } from './values.mjs';

const KMS_ID = /^[0-9a-z]{8}-[0-9a-z]{4}-[0-9a-z]{4}-[0-9a-z]{4}-[0-9a-z]{12}$/;
const REGION = /^[a-z0-9]+(-[a-z0-9]+)+$/;

/** The value of a field, if it has the type. Reports a value of another type. */
export function expect(found, field, path, expected) {
  if (field.type === 'absent') return undefined;
  const wanted = expected === 'integer' ? 'number' : expected;
  if (field.type === wanted && (expected !== 'integer' || Number.isInteger(field.value))) return field.value;
  found.error('invalid_type', path, { expected, actual: nameOf(field) });
  return undefined;
}

const lower = (text) => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
const folded = (key) => lower(key).replace(/[_-]/g, '');

function distance(a, b) {
  const [from, to] = [characters(a), characters(b)];
  let row = [0, ...to.map((_, i) => i + 1)];
  for (const [i, character] of from.entries()) {
    const below = [i + 1];
    for (const [j, other] of to.entries()) {
      below.push(Math.min(row[j + 1] + 1, below[j] + 1, row[j] + (character === other ? 0 : 1)));
    }
    row = below;
  }
  return row[to.length];
}

function suggestion(key, { known, fields }) {
  const missing = fields.filter((field) => known[field].type === 'absent');
  const same = missing.find((field) => folded(field) === folded(key));
  if (same !== undefined || key.length > 100) return same;
  const near = missing.map((field) => ({ field, by: distance(key, field) })).filter(({ by }) => by <= 2);
  return near.sort((a, b) => a.by - b.by)[0]?.field;
}

export function unknownKeys(found, path, inside) {
  for (const key of inside.unknown) {
    const meant = suggestion(key, inside);
    found.warn('unknown_key', [...path, key], meant === undefined ? {} : { suggestion: meant });
  }
}

export function oneOf(found, word, path, allowed, serverCode) {
  if (allowed.includes(word)) return;
  const meant = allowed.find((known) => lower(known) === lower(word));
  found.error('invalid_enum', path, meant === undefined ? { allowed } : { allowed, suggestion: meant }, serverCode);
}

export function length(found, text, path, min, max, serverCode) {
  const actual = characters(text).length;
  if (actual < min) found.error('too_short', path, { min, actual }, serverCode);
  if (actual > max) found.error('too_long', path, { max, actual }, serverCode);
}

export function onlyCharacters(found, text, path, allowed, serverCode) {
  const index = characters(text).findIndex((character) => !allowed.test(character));
  if (index >= 0) found.error('invalid_character', path, { character: characters(text)[index], index }, serverCode);
}

function startsNotWith(found, text, path, refused, serverCode) {
  if (refused.test(text)) found.error('invalid_start', path, { character: text[0] }, serverCode);
}

export function bucketName(found, name, path, forCreation) {
  length(found, name, path, 3, 63, SERVER.bucketName);
  onlyCharacters(found, name, path, /^[a-z0-9.-]$/, SERVER.bucketName);
  startsNotWith(found, name, path, /^[.-]/, SERVER.bucketName);
  const ofObs = (code, params) => (forCreation ? found.error(code, path, params) : found.warn(code, path, params));
  if (name.endsWith('-') || name.endsWith('.')) ofObs('invalid_end', { character: name.at(-1) });
  const pair = /\.\.|\.-|-\./.exec(name);
  if (pair) ofObs('adjacent_separators', { sequence: pair[0], index: characters(name.slice(0, pair.index)).length });
  if (/^[0-9]+\.[0-9]+\.[0-9]+\.[0-9]+$/.test(name)) ofObs('ip_address');
}

export function filePrefixName(found, prefix, path) {
  length(found, prefix, path, 0, 64, SERVER.prefix);
  onlyCharacters(found, prefix, path, /^[A-Za-z0-9._-]$/, SERVER.prefix);
}

export function trackerName(found, name, path, trackerType) {
  if (trackerType === 'system' && name !== 'system') {
    found.error('must_equal', path, { expected: 'system' }, SERVER.systemName);
  }
  if (trackerType !== 'data') return;
  length(found, name, path, 1, 32, SERVER.trackerName);
  onlyCharacters(found, name, path, /^[A-Za-z0-9_-]$/, SERVER.trackerName);
  startsNotWith(found, name, path, /^[_-]/, SERVER.trackerName);
  const reserved = ['system', 'system-trace'];
  if (reserved.includes(name)) found.error('reserved_name', path, { reserved }, SERVER.reserved);
}

export function lifecycle(found, field, path) {
  const days = expect(found, field, path, 'integer');
  const allowed = [30, 60, 90, 180, 1095];
  if (days !== undefined && !allowed.includes(days)) {
    found.error('invalid_enum', path, { allowed, actual: days }, SERVER.lifecycle);
  }
  return days;
}

export function list(found, field, path) {
  if (field.tooLong === undefined) return expect(found, field, path, 'array');
  found.error('too_long', path, { max: MAX_ITEMS, actual: field.tooLong });
  return undefined;
}

export function words(found, items, path, allowed, serverCode) {
  const firsts = new Map();
  return items.map((item, index) => {
    const at = [...path, index];
    if (item.type !== 'string') {
      found.error('invalid_type', at, { expected: 'string', actual: nameOf(item) });
      return undefined;
    }
    oneOf(found, item.value, at, allowed, serverCode);
    if (firsts.has(item.value)) found.warn('duplicate_item', at, { first: firsts.get(item.value) });
    else if (item.value !== '') firsts.set(item.value, index);
    return item.value;
  });
}

/** `off`: encryption is known to be off. */
export function keyId(found, id, path, { on, off, must, serverCode, ofData = false }) {
  if (id === undefined || id === '') {
    if (must && on) found.error('required', path, {}, serverCode);
    return;
  }
  if (!KMS_ID.test(id)) found.warn('unusual_format', path);
  if (ofData) found.warn('not_applicable', path, { trackerType: 'system' });
  else if (off) found.warn('unused', path);
}

export function location(found, field, path) {
  const text = expect(found, field, path, 'string');
  if (field.type === 'absent' || text === '') found.error('required', path);
  else if (text !== undefined && !REGION.test(text)) found.warn('unusual_format', path);
  return text;
}
