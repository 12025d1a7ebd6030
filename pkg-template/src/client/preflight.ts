// `preflight`: finds reasons why creating a tracker would fail, without creating it.
import { validateBucketLocation } from '../generated/validators.js';
import { localeOption } from '../messages/locale.js';
import { formatServiceCode, serviceCodeKey } from '../messages/service-codes.js';
import { objectOption, ownProperties } from '../options.js';
import type { Word } from '../platform.js';
import type { ServiceCode } from '../validation/issue.js';
import { validateCreateTracker } from '../validation/validate.js';
import type { Bucket, CheckBucketRequest } from '../validation/wire.js';
import { ready } from '../wasm/browser.js';
import { type CtsErrorKind, isCtsError } from './error.js';
import { formatError, invalid } from './failure.js';
import type { CtsClient, PreflightOptions, PreflightReport } from './types.js';

/** Failures that say nothing about the tracker. */
const UNRELATED: readonly CtsErrorKind[] = ['validation', 'aborted', 'internal'];

/**
 * Validates the body, checks the bucket of `obs_info`, and reports why creating the tracker would fail. It never creates
 * one. Reasons that only the service knows (existing trackers, quotas) are not found. Rejects with a `CtsError` of kind
 * `validation` if `bucketLocation` or the client's `domainId` is missing; if the check fails, that is a finding.
 */
export async function preflight(
  client: CtsClient,
  body: unknown,
  options?: PreflightOptions,
): Promise<PreflightReport> {
  if (typeof client?.checkObsBuckets !== 'function') {
    throw new TypeError('preflight(client, body): the first argument must be a client');
  }
  const { bucketLocation, locale, ...call } = objectOption(options);
  localeOption(locale);
  const starting = ready();
  if (starting) await starting;
  const { value: valid, issues = [], warnings } = validateCreateTracker(body, { locale });
  const report = { ok: issues.length === 0, issues, warnings, findings: [] };
  const value = valid && ownProperties(valid);
  const { bucket_name: name, is_obs_created: createsBucket } = objectOption(value?.obs_info);
  if (!value || !name) return report;
  const location = validateBucketLocation(bucketLocation, { locale });
  if (location.issues) throw invalid(location.issues, locale, 'bucketLocation');

  const request: CheckBucketRequest = { bucket_name: name, bucket_location: location.value };
  if (value.is_support_trace_files_encryption && value.kms_id !== undefined) {
    Object.assign(request, { kms_id: value.kms_id, is_support_trace_files_encryption: true });
  }
  const failed = (code: Word<ServiceCode | CtsErrorKind>, message: string) => ({ code, message });
  try {
    const { buckets } = await client.checkObsBuckets({ buckets: [request] }, call);
    const bucket = buckets?.[0];
    const code = reasonOf(bucket, createsBucket === true);
    const findings = code ? [failed(code, formatServiceCode(code, locale) ?? code)] : [];
    return { ...report, ok: !code, findings, ...(bucket && { bucket }) };
  } catch (error) {
    if (!isCtsError(error) || UNRELATED.includes(error.kind)) throw error;
    const code = error.errorCode === undefined ? error.kind : serviceCodeKey(error.errorCode);
    return { ...report, ok: false, findings: [failed(code, formatError(error, locale))] };
  }
}

/** The code that creating the tracker would fail with, from the check of its bucket. */
function reasonOf(bucket: Bucket | undefined, createsBucket: boolean): ServiceCode | undefined {
  const { success, response_code: status, error_code: code = '' } = bucket?.check_bucket_response ?? {};
  // The bucket to create exists already.
  if (success === true) return createsBucket ? 'CTS.0215' : undefined;
  // The KMS key cannot be used.
  if (/KMS/i.test(code)) return 'CTS.0222';
  // The bucket does not exist.
  if (status === 404 || /NoSuchBucket/i.test(code)) return createsBucket ? undefined : 'CTS.0211';
  // The bucket cannot be created; the bucket cannot be used.
  return createsBucket ? 'CTS.0216' : 'CTS.0001';
}
