// Validators return a result for any JavaScript value: they never throw, trap or change the input.
// CTS_CASES=… and CTS_CALLS=… run longer, CTS_SEED=… repeats a run.
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

const CASES = Number(process.env.CTS_CASES ?? 4_000);
const CALLS = Number(process.env.CTS_CALLS ?? 300_000);

const KEYS = [
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
const FIELDS = [
  'bucketName',
  'filePrefixName',
  'trackerName',
  'kmsId',
  'bucketLifecycle',
  'compressType',
  'bucketLocation',
  'projectId',
  'domainId',
];
const CODES =
  `invalid_json not_object required invalid_type unknown_key invalid_enum too_short too_long invalid_character
  invalid_start invalid_end adjacent_separators ip_address reserved_name must_equal must_differ forbidden not_applicable
  requires_field empty_list duplicate_item unused unusual_format too_many_issues`.split(/\s+/);

const capital = (name) => name[0].toUpperCase() + name.slice(1);
const VALIDATORS = Object.fromEntries(
  ['createTracker', 'checkObsBuckets', ...FIELDS].map((name) => [name, cts[`validate${capital(name)}`]]),
);
const SCHEMAS = ['createTracker', 'checkObsBuckets', 'createTrackerForm', 'checkObsBucketsForm', ...FIELDS].map(
  (name) => cts[`${name}Schema`]['~standard'],
);

function isIssue(issue, severity) {
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

function isValidation(result) {
  assert.ok(Array.isArray(result.warnings));
  for (const issue of result.warnings) isIssue(issue, 'warning');
  if (result.issues === undefined) return assert.ok('value' in result);
  assert.ok(!('value' in result));
  assert.ok(Array.isArray(result.issues) && result.issues.length > 0 && result.issues.length <= 1001);
  for (const issue of result.issues) isIssue(issue, 'error');
}

/** The result of every validator; each gets a new input. */
function judgeAll(make) {
  for (const validate of Object.values(VALIDATORS)) isValidation(validate(make()));
  for (const { validate } of SCHEMAS) {
    const result = validate(make());
    assert.ok(!(result instanceof Promise));
    if (result.issues) for (const issue of result.issues) isIssue(issue, 'error');
  }
  assert.equal(Object.keys(cts.fieldState(make())).length, 20);
}

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
      for (let place = 0; place < inPlaces().length; place++) judgeAll(() => inPlaces(make())[place]);
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

test('fields are read at most twice, unknown fields are not read, and the input is not changed', (t) => {
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
        for (const [read, times] of count) assert.ok(times <= 2, `${name} reads ${read} ${times} times`);
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

for (const size of [1_000_000, 10_000_000]) {
  test(`strings of ${size / 1e6} MB`, () => {
    const texts = {
      ascii: 'a'.repeat(size),
      dots: '.'.repeat(size),
      wide: '桶'.repeat(size / 4),
      pairs: '\u{1f41f}'.repeat(size / 4),
      lone: '\ud800'.repeat(size / 4),
      lastIsWrong: `${'a'.repeat(size - 1)}_`,
    };
    for (const text of Object.values(texts)) {
      for (const validate of Object.values(VALIDATORS)) isValidation(validate(text));
      const { issues } = cts.validateBucketName(text);
      assert.deepEqual([issues[0].code, issues[0].params.actual], ['too_long', [...text].length]);
      for (const result of [
        cts.validateCreateTracker({
          tracker_type: text,
          [text]: 1,
          obs_info: { bucket_name: text, [text]: 1 },
          kms_id: text,
        }),
        cts.validateCheckObsBuckets({
          buckets: [{ bucket_name: text, bucket_location: text, kms_id: text, [text]: text }],
        }),
      ]) {
        isValidation(result);
        for (const issue of [...result.issues, ...result.warnings])
          assert.ok(issue.message.length < 600, 'a message does not contain a whole value');
      }
    }
    assert.deepEqual(cts.validateBucketName(texts.lastIsWrong).issues[1].params, { character: '_', index: size - 1 });
  });
}

test('a repeated string', () => {
  const long = 'x'.repeat(20_000);
  const list = [...Array(20_000).fill(long), `${long}y`, long.slice(1), '\ud800'.repeat(300), '\ufffd'.repeat(300)];
  const result = cts.validateCreateTracker({
    tracker_type: 'system',
    management_event_selector: { exclude_service: list },
  });
  isValidation(result);
  assert.equal(result.issues.at(-1).params.more, list.length - 1000);
  // All but the first. A lone surrogate is read as U+FFFD.
  assert.equal(result.warnings.at(-1).params.more, 20_000 - 1 + 1 - 1000);

  const key = 'k'.repeat(1000);
  const ids = cts.validateCheckObsBuckets({
    buckets: [1, 2, 3].map((i) => ({ bucket_name: 'abc', bucket_location: `cn-north-${i}`, kms_id: key, [key]: key })),
  });
  assert.deepEqual(
    ids.value.buckets.map((bucket) => bucket.kms_id),
    [key, key, key],
  );
  assert.deepEqual(
    ids.warnings.filter(({ code }) => code === 'unknown_key').map(({ path }) => path),
    [0, 1, 2].map((i) => ['buckets', i, key]),
  );
});

test('a million invalid items: a thousand issues and the number of the others', () => {
  const { issues } = cts.validateCheckObsBuckets({ buckets: new Array(1_000_000).fill(7) });
  assert.equal(issues.length, 1001);
  assert.deepEqual([issues[1000].code, issues[1000].params.more], ['too_many_issues', 999_000]);
});

test('a million items with the same long string', () => {
  const list = Array(1_000_000).fill('x'.repeat(1000));
  const { issues } = cts.validateCreateTracker({
    tracker_type: 'system',
    management_event_selector: { exclude_service: list },
  });
  assert.deepEqual([issues[0].code, issues.at(-1).params.more], ['invalid_enum', 999_000]);
});

test('a string of 400 MB', () => {
  const { issues } = cts.validateBucketName(`${'x'.repeat(400_000_000)}`);
  assert.deepEqual(issues[0].params, { max: 63, actual: 400_000_000 });
});

test('a million unknown keys', () => {
  const keys = Object.fromEntries(Array.from({ length: 1_000_000 }, (_, i) => [`obs_inf${i}`, i]));
  const began = process.cpuUsage().user;
  const { warnings } = cts.validateCreateTracker(keys);
  const seconds = (process.cpuUsage().user - began) / 1e6;
  assert.deepEqual(warnings.at(-1).params, { more: 999_000 });
  assert.ok(seconds < 10, `${seconds} s`);
});

test('deep nesting is not read', () => {
  let object = {};
  let list = [];
  for (let depth = 0; depth < 1_000_000; depth++) {
    object = { obs_info: object };
    list = [list];
  }
  judgeAll(() => object);
  judgeAll(() => ({ buckets: list, obs_info: { bucket_name: list }, data_bucket: object }));
  const nested = `${'['.repeat(1_000_000)}${']'.repeat(1_000_000)}`;
  const report = cts.validateNdjson(
    'createTracker',
    `${nested}\n{"x":${nested},"tracker_type":"system"}\n${'['.repeat(1_000_000)}`,
  );
  assert.deepEqual([report.lines, report.valid, report.invalid], [3, 1, 2]);
  assert.deepEqual(
    report.bad.map(({ issues }) => issues[0].code),
    ['not_object', 'invalid_json'],
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
  for (const make of Object.values(HOSTILE)) judgeAll(make);
  assert.equal(instances.length, before);
});

test('invalid options throw a TypeError, with and without issues', () => {
  const typeError = (call, name) => assert.throws(call, { name: 'TypeError' }, name);
  for (const [name, validate] of Object.entries(VALIDATORS)) {
    for (const input of [undefined, 'abc', {}]) {
      for (const options of [0, 1, 'en', true, false, Symbol('x'), 1n, () => {}])
        typeError(() => validate(input, options), name);
      for (const locale of ['fr', 'EN', '', 1, null, true, '__proto__', 'constructor'])
        typeError(() => validate(input, { locale }), name);
      validate(input, null);
      validate(input, undefined);
      validate(input, Object.create(null));
      validate(input, { locale: undefined, unknown: 1 });
    }
  }
  for (const value of [1, 'true', 'yes', {}]) {
    typeError(() => cts.validateBucketName('abc', { forCreation: value }));
    typeError(() => cts.validateKmsId('', { encrypted: value }));
    typeError(() => cts.validateTrackerName('a', { trackerType: value }));
    typeError(() => cts.validateNdjson('createTracker', '', { warnings: value }));
  }
  for (const kind of [undefined, null, 'checkObsBuckets', 'CreateTracker', 0, {}, '__proto__']) {
    typeError(() => cts.validateNdjson(kind, ''));
    typeError(() => cts.createNdjsonValidator(kind));
  }
  for (const text of [undefined, null, 1, {}, [], new ArrayBuffer(1), new Uint16Array(1), { length: 1 }]) {
    typeError(() => cts.validateNdjson('createTracker', text));
    typeError(() => cts.createNdjsonValidator('createTracker').push(text));
  }
  for (const options of [0, 'en', true]) typeError(() => cts.validateNdjson('createTracker', '', options));
  const ended = cts.createNdjsonValidator('createTracker');
  ended.end();
  typeError(() => ended.push(new Uint8Array(1)));
  typeError(() => cts.withOptions({}, {}));
  typeError(() => cts.withOptions(cts.bucketNameSchema, { locale: 'xx' })['~standard'].validate('abc'));
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
    const good = {
      tracker_type: 'data',
      tracker_name: 'a',
      data_bucket: { data_bucket_name: 'abc', data_event: ['READ', 'WRITE'] },
    };
    const bad = {
      tracker_type: 'data',
      tracker_name: '-',
      obs_info: { bucket_name: 'A..b', compress_type: 'GZIP' },
      unknown: 1,
    };
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
