// There is a case for every code and every row of the rule table. Runs no validator.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CODES, cases, E, errorsOf, FIELD_VALIDATORS, inputOf, warningsOf } from './cases.mjs';

/** A case with this error (E) or warning (W) at this path. In the path * matches any index. */
const has =
  (validator, severity, code, path, rest = {}) =>
  (c) =>
    c.validator === validator &&
    (severity === 'E' ? errorsOf(c) : warningsOf(c)).some(
      (i) =>
        i.code === code &&
        i.path.map((s) => (typeof s === 'number' ? '*' : s)).join('.') === path &&
        ('serverCode' in rest ? i.serverCode === rest.serverCode : true) &&
        Object.entries(rest.params ?? {}).every(([k, v]) => JSON.stringify(i.params[k]) === JSON.stringify(v)),
    );
const create = (...a) => has('createTracker', ...a);
const check = (...a) => has('checkObsBuckets', ...a);
const when = (row, test) => (c) => row(c) && test(c);
const type = (c) => inputOf(c)?.tracker_type;
const named = (name) => (c) => c.name === name;
const none = { serverCode: undefined };

/** The rows of the rule table, each with a condition that its cases meet. */
const ROWS = {
  // CreateTrackerRequestBody
  'create.body.not_object': create('E', 'not_object', '', { serverCode: 'CTS.0003' }),
  'create.tracker_type.required': create('E', 'required', 'tracker_type', { serverCode: 'CTS.0202' }),
  'create.tracker_type.invalid_type': create('E', 'invalid_type', 'tracker_type', none),
  'create.tracker_type.invalid_enum': create('E', 'invalid_enum', 'tracker_type', {
    serverCode: 'CTS.0202',
    params: { allowed: ['system', 'data'] },
  }),
  'create.tracker_type.suggestion': create('E', 'invalid_enum', 'tracker_type', { params: { suggestion: 'system' } }),
  'create.tracker_name.required': create('E', 'required', 'tracker_name', { serverCode: 'CTS.0203' }),
  'create.tracker_name.default': (c) =>
    type(c) === 'system' && c.value?.tracker_name === 'system' && !('tracker_name' in inputOf(c)),
  'create.tracker_name.must_equal': create('E', 'must_equal', 'tracker_name', {
    serverCode: 'CTS.0204',
    params: { expected: 'system' },
  }),
  'create.tracker_name.too_short': create('E', 'too_short', 'tracker_name', {
    serverCode: 'CTS.0203',
    params: { min: 1, actual: 0 },
  }),
  'create.tracker_name.too_long': create('E', 'too_long', 'tracker_name', {
    serverCode: 'CTS.0203',
    params: { max: 32, actual: 33 },
  }),
  'create.tracker_name.invalid_character': create('E', 'invalid_character', 'tracker_name', { serverCode: 'CTS.0203' }),
  'create.tracker_name.invalid_start': create('E', 'invalid_start', 'tracker_name', { serverCode: 'CTS.0203' }),
  'create.tracker_name.reserved_name': create('E', 'reserved_name', 'tracker_name', {
    serverCode: 'CTS.0207',
    params: { reserved: ['system', 'system-trace'] },
  }),
  'create.tracker_name.invalid_type': create('E', 'invalid_type', 'tracker_name', none),
  'create.is_lts_enabled.invalid_type': create('E', 'invalid_type', 'is_lts_enabled', none),
  'create.is_organization_tracker.invalid_type': create('E', 'invalid_type', 'is_organization_tracker', none),
  'create.is_organization_tracker.not_applicable': create('W', 'not_applicable', 'is_organization_tracker', {
    params: { trackerType: 'system' },
  }),
  'create.management_event_selector.invalid_type': create('E', 'invalid_type', 'management_event_selector', {
    params: { expected: 'object' },
  }),
  'create.management_event_selector.not_applicable': create('W', 'not_applicable', 'management_event_selector', {
    params: { trackerType: 'system' },
  }),
  'create.exclude_service.invalid_type': create('E', 'invalid_type', 'management_event_selector.exclude_service', {
    params: { expected: 'array' },
  }),
  'create.exclude_service.item.invalid_type': create(
    'E',
    'invalid_type',
    'management_event_selector.exclude_service.*',
    { params: { expected: 'string' } },
  ),
  'create.exclude_service.item.invalid_enum': create(
    'E',
    'invalid_enum',
    'management_event_selector.exclude_service.*',
    { params: { allowed: ['KMS'] }, ...none },
  ),
  'create.exclude_service.item.duplicate_item': create(
    'W',
    'duplicate_item',
    'management_event_selector.exclude_service.*',
  ),
  'create.obs_info.invalid_type': create('E', 'invalid_type', 'obs_info', { params: { expected: 'object' } }),
  'create.obs_info.bucket_name.invalid_type': create('E', 'invalid_type', 'obs_info.bucket_name', none),
  'create.obs_info.bucket_name.too_short': create('E', 'too_short', 'obs_info.bucket_name', {
    serverCode: 'CTS.0231',
    params: { min: 3, actual: 2 },
  }),
  'create.obs_info.bucket_name.too_long': create('E', 'too_long', 'obs_info.bucket_name', {
    serverCode: 'CTS.0231',
    params: { max: 63, actual: 64 },
  }),
  'create.obs_info.bucket_name.invalid_character': create('E', 'invalid_character', 'obs_info.bucket_name', {
    serverCode: 'CTS.0231',
  }),
  'create.obs_info.bucket_name.invalid_start': create('E', 'invalid_start', 'obs_info.bucket_name', {
    serverCode: 'CTS.0231',
  }),
  ...Object.fromEntries(
    ['E', 'W'].flatMap((s) => [
      [
        `create.obs_info.bucket_name.invalid_end.${s}.hyphen`,
        create(s, 'invalid_end', 'obs_info.bucket_name', { params: { character: '-' }, ...none }),
      ],
      [
        `create.obs_info.bucket_name.invalid_end.${s}.dot`,
        create(s, 'invalid_end', 'obs_info.bucket_name', { params: { character: '.' }, ...none }),
      ],
      ...['..', '.-', '-.'].map((q) => [
        `create.obs_info.bucket_name.adjacent_separators.${s}.${q}`,
        create(s, 'adjacent_separators', 'obs_info.bucket_name', { params: { sequence: q }, ...none }),
      ]),
      [`create.obs_info.bucket_name.ip_address.${s}`, create(s, 'ip_address', 'obs_info.bucket_name', none)],
    ]),
  ),
  'create.obs_info.bucket_name.required': create('E', 'required', 'obs_info.bucket_name', { serverCode: 'CTS.0216' }),
  'create.obs_info.file_prefix_name.invalid_type': create('E', 'invalid_type', 'obs_info.file_prefix_name', none),
  'create.obs_info.file_prefix_name.too_long': create('E', 'too_long', 'obs_info.file_prefix_name', {
    serverCode: 'CTS.0218',
    params: { max: 64, actual: 65 },
  }),
  'create.obs_info.file_prefix_name.invalid_character': create('E', 'invalid_character', 'obs_info.file_prefix_name', {
    serverCode: 'CTS.0218',
  }),
  'create.obs_info.is_obs_created.invalid_type': create('E', 'invalid_type', 'obs_info.is_obs_created', none),
  'create.obs_info.bucket_lifecycle.invalid_type': create('E', 'invalid_type', 'obs_info.bucket_lifecycle', {
    params: { expected: 'integer' },
    ...none,
  }),
  'create.obs_info.bucket_lifecycle.invalid_enum': create('E', 'invalid_enum', 'obs_info.bucket_lifecycle', {
    serverCode: 'CTS.0217',
    params: { allowed: [30, 60, 90, 180, 1095], actual: 31 },
  }),
  ...Object.fromEntries(
    [30, 60, 90, 180, 1095].map((n) => [
      `create.obs_info.bucket_lifecycle.${n}`,
      when(named(`lifecycle-${n}`), (c) => c.issues.length === 0 && c.warnings.length === 0),
    ]),
  ),
  'create.obs_info.bucket_lifecycle.not_applicable': create('W', 'not_applicable', 'obs_info.bucket_lifecycle', {
    params: { trackerType: 'data' },
  }),
  'create.obs_info.compress_type.invalid_type': create('E', 'invalid_type', 'obs_info.compress_type', none),
  'create.obs_info.compress_type.invalid_enum': create('E', 'invalid_enum', 'obs_info.compress_type', {
    params: { allowed: ['gzip', 'json'] },
    ...none,
  }),
  'create.obs_info.compress_type.suggestion': create('E', 'invalid_enum', 'obs_info.compress_type', {
    params: { suggestion: 'gzip' },
  }),
  'create.obs_info.is_sort_by_service.invalid_type': create('E', 'invalid_type', 'obs_info.is_sort_by_service', none),
  ...Object.fromEntries(
    ['file_prefix_name', 'bucket_lifecycle', 'compress_type', 'is_sort_by_service'].map((k) => [
      `create.obs_info.${k}.requires_field`,
      create('W', 'requires_field', `obs_info.${k}`, { params: { field: 'bucket_name' } }),
    ]),
  ),
  'create.encryption.invalid_type': create('E', 'invalid_type', E, none),
  'create.encryption.not_applicable': create('W', 'not_applicable', E, { params: { trackerType: 'system' } }),
  'create.kms_id.invalid_type': create('E', 'invalid_type', 'kms_id', none),
  'create.kms_id.required': create('E', 'required', 'kms_id', { serverCode: 'CTS.0221' }),
  'create.kms_id.unusual_format': create('W', 'unusual_format', 'kms_id'),
  'create.kms_id.not_applicable': create('W', 'not_applicable', 'kms_id', { params: { trackerType: 'system' } }),
  'create.kms_id.unused': create('W', 'unused', 'kms_id'),
  'create.is_support_validate.invalid_type': create('E', 'invalid_type', 'is_support_validate', none),
  'create.data_bucket.forbidden': create('E', 'forbidden', 'data_bucket', { serverCode: 'CTS.0206' }),
  'create.data_bucket.forbidden.unreadable': when(
    create('E', 'invalid_type', 'data_bucket', { params: { actual: 'unreadable' } }),
    (c) => c.js?.includes("'system'"),
  ),
  'create.data_bucket.required': create('E', 'required', 'data_bucket', { serverCode: 'CTS.0210' }),
  'create.data_bucket.invalid_type': create('E', 'invalid_type', 'data_bucket', {
    params: { expected: 'object' },
    ...none,
  }),
  'create.data_bucket_name.required.absent': when(
    create('E', 'required', 'data_bucket.data_bucket_name', { serverCode: 'CTS.0210' }),
    (c) => !('data_bucket_name' in (inputOf(c)?.data_bucket ?? {})),
  ),
  'create.data_bucket_name.required.empty': when(
    create('E', 'required', 'data_bucket.data_bucket_name', { serverCode: 'CTS.0210' }),
    (c) => inputOf(c)?.data_bucket?.data_bucket_name === '',
  ),
  'create.data_bucket_name.invalid_type': create('E', 'invalid_type', 'data_bucket.data_bucket_name', none),
  'create.data_bucket_name.too_short': create('E', 'too_short', 'data_bucket.data_bucket_name', {
    serverCode: 'CTS.0231',
    params: { min: 3 },
  }),
  'create.data_bucket_name.too_long': create('E', 'too_long', 'data_bucket.data_bucket_name', {
    serverCode: 'CTS.0231',
    params: { max: 63 },
  }),
  'create.data_bucket_name.invalid_character': create('E', 'invalid_character', 'data_bucket.data_bucket_name', {
    serverCode: 'CTS.0231',
  }),
  'create.data_bucket_name.invalid_start': create('E', 'invalid_start', 'data_bucket.data_bucket_name', {
    serverCode: 'CTS.0231',
  }),
  'create.data_bucket_name.invalid_end': create('W', 'invalid_end', 'data_bucket.data_bucket_name'),
  'create.data_bucket_name.adjacent_separators': create('W', 'adjacent_separators', 'data_bucket.data_bucket_name'),
  'create.data_bucket_name.ip_address': create('W', 'ip_address', 'data_bucket.data_bucket_name'),
  'create.data_bucket_name.must_differ': create('E', 'must_differ', 'data_bucket.data_bucket_name', {
    serverCode: 'CTS.0213',
    params: { field: 'obs_info.bucket_name' },
  }),
  'create.data_event.required': create('E', 'required', 'data_bucket.data_event', { serverCode: 'CTS.0219' }),
  'create.data_event.invalid_type': create('E', 'invalid_type', 'data_bucket.data_event', {
    params: { expected: 'array' },
    ...none,
  }),
  'create.data_event.empty_list': create('E', 'empty_list', 'data_bucket.data_event', { serverCode: 'CTS.0219' }),
  'create.data_event.item.invalid_type': create('E', 'invalid_type', 'data_bucket.data_event.*', {
    params: { expected: 'string' },
    ...none,
  }),
  'create.data_event.item.invalid_enum': create('E', 'invalid_enum', 'data_bucket.data_event.*', {
    serverCode: 'CTS.0225',
    params: { allowed: ['READ', 'WRITE'] },
  }),
  'create.data_event.item.suggestion': create('E', 'invalid_enum', 'data_bucket.data_event.*', {
    params: { suggestion: 'READ' },
  }),
  'create.data_event.item.duplicate_item': create('W', 'duplicate_item', 'data_bucket.data_event.*'),
  'create.agency_name.invalid_type': create('E', 'invalid_type', 'agency_name', none),
  'create.agency_name.invalid_enum': create('E', 'invalid_enum', 'agency_name', {
    params: { allowed: ['cts_admin_trust'] },
    ...none,
  }),
  // CheckObsBucketsRequestBody
  'check.body.not_object': check('E', 'not_object', '', { serverCode: 'CTS.0003' }),
  'check.buckets.invalid_type': check('E', 'invalid_type', 'buckets', { params: { expected: 'array' } }),
  'check.buckets.empty_list.absent': when(
    check('W', 'empty_list', 'buckets'),
    (c) => inputOf(c) && !('buckets' in inputOf(c)),
  ),
  'check.buckets.empty_list.empty': when(check('W', 'empty_list', 'buckets'), (c) => inputOf(c)?.buckets?.length === 0),
  'check.item.invalid_type': check('E', 'invalid_type', 'buckets.*', { params: { expected: 'object' } }),
  'check.bucket_name.required': check('E', 'required', 'buckets.*.bucket_name', none),
  'check.bucket_name.invalid_type': check('E', 'invalid_type', 'buckets.*.bucket_name', none),
  'check.bucket_name.too_short': check('E', 'too_short', 'buckets.*.bucket_name', { serverCode: 'CTS.0231' }),
  'check.bucket_name.too_long': check('E', 'too_long', 'buckets.*.bucket_name', { serverCode: 'CTS.0231' }),
  'check.bucket_name.invalid_character': check('E', 'invalid_character', 'buckets.*.bucket_name', {
    serverCode: 'CTS.0231',
  }),
  'check.bucket_name.invalid_start': check('E', 'invalid_start', 'buckets.*.bucket_name', { serverCode: 'CTS.0231' }),
  'check.bucket_name.invalid_end': check('W', 'invalid_end', 'buckets.*.bucket_name'),
  'check.bucket_name.adjacent_separators': check('W', 'adjacent_separators', 'buckets.*.bucket_name'),
  'check.bucket_name.ip_address': check('W', 'ip_address', 'buckets.*.bucket_name'),
  'check.bucket_location.required.absent': when(check('E', 'required', 'buckets.*.bucket_location', none), (c) =>
    inputOf(c)?.buckets.some((b) => b && !('bucket_location' in b)),
  ),
  'check.bucket_location.required.empty': when(check('E', 'required', 'buckets.*.bucket_location', none), (c) =>
    inputOf(c)?.buckets.some((b) => b?.bucket_location === ''),
  ),
  'check.bucket_location.invalid_type': check('E', 'invalid_type', 'buckets.*.bucket_location', none),
  'check.bucket_location.unusual_format': check('W', 'unusual_format', 'buckets.*.bucket_location'),
  'check.kms_id.required': check('E', 'required', 'buckets.*.kms_id', { serverCode: 'CTS.0221' }),
  'check.kms_id.invalid_type': check('E', 'invalid_type', 'buckets.*.kms_id', none),
  'check.kms_id.unusual_format': check('W', 'unusual_format', 'buckets.*.kms_id'),
  'check.kms_id.unused': check('W', 'unused', 'buckets.*.kms_id'),
  'check.encryption.invalid_type': check('E', 'invalid_type', `buckets.*.${E}`, none),
  'check.item.duplicate_item': check('W', 'duplicate_item', 'buckets.*'),
  // IDs in a URL
  ...Object.fromEntries(
    ['projectId', 'domainId'].flatMap((v) =>
      [
        ['E', 'required'],
        ['E', 'too_long'],
        ['E', 'invalid_character'],
        ['E', 'invalid_type'],
        ['W', 'unusual_format'],
      ].map(([s, code]) => [`${v}.${code}`, has(v, s, code, '', none)]),
    ),
  ),
  // single fields
  ...Object.fromEntries(
    [
      ['bucketName', 'required'],
      ['bucketLocation', 'required'],
      ['trackerName', 'required'],
      ['kmsId', 'required'],
      ['trackerName', 'must_equal'],
      ['trackerName', 'reserved_name'],
      ['filePrefixName', 'too_long'],
      ['bucketLifecycle', 'invalid_enum'],
      ['compressType', 'invalid_enum'],
    ].map(([v, code]) => [`one.${v}.${code}`, has(v, 'E', code, '')]),
  ),
  'one.kmsId.unused': has('kmsId', 'W', 'unused', ''),
  'one.bucketName.creation': when(
    has('bucketName', 'E', 'invalid_end', '', none),
    (c) => c.options?.forCreation === true,
  ),
  'one.trackerName.default': (c) =>
    c.validator === 'trackerName' && c.options?.trackerType === 'system' && c.input === null && c.value === 'system',
  'one.absent': (c) => FIELD_VALIDATORS.includes(c.validator) && c.value?.$undefined === true,
  // reading values
  'read.absent.undefined': named('reading-undefined-fields'),
  'read.absent.null': named('body-nulls-are-dropped'),
  'read.list.null': named('selector-item-type-null'),
  'read.list.hole': named('data-event-js-hole'),
  'read.list.undefined': named('data-event-js-undefined-item'),
  'read.own-enumerable': named('reading-non-enumerable-is-absent'),
  'read.once': named('reading-each-once'),
  'read.to-json.key': named('reading-to-json-key-of-field'),
  'read.to-json.once': named('reading-to-json-once'),
  'read.unboxed': named('reading-to-json-boxed'),
  'read.function': named('reading-functions-are-wrong-types'),
  'read.symbol': named('reading-symbols-are-wrong-types'),
  'read.inherited-accessor': named('reading-inherited-accessor-is-absent'),
  'read.symbol-keys': named('reading-symbol-keys-ignored'),
  'read.not-changed': named('reading-frozen-input'),
  'read.30.0': named('lifecycle-json-30-point-0'),
  'read.nan': named('lifecycle-js-nan'),
  'read.infinity': named('lifecycle-js-infinity'),
  'read.tag': named('reading-tags'),
  'read.tag-after-to-json': named('reading-to-json-map'),
  'read.body.null': named('body-null'),
  'read.mutes.required': named('is-obs-created-string-no-bucket'),
  'read.mutes.unused': named('kms-id-system-encryption-wrong-type'),
  'read.mutes.requires_field': named('requires-field-bucket-wrong-type'),
  'read.mutes.must_differ': named('data-bucket-name-equal-wrong-type-transfer'),
  'read.obs-rows-warn': named('bucket-name-created-wrong-type-ends-hyphen'),
  'read.unreadable.getter': named('reading-getter-throws-each-field'),
  'read.unreadable.proxy': named('reading-proxy-own-keys-throws-nested'),
  'read.unreadable.to-json': named('reading-to-json-throws-nested'),
  'read.unreadable.body': named('body-js-unreadable-revoked-proxy'),
  'read.code-points': named('tracker-name-data-32-astral'),
  'read.lone-surrogate.value': named('kms-id-lone-surrogate'),
  'read.lone-surrogate.key': named('reading-lone-surrogate-key'),
  'read.lone-surrogate.params': named('reading-lone-surrogate-parameter'),
  'read.unknown.undefined': named('unknown-js-undefined-value'),
  'read.unknown.never-read': named('unknown-js-never-read'),
  'read.unknown.case': named('unknown-camel'),
  'read.unknown.levenshtein': named('unknown-distance-2-substitutions'),
  'read.unknown.tie': named('unknown-tie-table-order'),
  'read.unknown.present': named('unknown-present-is-not-suggested'),
  'read.unknown.null-counts-as-absent': named('unknown-null-known-suggested'),
  'read.value.order': named('body-value-in-table-order'),
  'read.value.empty-kms-id': named('kms-id-system-unencrypted-empty'),
  'read.list.too-long': named('limits-list-1000001'),
  // order
  'order.table': named('order-all-errors-system'),
  'order.unknown-last': named('unknown-after-known-issues'),
  'order.duplicate-before-unknown': named('check-duplicate-before-unknown-keys'),
  'order.within-field': named('order-within-bucket-name-long'),
  'order.rows-independent': named('lifecycle-system-31'),
  'order.required-alone': named('data-bucket-name-empty'),
  'order.path-invariant': named('data-bucket-absent'),
  'order.too-many.errors': named('limits-errors-1001'),
  'order.too-many.warnings': named('limits-warnings-1001'),
  'order.million': named('limits-errors-1000000'),
  // also
  'also.first': named('data-event-repeated-both'),
  'also.compare-non-empty': named('data-event-repeated-empty'),
  'also.ip.no-range': named('bucket-name-ip-no-range-check'),
  'also.unusable': named('tracker-type-unusable-system-fields'),
  'also.unusable.tracker-name': named('tracker-type-unusable-tracker-name-type'),
  'also.unusable.data-bucket': named('tracker-type-unusable-data-bucket-looked-into'),
  'also.invalid_json': has('ndjson:createTracker', 'E', 'invalid_json', ''),
  'also.duplicate-keys': named('ndjson-duplicate-last-wins'),
  'also.item-paths': named('ndjson-check-paths-start-at-the-item'),
  'also.no-repeats-across-lines': named('ndjson-check-repeats-across-lines'),
  // golden cases
  'golden.first': named('golden-create-first-example'),
  'golden.second': named('golden-create-second-example'),
  'golden.second.lower': named('golden-create-second-example-lower-case'),
  'golden.check': named('golden-check-example'),
};

test('every code of the closed list has a case', (t) => {
  const counts = Object.fromEntries(Object.keys(CODES).map((code) => [code, 0]));
  for (const c of cases) for (const issue of [...errorsOf(c), ...warningsOf(c)]) counts[issue.code] += 1;
  t.diagnostic(JSON.stringify(counts));
  assert.deepEqual(
    Object.keys(counts).filter((code) => counts[code] === 0),
    [],
  );
});

test('every row of the rule table has a case', (t) => {
  const counts = Object.fromEntries(Object.entries(ROWS).map(([id, row]) => [id, cases.filter(row).length]));
  const js = cases.filter((c) => 'js' in c).length;
  t.diagnostic(`${Object.keys(ROWS).length} rows, ${cases.length} cases, ${js} of them in JavaScript`);
  assert.deepEqual(
    Object.keys(counts).filter((id) => counts[id] === 0),
    [],
  );
});
