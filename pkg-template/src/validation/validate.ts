// The validators: read the value, call the wasm once, build the result.

import { byNames } from '../forms/form-values.js';
import { facts } from '../generated/facts.js';
import type { IssueCode, Validation } from './issue.js';
import { next, open, readIssues } from './issues.js';
import {
  type BucketNameOptions,
  type FieldOptions,
  fieldOptions,
  type KmsIdOptions,
  localeOf,
  SYSTEM_TRACKER,
  type TrackerNameOptions,
  type ValidateOptions,
} from './options.js';
import { CHECK_OBS_BUCKETS, CREATE_TRACKER, readField, readRequest } from './read.js';
import type { CheckObsBucketsRequestBody, CreateTrackerRequestBody } from './wire.js';
import { OK, submit, type Wasm } from './write.js';

const NONE: readonly never[] = /* @__PURE__ */ Object.freeze([]);

function resultOf<T>(status: number, locale: unknown, value: () => T): Validation<T> {
  if (status === OK) return { value: value(), warnings: NONE };
  open(status);
  const [first, ...others] = readIssues(locale);
  const warnings = readIssues(locale);
  return first === undefined ? { value: value(), warnings } : { issues: [first, ...others], warnings };
}

function createTracker(
  input: unknown,
  options: ValidateOptions | undefined,
  form: boolean,
): Validation<CreateTrackerRequestBody> {
  const locale = localeOf(options);
  const draft = readRequest(CREATE_TRACKER, input, form);
  const status = submit(draft, (wasm: Wasm, tags: number, strings: number) => wasm.create_tracker(tags, strings));
  return resultOf(status, locale, () => withDefaultName(draft.root));
}

function withDefaultName(value: CreateTrackerRequestBody): CreateTrackerRequestBody {
  if (value.tracker_name !== undefined) return value;
  const { tracker_type, ...rest } = value;
  return { tracker_type, tracker_name: facts.systemTrackerName, ...rest } as CreateTrackerRequestBody;
}

function checkObsBuckets(
  input: unknown,
  options: ValidateOptions | undefined,
  form: boolean,
): Validation<CheckObsBucketsRequestBody> {
  const locale = localeOf(options);
  const draft = readRequest(CHECK_OBS_BUCKETS, input, form);
  const status = submit(draft, (wasm: Wasm, tags: number, strings: number) => wasm.check_obs_buckets(tags, strings));
  return resultOf(status, locale, () => draft.root);
}

/**
 * Validates the body of CreateTracker: each field, and the rules between fields. Never throws, whatever the input is. All
 * issues are reported at once, in the order of the API reference. `value` has only the documented fields, and the name of
 * the management tracker if it was left out: `const { value, issues, warnings } = validateCreateTracker(body)`.
 */
export function validateCreateTracker(input: unknown, options?: ValidateOptions): Validation<CreateTrackerRequestBody> {
  return createTracker(input, options, false);
}

/** Validates the values of HTML controls: '' is absent, '30' is 30, 'on' is true. */
export function validateCreateTrackerForm(
  input: unknown,
  options?: ValidateOptions,
): Validation<CreateTrackerRequestBody> {
  return createTracker(byNames(input), options, true);
}

/**
 * Validates the body of CheckObsBuckets: each bucket, and whether one is repeated. Never throws, whatever the input is. An
 * empty list is a warning. More than 1,000,000 buckets are an error, and are not read.
 */
export function validateCheckObsBuckets(
  input: unknown,
  options?: ValidateOptions,
): Validation<CheckObsBucketsRequestBody> {
  return checkObsBuckets(input, options, false);
}

/** Validates the values of HTML controls: '' is absent, 'on' is true. */
export function validateCheckObsBucketsForm(
  input: unknown,
  options?: ValidateOptions,
): Validation<CheckObsBucketsRequestBody> {
  return checkObsBuckets(byNames(input), options, true);
}

