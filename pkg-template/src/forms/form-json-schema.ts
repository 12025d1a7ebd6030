// The JSON Schema of a form's values, from that of the wire: what read.js makes of HTML controls, said as a schema.
import { facts } from '../generated/facts.js';

const TRUE = [true, 'on', 'true'];
const FLAG = [...TRUE, false, 'off', 'false', null, ''];
const EMPTY = { enum: [null, '', false] };

/** The schema of what a form may hold where the wire holds what `schema` says. */
export function formInput(schema) {
  const types = [schema.type].flat();
  const relaxed = relax(schema, types);
  return types.length > 1 && types.includes('null') ? { anyOf: [relaxed, EMPTY] } : relaxed;
}

function relax(schema, types) {
  if (types.includes('boolean')) return { enum: FLAG };
  if (types.includes('integer')) {
    const words = schema.enum.filter((value) => value !== null).join('|');
    return { anyOf: [schema, { type: 'string', pattern: `^\\s*\\+?0*(${words})\\s*$` }] };
  }
  if (types.includes('string')) return types.length > 1 ? schema : { minLength: 1, ...schema };
  if (schema.items?.type === 'string') return listOfWords(schema);
  // A group of fields that must be absent may be there with none of them filled.
  if (types[0] === 'null') return { anyOf: [EMPTY, emptyGroup()] };
  // The condition that a flag is set, and a text that may be left out.
  if (schema.const === true) return { enum: TRUE };
  if (schema.enum?.includes(null)) return { enum: [...schema.enum, '', false] };
  const relaxed = { ...schema };
  for (const key of ['if', 'then', 'items']) if (schema[key]) relaxed[key] = formInput(schema[key]);
  if (schema.allOf) relaxed.allOf = schema.allOf.map(formInput);
  if (schema.properties) relaxed.properties = mapValues(schema.properties, formInput);
  return relaxed;
}

/** One chosen word is a list of one, and words that are empty are none. */
function listOfWords({ items, minItems, ...rest }) {
  const list = { ...rest, items: { anyOf: [items, EMPTY] } };
  return { anyOf: [items, minItems > 0 ? { ...list, contains: items } : list] };
}

function emptyGroup() {
  const empty = { anyOf: [EMPTY, { type: 'array', items: EMPTY }] };
  const fields = facts.fieldStatePaths
    .filter((path) => path.startsWith('data_bucket.'))
    .map((path) => path.split('.')[1]);
  return {
    type: 'object',
    properties: Object.fromEntries(fields.map((field) => [field, empty])),
    additionalProperties: false,
  };
}

function mapValues(object, map) {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, map(value)]));
}
