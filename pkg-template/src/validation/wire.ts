// Requests and answers as they travel.
import type { Word } from '../platform.js';

export type CreateTrackerRequestBody = SystemTracker | DataTracker;

export interface TrackerCommon {
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
export type Given<T> = T extends readonly (infer Item)[]
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

// Answers are read leniently: every field may be missing, and a word may be one that is not known yet.

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
