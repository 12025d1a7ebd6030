// ProComponents, over the whole of Ant Design. Glue:
// `<ProFormText name={['obs_info', 'bucket_name']} rules={[(form) => fieldRule(schema, 'obs_info.bucket_name', () => form.getFieldsValue(true))]} />`.
// A warning is a rule with `warningOnly`. `onFinish` receives the form's values; send `schema['~standard'].validate(values).value`.

import { fieldRule } from 'cts-tracker/async-validator';
import { createElement } from 'react';
import { bundled } from './bundled.mjs';
import { mountReact } from './dom.mjs';
import { runFixtures } from './harness.mjs';
import { parse } from './paths.mjs';

// jsdom has neither.
window.matchMedia = () => ({ matches: true, addListener() {}, removeListener() {} });
globalThis.ResizeObserver = class {
  observe() {}
  disconnect() {}
};

const { ProForm, ProFormItem } = await bundled(
  'pro-components',
  `export { ProForm, ProFormItem } from '@ant-design/pro-components';`,
);

async function open({ schema, values, fields, warningOf }) {
  let form;
  let held = values;
  /** Receives the result of a submission. */
  let finish;
  const formRef = {
    set current(made) {
      form = made;
    },
  };
  const page = await mountReact(() =>
    createElement(
      ProForm,
      {
        formRef,
        initialValues: values,
        omitNil: false,
        onFinish: async () =>
          finish({ errors: {}, output: schema['~standard'].validate(form.getFieldsValue(true)).value }),
        onFinishFailed: ({ errorFields }) =>
          finish({ errors: Object.fromEntries(errorFields.map((field) => [field.name.join('.'), field.errors])) }),
      },
      fields(held).map((path) =>
        createElement(
          ProFormItem,
          {
            key: path,
            name: parse(path),
            rules: [
              ({ getFieldsValue }) => fieldRule(schema, path, () => getFieldsValue(true)),
              {
                warningOnly: true,
                validator: () => (warningOf?.(path) ? Promise.reject(warningOf(path)) : Promise.resolve()),
              },
            ],
          },
          createElement('input'),
        ),
      ),
    ),
  );
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
    container: page.container,
    close: page.done,
  };
}

runFixtures('ProComponents', open, { fields: true, warnings: true });
