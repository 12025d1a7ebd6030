// Validates the form: the request it makes, its errors and warnings, and which fields apply.
import {
  type CheckObsBucketsRequestBody,
  type CreateTrackerRequestBody,
  type FieldState,
  fieldState,
  type Issue,
  type Validation,
  validateBucketLocation,
  validateBucketName,
  validateCheckObsBuckets,
  validateCreateTrackerForm,
  validateDomainId,
  validateProjectId,
} from 'cts-tracker';
import { packageLocale } from '../i18n.js';
import { type Control, type Draft, readDraft, readFormValues, sortFields, valueAt } from './request.js';

const BUCKET = 'obs_info.bucket_name';

/** The values of the form that are not part of the request. */
export interface PageValues {
  readonly transferToObs: boolean;
  readonly bucketLocation: string;
  readonly projectId: string;
  readonly domainId: string;
  /** Whether a field belongs to the group that `transferToObs` switches on. */
  readonly isObsField: (path: string) => boolean;
}

export interface ValidatedForm {
  /** The request body as it would be sent, whether it is valid or not. */
  readonly draft: Draft;
  /** The request body if it is valid. */
  readonly body: CreateTrackerRequestBody | undefined;
  readonly state: Readonly<Record<string, FieldState>>;
  readonly errors: readonly Issue[];
  /** Errors of fields that only the bucket check needs; they do not prevent creation. */
  readonly checkErrors: readonly Issue[];
  readonly warnings: readonly Issue[];
}

/**
 * A field that does not apply for one of these reasons is validated and sent all the same: the fixed name of a
 * management tracker, and the fields that require a bucket name, which the page asks for at the same time.
 */
const VALIDATED_REASONS = new Set<string | undefined>(['must_equal', 'requires_field']);

/** A path and its parents: `a.b` gives `a` and `a.b`. */
const withParents = (path: string) => path.split('.').map((_, index, keys) => keys.slice(0, index + 1).join('.'));

/** Whether a field is validated and sent, by the state of the form. */
export const isValidated = (state: ValidatedForm['state'], path: string): boolean =>
  withParents(path).every((key) => state[key]?.applies !== false || VALIDATED_REASONS.has(state[key].reason));

/** The issues of a single value have no path; here they get that of the field. */
const atField = (field: string, issues: readonly Issue[] = []): Issue[] =>
  issues.map((issue) => ({ ...issue, path: [field] }));

const orUndefined = (text: string) => (text === '' ? undefined : text);

export function validateForm(controls: readonly Control[], page: PageValues): ValidatedForm {
  const options = { locale: packageLocale() };
  const state: Readonly<Record<string, FieldState>> = fieldState(readDraft(controls));
  const applies = (path: string) => (page.transferToObs || !page.isObsField(path)) && isValidated(state, path);

  const result = validateCreateTrackerForm(readFormValues(controls, applies), options);
  const draft: Draft = result.issues
    ? sortFields(readDraft(controls, applies), Object.keys(state))
    : { ...result.value };
  const errors: Issue[] = [...(result.issues ?? [])];
  const warnings: Issue[] = [...result.warnings];
  const checkErrors: Issue[] = [];
  const add = (field: string, { issues, warnings: more }: Validation<unknown>, target: Issue[]) => {
    target.push(...atField(field, issues));
    warnings.push(...atField(field, more));
  };

  // The API accepts a transfer without a bucket name; a user who switches it on wants a bucket.
  if (page.transferToObs && !valueAt(draft, BUCKET) && !errors.some(({ path }) => path.join('.') === BUCKET))
    errors.push(...atField(BUCKET, validateBucketName(undefined, options).issues));
  add('project_id', validateProjectId(orUndefined(page.projectId), options), errors);
  add('domain_id', validateDomainId(orUndefined(page.domainId), options), checkErrors);
  if (page.transferToObs && valueAt(draft, 'obs_info.is_obs_created') !== true)
    add('bucket_location', validateBucketLocation(orUndefined(page.bucketLocation), options), checkErrors);
  return { draft, body: result.value, state, errors, checkErrors, warnings };
}

export interface BucketCheckRequest {
  /** The request body if it is valid. */
  readonly body: CheckObsBucketsRequestBody | undefined;
  /** Equal for equal requests. */
  readonly key: string;
  readonly errors: readonly Issue[];
}

/** The request that checks the transfer bucket of the form. */
export function bucketCheckRequest(draft: Draft, page: PageValues): BucketCheckRequest {
  const options = { locale: packageLocale() };
  const encryption = draft.is_support_trace_files_encryption
    ? { is_support_trace_files_encryption: true, kms_id: draft.kms_id }
    : {};
  const bucket = {
    bucket_name: valueAt(draft, BUCKET),
    bucket_location: orUndefined(page.bucketLocation),
    ...encryption,
  };
  const request = { buckets: [bucket] };
  const { value, issues = [] } = validateCheckObsBuckets(request, options);
  const errors = issues.map((issue): Issue => {
    const field = issue.path.at(-1) ?? '';
    return { ...issue, path: [field === 'bucket_name' ? BUCKET : field] };
  });
  errors.push(...atField('domain_id', validateDomainId(orUndefined(page.domainId), options).issues));
  return { body: value, key: JSON.stringify(request), errors };
}
