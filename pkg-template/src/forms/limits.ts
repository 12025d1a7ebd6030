import { limits as generated, warningPatterns } from '../generated/limits.js';
import { own } from '../options.js';
import { type FieldPath, fieldName } from './field-paths.js';

export type Limits = typeof generated;

/** The limits of the rules, as data. Lengths count Unicode code points. A pattern matches the whole value. */
export const limits: Limits = /* @__PURE__ */ deepFreeze(generated);

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) Object.values(value).forEach(deepFreeze);
  return Object.freeze(value);
}

/** What an HTML control of a field may state. */
export interface Constraints {
  required?: boolean;
  minLength?: number;
  /** Show it to the user; do not set it as `maxlength`, with which browsers cut a pasted value silently. */
  maxLength?: number;
  /** For `<input pattern>`. */
  pattern?: string;
  inputMode?: 'numeric';
  values?: readonly (string | number)[];
}

const ALWAYS_REQUIRED = ['tracker_type', 'bucket_location', 'project_id', 'domain_id'];

/**
 * The constraints of a field that do not depend on other fields; for those that do, see `fieldState`. A path is a list of
 * steps, or a string in dot or bracket spelling: `constraintsFor('obs_info.bucket_name')`. A path that is not a field
 * throws a `TypeError`.
 */
export function constraintsFor(path: FieldPath | readonly (string | number)[]): Constraints {
  const name = fieldName(path);
  const field = name.slice(name.lastIndexOf('.') + 1);
  const constraints: Constraints = {};
  if (ALWAYS_REQUIRED.includes(field) || name === 'buckets.bucket_name') constraints.required = true;
  const limit = limitName(field);
  const { min = 0, max, pattern, values } = own<Readonly<Record<string, Limit>>, string>(limits, limit) ?? {};
  if (min > 0) constraints.minLength = min;
  if (max !== undefined) constraints.maxLength = max;
  // With a pattern, the browser would not send the form.
  if (pattern !== undefined && !warningPatterns.includes(limit)) constraints.pattern = pattern;
  if (field === 'bucket_lifecycle') constraints.inputMode = 'numeric';
  if (values !== undefined) constraints.values = values;
  return constraints;
}

interface Limit {
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
  readonly values?: readonly (string | number)[];
}

/** The name of the field in camel case. */
function limitName(field: string): string {
  return field.replace('data_bucket', 'bucket').replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
}
