import { schemas } from '../generated/schemas.js';
import {
  validateBucketLifecycle,
  validateBucketLocation,
  validateBucketName,
  validateCompressType,
  validateDomainId,
  validateFilePrefixName,
  validateKmsId,
  validateProjectId,
  validateTrackerName,
} from '../generated/validators.js';
import { ownProperties } from '../options.js';
import { validateCheckObsBuckets, validateCreateTracker } from '../validation/validate.js';
import type {
  CheckObsBucketsInput,
  CheckObsBucketsRequestBody,
  CreateTrackerInput,
  CreateTrackerRequestBody,
  TrackerObsInfo,
} from '../validation/wire.js';
import { formInput } from './form-json-schema.js';
import type { CheckObsBucketsForm, CreateTrackerForm } from './form-types.js';
import { validateCheckObsBucketsForm, validateCreateTrackerForm } from './form-validators.js';
import { type JsonSchemas, makeSchema, type Schema, type SchemaOptions } from './standard-schema.js';

type Name = keyof typeof schemas;
type Optional<T> = T | null | undefined;

/** A value of a request: its input and its output have the same JSON Schema. */
const wire = (name: Name) => (): JsonSchemas => ({ input: schemas[name], output: schemas[name] });
/** The values of a form, and the request that they become. */
const form = (name: Name) => (): JsonSchemas => ({ input: formInput(schemas[name]), output: schemas[name] });
/** A value whose JSON Schema depends on an option. */
const variant = (choose: (options: SchemaOptions) => Name) => (options: SchemaOptions) =>
  wire(choose(ownProperties(options)))();

/** Validates a request body, as `validateCreateTracker` does. */
export const createTrackerSchema: Schema<CreateTrackerInput, CreateTrackerRequestBody> = /* @__PURE__ */ makeSchema(
  validateCreateTracker,
  /* @__PURE__ */ wire('createTracker'),
);
/** Validates a request body, as `validateCheckObsBuckets` does. */
export const checkObsBucketsSchema: Schema<CheckObsBucketsInput, CheckObsBucketsRequestBody> =
  /* @__PURE__ */ makeSchema(validateCheckObsBuckets, /* @__PURE__ */ wire('checkObsBuckets'));
/**
 * Validates the values of a form: `''` is absent, `'30'` is 30, `'on'` is true. The output is the body of the request. The
 * schema also accepts a `FormData` and a `CreateTrackerFlatForm`. Its input type does not include them, because form
 * libraries take the names of the fields from it.
 */
export const createTrackerFormSchema: Schema<CreateTrackerForm, CreateTrackerRequestBody> = /* @__PURE__ */ makeSchema(
  validateCreateTrackerForm,
  /* @__PURE__ */ form('createTracker'),
);
/** Validates the values of a form for CheckObsBuckets. It also accepts a `FormData` and a `CheckObsBucketsFlatForm`. */
export const checkObsBucketsFormSchema: Schema<CheckObsBucketsForm, CheckObsBucketsRequestBody> =
  /* @__PURE__ */ makeSchema(validateCheckObsBucketsForm, /* @__PURE__ */ form('checkObsBuckets'));

/** Validates one value, as `validateBucketName` does. */
export const bucketNameSchema: Schema<string> = /* @__PURE__ */ makeSchema(
  validateBucketName,
  /* @__PURE__ */ variant(({ forCreation }) => (forCreation ? 'createdBucketName' : 'bucketName')),
);
/** Validates one value, as `validateFilePrefixName` does. */
export const filePrefixNameSchema: Schema<Optional<string>, string | undefined> = /* @__PURE__ */ makeSchema(
  validateFilePrefixName,
  /* @__PURE__ */ wire('filePrefixName'),
);
/** Validates one value, as `validateTrackerName` does. */
export const trackerNameSchema: Schema<string> = /* @__PURE__ */ makeSchema(
  validateTrackerName,
  /* @__PURE__ */ variant(({ trackerType }) => (trackerType === 'system' ? 'systemTrackerName' : 'trackerName')),
);
/** Validates one value, as `validateKmsId` does. */
export const kmsIdSchema: Schema<Optional<string>, string | undefined> = /* @__PURE__ */ makeSchema(
  validateKmsId,
  /* @__PURE__ */ variant(({ encrypted }) => (encrypted ? 'neededKmsId' : 'kmsId')),
);
/** Validates one value, as `validateBucketLifecycle` does. */
export const bucketLifecycleSchema: Schema<
  Optional<number>,
  TrackerObsInfo['bucket_lifecycle'] | undefined
> = /* @__PURE__ */ makeSchema(validateBucketLifecycle, /* @__PURE__ */ wire('bucketLifecycle'));
/** Validates one value, as `validateCompressType` does. */
export const compressTypeSchema: Schema<
  Optional<string>,
  TrackerObsInfo['compress_type'] | undefined
> = /* @__PURE__ */ makeSchema(validateCompressType, /* @__PURE__ */ wire('compressType'));
/** Validates one value, as `validateBucketLocation` does. */
export const bucketLocationSchema: Schema<string> = /* @__PURE__ */ makeSchema(
  validateBucketLocation,
  /* @__PURE__ */ wire('bucketLocation'),
);
/** Validates one value, as `validateProjectId` does. */
export const projectIdSchema: Schema<string> = /* @__PURE__ */ makeSchema(
  validateProjectId,
  /* @__PURE__ */ wire('projectId'),
);
/** Validates one value, as `validateDomainId` does. */
export const domainIdSchema: Schema<string> = /* @__PURE__ */ makeSchema(
  validateDomainId,
  /* @__PURE__ */ wire('domainId'),
);
