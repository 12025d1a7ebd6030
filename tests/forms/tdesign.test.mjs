// TDesign. Glue: `<t-form-item name="kms_id" :rules="[fieldRule(createTrackerFormSchema, 'kms_id', () => form)]">` of
// `cts-tracker/tdesign`; a warning is `help`. Send `createTrackerFormSchema['~standard'].validate(form).value`.

import './dom.mjs'; // Vue reads `document` when it is loaded.
import { fieldRule } from 'cts-tracker/tdesign';
import { h, nextTick, reactive, ref } from 'vue';
import { bundled } from './bundled.mjs';
import { mountVue } from './dom.mjs';
import { runFixtures } from './harness.mjs';

const { Form, FormItem } = await bundled(
  'tdesign',
  `export { Form, FormItem } from 'tdesign-vue-next/es/form/index.mjs';`,
);

async function open({ schema, values, fields, warningOf }) {
  const model = reactive(values);
  const form = ref();
  const items = () =>
    fields(model).map((name) =>
      h(FormItem, { key: name, name, help: warningOf?.(name), rules: [fieldRule(schema, name, () => model)] }),
    );
  const page = await mountVue({ setup: () => () => h(Form, { ref: form, data: model }, items) });
  return {
    choose(type) {
      model.tracker_type = type;
      return nextTick();
    },
    async submit() {
      const result = await form.value.validate();
      const output = result === true ? schema['~standard'].validate(model).value : undefined;
      const errors = {};
      if (result !== true) for (const [field, found] of Object.entries(result)) errors[field] = found[0].message;
      return { output, errors };
    },
    container: page.container,
    close: page.done,
  };
}

runFixtures('TDesign', open, { fields: true, joined: true, warnings: true });
