// `cts-tracker/async-validator`
export { type FieldRule, fieldRule, type PathIn } from '../forms/adapters/async-validator.js';
