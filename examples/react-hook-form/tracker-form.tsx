import { standardSchemaResolver } from '@hookform/resolvers/standard-schema';
import {
  type CreateTrackerPath,
  createCtsClient,
  createTrackerFormSchema,
  emptyTrackerForm,
  fieldState,
  isCtsError,
  limits,
  toFieldErrors,
  validateCreateTrackerForm,
  withOptions,
} from 'cts-tracker';
import { type ReactNode, useState } from 'react';
import { useForm } from 'react-hook-form';
import { Field } from './field.js';

const FIELDS = [
  'tracker_type',
  'tracker_name',
  'data_bucket.data_bucket_name',
  'data_bucket.data_event',
  'obs_info.bucket_name',
  'obs_info.is_obs_created',
  'obs_info.bucket_lifecycle',
  'is_support_trace_files_encryption',
  'kms_id',
] as const satisfies readonly CreateTrackerPath[];
export type FieldName = (typeof FIELDS)[number];

// `prune`: a hidden field is neither an error nor sent. The form keeps its value.
const schema = withOptions(createTrackerFormSchema, { prune: true });
const client = createCtsClient({ baseUrl: '/', projectId: '3d65c44c1d4e4a3f8f4f0f1f9a5f0c01' });

export function TrackerForm() {
  // No type argument: `useForm` infers the type of the fields, and that of the request, which differs.
  const { register, handleSubmit, watch, getValues, getFieldState, setError, formState } = useForm({
    resolver: standardSchemaResolver(schema),
    defaultValues: emptyTrackerForm('system'),
    mode: 'onChange',
  });
  const [message, setMessage] = useState('');
  const values = watch();
  const states = fieldState(values);
  const warnings = toFieldErrors(validateCreateTrackerForm(values, { prune: true }).warnings);

  // A change of one field can make another one valid: `deps` validates them all.
  const control = (name: FieldName) => register(name, { deps: [...FIELDS] });
  const field = (name: FieldName, children: ReactNode) => {
    const { applies, required } = states[name];
    const { error, isDirty, isTouched } = getFieldState(name, formState);
    const shown = isDirty || isTouched || formState.isSubmitted ? error?.message : undefined;
    const props = { name, required, error: shown, warnings: warnings[name], value: getValues(name) };
    return applies && <Field {...props}>{children}</Field>;
  };

  const send = handleSubmit(async (body) => {
    try {
      const { id } = await client.createTracker(body);
      setMessage(`Created ${id}`);
    } catch (error) {
      if (!isCtsError(error)) throw error;
      setMessage(error.message);
      const errors = toFieldErrors(error);
      for (const name of FIELDS) if (errors[name]) setError(name, { message: errors[name].join(' ') });
    }
  });

  const options = (list: readonly (string | number)[]) => list.map((value) => <option key={value}>{value}</option>);
  return (
    <form onSubmit={send} noValidate>
      {field('tracker_type', <select {...control('tracker_type')}>{options(limits.trackerType.values)}</select>)}
      {field('tracker_name', <input {...control('tracker_name')} />)}
      {field('data_bucket.data_bucket_name', <input {...control('data_bucket.data_bucket_name')} />)}
      {field(
        'data_bucket.data_event',
        <select multiple {...control('data_bucket.data_event')}>
          {options(limits.dataEvent.values)}
        </select>,
      )}
      {field('obs_info.bucket_name', <input {...control('obs_info.bucket_name')} />)}
      {field('obs_info.is_obs_created', <input type="checkbox" {...control('obs_info.is_obs_created')} />)}
      {field(
        'obs_info.bucket_lifecycle',
        <select {...control('obs_info.bucket_lifecycle')}>{options(['', ...limits.bucketLifecycle.values])}</select>,
      )}
      {field(
        'is_support_trace_files_encryption',
        <input type="checkbox" {...control('is_support_trace_files_encryption')} />,
      )}
      {field('kms_id', <input {...control('kms_id')} />)}
      <button type="submit" disabled={formState.isSubmitting}>
        Create
      </button>
      <p role="status">{message}</p>
    </form>
  );
}
