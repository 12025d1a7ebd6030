// The schemas have the types of the Standard Schema specification.
import type { StandardJSONSchemaV1, StandardSchemaV1 } from '@standard-schema/spec';
import type {
  CheckObsBucketsFlatForm,
  CheckObsBucketsForm,
  CheckObsBucketsInput,
  CheckObsBucketsRequestBody,
  CreateTrackerFlatForm,
  CreateTrackerForm,
  CreateTrackerInput,
  CreateTrackerRequestBody,
  Issue,
} from 'cts-tracker';
import {
  bucketLifecycleSchema,
  bucketLocationSchema,
  bucketNameSchema,
  checkObsBucketsFormSchema,
  checkObsBucketsSchema,
  compressTypeSchema,
  createTrackerFormSchema,
  createTrackerSchema,
  domainIdSchema,
  filePrefixNameSchema,
  kmsIdSchema,
  projectIdSchema,
  trackerNameSchema,
  withOptions,
  zhCN,
} from 'cts-tracker';

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
declare function same<A, B>(yes: Same<A, B>): void;
type Out<S extends StandardSchemaV1> = StandardSchemaV1.InferOutput<S>;
type In<S extends StandardSchemaV1> = StandardSchemaV1.InferInput<S>;

same<Out<typeof createTrackerSchema>, CreateTrackerRequestBody>(true);
same<Out<typeof createTrackerFormSchema>, CreateTrackerRequestBody>(true);
// Libraries derive the fields of a form from the input type, so it has no FormData and no flat names.
same<In<typeof createTrackerFormSchema>, CreateTrackerForm>(true);
same<In<typeof checkObsBucketsFormSchema>, CheckObsBucketsForm>(true);
same<In<typeof createTrackerSchema>, CreateTrackerInput>(true);
same<In<typeof checkObsBucketsSchema>, CheckObsBucketsInput>(true);
same<Out<typeof checkObsBucketsSchema>, CheckObsBucketsRequestBody>(true);
same<Out<typeof checkObsBucketsFormSchema>, CheckObsBucketsRequestBody>(true);
same<Out<typeof bucketNameSchema>, string>(true);
same<Out<typeof compressTypeSchema>, 'gzip' | 'json' | undefined>(true);
same<Out<typeof bucketLifecycleSchema>, 30 | 60 | 90 | 180 | 1095 | undefined>(true);
same<StandardJSONSchemaV1.InferOutput<typeof kmsIdSchema>, string | undefined>(true);

const all = {
  createTrackerSchema,
  checkObsBucketsSchema,
  createTrackerFormSchema,
  checkObsBucketsFormSchema,
  bucketNameSchema,
  filePrefixNameSchema,
  trackerNameSchema,
  kmsIdSchema,
  bucketLifecycleSchema,
  compressTypeSchema,
  bucketLocationSchema,
  projectIdSchema,
  domainIdSchema,
} satisfies Record<string, StandardSchemaV1 & StandardJSONSchemaV1>;

// Synchronous, with complete issues of the package.
const result = createTrackerSchema['~standard'].validate({}, { libraryOptions: { locale: zhCN } });
if (result.issues) result.issues satisfies readonly Issue[];
else result.value satisfies CreateTrackerRequestBody;

const chinese = withOptions(bucketNameSchema, { locale: zhCN, forCreation: true });
same<typeof chinese, typeof bucketNameSchema>(true);
// @ts-expect-error no such option
withOptions(bucketNameSchema, { language: 'en' });
// @ts-expect-error not a schema of the package
withOptions({}, {});
// @ts-expect-error frozen
createTrackerSchema['~standard'].vendor = 'x';
createTrackerSchema['~standard'].jsonSchema.input({ target: 'draft-2020-12' }) satisfies Record<string, unknown>;

// The values of a form, as typed by libraries.
const form: CreateTrackerForm = {
  tracker_type: 'data',
  tracker_name: '',
  is_lts_enabled: 'on',
  is_support_validate: true,
  obs_info: { bucket_lifecycle: '30', bucket_name: null },
  data_bucket: { data_event: 'READ' },
};
// React Hook Form has false for unchecked boxes.
const unticked: CreateTrackerForm = {
  tracker_type: false,
  is_lts_enabled: false,
  management_event_selector: { exclude_service: false },
  obs_info: { compress_type: false, bucket_lifecycle: false },
  data_bucket: { data_event: [false, 'READ'] },
  agency_name: false,
};
const uncheckedBuckets: CheckObsBucketsForm = {
  buckets: [{ kms_id: false, is_support_trace_files_encryption: false }],
};
// @ts-expect-error a checked box is not any string
const ticked: CreateTrackerForm = { agency_name: true };
// @ts-expect-error a misspelt control
const misspelt: CreateTrackerForm = { traker_type: 'data' };

// With the names of controls as keys.
const flat: CreateTrackerFlatForm = {
  tracker_type: 'data',
  'obs_info.bucket_name': 'x',
  'obs_info.is_obs_created': 'on',
  'data_bucket.data_event': ['READ'],
  'management_event_selector.exclude_service': 'KMS',
};
const flatBuckets: CheckObsBucketsFlatForm = {
  'buckets.0.bucket_name': 'x',
  'buckets.1.is_support_trace_files_encryption': 'on',
};
// @ts-expect-error a misspelt control
const misspeltFlat: CreateTrackerFlatForm = { 'obs_info.buket_name': 'x' };
// @ts-expect-error no index of a bucket
const misspeltBuckets: CheckObsBucketsFlatForm = { 'buckets.bucket_name': 'x' };
