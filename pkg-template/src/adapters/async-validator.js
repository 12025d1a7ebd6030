// `cts-tracker/async-validator`: rules as async-validator takes them, and with it Element Plus, Ant Design and OpenTiny.
import { formatPath, parsePath } from '../paths.js';

/**
 * The rule of one field: `{ validator }`. `values` gives the values of the whole form, so that rules over several fields
 * are heeded; the rule tells what the schema finds at `path`, and inside it. Without a path the value is judged alone,
 * by the schema of one field.
 */
export function fieldRule(schema, path, values) {
  const field = path === undefined ? '' : formatPath(parsePath(path));
  return {
    validator(_rule, value) {
      const { issues = [] } = schema['~standard'].validate(path === undefined ? value : values());
      const messages = issues.filter((issue) => isAt(issue.path, field)).map((issue) => issue.message);
      return messages.length === 0 ? Promise.resolve() : Promise.reject(messages);
    },
  };
}

function isAt(path, field) {
  return field === '' || `${formatPath(path)}.`.startsWith(`${field}.`);
}
