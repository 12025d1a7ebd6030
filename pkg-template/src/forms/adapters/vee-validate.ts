// `cts-tracker/vee-validate`: a schema for VeeValidate 4. VeeValidate 5 takes the schemas as they are.
import { formatPath } from '../../validation/paths.js';

export function toTypedSchema(schema) {
  return {
    __type: 'VVTypedSchema',
    async parse(values) {
      const { value, issues } = schema['~standard'].validate(values);
      return { value, errors: byField(issues ?? []) };
    },
  };
}

function byField(issues) {
  const fields = new Map();
  for (const { path: steps, message } of issues) {
    const path = formatPath(steps, 'bracket');
    if (fields.has(path)) fields.get(path).errors.push(message);
    else fields.set(path, { path, errors: [message] });
  }
  return [...fields.values()];
}
