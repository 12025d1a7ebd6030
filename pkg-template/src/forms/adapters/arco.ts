// `cts-tracker/arco`
import { type AnySchema, type FieldRuleMaker, fieldMessages, type Path } from './field-messages.js';

/** A rule of Arco Design, for Vue and for React. */
export interface ArcoRule {
  // biome-ignore lint/suspicious/noExplicitAny: the value of any control
  validator(value: any, callback: (error?: any) => void): void;
}

/** Makes the rule of a field. */
export const fieldRule: FieldRuleMaker<ArcoRule> = (
  schema: AnySchema,
  path?: Path,
  values?: () => unknown,
): ArcoRule => {
  const messagesOf = fieldMessages(schema, path, values);
  return {
    validator(value, callback) {
      const messages = messagesOf(value);
      callback(messages.length === 0 ? undefined : messages.join(' '));
    },
  };
};
