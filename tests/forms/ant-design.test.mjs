// Ant Design's Form is @rc-component/form, which contains async-validator. Glue:
// `<Form.Item name={['obs_info', 'bucket_name']} rules={[(form) => fieldRule(schema, 'obs_info.bucket_name', () => form.getFieldsValue(true))]}>`.
// `onFinish` receives the form's values; send `schema['~standard'].validate(values).value`.

import { createRequire } from 'node:module';
import { after } from 'node:test';
import { fieldRule } from 'cts-tracker/async-validator';
import { createElement } from 'react';
import { mountReact } from './dom.mjs';
import { runFixtures } from './harness.mjs';
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

async function open({ schema, values, fields }) {
  let form;
  let held = values;
  /** Receives the result of a submission. */
  let finish;
  const page = await mountReact(function Page() {
    [form] = useForm();
    return createElement(
      Form,
      {
        form,
        initialValues: values,
        onFinish: () => finish({ errors: {}, output: schema['~standard'].validate(form.getFieldsValue(true)).value }),
        onFinishFailed: ({ errorFields }) =>
          finish({ errors: Object.fromEntries(errorFields.map((field) => [field.name.join('.'), field.errors])) }),
      },
      fields(held).map((path) =>
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
  return {
    async choose(type) {
      held = { ...held, tracker_type: type };
      await page.act(async () => form.setFieldsValue({ tracker_type: type }));
      await page.update();
    },
    async submit() {
      const finished = new Promise((resolve) => {
        finish = resolve;
      });
      await page.act(async () => {
        form.submit();
        await finished;
      });
      return finished;
    },
    close: page.done,
  };
}

runFixtures('Ant Design', open, { fields: true });
