// The schemas themselves.
import { runFixtures } from './harness.mjs';

runFixtures('cts-tracker', ({ schema, values }) => ({
  choose: (type) => Object.assign(values, { tracker_type: type }),
  submit() {
    const { value, issues = [] } = schema['~standard'].validate(values);
    const errors = {};
    for (const { path, message } of issues) (errors[path.join('.')] ??= []).push(message);
    return { errors, output: value };
  },
}));
