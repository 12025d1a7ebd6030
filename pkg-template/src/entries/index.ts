// The public surface of `cts-tracker` and `cts-tracker/slim`.

export { createCtsClient } from '../client/client.js';
export { CtsError, type CtsErrorKind, isCtsError, type ProxyProblemCode } from '../client/error.js';
export { type ErrorCodeInfo, errorCodes } from '../client/error-codes.js';
export { formatError } from '../client/failure.js';
export { preflight } from '../client/preflight.js';
export { resolveCreation } from '../client/resolve.js';
export type {
  CallOptions,
  CheckBucketsOptions,
  CheckedBucket,
  CheckObsBucketsCallOptions,
  CheckProgress,
  ClientEvent,
  ClientOptions,
  CreateTrackerCallOptions,
  Creation,
  CreationDifference,
  CreationResolution,
  CtsClient,
  ListTrackersCallOptions,
  PreflightOptions,
  PreflightReport,
  ResolveCreationOptions,
  RetryOptions,
} from '../client/types.js';
export { emptyTrackerForm } from '../forms/empty-form.js';
export { type FieldMessage, type NestedErrors, toFieldErrors, toNestedErrors } from '../forms/field-errors.js';
export { fieldLabel } from '../forms/field-label.js';
export type { FieldPath } from '../forms/field-paths.js';
export { type FieldState, type FieldStates, fieldState } from '../forms/field-state.js';
export type {
  CheckObsBucketsFlatForm,
  CheckObsBucketsForm,
  CreateTrackerFlatForm,
  CreateTrackerForm,
} from '../forms/form-types.js';
export { type FormOptions, validateCheckObsBucketsForm, validateCreateTrackerForm } from '../forms/form-validators.js';
export { type Constraints, constraintsFor, type Limits, limits } from '../forms/limits.js';
export { type Pruned, pruneDraft } from '../forms/prune.js';
export * from '../forms/schemas.js';
export { type JsonSchemaOptions, type Schema, type SchemaOptions, withOptions } from '../forms/standard-schema.js';
export { version } from '../generated/metadata.js';
export { type CreateTrackerPath, createTrackerPaths } from '../generated/names.js';
export {
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
export { en } from '../messages/en.js';
export { type FormattableIssue, formatIssue } from '../messages/format-issue.js';
export type { Locale } from '../messages/locale.js';
export { formatServiceCode } from '../messages/service-codes.js';
export { zhCN } from '../messages/zh-CN.js';
export type {
  Issue,
  IssueCode,
  IssueOf,
  IssueParams,
  ServiceCode,
  Severity,
  Validation,
} from '../validation/issue.js';
export {
  createNdjsonValidator,
  type NdjsonLine,
  type NdjsonOptions,
  type NdjsonReport,
  type NdjsonValidator,
  type RequestKind as NdjsonKind,
  validateNdjson,
} from '../validation/ndjson.js';
export type {
  BucketNameOptions,
  KmsIdOptions,
  TrackerNameOptions,
  ValidateOptions,
} from '../validation/options.js';
export { formatPath, type PathStyle } from '../validation/paths.js';
export { validateCheckObsBuckets, validateCreateTracker } from '../validation/validate.js';
export type {
  Bucket,
  CheckBucketInput,
  CheckBucketRequest,
  CheckBucketResponse,
  CheckObsBucketsInput,
  CheckObsBucketsRequestBody,
  CheckObsBucketsResponse,
  CreateTrackerInput,
  CreateTrackerRequestBody,
  CreateTrackerResponse,
  DataBucket,
  DataBucketQuery,
  DataTracker,
  Lts,
  ManagementEventSelector,
  ObsInfo,
  SystemTracker,
  Tracker,
  TrackerObsInfo,
} from '../validation/wire.js';
export { warmup } from '../wasm/browser.js';
