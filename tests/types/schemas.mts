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
  emptyTrackerForm,
  filePrefixNameSchema,
  kmsIdSchema,
  projectIdSchema,
  pruneDraft,
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

// The values of a form, as typed by libraries: each control has a value that the library can read without a check.
const form: CreateTrackerForm = emptyTrackerForm('data');
same<CreateTrackerForm['tracker_type'], string>(true);
form.tracker_name.length satisfies number;
same<CreateTrackerForm['is_lts_enabled'], boolean>(true);
same<CreateTrackerForm['obs_info']['bucket_lifecycle'], string | number>(true);
same<CreateTrackerForm['data_bucket']['data_event'], string[]>(true);
form.obs_info.bucket_name = 'x';
form.data_bucket.data_event.push('READ');
const written: CreateTrackerForm = { ...emptyTrackerForm(), tracker_type: 'data', is_support_validate: true };
const buckets: CheckObsBucketsForm = {
  buckets: [{ bucket_name: '', bucket_location: '', kms_id: '', is_support_trace_files_encryption: false }],
};
// @ts-expect-error a box is not any string
const ticked: CreateTrackerForm = { ...form, agency_name: true };
// @ts-expect-error a misspelt control
const misspelt: CreateTrackerForm = { ...form, traker_type: 'data' };
// @ts-expect-error no such type
emptyTrackerForm('System');
const shown = pruneDraft(form);
same<typeof shown.kms_id, string | undefined>(true);
shown.obs_info?.bucket_name?.length;
same<ReturnType<typeof pruneDraft<unknown>>, unknown>(true);
withOptions(createTrackerFormSchema, { prune: true, locale: zhCN });

// With the names of controls as keys.
const flat: CreateTrackerFlatForm = {
  tracker_type: 'data',
  'obs_info.bucket_name': 'x',
  'obs_info.is_obs_created': 'on',
  'data_bucket.data_event': ['READ'],
  'management_event_selector.exclude_service': 'KMS',
  'obs_info.bucket_lifecycle': '30',
  agency_name: false,
  kms_id: null,
};
const flatBuckets: CheckObsBucketsFlatForm = {
  'buckets.0.bucket_name': 'x',
  'buckets.1.is_support_trace_files_encryption': 'on',
};
const shownFlat = pruneDraft(flat);
same<(typeof shownFlat)['obs_info.is_obs_created'], string | boolean | null | undefined>(true);
same<(typeof shownFlat)['data_bucket.data_event'], CreateTrackerFlatForm['data_bucket.data_event']>(true);
// @ts-expect-error a misspelt control
const misspeltFlat: CreateTrackerFlatForm = { 'obs_info.buket_name': 'x' };
// @ts-expect-error no index of a bucket
const misspeltBuckets: CheckObsBucketsFlatForm = { 'buckets.bucket_name': 'x' };
