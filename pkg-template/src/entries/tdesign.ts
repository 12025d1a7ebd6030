// `cts-tracker/tdesign`

export type { FieldRuleMaker, PathIn } from '../forms/adapters/field-messages.js';
export { fieldRule, type TDesignRule } from '../forms/adapters/tdesign.js';
