// Every validator of the package, and what holds for every result of one.
import assert from 'node:assert/strict';
import * as cts from 'cts-tracker';
import { FIELD_VALIDATORS } from '../../vectors/cases.mjs';

/** The names of all fields. */
export const KEYS = [
  'tracker_type',
  'tracker_name',
  'is_lts_enabled',
  'is_organization_tracker',
  'management_event_selector',
  'obs_info',
  'is_support_trace_files_encryption',
  'kms_id',
  'is_support_validate',
  'data_bucket',
  'agency_name',
  'exclude_service',
  'bucket_name',
  'file_prefix_name',
  'is_obs_created',
  'bucket_lifecycle',
  'compress_type',
  'is_sort_by_service',
  'data_bucket_name',
  'data_event',
  'buckets',
  'bucket_location',
];
const CODES =
  `invalid_json not_object required invalid_type unknown_key invalid_enum too_short too_long invalid_character
  invalid_start invalid_end adjacent_separators ip_address reserved_name must_equal must_differ forbidden not_applicable
  requires_field empty_list duplicate_item unused unusual_format too_many_issues`.split(/\s+/);

const capital = (name) => name[0].toUpperCase() + name.slice(1);
export const VALIDATORS = Object.fromEntries(
  ['createTracker', 'checkObsBuckets', ...FIELD_VALIDATORS].map((name) => [name, cts[`validate${capital(name)}`]]),
);
export const SCHEMAS = [
  'createTracker',
  'checkObsBuckets',
  'createTrackerForm',
  'checkObsBucketsForm',
  ...FIELD_VALIDATORS,
].map((name) => cts[`${name}Schema`]['~standard']);

export function isIssue(issue, severity) {
  assert.ok(CODES.includes(issue.code), issue.code);
  assert.equal(issue.severity, severity);
  assert.ok(Array.isArray(issue.path));
  for (const step of issue.path) assert.ok(typeof step === 'string' || Number.isSafeInteger(step));
  assert.ok(typeof issue.message === 'string' && issue.message.length > 4 && issue.message.length < 600, issue.message);
  assert.equal(Object.getPrototypeOf(issue.params), Object.prototype);
  assert.ok(typeof issue.rule === 'string' && issue.rule !== '');
  if (issue.serverCode !== undefined) assert.match(issue.serverCode, /^CTS\.\d{4}$/);
  if (severity === 'warning') assert.equal(issue.serverCode, undefined);
}

export function isValidation(result) {
  assert.ok(Array.isArray(result.warnings));
  for (const issue of result.warnings) isIssue(issue, 'warning');
  if (result.issues === undefined) return assert.ok('value' in result);
  assert.ok(!('value' in result));
  assert.ok(Array.isArray(result.issues) && result.issues.length > 0 && result.issues.length <= 1001);
  for (const issue of result.issues) isIssue(issue, 'error');
}

/** The result of every validator; each gets a new input. */
export function validateAll(make) {
  for (const validate of Object.values(VALIDATORS)) isValidation(validate(make()));
  for (const { validate } of SCHEMAS) {
    const result = validate(make());
    assert.ok(!(result instanceof Promise));
    if (result.issues) for (const issue of result.issues) isIssue(issue, 'error');
  }
  assert.equal(Object.keys(cts.fieldState(make())).length, 20);
}
