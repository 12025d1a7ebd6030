// The public surface of `cts-tracker` and `cts-tracker/slim`.
import { facts } from '../generated/facts.js';

export const { version } = facts;

// First, so that in a bundle the texts stand apart from the code, which compresses better.
export { errorCodes } from '../client/error-codes.js';
export { createCtsClient } from '../client/client.js';
export { warmup } from '../wasm/browser.js';
export { CtsError, isCtsError } from '../client/error.js';
export { constraintsFor, limits, toFieldErrors, toNestedErrors } from '../forms/constraints.js';
export { formatIssue } from '../messages/messages.js';
export { createNdjsonValidator, validateNdjson } from '../validation/ndjson.js';
export { formatPath } from '../validation/paths.js';
export { preflight } from '../client/preflight.js';
export { withOptions } from '../forms/standard-schema.js';
export * from '../forms/schemas.js';
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
} from '../validation/validate.js';
