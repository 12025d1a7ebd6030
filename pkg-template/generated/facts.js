export const facts = {
  limits: {
    bucketName: { min: 3, max: 63, pattern: '[a-z0-9][a-z0-9\\-.]{2,62}' },
    filePrefixName: { min: 0, max: 64, pattern: '[A-Za-z0-9\\-_.]{0,64}' },
    trackerName: { min: 1, max: 32, pattern: '[A-Za-z0-9][A-Za-z0-9\\-_]{0,31}', reserved: ['system', 'system-trace'] },
    bucketLifecycle: { values: [30, 60, 90, 180, 1095] },
    compressType: { values: ['gzip', 'json'] },
    kmsId: { pattern: '[0-9a-z]{8}-[0-9a-z]{4}-[0-9a-z]{4}-[0-9a-z]{4}-[0-9a-z]{12}' },
    bucketLocation: { pattern: '[a-z0-9]+(-[a-z0-9]+)+' },
    trackerType: { values: ['system', 'data'] },
    dataEvent: { values: ['READ', 'WRITE'] },
    excludeService: { values: ['KMS'] },
    agencyName: { values: ['cts_admin_trust'] },
    projectId: { min: 1, max: 64, pattern: '[A-Za-z0-9_\\-]{1,64}' },
    domainId: { min: 1, max: 64, pattern: '[A-Za-z0-9_\\-]{1,64}' },
  },
  tables: {
    createTracker: {
      tracker_type: { type: 'string', required: true },
      tracker_name: { type: 'string' },
      is_lts_enabled: { type: 'boolean' },
      is_organization_tracker: { type: 'boolean' },
      management_event_selector: { type: 'object', fields: { exclude_service: { type: 'array', items: { type: 'string' } } } },
      obs_info: { type: 'object', fields: {
        bucket_name: { type: 'string' }, file_prefix_name: { type: 'string' }, is_obs_created: { type: 'boolean' },
        bucket_lifecycle: { type: 'integer' }, compress_type: { type: 'string' }, is_sort_by_service: { type: 'boolean' } } },
      is_support_trace_files_encryption: { type: 'boolean' },
      kms_id: { type: 'string' },
      is_support_validate: { type: 'boolean' },
      data_bucket: { type: 'object', fields: { data_bucket_name: { type: 'string' }, data_event: { type: 'array', items: { type: 'string' } } } },
      agency_name: { type: 'string' },
    },
    checkObsBuckets: {
      buckets: { type: 'array', items: { type: 'object', fields: {
        bucket_name: { type: 'string', required: true }, bucket_location: { type: 'string', required: true },
        kms_id: { type: 'string' }, is_support_trace_files_encryption: { type: 'boolean' } } } },
    },
  },
  serviceCodes: {
    'CTS.0231': { status: 400, message: 'Invalid bucket name. …', field: 'bucket_name' },
    'CTS.0201': { status: 400, message: 'A management tracker has been created.' },
  },
  schemas: {},
};
