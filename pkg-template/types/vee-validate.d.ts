import type { Schema } from './index.js';

/** A schema for `useForm({ validationSchema })` of VeeValidate 4. VeeValidate 5 takes the schemas as they are. */
export function toTypedSchema<Input, Output>(schema: Schema<Input, Output>): {
  readonly __type: 'VVTypedSchema';
  parse(values: Input): Promise<{ value?: Output; errors: { path?: string; errors: string[] }[] }>;
};
