// Timeouts, aborts and concurrent calls of the client.
import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import test from 'node:test';
import { en, validateCreateTracker, zhCN } from 'cts-tracker';
import { BUCKETS, clientOf, created, echo, fails, json, TRACKER } from './support/client.mjs';

test('the timeout ends a fetch that ignores its signal', async () => {
  const deaf = () => new Promise(() => {});
  for (const [name, kind] of [
    ['createTracker', 'outcome_unknown'],
    ['checkObsBuckets', 'timeout'],
  ]) {
    const { client } = clientOf(deaf);
    const began = performance.now();
    const error = await fails(client[name](name === 'createTracker' ? TRACKER : BUCKETS, { timeoutMs: 50 }));
    assert.deepEqual([error.kind, error.sent], [kind, 'unknown']);
    assert.ok(performance.now() - began < 300);
  }
  const { client, requests } = clientOf([deaf, echo], { retry: { tryTimeoutMs: 30 } });
  await client.checkObsBuckets(BUCKETS);
  assert.equal(requests.length, 2, 'a try that timed out is retried');
});

test('the timeout ends an endless body', async () => {
  let cancelled = false;
  const { client } = clientOf(
    () =>
      new Response(
        new ReadableStream({
          start(to) {
            to.enqueue(new TextEncoder().encode('{"id"'));
          },
          cancel() {
            cancelled = true;
          },
        }),
        { status: 201 },
      ),
  );
  assert.equal((await fails(client.createTracker(TRACKER, { timeoutMs: 40 }))).kind, 'outcome_unknown');
  assert.ok(cancelled);
});

test('an abort rejects at once, for any reason and with any fetch', async () => {
  for (const reason of [[], [undefined], [new Error('x')], ['text'], [null], [0], [1], [{}], [Symbol('s')]]) {
    for (const answer of [
      () => new Promise(() => {}),
      (request) =>
        new Promise((_, no) => {
          request.signal.onabort = () => no(request.signal.reason);
        }),
      () => new Response(new ReadableStream(), { status: 201 }),
    ]) {
      const controller = new AbortController();
      const { client, requests } = clientOf(answer);
      const call = fails(client.createTracker(TRACKER, { signal: controller.signal }));
      await new Promise((done) => {
        setTimeout(done, 5);
      });
      const began = performance.now();
      controller.abort(...reason);
      const error = await call;
      assert.deepEqual([error.kind, error.sent, error.mayAlreadyExist], ['aborted', 'unknown', true]);
      assert.ok(performance.now() - began < 50);
      assert.ok(requests[0].signal.aborted, 'the request is aborted');
    }
  }
  const { client, requests } = clientOf(created());
  const error = await fails(client.createTracker(TRACKER, { signal: AbortSignal.abort(null) }));
  assert.deepEqual([error.kind, error.sent, error.attempts, requests.length], ['aborted', 'no', 0, 0]);
});

test('an abort during a wait, and inside fetch', async () => {
  const controller = new AbortController();
  const { client, requests } = clientOf(json(429, {}, { 'retry-after': '20' }));
  setTimeout(() => controller.abort(), 30);
  const began = performance.now();
  const error = await fails(client.createTracker(TRACKER, { signal: controller.signal }));
  assert.deepEqual([error.kind, error.sent, error.attempts, requests.length], ['aborted', 'yes', 1, 1]);
  assert.ok(performance.now() - began < 300);

  const inside = new AbortController();
  const { client: other } = clientOf(() => {
    inside.abort('now');
    return created();
  });
  assert.equal((await fails(other.createTracker(TRACKER, { signal: inside.signal }))).kind, 'aborted');
});

test("no listener is left on the caller's signal", async () => {
  const controller = new AbortController();
  let listeners = 0;
  const { addEventListener, removeEventListener } = controller.signal;
  controller.signal.addEventListener = function add(...given) {
    listeners += 1;
    return addEventListener.apply(this, given);
  };
  controller.signal.removeEventListener = function remove(...given) {
    listeners -= 1;
    return removeEventListener.apply(this, given);
  };
  const { client } = clientOf([created(), json(400, {})]);
  await client.createTracker(TRACKER, { signal: controller.signal });
  await fails(client.createTracker(TRACKER, { signal: controller.signal }));
  assert.equal(listeners, 0);
});

test('concurrent calls', async () => {
  const { client } = clientOf(async (request) => {
    await new Promise((done) => {
      setTimeout(done, Math.random() * 20);
    });
    return created({ tracker_name: request.url.split('/').at(-2) });
  });
  const names = await Promise.all(
    Array.from({ length: 500 }, (_, i) => client.createTracker(TRACKER, { projectId: `p${i}` })),
  );
  assert.deepEqual(
    names.map(({ tracker_name: name }) => name),
    Array.from({ length: 500 }, (_, i) => `p${i}`),
  );
});

