// OpenTiny Vue contains a copy of async-validator. Glue:
// `<tiny-form-item prop="kms_id" :rules="fieldRule(createTrackerFormSchema, 'kms_id', () => form)">`. Send
// `createTrackerFormSchema['~standard'].validate(form).value`.

import './dom.mjs'; // Vue reads `document` when it is loaded.
import { fieldRule } from 'cts-tracker/async-validator';
import { h, nextTick, reactive, ref } from 'vue';
import { bundled } from './bundled.mjs';
import { mountVue } from './dom.mjs';
import { runFixtures } from './harness.mjs';

const { Form, FormItem } = await bundled(
  'opentiny',
  `export { default as Form } from '@opentiny/vue-form'; export { default as FormItem } from '@opentiny/vue-form-item';`,
);

async function open({ schema, values, fields }) {
  const model = reactive(values);
  const form = ref();
  const items = () =>
    fields(model).map((prop) => h(FormItem, { key: prop, prop, rules: fieldRule(schema, prop, () => model) }));
  const page = await mountVue({ setup: () => () => h(Form, { ref: form, model }, items) });
  return {
    choose(type) {
      model.tracker_type = type;
      return nextTick();
    },
    async submit() {
      const errors = {};
      let output;
      await new Promise((resolve) => {
        form.value.validate((valid, fields) => {
          if (valid) output = schema['~standard'].validate(model).value;
          for (const [field, found] of Object.entries(fields ?? {}))
            errors[field] = found.map(({ message }) => message);
          resolve();
        });
      });
      return { output, errors };
    },
    close: page.done,
  };
}

runFixtures('OpenTiny', open, { fields: true });
