// Standard Schema 1.1, https://standardschema.dev: both halves on one frozen plain object, synchronous.
import { objectOption } from '../options.js';
import { fieldOptions, localeOf } from '../validation/options.js';

const TARGETS = {
  'draft-2020-12': 'https://json-schema.org/draft/2020-12/schema',
  'draft-07': 'http://json-schema.org/draft-07/schema#',
};

// What a schema was made from: not on the object, where a form library that looks for methods could take it for its own.
let parts;

/**
 * A schema over a validator. `jsonSchemas` gives `{ input, output }`, JSON Schemas of both drafts alike, and is called
 * with the options when one is asked for. `options` go to the validator at each call, under those of the caller's `libraryOptions`.
 */
export function makeSchema(validate, jsonSchemas, options) {
  const kept = Object.freeze({ ...options });
  const describe = (side) => (request) => {
    const target = request?.target;
    if (!Object.hasOwn(TARGETS, target)) {
      throw new TypeError(
        `unsupported JSON Schema target ${typeof target === 'string' ? `'${target.slice(0, 40)}'` : typeof target}: ` +
          `give ${Object.keys(TARGETS)
            .map((name) => `'${name}'`)
            .join(' or ')}`,
      );
    }
    return { $schema: TARGETS[target], ...structuredClone(jsonSchemas({ ...kept, ...request.libraryOptions })[side]) };
  };
  const schema = Object.freeze({
    '~standard': Object.freeze({
      version: 1,
      vendor: 'cts-tracker',
      validate(value, asked) {
        const given = asked?.libraryOptions;
        const result = validate(value, given ? { ...kept, ...given } : kept);
        // Warnings stay out: to a form library every issue is an error.
        return result.issues ? { issues: result.issues } : { value: result.value };
      },
      jsonSchema: Object.freeze({ input: describe('input'), output: describe('output') }),
    }),
  });
  parts ??= new WeakMap();
  parts.set(schema, { validate, jsonSchemas, options: kept });
  return schema;
}

/** A new schema like the given one, with these options over its own. */
export function withOptions(schema, options) {
  const known = parts?.get(schema);
  if (known === undefined) throw new TypeError('withOptions takes a schema of cts-tracker');
  const all = { ...known.options, ...objectOption(options) };
  // Misuse is told here, not at the first validation, where a form library may keep it to itself.
  fieldOptions(all);
  localeOf(all);
  return makeSchema(known.validate, known.jsonSchemas, all);
}
