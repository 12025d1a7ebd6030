import { schemas } from '../generated/schemas.js';
import * as validators from '../validation/validate.js';
import { formInput } from './form-json-schema.js';
import { makeSchema } from './standard-schema.js';

// Which schema it is by the options, where that is another one.
const VARIANTS = {
  bucketName: ({ forCreation }) => forCreation && 'createdBucketName',
  trackerName: ({ trackerType }) => trackerType === 'system' && 'systemTrackerName',
  kmsId: ({ encrypted }) => encrypted && 'neededKmsId',
};
const wire = (name) => (options) => {
  const schema = schemas[VARIANTS[name]?.(options) || name];
  return { input: schema, output: schema };
};
const form = (name) => () => ({ input: formInput(schemas[name]), output: schemas[name] });

export const createTrackerSchema = /* @__PURE__ */ makeSchema(
  validators.validateCreateTracker,
  /* @__PURE__ */ wire('createTracker'),
);
export const checkObsBucketsSchema = /* @__PURE__ */ makeSchema(
  validators.validateCheckObsBuckets,
  /* @__PURE__ */ wire('checkObsBuckets'),
);

// What HTML controls give; the output is the wire's.
export const createTrackerFormSchema = /* @__PURE__ */ makeSchema(
  validators.validateCreateTrackerForm,
  /* @__PURE__ */ form('createTracker'),
);
export const checkObsBucketsFormSchema = /* @__PURE__ */ makeSchema(
  validators.validateCheckObsBucketsForm,
  /* @__PURE__ */ form('checkObsBuckets'),
);

export const bucketNameSchema = /* @__PURE__ */ makeSchema(
  validators.validateBucketName,
  /* @__PURE__ */ wire('bucketName'),
);
export const filePrefixNameSchema = /* @__PURE__ */ makeSchema(
  validators.validateFilePrefixName,
  /* @__PURE__ */ wire('filePrefixName'),
);
export const trackerNameSchema = /* @__PURE__ */ makeSchema(
  validators.validateTrackerName,
  /* @__PURE__ */ wire('trackerName'),
);
export const kmsIdSchema = /* @__PURE__ */ makeSchema(validators.validateKmsId, /* @__PURE__ */ wire('kmsId'));
export const bucketLifecycleSchema = /* @__PURE__ */ makeSchema(
  validators.validateBucketLifecycle,
  /* @__PURE__ */ wire('bucketLifecycle'),
);
export const compressTypeSchema = /* @__PURE__ */ makeSchema(
  validators.validateCompressType,
  /* @__PURE__ */ wire('compressType'),
);
export const bucketLocationSchema = /* @__PURE__ */ makeSchema(
  validators.validateBucketLocation,
  /* @__PURE__ */ wire('bucketLocation'),
);
export const projectIdSchema = /* @__PURE__ */ makeSchema(
  validators.validateProjectId,
  /* @__PURE__ */ wire('projectId'),
);
export const domainIdSchema = /* @__PURE__ */ makeSchema(validators.validateDomainId, /* @__PURE__ */ wire('domainId'));
