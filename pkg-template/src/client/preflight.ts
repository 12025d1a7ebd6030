// What creating a tracker would meet, found out without creating it.

import { localeOption } from '../messages/locale.js';
import { formatServiceCode, serviceCodeKey } from '../messages/service-codes.js';
import { objectOption } from '../options.js';
import { validateBucketLocation, validateCreateTracker } from '../validation/validate.js';
import { isCtsError } from './error.js';
import { invalid } from './failure.js';

const NOT_FOUND = 'CTS.0211';
const EXISTS = 'CTS.0215';
const NOT_CREATED = 'CTS.0216';
const KEY_REFUSED = 'CTS.0222';
const REFUSED = 'CTS.0001';
/** Failures that say nothing about the tracker. */
const OURS = ['validation', 'aborted', 'internal'];

/**
 * Judges the body, checks the bucket of the transfer, and names the codes that creation would be answered with. What
 * only the service's own state decides (whether there is such a tracker, quotas) is not among them.
 */
export async function preflight(client, body, options) {
  if (typeof client?.checkObsBuckets !== 'function')
    throw new TypeError('preflight(client, body): the first argument must be a client');
  const { bucketLocation, locale, ...call } = objectOption(options);
  localeOption(locale);
  const { value, issues = [], warnings } = validateCreateTracker(body, { locale });
  const report = { ok: issues.length === 0, issues, warnings, findings: [] };
  const { bucket_name: name, is_obs_created: create } = value?.obs_info ?? {};
  if (!name) return report;
  const { issues: unfit } = validateBucketLocation(bucketLocation, { locale });
  if (unfit) throw invalid(unfit, locale, 'bucketLocation');

  const find = (code, message = formatServiceCode(code, locale) ?? code) => {
    report.findings.push({ code, message });
    report.ok = false;
  };
  const bucket = { bucket_name: name, bucket_location: bucketLocation };
  if (value.is_support_trace_files_encryption) {
    Object.assign(bucket, { kms_id: value.kms_id, is_support_trace_files_encryption: true });
  }
  try {
    const { buckets } = await client.checkObsBuckets({ buckets: [bucket] }, call);
    report.bucket = buckets?.[0];
  } catch (error) {
    if (!isCtsError(error) || OURS.includes(error.kind)) throw error;
    find(error.errorCode === undefined ? error.kind : serviceCodeKey(error.errorCode), error.message);
    return report;
  }
  const { success, response_code: status, error_code: code = '' } = report.bucket?.check_bucket_response ?? {};
  const missing = status === 404 || /NoSuchBucket/i.test(code);
  if (success === true) {
    if (create) find(EXISTS);
  } else if (/KMS/i.test(code)) find(KEY_REFUSED);
  else if (missing) {
    if (!create) find(NOT_FOUND);
  } else find(create ? NOT_CREATED : REFUSED);
  return report;
}
