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

/** The closed list of codes. What each means, and what it comes with: `IssueParams`. */
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

/**
 * What each code comes with, in an issue's `params` and between the braces of a text. Lengths and indexes count Unicode
 * code points, those of a list its items; indexes are from 0.
 */
export interface IssueParams {
  /** A line of NDJSON is not JSON: `line` and `column` from 1, `offset` in bytes from 0. */
  invalid_json: {
    /** From 1. */
    readonly line: number;
    /** In code points, from 1. */
    readonly column: number;
    /** In bytes from the beginning of the text, from 0. */
    readonly offset: number;
  };
  /** The request is no plain object; `actual` is what it is. */
  not_object: { readonly actual: ActualType };
  /** What must be given is absent, or empty. No params. */
  required: {};
  /** A value of another type than `expected`; `actual` is what it is. */
  invalid_type: {
    readonly expected: 'string' | 'boolean' | 'integer' | 'object' | 'array';
    readonly actual: ActualType;
  };
  /** The documents know no such field. `suggestion` is the one that may have been meant, if any is near. */
  unknown_key: { readonly suggestion?: string };
  /**
   * None of the `allowed` values, which are words, or numbers of days. `suggestion` is the word that differs in case
   * alone, if there is one. `actual` is the number of days that was given; only a number has it.
   */
  invalid_enum: {
    readonly allowed: readonly (string | number)[];
    /** In days. */
    readonly actual?: number;
    readonly suggestion?: string;
  };
  /** `actual` code points, where `min` are needed. */
  too_short: {
    /** In code points. */
    readonly min: number;
    /** In code points. */
    readonly actual: number;
  };
  /** `actual` code points, of a list items, where at most `max` may be. */
  too_long: {
    /** In code points, of a list in items. */
    readonly max: number;
    /** In code points, of a list in items. */
    readonly actual: number;
  };
  /** The first `character` that may not be there, and its `index` in code points, from 0. */
  invalid_character: {
    /** One code point. */
    readonly character: string;
    /** In code points, from 0. */
    readonly index: number;
  };
  /** It may not start with `character`, which may be further on. */
  invalid_start: {
    /** One code point. */
    readonly character: string;
  };
  /** It may not end with `character`, which may be before. */
  invalid_end: {
    /** One code point. */
    readonly character: string;
  };
  /** `..`, `.-` or `-.` in a bucket name: the first `sequence`, and its `index` in code points, from 0. */
  adjacent_separators: {
    /** Two characters. */
    readonly sequence: string;
    /** In code points, from 0. */
    readonly index: number;
  };
  /** A bucket name of four decimal groups joined by dots. No params. */
  ip_address: {};
  /** A tracker name that is one of the `reserved` words. */
  reserved_name: { readonly reserved: readonly string[] };
  /** It can only be `expected`. */
  must_equal: { readonly expected: 'system' };
  /** The same value as that of another `field`, a path in dot spelling. */
  must_differ: { readonly field: 'obs_info.bucket_name' };
  /** It must not be given here. No params. */
  forbidden: {};
  /** It is heeded on the other kind of tracker only: `trackerType` says which. */
  not_applicable: { readonly trackerType: 'system' | 'data' };
  /** It has no effect without the `field` beside it. */
  requires_field: { readonly field: 'bucket_name' };
  /** A list without items. No params. */
  empty_list: {};
  /** The same as an item before it; `first` is the index of the first such item, from 0. */
  duplicate_item: {
    /** In items, from 0. */
    readonly first: number;
  };
  /** It has no effect as the other fields stand. No params. */
  unused: {};
  /** Allowed, but not of the form such ids have. No params. */
  unusual_format: {};
  /** The end of a list of issues that would be longer: `more` are not in it. Path `[]`. */
  too_many_issues: {
    /** A count of issues. */
    readonly more: number;
  };
}

/** A type of JavaScript's, or for an object of a kind of its own the name of that kind in lower case: `map`. */
type ActualType = Word<
  'string' | 'number' | 'boolean' | 'object' | 'array' | 'null' | 'bigint' | 'symbol' | 'function' | 'unreadable'
>;

/** Known words, and others that may come. */
type Word<Known extends string> = Known | (string & {});

