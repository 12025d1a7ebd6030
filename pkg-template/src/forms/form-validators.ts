// The validators of forms: coerce the values of the controls, then validate the request.
import { checkObsBuckets, createTracker } from '../generated/encode.js';
import { booleanOption, objectOption } from '../options.js';
import type { Validation } from '../validation/issue.js';
import { readPlain } from '../validation/normalize.js';
import type { ValidateOptions } from '../validation/options.js';
import { validateNormalizedBuckets, validateNormalizedTracker } from '../validation/validate.js';
import type { CheckObsBucketsRequestBody, CreateTrackerRequestBody } from '../validation/wire.js';
import { formValues } from './form-values.js';
import { prunedValues } from './prune.js';

export interface FormOptions extends ValidateOptions {
  /** Ignore fields that do not apply, as `pruneDraft` does. Default: false. */
  readonly prune?: boolean | undefined;
}

/**
 * Validates the values of a form: '' is absent, '30' is 30, 'on' is true. `value` is the body of the request. Warnings are
 * reported beside errors too.
 */
export function validateCreateTrackerForm(draft: unknown, options?: FormOptions): Validation<CreateTrackerRequestBody> {
  const isPruned = booleanOption(objectOption(options).prune, 'prune');
  // Pruning reads the controls, which may throw.
  const values = isPruned ? readPlain(() => prunedValues(readPlain(() => draft, '')), '') : draft;
  return validateNormalizedTracker(formValues(values, createTracker.type), options);
}

/** Validates the values of HTML controls: '' is absent, 'on' is true. `value` is the body of the request. */
export function validateCheckObsBucketsForm(
  draft: unknown,
  options?: ValidateOptions,
): Validation<CheckObsBucketsRequestBody> {
  return validateNormalizedBuckets(formValues(draft, checkObsBuckets.type), options);
}
