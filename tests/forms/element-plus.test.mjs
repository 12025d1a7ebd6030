// Glue: `<el-form-item prop="kms_id" :rules="fieldRule(createTrackerFormSchema, 'kms_id', () => form)">`. Send
// `createTrackerFormSchema['~standard'].validate(form).value`.

import './dom.mjs'; // Vue reads `document` when it is loaded.
import { fieldRule } from 'cts-tracker/async-validator';
import { h, nextTick, reactive, ref } from 'vue';
import { bundled } from './bundled.mjs';
import { mountVue } from './dom.mjs';
import { runFixtures } from './harness.mjs';

const { ElForm, ElFormItem } = await bundled(
  'element-plus',
  `export { ElForm, ElFormItem } from 'element-plus/es/components/form/index.mjs';`,
);

async function open({ schema, values, fields }) {
  const model = reactive(values);
  const form = ref();
  const items = () =>
    fields(model).map((prop) => h(ElFormItem, { key: prop, prop, rules: fieldRule(schema, prop, () => model) }));
  const page = await mountVue({ setup: () => () => h(ElForm, { ref: form, model }, items) });
  return {
    choose(type) {
      model.tracker_type = type;
      return nextTick();
    },
    async submit() {
      let output;
      const errors = {};
      await form.value
        .validate((valid, fields) => {
          if (valid) output = schema['~standard'].validate(model).value;
          for (const [field, found] of Object.entries(fields ?? {}))
            errors[field] = found.map(({ message }) => message);
        })
        .catch(() => {});
      return { output, errors };
    },
    close: page.done,
  };
}

runFixtures('Element Plus', open, { fields: true });
