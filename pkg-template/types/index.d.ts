// Types of `cts-tracker`. Fields of the wire keep their names; options of ours are camelCase.

// ---------------------------------------------------------------- the platform
// What the host's own types call these, whether they come from the DOM library or from Node's.

type Global<Name extends PropertyKey, Otherwise> = typeof globalThis extends Record<Name, infer Value> ? Value : Otherwise;
type Instance<Name extends PropertyKey> = Global<Name, { prototype: any }> extends { prototype: infer Of } ? Of : any;
type Fetch = Global<'fetch', (input: any, init?: any) => Promise<any>>;
type HeadersInput = Global<'Headers', any> extends new (init?: infer Init) => any
  ? NonNullable<Init>
  : Record<string, string> | readonly (readonly [string, string])[];

// ---------------------------------------------------------------- issues

export type Severity = 'error' | 'warning';

/** The closed list of codes. */
export type IssueCode =
  | 'invalid_json'
  | 'not_object'
  | 'required'
  | 'invalid_type'
  | 'unknown_key'
  | 'invalid_enum'
  | 'too_short'
  | 'too_long'
  | 'invalid_character'
  | 'invalid_start'
  | 'invalid_end'
  | 'adjacent_separators'
  | 'ip_address'
  | 'reserved_name'
  | 'must_equal'
  | 'must_differ'
  | 'forbidden'
  | 'not_applicable'
  | 'requires_field'
  | 'empty_list'
  | 'duplicate_item'
  | 'unused'
  | 'unusual_format'
  | 'too_many_issues';

/** One thing that is wrong, or worth knowing. Code, path and params are the contract; the message renders them. */
export interface Issue {
  readonly code: IssueCode;
  /** The documented field: `['obs_info', 'bucket_name']`. Empty for the whole value, or when one field is judged alone. */
  readonly path: readonly (string | number)[];
  readonly message: string;
  /** What the code comes with: `{ min: 3, actual: 2 }`. Lengths and indexes count Unicode code points, indexes from 0. */
  readonly params: Readonly<Record<string, unknown>>;
  readonly severity: Severity;
  /** Which rule found it: `bucket_name.length`. */
  readonly rule: string;
  /** What the service answers to the same mistake: `CTS.0231`. Only on errors. */
  readonly serverCode?: string;
}

/** `issues` tells the two apart. Warnings never make a value invalid. */
export type Validation<T> =
  | { readonly value: T; readonly warnings: readonly Issue[]; readonly issues?: undefined }
  | { readonly issues: readonly [Issue, ...Issue[]]; readonly warnings: readonly Issue[]; readonly value?: undefined };

export type Locale = 'en' | 'zh-CN';

/**
 * Texts of a host's own, as in `cts-tracker/locales/en.json`: `{ ...en, too_short: '…' }`. What is left out is that of
 * `locale`, `en` if it is not given. `{index}` and `{first}` are put into a text counted from 1.
 */
export type Catalogue = { readonly locale?: string } & {
  readonly [key in IssueCode | `${IssueCode}:${string}`]?: string;
} & {
  readonly [section in
    | 'phrases'
    | 'expectedTypes'
    | 'actualTypes'
    | 'trackerTypes'
    | 'fields'
    | 'errorKinds'
    | 'serviceCodes']?: Readonly<Record<string, string>>;
};

export interface ValidateOptions {
  /** The language of the messages: `en` unless given, never read from the environment. */
  readonly locale?: Locale | Catalogue | undefined;
}

// ---------------------------------------------------------------- requests

export type CreateTrackerRequestBody = SystemTracker | DataTracker;

