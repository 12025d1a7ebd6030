// Generated from Rust by src/codegen.
export type Word<Known extends string> = Known | (string & {});


export type Severity = 'error' | 'warning';

/** An issue of one code: `IssueOf<'too_short'>`. */
export interface IssueOf<Code extends IssueCode> {
  /** Determines the type of `params`. */
  readonly code: Code;
  /** The field: `['obs_info', 'bucket_name']`. Empty for the whole value, or if one field was validated alone. */
  readonly path: readonly (string | number)[];
  /** See `IssueParams`: `{ min: 3, actual: 2 }`. */
  readonly params: IssueParams[Code];
  readonly severity: Severity;
  /** The rule that was violated: `bucket_name.length`. */
  readonly rule: string;
  /** The code that the service answers to the same mistake: `CTS.0231`. Only errors have one. */
  readonly serverCode?: ServiceCode;
}

/**
 * An error or a warning. `code`, `path` and `params` are stable. The code narrows the params: after
 * `issue.code === 'too_short'`, `issue.params.min` is a number.
 */
export type Issue = { [Code in IssueCode]: IssueOf<Code> }[IssueCode];

/** Either a value or issues; check `issues`. A value may have warnings too. */
export type Validation<T> =
  | { readonly value: T; readonly warnings: readonly Issue[]; readonly issues?: undefined }
  | { readonly issues: readonly [Issue, ...Issue[]]; readonly warnings: readonly Issue[]; readonly value?: undefined };

/** The code of an issue. `IssueParams` says what it means and which params it has. */
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

/** A JavaScript type, or for an object that is not plain its tag in lower case: `map`. */
export type ActualType = Word<
  | 'string'
  | 'number'
  | 'boolean'
  | 'object'
  | 'array'
  | 'null'
  | 'bigint'
  | 'symbol'
  | 'function'
  | 'unreadable'
>;

/**
 * The params of each code, which are also the placeholders of its message. Lengths and indexes count Unicode code
 * points, or the items of a list; indexes start at 0.
 */
export interface IssueParams {
  /** A line of NDJSON is not JSON. */
  invalid_json: {
    /** Starts at 1. */
    readonly line: number;
    /** In code points. Starts at 1. */
    readonly column: number;
    /** In bytes from the start of the text. Starts at 0. */
    readonly offset: number;
  };
  /** The request is not a plain object. */
  not_object: {
    readonly actual: ActualType;
  };
  /** A required value is absent or empty. */
  required: {};
  /** The value has another type than `expected`. */
  invalid_type: {
    readonly expected: 'string' | 'boolean' | 'object' | 'array' | 'integer';
    readonly actual: ActualType;
  };
  /** The API reference has no such field. `suggestion` is the field that was probably meant, if there is one. */
  unknown_key: {
    readonly suggestion?: string;
  };
  /**
   * The value is not one of `allowed`, which are words or numbers of days. `suggestion` is the word that differs only
   * in case, if there is one. `actual` is present only for numbers.
   */
  invalid_enum: {
    readonly allowed: readonly (string | number)[];
    readonly suggestion?: string;
    /** In days. */
    readonly actual?: number;
  };
  /** The value has `actual` code points; at least `min` are required. */
  too_short: {
    /** In code points. */
    readonly min: number;
    /** In code points. */
    readonly actual: number;
  };
  /** The value has `actual` code points or items; at most `max` are allowed. */
  too_long: {
    /** In code points, or items of a list. */
    readonly max: number;
    /** In code points, or items of a list. */
    readonly actual: number;
  };
  /** The first `character` that is not allowed, and its `index`. */
  invalid_character: {
    /** One code point. */
    readonly character: string;
    /** In code points. Starts at 0. */
    readonly index: number;
  };
  /** The value must not start with `character`. */
  invalid_start: {
    /** One code point. */
    readonly character: string;
  };
  /** The value must not end with `character`. */
  invalid_end: {
    /** One code point. */
    readonly character: string;
  };
  /** The value contains separators that must not follow each other: the first such `sequence`, and its `index`. */
  adjacent_separators: {
    /** Two characters. */
    readonly sequence: string;
    /** In code points. Starts at 0. */
    readonly index: number;
  };
  /** The value consists of four decimal groups joined by dots. */
  ip_address: {};
  /** The value is one of the `reserved` words. */
  reserved_name: {
    readonly reserved: readonly string[];
  };
  /** The only valid value is `expected`. */
  must_equal: {
    readonly expected: 'system';
  };
  /** The value equals the value of another `field`, which is a path in dot spelling. */
  must_differ: {
    readonly field: 'obs_info.bucket_name';
  };
  /** The field is not allowed here. */
  forbidden: {};
  /** The field applies only to the other type of tracker, `trackerType`. */
  not_applicable: {
    readonly trackerType: 'system' | 'data';
  };
  /** The value has no effect without the `field` beside it. */
  requires_field: {
    readonly field: 'bucket_name';
  };
  /** The list has no items. */
  empty_list: {};
  /** The item equals an earlier item; `first` is the index of the first one. */
  duplicate_item: {
    /** In items. Starts at 0. */
    readonly first: number;
  };
  /** The value has no effect because of other fields. */
  unused: {};
  /** The value is allowed, but such IDs usually have another form. */
  unusual_format: {};
  /** The list of issues was cut: it leaves out `more` issues. The path is `[]`. */
  too_many_issues: {
    /** A number of issues. */
    readonly more: number;
  };
}

