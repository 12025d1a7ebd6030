// An ordinary value is validated without the wasm if one with the same profile was valid. A value with `toJSON` and a
// `String` object are always validated by the wasm, so both must agree, in any order of values.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as cts from 'cts-tracker';
import fc from 'fast-check';
// Another instance, since a value that is not ordinary changes how the next ones are read.
import * as reference from '../../pkg/index.js?reference';
import { seedOf } from './support/random.mjs';

const CASES = Number(process.env.CTS_CASES ?? 5_000);

const BUCKETS = [
  'bucket1',
  'bucket2',
  'a-b',
  'a.b',
  'a..b',
  '1.2.3.4',
  '-ab',
  'ab-',
  'ab',
  '',
  'x'.repeat(64),
  'A-b',
  'é',
];
const FLAGS = [true, false];
const KMS_IDS = ['13a4207c-7abe-4b68-8510-16b84c3b5504', '13a4207c-7abe-4b68-8510-16b84c3b550', 'x', ''];
/** Values of each field, to which null, undefined and a number are added. */
const VALUES = {
  tracker_type: ['data', 'system', 'x'],
  tracker_name: ['a', 'system', 'system-trace', 'a.', '-a', 'a-', 'x'.repeat(33), ''],
  is_lts_enabled: FLAGS,
  is_organization_tracker: FLAGS,
  management_event_selector: [{}],
  'management_event_selector.exclude_service': [[], ['KMS'], ['KMS', 'KMS'], ['x']],
  obs_info: [{}],
  'obs_info.bucket_name': BUCKETS,
  'obs_info.file_prefix_name': ['', 'a', '-_.', 'x'.repeat(65), 'a b'],
  'obs_info.is_obs_created': FLAGS,
  'obs_info.bucket_lifecycle': [30, 60, 90, 180, 1095, 31, '30'],
  'obs_info.compress_type': ['gzip', 'json', 'GZIP', ''],
  'obs_info.is_sort_by_service': FLAGS,
  is_support_trace_files_encryption: FLAGS,
  kms_id: KMS_IDS,
  is_support_validate: FLAGS,
  data_bucket: [{}],
  'data_bucket.data_bucket_name': BUCKETS,
  'data_bucket.data_event': [
    [],
    ['READ'],
    ['WRITE', 'READ'],
    ['READ', 'WRITE'],
    ['READ', 'READ'],
    ['WRITE', 'WRITE'],
    ['x'],
  ],
  agency_name: ['cts_admin_trust', 'x', ''],
  'buckets.0.bucket_name': BUCKETS,
  'buckets.1.bucket_name': BUCKETS,
  'buckets.0.bucket_location': ['cn-north-1', 'cn-north-4', 'cn', 'cn--1', ''],
  'buckets.0.kms_id': KMS_IDS,
  'buckets.0.is_support_trace_files_encryption': FLAGS,
  'buckets.1': [{}],
  buckets: [[], {}],
  unknown: ['x'],
};
const ITEM = { bucket_name: 'bucket3', bucket_location: 'cn-north-1' };
const DATA_BUCKET = { data_bucket_name: 'tracked', data_event: ['READ'] };
const VALID = [
  { tracker_type: 'system' },
  { tracker_type: 'system', is_support_trace_files_encryption: true, kms_id: KMS_IDS[0] },
  { tracker_type: 'system', obs_info: { bucket_name: 'bucket3', is_obs_created: true } },
  { tracker_type: 'data', tracker_name: 'a', data_bucket: DATA_BUCKET },
  { tracker_type: 'data', tracker_name: 'a', data_bucket: DATA_BUCKET, obs_info: { bucket_name: 'bucket3' } },
  { buckets: [ITEM, { ...ITEM, bucket_name: 'bucket4' }] },
];

/** A copy in which a field has another value. */
function changed(request, path, value) {
  const copy = structuredClone(request);
  const keys = path.split('.');
  const last = keys.pop();
  let object = copy;
  for (const key of keys) object = object[key] ??= {};
  object[last] = value;
  return copy;
}