interface TrackerCommon {
  /** Transfer to LTS (trace analysis). */
  is_lts_enabled?: boolean;
  /** Apply to all members of the organization. Heeded on the management tracker only. */
  is_organization_tracker?: boolean;
  /** Heeded on the management tracker only. */
  management_event_selector?: ManagementEventSelector;
  /** Transfer to OBS. */
  obs_info?: TrackerObsInfo;
  /** Encrypt trace files. Heeded on the management tracker only, together with `kms_id`. */
  is_support_trace_files_encryption?: boolean;
  /** The key trace files are encrypted with. Heeded on the management tracker only. */
  kms_id?: string;
  /** Verify trace files. */
  is_support_validate?: boolean;
  /** Has an agency of this name made for CTS. */
  agency_name?: 'cts_admin_trust';
}

/** The management tracker; a region has one. */
export interface SystemTracker extends TrackerCommon {
  tracker_type: 'system';
  tracker_name: 'system';
  data_bucket?: undefined;
}

export interface DataTracker extends TrackerCommon {
  tracker_type: 'data';
  /** 1 to 32 letters, digits, `-` and `_`, starting with a letter or digit; not `system` or `system-trace`. */
  tracker_name: string;
  data_bucket: DataBucket;
}

/** A request as it may be written: the name of the management tracker can be left out, a validated value has it. */
export type CreateTrackerInput = DataTracker | (Omit<SystemTracker, 'tracker_name'> & { tracker_name?: 'system' });

export interface ManagementEventSelector {
  exclude_service?: 'KMS'[];
}

/** The bucket traces are transferred to. */
export interface TrackerObsInfo {
  /** 3 to 63 lowercase letters, digits, `-` and `.`, starting with a letter or digit. */
  bucket_name?: string;
  /** At most 64 letters, digits, `-`, `_` and `.`. */
  file_prefix_name?: string;
  /** Whether CTS is to create the bucket; otherwise it must exist. */
  is_obs_created?: boolean;
  /** Days that traces are kept. Heeded on data trackers only. */
  bucket_lifecycle?: 30 | 60 | 90 | 180 | 1095;
  compress_type?: 'gzip' | 'json';
  is_sort_by_service?: boolean;
}

/** The bucket a data tracker tracks. */
export interface DataBucket {
  data_bucket_name: string;
  data_event: ('READ' | 'WRITE')[];
}

export interface CheckObsBucketsRequestBody {
  buckets?: CheckBucketRequest[];
}

export interface CheckBucketRequest {
  bucket_name: string;
  /** The region of the bucket, such as `cn-north-4`. */
  bucket_location: string;
  kms_id?: string;
  is_support_trace_files_encryption?: boolean;
}

// ---------------------------------------------------------------- answers
// Read leniently: every field may be missing, and a word may be one that is not known yet.

type Word<Known extends string> = Known | (string & {});

export interface CreateTrackerResponse {
  id?: string;
  /** Milliseconds since 1970. */
  create_time?: number;
  kms_id?: string;
  is_support_validate?: boolean;
  is_organization_tracker?: boolean;
  management_event_selector?: { exclude_service?: string[] };
  lts?: Lts;
  tracker_type?: Word<'system' | 'data'>;
  domain_id?: string;
  project_id?: string;
  tracker_name?: string;
  status?: Word<'enabled' | 'disabled' | 'error'>;
  /** Why the status is `error`. */
  detail?: Word<'bucketPolicyError' | 'noBucket' | 'arrears'>;
  is_support_trace_files_encryption?: boolean;
  obs_info?: ObsInfo;
  data_bucket?: DataBucketQuery;
  agency_name?: Word<'cts_admin_trust'>;
}

export interface Lts {
  is_lts_enabled?: boolean;
  log_group_name?: string;
  log_topic_name?: string;
}

export interface ObsInfo {
  bucket_name?: string;
  file_prefix_name?: string;
  is_obs_created?: boolean;
  /** Whether CTS may use the bucket. */
  is_authorized_bucket?: boolean;
  bucket_lifecycle?: number;
  compress_type?: Word<'gzip' | 'json'>;
  is_sort_by_service?: boolean;
  bucket_location?: string;
}

export interface DataBucketQuery {
  data_bucket_name?: string;
  search_enabled?: boolean;
  data_event?: Word<'READ' | 'WRITE'>[];
}

