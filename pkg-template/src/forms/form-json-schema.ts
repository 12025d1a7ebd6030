// The JSON Schema of a form's values, made from the schema of the request: what form-values.ts accepts, as a schema.
import { createTrackerPaths } from '../generated/names.js';

/** The parts of a JSON Schema that the schemas of the requests use. */
interface JsonSchema {
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly items?: JsonSchema;
  readonly minItems?: number;
  readonly allOf?: readonly JsonSchema[];
  readonly if?: JsonSchema;
  readonly then?: JsonSchema;
  readonly [keyword: string]: unknown;
}

const TRUE = [true, 'on', 'true'];
const FLAG = [...TRUE, false, 'off', 'false', null, ''];
const EMPTY: JsonSchema = { enum: [null, '', false] };

/** The schema of the values that a form may have where the request has those of `schema`. */
export function formInput(schema: object): JsonSchema {
  return optional(schema as JsonSchema);
}

function optional(schema: JsonSchema): JsonSchema {
  const types = [schema.type ?? []].flat();
  const relaxed = relax(schema, types);
  return types.length > 1 && types.includes('null') ? { anyOf: [relaxed, EMPTY] } : relaxed;
}

function relax(schema: JsonSchema, types: readonly string[]): JsonSchema {
  if (types.includes('boolean')) return { enum: FLAG };
  if (types.includes('integer')) {
    const words = (schema.enum ?? []).filter((value) => value !== null).join('|');
    return { anyOf: [schema, { type: 'string', pattern: `^\\s*\\+?0*(${words})\\s*$` }] };
  }
  if (types.includes('string')) return types.length > 1 ? schema : { minLength: 1, ...schema };
  if (schema.items?.type === 'string') return listOfStrings(schema, schema.items);
  // A group that must be absent may be there if none of its fields is filled.
  if (types[0] === 'null') return { anyOf: [EMPTY, emptyGroup()] };
  // The condition that a flag is set, and a string that may be left out.
  if (schema.const === true) return { enum: TRUE };
  if (schema.enum?.includes(null)) return { enum: [...schema.enum, '', false] };
  const relaxed: Record<string, unknown> = { ...schema };
  for (const key of ['if', 'then', 'items'] as const) if (schema[key]) relaxed[key] = optional(schema[key]);
  if (schema.allOf) relaxed.allOf = schema.allOf.map(optional);
  if (schema.properties) {
    const fields = Object.entries(schema.properties).map(([name, field]) => [name, optional(field)]);
    relaxed.properties = Object.fromEntries(fields);
  }
  return relaxed;
}

/** One selected string is a list of one, and empty strings are not in the list. */
function listOfStrings({ minItems = 0, ...rest }: JsonSchema, items: JsonSchema): JsonSchema {
  const list = { ...rest, items: { anyOf: [items, EMPTY] } };
  return { anyOf: [items, minItems > 0 ? { ...list, contains: items } : list] };
}

function emptyGroup(): JsonSchema {
  const empty: JsonSchema = { anyOf: [EMPTY, { type: 'array', items: EMPTY }] };
  const fields = createTrackerPaths.filter((path) => path.startsWith('data_bucket.'));
  return {
    type: 'object',
    properties: Object.fromEntries(fields.map((path) => [path.slice('data_bucket.'.length), empty])),
    additionalProperties: false,
  };
}