for (const [index, valid] of VALID.entries()) {
  const name = valid.buckets ? 'validateCheckObsBuckets' : 'validateCreateTracker';
  const change = fc
    .constantFrom(...Object.entries(VALUES).filter(([path]) => path.startsWith('buckets') === 'buckets' in valid))
    .chain(([path, values]) => fc.tuple(fc.constant(path), fc.constantFrom(...values, null, undefined, 1)));

  test(`changes of valid request ${index}: as in the wasm`, (t) => {
    let count = 0;
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 3 }), (changes) => {
        let request = valid;
        for (const [path, value] of changes) {
          try {
            request = changed(request, path, value);
          } catch {
            // The field is inside one that has become a text.
          }
          // After a value that was not ordinary, the next one is not read.
          for (let times = 0; times < 2; times++) cts[name](valid);
          const result = cts[name](request);
          assert.deepEqual(result, reference[name]({ toJSON: () => request }));
          if (!result.issues && result.warnings.length === 0) count += 1;
        }
      }),
      { numRuns: CASES, seed: seedOf(t) },
    );
    t.diagnostic(`${count} times no issue and no warning`);
    assert.ok(count > CASES / 10);
  });
}

const FIELDS = {
  validateBucketName: ['bucket', [{}, { forCreation: true }]],
  validateFilePrefixName: ['prefix', [{}]],
  validateTrackerName: ['name', [{}, { trackerType: 'system' }]],
  validateKmsId: [KMS_IDS[0], [{}, { encrypted: true }, { encrypted: false }]],
  validateBucketLocation: ['cn-north-1', [{}]],
  validateProjectId: ['0'.repeat(32), [{}]],
  validateDomainId: ['0'.repeat(32), [{}]],
};
/** Texts near the limits of all fields, with many separators. */
const text = fc.oneof(
  fc.string({ unit: fc.constantFrom('a', '0', 'A', '-', '_', '.'), maxLength: 65 }),
  fc.string({ unit: fc.constantFrom('a', '0', '-', '.'), maxLength: 5 }),
  fc.string({ unit: fc.constantFrom('a', '0', '-', '_'), minLength: 32, maxLength: 32 }),
  fc
    .tuple(fc.nat(36), fc.constantFrom('-', 'a', 'A'))
    .map(([at, unit]) => KMS_IDS[0].slice(0, at) + unit + KMS_IDS[0].slice(at + 1)),
  fc.constantFrom('', 'system', 'system-trace', 'é', 'cn', 'cn--1'),
);

for (const [name, [usual, options]] of Object.entries(FIELDS)) {
  test(`${name}: as in the wasm`, (t) => {
    for (const given of options) cts[name](usual, given);
    fc.assert(
      fc.property(text, fc.constantFrom(...options), (value, given) => {
        for (let times = 0; times < 2; times++) cts[name](usual, options[0]);
        assert.deepEqual(cts[name](value, given), reference[name](Object(value), given));
      }),
      { numRuns: CASES, seed: seedOf(t) },
    );
  });
}

test('a getter that returns other values does not make a profile known', () => {
  const named = (types) => ({
    get tracker_type() {
      return types.shift() ?? 'data';
    },
    tracker_name: 'system',
  });
  for (const types of [
    ['data', 'system'],
    ['system', 'data'],
    ['data', 'system', 'data'],
    ['data', 'data', 'system'],
  ]) {
    cts.validateCreateTracker({ tracker_type: 'system' });
    cts.validateCreateTracker(named(types));
    const { issues } = cts.validateCreateTracker({ tracker_type: 'data', tracker_name: 'system' });
    assert.deepEqual(
      issues?.map(({ code }) => code),
      ['reserved_name', 'required'],
    );
  }
});

test('names whose hashes are equal are different', () => {
  // Of 200,000 names, about five pairs have the same hash of 32 bits.
  const buckets = Array.from({ length: 200_000 }, (_, i) => ({
    bucket_name: `bucket-${i * 7919}`,
    bucket_location: 'cn-north-1',
  }));
  assert.deepEqual(cts.validateCheckObsBuckets({ buckets }), { value: { buckets }, warnings: [] });
  const repeated = [...buckets, { bucket_name: 'bucket-0', bucket_location: 'cn-north-1' }];
  const { warnings } = cts.validateCheckObsBuckets({ buckets: repeated });
  assert.deepEqual(
    warnings.map(({ code, path }) => [code, ...path]),
    [['duplicate_item', 'buckets', 200_000]],
  );
});