/**
 * The known codes of the service (`CTS.0231`), of OBS as far as the service passes them on, and of the gateway before them
 * (`APIGW.0301`). What they mean stands in `errorCodes`.
 */
export type ServiceCode =
  | 'CTS.0001' | 'CTS.0002' | 'CTS.0003' | 'CTS.0004' | 'CTS.0005' | 'CTS.0012' | 'CTS.0013' | 'CTS.0056'
  | 'CTS.0100'
  | 'CTS.0200' | 'CTS.0201' | 'CTS.0202' | 'CTS.0203' | 'CTS.0204' | 'CTS.0205' | 'CTS.0206' | 'CTS.0207'
  | 'CTS.0208' | 'CTS.0209' | 'CTS.0210' | 'CTS.0211' | 'CTS.0212' | 'CTS.0213' | 'CTS.0214' | 'CTS.0215'
  | 'CTS.0216' | 'CTS.0217' | 'CTS.0218' | 'CTS.0219' | 'CTS.0220' | 'CTS.0221' | 'CTS.0222' | 'CTS.0225'
  | 'CTS.0228' | 'CTS.0229' | 'CTS.0231'
  | 'CTS.0300'
  | 'CTS.0400' | 'CTS.0401' | 'CTS.0402' | 'CTS.0403' | 'CTS.0404' | 'CTS.0407' | 'CTS.0410' | 'CTS.0411'
  | 'OBS.NoSuchBucket'
  | 'APIGW.0101' | 'APIGW.0103' | 'APIGW.0104' | 'APIGW.0105' | 'APIGW.0106'
  | 'APIGW.0201' | 'APIGW.0202' | 'APIGW.0203' | 'APIGW.0204'
  | 'APIGW.0301' | 'APIGW.0302' | 'APIGW.0303' | 'APIGW.0304' | 'APIGW.0305' | 'APIGW.0306' | 'APIGW.0307'
  | 'APIGW.0308' | 'APIGW.0310' | 'APIGW.0311'
  | 'APIGW.0401' | 'APIGW.0402' | 'APIGW.0404'
  | 'APIGW.0501' | 'APIGW.0502'
  | 'APIGW.0601' | 'APIGW.0602' | 'APIGW.0605' | 'APIGW.0606' | 'APIGW.0607' | 'APIGW.0608' | 'APIGW.0609'
  | 'APIGW.0610' | 'APIGW.0611' | 'APIGW.0612' | 'APIGW.0613'
  | 'APIGW.0705'
  | 'APIGW.0802';

/** An issue of one code: `IssueOf<'too_short'>`. */
export interface IssueOf<Code extends IssueCode> {
  /** What is wrong; tells which params there are. */
  readonly code: Code;
  /** The documented field: `['obs_info', 'bucket_name']`. Empty for the whole value, or when one field is judged alone. */
  readonly path: readonly (string | number)[];
  /** Renders the code and its params, in the language that was asked for. */
  readonly message: string;
  /** What the code comes with, see `IssueParams`: `{ min: 3, actual: 2 }`. */
  readonly params: IssueParams[Code];
  readonly severity: Severity;
  /** Which rule found it: `bucket_name.length`. */
  readonly rule: string;
  /** What the service answers to the same mistake: `CTS.0231`. Only on errors. */
  readonly serverCode?: ServiceCode;
}

/**
 * One thing that is wrong, or worth knowing. Code, path and params are the contract. The code tells the params: after
 * `issue.code === 'too_short'`, `issue.params.min` is a number.
 */
export type Issue = { [Code in IssueCode]: IssueOf<Code> }[IssueCode];

/** `issues` tells the two apart. Warnings never make a value invalid. */
export type Validation<T> =
  | { readonly value: T; readonly warnings: readonly Issue[]; readonly issues?: undefined }
  | { readonly issues: readonly [Issue, ...Issue[]]; readonly warnings: readonly Issue[]; readonly value?: undefined };

type Texts = Readonly<Record<string, string>>;

/**
 * The texts of a language: `en` or `zhCN`. To change a text, spread the locale:
 * `{ ...en, messages: { ...en.messages, 'too_short:bucket_name': 'At least {min}.' } }`.
 */
