// Written by tests/witness.rs from the Rust models, every field filled: do not edit.
import type {
  Bucket,
  CheckBucketRequest,
  CheckBucketResponse,
  CheckObsBucketsRequestBody,
  CheckObsBucketsResponse,
  CreateTrackerResponse,
  DataBucket,
  DataBucketQuery,
  DataTracker,
  Lts,
  ManagementEventSelector,
  ObsInfo,
  SystemTracker,
  TrackerObsInfo,
} from 'cts-tracker';

type Equal<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;

/** The value is of the type, and has all of its fields. */
declare function witness<T>(): <V extends T>(value: V, complete: Equal<keyof V, keyof T>) => void;

witness<Omit<SystemTracker, 'data_bucket'>>()(
  {
    tracker_type: 'system',
    tracker_name: 'system',
    is_lts_enabled: true,
    is_organization_tracker: false,
    management_event_selector: {
      exclude_service: ['KMS'],
    },
    obs_info: {
      bucket_name: 'test-data-tracker',
      file_prefix_name: '11',
      is_obs_created: false,
      bucket_lifecycle: 30,
      compress_type: 'gzip',
      is_sort_by_service: true,
    },
    is_support_trace_files_encryption: true,
    kms_id: '13a4207c-7abe-4b68-8510-16b84c3b5504',
    is_support_validate: true,
    agency_name: 'cts_admin_trust',
  },
  true,
);

witness<DataTracker>()(
  {
    tracker_type: 'data',
    tracker_name: 'audit',
    is_lts_enabled: true,
    is_organization_tracker: false,
    management_event_selector: {
      exclude_service: ['KMS'],
    },
    obs_info: {
      bucket_name: 'test-data-tracker',
      file_prefix_name: '11',
      is_obs_created: false,
      bucket_lifecycle: 30,
      compress_type: 'gzip',
      is_sort_by_service: true,
    },
    is_support_trace_files_encryption: true,
    kms_id: '13a4207c-7abe-4b68-8510-16b84c3b5504',
    is_support_validate: true,
    data_bucket: {
      data_bucket_name: 'cstest0423',
      data_event: ['READ', 'WRITE'],
    },
    agency_name: 'cts_admin_trust',
  },
  true,
);

witness<ManagementEventSelector>()(
  {
    exclude_service: ['KMS'],
  },
  true,
);

witness<TrackerObsInfo>()(
  {
    bucket_name: 'test-data-tracker',
    file_prefix_name: '11',
    is_obs_created: false,
    bucket_lifecycle: 30,
    compress_type: 'gzip',
    is_sort_by_service: true,
  },
  true,
);

witness<DataBucket>()(
  {
    data_bucket_name: 'cstest0423',
    data_event: ['READ', 'WRITE'],
  },
  true,
);

witness<CreateTrackerResponse>()(
  {
    id: '2e6fa9b8-8c6e-456d-b5d3-77be972d220b',
    create_time: 1587958482923,
    kms_id: '13a4207c-7abe-4b68-8510-16b84c3b5504',
    is_support_validate: true,
    is_organization_tracker: false,
    management_event_selector: {
      exclude_service: ['KMS'],
    },
    lts: {
      is_lts_enabled: true,
      log_group_name: 'CTS',
      log_topic_name: 'system-trace',
    },
    tracker_type: 'system',
    domain_id: 'a',
    project_id: 'b',
    tracker_name: 'system',
    status: 'enabled',
    detail: 'noBucket',
    is_support_trace_files_encryption: true,
    obs_info: {
      bucket_name: 'test-bucket',
      file_prefix_name: '11',
      is_obs_created: false,
      is_authorized_bucket: false,
      bucket_lifecycle: 30,
      compress_type: 'gzip',
      is_sort_by_service: true,
      bucket_location: 'cn-north-1',
    },
    data_bucket: {
      data_bucket_name: 'cstest0423',
      search_enabled: true,
      data_event: ['READ'],
    },
    agency_name: 'cts_admin_trust',
  },
  true,
);

witness<Lts>()(
  {
    is_lts_enabled: true,
    log_group_name: 'CTS',
    log_topic_name: 'system-trace',
  },
  true,
);

witness<ObsInfo>()(
  {
    bucket_name: 'test-bucket',
    file_prefix_name: '11',
    is_obs_created: false,
    is_authorized_bucket: false,
    bucket_lifecycle: 30,
    compress_type: 'gzip',
    is_sort_by_service: true,
    bucket_location: 'cn-north-1',
  },
  true,
);

witness<DataBucketQuery>()(
  {
    data_bucket_name: 'cstest0423',
    search_enabled: true,
    data_event: ['READ'],
  },
  true,
);

witness<CheckObsBucketsRequestBody>()(
  {
    buckets: [
      {
        bucket_name: 'bucket1',
        bucket_location: 'cn-north-1',
        kms_id: '1f26f8d8-65d4-436b-bea2-bd0ac1984f71',
        is_support_trace_files_encryption: false,
      },
    ],
  },
  true,
);

witness<CheckBucketRequest>()(
  {
    bucket_name: 'bucket1',
    bucket_location: 'cn-north-1',
    kms_id: '1f26f8d8-65d4-436b-bea2-bd0ac1984f71',
    is_support_trace_files_encryption: false,
  },
  true,
);

witness<CheckObsBucketsResponse>()(
  {
    buckets: [
      {
        bucket_name: 'bucket1',
        bucket_location: 'cn-north-1',
        kms_id: '1f26f8d8-65d4-436b-bea2-bd0ac1984f71',
        is_support_trace_files_encryption: false,
        check_bucket_response: {
          error_code: 'OBS.NoSuchBucket',
          error_message: 'Error message:Request Error.OBS service Error Message.',
          response_code: 404,
          success: false,
        },
      },
    ],
  },
  true,
);

witness<Bucket>()(
  {
    bucket_name: 'bucket1',
    bucket_location: 'cn-north-1',
    kms_id: '1f26f8d8-65d4-436b-bea2-bd0ac1984f71',
    is_support_trace_files_encryption: false,
    check_bucket_response: {
      error_code: 'OBS.NoSuchBucket',
      error_message: 'Error message:Request Error.OBS service Error Message.',
      response_code: 404,
      success: false,
    },
  },
  true,
);

witness<CheckBucketResponse>()(
  {
    error_code: 'OBS.NoSuchBucket',
    error_message: 'Error message:Request Error.OBS service Error Message.',
    response_code: 404,
    success: false,
  },
  true,
);
