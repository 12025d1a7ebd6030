// Tests of the public types. Compiled but never run; `@ts-expect-error` marks lines that must not compile.

import type {
  Bucket,
  CheckBucketInput,
  CheckBucketRequest,
  CheckBucketResponse,
  CheckedBucket,
  CheckObsBucketsInput,
  CheckObsBucketsRequestBody,
  CheckObsBucketsResponse,
  CheckProgress,
  Constraints,
  CreateTrackerInput,
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
  IssueOf,
  IssueParams,
  Locale,
  Lts,
  ManagementEventSelector,
  NdjsonLine,
  NdjsonReport,
  ObsInfo,
  PreflightReport,
  ServiceCode,
  Severity,
  SystemTracker,
  TrackerObsInfo,
  Validation,
} from 'cts-tracker';
import {
  bucketNameSchema,
  CtsError,
  checkObsBucketsFormSchema,
  constraintsFor,
  createCtsClient,
  createNdjsonValidator,
  createTrackerFormSchema,
  en,
  errorCodes,
  fieldLabel,
  fieldState,
  formatError,
  formatIssue,
  formatPath,
  formatServiceCode,
  isCtsError,
  limits,
  preflight,
  toFieldErrors,
  toNestedErrors,
  validateBucketLifecycle,
  validateBucketLocation,
  validateBucketName,
  type validateCheckObsBuckets,
  validateCompressType,
  validateCreateTracker,
  validateCreateTrackerForm,
  validateDomainId,
  validateFilePrefixName,
  validateKmsId,
  validateNdjson,
  validateProjectId,
  validateTrackerName,
  version,
  warmup,
  zhCN,
} from 'cts-tracker';
import { fieldRule } from 'cts-tracker/async-validator';

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
declare function same<A, B>(yes: Same<A, B>): void;
declare function never(value: never): void;
declare const input: unknown;

// tracker_type distinguishes the two trackers.
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

// A validated tracker always has a name; in a request the name is optional.
const trackerName: string = body.tracker_name;
body satisfies CreateTrackerInput;
declare const written: CreateTrackerInput;
// @ts-expect-error
const writtenName: string = written.tracker_name;

// Valid and invalid requests.
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
// @ts-expect-error a data tracker needs a name
const noName: CreateTrackerRequestBody = {
  tracker_type: 'data',
  data_bucket: { data_bucket_name: 'b', data_event: ['READ'] },
};
// @ts-expect-error a management tracker has a fixed name
const named: CreateTrackerInput = { tracker_type: 'system', tracker_name: 'mine' };
// @ts-expect-error a management tracker has no bucket to track
const tracking: CreateTrackerInput = { tracker_type: 'system', data_bucket: { data_bucket_name: 'b', data_event: [] } };
// @ts-expect-error no such type
const other: CreateTrackerInput = { tracker_type: 'other' };
// @ts-expect-error no such period
const forever: TrackerObsInfo = { bucket_lifecycle: 0 };
// @ts-expect-error enum values are in lower case
const zipped: TrackerObsInfo = { compress_type: 'GZIP' };
// @ts-expect-error no such event
const deleted: DataBucket = { data_bucket_name: 'b', data_event: ['DELETE'] };
// @ts-expect-error a misspelt field
const misspelt: CreateTrackerInput = { tracker_type: 'system', aegncy_name: 'cts_admin_trust' };
const selector: ManagementEventSelector = { exclude_service: ['KMS'] };
const check: CheckObsBucketsRequestBody = { buckets: [{ bucket_name: 'b', bucket_location: 'cn-north-4' }] };
// @ts-expect-error the region is missing
const nowhere: CheckBucketRequest = { bucket_name: 'b' };

