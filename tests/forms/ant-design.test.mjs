// Ant Design's Form is @rc-component/form, which contains async-validator. Glue:
// `<Form.Item name={['obs_info', 'bucket_name']} rules={[(form) => fieldRule(schema, 'obs_info.bucket_name', () => form.getFieldsValue(true))]}>`.
// `onFinish` receives the form's values; send `schema['~standard'].validate(values).value`.

import { createRequire } from 'node:module';
import { after } from 'node:test';
import { fieldRule } from 'cts-tracker/async-validator';
import { createElement } from 'react';
import { mountReact } from './dom.mjs';
import { leaves, runFixtures } from './harness.mjs';
import { parse } from './paths.mjs';

// Each form opens a channel and never closes it, which would keep Node running.
const channels = [];
globalThis.MessageChannel = class extends MessageChannel {
  constructor() {
    super();
    channels.push(this);
  }
};
after(() => channels.forEach(({ port1 }) => port1.close()));

const { default: Form, Field, useForm } = createRequire(import.meta.url)('@rc-component/form');

async function drive({ schema, values }) {
  let form;
  let output;
  let errors = {};
  const page = await mountReact(function Page() {
    [form] = useForm();
    return createElement(
      Form,
      {
        form,
        initialValues: values,
        onFinish: () => {
          output = schema['~standard'].validate(form.getFieldsValue(true)).value;
        },
        onFinishFailed: ({ errorFields }) => {
          errors = Object.fromEntries(errorFields.map((field) => [field.name.join('.'), field.errors]));
        },
      },
      leaves(values).map((path) =>
        createElement(
          Field,
          {
            key: path,
            name: parse(path),
            rules: [({ getFieldsValue }) => fieldRule(schema, path, () => getFieldsValue(true))],
          },
          createElement('input'),
        ),
      ),
    );
  });
  await page.act(async () => {
    form.submit();
    await new Promise((resolve) => setTimeout(resolve, 20));
  });
  await page.done();
  return { output, errors };
}

runFixtures('Ant Design', drive, { fields: true });
