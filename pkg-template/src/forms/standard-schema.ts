// Standard Schema 1.1, https://standardschema.dev: validation and JSON Schema on one frozen plain object, synchronous.

import { booleanOption, objectOption } from '../options.js';
import type { Issue, Validation } from '../validation/issue.js';
import { type FieldOptions, fieldOptions, localeOf } from '../validation/options.js';
import type { FormOptions } from './form-validators.js';

/** The options of every validator. */
export interface SchemaOptions extends FieldOptions, FormOptions {}

/**
 * A Standard Schema 1.1 (`StandardSchemaV1` and `StandardJSONSchemaV1`), synchronous and frozen. `libraryOptions` are the
 * options of `withOptions` for one call. A schema reports only errors; for warnings, call the validator.
 */
export interface Schema<Input = unknown, Output = Input> {
  readonly '~standard': {
    readonly version: 1;
    readonly vendor: string;
    readonly types?: { readonly input: Input; readonly output: Output } | undefined;
    readonly validate: (
      value: unknown,
      options?: { readonly libraryOptions?: Record<string, unknown> | undefined } | undefined,
    ) => { readonly value: Output; readonly issues?: undefined } | { readonly issues: readonly Issue[] };
    readonly jsonSchema: {
      readonly input: (options: JsonSchemaOptions) => Record<string, unknown>;
      readonly output: (options: JsonSchemaOptions) => Record<string, unknown>;
    };
  };
}

export interface JsonSchemaOptions {
  /** Any other target is a `TypeError`. */
  readonly target: 'draft-2020-12' | 'draft-07' | (string & {});
  /** Replaces options of the schema for this call, such as `locale`. */
  readonly libraryOptions?: Record<string, unknown> | undefined;
}

/** The JSON Schemas of a schema's input and output, without `$schema`: they are the same for both drafts. */
export interface JsonSchemas {
  readonly input: object;
  readonly output: object;
}

interface Parts<Output> {
  readonly validate: (value: unknown, options: SchemaOptions) => Validation<Output>;
  readonly jsonSchemas: (options: SchemaOptions) => JsonSchemas;
}

const TARGETS: Readonly<Record<string, string>> = {
  'draft-2020-12': 'https://json-schema.org/draft/2020-12/schema',
  'draft-07': 'http://json-schema.org/draft-07/schema#',
};

/**
 * The key of a schema's parts, the same in each copy of the package. A property with a name could be taken for a method of
 * another library's schema.
 */
const PARTS = /* @__PURE__ */ Symbol.for('cts-tracker.schema');

/** A schema over a validator. Options are merged: those of a call win over `options`. */
export function makeSchema<Input, Output>(
  validate: Parts<Output>['validate'],
  jsonSchemas: Parts<Output>['jsonSchemas'],
  options?: SchemaOptions,
): Schema<Input, Output> {
  const own: SchemaOptions = Object.freeze({ ...options });
  const describe =
    (side: keyof JsonSchemas) =>
    (request: JsonSchemaOptions): Record<string, unknown> => {
      const { target, libraryOptions } = objectOption(request);
      if (!Object.hasOwn(TARGETS, String(target))) {
        const targets = Object.keys(TARGETS).map((name) => `'${name}'`);
        throw new TypeError(`the target of a JSON Schema must be ${targets.join(' or ')}`);
      }
      const schema = jsonSchemas({ ...own, ...libraryOptions })[side];
      return { $schema: TARGETS[String(target)], ...structuredClone(schema) };
    };
  const schema: Schema<Input, Output> = {
    '~standard': Object.freeze({
      version: 1,
      vendor: 'cts-tracker',
      validate(value: unknown, options?: { readonly libraryOptions?: Record<string, unknown> | undefined }) {
        const forCall = objectOption(options).libraryOptions;
        const result = validate(value, forCall ? { ...own, ...forCall } : own);
        // No warnings: a form library takes every issue for an error.
        return result.issues ? { issues: result.issues } : { value: result.value };
      },
      jsonSchema: Object.freeze({ input: describe('input'), output: describe('output') }),
    }),
  };
  Object.defineProperty(schema, PARTS, { value: { validate, jsonSchemas, options: own } });
  return Object.freeze(schema);
}

/** A new schema with these options, which win over those of the given schema. */
export function withOptions<Input, Output>(
  schema: Schema<Input, Output>,
  options: SchemaOptions,
): Schema<Input, Output> {
  type Made = Parts<Output> & { readonly options: SchemaOptions };
  const parts = (schema as { readonly [PARTS]?: Made } | null | undefined)?.[PARTS];
  if (parts === undefined) throw new TypeError('schema must be a schema of cts-tracker');
  const all = { ...parts.options, ...objectOption(options) };
  // Check the options now: a form library may swallow the error of a validation.
  fieldOptions(all);
  localeOf(all);
  booleanOption(all.prune, 'prune');
  return makeSchema(parts.validate, parts.jsonSchemas, all);
}