// A list may be read-only, and an optional field may be undefined; a validated value has mutable lists.
declare const off: undefined;
const fixed = {
  tracker_type: 'data',
  tracker_name: 'name',
  kms_id: off,
  obs_info: { bucket_name: 'bucket', bucket_lifecycle: off },
  management_event_selector: { exclude_service: ['KMS'] },
  data_bucket: { data_bucket_name: 'other', data_event: ['READ'] },
} as const;
fixed satisfies CreateTrackerInput;
const unset: CreateTrackerInput = {
  tracker_type: 'system',
  tracker_name: off,
  kms_id: off,
  data_bucket: off,
  obs_info: off,
};
const fixedCheck = { buckets: [{ bucket_name: 'b', bucket_location: 'cn-north-4', kms_id: off }] } as const;
fixedCheck satisfies CheckObsBucketsInput;
fixedCheck.buckets[0] satisfies CheckBucketInput;
check satisfies CheckObsBucketsInput;
// A draft can be filled in field by field.
declare const draft: CreateTrackerInput;
draft.kms_id = 'x';
draft.obs_info = { bucket_name: 'x' };
// @ts-expect-error a required field is not undefined
const unnamed: CreateTrackerInput = {
  tracker_type: 'data',
  tracker_name: off,
  data_bucket: { data_bucket_name: 'b', data_event: [] },
};
const wrongBucket = { data_bucket_name: 'b', data_event: ['DELETE'] } as const;
// @ts-expect-error not a value of the enum
const fixedWrong: CreateTrackerInput = { ...fixed, data_bucket: wrongBucket };
// @ts-expect-error a misspelt field inside
const misspeltInside: CreateTrackerInput = { tracker_type: 'system', obs_info: { buket_name: 'b' } };
declare const outcome: DataTracker;
outcome.data_bucket.data_event.push('READ');
same<DataBucket['data_event'], ('READ' | 'WRITE')[]>(true);
same<CheckObsBucketsRequestBody['buckets'], CheckBucketRequest[] | undefined>(true);

// `issues` distinguishes valid and invalid results.
const result = validateCreateTracker(input, { locale: zhCN });
same<typeof result, Validation<CreateTrackerRequestBody>>(true);
if (result.issues) {
  same<(typeof result.issues)[0], Issue>(true);
  same<typeof result.value, undefined>(true);
} else {
  same<typeof result.value, CreateTrackerRequestBody>(true);
  same<typeof result.issues, undefined>(true);
}
same<typeof result.warnings, readonly Issue[]>(true);
// @ts-expect-error only after a check of the issues
result.value.tracker_type;
// @ts-expect-error a locale is an object
validateCreateTracker(input, { locale: 'en' });

declare function value<T>(validation: Validation<T>): T;
same<ReturnType<typeof validateCheckObsBuckets>, Validation<CheckObsBucketsRequestBody>>(true);
const name: string = value(validateBucketName(input, { forCreation: true }));
const prefix: string | undefined = value(validateFilePrefixName(input));
const tracker: string = value(validateTrackerName(input, { trackerType: 'system' }));
const key: string | undefined = value(validateKmsId(input, { encrypted: true }));
const days: TrackerObsInfo['bucket_lifecycle'] | undefined = value(validateBucketLifecycle(input));
days satisfies number | undefined;
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

// The code determines the params.
if (issue.code === 'too_short') {
  same<typeof issue.params.min, number>(true);
  same<typeof issue.params.actual, number>(true);
  // @ts-expect-error a param of another code
  issue.params.max;
}
switch (issue.code) {
  case 'required':
  case 'forbidden':
  case 'empty_list':
  case 'ip_address':
  case 'unused':
  case 'unusual_format':
    same<keyof typeof issue.params, never>(true);
    break;
  case 'too_long':
    same<typeof issue.params.max, number>(true);
    break;
  case 'too_short':
    break;
  case 'invalid_json':
    same<[typeof issue.params.line, typeof issue.params.column, typeof issue.params.offset], [number, number, number]>(
      true,
    );
    break;
  case 'invalid_type':
    same<typeof issue.params.expected, 'string' | 'boolean' | 'integer' | 'object' | 'array'>(true);
    if (issue.params.actual === 'map') break;
    issue.params.actual satisfies string;
    break;
  case 'not_object':
    issue.params.actual satisfies string;
    break;
  case 'unknown_key':
    same<typeof issue.params.suggestion, string | undefined>(true);
    break;
  case 'invalid_enum':
    same<typeof issue.params.allowed, readonly (string | number)[]>(true);
    same<typeof issue.params.actual, number | undefined>(true);
    same<typeof issue.params.suggestion, string | undefined>(true);
    // @ts-expect-error read-only
    issue.params.allowed.push('x');
    break;
  case 'invalid_character':
    same<[typeof issue.params.character, typeof issue.params.index], [string, number]>(true);
    break;
  case 'invalid_start':
  case 'invalid_end':
    same<typeof issue.params.character, string>(true);
    // @ts-expect-error not an unknown position
    issue.params.index;
    break;
  case 'adjacent_separators':
    same<[typeof issue.params.sequence, typeof issue.params.index], [string, number]>(true);
    break;
  case 'reserved_name':
    same<typeof issue.params.reserved, readonly string[]>(true);
    break;
  case 'must_equal':
    issue.params.expected satisfies string;
    break;
  case 'must_differ':
  case 'requires_field':
    issue.params.field satisfies string;
    break;
  case 'not_applicable':
    same<typeof issue.params.trackerType, 'system' | 'data'>(true);
    break;
  case 'duplicate_item':
    same<typeof issue.params.first, number>(true);
    break;
  case 'too_many_issues':
    same<typeof issue.params.more, number>(true);
    break;
  default:
    never(issue);
}
declare const short: IssueOf<'too_short'>;
short satisfies Issue;
// @ts-expect-error read-only
short.params.min = 1;

