// Naive UI contains async-validator. Glue: `<n-form-item path="kms_id" :rule="fieldRule(schema, 'kms_id', () => form)">`.
// Send `schema['~standard'].validate(form).value`.

import './dom.mjs'; // Vue reads `document` when it is loaded.
import { fieldRule } from 'cts-tracker/async-validator';
import { h, reactive, ref } from 'vue';
import { bundled } from './bundled.mjs';
import { mountVue } from './dom.mjs';
import { leaves, runFixtures } from './harness.mjs';

const { NForm, NFormItem } = await bundled(
  'naive-ui',
  `export { NForm, NFormItem } from 'naive-ui/es/form/index.mjs';`,
);

async function drive({ schema, values }) {
  const model = reactive(values);
  const form = ref();
  const items = leaves(values).map((path) => h(NFormItem, { path, rule: fieldRule(schema, path, () => model) }));
  const page = await mountVue({ setup: () => () => h(NForm, { ref: form, model }, () => items) });
  let output;
  const errors = {};
  await form.value
    .validate()
    .then(() => {
      output = schema['~standard'].validate(model).value;
    })
    .catch((found) => {
      for (const [{ field, message }] of found) errors[field] = message;
    });
  page.done();
  return { output, errors };
}

runFixtures('Naive UI', drive, { fields: true, first: true });