export interface Locale {
  readonly code: 'en' | 'zh-CN';
  /**
   * By issue code, or by code and field: `required:bucket_name` wins over `required`. Between braces are the params of
   * the issue (`IssueParams`); `{index}` and `{first}` are counted from 1 in a message.
   */
  readonly messages: Readonly<Record<IssueCode, string>> & { readonly [codeAndField: `${IssueCode}:${string}`]: string };
  /** Parts of messages. */
  readonly phrases: Texts;
  /** Names of characters that are invisible or easy to confuse. */
  readonly characters: Texts;
  /** Names of the types that fields have. */
  readonly expectedTypes: Texts;
  /** Names of the types that values have. */
  readonly actualTypes: Texts;
  readonly trackerTypes: Texts;
  /** The labels of the fields, by path. */
  readonly fields: Texts;
  /** By `kind` of a `CtsError`. */
  readonly errorKinds: Texts;
  /** Parts of the messages of errors. */
  readonly errorPhrases: Texts;
  /** What the codes of the service mean, and what to do. */
  readonly serviceCodes: Texts;
}

/** English, the default. */
export const en: Locale;
/** Simplified Chinese. */
export const zhCN: Locale;

export interface ValidateOptions {
  /** The language of the messages: `en` or `zhCN`. Default `en`; never read from the environment. */
  readonly locale?: Locale | undefined;
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
  /** A management tracker tracks no bucket. */
  data_bucket?: undefined;
}

export interface DataTracker extends TrackerCommon {
  tracker_type: 'data';
  /** 1 to 32 letters, digits, `-` and `_`, starting with a letter or digit; not `system` or `system-trace`. */
  tracker_name: string;
  data_bucket: DataBucket;
}

/** As it may be written down: a list may be read-only, and what can be left out may be undefined. */
type Given<T> = T extends readonly (infer Item)[]
  ? readonly Given<Item>[]
  : T extends object
    ? { [Key in keyof T]: {} extends Pick<T, Key> ? Given<T[Key]> | undefined : Given<T[Key]> }
    : T;

/**
 * A request as it may be written, also `as const`. The name of the management tracker can be left out; a validated value
 * has it.
 */
export type CreateTrackerInput =
  | Given<DataTracker>
  | Given<Omit<SystemTracker, 'tracker_name'> & { tracker_name?: SystemTracker['tracker_name'] }>;

export interface ManagementEventSelector {
  /** Services whose traces are not transferred. */
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
  /** `json` is no compression; `gzip` unless given. */
  compress_type?: 'gzip' | 'json';
  /** Whether the path of a file names the cloud service; true unless given. */
  is_sort_by_service?: boolean;
}

/** The bucket a data tracker tracks. */
export interface DataBucket {
  /** Of a bucket that exists, and is not that of `obs_info`. It cannot be changed later. */
  data_bucket_name: string;
  /** The operations to record; at least one. */
  data_event: ('READ' | 'WRITE')[];
}

export interface CheckObsBucketsRequestBody {
  buckets?: CheckBucketRequest[];
}

export interface CheckBucketRequest {
  /** 3 to 63 lowercase letters, digits, `-` and `.`, starting with a letter or digit. */
  bucket_name: string;
  /** The region of the bucket, such as `cn-north-4`. */
  bucket_location: string;
  /** The key trace files would be encrypted with. Required with `is_support_trace_files_encryption`. */
  kms_id?: string;
  /** Whether trace files would be encrypted. */
  is_support_trace_files_encryption?: boolean;
}

/** A request as it may be written, also `as const`. */
export type CheckObsBucketsInput = Given<CheckObsBucketsRequestBody>;
/** A bucket to check as it may be written, also `as const`. */
export type CheckBucketInput = Given<CheckBucketRequest>;

// ---------------------------------------------------------------- answers
// Read leniently: every field may be missing, and a word may be one that is not known yet.

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
  /** A code of OBS such as `OBS.NoSuchBucket`; absent on success. */
  error_code?: string;
  error_message?: string;
  /** The HTTP status OBS gave. */
  response_code?: number;
  /** Whether traces can be transferred to the bucket. */
  success?: boolean;
}