// Without a check of the code, an issue has the documented type.
interface Documented {
  code: IssueCode;
  path: readonly (string | number)[];
  message: string;
  params: Readonly<Record<string, unknown>>;
  severity: 'error' | 'warning';
  rule: string;
  serverCode?: string;
}
const documented: Documented = issue;
const anyParams: Record<string, unknown> = issue.params;
const listed: readonly Documented[] = result.warnings;
declare function translate(key: string, values: Record<string, unknown>): string;
translate(issue.code, { ...issue.params });

// An application can create issues: with a known code, or with its own params for its own message.
const made: Issue = {
  code: 'too_short',
  path: ['x'],
  message: 'm',
  params: { min: 3, actual: 2 },
  severity: 'error',
  rule: 'x.length',
};
formatIssue(made);
declare const anyCode: IssueCode;
declare const severity: Severity;
formatIssue(
  { code: anyCode, path: [], message: '', params: anyParams, severity, rule: 'mine', serverCode: 'MINE.1' },
  { ...en, messages: { ...en.messages, required: '{mine}' } },
);
formatIssue({ code: 'required', params: { mine: 1 } });
formatIssue(documented);
// @ts-expect-error no such code
formatIssue({ code: 'requird', params: {} });
// @ts-expect-error a param is missing
const lacking: Issue = { code: 'too_short', path: [], message: '', params: { min: 3 }, severity: 'error', rule: 'x' };
const common = { path: [], message: '', severity: 'error', rule: 'x' } as const;
// @ts-expect-error a param of another code
const foreign: Issue = { ...common, code: 'too_short', params: { min: 3, actual: 2, max: 4 } };

// The codes of the service are known, but it may send others.
same<Issue['serverCode'], ServiceCode | undefined>(true);
same<'CTS.0231' extends ServiceCode ? true : false, true>(true);
// @ts-expect-error no such code
'CTS.9999' satisfies ServiceCode;
// @ts-expect-error not a code of an issue
issue.serverCode === 'CTS.9999';

