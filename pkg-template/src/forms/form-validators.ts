// The validators of forms: coerce the values of the controls, then validate the request.
import { checkObsBuckets, createTracker } from '../generated/encode.js';
import type { Validation } from '../validation/issue.js';
import type { ValidateOptions } from '../validation/options.js';
import { validateNormalizedBuckets, validateNormalizedTracker } from '../validation/validate.js';
import type { CheckObsBucketsRequestBody, CreateTrackerRequestBody } from '../validation/wire.js';
import { formValues } from './form-values.js';

/** Validates the values of HTML controls: '' is absent, '30' is 30, 'on' is true. `value` is the body of the request. */
export function validateCreateTrackerForm(
  draft: unknown,
  options?: ValidateOptions,
): Validation<CreateTrackerRequestBody> {
  return validateNormalizedTracker(formValues(draft, createTracker.type), options);
}

/** Validates the values of HTML controls: '' is absent, 'on' is true. `value` is the body of the request. */
export function validateCheckObsBucketsForm(
  draft: unknown,
  options?: ValidateOptions,
): Validation<CheckObsBucketsRequestBody> {
  return validateNormalizedBuckets(formValues(draft, checkObsBuckets.type), options);
}
