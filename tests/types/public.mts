// The public types, as a host meets them. Compiled, never run; `@ts-expect-error` marks what must not compile.
import {
  createCtsClient,
  createNdjsonValidator,
  constraintsFor,
  CtsError,
  errorCodes,
  fieldState,
  formatIssue,
  formatPath,
  isCtsError,
  limits,
  preflight,
  toFieldErrors,
  toNestedErrors,
  validateBucketLifecycle,
  validateBucketLocation,
  validateBucketName,
  validateCheckObsBuckets,
  validateCompressType,
  validateCreateTracker,
  validateDomainId,
  validateFilePrefixName,
  validateKmsId,
  validateNdjson,
  validateProjectId,
  validateTrackerName,
  version,
  warmup,
} from 'cts-tracker';
import type {
  Bucket,
  Catalogue,
  CheckBucketRequest,
  CheckBucketResponse,
  CheckedBucket,
  CheckObsBucketsRequestBody,
  CheckObsBucketsResponse,
  CreateTrackerInput,
  Constraints,
  CreateTrackerPath,
  CreateTrackerRequestBody,
  CreateTrackerResponse,
  CtsClient,
  CtsErrorKind,
  DataBucket,
  DataBucketQuery,
  DataTracker,
  FieldState,
  Issue,
  IssueCode,
  Lts,
  ManagementEventSelector,
  NdjsonLine,
  NdjsonReport,
  ObsInfo,
  PreflightReport,
  SystemTracker,
  TrackerObsInfo,
  Validation,
} from 'cts-tracker';

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
declare function same<A, B>(yes: Same<A, B>): void;
declare function never(value: never): void;
declare const input: unknown;

// The two trackers part on tracker_type.
declare const body: CreateTrackerRequestBody;
if (body.tracker_type === 'data') {
  same<typeof body, DataTracker>(true);
  same<typeof body.data_bucket, DataBucket>(true);
  same<typeof body.tracker_name, string>(true);
} else {
  same<typeof body, SystemTracker>(true);
  same<typeof body.tracker_name, 'system'>(true);
  // @ts-expect-error a management tracker tracks no bucket
  body.data_bucket.data_event;
}
switch (body.tracker_type) {
  case 'system':
  case 'data':
    break;
  default:
    never(body);
}

// A validated one always has its name; one that is written may go without.
const trackerName: string = body.tracker_name;
body satisfies CreateTrackerInput;
declare const written: CreateTrackerInput;
// @ts-expect-error
const writtenName: string = written.tracker_name;

// What may be written down, and what may not.
const management: CreateTrackerInput = { tracker_type: 'system' };
const data: CreateTrackerRequestBody = {
  tracker_type: 'data',
  tracker_name: 'name',
  obs_info: { bucket_name: 'bucket', bucket_lifecycle: 30, compress_type: 'gzip', is_obs_created: false },
  data_bucket: { data_bucket_name: 'other', data_event: ['READ', 'WRITE'] },
  agency_name: 'cts_admin_trust',
};
// @ts-expect-error a data tracker needs a bucket to track
const noBucket: CreateTrackerRequestBody = { tracker_type: 'data', tracker_name: 'name' };
// @ts-expect-error and a name
const noName: CreateTrackerRequestBody = { tracker_type: 'data', data_bucket: { data_bucket_name: 'b', data_event: ['READ'] } };
// @ts-expect-error a management tracker has none of its own
const named: CreateTrackerInput = { tracker_type: 'system', tracker_name: 'mine' };
// @ts-expect-error nor a bucket to track
const tracking: CreateTrackerInput = { tracker_type: 'system', data_bucket: { data_bucket_name: 'b', data_event: [] } };
// @ts-expect-error no such type
const other: CreateTrackerInput = { tracker_type: 'other' };
// @ts-expect-error no such period
const forever: TrackerObsInfo = { bucket_lifecycle: 0 };
// @ts-expect-error the wire's words are in lowercase
const zipped: TrackerObsInfo = { compress_type: 'GZIP' };
// @ts-expect-error no such event
const deleted: DataBucket = { data_bucket_name: 'b', data_event: ['DELETE'] };
// @ts-expect-error a misspelt field
const misspelt: CreateTrackerInput = { tracker_type: 'system', aegncy_name: 'cts_admin_trust' };
const selector: ManagementEventSelector = { exclude_service: ['KMS'] };
const check: CheckObsBucketsRequestBody = { buckets: [{ bucket_name: 'b', bucket_location: 'cn-north-4' }] };
// @ts-expect-error the region is missing
const nowhere: CheckBucketRequest = { bucket_name: 'b' };

// A validation is told apart by its issues.
const judged = validateCreateTracker(input, { locale: 'zh-CN' });
same<typeof judged, Validation<CreateTrackerRequestBody>>(true);
if (judged.issues) {
  same<(typeof judged.issues)[0], Issue>(true);
  same<typeof judged.value, undefined>(true);
} else {
  same<typeof judged.value, CreateTrackerRequestBody>(true);
  same<typeof judged.issues, undefined>(true);
}
same<typeof judged.warnings, readonly Issue[]>(true);
// @ts-expect-error not before the issues were looked at
judged.value.tracker_type;
// @ts-expect-error no such locale
validateCreateTracker(input, { locale: 'fr' });

