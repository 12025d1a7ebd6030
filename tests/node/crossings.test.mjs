// How often each operation crosses the boundary of the wasm, and what crosses it.
import assert from 'node:assert/strict';
import { test } from 'node:test';

/** Calls since the last `taken`: exports by name, imports with a prefix. */
let calls = [];
const results = [];
const counted = (functions, prefix) =>
  Object.fromEntries(
    Object.entries(functions).map(([name, value]) => {
      if (typeof value !== 'function') return [name, value];
      return [
        name,
        (...args) => {
          calls.push(prefix + name);
          const result = value(...args);
          if (/^(signingproxy|emulator|signer)_/.test(name) && Object(result) === result) results.push(result);
          return result;
        },
      ];
    }),
  );

const { Instance } = WebAssembly;
WebAssembly.Instance = function CountedInstance(module, imports) {
  const modules = Object.entries(imports).map(([name, functions]) => [name, counted(functions, 'import ')]);
  return { exports: counted(new Instance(module, Object.fromEntries(modules)).exports, '') };
};
const cts = await import('cts-tracker');
const { createSigningProxy } = await import('cts-tracker/proxy');
const { createEmulator } = await import('cts-tracker/emulator');

function taken() {
  const all = calls;
  calls = [];
  return all;
}
/** Without the allocator and the reference table of wasm-bindgen. */
const ownExports = (all) => all.filter((name) => !/^(import |__)/.test(name));

const PROJECT = '2306579dc99f4c8690b14b68e734fcd9';
const SYSTEM = { tracker_type: 'system', tracker_name: 'system' };
const json = (body, status) => new Response(body, { status, headers: { 'content-type': 'application/json' } });

test('a validation crosses once, and calls nothing back', () => {
  cts.validateCreateTracker({});
  taken();
  cts.validateCreateTracker(SYSTEM);
  assert.deepEqual(taken(), ['validate_create_tracker']);
  cts.validateCreateTracker({
    get tracker_type() {
      return 'system';
    },
    toJSON: () => SYSTEM,
  });
  assert.deepEqual(taken(), ['validate_create_tracker']);
  cts.validateBucketName('Bucket');
  assert.deepEqual(taken(), ['validate_field']);
  cts.createTrackerFormSchema['~standard'].validate({ tracker_type: 'system', tracker_name: '' });
  assert.deepEqual(taken(), ['validate_create_tracker']);
});

test('an ordinary value crosses unless one like it has been valid', () => {
  const data = (name, bucket, more) => ({
    tracker_type: 'data',
    tracker_name: name,
    data_bucket: { data_bucket_name: bucket, data_event: ['READ'] },
    ...more,
  });
  const buckets = (...names) => ({
    buckets: names.map((name) => ({ bucket_name: name, bucket_location: 'cn-north-1' })),
  });
  const usual = new Map([
    [cts.validateCreateTracker, { tracker_type: 'system' }],
    [cts.validateCheckObsBuckets, buckets('usual')],
    [cts.validateBucketName, 'usual'],
  ]);
  const crosses = (value, validate = cts.validateCreateTracker, options = undefined) => {
    // After a value that was not ordinary, the next one crosses.
    for (let times = 0; times < 2; times++) validate(usual.get(validate));
    taken();
    validate(value, options);
    return taken().length;
  };
  assert.equal(crosses(data('first', 'first-bucket')), 1);
  assert.equal(crosses(data('second', 'another-bucket')), 0);
  assert.equal(crosses(data('third', 'another-bucket', { is_lts_enabled: true })), 1);
  assert.equal(crosses(data('fourth', 'another-bucket', { is_lts_enabled: true })), 0);
  // Never if it has an issue or a warning.
  const transfer = { obs_info: { bucket_name: 'first-bucket' } };
  assert.equal(crosses(data('fifth', 'another-bucket', transfer)), 1);
  assert.equal(crosses(data('fifth', 'another-bucket', transfer)), 0);
  assert.equal(crosses(data('fifth', 'first-bucket', transfer)), 1);
  assert.equal(crosses(data('system', 'another-bucket')), 1);
  assert.equal(crosses(data('.', 'another-bucket')), 1);
  assert.equal(crosses(data('sixth', 'another-bucket', { unknown: 1 })), 1);
  for (const times of [1, 2]) {
    assert.equal(crosses(data('seventh', 'another-bucket', { is_organization_tracker: true })), 1, `${times}`);
  }

  assert.equal(crosses(buckets('bucket2', 'bucket3'), cts.validateCheckObsBuckets), 0);
  assert.equal(crosses(buckets('bucket2', 'bucket2'), cts.validateCheckObsBuckets), 1);
  assert.equal(crosses('bucket2', cts.validateBucketName), 0);
  assert.equal(crosses('bucket2', cts.validateBucketName, { forCreation: true }), 1);
});

test('after several values that are not ordinary, the next seven cross', () => {
  for (let times = 0; times < 20; times++) cts.validateProjectId('a');
  taken();
  const id = '0'.repeat(32);
  for (let times = 0; times < 20; times++) cts.validateProjectId(id);
  // The first one that is read makes the profile known.
  assert.ok(taken().length <= 8);
  cts.validateProjectId(id);
  assert.equal(taken().length, 0);
});

test('a try of the client crosses twice', async () => {
  let tries = 0;
  const client = cts.createCtsClient({
    baseUrl: 'http://localhost',
    projectId: PROJECT,
    fetch: async () => (++tries % 2 === 1 ? json('{}', 429) : json('{"id":"a"}', 201)),
    retry: { baseDelayMs: 1 },
  });
  await client.createTracker(SYSTEM);
  taken();
  await client.createTracker(SYSTEM);
  assert.equal(tries, 4);
  assert.deepEqual(ownExports(taken()), [
    'ctscall_new',
    'ctscall_request',
    'ctscall_next',
    'ctscall_request',
    'ctscall_next',
  ]);
});

test('a request of the proxy crosses three times', async () => {
  const proxy = createSigningProxy({
    region: 'cn-north-1',
    credentials: { accessKeyId: 'A'.repeat(20), secretAccessKey: 'b'.repeat(20) },
    fetch: async () => json('{"id":"a"}', 201),
  });
  const send = (body) =>
    proxy.fetch(
      new Request(`http://localhost/v3/${PROJECT}/tracker`, {
        method: 'POST',
        headers: { host: 'localhost', 'content-type': 'application/json', 'x-requested-with': 'cts-tracker' },
        body,
      }),
    );
  await send(JSON.stringify(SYSTEM));
  taken();
  assert.equal((await send(JSON.stringify(SYSTEM))).status, 201);
  assert.deepEqual(ownExports(taken()), ['signingproxy_head', 'signingproxy_body', 'signingproxy_answer']);
  assert.equal((await send('{}')).status, 422);
});

test('what crosses has plain objects and null, never a Map or undefined', async () => {
  await createEmulator().fetch(new Request('http://localhost/', { method: 'POST', body: '{}' }));
  let nulls = 0;
  let bytes = 0;
  const check = (value, path) => {
    assert.notEqual(value, undefined, path);
    if (value === null) nulls += 1;
    else if (value instanceof Uint8Array) bytes += 1;
    else if (typeof value === 'object') {
      const isPlain = Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype;
      assert.ok(isPlain, `${path} is ${Object.prototype.toString.call(value)}`);
      for (const [key, inner] of Object.entries(value)) check(inner, `${path}.${key}`);
    }
  };
  for (const [index, result] of results.entries()) check(result, `result ${index}`);
  assert.ok(nulls > 0 && bytes > 0, `${nulls} nulls and ${bytes} bodies in ${results.length} results`);
});