function oneField<T, Options extends FieldOptions = ValidateOptions>(
  name: (typeof facts.oneField)[number],
): (input: unknown, options?: Options) => Validation<T> {
  const field = facts.oneField.indexOf(name);
  const type = name === 'bucketLifecycle' ? 'integer' : 'string';
  const hasDefault = name === 'trackerName';
  return (input, options) => {
    const bits = fieldOptions(options);
    const locale = localeOf(options);
    const draft = readField(type, input);
    const status = submit(draft, (wasm: Wasm, tags: number, strings: number) =>
      wasm.one_field(tags, strings, field, bits),
    );
    if (draft.root === undefined && hasDefault && bits & SYSTEM_TRACKER) draft.root = facts.systemTrackerName;
    return resultOf(status, locale, () => draft.root);
  };
}

/**
 * Validates the name of a bucket: 3 to 63 lowercase letters, digits, `-` and `.`, starting with a letter or digit.
 * Required. The further rules of OBS are warnings, and errors with `forCreation`: no `-` or `.` at the end, no `..`, `.-`
 * or `-.`, no IP address.
 */
export const validateBucketName: (input: unknown, options?: BucketNameOptions) => Validation<string> =
  /* @__PURE__ */ oneField('bucketName');
/** Validates the prefix of trace files: at most 64 letters, digits, `-`, `_` and `.`. It may be absent or empty. */
export const validateFilePrefixName: (input: unknown, options?: ValidateOptions) => Validation<string | undefined> =
  /* @__PURE__ */ oneField('filePrefixName');
/**
 * Validates the name of a tracker. The name of a data tracker is required: 1 to 32 letters, digits, `-` and `_`, starting
 * with a letter or digit, but not `system` or `system-trace`. With `trackerType: 'system'` only `system` is valid, and it
 * is the default.
 */
export const validateTrackerName: (input: unknown, options?: TrackerNameOptions) => Validation<string> =
  /* @__PURE__ */ oneField('trackerName');
/**
 * Validates the ID of a KMS key. A format other than 8-4-4-4-12 lowercase letters and digits is a warning. With
 * `encrypted: true` the key is required; with `encrypted: false` a key is a warning.
 */
export const validateKmsId: (input: unknown, options?: KmsIdOptions) => Validation<string | undefined> =
  /* @__PURE__ */ oneField('kmsId');
/** Validates how long trace files are kept, in days: 30, 60, 90, 180 or 1095, as a number. It may be absent. */
export const validateBucketLifecycle: (
  input: unknown,
  options?: ValidateOptions,
) => Validation<30 | 60 | 90 | 180 | 1095 | undefined> = /* @__PURE__ */ oneField('bucketLifecycle');
/** Validates the compression of trace files: `gzip`, or `json` for none, in lowercase. It may be absent. */
export const validateCompressType: (
  input: unknown,
  options?: ValidateOptions,
) => Validation<'gzip' | 'json' | undefined> = /* @__PURE__ */ oneField('compressType');
/** Validates the region of a bucket, such as `cn-north-4`. Required. An unusual format is a warning. */
export const validateBucketLocation: (input: unknown, options?: ValidateOptions) => Validation<string> =
  /* @__PURE__ */ oneField('bucketLocation');
/** Validates the ID of a project: 1 to 64 letters, digits, `-` and `_`. Required. Another length than 32 is a warning. */
export const validateProjectId: (input: unknown, options?: ValidateOptions) => Validation<string> =
  /* @__PURE__ */ oneField('projectId');
/** Validates the ID of an account: 1 to 64 letters, digits, `-` and `_`. Required. Another length than 32 is a warning. */
export const validateDomainId: (input: unknown, options?: ValidateOptions) => Validation<string> =
  /* @__PURE__ */ oneField('domainId');

export interface FieldState {
  /** Whether the field has an effect with the current values. */
  readonly applies: boolean;
  readonly required: boolean;
  /** Why the field does not apply. */
  readonly reason?: IssueCode;
}

/** For a partly filled form: which fields of CreateTracker apply, and which are required. */
export function fieldState(draft: unknown): Readonly<Record<string, FieldState>> {
  open(
    submit(readRequest(CREATE_TRACKER, byNames(draft), true), (wasm: Wasm, tags: number, strings: number) =>
      wasm.field_state(tags, strings),
    ),
  );
  const states: Record<string, FieldState> = {};
  for (const path of facts.fieldStatePaths) {
    const bits = next();
    const required = (bits & 1) === 1;
    states[path] =
      bits > 1
        ? { applies: false, required, reason: facts.codes[(bits >> 1) - 1] as IssueCode }
        : { applies: true, required };
  }
  return states;
}
