// Glue: none. `useForm({ validationSchema: createTrackerFormSchema })`.

import './dom.mjs'; // Vue reads `document` when it is loaded.
import { useForm } from 'vee-validate-5';
import { mountVue } from './dom.mjs';
import { runFixtures } from './harness.mjs';
import { open } from './vee-validate.mjs';

runFixtures(
  'VeeValidate 5',
  open(useForm, mountVue, (schema) => schema),
  { fields: true },
);
