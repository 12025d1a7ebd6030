// Glue: `useForm({ validationSchema: toTypedSchema(createTrackerFormSchema) })`.

import './dom.mjs'; // Vue reads `document` when it is loaded.
import { toTypedSchema } from 'cts-tracker/vee-validate';
import { useForm } from 'vee-validate';
import { mountVue } from './dom.mjs';
import { runFixtures } from './harness.mjs';
import { open } from './vee-validate.mjs';

runFixtures('VeeValidate 4', open(useForm, mountVue, toTypedSchema), { fields: true });