export interface CheckObsBucketsResponse {
  buckets?: Bucket[];
}

export interface Bucket {
  bucket_name?: string;
  bucket_location?: string;
  kms_id?: string;
  is_support_trace_files_encryption?: boolean;
  check_bucket_response?: CheckBucketResponse;
}

/** A bucket can fail inside an answer that is 200: look at `success`. */
export interface CheckBucketResponse {
  error_code?: string;
  error_message?: string;
  response_code?: number;
  success?: boolean;
}

// ---------------------------------------------------------------- validators
// None of them throws, whatever it is given.

export function validateCreateTracker(input: unknown, options?: ValidateOptions): Validation<CreateTrackerRequestBody>;
export function validateCheckObsBuckets(input: unknown, options?: ValidateOptions): Validation<CheckObsBucketsRequestBody>;

export interface BucketNameOptions extends ValidateOptions {
  /** CTS is to create the bucket: what OBS demands of a new name is an error, not a warning. */
  readonly forCreation?: boolean | undefined;
}
export interface TrackerNameOptions extends ValidateOptions {
  /** `data` unless given. */
  readonly trackerType?: 'system' | 'data' | undefined;
}
export interface KmsIdOptions extends ValidateOptions {
  /** Whether trace files are encrypted; if it is not given, neither a missing key nor a needless one is told. */
  readonly encrypted?: boolean | undefined;
}

export function validateBucketName(input: unknown, options?: BucketNameOptions): Validation<string>;
export function validateFilePrefixName(input: unknown, options?: ValidateOptions): Validation<string | undefined>;
export function validateTrackerName(input: unknown, options?: TrackerNameOptions): Validation<string>;
export function validateKmsId(input: unknown, options?: KmsIdOptions): Validation<string | undefined>;
export function validateBucketLifecycle(input: unknown, options?: ValidateOptions): Validation<number | undefined>;
export function validateCompressType(input: unknown, options?: ValidateOptions): Validation<'gzip' | 'json' | undefined>;
export function validateBucketLocation(input: unknown, options?: ValidateOptions): Validation<string>;
export function validateProjectId(input: unknown, options?: ValidateOptions): Validation<string>;
export function validateDomainId(input: unknown, options?: ValidateOptions): Validation<string>;

// ---------------------------------------------------------------- schemas

export interface SchemaOptions extends BucketNameOptions, TrackerNameOptions, KmsIdOptions {}

/**
 * Standard Schema 1.1, validation and JSON Schema on one frozen object, synchronous. `libraryOptions` are those of
 * `withOptions`, for one call. Warnings are not among the issues.
 */
export interface Schema<Input = unknown, Output = Input> {
  readonly '~standard': {
    readonly version: 1;
    readonly vendor: string;
    readonly types?: { readonly input: Input; readonly output: Output } | undefined;
    readonly validate: (
      value: unknown,
      options?: { readonly libraryOptions?: Record<string, unknown> | undefined } | undefined,
    ) => { readonly value: Output; readonly issues?: undefined } | { readonly issues: readonly Issue[] };
    readonly jsonSchema: {
      readonly input: (options: JsonSchemaOptions) => Record<string, unknown>;
      readonly output: (options: JsonSchemaOptions) => Record<string, unknown>;
    };
  };
}

export interface JsonSchemaOptions {
  /** Any other target is a `TypeError`. */
  readonly target: 'draft-2020-12' | 'draft-07' | (string & {});
  readonly libraryOptions?: Record<string, unknown> | undefined;
}

type Absent<T> = T | null | undefined;
type FormText = Absent<string>;
type FormFlag = Absent<boolean | string>;
type FormNumber = Absent<number | string>;
type FormList = Absent<string | readonly string[]>;

