// How the client reads responses.
import assert from 'node:assert/strict';
import test from 'node:test';
import vm from 'node:vm';
import { createCtsClient } from 'cts-tracker';
import { BASE, BUCKETS, clientOf, created, fails, ID, json, TRACKER } from './support/client.mjs';

test('unknown fields and values in a response are kept', async () => {
  const body = {
    id: 'a',
    status: 'paused',
    more: { deep: [1] },
    data_bucket: { data_event: 'READ' },
    obs_info: { bucket_name: '', bucket_lifecycle: 0, bucket_location: '' },
  };
  const { client } = clientOf(json(201, body));
  assert.deepEqual(await client.createTracker(TRACKER), { ...body, data_bucket: { data_event: ['READ'] } });
  const { client: other } = clientOf(() => new Response('\ufeff {"tracker_name":"ü😀"}\n', { status: 200 }));
  assert.deepEqual(await other.createTracker(TRACKER), { tracker_name: 'ü😀' });
  const failed = {
    buckets: [
      {
        bucket_name: 'bucket1',
        check_bucket_response: { success: false, error_code: 'OBS.NoSuchBucket', response_code: 404 },
      },
    ],
  };
  assert.deepEqual(
    await clientOf(json(200, failed)).client.checkObsBuckets(BUCKETS),
    failed,
    'a failed bucket is not an error of the call',
  );
  const proto = clientOf(() => new Response('{"id":"a","__proto__":{"polluted":true}}', { status: 201 })).client;
  assert.equal((await proto.createTracker(TRACKER)).polluted, undefined);
  assert.equal({}.polluted, undefined);
});

test('an invalid body is a bad_response with its beginning', async () => {
  const chunks = (...list) =>
    new Response(
      new ReadableStream({
        pull(to) {
          if (list.length) to.enqueue(list.shift());
          else to.close();
        },
      }),
      { status: 201 },
    );
  const bytes = (n) => new Uint8Array(n).fill(32);
  for (const [name, make, received] of [
    ['empty', () => new Response(null, { status: 204 }), ''],
    ['blank', () => new Response('', { status: 201 }), ''],
    ['HTML', () => new Response('<html>hello', { status: 200 }), '<html>hello'],
    ['truncated', () => new Response('{"id":"a', { status: 201 }), '{"id":"a'],
    ['a list', () => json(201, []), '[]'],
    ['unrelated', () => json(200, { hello: 1 }), '{"hello":1}'],
    ['a wrong type', () => json(201, { id: 7 }), '{"id":7}'],
    ['long', () => new Response(`"${'y'.repeat(5000)}"`, { status: 201 }), `"${'y'.repeat(999)}`],
    ['a redirect', () => new Response(null, { status: 307, headers: { location: '/x' } }), ''],
    ['over 1 MiB', () => chunks(bytes(1 << 20), bytes(1)), ' '.repeat(1000)],
    ['a stream without bytes', () => chunks({}), ''],
    ['a stream of text', () => chunks('text'), 'text'],
    [
      'used before',
      () => {
        const answer = created();
        answer.text();
        return answer;
      },
      '',
    ],
  ]) {
    const error = await fails(clientOf(make).client.createTracker(TRACKER));
    assert.deepEqual([error.kind, error.received, error.sent], ['bad_response', received, 'yes'], name);
    assert.equal('received' in error.toJSON(), false);
  }
  const whole = `{"id":"a"${' '.repeat((1 << 20) - 10)}}`;
  assert.equal(whole.length, 1 << 20);
  assert.equal(
    (await clientOf(() => new Response(whole, { status: 201 })).client.createTracker(TRACKER)).id,
    'a',
    '1 MiB is not over it',
  );
});

test('an endless stream is cancelled at 1 MiB', async () => {
  let cancelled = false;
  let pulled = 0;
  const endless = () =>
    new Response(
      new ReadableStream({
        pull(to) {
          pulled += 1;
          to.enqueue(new Uint8Array(65536));
        },
        cancel() {
          cancelled = true;
          throw new Error('cancel failed');
        },
      }),
      { status: 201 },
    );
  assert.equal((await fails(clientOf(endless).client.createTracker(TRACKER))).kind, 'bad_response');
  assert.ok(cancelled && pulled < 25, `${pulled}`);
});

