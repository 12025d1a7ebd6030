// The public surface of `cts-tracker` and `cts-tracker/slim`.
import { facts } from '../generated/facts.js';

export const { version } = facts;

export { createCtsClient } from '../client/client.js';
export { CtsError, isCtsError } from '../client/error.js';
// First, so that in a bundle the texts stand apart from the code, which compresses better.
export { errorCodes } from '../client/error-codes.js';
export { preflight } from '../client/preflight.js';
export { constraintsFor, limits, toFieldErrors, toNestedErrors } from '../forms/constraints.js';
export * from '../forms/schemas.js';
export { withOptions } from '../forms/standard-schema.js';
export { formatIssue } from '../messages/messages.js';
export { createNdjsonValidator, validateNdjson } from '../validation/ndjson.js';
export { formatPath } from '../validation/paths.js';
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
export { warmup } from '../wasm/browser.js';