/** The values of a form for CreateTracker, as HTML controls and form libraries hold them. */
export interface CreateTrackerForm {
  tracker_type?: FormText;
  tracker_name?: FormText;
  is_lts_enabled?: FormFlag;
  is_organization_tracker?: FormFlag;
  management_event_selector?: Absent<{ exclude_service?: FormList }>;
  obs_info?: Absent<{
    bucket_name?: FormText;
    file_prefix_name?: FormText;
    is_obs_created?: FormFlag;
    bucket_lifecycle?: FormNumber;
    compress_type?: FormText;
    is_sort_by_service?: FormFlag;
  }>;
  is_support_trace_files_encryption?: FormFlag;
  kms_id?: FormText;
  is_support_validate?: FormFlag;
  data_bucket?: Absent<{ data_bucket_name?: FormText; data_event?: FormList }>;
  agency_name?: FormText;
}

/** The values of a form for CheckObsBuckets. */
export interface CheckObsBucketsForm {
  buckets?: Absent<
    readonly {
      bucket_name?: FormText;
      bucket_location?: FormText;
      kms_id?: FormText;
      is_support_trace_files_encryption?: FormFlag;
    }[]
  >;
}

export const createTrackerSchema: Schema<CreateTrackerInput, CreateTrackerRequestBody>;
export const checkObsBucketsSchema: Schema<CheckObsBucketsRequestBody>;
/** For what HTML controls give: `''` is absent, `'30'` is 30, `'on'` is true. The output is that of the wire. */
export const createTrackerFormSchema: Schema<CreateTrackerForm, CreateTrackerRequestBody>;
export const checkObsBucketsFormSchema: Schema<CheckObsBucketsForm, CheckObsBucketsRequestBody>;
export const bucketNameSchema: Schema<string>;
export const filePrefixNameSchema: Schema<Absent<string>, string | undefined>;
export const trackerNameSchema: Schema<string>;
export const kmsIdSchema: Schema<Absent<string>, string | undefined>;
export const bucketLifecycleSchema: Schema<Absent<number>, number | undefined>;
export const compressTypeSchema: Schema<Absent<string>, 'gzip' | 'json' | undefined>;
export const bucketLocationSchema: Schema<string>;
export const projectIdSchema: Schema<string>;
export const domainIdSchema: Schema<string>;

/** A new schema like the given one, with these options over its own. */
export function withOptions<Input, Output>(schema: Schema<Input, Output>, options: SchemaOptions): Schema<Input, Output>;

// ---------------------------------------------------------------- for forms

interface TextLimit {
  readonly min: number;
  readonly max: number;
  /** For the whole value; compiles with the flag v. */
  readonly pattern: string;
}
interface ValuesLimit<T> {
  readonly values: readonly T[];
}

/** What the rules allow, as data. */
export const limits: {
  readonly bucketName: TextLimit;
  readonly filePrefixName: TextLimit;
  readonly trackerName: TextLimit & { readonly reserved: readonly string[] };
  readonly bucketLifecycle: ValuesLimit<number>;
  readonly compressType: ValuesLimit<string>;
  /** Another form of key ID is only a warning. */
  readonly kmsId: { readonly pattern: string };
  /** Another form of region ID is only a warning. */
  readonly bucketLocation: { readonly pattern: string };
  readonly trackerType: ValuesLimit<string>;
  readonly dataEvent: ValuesLimit<string>;
  readonly excludeService: ValuesLimit<string>;
  readonly agencyName: ValuesLimit<string>;
  readonly projectId: TextLimit;
  readonly domainId: TextLimit;
};

/** The fields of CreateTracker in dot spelling. */
export type CreateTrackerPath =
  | 'tracker_type'
  | 'tracker_name'
  | 'is_lts_enabled'
  | 'is_organization_tracker'
  | 'management_event_selector'
  | 'management_event_selector.exclude_service'
  | 'obs_info'
  | 'obs_info.bucket_name'
  | 'obs_info.file_prefix_name'
  | 'obs_info.is_obs_created'
  | 'obs_info.bucket_lifecycle'
  | 'obs_info.compress_type'
  | 'obs_info.is_sort_by_service'
  | 'is_support_trace_files_encryption'
  | 'kms_id'
  | 'is_support_validate'
  | 'data_bucket'
  | 'data_bucket.data_bucket_name'
  | 'data_bucket.data_event'
  | 'agency_name';

