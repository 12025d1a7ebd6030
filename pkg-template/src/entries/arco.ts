// `cts-tracker/arco`
export { type ArcoRule, fieldRule } from '../forms/adapters/arco.js';
export type { FieldRuleMaker, PathIn } from '../forms/adapters/field-messages.js';
