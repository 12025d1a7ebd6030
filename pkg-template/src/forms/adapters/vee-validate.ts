// `cts-tracker/vee-validate`
import type { Issue } from '../../validation/issue.js';
import { formatPath } from '../../validation/paths.js';
import type { Schema } from '../standard-schema.js';

/** VeeValidate's errors of one field. */
export interface TypedSchemaError {
  path?: string;
  errors: string[];
}

/** VeeValidate's `TypedSchema`. */
export interface TypedSchema<Input, Output> {
  readonly __type: 'VVTypedSchema';
  parse(values: Input): Promise<{ value?: Output; errors: TypedSchemaError[] }>;
}

/** A schema for `useForm({ validationSchema })` of VeeValidate 4. VeeValidate 5 takes the schemas as they are. */
export function toTypedSchema<Input, Output>(schema: Schema<Input, Output>): TypedSchema<Input, Output> {
  return {
    __type: 'VVTypedSchema',
    async parse(values) {
      const result = schema['~standard'].validate(values);
      return result.issues ? { errors: byField(result.issues) } : { value: result.value, errors: [] };
    },
  };
}

function byField(issues: readonly Issue[]): TypedSchemaError[] {
  const fields = new Map<string, TypedSchemaError>();
  for (const { path: steps, message } of issues) {
    const path = formatPath(steps, 'bracket');
    const field = fields.get(path);
    if (field === undefined) fields.set(path, { path, errors: [message] });
    else field.errors.push(message);
  }
  return [...fields.values()];
}
