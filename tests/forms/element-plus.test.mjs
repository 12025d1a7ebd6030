// Glue: `<el-form-item prop="kms_id" :rules="fieldRule(createTrackerFormSchema, 'kms_id', () => form)">`. Send
// `createTrackerFormSchema['~standard'].validate(form).value`.

import './dom.mjs'; // Vue reads `document` when it is loaded.
import { fieldRule } from 'cts-tracker/async-validator';
import { h, reactive, ref } from 'vue';
import { bundled } from './bundled.mjs';
import { mountVue } from './dom.mjs';
import { leaves, runFixtures } from './harness.mjs';

const { ElForm, ElFormItem } = await bundled(
  'element-plus',
  `export { ElForm, ElFormItem } from 'element-plus/es/components/form/index.mjs';`,
);

async function drive({ schema, values }) {
  const model = reactive(values);
  const form = ref();
  const items = leaves(values).map((prop) => h(ElFormItem, { prop, rules: fieldRule(schema, prop, () => model) }));
  const page = await mountVue({ setup: () => () => h(ElForm, { ref: form, model }, () => items) });
  let output;
  const errors = {};
  await form.value
    .validate((valid, fields) => {
      if (valid) output = schema['~standard'].validate(model).value;
      for (const [field, found] of Object.entries(fields ?? {})) errors[field] = found.map(({ message }) => message);
    })
    .catch(() => {});
  page.done();
  return { output, errors };
}

runFixtures('Element Plus', drive, { fields: true });
