// `cts-tracker/vee-validate`
export { type TypedSchema, type TypedSchemaError, toTypedSchema } from '../forms/adapters/vee-validate.js';
