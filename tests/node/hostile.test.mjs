// Validators return a result for any JavaScript value: they never throw and never trap.
// CTS_CASES=… runs longer, CTS_SEED=… repeats a run.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';

// Counts the wasm instances: a trap would create another one.
const instances = [];
const { Instance } = WebAssembly;
WebAssembly.Instance = class extends Instance {
  constructor(...args) {
    super(...args);
    instances.push(this);
  }
};

const cts = await import('cts-tracker');
const { HOSTILE } = await import('./support/hostile-values.mjs');
const { seedOf } = await import('./support/random.mjs');
const { isValidation, KEYS, SCHEMAS, VALIDATORS, validateAll } = await import('./support/validators.mjs');

const CASES = Number(process.env.CTS_CASES ?? 4_000);

const inPlaces = (value) => [
  value,
  {
    tracker_type: value,
    tracker_name: value,
    is_lts_enabled: value,
    is_organization_tracker: value,
    management_event_selector: value,
    obs_info: value,
    is_support_trace_files_encryption: value,
    kms_id: value,
    is_support_validate: value,
    data_bucket: value,
    agency_name: value,
    buckets: value,
  },
  {
    tracker_type: 'system',
    management_event_selector: { exclude_service: value },
    data_bucket: value,
    buckets: [value, value],
  },
  {
    tracker_type: 'data',
    tracker_name: 'a',
    management_event_selector: { exclude_service: [value, 'KMS'] },
    obs_info: {
      bucket_name: value,
      file_prefix_name: value,
      is_obs_created: value,
      bucket_lifecycle: value,
      compress_type: value,
      is_sort_by_service: value,
    },
    data_bucket: { data_bucket_name: value, data_event: value },
    buckets: [{ bucket_name: value, bucket_location: value, kms_id: value, is_support_trace_files_encryption: value }],
  },
  { tracker_type: 'data', data_bucket: { data_bucket_name: 'abc', data_event: [value, value] }, unknown: value },
];

test('every hostile value at every path', async (t) => {
  for (const [name, make] of Object.entries(HOSTILE)) {
    await t.test(name, () => {
      for (let place = 0; place < inPlaces().length; place++) validateAll(() => inPlaces(make())[place]);
    });
  }
});

/** A placeholder for a hostile value, since fast-check cannot handle these values. */
class Stand {
  constructor(name) {
    this.name = name;
  }
}

/** Replaces the placeholders in a generated value. */
function filled(value) {
  if (value instanceof Stand) return HOSTILE[value.name]();
  if (Array.isArray(value)) return value.map(filled);
  if (typeof value !== 'object' || value === null || ![Object.prototype, null].includes(Object.getPrototypeOf(value)))
    return value;
  for (const key of Object.keys(value)) {
    Object.defineProperty(value, key, {
      value: filled(value[key]),
      enumerable: true,
      configurable: true,
      writable: true,
    });
  }
  return value;
}

test('values of any kind', (t) => {
  const key = fc.oneof(
    fc.constantFrom(...KEYS),
    fc.string(),
    fc.constantFrom('__proto__', 'toJSON', 'constructor', 'length', '0'),
  );
  const hostile = fc.constantFrom(...Object.keys(HOSTILE)).map((name) => new Stand(name));
  const leaf = fc.oneof(
    hostile,
    fc.string({ unit: 'binary' }),
    fc.double(),
    fc.bigInt(),
    fc.boolean(),
    fc.constant(null),
  );
  const anything = fc.oneof(
    fc.anything({
      key,
      maxDepth: 4,
      values: [leaf],
      withBigInt: true,
      withBoxedValues: true,
      withDate: true,
      withMap: true,
      withNullPrototype: true,
      withObjectString: true,
      withSet: true,
      withSparseArray: true,
      withTypedArray: true,
      withUnicodeString: true,
    }),
    fc.dictionary(key, fc.oneof(leaf, fc.dictionary(key, leaf), fc.array(leaf), fc.array(fc.dictionary(key, leaf)))),
  );
  fc.assert(
    fc.property(anything, (given) => {
      const value = filled(given);
      for (const validate of Object.values(VALIDATORS)) isValidation(validate(value));
      for (const { validate } of SCHEMAS) validate(value);
      cts.fieldState(value);
    }),
    { numRuns: CASES, seed: seedOf(t) },
  );
});