/**
 * A known error code of the service (`CTS.0231`), of OBS (as far as CTS passes it on) or of the API gateway
 * (`APIGW.0301`).
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

/** The body of CreateTracker. */
export type CreateTrackerRequestBody = SystemTracker | DataTracker;

/** The fields of both types of tracker. */
export interface TrackerCommon {
  /** Transfers traces to Log Tank Service (LTS) for analysis. */
  is_lts_enabled?: boolean;
  /** Applies the configuration to all members of the organization. Applies only to the management tracker. */
  is_organization_tracker?: boolean;
  /** Excludes management traces from the transfer. Applies only to the management tracker. */
  management_event_selector?: ManagementEventSelector;
  /** The OBS bucket that traces are transferred to. */
  obs_info?: TrackerObsInfo;
  /** Encrypts trace files during the transfer; requires `kms_id`. Applies only to the management tracker. */
  is_support_trace_files_encryption?: boolean;
  /**
   * The ID of the KMS key that encrypts trace files. Required with `is_support_trace_files_encryption`. Applies only to
   * the management tracker. A key ID has 36 lowercase letters, digits and `-` (8-4-4-4-12). Another format is a
   * warning.
   */
  kms_id?: string;
  /** Allows the verification of trace files. */
  is_support_validate?: boolean;
  /** Creates the agency of this name for CTS. */
  agency_name?: 'cts_admin_trust';
}

/** The management tracker. A region has one. */
export interface SystemTracker extends TrackerCommon {
  /**
   * `system` is the management tracker, of which a region has one. `data` is a data tracker; an account can have 100 of
   * them.
   */
  tracker_type: 'system';
  /**
   * The name of a management tracker is `system`. The name of a data tracker has 1 to 32 letters, digits, `-` and `_`,
   * starts with a letter or digit, and is not `system` or `system-trace`.
   */
  tracker_name: 'system';
  /** The OBS bucket that a data tracker tracks. Required for a data tracker, not allowed for the management tracker. */
  data_bucket?: undefined;
}

/** A data tracker. It tracks one OBS bucket. */
export interface DataTracker extends TrackerCommon {
  /**
   * `system` is the management tracker, of which a region has one. `data` is a data tracker; an account can have 100 of
   * them.
   */
  tracker_type: 'data';
  /**
   * The name of a management tracker is `system`. The name of a data tracker has 1 to 32 letters, digits, `-` and `_`,
   * starts with a letter or digit, and is not `system` or `system-trace`.
   */
  tracker_name: string;
  /** The OBS bucket that a data tracker tracks. Required for a data tracker, not allowed for the management tracker. */
  data_bucket: DataBucket;
}

/** Excludes management traces from the transfer. */
export interface ManagementEventSelector {
  /** Services whose traces are not transferred. `KMS` excludes its `createDatakey` traces. */
  exclude_service?: 'KMS'[];
}

/** The OBS bucket that traces are transferred to. */
export interface TrackerObsInfo {
  /**
   * Required with `is_obs_created`. A bucket name has 3 to 63 lowercase letters, digits, `-` and `.`, and starts with a
   * letter or digit.
   */
  bucket_name?: string;
  /** The prefix of the names of trace files. A prefix has at most 64 letters, digits, `-`, `_` and `.`. */
  file_prefix_name?: string;
  /** `true` creates the bucket, which must not exist yet. `false` uses an existing bucket. */
  is_obs_created?: boolean;
  /**
   * The number of days that trace files are kept. It changes the lifecycle rule of the bucket. Applies only to data
   * trackers.
   */
  bucket_lifecycle?: 30 | 60 | 90 | 180 | 1095;
  /** `json` means no compression. The default is `gzip`. */
  compress_type?: 'gzip' | 'json';
  /** Whether the path of a trace file contains the name of the cloud service. The default is `true`. */
  is_sort_by_service?: boolean;
}

/** The OBS bucket that a data tracker tracks. */
export interface DataBucket {
  /**
   * The name of an existing bucket other than `obs_info.bucket_name`. It cannot be changed later. A bucket name has 3
   * to 63 lowercase letters, digits, `-` and `.`, and starts with a letter or digit.
   */
  data_bucket_name: string;
  /** The operations to record, at least one. */
  data_event: ('READ' | 'WRITE')[];
}

/** The body of CheckObsBuckets. */
export interface CheckObsBucketsRequestBody {
  /** The buckets to check. */
  buckets?: CheckBucketRequest[];
}

/** A bucket to check. */
export interface CheckBucketRequest {
  /**
   * The name of the bucket. A bucket name has 3 to 63 lowercase letters, digits, `-` and `.`, and starts with a letter
   * or digit.
   */
  bucket_name: string;
  /**
   * The region of the bucket. A region ID, such as `cn-north-4`, has groups of lowercase letters and digits with `-`
   * between them. Another format is a warning.
   */
  bucket_location: string;
  /**
   * The ID of the KMS key that would encrypt trace files. Required with `is_support_trace_files_encryption`. A key ID
   * has 36 lowercase letters, digits and `-` (8-4-4-4-12). Another format is a warning.
   */
  kms_id?: string;
  /** Whether trace files would be encrypted. */
  is_support_trace_files_encryption?: boolean;
}