// ---------------------------------------------------------------- validators
// None of them throws, whatever value it is given.

/**
 * Judges the body of CreateTracker: each field, and how they go together. Never throws, whatever the body is. It tells all
 * issues at once, in document order. `value` has the known fields alone, and the name of the management tracker if it was
 * left out: `const { value, issues, warnings } = validateCreateTracker(body)`.
 */
export function validateCreateTracker(input: unknown, options?: ValidateOptions): Validation<CreateTrackerRequestBody>;
/**
 * Judges the body of CheckObsBuckets: each bucket, and whether one is there twice. Never throws, whatever the body is. No
 * bucket at all is a warning; more than 1,000,000 are an error, and are not looked into.
 */
export function validateCheckObsBuckets(input: unknown, options?: ValidateOptions): Validation<CheckObsBucketsRequestBody>;
/**
 * Validates the values of a form for CreateTracker: form values (`CreateTrackerForm`), `FormData`, or an object whose keys
 * are the names of controls. Unlike `createTrackerFormSchema`, it also returns warnings.
 */
export function validateCreateTrackerForm(draft: unknown, options?: ValidateOptions): Validation<CreateTrackerRequestBody>;
/** Validates the values of a form for CheckObsBuckets. Unlike `checkObsBucketsFormSchema`, it also returns warnings. */
export function validateCheckObsBucketsForm(
  draft: unknown,
  options?: ValidateOptions,
): Validation<CheckObsBucketsRequestBody>;

