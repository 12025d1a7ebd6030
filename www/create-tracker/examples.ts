// The request examples of the API reference, unchanged.
import type { Draft } from './request.js';

export const examples: Readonly<Record<'system' | 'data', Draft>> = {
  system: {
    tracker_type: 'system',
    tracker_name: 'system',
    agency_name: 'cts_admin_trust',
    obs_info: { is_obs_created: false, bucket_name: 'test-data-tracker', file_prefix_name: '11' },
    is_lts_enabled: true,
    is_support_trace_files_encryption: true,
    kms_id: '13a4207c-7abe-4b68-8510-16b84c3b5504',
    is_support_validate: true,
  },
  data: {
    tracker_type: 'data',
    tracker_name: 'data-tracker-name',
    agency_name: 'cts_admin_trust',
    obs_info: { is_obs_created: false, bucket_name: 'saveTraceBucket', file_prefix_name: '11', bucket_lifecycle: 30 },
    is_lts_enabled: true,
    data_bucket: { data_event: ['READ', 'WRITE'], data_bucket_name: 'cstest0423' },
  },
};
