// `cts-tracker/async-validator`
export { type FieldRule, fieldRule } from '../forms/adapters/async-validator.js';
export type { FieldRuleMaker, PathIn } from '../forms/adapters/field-messages.js';
