// Arco Design. Glue: `<a-form-item field="kms_id" :rules="fieldRule(createTrackerFormSchema, 'kms_id', () => form)">` of
// `cts-tracker/arco`; a warning is `extra`. Send `createTrackerFormSchema['~standard'].validate(form).value`.

import './dom.mjs'; // Vue reads `document` when it is loaded.
import { fieldRule } from 'cts-tracker/arco';
import { h, nextTick, reactive, ref } from 'vue';
import { bundled } from './bundled.mjs';
import { mountVue } from './dom.mjs';
import { runFixtures } from './harness.mjs';

// jsdom has no media queries, which Arco's grid asks.
window.matchMedia = () => ({ matches: true, addListener() {}, removeListener() {} });

const { Form, FormItem } = await bundled(
  'arco',
  `import Form from '@arco-design/web-vue/es/form/index.js'; export { Form }; export const FormItem = Form.Item;`,
);

async function open({ schema, values, fields, warningOf }) {
  const model = reactive(values);
  const form = ref();
  const items = () =>
    fields(model).map((field) =>
      h(FormItem, { key: field, field, extra: warningOf?.(field), rules: fieldRule(schema, field, () => model) }),
    );
  const page = await mountVue({ setup: () => () => h(Form, { ref: form, model }, items) });
  return {
    choose(type) {
      model.tracker_type = type;
      return nextTick();
    },
    async submit() {
      const found = await form.value.validate();
      const output = found ? undefined : schema['~standard'].validate(model).value;
      const errors = Object.fromEntries(Object.entries(found ?? {}).map(([field, { message }]) => [field, message]));
      return { output, errors };
    },
    container: page.container,
    close: page.done,
  };
}

runFixtures('Arco Design', open, { fields: true, joined: true, warnings: true });
