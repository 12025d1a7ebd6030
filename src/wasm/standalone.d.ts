// All but Issue, which has no message here, stands as it does in the types of the npm package.

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

/** One thing that is wrong, or worth knowing. `code`, `path` and `params` are the contract. */
export interface Issue {
  readonly code: IssueCode;
  /** The documented field: `['obs_info', 'bucket_name']`. Empty for the whole value. */
  readonly path: readonly (string | number)[];
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
