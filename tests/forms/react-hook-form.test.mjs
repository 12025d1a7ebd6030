// Glue: none. `useForm({ resolver: standardSchemaResolver(createTrackerFormSchema) })`.
import { standardSchemaResolver } from '@hookform/resolvers/standard-schema';
import { createFormControl } from 'react-hook-form';
import { flatten, leaves, runFixtures } from './harness.mjs';

async function open({ schema, values }) {
  const form = createFormControl({
    defaultValues: values,
    resolver: standardSchemaResolver(schema),
    criteriaMode: 'all',
  });
  for (const field of leaves(values)) form.register(field);
  return {
    choose: (type) => form.setValue('tracker_type', type),
    async submit() {
      let output;
      let errors = {};
      await form.handleSubmit(
        (sent) => {
          output = sent;
        },
        (found) => {
          errors = found;
        },
      )();
      return { output, errors: flatten(errors, ({ types }) => types && Object.values(types)) };
    },
  };
}

runFixtures('React Hook Form', open);
