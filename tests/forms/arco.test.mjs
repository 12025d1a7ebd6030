// Arco Design. Glue: `<a-form-item field="kms_id" :rules="fieldRule(createTrackerFormSchema, 'kms_id', () => form)">` of
// `cts-tracker/arco`. Send `createTrackerFormSchema['~standard'].validate(form).value`.

import './dom.mjs'; // Vue reads `document` when it is loaded.
import { fieldRule } from 'cts-tracker/arco';
import { h, reactive, ref } from 'vue';
import { bundled } from './bundled.mjs';
import { mountVue } from './dom.mjs';
import { leaves, runFixtures } from './harness.mjs';

// jsdom has no media queries, which Arco's grid asks.
window.matchMedia = () => ({ matches: true, addListener() {}, removeListener() {} });

const { Form, FormItem } = await bundled(
  'arco',
  `import Form from '@arco-design/web-vue/es/form/index.js'; export { Form }; export const FormItem = Form.Item;`,
);

async function drive({ schema, values }) {
  const model = reactive(values);
  const form = ref();
  const items = leaves(values).map((field) => h(FormItem, { field, rules: fieldRule(schema, field, () => model) }));
  const page = await mountVue({ setup: () => () => h(Form, { ref: form, model }, () => items) });
  const found = await form.value.validate();
  const output = found ? undefined : schema['~standard'].validate(model).value;
  const errors = Object.fromEntries(Object.entries(found ?? {}).map(([field, { message }]) => [field, message]));
  page.done();
  return { output, errors };
}

runFixtures('Arco Design', drive, { fields: true, joined: true });
