// Glue: none for the errors, `useForm({ validators: { onChange: createTrackerFormSchema } })`. `onSubmit`
// receives the form's values; send `createTrackerFormSchema['~standard'].validate(value).value`.
import { FieldApi, FormApi } from '@tanstack/form-core';
import { leaves, runFixtures } from './harness.mjs';
import { formatPath, parse } from './paths.mjs';

async function open({ schema, values }) {
  let output;
  const form = new FormApi({
    defaultValues: values,
    validators: { onChange: schema },
    onSubmit: ({ value }) => {
      output = schema['~standard'].validate(value).value;
    },
  });
  form.mount();
  const names = leaves(values).map((path) => formatPath(parse(path), 'bracket'));
  const fields = names.map((name) => new FieldApi({ form, name, defaultValue: form.getFieldValue(name) }));
  fields.forEach((field) => field.mount());
  return {
    choose: (type) => form.setFieldValue('tracker_type', type),
    async submit() {
      output = undefined;
      await form.handleSubmit();
      const errors = {};
      for (const field of Object.keys(form.state.fieldMeta)) {
        const found = form.getFieldMeta(field).errors;
        if (found.length > 0) errors[parse(field).join('.')] = found.map(({ message }) => message);
      }
      return { output, errors };
    },
  };
}

runFixtures('TanStack Form', open);
