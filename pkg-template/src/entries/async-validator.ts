// `cts-tracker/async-validator`
export { fieldRule } from '../forms/adapters/async-validator.js';
