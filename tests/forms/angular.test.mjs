// Glue: none for the errors, `form(model, (path) => validateStandardSchema(path, () => createTrackerFormSchema))`. The model has the
// form's values; send `createTrackerFormSchema['~standard'].validate(model()).value`.
import './dom.mjs';
import '@angular/compiler';
import { after } from 'node:test';
import { signal } from '@angular/core';
import { form, submit, validateStandardSchema } from '@angular/forms/signals';
import { createApplication } from '@angular/platform-browser';
import { runFixtures } from './harness.mjs';

const application = await createApplication();
after(() => application.destroy());

async function open({ schema, values }) {
  const model = signal(values);
  const fields = form(model, (path) => validateStandardSchema(path, () => schema), {
    injector: application.injector,
    name: 'form',
  });
  return {
    choose: (type) => model.update((held) => ({ ...held, tracker_type: type })),
    async submit() {
      let output;
      await submit(fields, async () => {
        output = schema['~standard'].validate(model()).value;
      });
      const errors = {};
      for (const { fieldTree, message } of fields().errorSummary()) {
        (errors[fieldTree().name().replace('form.', '')] ??= []).push(message);
      }
      return { output, errors };
    },
  };
}

runFixtures('Angular signal forms', open);
