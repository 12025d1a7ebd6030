// Glue: none for the errors, `useForm({ validate: schemaResolver(createTrackerFormSchema) })`. The submit
// handler receives the form's values, unless `transformValues` changes them.

import { schemaResolver, useForm } from '@mantine/form';
import { mountReact } from './dom.mjs';
import { runFixtures } from './harness.mjs';

async function drive({ schema, values }) {
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
  await page.act(async () => {
    await form.onSubmit((sent) => {
      output = sent;
    })();
  });
  const { errors } = form;
  await page.done();
  return { output, errors };
}

runFixtures('Mantine', drive, { first: true });
