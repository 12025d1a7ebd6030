import { limits } from './forms.js';
import {
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
} from './validate.js';
import { facts } from '../generated/facts.js';