// For forms.
const texts: Locale = {
  ...zhCN,
  messages: { ...zhCN.messages, 'too_short:bucket_name': 'At least {min}.', 'required:agency_name': 'Choose one.' },
  characters: { ...zhCN.characters, space: 'blank' },
};
// @ts-expect-error no such code
const wrongTexts: Locale = { ...en, messages: { ...en.messages, 'to_short:bucket_name': 'x' } };
// @ts-expect-error a message of every code is needed
const partTexts: Locale = { ...en, messages: { required: 'x' } };
// @ts-expect-error frozen
en.messages.required = 'x';
same<Locale['code'], 'en' | 'zh-CN'>(true);
const message: string = formatIssue(issue, texts) + formatIssue(issue, en) + formatIssue(issue);
const again: string = formatError(failure, texts) + formatError(failure, en) + formatError(failure);
// @ts-expect-error not an error of the client
formatError(new Error('x'), en);
// @ts-expect-error the name of a locale is none
formatError(failure, 'zh-CN');
const label: string | undefined = zhCN.fields['obs_info.bucket_name'];
const path: string = formatPath(issue.path, 'bracket') + formatPath(['buckets', 0]);
// @ts-expect-error no such style
formatPath([], 'xpath');
const byField: Record<string, string[]> = toFieldErrors(result.issues, { style: 'pointer' });
const nested = toNestedErrors(result.issues);
same<(typeof byField)[string], string[]>(true);
const max: number = limits.bucketName.max;
const periods: readonly number[] = limits.bucketLifecycle.values;
// The listed values can be sent.
const chosen: CreateTrackerInput = {
  tracker_type: 'data',
  tracker_name: 'name',
  obs_info: { bucket_lifecycle: limits.bucketLifecycle.values[1]!, compress_type: limits.compressType.values[0]! },
  management_event_selector: { exclude_service: limits.excludeService.values },
  data_bucket: { data_bucket_name: 'b', data_event: limits.dataEvent.values },
  agency_name: limits.agencyName.values[0]!,
};
limits.trackerType.values satisfies readonly CreateTrackerInput['tracker_type'][];
// @ts-expect-error no such event
limits.dataEvent.values[0] === 'DELETE';
// @ts-expect-error a key ID has no lengths
limits.kmsId.max;
const constraints: Constraints = constraintsFor(['buckets', 0, 'bucket_name']);
constraintsFor('obs_info.bucket_name').pattern?.length;
for (const index of [0, 1]) constraintsFor(`buckets.${index}.bucket_name`).required satisfies boolean | undefined;
fieldLabel('buckets[0].kms_id', zhCN) satisfies string;
for (const { path } of result.issues ?? []) fieldLabel(path) satisfies string;
// @ts-expect-error the field is obs_info.bucket_name
constraintsFor('bucket_name');
// @ts-expect-error not a field
fieldLabel('obs_info.buket_name');
validateCreateTrackerForm({}, { prune: true, locale: zhCN }).warnings satisfies readonly Issue[];
declare const failure: CtsError;
toFieldErrors(failure) satisfies typeof byField;
fieldRule(createTrackerFormSchema, 'obs_info.bucket_name', () => ({}));
fieldRule(createTrackerFormSchema, ['obs_info', 'bucket_name'], () => ({}));
fieldRule(checkObsBucketsFormSchema, 'buckets[0].kms_id', () => ({}));
fieldRule(bucketNameSchema);
// @ts-expect-error the field is obs_info.bucket_name
fieldRule(createTrackerFormSchema, 'bucket_name', () => ({}));
// @ts-expect-error a field of another schema
fieldRule(checkObsBucketsFormSchema, 'kms_id', () => ({}));
const states: Readonly<Record<CreateTrackerPath, FieldState>> = fieldState({ tracker_type: 'data' });
states['obs_info.bucket_name'].required satisfies boolean;
// @ts-expect-error no such field
states['obs_info.bucket'];

// NDJSON.
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
    // @ts-expect-error not a property of every event
    event.kind;
  },
});
// @ts-expect-error the base URL is needed
createCtsClient({});
async function calls(): Promise<void> {
  const created = await client.createTracker(data, { timeoutMs: 1, projectId: 'p' });
  same<typeof created, CreateTrackerResponse>(true);
  // Responses may have values that are not known yet.
  if (created.status === 'a future value') return;
  created.obs_info satisfies ObsInfo | undefined;
  created.lts satisfies Lts | undefined;
  created.data_bucket satisfies DataBucketQuery | undefined;
  const checked = await client.checkObsBuckets(check, { domainId: 'd' });
  same<typeof checked, CheckObsBucketsResponse>(true);
  checked.buckets?.[0] satisfies Bucket | undefined;
  checked.buckets?.[0]?.check_bucket_response satisfies CheckBucketResponse | undefined;
  await client.createTracker(fixed, { timeoutMs: off, signal: off });
  await client.checkObsBuckets(fixedCheck);
  await client.checkBuckets(fixedCheck.buckets, { onProgress: (progress: CheckProgress) => void progress.failed });
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
  if (caught.errorCode === 'CTS.0201' || caught.errorCode === 'CTS.9999') caught.errorCode satisfies string;
  formatServiceCode(caught.errorCode ?? '', zhCN) satisfies string | undefined;
}
// @ts-expect-error only the package creates errors
new CtsError('x');
const codeFields: readonly string[] | undefined = errorCodes['CTS.0231'].fields;
declare const anyText: string;
errorCodes[anyText]?.status satisfies number | undefined;
const text: string = version;
