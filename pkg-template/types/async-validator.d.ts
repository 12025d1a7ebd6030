import type { Schema } from './index.js';

/** A rule as async-validator takes it, and with it Element Plus, Ant Design and OpenTiny. */
export interface FieldRule {
  /** Gives a promise. The libraries' types disagree on whether a validator may; all of them wait for it. */
  validator(rule: any, value: unknown): any;
}

/** The rule of a field judged alone: `fieldRule(bucketNameSchema)`. */
export function fieldRule(schema: Schema<any, any>): FieldRule;
/**
 * The rule of a field of a form: `fieldRule(createTrackerFormSchema, 'obs_info.bucket_name', () => form)`. It tells what
 * the schema finds at that path and inside it, given the values of the whole form. Throws a `TypeError` for a path that is
 * no field of the schema.
 */
export function fieldRule(schema: Schema<any, any>, path: string | readonly (string | number)[], values: () => unknown): FieldRule;