test('getters that call validators', () => {
  const plain = {
    tracker_type: 'data',
    tracker_name: 'System',
    obs_info: { bucket_name: 'saveTraceBucket' },
    data_bucket: { data_bucket_name: 'abc', data_event: ['READ', 'read'] },
    nonsense: 1,
  };
  const expected = cts.validateCreateTracker(plain);
  const chatter = [
    () => cts.validateCreateTracker({ tracker_type: 'system' }),
    () => cts.validateCreateTracker({ tracker_type: 'x'.repeat(2_000_000), ['y'.repeat(300)]: 1 }),
    () => cts.validateCheckObsBuckets({ buckets: Array(3000).fill({}) }),
    () => cts.validateNdjson('checkBucket', '{}\nnull\n'),
    () => cts.fieldState({ tracker_type: 'data' }),
    () => cts.createTrackerSchema['~standard'].validate(plain),
    () => assert.throws(() => cts.validateBucketName('', { locale: 'xx' }), TypeError),
  ];
  let calls = 0;
  const talk = (value) => {
    if (typeof value !== 'object') return value;
    return new Proxy(value, {
      get(target, key, receiver) {
        chatter[calls++ % chatter.length]();
        return talk(Reflect.get(target, key, receiver));
      },
      ownKeys(target) {
        chatter[calls++ % chatter.length]();
        return Reflect.ownKeys(target);
      },
    });
  };
  for (let i = 0; i < 20; i++) assert.deepEqual(cts.validateCreateTracker(talk(plain)), expected);
  assert.ok(calls > 200);
});

test('a getter that validates its own object', () => {
  const endless = {
    tracker_type: 'data',
    get obs_info() {
      return cts.validateCreateTracker(this);
    },
  };
  isValidation(cts.validateCreateTracker(endless));
  const name = {
    toJSON() {
      return cts.validateBucketName(this);
    },
  };
  isValidation(cts.validateBucketName(name));
});

test('a validator works again after a stack overflow', () => {
  const input = { tracker_type: 'data', tracker_name: 'System', obs_info: { bucket_name: 'saveTraceBucket' }, x: 1 };
  const expected = cts.validateCreateTracker(input);
  const thrown = [];
  for (let round = 0; round < 20; round++) {
    const descend = (depth) => {
      // Frames of different sizes, so that the stack ends at different places.
      const pad = new Array(round % 5).fill(depth);
      try {
        descend(depth + 1);
      } catch (error) {
        if (!(error instanceof RangeError)) throw error;
        try {
          cts.validateCreateTracker(input);
          cts.validateNdjson('createTracker', '{"tracker_type":1}');
        } catch (inner) {
          thrown.push(inner);
          throw new RangeError(`${pad.length}`);
        }
      }
    };
    try {
      descend(0);
    } catch (error) {
      assert.ok(error instanceof RangeError, error.stack);
    }
    assert.deepEqual(cts.validateCreateTracker(input), expected);
    assert.deepEqual(cts.validateNdjson('createTracker', '{"tracker_type":1}').bad.length, 1);
  }
  // Without stack there is no result: a RangeError of the engine, or ours if the stack ended inside the wasm.
  for (const error of thrown)
    assert.ok(error instanceof RangeError || (cts.isCtsError(error) && error.kind === 'internal'), error.stack);
});

test('no wasm instance was lost', { concurrency: false }, () => {
  // Only the two tests above may lose an instance, by a stack that ends inside the wasm.
  const before = instances.length;
  for (const make of Object.values(HOSTILE)) validateAll(make);
  assert.equal(instances.length, before);
});