export interface FieldState {
  /** Whether the service heeds the field as the form stands. */
  readonly applies: boolean;
  readonly required: boolean;
  /** Why it does not apply. */
  readonly reason?: IssueCode;
}

/** For a form that is filled in part: which fields apply, and which are required. */
export function fieldState(draft: unknown): Readonly<Record<CreateTrackerPath, FieldState>>;

export interface Constraints {
  required?: boolean;
  minLength?: number;
  /** To be told, not to be set as `maxlength`: browsers cut silently. */
  maxLength?: number;
  /** As `<input pattern>` takes it. */
  pattern?: string;
  inputMode?: 'numeric';
  values?: readonly (string | number)[];
}

/** What holds for a field whatever the others say. A path is a list of steps, or text in dot or bracket spelling. */
export function constraintsFor(path: string | readonly (string | number)[]): Constraints;

/** `dot` is `buckets.0.kms_id`, `bracket` is `buckets[0].kms_id`, `pointer` is `/buckets/0/kms_id`. */
export type PathStyle = 'dot' | 'bracket' | 'pointer';

interface FieldMessage {
  readonly path: readonly (string | number)[];
  readonly message: string;
}
/** Messages in the shape of the value. */
export interface NestedErrors {
  [key: string]: string | NestedErrors | (string | NestedErrors | undefined)[];
}

/** The messages by field, in the order of the issues; those of the whole value stand under `''`. */
export function toFieldErrors(
  issues: readonly FieldMessage[] | undefined,
  options?: { readonly style?: PathStyle | undefined },
): Record<string, string[]>;
/** The first message of each field, in the shape of the value; that of an object with messages inside stands under `''`. */
export function toNestedErrors(issues: readonly FieldMessage[] | undefined): NestedErrors;
/** The message of an issue in a language, `en` unless given, or from a catalogue. */
export function formatIssue(issue: Issue, locale?: Locale | Catalogue): string;
export function formatPath(path: readonly (string | number)[], style?: PathStyle): string;

// ---------------------------------------------------------------- many at once

export type NdjsonKind = 'createTracker' | 'checkBucket';

export interface NdjsonOptions extends ValidateOptions {
  /** Whether lines that have only warnings are told as well; false unless given. */
  readonly warnings?: boolean | undefined;
  /** Whether the report holds the bad lines that `push` has given already; true unless given. */
  readonly keepBad?: boolean | undefined;
}

export interface NdjsonLine {
  /** From 1. */
  readonly line: number;
  readonly issues: readonly Issue[];
  readonly warnings: readonly Issue[];
}

export interface NdjsonReport {
  readonly lines: number;
  readonly valid: number;
  readonly invalid: number;
  readonly warned: number;
  readonly bad: NdjsonLine[];
}

export interface NdjsonValidator {
  /** Judges the lines that are complete by now, and gives the bad ones among them. */
  push(chunk: Uint8Array): NdjsonLine[];
  /** Judges a last line without a newline, and gives the whole report. */
  end(): NdjsonReport;
}

/** Judges one object a line. Only the bad lines become JavaScript values. */
export function validateNdjson(kind: NdjsonKind, text: Uint8Array | string, options?: NdjsonOptions): NdjsonReport;
/** The same for a stream of bytes, cut anywhere. */
export function createNdjsonValidator(kind: NdjsonKind, options?: NdjsonOptions): NdjsonValidator;

// ---------------------------------------------------------------- client

export interface RetryOptions {
  /** Further tries at most, 0 to 10; 2 unless given. A createTracker that may have left is never sent again. */
  readonly maxRetries?: number | undefined;
  /** Of one try; that of the whole call unless given. */
  readonly tryTimeoutMs?: number | undefined;
}

