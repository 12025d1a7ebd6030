// The public surface of `cts-tracker` and `cts-tracker/slim`.
import { facts } from '../generated/facts.js';

export const { version } = facts;

// First, so that in a bundle the texts stand apart from the code, which compresses better.
export { errorCodes } from './error-codes.js';
export { createCtsClient } from './client.js';
export { warmup } from './engine.js';
export { CtsError, isCtsError } from './error.js';
export { constraintsFor, limits, toFieldErrors, toNestedErrors } from './forms.js';
export { formatIssue } from './messages.js';
export { createNdjsonValidator, validateNdjson } from './ndjson.js';
export { formatPath } from './paths.js';
export { preflight } from './preflight.js';
export { withOptions } from './schema.js';
export * from './schemas.js';
export {
  fieldState,
  validateBucketLifecycle,
  validateBucketLocation,
  validateBucketName,
  validateCheckObsBuckets,
  validateCompressType,
  validateCreateTracker,
  validateDomainId,
  validateFilePrefixName,
  validateKmsId,
  validateProjectId,
  validateTrackerName,
} from './validate.js';
