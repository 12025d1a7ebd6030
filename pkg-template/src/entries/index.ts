// The public surface of `cts-tracker` and `cts-tracker/slim`.
import { facts } from '../generated/facts.js';

export const { version } = facts;

export { createCtsClient } from '../client/client.js';
export { CtsError, isCtsError } from '../client/error.js';
export { errorCodes } from '../client/error-codes.js';
export { preflight } from '../client/preflight.js';
export { constraintsFor, limits, toFieldErrors, toNestedErrors } from '../forms/constraints.js';
export * from '../forms/schemas.js';
export { withOptions } from '../forms/standard-schema.js';
export { en } from '../messages/en.js';
export { formatIssue } from '../messages/format-issue.js';
export { formatServiceCode } from '../messages/service-codes.js';
export { zhCN } from '../messages/zh-CN.js';
export { createNdjsonValidator, validateNdjson } from '../validation/ndjson.js';
export { formatPath } from '../validation/paths.js';
export {
  fieldState,
  validateBucketLifecycle,
  validateBucketLocation,
  validateBucketName,
  validateCheckObsBuckets,
  validateCheckObsBucketsForm,
  validateCompressType,
  validateCreateTracker,
  validateCreateTrackerForm,
  validateDomainId,
  validateFilePrefixName,
  validateKmsId,
  validateProjectId,
  validateTrackerName,
} from '../validation/validate.js';
export { warmup } from '../wasm/browser.js';
