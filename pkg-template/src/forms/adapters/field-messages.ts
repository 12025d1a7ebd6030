// The messages of one field of a form, which each adapter hands over in the way of its library.
import { formatPath, parsePath } from '../../validation/paths.js';
import type { Schema } from '../standard-schema.js';

// biome-ignore lint/suspicious/noExplicitAny: a schema of any input
export type AnySchema = Schema<any, any>;
export type Steps = readonly (string | number)[];
export type Path = string | Steps;

type Inside<Prefix extends string, Value> = Value extends readonly (infer Item)[]
  ?
      | `${Prefix}.${number}`
      | `${Prefix}[${number}]`
      | Inside<`${Prefix}.${number}`, Item>
      | Inside<`${Prefix}[${number}]`, Item>
  : Value extends object
    ? {
        [Field in keyof Value & string]: `${Prefix}.${Field}` | Inside<`${Prefix}.${Field}`, Value[Field]>;
      }[keyof Value & string]
    : never;

/** The paths of the fields of a form: `'obs_info.bucket_name'`. The empty string is the whole form. */
export type PathIn<Values> = unknown extends Values
  ? string
  : '' | { [Field in keyof Values & string]: Field | Inside<Field, Values[Field]> }[keyof Values & string];

/** What makes the rule of a field. `Rule` is the library's type of a rule. */
export interface FieldRuleMaker<Rule> {
  /** The rule of a field that is validated alone: `fieldRule(bucketNameSchema)`. */
  (schema: AnySchema): Rule;
  /**
   * The rule of a field of a form: `fieldRule(createTrackerFormSchema, 'obs_info.bucket_name', () => form)`. It validates
   * all values of the form, so that rules between fields apply, and reports the errors at the path and inside it. A path
   * that is not a field of the schema throws a `TypeError`.
   */
  // biome-ignore lint/suspicious/noExplicitAny: a schema of any output
  <Values>(schema: Schema<Values, any>, path: PathIn<Values> | Steps, values: () => unknown): Rule;
}

/** Returns the messages of a field. Without a path, those of the value that is passed. */
export function fieldMessages(schema: AnySchema, path?: Path, values?: () => unknown): (value: unknown) => string[] {
  if (typeof schema?.['~standard']?.validate !== 'function') {
    throw new TypeError('fieldRule: schema must be a schema of cts-tracker, such as createTrackerFormSchema');
  }
  const field = path === undefined ? '' : fieldOf(schema, path);
  if (path !== undefined && typeof values !== 'function') {
    throw new TypeError('fieldRule: values must be a function that returns the values of the form, such as () => form');
  }
  return (value) => {
    const { issues = [] } = schema['~standard'].validate(values === undefined ? value : values());
    return issues.filter((issue) => isAt(issue.path, field)).map((issue) => issue.message);
  };
}

/** The path in dot spelling, if it leads to a field. Later, a library would swallow the error. */
function fieldOf(schema: AnySchema, path: Path): string {
  if (typeof path !== 'string' && !Array.isArray(path)) {
    throw new TypeError("fieldRule: path must be a string, such as 'obs_info.bucket_name', or a list of steps");
  }
  const steps = parsePath(path).map(String);
  const fields = fieldsOf(schema);
  const name = steps.map((step) => (/^\d+$/.test(step) ? '0' : step)).join('.');
  if (fields === undefined || name === '' || fields.has(name)) return formatPath(steps);
  const named = [...fields].filter((field) => !field.endsWith('.0'));
  const fix = named.length > 0 ? `use ${named.join(', ')}` : 'it is the schema of one value, so leave the path out';
  throw new TypeError(
    `fieldRule: ${JSON.stringify(steps.join('.').slice(0, 80))} is not a field of the schema: ${fix}`,
  );
}

const fieldsBySchema = /* @__PURE__ */ new WeakMap<AnySchema, Set<string>>();

/** The paths of the fields of one of our schemas, with 0 for any index; undefined for a schema of another vendor. */
function fieldsOf(schema: AnySchema): Set<string> | undefined {
  const { vendor, jsonSchema } = schema['~standard'];
  if (vendor !== 'cts-tracker') return undefined;
  let fields = fieldsBySchema.get(schema);
  if (fields === undefined) {
    fields = new Set();
    collectFields(jsonSchema.input({ target: 'draft-2020-12' }), '', fields);
    fieldsBySchema.set(schema, fields);
  }
  return fields;
}

interface JsonSchema {
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly items?: JsonSchema;
  readonly then?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
}

function collectFields(
  { properties, items, then, anyOf = [], allOf = [] }: JsonSchema,
  at: string,
  fields: Set<string>,
) {
  for (const [name, inside] of Object.entries({ ...properties, ...(items && { 0: items }) })) {
    const path = at === '' ? name : `${at}.${name}`;
    fields.add(path);
    collectFields(inside, path, fields);
  }
  for (const part of [...anyOf, ...allOf, ...(then ? [then] : [])]) collectFields(part, at, fields);
}

function isAt(path: readonly (string | number)[], field: string): boolean {
  return field === '' || `${formatPath(path)}.`.startsWith(`${field}.`);
}
