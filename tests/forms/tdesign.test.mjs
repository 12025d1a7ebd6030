// TDesign. Glue: `<t-form-item name="kms_id" :rules="[fieldRule(createTrackerFormSchema, 'kms_id', () => form)]">` of
// `cts-tracker/tdesign`. Send `createTrackerFormSchema['~standard'].validate(form).value`.

import './dom.mjs'; // Vue reads `document` when it is loaded.
import { fieldRule } from 'cts-tracker/tdesign';
import { h, reactive, ref } from 'vue';
import { bundled } from './bundled.mjs';
import { mountVue } from './dom.mjs';
import { leaves, runFixtures } from './harness.mjs';

const { Form, FormItem } = await bundled(
  'tdesign',
  `export { Form, FormItem } from 'tdesign-vue-next/es/form/index.mjs';`,
);

async function drive({ schema, values }) {
  const model = reactive(values);
  const form = ref();
  const items = leaves(values).map((name) => h(FormItem, { name, rules: [fieldRule(schema, name, () => model)] }));
  const page = await mountVue({ setup: () => () => h(Form, { ref: form, data: model }, () => items) });
  const result = await form.value.validate();
  const output = result === true ? schema['~standard'].validate(model).value : undefined;
  const errors = {};
  if (result !== true) for (const [field, found] of Object.entries(result)) errors[field] = found[0].message;
  page.done();
  return { output, errors };
}

runFixtures('TDesign', drive, { fields: true, joined: true });
