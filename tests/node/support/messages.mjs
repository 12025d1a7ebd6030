// What the tests of messages share.
import { en, zhCN } from 'cts-tracker';
import { internal } from '../../support/internal.mjs';

export const LOCALES = [en, zhCN];
export const { issueCodes: CODES } = await internal('generated/metadata.ts');

/** The field names that a rule ID may start with. */
export const SUBJECTS = new Set(
  (
    'body json keys tracker_type tracker_name is_lts_enabled is_organization_tracker ' +
    'management_event_selector exclude_service obs_info bucket_name file_prefix_name is_obs_created bucket_lifecycle ' +
    'compress_type is_sort_by_service is_support_trace_files_encryption kms_id is_support_validate data_bucket ' +
    'data_event agency_name buckets bucket_location project_id domain_id'
  ).split(' '),
);

export const issue = (code, rule, params = {}) => ({
  code,
  rule,
  params,
  path: [],
  severity: 'error',
  message: 'unused',
});
