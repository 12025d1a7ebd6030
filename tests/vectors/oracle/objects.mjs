// What both requests have in common: reading a body, and what is left of it.
import { SERVER } from './service-codes.mjs';
import { nameOf, read, readObject } from './values.mjs';

export const ENCRYPTION = 'is_support_trace_files_encryption';

/** Omits absent fields. */
export function present(pairs) {
  return Object.fromEntries(pairs.filter(([, value]) => value !== undefined));
}

export const isTrue = (field) => field.type === 'boolean' && field.value === true;
export const isOff = (field) => field.type === 'absent' || (field.type === 'boolean' && field.value === false);

export function readBody(found, get, fields) {
  const field = readObject(read(get, ''), fields);
  if (field.type === 'object') return field.value;
  found.error('not_object', [], { actual: nameOf(field) }, SERVER.body);
  return undefined;
}
