// The libraries' own types take the schemas. Compiled, never run.

import { signal } from '@angular/core';
import { form, validateStandardSchema } from '@angular/forms/signals';
import { useForm as useConform } from '@conform-to/react/future';
import { standardSchemaResolver } from '@hookform/resolvers/standard-schema';
import { schemaResolver, useForm as useMantine } from '@mantine/form';
import type { Rule as AntDesignRule } from '@rc-component/form/lib/interface';
import { FormApi } from '@tanstack/form-core';
import type { CreateTrackerForm, CreateTrackerRequestBody } from 'cts-tracker';
import { bucketNameSchema, createTrackerFormSchema, toNestedErrors } from 'cts-tracker';
import { fieldRule } from 'cts-tracker/async-validator';
import { toTypedSchema } from 'cts-tracker/vee-validate';
import type { FormItemRule } from 'element-plus';
import { useFormik } from 'formik';
import { useForm } from 'react-hook-form';
import { useForm as useVee4 } from 'vee-validate';
import { useForm as useVee5 } from 'vee-validate-5';

declare function send(body: CreateTrackerRequestBody): void;
const empty: CreateTrackerForm = { tracker_type: 'system' };

// What each hands to its submit handler is typed as the request's body where the library sends the schema's output.
const hook = useForm({ resolver: standardSchemaResolver(createTrackerFormSchema), defaultValues: empty });
hook.register('obs_info.bucket_name');
void hook.handleSubmit((body) => send(body));

const tanstack = new FormApi({
  defaultValues: empty,
  validators: { onSubmit: createTrackerFormSchema, onChange: createTrackerFormSchema },
});
tanstack.getFieldValue('obs_info.bucket_name');

const vee4 = useVee4({ validationSchema: toTypedSchema(createTrackerFormSchema) });
void vee4.handleSubmit((body) => send(body));
const vee5 = useVee5({ validationSchema: createTrackerFormSchema });
void vee5.handleSubmit((body) => send(body));

const mantine = useMantine({ initialValues: empty, validate: schemaResolver(createTrackerFormSchema) });
mantine.getInputProps('obs_info.bucket_name');

useConform(createTrackerFormSchema, { onSubmit: (_event, { value }) => send(value) });

useFormik({
  initialValues: empty,
  validate: (values) => toNestedErrors(createTrackerFormSchema['~standard'].validate(values).issues),
  onSubmit(values) {
    const result = createTrackerFormSchema['~standard'].validate(values);
    if (!result.issues) send(result.value);
  },
});

form(signal(empty), (path) => validateStandardSchema(path, createTrackerFormSchema));

fieldRule(createTrackerFormSchema, 'kms_id', () => empty) satisfies FormItemRule;
fieldRule(bucketNameSchema) satisfies AntDesignRule;
