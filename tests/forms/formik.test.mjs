// Glue: `useFormik({ validate: (values) => toNestedErrors(createTrackerFormSchema['~standard'].validate(values).issues) })`.
// `onSubmit` receives the form's values; send `createTrackerFormSchema['~standard'].validate(values).value`.

import { toNestedErrors } from 'cts-tracker';
import { useFormik } from 'formik';
import { mountReact } from './dom.mjs';
import { flatten, runFixtures } from './harness.mjs';

async function drive({ schema, values }) {
  let form;
  let output;
  const page = await mountReact(function Form() {
    form = useFormik({
      initialValues: values,
      validate: (held) => toNestedErrors(schema['~standard'].validate(held).issues),
      onSubmit: (held) => {
        output = schema['~standard'].validate(held).value;
      },
    });
    return null;
  });
  await page.act(async () => {
    await form.submitForm();
  });
  const errors = flatten(form.errors, (message) => (typeof message === 'string' ? message : undefined));
  await page.done();
  return { output, errors };
}

runFixtures('Formik', drive, { first: true });
