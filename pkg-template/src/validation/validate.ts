// The validators: encode the value, call the wasm once, build the result.

import { Status } from '#glue-validators';
import { checkObsBuckets, createTracker } from '../generated/encode.js';
import { oneField as fieldNames, systemTrackerName } from '../generated/metadata.js';
import type { Locale } from '../messages/locale.js';
import { putInteger, putString } from './encoder.js';
import type { Validation } from './issue.js';
import { openResults, readIssues } from './issues.js';
import { type Codec, callWith, callWithNormalized, type Wasm } from './memory.js';
import type { Normalized } from './normalize.js';
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
import type { CheckObsBucketsRequestBody, CreateTrackerRequestBody } from './wire.js';

const NONE: readonly never[] = /* @__PURE__ */ Object.freeze([]);

function resultOf<T>(status: Status, value: T, locale: Locale | undefined): Validation<T> {
  if (status === Status.Ok) return { value, warnings: NONE };
  openResults();
  const issues = readIssues(locale);
  const warnings = readIssues(locale);
  return isNotEmpty(issues) ? { issues, warnings } : { value, warnings };
}

const isNotEmpty = <T>(list: readonly T[]): list is readonly [T, ...T[]] => list.length > 0;

/**
 * Validates the body of CreateTracker: each field, and the rules between fields. Never throws, whatever the input is. All
 * issues are reported at once, in the order of the API reference. `value` has only the documented fields, and the name of
 * the management tracker if it was left out: `const { value, issues, warnings } = validateCreateTracker(body)`.
 */
export function validateCreateTracker(input: unknown, options?: ValidateOptions): Validation<CreateTrackerRequestBody> {
  const locale = localeOf(options);
  const { status, value } = callWith(input, createTracker, callCreateTracker);
  return resultOf(status, withDefaultName(value), locale);
}

/** The same for a value that is normalized. */
export function validateNormalizedTracker(
  normalized: Normalized,
  options?: ValidateOptions,
): Validation<CreateTrackerRequestBody> {
  const locale = localeOf(options);
  const { status, value } = callWithNormalized(normalized, createTracker, callCreateTracker);
  return resultOf(status, withDefaultName(value), locale);
}

const callCreateTracker = (wasm: Wasm, textLength: number): Status => wasm.validate_create_tracker(textLength);

/** A valid request without a name is one of the management tracker, whose name is fixed. */
function withDefaultName(value: CreateTrackerRequestBody): CreateTrackerRequestBody {
  if (value?.tracker_type !== 'system' || Object.hasOwn(value, 'tracker_name')) return value;
  const { tracker_type, ...rest }: Partial<CreateTrackerRequestBody> = value;
  return { tracker_type, tracker_name: systemTrackerName, ...rest } as CreateTrackerRequestBody;
}

/**
 * Validates the body of CheckObsBuckets: each bucket, and whether one is repeated. Never throws, whatever the input is. An
 * empty list is a warning. More than 1,000,000 buckets are an error, and are not read.
 */
export function validateCheckObsBuckets(
  input: unknown,
  options?: ValidateOptions,
): Validation<CheckObsBucketsRequestBody> {
  const locale = localeOf(options);
  const { status, value } = callWith(input, checkObsBuckets, callCheckObsBuckets);
  return resultOf(status, value, locale);
}

/** The same for a value that is normalized. */
export function validateNormalizedBuckets(
  normalized: Normalized,
  options?: ValidateOptions,
): Validation<CheckObsBucketsRequestBody> {
  const locale = localeOf(options);
  const { status, value } = callWithNormalized(normalized, checkObsBuckets, callCheckObsBuckets);
  return resultOf(status, value, locale);
}

const callCheckObsBuckets = (wasm: Wasm, textLength: number): Status => wasm.validate_check_obs_buckets(textLength);

const STRING: Codec<string> = { put: putString, type: 'string', size: 0 };
const INTEGER: Codec<number> = { put: putInteger, type: 'integer', size: 0 };

function oneField<T, Options extends FieldOptions = ValidateOptions>(
  name: (typeof fieldNames)[number],
): (input: unknown, options?: Options) => Validation<T> {
  const field = fieldNames.indexOf(name);
  const codec = (name === 'bucketLifecycle' ? INTEGER : STRING) as Codec<T>;
  const hasDefault = name === 'trackerName';
  const callWithBits =
    (bits: number) =>
    (wasm: Wasm, length: number): Status =>
      wasm.validate_field(length, field, bits);
  // A new function for each call would take 7 % of its time.
  const callWithDefaults = callWithBits(0);
  return (input, options) => {
    const bits = fieldOptions(options);
    const locale = localeOf(options);
    const { status, value } = callWith(input, codec, bits === 0 ? callWithDefaults : callWithBits(bits));
    const isDefault = value === undefined && hasDefault && (bits & SYSTEM_TRACKER) !== 0;
    return resultOf(status, isDefault ? (systemTrackerName as T) : value, locale);
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
