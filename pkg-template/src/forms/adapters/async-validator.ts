// `cts-tracker/async-validator`: rules as async-validator takes them, and with it Element Plus, Ant Design and OpenTiny.
import { formatPath, parsePath } from '../../validation/paths.js';

/**
 * The rule of one field: `{ validator }`. `values` gives the values of the whole form, so that rules over several fields
 * are heeded; the rule tells what the schema finds at `path`, and inside it. Without a path the value is judged alone,
 * by the schema of one field. A path that is no field of the schema, or no function where one is needed, throws here: at
 * the time of validation nobody would hear of it.
 */
export function fieldRule(schema, path, values) {
  if (typeof schema?.['~standard']?.validate !== 'function') {
    throw new TypeError('fieldRule: schema must be a schema of cts-tracker, such as createTrackerFormSchema');
  }
  const field = path === undefined ? '' : fieldOf(schema, path);
  if (path !== undefined && typeof values !== 'function') {
    throw new TypeError(
      'fieldRule: values must be a function that gives the values of the whole form, such as () => form',
    );
  }
  return {
    validator(_rule, value) {
      const { issues = [] } = schema['~standard'].validate(path === undefined ? value : values());
      const messages = issues.filter((issue) => isAt(issue.path, field)).map((issue) => issue.message);
      return messages.length === 0 ? Promise.resolve() : Promise.reject(messages);
    },
  };
}

/** The path in dot spelling, if it leads to a field. */
function fieldOf(schema, path) {
  if (typeof path !== 'string' && !Array.isArray(path)) {
    throw new TypeError("fieldRule: path must be text, such as 'obs_info.bucket_name', or a list of steps");
  }
  const steps = parsePath(path);
  const known = fieldsOf(schema);
  if (
    known !== undefined &&
    steps.length > 0 &&
    !known.has(steps.map((step) => (/^\d+$/.test(String(step)) ? 0 : String(step))).join('.'))
  ) {
    const named = [...known].filter((field) => !field.endsWith('.0'));
    throw new TypeError(
      `fieldRule: ${JSON.stringify(steps.map(String).join('.').slice(0, 80))} is no field of the schema: ` +
        (named.length > 0 ? `give ${named.join(', ')}` : 'it is that of one value, leave the path out'),
    );
  }
  return formatPath(steps);
}

const fieldsBySchema = /* @__PURE__ */ new WeakMap();

/** The paths of the fields of a schema of ours, with 0 for the place in a list; of others nothing is known. */
function fieldsOf(schema) {
  const { vendor, jsonSchema } = schema['~standard'];
  if (vendor !== 'cts-tracker') return undefined;
  if (!fieldsBySchema.has(schema))
    fieldsBySchema.set(schema, collect(jsonSchema.input({ target: 'draft-2020-12' }), '', new Set()));
  return fieldsBySchema.get(schema);
}

function collect({ properties = {}, items, then, anyOf = [], allOf = [] }, at, fields) {
  for (const [name, inside] of [...Object.entries(properties), ...(items ? [[0, items]] : [])]) {
    const path = at === '' ? String(name) : `${at}.${name}`;
    fields.add(path);
    collect(inside, path, fields);
  }
  for (const part of [...anyOf, ...allOf, ...(then ? [then] : [])]) collect(part, at, fields);
  return fields;
}

function isAt(path, field) {
  return field === '' || `${formatPath(path)}.`.startsWith(`${field}.`);
}
