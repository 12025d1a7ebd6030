// How validators read their input: as JSON.stringify does, each field at most three times, without a change of it.
// CTS_CASES=… runs longer, CTS_SEED=… repeats a run.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as cts from 'cts-tracker';
import fc from 'fast-check';
import { seedOf } from './support/random.mjs';
import { isValidation, KEYS, VALIDATORS } from './support/validators.mjs';

const CASES = Number(process.env.CTS_CASES ?? 4_000);

/** A proxy of the input that allows only reads and records them. */
function watched(value, reads, at = '') {
  if (typeof value !== 'object' || value === null) return value;
  const changed = () => {
    throw new Error(`${at} was changed`);
  };
  return new Proxy(value, {
    get(target, key, receiver) {
      if (typeof key === 'string' && key !== 'toJSON') reads.push(`${at}.${key}`);
      return watched(Reflect.get(target, key, receiver), reads, `${at}.${String(key)}`);
    },
    set: changed,
    defineProperty: changed,
    deleteProperty: changed,
    setPrototypeOf: changed,
    preventExtensions: changed,
  });
}

const json = fc.dictionary(
  fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...KEYS) }, { weight: 1, arbitrary: fc.string() }),
  fc.jsonValue({ maxDepth: 3, stringUnit: 'grapheme' }),
  { maxKeys: 12 },
);
const request = fc.record(
  {
    tracker_type: fc.constantFrom('system', 'data', 'x', null),
    obs_info: fc.dictionary(fc.constantFrom(...KEYS), fc.jsonValue({ maxDepth: 1 })),
    data_bucket: fc.dictionary(
      fc.constantFrom(...KEYS),
      fc.oneof(fc.jsonValue({ maxDepth: 1 }), fc.array(fc.constantFrom('READ', 'WRITE', 'x'))),
    ),
    management_event_selector: fc.dictionary(
      fc.constantFrom('exclude_service', 'x'),
      fc.array(fc.constantFrom('KMS', 'x')),
    ),
    buckets: fc.array(fc.dictionary(fc.constantFrom('bucket_name', 'bucket_location', 'kms_id', 'x'), fc.string())),
    __proto__: fc.constant(1),
  },
  { requiredKeys: [] },
);

test('fields are read at most three times, unknown fields are not read, and the input is not changed', (t) => {
  fc.assert(
    fc.property(fc.oneof(json, request), (value) => {
      const before = JSON.stringify(value);
      for (const [name, validate] of Object.entries(VALIDATORS)) {
        const reads = [];
        const result = validate(watched(value, reads));
        isValidation(result);
        const count = new Map();
        for (const read of reads) count.set(read, (count.get(read) ?? 0) + 1);
        // Includes the `length` of lists.
        for (const [read, times] of count) assert.ok(times <= 3, `${name} reads ${read} ${times} times`);
        const known = reads
          .filter((read) => !/\.(\d+|length)$/.test(read))
          .map((read) => read.slice(read.lastIndexOf('.') + 1));
        for (const key of known) assert.ok(KEYS.includes(key), `${name} reads ${key}`);
      }
      assert.equal(JSON.stringify(value), before);
    }),
    { numRuns: CASES, seed: seedOf(t) },
  );
});

test('a proxied input has the same result, and the value is a copy', (t) => {
  fc.assert(
    fc.property(fc.oneof(json, request), (value) => {
      for (const validate of [cts.validateCreateTracker, cts.validateCheckObsBuckets]) {
        const plain = validate(value);
        assert.deepEqual(validate(watched(value, [])), plain);
        assert.deepEqual(validate(Object.freeze(structuredClone(value))), plain);
        for (const key of Object.keys(plain.value ?? {})) {
          if (typeof plain.value[key] === 'object') assert.notEqual(plain.value[key], value[key]);
        }
      }
    }),
    { numRuns: CASES / 4, seed: seedOf(t) },
  );
});

test('a validator reads a value as JSON.stringify writes it', (t) => {
  // For values that JSON can represent, with boxed primitives and toJSON: the JSON text has the same result.
  const box = fc.oneof(fc.string(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean()).map(Object);
  const withToJson = fc.jsonValue({ maxDepth: 1 }).map((value) => ({ toJSON: () => value }));
  const any = fc.dictionary(
    fc.constantFrom(...KEYS),
    fc.oneof(box, withToJson, fc.jsonValue({ maxDepth: 2 }), fc.array(box)),
  );
  fc.assert(
    fc.property(any, (value) => {
      for (const validate of [cts.validateCreateTracker, cts.validateCheckObsBuckets]) {
        assert.deepEqual(validate(value), validate(JSON.parse(JSON.stringify(value))));
      }
    }),
    { numRuns: CASES, seed: seedOf(t) },
  );
});

test('a validated value is valid and stays the same', (t) => {
  fc.assert(
    fc.property(request, (value) => {
      for (const validate of [cts.validateCreateTracker, cts.validateCheckObsBuckets]) {
        const first = validate(value);
        if (first.issues) continue;
        const again = validate(first.value);
        assert.equal(again.issues, undefined);
        assert.equal(JSON.stringify(again.value), JSON.stringify(first.value));
      }
    }),
    { numRuns: CASES, seed: seedOf(t) },
  );
});
