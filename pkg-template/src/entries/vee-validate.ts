// `cts-tracker/vee-validate`
export { toTypedSchema } from '../forms/adapters/vee-validate.js';
