// `cts-tracker/async-validator`
export { type FieldRule, fieldRule } from '../forms/adapters/async-validator.js';