export interface BucketNameOptions extends ValidateOptions {
  /** CTS is to create the bucket: what OBS demands of a new name is an error, not a warning. False unless given. */
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

/**
 * Judges the name of a bucket: 3 to 63 lowercase letters, digits, `-` and `.`, starting with a letter or digit. Required.
 * What OBS demands besides is a warning, and with `forCreation` an error: no `-` or `.` at the end, no `..`, `.-` and `-.`,
 * no IP address. `validateBucketName('my-bucket', { forCreation: true }).issues` is undefined.
 */
export function validateBucketName(input: unknown, options?: BucketNameOptions): Validation<string>;
/** Judges the prefix of trace files: at most 64 letters, digits, `-`, `_` and `.`. It may be absent or empty. */
export function validateFilePrefixName(input: unknown, options?: ValidateOptions): Validation<string | undefined>;
/**
 * Judges the name of a tracker. Of a data tracker: 1 to 32 letters, digits, `-` and `_`, starting with a letter or digit;
 * not `system` or `system-trace`. Required. With `trackerType: 'system'`, only `system`, which an absent name means.
 */
export function validateTrackerName(input: unknown, options?: TrackerNameOptions): Validation<string>;
/**
 * Judges the id of a KMS key: another form than 8-4-4-4-12 lowercase letters and digits is a warning. With
 * `encrypted: true` it is required; with `encrypted: false` a key is a warning.
 */
export function validateKmsId(input: unknown, options?: KmsIdOptions): Validation<string | undefined>;
/** Judges how long trace files are kept, in days: 30, 60, 90, 180 or 1095, as a number. It may be absent. */
export function validateBucketLifecycle(
  input: unknown,
  options?: ValidateOptions,
): Validation<30 | 60 | 90 | 180 | 1095 | undefined>;
/** Judges the compression of trace files: `gzip`, or `json` for none, in lowercase. It may be absent. */
export function validateCompressType(input: unknown, options?: ValidateOptions): Validation<'gzip' | 'json' | undefined>;
/** Judges the region of a bucket, such as `cn-north-4`: another form is a warning. Required. */
export function validateBucketLocation(input: unknown, options?: ValidateOptions): Validation<string>;
/** Judges the id of a project: 1 to 64 letters, digits, `-` and `_`; another length than 32 is a warning. Required. */
export function validateProjectId(input: unknown, options?: ValidateOptions): Validation<string>;
/** Judges the id of an account: 1 to 64 letters, digits, `-` and `_`; another length than 32 is a warning. Required. */
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
// What controls hold: nothing, `''`, or false where a box is not ticked.
type FormText = Absent<string | false>;
type FormFlag = Absent<boolean | string>;
type FormNumber = Absent<number | string | false>;
type FormList = Absent<string | false | readonly FormText[]>;

interface SelectorForm {
  /** Services whose traces are not transferred: `KMS`. One ticked value, or a list. */
  exclude_service?: FormList;
}
interface ObsInfoForm {
  /**
   * The bucket traces are transferred to: 3 to 63 lowercase letters, digits, `-` and `.`, starting with a letter or digit.
   * Required with `is_obs_created`.
   */
  bucket_name?: FormText;
  /** The prefix of trace files: at most 64 letters, digits, `-`, `_` and `.`. */
  file_prefix_name?: FormText;
  /** Whether CTS is to create the bucket; otherwise it must exist. */
  is_obs_created?: FormFlag;
  /** Days that traces are kept: 30, 60, 90, 180 or 1095, as a number or in digits. Heeded on data trackers only. */
  bucket_lifecycle?: FormNumber;
  /** `gzip`, or `json` for no compression; `gzip` unless given. */
  compress_type?: FormText;
  /** Whether the path of a file names the cloud service; true unless given. */
  is_sort_by_service?: FormFlag;
}
interface DataBucketForm {
  /** The bucket to track: required of a data tracker. Not the one traces are transferred to. */
  data_bucket_name?: FormText;
  /** The operations to record, `READ` and `WRITE`: required of a data tracker. One ticked value, or a list. */
  data_event?: FormList;
}

/**
 * The values of a form for CreateTracker, as HTML controls and form libraries hold them. What is absent, `''`, or false
 * where no flag is wanted, is left out of the request; so is a group of which nothing is filled in. A flag is true for
 * `true`, `'on'` and `'true'`.
 */
export interface CreateTrackerForm {
  /** `system`, the management tracker, or `data`, a data tracker. Required. */
  tracker_type?: FormText;
  /**
   * Of a data tracker 1 to 32 letters, digits, `-` and `_`, starting with a letter or digit; not `system` or
   * `system-trace`. Required there. That of the management tracker is `system`, also when it is not given.
   */
  tracker_name?: FormText;
  /** Whether traces are also transferred to LTS, for analysis. */
  is_lts_enabled?: FormFlag;
  /** Whether it applies to all members of the organization. Heeded on the management tracker only. */
  is_organization_tracker?: FormFlag;
  /** Which traces are left out. Heeded on the management tracker only. */
  management_event_selector?: Absent<SelectorForm>;
  /** The transfer of traces to a bucket. */
  obs_info?: Absent<ObsInfoForm>;
  /** Whether trace files are encrypted. Heeded on the management tracker only, together with `kms_id`. */
  is_support_trace_files_encryption?: FormFlag;
  /**
   * The key trace files are encrypted with: required with encryption; another form than 8-4-4-4-12 lowercase letters and
   * digits is a warning. Heeded on the management tracker only.
   */
  kms_id?: FormText;
  /** Whether trace files can be verified. */
  is_support_validate?: FormFlag;
  /** What a data tracker tracks: required there, refused on the management tracker. */
  data_bucket?: Absent<DataBucketForm>;
  /** `cts_admin_trust` has an agency of this name made for CTS. */
  agency_name?: FormText;
}

interface BucketForm {
  /** 3 to 63 lowercase letters, digits, `-` and `.`, starting with a letter or digit. Required. */
  bucket_name?: FormText;
  /** The region of the bucket, such as `cn-north-4`. Required. */
  bucket_location?: FormText;
  /** The key trace files would be encrypted with: required with encryption. */
  kms_id?: FormText;
  /** Whether trace files would be encrypted. */
  is_support_trace_files_encryption?: FormFlag;
}

/** The values of a form for CheckObsBuckets. */
export interface CheckObsBucketsForm {
  /** The buckets to check. */
  buckets?: Absent<readonly BucketForm[]>;
}

type Under<Name extends string, Group> = { [Field in keyof Group as `${Name}.${Field & string}`]: Group[Field] };

/** The values of a form by the names of its controls, such as `'obs_info.bucket_name'`, for hosts that keep them flat. */
export type CreateTrackerFlatForm = Omit<CreateTrackerForm, 'management_event_selector' | 'obs_info' | 'data_bucket'> &
  Under<'management_event_selector', SelectorForm> &
  Under<'obs_info', ObsInfoForm> &
  Under<'data_bucket', DataBucketForm>;
/** The same for CheckObsBuckets: `'buckets.0.bucket_name'`. */
export type CheckObsBucketsFlatForm = Under<`buckets.${number}`, BucketForm>;

/** For values of the wire, as `validateCreateTracker` judges them. */
export const createTrackerSchema: Schema<CreateTrackerInput, CreateTrackerRequestBody>;
/** For values of the wire, as `validateCheckObsBuckets` judges them. */
export const checkObsBucketsSchema: Schema<CheckObsBucketsInput, CheckObsBucketsRequestBody>;
/**
 * For what HTML controls give: `''` is absent, `'30'` is 30, `'on'` is true. The output is that of the wire. It takes a
 * `FormData` and a `CreateTrackerFlatForm` as well; they are not in its type, from which libraries know a form's fields.
 */
export const createTrackerFormSchema: Schema<CreateTrackerForm, CreateTrackerRequestBody>;
/** The same for CheckObsBuckets. It takes a `FormData` and a `CheckObsBucketsFlatForm` as well. */
export const checkObsBucketsFormSchema: Schema<CheckObsBucketsForm, CheckObsBucketsRequestBody>;
/** For one value, as `validateBucketName` judges it. */
export const bucketNameSchema: Schema<string>;
/** For one value, as `validateFilePrefixName` judges it. */
export const filePrefixNameSchema: Schema<Absent<string>, string | undefined>;
/** For one value, as `validateTrackerName` judges it. */
export const trackerNameSchema: Schema<string>;
/** For one value, as `validateKmsId` judges it. */
export const kmsIdSchema: Schema<Absent<string>, string | undefined>;
/** For one value, as `validateBucketLifecycle` judges it. */
export const bucketLifecycleSchema: Schema<Absent<number>, 30 | 60 | 90 | 180 | 1095 | undefined>;
/** For one value, as `validateCompressType` judges it. */
export const compressTypeSchema: Schema<Absent<string>, 'gzip' | 'json' | undefined>;
/** For one value, as `validateBucketLocation` judges it. */
export const bucketLocationSchema: Schema<string>;
/** For one value, as `validateProjectId` judges it. */
export const projectIdSchema: Schema<string>;
/** For one value, as `validateDomainId` judges it. */
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

/** What the rules allow, as data. Lengths are in Unicode code points. */
export const limits: {
  readonly bucketName: TextLimit;
  readonly filePrefixName: TextLimit;
  /** Of a data tracker; that of the management tracker is `system`. */
  readonly trackerName: TextLimit & { readonly reserved: readonly ('system' | 'system-trace')[] };
  /** In days. */
  readonly bucketLifecycle: ValuesLimit<30 | 60 | 90 | 180 | 1095>;
  readonly compressType: ValuesLimit<'gzip' | 'json'>;
  /** Another form of key ID is only a warning. */
  readonly kmsId: { readonly pattern: string };
  /** Another form of region ID is only a warning. */
  readonly bucketLocation: { readonly pattern: string };
  readonly trackerType: ValuesLimit<'system' | 'data'>;
  readonly dataEvent: ValuesLimit<'READ' | 'WRITE'>;
  readonly excludeService: ValuesLimit<'KMS'>;
  readonly agencyName: ValuesLimit<'cts_admin_trust'>;
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
/** The label of a field, in the terms of the vendor's console: `fieldLabel('obs_info.bucket_name')`. */
export function fieldLabel(path: CreateTrackerPath, locale?: Locale): string;
/** An issue of the package's, or one of a host's own making: the text may have any params. */
interface Formattable {
  readonly code: IssueCode;
  readonly params: Readonly<Record<string, unknown>>;
  /** Whose text it gets: that of `code:field` for `field.anything`, if there is one. */
  readonly rule?: string | undefined;
  /** If there is no text. */
  readonly message?: string | undefined;
  readonly path?: readonly (string | number)[] | undefined;
  readonly severity?: Severity | undefined;
  readonly serverCode?: string | undefined;
}
/** The message of an issue. */
export function formatIssue(issue: Formattable, locale?: Locale): string;
/** A path in a spelling, `dot` unless given: `formatPath(issue.path, 'bracket')`. */
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
  /** Of one try, in milliseconds; that of the whole call unless given. */
  readonly tryTimeoutMs?: number | undefined;
}

export interface ClientOptions {
  /** Where the signing proxy is. */
  readonly baseUrl: string | Instance<'URL'>;
  /** Of the URL of createTracker: needed here or at each call. 1 to 64 letters, digits, `-` and `_`. */
  readonly projectId?: string | undefined;
  /** Of the URL of checkObsBuckets, the account's id: needed here or at each call. 1 to 64 letters, digits, `-` and `_`. */
  readonly domainId?: string | undefined;
  /** In the stead of the platform's. */
  readonly fetch?: Fetch | undefined;
  /** Sent with every request; a function is asked before each. */
  readonly headers?: HeadersInput | (() => HeadersInput | Promise<HeadersInput>) | undefined;
  /** Of a call with all its tries, in milliseconds; 30000 unless given. */
  readonly timeoutMs?: number | undefined;
  readonly retry?: RetryOptions | undefined;
  /** The language of the messages: `en` or `zhCN`. Default `en`. */
  readonly locale?: Locale | undefined;
  /** Told what the client does, for logs. */
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
  /** Ends the call: it then rejects with kind `aborted`. */
  readonly signal?: Instance<'AbortSignal'> | undefined;
  /** Of the call with all its tries, in milliseconds; that of the client unless given. */
  readonly timeoutMs?: number | undefined;
  /** Besides those of the client, and in their stead. */
  readonly headers?: HeadersInput | undefined;
  /** Whether the body is judged before it is sent; true unless given. */
  readonly validate?: boolean | undefined;
}
export interface CreateTrackerCallOptions extends CallOptions {
  /** In the stead of the client's. */
  readonly projectId?: string | undefined;
}
export interface CheckObsBucketsCallOptions extends CallOptions {
  /** In the stead of the client's. */
  readonly domainId?: string | undefined;
}

export interface CheckBucketsOptions extends CheckObsBucketsCallOptions {
  /** Ends the whole: it then rejects with kind `aborted`, and what was found stands under `checked`. */
  readonly signal?: Instance<'AbortSignal'> | undefined;
  /** Of each batch with all its tries, in milliseconds, not of the whole; that of the client unless given. */
  readonly timeoutMs?: number | undefined;
  /** Requests under way at once, 1 to 64; 4 unless given. */
  readonly concurrency?: number | undefined;
  /** Buckets a request, 1 to 200; 20 unless given. */
  readonly batchSize?: number | undefined;
  /** How often batches that failed for a passing reason are tried once more, at the end, 0 to 10; 1 unless given. */
  readonly retryFailed?: number | undefined;
  /** Told after each batch how far it is. */
  readonly onProgress?: ((progress: CheckProgress) => void) | undefined;
}

/** How far `checkBuckets` is, in buckets. */
export interface CheckProgress {
  /** Those of which something is known: a result, or why they could not be asked. */
  readonly done: number;
  /** Not known while an iterator is being read. */
  readonly total: number | undefined;
  /** Those of `done` that could not be asked. A bucket that fails the check is not among them. */
  readonly failed: number;
}

/** One bucket of `checkBuckets`: what the service found, or why it could not be asked. */
export type CheckedBucket =
  | {
      readonly request: CheckBucketRequest;
      /** What the service found. A bucket that fails the check has one too: its `check_bucket_response.success` is false. */
      readonly result: Bucket;
      readonly error?: undefined;
    }
  | {
      readonly request: CheckBucketRequest;
      /** Why the service could not be asked about the bucket, which may be a good one. */
      readonly error: CtsError;
      readonly result?: undefined;
    };

export interface CtsClient {
  /**
   * Creates a tracker: judges the body, then sends it, and again only where nothing can happen twice. Rejects with a
   * `CtsError`; if its `mayAlreadyExist` is true, look whether the tracker is there before you call again.
   */
  createTracker(body: CreateTrackerInput, options?: CreateTrackerCallOptions): Promise<CreateTrackerResponse>;
  /**
   * Asks whether traces can be transferred to the buckets: in one request, tried again after a passing failure. A bucket
   * that fails the check is in the answer, with `check_bucket_response.success` false. Rejects with a `CtsError`. For more
   * than a few buckets: `checkBuckets`.
   */
  checkObsBuckets(body: CheckObsBucketsInput, options?: CheckObsBucketsCallOptions): Promise<CheckObsBucketsResponse>;
  /**
   * The same in batches, answers in the order of the buckets. A batch that fails does not lose the others. A bucket may
   * have an `error`, which is that it could not be asked, or a `result`, which may be that it fails the check.
   */
  checkBuckets(buckets: Iterable<CheckBucketInput>, options?: CheckBucketsOptions): Promise<CheckedBucket[]>;
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
  readonly findings: readonly { readonly code: Word<ServiceCode | CtsErrorKind>; readonly message: string }[];
}
export interface PreflightOptions extends CheckObsBucketsCallOptions {
  /** The region of the bucket that traces are transferred to. Needed if the body names one. */
  readonly bucketLocation?: string | undefined;
  readonly locale?: Locale | undefined;
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
  /** A createTracker may have been carried out, and is never sent again; but see `mayAlreadyExist`, the test for it. */
  | 'outcome_unknown'
  /** A success whose body is none of this service's, or another page altogether: see `received`. */
  | 'bad_response'
  /** The signing proxy refused: `errorCode` and `errorMsg` are its own. */
  | 'proxy'
  /** A fault of this package's; the next call starts afresh. */
  | 'internal';

/** Codes of the signing proxy's own answers (`code` of the problem details). */
export type ProxyProblemCode =
  | 'host_not_allowed'
  | 'malformed_request'
  | 'not_found'
  | 'method_not_allowed'
  | 'origin_not_allowed'
  | 'cross_site'
  | 'csrf_header_required'
  | 'unsupported_media_type'
  | 'body_too_large'
  | 'id_not_allowed'
  | 'not_authorized'
  | 'rate_limited'
  | 'too_many_in_flight'
  | 'keys_refused'
  | 'body_timeout'
  | 'body_unreadable'
  | 'invalid_json'
  | 'invalid_request'
  | 'credentials_unavailable'
  | 'not_ready'
  | 'upstream_unreachable'
  | 'upstream_timeout'
  | 'upstream_redirect'
  | 'upstream_answer'
  | 'internal';

/** What a failed call of the client rejects with; `isCtsError` tells it from others. */
export class CtsError extends Error {
  private constructor();
  override readonly name: 'CtsError';
  readonly kind: CtsErrorKind;
  readonly status?: number;
  /** The service's code as it came, such as `CTS.0201`: see `errorCodes`. Of kind `proxy`, the proxy's own. */
  readonly errorCode?: Word<ServiceCode | ProxyProblemCode>;
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
  /**
   * Of `createTracker`: true if a tracker may have been created. This is the test for it, not `kind`: it is true of
   * `outcome_unknown`, of `aborted` and `bad_response` after the request left, and of a `conflict` whose tracker may be
   * that of an earlier call. Otherwise it is absent.
   */
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

/** What is known about a code of the service; `formatServiceCode` says what it means. */
export interface ErrorCodeInfo {
  /** The usual HTTP status. */
  readonly status?: number;
  /** The fields of the request that it may be about, as paths. */
  readonly fields?: readonly string[];
}

/**
 * The codes of the service (`CTS.0231`), of OBS as far as CTS passes them on, and of the API gateway (`APIGW.0301`, also
 * for `APIG.0301`). A code that is not listed is undefined: `errorCodes[error.errorCode ?? '']?.status`.
 */
export const errorCodes: Readonly<Record<ServiceCode, ErrorCodeInfo>> & Readonly<Record<string, ErrorCodeInfo>>;

/**
 * What a code of the service means and what to do about it; undefined for an unknown code.
 * The case of the prefix does not matter, and `APIG.` is the same as `APIGW.`.
 */
export function formatServiceCode(code: string, locale?: Locale): string | undefined;

/** Compiles the wasm ahead of the first call. Nothing needs it. */
export function warmup(): Promise<void>;

/** Of this package: `1.2.3`. */
export const version: string;

export {};
