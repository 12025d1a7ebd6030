// The libraries' own types take the schemas. Compiled, never run.

import { signal } from '@angular/core';
import { form, validateStandardSchema } from '@angular/forms/signals';
import type { ProFormItemProps } from '@ant-design/pro-components';
import type { FieldRule as ArcoRule } from '@arco-design/web-vue';
import { useForm as useConform } from '@conform-to/react/future';
import type { CommonFieldProps } from '@douyinfe/semi-ui-19/lib/es/form/interface';
import { standardSchemaResolver } from '@hookform/resolvers/standard-schema';
import { schemaResolver, useForm as useMantine } from '@mantine/form';
import type { FormSubmitEvent, FormProps as NuxtFormProps } from '@nuxt/ui';
import { FormApi } from '@tanstack/form-core';
import type { FormRule as AntDesignRule } from 'antd';
import type { CreateTrackerForm, CreateTrackerRequestBody } from 'cts-tracker';
import { bucketNameSchema, createTrackerFormSchema, emptyTrackerForm, toNestedErrors } from 'cts-tracker';
import { fieldRule as arcoRule } from 'cts-tracker/arco';
import { fieldRule } from 'cts-tracker/async-validator';
import { fieldRule as tdesignRule } from 'cts-tracker/tdesign';
import { toTypedSchema } from 'cts-tracker/vee-validate';
import type { FormItemRule } from 'element-plus';
import { useFormik } from 'formik';
import type { FormItemRule as NaiveRule } from 'naive-ui';
import type { InputHTMLAttributes } from 'react';
import { useController, useForm as useHook } from 'react-hook-form';
import type { FormRule as TDesignRule } from 'tdesign-vue-next';
import { useForm as useVee4 } from 'vee-validate';
import { useForm as useVee5 } from 'vee-validate-5';

declare function send(body: CreateTrackerRequestBody): void;
const empty = emptyTrackerForm('system');

// What each hands to its submit handler is typed as the request's body where the library sends the schema's output.
const hook = useHook({ resolver: standardSchemaResolver(createTrackerFormSchema), defaultValues: empty });
hook.register('obs_info.bucket_name');
hook.watch('tracker_name').length satisfies number;
hook.setValue('data_bucket.data_event', ['READ']);
useHook<CreateTrackerForm, unknown, CreateTrackerRequestBody>({
  resolver: standardSchemaResolver(createTrackerFormSchema),
  defaultValues: emptyTrackerForm(),
}).handleSubmit((body) => send(body));
// @ts-expect-error with one type argument, React Hook Form requires that the output has the type of the fields
useHook<CreateTrackerForm>({ resolver: standardSchemaResolver(createTrackerFormSchema) });
const plain = useHook<CreateTrackerForm>({ defaultValues: emptyTrackerForm() });
plain.watch('obs_info.is_obs_created') satisfies boolean;
// A controlled text box and a controlled check box take the values as they are.
const { field: name } = useController({ control: plain.control, name: 'tracker_name' });
const { field: period } = useController({ control: plain.control, name: 'obs_info.bucket_lifecycle' });
const { field: flag } = useController({ control: plain.control, name: 'is_lts_enabled' });
({ ...period, checked: flag.value, maxLength: name.value.length }) satisfies InputHTMLAttributes<HTMLInputElement>;
void hook.handleSubmit((body) => send(body));

const tanstack = new FormApi({
  defaultValues: empty,
  validators: { onSubmit: createTrackerFormSchema, onChange: createTrackerFormSchema },
});
tanstack.getFieldValue('obs_info.bucket_name').length satisfies number;
tanstack.setFieldValue('tracker_type', 'data');

const vee4 = useVee4({ validationSchema: toTypedSchema(createTrackerFormSchema), initialValues: emptyTrackerForm() });
const [trackerName, nameAttributes] = vee4.defineField('tracker_name');
trackerName.value.length satisfies number;
nameAttributes.value satisfies object;
void vee4.handleSubmit((body) => send(body));
const vee5 = useVee5({ validationSchema: createTrackerFormSchema, initialValues: emptyTrackerForm() });
vee5.defineField('obs_info.bucket_name')[0].value satisfies string;
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

form(signal(empty), (path) => validateStandardSchema(path, () => createTrackerFormSchema));

fieldRule(createTrackerFormSchema, 'kms_id', () => empty) satisfies FormItemRule;
// @ts-expect-error not a field
fieldRule(createTrackerFormSchema, 'kmsid', () => empty);
fieldRule(bucketNameSchema) satisfies AntDesignRule;
[fieldRule(createTrackerFormSchema, 'kms_id', () => empty)] satisfies ProFormItemProps['rules'];
[fieldRule(createTrackerFormSchema, 'kms_id', () => empty)] satisfies CommonFieldProps['rules'];
fieldRule(createTrackerFormSchema, 'kms_id', () => empty) satisfies NaiveRule;
arcoRule(createTrackerFormSchema, 'kms_id', () => empty) satisfies ArcoRule;
tdesignRule(createTrackerFormSchema, 'kms_id', () => empty) satisfies TDesignRule;

type NuxtForm = NuxtFormProps<typeof createTrackerFormSchema>;
({ schema: createTrackerFormSchema, state: empty }) satisfies Pick<NuxtForm, 'schema' | 'state'>;
declare const submitted: NonNullable<Parameters<NonNullable<NuxtForm['onSubmit']>>[0]>;
send(submitted.data);
submitted satisfies FormSubmitEvent<CreateTrackerRequestBody>;
