// `cts-tracker/tdesign`
import { type AnySchema, type FieldRuleMaker, fieldMessages, type Path } from './field-messages.js';

/** A rule of TDesign, for Vue and for React. */
export interface TDesignRule {
  // biome-ignore lint/suspicious/noExplicitAny: the value of any control
  validator(value: any): { result: boolean; message: string; type: 'error' };
}

/** Makes the rule of a field. */
export const fieldRule: FieldRuleMaker<TDesignRule> = (
  schema: AnySchema,
  path?: Path,
  values?: () => unknown,
): TDesignRule => {
  const messagesOf = fieldMessages(schema, path, values);
  return {
    validator(value) {
      const messages = messagesOf(value);
      return { result: messages.length === 0, message: messages.join(' '), type: 'error' };
    },
  };
};