test('a fetch that calls back into the package', async () => {
  const { client } = clientOf(() => {
    assert.ok(validateCreateTracker({}).issues);
    return created();
  });
  assert.equal((await client.createTracker(TRACKER)).id, 'a');
});

test('many calls with one signal add one listener to it', async () => {
  const warnings = [];
  const record = ({ name }) => warnings.push(name);
  process.on('warning', record);
  const controller = new AbortController();
  const { signal } = controller;
  const bucket = (i) => ({ bucket_name: `bucket-${i}`, bucket_location: 'cn-north-1' });
  // A `fetch` that adds listeners itself would add one for each request.
  const { client, requests } = clientOf(() => new Promise(() => {}));
  const calls = [
    ...Array.from({ length: 20 }, () => client.createTracker(TRACKER, { signal })),
    ...Array.from({ length: 20 }, () => client.checkBuckets([bucket(0)], { signal })),
    client.checkBuckets(
      Array.from({ length: 40 }, (_, i) => bucket(i)),
      { signal, batchSize: 1, concurrency: 40 },
    ),
  ].map(fails);
  while (requests.length < 80) await new Promise((done) => setTimeout(done, 5));
  assert.equal(getEventListeners(signal, 'abort').length, 1);
  controller.abort('all');
  assert.ok((await Promise.all(calls)).every(({ kind, cause }) => kind === 'aborted' && cause === 'all'));
  assert.equal(getEventListeners(signal, 'abort').length, 0);
  process.off('warning', record);
  assert.deepEqual(warnings, []);
});

test('a call with a shared signal ends without the others', async () => {
  const { signal } = new AbortController();
  let release;
  const { client } = clientOf([() => new Promise((done) => (release = () => done(created()))), created()]);
  const first = client.createTracker(TRACKER, { signal });
  while (!release) await new Promise((done) => setTimeout(done, 1));
  await client.createTracker(TRACKER, { signal });
  assert.equal(getEventListeners(signal, 'abort').length, 1, 'the first call still listens');
  release();
  await first;
  assert.equal(getEventListeners(signal, 'abort').length, 0);
});

test('a timeout names the limit that ended the call', async () => {
  const silent = () => new Promise(() => {});
  for (const [options, call, body, kind, limit] of [
    [{ timeoutMs: 31 }, 'createTracker', TRACKER, 'outcome_unknown', ['timeoutMs', 31]],
    [{ timeoutMs: 32 }, 'checkObsBuckets', BUCKETS, 'timeout', ['timeoutMs', 32]],
    [{ retry: { tryTimeoutMs: 33, maxRetries: 0 } }, 'checkObsBuckets', BUCKETS, 'timeout', ['retry.tryTimeoutMs', 33]],
    [{ retry: { tryTimeoutMs: 34 } }, 'createTracker', TRACKER, 'outcome_unknown', ['retry.tryTimeoutMs', 34]],
    [{ timeoutMs: 35, headers: silent }, 'createTracker', TRACKER, 'timeout', ['timeoutMs', 35]],
  ]) {
    const [name, ms] = limit;
    for (const locale of [en, zhCN]) {
      const error = await fails(clientOf(silent, { ...options, locale }).client[call](body));
      assert.equal(error.kind, kind);
      assert.ok(error.message.includes(name) && error.message.includes(String(ms)), error.message);
      assert.deepEqual([error.cause.name, error.cause.message], ['TimeoutError', `${name} is over: ${ms} ms`]);
    }
  }
  // The limit of the caller's signal is the caller's.
  const error = await fails(clientOf(silent).client.createTracker(TRACKER, { signal: AbortSignal.timeout(20) }));
  assert.deepEqual([error.kind, error.cause.name], ['aborted', 'TimeoutError']);
});

test('an abort has a cause where signals have no reason', async () => {
  // The AbortSignal of older platforms and polyfills.
  const old = Object.assign(new EventTarget(), { aborted: false });
  const call = fails(clientOf(() => new Promise(() => {})).client.createTracker(TRACKER, { signal: old }));
  await new Promise((done) => setTimeout(done, 5));
  old.aborted = true;
  old.dispatchEvent(new Event('abort'));
  const errors = [await call, await fails(clientOf(created()).client.createTracker(TRACKER, { signal: old }))];
  for (const { kind, cause } of errors) assert.deepEqual([kind, cause.name], ['aborted', 'AbortError']);
});
