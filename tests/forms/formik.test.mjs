// Glue: `useFormik({ validate: (values) => toNestedErrors(createTrackerFormSchema['~standard'].validate(values).issues) })`.
// `onSubmit` receives the form's values; send `createTrackerFormSchema['~standard'].validate(values).value`.

import { toNestedErrors } from 'cts-tracker';
import { useFormik } from 'formik';
import { mountReact } from './dom.mjs';
import { flatten, runFixtures } from './harness.mjs';

async function open({ schema, values }) {
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
  return {
    choose: (type) => page.act(() => form.setFieldValue('tracker_type', type)),
    async submit() {
      output = undefined;
      await page.act(async () => {
        await form.submitForm();
      });
      return { output, errors: flatten(form.errors, (message) => (typeof message === 'string' ? message : undefined)) };
    },
    close: page.done,
  };
}

runFixtures('Formik', open, { first: true });
