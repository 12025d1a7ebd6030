// `cts-tracker/async-validator`
import { type AnySchema, type FieldRuleMaker, fieldMessages, type Path } from './field-messages.js';

/** A rule of async-validator, which Element Plus, Ant Design, Naive UI, OpenTiny and Semi Design use. */
export interface FieldRule {
  /** Returns a promise. The types of the libraries disagree about that; all of them await it. */
  // biome-ignore lint/suspicious/noExplicitAny: each library has a type of its own for a rule and for the result
  validator(rule: any, value: unknown): any;
}

/** Makes the rule of a field. */
export const fieldRule: FieldRuleMaker<FieldRule> = (
  schema: AnySchema,
  path?: Path,
  values?: () => unknown,
): FieldRule => {
  const messagesOf = fieldMessages(schema, path, values);
  return {
    validator(_rule: unknown, value: unknown): Promise<void> {
      const messages = messagesOf(value);
      return messages.length === 0 ? Promise.resolve() : Promise.reject(messages);
    },
  };
};