export interface ClientOptions {
  /** Where the signing proxy is. */
  readonly baseUrl: string | Instance<'URL'>;
  readonly projectId?: string | undefined;
  readonly domainId?: string | undefined;
  readonly fetch?: Fetch | undefined;
  readonly headers?: HeadersInput | (() => HeadersInput | Promise<HeadersInput>) | undefined;
  /** Of a call with all its tries; 30000 unless given. */
  readonly timeoutMs?: number | undefined;
  readonly retry?: RetryOptions | undefined;
  readonly locale?: Locale | Catalogue | undefined;
  readonly onEvent?: ((event: ClientEvent) => void) | undefined;
}

type Operation = 'createTracker' | 'checkObsBuckets';

/** What a client tells while it works; no body and no header is in it. */
export type ClientEvent =
  | { readonly type: 'attempt'; readonly operation: Operation; readonly attempt: number }
  | { readonly type: 'retry'; readonly operation: Operation; readonly attempt: number; readonly delayMs: number }
  | { readonly type: 'success'; readonly operation: Operation; readonly attempts: number; readonly ms: number }
  | {
      readonly type: 'failure';
      readonly operation: Operation;
      readonly attempts: number;
      readonly ms: number;
      readonly kind: CtsErrorKind;
      readonly status?: number | undefined;
      readonly requestId?: string | undefined;
    };

export interface CallOptions {
  readonly signal?: Instance<'AbortSignal'> | undefined;
  readonly timeoutMs?: number | undefined;
  readonly headers?: HeadersInput | undefined;
  /** Whether the body is judged before it is sent; true unless given. */
  readonly validate?: boolean | undefined;
}
export interface CreateTrackerCallOptions extends CallOptions {
  readonly projectId?: string | undefined;
}
export interface CheckObsBucketsCallOptions extends CallOptions {
  readonly domainId?: string | undefined;
}

export interface CheckBucketsOptions extends CheckObsBucketsCallOptions {
  /** Requests under way at once, 1 to 64; 4 unless given. */
  readonly concurrency?: number | undefined;
  /** Buckets a request, 1 to 200; 20 unless given. */
  readonly batchSize?: number | undefined;
  /** How often batches that failed for a passing reason are tried once more, at the end; 1 unless given. */
  readonly retryFailed?: number | undefined;
  /** `total` is not known while an iterator is being read. */
  readonly onProgress?:
    | ((progress: { readonly done: number; readonly total: number | undefined; readonly failed: number }) => void)
    | undefined;
}

/** One bucket of `checkBuckets`: what the service found, or why it could not be asked. */
export type CheckedBucket =
  | { readonly request: CheckBucketRequest; readonly result: Bucket; readonly error?: undefined }
  | { readonly request: CheckBucketRequest; readonly error: CtsError; readonly result?: undefined };

export interface CtsClient {
  createTracker(body: CreateTrackerInput, options?: CreateTrackerCallOptions): Promise<CreateTrackerResponse>;
  checkObsBuckets(body: CheckObsBucketsRequestBody, options?: CheckObsBucketsCallOptions): Promise<CheckObsBucketsResponse>;
  /** In batches, answers in the order of the buckets. A batch that fails does not lose the others. */
  checkBuckets(buckets: Iterable<CheckBucketRequest>, options?: CheckBucketsOptions): Promise<CheckedBucket[]>;
}

/** Nothing is to be freed: a client holds its options, and of which trackers the outcome is not known. */
export function createCtsClient(options: ClientOptions): CtsClient;

export interface PreflightReport {
  /** Whether nothing is known that would keep the tracker from being created. */
  readonly ok: boolean;
  readonly issues: readonly Issue[];
  readonly warnings: readonly Issue[];
  /** What the service found about the bucket of the transfer. */
  readonly bucket?: Bucket;
  /** What creation would meet: codes of the service, or kinds of `CtsError`. */
  readonly findings: readonly { readonly code: string; readonly message: string }[];
}
export interface PreflightOptions extends CheckObsBucketsCallOptions {
  /** The region of the bucket that traces are transferred to. Needed if the body names one. */
  readonly bucketLocation?: string | undefined;
  readonly locale?: Locale | Catalogue | undefined;
}

