// Glue: `useForm({ validationSchema: toTypedSchema(createTrackerFormSchema) })`.
import { mountVue } from './dom.mjs';
import { toTypedSchema } from 'cts-tracker/vee-validate';
import { useForm } from 'vee-validate';
import { drive } from './vee-validate.mjs';
import { runFixtures } from './harness.mjs';

runFixtures('VeeValidate 4', drive(useForm, mountVue, toTypedSchema), { fields: true });
