// Semi Design contains async-validator. Glue:
// `<Form.Input keepState field="kms_id" rules={[fieldRule(schema, 'kms_id', () => formApi.getValues())]} />`; without
// `keepState`, Semi forgets the value of a field that is removed. A warning is `extraText`. Send
// `schema['~standard'].validate(formApi.getValues()).value`.

import { fieldRule } from 'cts-tracker/async-validator';
import { createElement } from 'react';
import { bundled } from './bundled.mjs';
import { mountReact } from './dom.mjs';
import { flatten, runFixtures } from './harness.mjs';

const { Form, withField } = await bundled(
  'semi',
  `export { Form, withField } from '@douyinfe/semi-ui-19/lib/es/form/index.js';`,
);
const Control = withField(() => createElement('input'));

async function open({ schema, values, fields, warningOf }) {
  let form;
  let held = values;
  let output;
  let errors = {};
  const rule = (path) => fieldRule(schema, path, () => form.getValues());
  const page = await mountReact(() =>
    createElement(
      Form,
      {
        initValues: values,
        getFormApi: (api) => (form = api),
        onSubmit: () => (output = schema['~standard'].validate(form.getValues()).value),
        onSubmitFail: (found) => (errors = found),
      },
      fields(held).map((path) =>
        createElement(Control, {
          key: path,
          field: path,
          keepState: true,
          rules: [rule(path)],
          extraText: warningOf?.(path),
        }),
      ),
    ),
  );
  return {
    async choose(type) {
      held = { ...held, tracker_type: type };
      await page.act(async () => form.setValue('tracker_type', type));
      await page.update();
    },
    async submit() {
      output = undefined;
      errors = {};
      await page.act(() => form.submitForm());
      return { output, errors: flatten(errors, (found) => (isText(found) ? [found].flat() : undefined)) };
    },
    container: page.container,
    close: page.done,
  };
}

// One message is a string, several are a list.
const isText = (found) => [found].flat().every((message) => typeof message === 'string');

runFixtures('Semi Design', open, { fields: true, warnings: true });
