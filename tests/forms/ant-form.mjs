// Drives the form of Ant Design, which is also that of ProComponents.

import { fieldRule } from 'cts-tracker/async-validator';
import { createElement } from 'react';
import { mountReact } from './dom.mjs';
import { parse } from './paths.mjs';

/** `formProps` returns the props of the form, with its ref. */
export const open =
  (Form, Item, formProps) =>
  async ({ schema, values, fields, warningOf }) => {
    let form;
    let held = values;
    /** Receives the result of a submission. */
    let finish;
    const ref = {
      set current(made) {
        form = made;
      },
    };
    const rulesOf = (path) => {
      const error = ({ getFieldsValue }) => fieldRule(schema, path, () => getFieldsValue(true));
      const warning = () => (warningOf(path) ? Promise.reject(warningOf(path)) : Promise.resolve());
      return warningOf ? [error, { warningOnly: true, validator: warning }] : [error];
    };
    const page = await mountReact(() =>
      createElement(
        Form,
        {
          ...formProps(ref),
          initialValues: values,
          onFinish: async () =>
            finish({ errors: {}, output: schema['~standard'].validate(form.getFieldsValue(true)).value }),
          onFinishFailed: ({ errorFields }) =>
            finish({ errors: Object.fromEntries(errorFields.map((field) => [field.name.join('.'), field.errors])) }),
        },
        fields(held).map((path) =>
          createElement(Item, { key: path, name: parse(path), rules: rulesOf(path) }, createElement('input')),
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
  };