/**
 * Judges the body, checks its bucket, and says what creation would meet. Never creates. Rejects with a `CtsError` of
 * kind `validation` if `bucketLocation` or the client's `domainId` is missing; a failed call is a finding.
 */
export function preflight(client: CtsClient, body: unknown, options?: PreflightOptions): Promise<PreflightReport>;

/** Why a call failed. "Tried again" is within the call, at most `retry.maxRetries` times. */
export type CtsErrorKind =
  /** The body, an id or an option is wrong; nothing was sent. */
  | 'validation'
  /** 401, or the headers could not be had. */
  | 'auth'
  /** 403: the account or its role lacks the permission. */
  | 'forbidden'
  /** 404. */
  | 'not_found'
  /** 409, or a code that says that the thing is there: see `mayAlreadyExist`. */
  | 'conflict'
  /** 429, also after it was tried again: see `retryAfterMs`. */
  | 'throttled'
  /** Any other 4xx: see `errorCode`. */
  | 'rejected'
  /** 503: not to be repeated unchanged, as the service's documents say. */
  | 'unavailable'
  /** Any other 5xx of checkObsBuckets, also after it was tried again. */
  | 'server'
  /** No connection, or it broke, also after it was tried again. */
  | 'network'
  /** No answer within `timeoutMs`. */
  | 'timeout'
  /** By the caller's signal. */
  | 'aborted'
  /** A createTracker may have been carried out: never sent again, look whether the tracker is there. */
  | 'outcome_unknown'
  /** A success whose body is none of this service's, or another page altogether: see `received`. */
  | 'bad_response'
  /** The signing proxy refused: `errorCode` and `errorMsg` are its own. */
  | 'proxy'
  /** A fault of this package's; the next call starts afresh. */
  | 'internal';

export class CtsError extends Error {
  private constructor();
  override readonly name: 'CtsError';
  readonly kind: CtsErrorKind;
  readonly status?: number;
  /** The service's code, such as `CTS.0201`, or the proxy's: see `errorCodes`. */
  readonly errorCode?: string;
  /** In the service's words. */
  readonly errorMsg?: string;
  readonly requestId?: string;
  /** Whether bytes of the request, in its last try, may have reached the service. */
  readonly sent: 'no' | 'yes' | 'unknown';
  /** How often it was sent; 0 if never. */
  readonly attempts: number;
  /** What the answer asks to wait, in milliseconds. */
  readonly retryAfterMs?: number;
  readonly issues?: readonly Issue[];
  /** The tracker may be there: the outcome of this call is not known, or a conflict's tracker may be an earlier call's. */
  readonly mayAlreadyExist?: boolean;
  /** Of an answer that is none of this service's: its beginning. Not in `toJSON`. */
  readonly received?: string;
  /** Of `checkBuckets`: what was found before it ended. Not in `toJSON`. */
  readonly checked?: readonly CheckedBucket[];
  readonly cause?: unknown;
  /** What may be logged: no cause, and nothing that was received. */
  toJSON(): Record<string, unknown>;
}

/** Works across copies of the package and across realms, where `instanceof` does not. */
export function isCtsError(value: unknown): value is CtsError;

export interface ErrorCodeInfo {
  /** The usual HTTP status. */
  readonly status?: number;
  /** The field of the request it is about. */
  readonly field?: string;
  /** What it means and what to do. */
  readonly meaning: Readonly<Record<Locale, string>>;
}

/** The codes of the service (`CTS.0231`) and of the gateway before it (`APIGW.0301`, also for `APIG.0301`). */
export const errorCodes: Readonly<Record<string, ErrorCodeInfo>>;

/** Compiles the wasm ahead of the first call. Nothing needs it. */
export function warmup(): Promise<void>;

export const version: string;

export {};
