// The validators: encode the value, call the wasm once at most, build the result.

import { Status } from '#glue-validators';
import { checkObsBuckets, createTracker } from '../generated/encode.js';
import { oneField as fieldNames, systemTrackerName } from '../generated/metadata.js';
import {
  fieldNumbers,
  checkObsBuckets as ordinaryBuckets,
  createTracker as ordinaryTracker,
} from '../generated/ordinary.js';
import type { Locale } from '../messages/locale.js';
import { putInteger, putString } from './encoder.js';
import type { Validation } from './issue.js';
import { openResults, readIssues } from './issues.js';
import { type Codec, callWith, callWithNormalized, type Wasm } from './memory.js';
import type { Normalized } from './normalize.js';
import { type FieldOptions, fieldOptions, localeOf, SYSTEM_TRACKER, type ValidateOptions } from './options.js';
import { ordinaryField } from './ordinary.js';
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
  const { status, value } = callWith(input, createTracker, callCreateTracker, ordinaryTracker);
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
  const { status, value } = callWith(input, checkObsBuckets, callCheckObsBuckets, ordinaryBuckets);
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

/** A validator of a single field. */
export function oneField<T, Options extends FieldOptions = ValidateOptions>(
  name: (typeof fieldNames)[number],
): (input: unknown, options?: Options) => Validation<T> {
  const field = fieldNames.indexOf(name);
  const codec = (name === 'bucketLifecycle' ? INTEGER : STRING) as Codec<T>;
  const ordinary = ordinaryField<T>(fieldNumbers[name]);
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
    const { status, value } = callWith(
      input,
      codec,
      bits === 0 ? callWithDefaults : callWithBits(bits),
      ordinary,
      bits,
    );
    const isDefault = value === undefined && hasDefault && (bits & SYSTEM_TRACKER) !== 0;
    return resultOf(status, isDefault ? (systemTrackerName as T) : value, locale);
  };
}
