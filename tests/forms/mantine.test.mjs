// Glue: none for the errors, `useForm({ validate: schemaResolver(createTrackerFormSchema) })`. The submit
// handler receives the form's values, unless `transformValues` changes them.

import { schemaResolver, useForm } from '@mantine/form';
import { mountReact } from './dom.mjs';
import { runFixtures } from './harness.mjs';

async function open({ schema, values }) {
  let form;
  let output;
  const page = await mountReact(function Form() {
    form = useForm({
      initialValues: values,
      validate: schemaResolver(schema),
      transformValues: (held) => schema['~standard'].validate(held).value,
    });
    return null;
  });
  return {
    choose: (type) => page.act(async () => form.setFieldValue('tracker_type', type)),
    async submit() {
      output = undefined;
      await page.act(async () => {
        await form.onSubmit((sent) => {
          output = sent;
        })();
      });
      return { output, errors: form.errors };
    },
    close: page.done,
  };
}

runFixtures('Mantine', open, { first: true });
