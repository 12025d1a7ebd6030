// All but IssueOf, which has no message here, stands as it does in the types of the npm package.

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
  | 'CTS.0001'
  | 'CTS.0002'
  | 'CTS.0003'
  | 'CTS.0004'
  | 'CTS.0005'
  | 'CTS.0012'
  | 'CTS.0013'
  | 'CTS.0056'
  | 'CTS.0100'
  | 'CTS.0200'
  | 'CTS.0201'
  | 'CTS.0202'
  | 'CTS.0203'
  | 'CTS.0204'
  | 'CTS.0205'
  | 'CTS.0206'
  | 'CTS.0207'
  | 'CTS.0208'
  | 'CTS.0209'
  | 'CTS.0210'
  | 'CTS.0211'
  | 'CTS.0212'
  | 'CTS.0213'
  | 'CTS.0214'
  | 'CTS.0215'
  | 'CTS.0216'
  | 'CTS.0217'
  | 'CTS.0218'
  | 'CTS.0219'
  | 'CTS.0220'
  | 'CTS.0221'
  | 'CTS.0222'
  | 'CTS.0225'
  | 'CTS.0228'
  | 'CTS.0229'
  | 'CTS.0231'
  | 'CTS.0300'
  | 'CTS.0400'
  | 'CTS.0401'
  | 'CTS.0402'
  | 'CTS.0403'
  | 'CTS.0404'
  | 'CTS.0407'
  | 'CTS.0410'
  | 'CTS.0411'
  | 'OBS.NoSuchBucket'
  | 'APIGW.0101'
  | 'APIGW.0103'
  | 'APIGW.0104'
  | 'APIGW.0105'
  | 'APIGW.0106'
  | 'APIGW.0201'
  | 'APIGW.0202'
  | 'APIGW.0203'
  | 'APIGW.0204'
  | 'APIGW.0301'
  | 'APIGW.0302'
  | 'APIGW.0303'
  | 'APIGW.0304'
  | 'APIGW.0305'
  | 'APIGW.0306'
  | 'APIGW.0307'
  | 'APIGW.0308'
  | 'APIGW.0310'
  | 'APIGW.0311'
  | 'APIGW.0401'
  | 'APIGW.0402'
  | 'APIGW.0404'
  | 'APIGW.0501'
  | 'APIGW.0502'
  | 'APIGW.0601'
  | 'APIGW.0602'
  | 'APIGW.0605'
  | 'APIGW.0606'
  | 'APIGW.0607'
  | 'APIGW.0608'
  | 'APIGW.0609'
  | 'APIGW.0610'
  | 'APIGW.0611'
  | 'APIGW.0612'
  | 'APIGW.0613'
  | 'APIGW.0705'
  | 'APIGW.0802';

/** An issue of one code: `IssueOf<'too_short'>`. */
export interface IssueOf<Code extends IssueCode> {
  /** What is wrong; tells which params there are. */
  readonly code: Code;
  /** The documented field: `['obs_info', 'bucket_name']`. Empty for the whole value, or when one field is judged alone. */
  readonly path: readonly (string | number)[];
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
