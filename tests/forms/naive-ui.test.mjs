// Naive UI contains async-validator. Glue: `<n-form-item path="kms_id" :rule="fieldRule(schema, 'kms_id', () => form)">`.
// A warning is a rule with `level: 'warning'`. Send `schema['~standard'].validate(form).value`.

import './dom.mjs'; // Vue reads `document` when it is loaded.
import { fieldRule } from 'cts-tracker/async-validator';
import { h, nextTick, reactive, ref } from 'vue';
import { bundled } from './bundled.mjs';
import { mountVue } from './dom.mjs';
import { runFixtures } from './harness.mjs';

const { NForm, NFormItem } = await bundled(
  'naive-ui',
  `export { NForm, NFormItem } from 'naive-ui/es/form/index.mjs';`,
);

async function open({ schema, values, fields, warningOf }) {
  const model = reactive(values);
  const form = ref();
  const rules = (path) => [
    fieldRule(schema, path, () => model),
    { level: 'warning', validator: () => (warningOf?.(path) ? new Error(warningOf(path)) : true) },
  ];
  const items = () => fields(model).map((path) => h(NFormItem, { key: path, path, rule: rules(path) }));
  const page = await mountVue({ setup: () => () => h(NForm, { ref: form, model }, items) });
  return {
    choose(type) {
      model.tracker_type = type;
      return nextTick();
    },
    async submit() {
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
      return { output, errors };
    },
    container: page.container,
    close: page.done,
  };
}

runFixtures('Naive UI', open, { fields: true, first: true, warnings: true });
