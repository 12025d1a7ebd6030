// Bad input is data: whatever JavaScript hands them, the validators answer, and leave it as it was.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import * as cts from 'cts-tracker';

const RUNS = Number(process.env.CTS_CASES ?? 10_000);
const CALLS = Number(process.env.CTS_CALLS ?? 300_000);

const validators = Object.entries(cts).filter(([name]) => /^validate(?!Ndjson)/.test(name));
const known = ['tracker_type', 'tracker_name', 'is_lts_enabled', 'management_event_selector', 'exclude_service', 'obs_info',
  'bucket_name', 'is_obs_created', 'bucket_lifecycle', 'kms_id', 'data_bucket', 'data_event', 'agency_name', 'buckets',
  'bucket_location', 'toJSON', '__proto__', 'length'];

const odd = fc.anything({
  key: fc.oneof(fc.constantFrom(...known), fc.string({ unit: 'binary' })),
  maxDepth: 4,
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
});

function checkShape(result) {
  assert.ok(Array.isArray(result.warnings));
  if (result.issues === undefined) return assert.ok('value' in result);
  assert.ok(result.issues.length > 0 && !('value' in result));
  for (const issue of [...result.issues, ...result.warnings]) {
    assert.ok(issue.message.length > 0 && Array.isArray(issue.path));
    assert.ok(issue.message.isWellFormed?.() ?? true);
  }
}

test('whatever fast-check makes', () => {
  fc.assert(fc.property(odd, (input) => {
    for (const [, validate] of validators) checkShape(validate(input));
    checkShape({ warnings: [], ...cts.createTrackerFormSchema['~standard'].validate(input) });
    cts.fieldState(input);
  }), { numRuns: RUNS });
});

const throws = () => {
  throw new Error('hostile');
};

function revoked(target) {
  const { proxy, revoke } = Proxy.revocable(target, {});
  revoke();
  return proxy;
}

const cycle = {};
cycle.obs_info = cycle;
cycle.buckets = [cycle];
let deep = {};
for (let i = 0; i < 50_000; i++) deep = { obs_info: deep, data_bucket: [deep] };

const values = {
  'every trap throws': new Proxy({}, new Proxy({}, { get: () => throws })),
  'a revoked proxy': revoked({}),
  'a revoked list': revoked([]),
  'a revoked function': revoked(() => {}),
  'a cycle': cycle,
  'deep nesting': deep,
  'a getter that throws null': { get tracker_type() { throw null; } },
  'toJSON that throws': { toJSON: throws },
  'toJSON that gives itself': { toJSON() { return this; } },
  'a class with private state': new (class { #x = 1; get obs_info() { return this.#x; } })(),
  'a huge sparse list': { buckets: Object.assign([], { length: 4_294_967_295 }) },
  'a proxy with an endless list': { buckets: new Proxy([], { get: (_, key) => (key === 'length' ? Infinity : undefined) }) },
  'symbols': { [Symbol('x')]: 1, tracker_name: Symbol('y') },
  'own __proto__': JSON.parse('{"__proto__": {"tracker_type": "data"}, "obs_info": {"__proto__": null}}'),
  'lone surrogates': { tracker_type: '\ud800', tracker_name: '\udfff', '\ud800': 1, agency_name: 'x\udc00' },
  'a string of 10 MB': { tracker_type: 'data', tracker_name: 'é'.repeat(5_000_000), ['k'.repeat(1_000_000)]: 1 },
  'a window-like object': globalThis,
  'a module': cts,
};

for (const [name, value] of Object.entries(values)) {
  test(name, () => {
    for (const [, validate] of validators) checkShape(validate(value));
  });
}

test('a validator called again from a getter', () => {
  const input = {
    tracker_type: 'data',
    get tracker_name() {
      const inner = cts.validateCreateTracker({ tracker_type: 'system', kms_id: 'x'.repeat(100_000) });
      assert.equal(inner.warnings.length, 2);
      return cts.validateBucketName('inner.bucket').value;
    },
    data_bucket: { data_bucket_name: 'outer', data_event: ['READ'] },
  };
  const { issues } = cts.validateCreateTracker(input);
  assert.deepEqual(issues.map(({ code, path, params }) => [code, path.join('.'), params.character]), [['invalid_character', 'tracker_name', '.']]);
});

test('the input is left as it was', () => {
  const input = Object.freeze({ tracker_type: 'data', obs_info: Object.freeze({ bucket_name: 'A' }), x: Object.freeze([1]) });
  const before = JSON.stringify(input);
  checkShape(cts.validateCreateTracker(input));
  assert.equal(JSON.stringify(input), before);
});

test('a million wrong items: the first thousand, and the number of the others', () => {
  const { issues } = cts.validateCheckObsBuckets({ buckets: new Array(1_000_000).fill(7) });
  assert.equal(issues.length, 1001);
  assert.deepEqual([issues[1000].code, issues[1000].params.more], ['too_many_issues', 999_000]);
});

test('misuse is a TypeError', () => {
  for (const options of [{ locale: 'fr' }, { locale: 5 }]) {
    assert.throws(() => cts.validateBucketName('x', options), TypeError);
  }
  assert.throws(() => cts.validateTrackerName('x', { trackerType: 'both' }), TypeError);
  assert.throws(() => cts.validateKmsId('x', { encrypted: 'yes' }), TypeError);
  assert.throws(() => cts.validateNdjson('other', ''), TypeError);
  assert.throws(() => cts.validateNdjson('createTracker', 5), TypeError);
});

test('memory does not grow after the first calls', async () => {
  const memories = [];
  const { Instance } = WebAssembly;
  WebAssembly.Instance = function Watched(...args) {
    const made = new Instance(...args);
    memories.push(made.exports.memory);
    return made;
  };
  try {
    const fresh = await import(`cts-tracker/slim`);
    const { readFileSync } = await import('node:fs');
    fresh.initSync(readFileSync(new URL(import.meta.resolve('cts-tracker/cts_tracker_bg.wasm'))));
    const good = { tracker_type: 'data', tracker_name: 'a', data_bucket: { data_bucket_name: 'abc', data_event: ['READ', 'WRITE'] } };
    const bad = { tracker_type: 'data', tracker_name: '-', obs_info: { bucket_name: 'A..b', compress_type: 'GZIP' }, nobody: 1 };
    const line = new TextEncoder().encode(`${JSON.stringify(good)}\n${JSON.stringify(bad)}\n{`);
    const round = (i) => {
      fresh.validateCreateTracker(i % 3 ? good : bad);
      if (i % 50 === 0) fresh.validateNdjson('createTracker', line);
    };
    for (let i = 0; i < 10_000; i++) round(i);
    assert.equal(memories.length, 1);
    const before = memories[0].buffer.byteLength;
    for (let i = 0; i < CALLS; i++) round(i);
    assert.equal(memories[0].buffer.byteLength, before);
  } finally {
    WebAssembly.Instance = Instance;
  }
});