declare function value<T>(validation: Validation<T>): T;
same<ReturnType<typeof validateCheckObsBuckets>, Validation<CheckObsBucketsRequestBody>>(true);
const name: string = value(validateBucketName(input, { forCreation: true }));
const prefix: string | undefined = value(validateFilePrefixName(input));
const tracker: string = value(validateTrackerName(input, { trackerType: 'system' }));
const key: string | undefined = value(validateKmsId(input, { encrypted: true }));
const days: number | undefined = value(validateBucketLifecycle(input));
const compression: 'gzip' | 'json' | undefined = value(validateCompressType(input));
const region: string = value(validateBucketLocation(input));
const ids: [string, string] = [value(validateProjectId(input)), value(validateDomainId(input))];
// @ts-expect-error it may be absent
const sure: string = value(validateFilePrefixName(input));

// An issue cannot be changed.
declare const issue: Issue;
// @ts-expect-error read-only
issue.message = '';
// @ts-expect-error read-only
issue.path.push('x');
const code: IssueCode = issue.code;
// @ts-expect-error the list of codes is closed
issue.code === 'to_short';

// For forms.
const texts: Catalogue = { too_short: 'x {min}', 'too_short:bucket_name': 'y', phrases: { space: 'blank' } };
// @ts-expect-error no such code
const wrongTexts: Catalogue = { to_short: 'x' };
const message: string = formatIssue(issue, texts) + formatIssue(issue, 'en') + formatIssue(issue);
const path: string = formatPath(issue.path, 'bracket') + formatPath(['buckets', 0]);
// @ts-expect-error no such style
formatPath([], 'xpath');
const byField: Record<string, string[]> = toFieldErrors(judged.issues, { style: 'pointer' });
const nested = toNestedErrors(judged.issues);
same<typeof byField[string], string[]>(true);
const max: number = limits.bucketName.max;
const periods: readonly number[] = limits.bucketLifecycle.values;
// @ts-expect-error a key ID has no lengths of its own
limits.kmsId.max;
const constraints: Constraints = constraintsFor(['buckets', 0, 'bucket_name']);
constraintsFor('obs_info.bucket_name').pattern?.length;
const states: Readonly<Record<CreateTrackerPath, FieldState>> = fieldState({ tracker_type: 'data' });
states['obs_info.bucket_name'].required satisfies boolean;
// @ts-expect-error no such field
states['obs_info.bucket'];

// Many at once.
const report: NdjsonReport = validateNdjson('createTracker', new Uint8Array());
validateNdjson('checkBucket', '{}\n');
// @ts-expect-error no such kind
validateNdjson('tracker', '');
const lines: NdjsonLine[] = createNdjsonValidator('checkBucket').push(new Uint8Array());
report.bad satisfies NdjsonLine[];

// The client.
const client: CtsClient = createCtsClient({ baseUrl: 'http://127.0.0.1:8787/api/', projectId: 'p', timeoutMs: 1000 });
createCtsClient({
  baseUrl: '/api',
  onEvent(event) {
    if (event.type === 'failure') event.kind satisfies CtsErrorKind;
    // @ts-expect-error not of every event
    event.kind;
  },
});
// @ts-expect-error the base URL is needed
createCtsClient({});
async function calls(): Promise<void> {
  const created = await client.createTracker(data, { timeoutMs: 1, projectId: 'p' });
  same<typeof created, CreateTrackerResponse>(true);
  // Answers may hold words that are not known yet.
  if (created.status === 'a word from the future') return;
  created.obs_info satisfies ObsInfo | undefined;
  created.lts satisfies Lts | undefined;
  created.data_bucket satisfies DataBucketQuery | undefined;
  const checked = await client.checkObsBuckets(check, { domainId: 'd' });
  same<typeof checked, CheckObsBucketsResponse>(true);
  checked.buckets?.[0] satisfies Bucket | undefined;
  checked.buckets?.[0]?.check_bucket_response satisfies CheckBucketResponse | undefined;
  const many: CheckedBucket[] = await client.checkBuckets(new Set<CheckBucketRequest>(), { concurrency: 2 });
  for (const { result, error } of many) {
    if (error) same<typeof result, undefined>(true);
    else same<typeof result, Bucket>(true);
  }
  // @ts-expect-error a body that cannot be valid
  await client.createTracker({ tracker_type: 'data' });
  const before: PreflightReport = await preflight(client, management, { bucketLocation: 'cn-north-4' });
  await warmup();
}
const caught: unknown = input;
if (isCtsError(caught)) {
  same<typeof caught, CtsError>(true);
  const kind: CtsErrorKind = caught.kind;
  if (caught.sent === 'unknown') caught.attempts satisfies number;
  // @ts-expect-error no such kind
  caught.kind === 'oops';
  JSON.stringify(caught.toJSON());
}
// @ts-expect-error errors are made by the package
new CtsError('x');
const meaning: string | undefined = errorCodes['CTS.0231']?.meaning['zh-CN'];
const text: string = version;
