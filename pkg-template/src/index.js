// The public surface of `cts-tracker` and `cts-tracker/slim`.
import { facts } from '../generated/facts.js';

export const { version, limits } = facts;

export { warmup } from './engine.js';
export { CtsError, isCtsError } from './error.js';
export { createNdjsonValidator, validateNdjson } from './ndjson.js';
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
