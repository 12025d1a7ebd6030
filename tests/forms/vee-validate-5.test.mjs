// Glue: none. `useForm({ validationSchema: createTrackerFormSchema })`.
import { mountVue } from './dom.mjs';
import { useForm } from 'vee-validate-5';
import { drive } from './vee-validate.mjs';
import { runFixtures } from './harness.mjs';

runFixtures('VeeValidate 5', drive(useForm, mountVue, (schema) => schema), { fields: true });