test('a fetch that returns no Response, or throws', async () => {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  for (const wrong of [
    undefined,
    null,
    7,
    'x',
    {},
    { status: 200 },
    { status: '200', headers: new Headers() },
    proxy,
  ]) {
    const error = await fails(clientOf(() => wrong).client.createTracker(TRACKER));
    assert.deepEqual([error.kind, error.sent], ['outcome_unknown', 'unknown']);
    assert.ok(error.cause);
  }
  for (const thrown of [new Error('x'), 'x', undefined, null, 7, proxy, Symbol('s')]) {
    const error = await fails(
      createCtsClient({
        baseUrl: BASE,
        projectId: ID,
        fetch() {
          throw thrown;
        },
      }).createTracker(TRACKER),
    );
    assert.equal(error.kind, 'outcome_unknown');
  }
});

test('a response of another library, whose body is not a web stream', async () => {
  const { client } = clientOf(() => ({
    status: 201,
    headers: new Headers(),
    body: {},
    arrayBuffer: async () => new TextEncoder().encode('{"id":"b"}').buffer,
  }));
  assert.equal((await client.createTracker(TRACKER)).id, 'b');
});

test('a response of another realm', async () => {
  const context = vm.createContext({ Response, TextEncoder, ReadableStream });
  const fetch = vm.runInContext(
    `(async () => new Response(new ReadableStream({ start(to) {
    to.enqueue(new Uint8Array([123, 34, 105, 100, 34, 58, 34, 99, 34, 125])); to.close(); } }), { status: 201 }))`,
    context,
  );
  assert.equal((await createCtsClient({ baseUrl: BASE, projectId: ID, fetch }).createTracker(TRACKER)).id, 'c');
  const refuses = vm.runInContext("(async () => { throw new TypeError('of another realm'); })", context);
  assert.equal(
    (await fails(createCtsClient({ baseUrl: BASE, projectId: ID, fetch: refuses }).createTracker(TRACKER))).kind,
    'outcome_unknown',
  );
});

test('bytes of another realm', async () => {
  const context = vm.createContext({});
  const bytes = vm.runInContext('new Uint8Array([9, 123, 34, 105, 100, 34, 58, 34, 101, 34, 125])', context);
  const streaming = (chunk) => ({
    status: 201,
    headers: new Headers(),
    body: {
      getReader() {
        const chunks = [chunk];
        return { read: async () => ({ done: chunks.length === 0, value: chunks.pop() }), cancel: async () => {} };
      },
    },
  });
  const view = vm.runInContext('(bytes) => new DataView(bytes.buffer, 1)', context)(bytes);
  for (const response of [
    { status: 201, headers: new Headers(), arrayBuffer: async () => bytes.buffer },
    { status: 201, headers: new Headers(), arrayBuffer: async () => bytes },
    ...[bytes, bytes.buffer, view].map(streaming),
  ]) {
    assert.equal((await clientOf(() => response).client.createTracker(TRACKER)).id, 'e');
  }
});

test('a simulated page whose AbortSignal differs from that of Request', async () => {
  const { AbortController: Controller, AbortSignal: Signal, Request: HostRequest } = globalThis;
  class PageSignal extends EventTarget {
    aborted = false;
  }
  class PageController {
    signal = new PageSignal();
    abort() {
      this.signal.aborted = true;
      this.signal.dispatchEvent(new Event('abort'));
    }
  }
  class StrictRequest extends HostRequest {
    constructor(input, init) {
      if (init?.signal instanceof PageSignal) throw new TypeError('signal is not an AbortSignal');
      super(input, init);
    }
  }
  Object.assign(globalThis, { AbortController: PageController, AbortSignal: PageSignal, Request: StrictRequest });
  try {
    assert.equal((await clientOf(created()).client.createTracker(TRACKER)).id, 'a');
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 5);
    const error = await fails(
      clientOf(() => new Promise(() => {})).client.createTracker(TRACKER, { signal: controller.signal }),
    );
    assert.equal(error.kind, 'aborted');
  } finally {
    Object.assign(globalThis, { AbortController: Controller, AbortSignal: Signal, Request: HostRequest });
  }
});
