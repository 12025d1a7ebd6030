// The client with a custom fetch. tests/faults tests it over sockets.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import test from 'node:test';
import { inspect } from 'node:util';
import vm from 'node:vm';
import {
  CtsError,
  createCtsClient,
  createTrackerSchema,
  isCtsError,
  preflight,
  toFieldErrors,
  toNestedErrors,
  validateCreateTracker,
  validateNdjson,
  withOptions,
  zhCN,
} from 'cts-tracker';

const unheard = [];
process.on('unhandledRejection', (reason) => unheard.push(reason));
test.after(() => assert.deepEqual(unheard, []));

const BASE = 'http://127.0.0.1:9/api/';
const ID = '2306579dc99f4c8690b14b68e734fcd9';
const TRACKER = { tracker_type: 'system' };
const DATA = {
  tracker_type: 'data',
  tracker_name: 'a',
  data_bucket: { data_bucket_name: 'tracked', data_event: ['READ'] },
};
const BUCKETS = { buckets: [{ bucket_name: 'bucket1', bucket_location: 'cn-north-1' }] };

const json = (status, body, headers) =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } });
const created = (body) => json(201, { id: 'a', tracker_name: 'system', ...body });
const problem = (status, body) => json(status, body, { 'content-type': 'application/problem+json' });
const echo = async (request) =>
  json(200, {
    buckets: (await request.json()).buckets.map((bucket) => ({
      ...bucket,
      check_bucket_response: { response_code: 200, success: true },
    })),
  });

/** A client that gets these answers in turn; the last one is repeated. */
function clientOf(answers, options) {
  const requests = [];
  const list = [answers].flat();
  const fetch = async (request) => {
    requests.push(request);
    const answer = list[Math.min(requests.length, list.length) - 1];
    return typeof answer === 'function' ? answer(request) : answer.clone();
  };
  return { requests, client: createCtsClient({ baseUrl: BASE, projectId: ID, domainId: ID, fetch, ...options }) };
}

async function fails(promise) {
  try {
    await promise;
  } catch (error) {
    assert.ok(isCtsError(error) && error instanceof CtsError, String(error));
    return error;
  }
  return assert.fail('the call did not fail');
}

// --- requests

test('a call is one POST with the documented headers', async () => {
  const { client, requests } = clientOf([created(), echo], {
    headers: { 'x-own': '1', accept: 'text/html', 'content-type': 'text/plain' },
  });
  await client.createTracker(TRACKER, { headers: { 'x-call': '2', 'x-own': '3' } });
  await client.checkObsBuckets(BUCKETS, { domainId: 'other' });
  const [one, two] = requests;
  assert.deepEqual([one.method, one.url, one.redirect], ['POST', `http://127.0.0.1:9/api/v3/${ID}/tracker`, 'manual']);
  assert.equal(two.url, 'http://127.0.0.1:9/api/v3/other/checkbucket');
  assert.deepEqual(Object.fromEntries(one.headers), {
    accept: 'application/json, application/problem+json',
    'content-type': 'application/json',
    'x-call': '2',
    'x-own': '3',
    'x-requested-with': 'cts-tracker',
  });
  assert.equal(await one.text(), '{"tracker_type":"system","tracker_name":"system"}');
});

test('the body is the validated value, encoded as JSON', async () => {
  const { client, requests } = clientOf(created());
  await client.createTracker({
    agency_name: null,
    unknown: 1,
    tracker_name: undefined,
    toJSON: undefined,
    tracker_type: 'system',
    is_lts_enabled: new Boolean(true),
  });
  assert.equal(await requests[0].text(), '{"tracker_type":"system","tracker_name":"system","is_lts_enabled":true}');
});

test('a request with errors is not sent', async () => {
  const { client, requests } = clientOf(created());
  for (const [body, call] of [
    [{}, {}],
    [null, {}],
    [{ ...DATA, tracker_name: '_a' }, {}],
    [TRACKER, { projectId: 'a/b' }],
    [TRACKER, { projectId: '' }],
  ]) {
    const error = await fails(client.createTracker(body, call));
    assert.deepEqual([error.kind, error.sent, error.attempts], ['validation', 'no', 0]);
    assert.ok(error.issues.length > 0);
    assert.ok(error.message.includes(error.issues[0].message), error.message);
  }
  const bare = createCtsClient({ baseUrl: BASE });
  assert.equal((await fails(bare.createTracker(TRACKER))).issues[0].code, 'required');
  assert.equal((await fails(bare.checkObsBuckets(BUCKETS))).issues[0].code, 'required');
  assert.equal(requests.length, 0);
});

test('validate: false sends the body unchanged, but validates the id', async () => {
  const { client, requests } = clientOf(created());
  await client.createTracker({ tracker_type: 'other' }, { validate: false });
  assert.equal(await requests[0].text(), '{"tracker_type":"other"}');
  assert.equal((await fails(client.createTracker({}, { validate: false, projectId: '../x' }))).kind, 'validation');
  const cycle = {};
  cycle.cycle = cycle;
  for (const body of [cycle, undefined, () => {}, 1n]) {
    const error = await fails(client.createTracker(body, { validate: false }));
    assert.deepEqual([error.kind, error.sent], ['validation', 'no']);
  }
  assert.equal(requests.length, 1);
});

test('messages use the locale of the client', async () => {
  const { client } = clientOf(json(401, { error_code: 'APIGW.0301' }), { locale: zhCN });
  const error = await fails(client.createTracker(TRACKER));
  assert.match(error.message, /[\u4e00-\u9fff].*APIGW\.0301/s);
  assert.match((await fails(client.createTracker({}))).message, /[\u4e00-\u9fff]/);
});

test('a headers function is called at every try', async () => {
  let calls = 0;
  const { client, requests } = clientOf([json(502, {}), echo], {
    headers: async () => ({ 'x-token': `t${(calls += 1)}` }),
  });
  await client.checkObsBuckets(BUCKETS);
  assert.deepEqual(
    requests.map((request) => request.headers.get('x-token')),
    ['t1', 't2'],
  );
  for (const headers of [
    () => {
      throw new Error('no token');
    },
    async () => {
      throw new Error('no token');
    },
  ]) {
    const { client: without, requests: none } = clientOf(created(), { headers });
    const error = await fails(without.createTracker(TRACKER));
    assert.deepEqual([error.kind, error.sent, error.attempts, error.cause.message], ['auth', 'no', 0, 'no token']);
    assert.equal(none.length, 0);
  }
  const { client: slow } = clientOf(created(), { headers: () => new Promise(() => {}), timeoutMs: 30 });
  const error = await fails(slow.createTracker(TRACKER));
  assert.deepEqual([error.kind, error.sent], ['timeout', 'no']);
});

test('invalid arguments throw at once', async () => {
  for (const options of [
    undefined,
    null,
    {},
    { baseUrl: '' },
    { baseUrl: '/api' },
    { baseUrl: 'ftp://a' },
    { baseUrl: 'http://u:p@a/' },
    { baseUrl: 'http://a/?x' },
    { baseUrl: 'http://a/#x' },
    { baseUrl: BASE, timeoutMs: 0 },
    { baseUrl: BASE, timeoutMs: '5' },
    { baseUrl: BASE, timeoutMs: NaN },
    { baseUrl: BASE, fetch: 'no' },
    { baseUrl: BASE, headers: { 'a b': 'c' } },
    { baseUrl: BASE, retry: { maxRetries: -1 } },
    { baseUrl: BASE, retry: { maxRetries: 11 } },
    { baseUrl: BASE, onEvent: 1 },
    { baseUrl: BASE, locale: 'fr' },
  ]) {
    assert.throws(() => createCtsClient(options), TypeError, JSON.stringify(options));
  }
  const { client, requests } = clientOf(created());
  for (const call of [{ signal: {} }, { signal: 'no' }, { timeoutMs: -1 }, { headers: { 'a b': 'c' } }]) {
    const error = await fails(client.createTracker(TRACKER, call));
    assert.deepEqual([error.kind, error.sent], ['validation', 'no']);
  }
  assert.equal(requests.length, 0);
  assert.ok(createCtsClient({ baseUrl: new URL(BASE) }));
});

test('an invalid option is named with what it must be, and unknown options are ignored', async () => {
  for (const [options, message] of [
    [{ timeoutMs: '5' }, 'timeoutMs must be a number of milliseconds above 0'],
    [{ retry: 3 }, 'retry must be an object'],
    [{ retry: 'no' }, 'retry must be an object'],
    [{ retry: { tryTimeoutMs: 0 } }, 'retry.tryTimeoutMs must be a number of milliseconds above 0'],
    [{ retry: { maxRetries: '2' } }, 'retry.maxRetries must be a whole number from 0 to 10'],
  ])
    assert.throws(() => createCtsClient({ baseUrl: BASE, ...options }), { name: 'TypeError', message });
  assert.throws(() => withOptions(createTrackerSchema, 'zh-CN'), {
    name: 'TypeError',
    message: 'options must be an object',
  });
  const { client, requests } = clientOf(echo);
  for (const [call, message] of [
    [{ validate: 'no' }, 'validate must be true or false'],
    [{ onProgress: 'yes' }, 'onProgress must be a function'],
    [{ timeoutMs: '5' }, 'timeoutMs must be a number of milliseconds above 0'],
  ]) {
    const error = await fails(client.checkBuckets(BUCKETS.buckets, call));
    assert.deepEqual(
      [error.kind, error.sent, error.message, error.cause.name],
      ['validation', 'no', message, 'TypeError'],
    );
  }
  assert.equal((await fails(client.createTracker(TRACKER, { validate: 0 }))).message, 'validate must be true or false');
  await assert.rejects(preflight(client, {}, 'cn-north-1'), {
    name: 'TypeError',
    message: 'options must be an object',
  });
  assert.equal(requests.length, 0);
  const { client: lenient } = clientOf(echo, { retry: null, timeout: 5, own: {} });
  const [{ result }] = await lenient.checkBuckets(BUCKETS.buckets, { onProgress: null, validate: undefined, own: 1 });
  assert.equal(result.check_bucket_response.success, true);
});

// --- responses

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

test('errors contain the code and message of the service', async () => {
  for (const [answer, expected] of [
    [
      json(400, { error_code: 'CTS.0203', error_msg: 'bad name' }, { 'x-request-id': 'r1' }),
      { kind: 'rejected', status: 400, errorCode: 'CTS.0203', errorMsg: 'bad name', requestId: 'r1' },
    ],
    [
      json(401, { error_msg: 'x', error_code: 'APIGW.0301', request_id: 'r2' }),
      { kind: 'auth', status: 401, errorCode: 'APIGW.0301', requestId: 'r2' },
    ],
    [json(403, { error: { code: 403, message: 'no' } }), { kind: 'forbidden', errorCode: '403', errorMsg: 'no' }],
    [json(404, { error_code: 'APIGW.0101' }), { kind: 'not_found' }],
    [json(400, { error_code: 'CTS.0208' }), { kind: 'conflict', mayAlreadyExist: undefined }],
    [json(503, {}), { kind: 'unavailable', errorCode: undefined }],
    [json(418, {}), { kind: 'rejected' }],
    [
      problem(403, { code: 'origin_refused', title: 'no', sent: 'no' }),
      { kind: 'proxy', sent: 'no', errorCode: 'origin_refused', errorMsg: 'no' },
    ],
    [
      new Response('<html><title>502 Bad Gateway</title>', { status: 502 }),
      { kind: 'outcome_unknown', errorMsg: '502 Bad Gateway', mayAlreadyExist: true },
    ],
    [json(429, {}, { 'retry-after': '3600' }), { kind: 'throttled', retryAfterMs: 3600000, attempts: 1 }],
  ]) {
    const error = await fails(clientOf(answer).client.createTracker(TRACKER));
    for (const [name, value] of Object.entries(expected)) assert.equal(error[name], value, `${expected.kind}: ${name}`);
    assert.equal(error.received, undefined);
    assert.match(error.message, /\S/);
  }
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
    [
      'a stream without bytes',
      () =>
        new Response(
          new ReadableStream({
            start(to) {
              to.enqueue('text');
              to.close();
            },
          }),
          { status: 201 },
        ),
      '',
    ],
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

// --- retries

test('createTracker is not retried if it may have been executed', async () => {
  // An open connection ends with this error when its route is lost.
  const gone = (code, syscall) => () => {
    throw Object.assign(new TypeError('fetch failed'), { cause: Object.assign(new Error(), { code, syscall }) });
  };
  for (const answer of [
    json(500, {}),
    json(502, {}),
    json(504, {}),
    json(503, {}),
    () => {
      throw new TypeError('terminated');
    },
    json(501, {}),
    gone('EHOSTUNREACH', 'read'),
    gone('ENETUNREACH', 'write'),
    gone('ECONNREFUSED', 'read'),
    problem(502, { code: 'x', sent: 'unknown' }),
    problem(504, { code: 'x', sent: 'yes' }),
  ]) {
    const { client, requests } = clientOf(answer);
    await fails(client.createTracker(TRACKER));
    assert.equal(requests.length, 1);
  }
});

test('createTracker is retried if it was not sent', async () => {
  const refused = Object.assign(new TypeError('fetch failed'), {
    cause: Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }),
  });
  for (const first of [
    () => {
      throw refused;
    },
    problem(502, { code: 'unreachable', sent: 'no' }),
  ]) {
    const { client, requests } = clientOf([first, created()]);
    assert.equal((await client.createTracker(TRACKER)).id, 'a');
    assert.equal(requests.length, 2);
  }
  const { client, requests } = clientOf(() => {
    throw refused;
  });
  const error = await fails(client.createTracker(TRACKER));
  assert.deepEqual([error.kind, error.sent, error.attempts, error.cause], ['network', 'no', 3, refused]);
  assert.equal(requests.length, 3);
  assert.equal(
    (
      await fails(
        clientOf(
          () => {
            throw refused;
          },
          { retry: { maxRetries: 0 } },
        ).client.createTracker(TRACKER),
      )
    ).attempts,
    1,
  );
});

test('checkObsBuckets is retried with the same bytes in a new request', async () => {
  for (const first of [
    json(500, {}),
    json(502, {}),
    json(504, {}),
    () => {
      throw new TypeError('terminated');
    },
  ]) {
    const { client, requests } = clientOf([first, echo]);
    assert.equal((await client.checkObsBuckets(BUCKETS)).buckets.length, 1);
    assert.equal(requests.length, 2);
    assert.notEqual(requests[0], requests[1]);
  }
  const { client, requests } = clientOf(json(503, {}));
  assert.equal((await fails(client.checkObsBuckets(BUCKETS))).kind, 'unavailable');
  assert.equal(requests.length, 1);
});

test('retries wait for Retry-After', async () => {
  const { client } = clientOf([json(429, {}, { 'retry-after': '1' }), created()]);
  const random = Math.random;
  Math.random = () => 0;
  try {
    const began = performance.now();
    await client.createTracker(TRACKER);
    const took = performance.now() - began;
    assert.ok(took > 990 && took < 1500, `${took}`);
  } finally {
    Math.random = random;
  }
});

test('a conflict after an unknown outcome sets mayAlreadyExist', async () => {
  const conflict = json(400, { error_code: 'CTS.0208' });
  const { client } = clientOf([json(502, {}), conflict, conflict, conflict, created(), conflict]);
  const data = (name) => ({ ...DATA, tracker_name: name });
  assert.equal((await fails(client.createTracker(data('one')))).kind, 'outcome_unknown');
  const mine = await fails(client.createTracker(data('one')));
  assert.deepEqual([mine.kind, mine.mayAlreadyExist], ['conflict', true]);
  assert.equal(mine.toJSON().mayAlreadyExist, true);
  assert.equal((await fails(client.createTracker(data('two')))).mayAlreadyExist, undefined);
  assert.equal((await fails(client.createTracker(data('one'), { projectId: 'other' }))).mayAlreadyExist, undefined);
  await client.createTracker(data('one'));
  assert.equal((await fails(client.createTracker(data('one')))).mayAlreadyExist, undefined, 'the outcome is known');
});

test('a call in flight learns that another call for the same tracker ended with an unknown outcome', async () => {
  let answer;
  const conflict = new Promise((resolve) => {
    answer = () => resolve(json(400, { error_code: 'CTS.0208' }));
  });
  let calls = 0;
  const { client } = clientOf(() => (calls++ === 0 ? conflict : json(502, {})));
  const first = fails(client.createTracker(DATA));
  assert.equal((await fails(client.createTracker(DATA))).kind, 'outcome_unknown');
  answer();
  const error = await first;
  assert.deepEqual([error.kind, error.mayAlreadyExist], ['conflict', true]);
});

// --- timeouts and aborts

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

test('events describe each try and contain no secret', async () => {
  const events = [];
  const { client } = clientOf([json(502, {}), echo, json(401, { error_code: 'APIGW.0301' })], {
    headers: { authorization: 'canary' },
    onEvent(event) {
      events.push(event);
      throw new Error('listener failed');
    },
  });
  await client.checkObsBuckets(BUCKETS);
  await fails(client.checkObsBuckets(BUCKETS));
  assert.deepEqual(
    events.map(({ type, attempt }) => [type, attempt]),
    [
      ['attempt', 1],
      ['retry', 2],
      ['attempt', 2],
      ['success', undefined],
      ['attempt', 1],
      ['failure', undefined],
    ],
  );
  assert.ok(events.every(({ operation }) => operation === 'checkObsBuckets'));
  assert.ok(events[1].delayMs >= 0 && events[1].delayMs <= 300);
  assert.deepEqual([events[5].kind, events[5].status, events[5].attempts], ['auth', 401, 1]);
  assert.ok(!JSON.stringify(events).includes('canary'));
});

test('an error as JSON contains neither its cause nor the response', async () => {
  const { client } = clientOf(
    () => {
      throw Object.assign(new Error('canary'), { headers: 'canary' });
    },
    { headers: { authorization: 'canary' } },
  );
  const error = await fails(client.createTracker(TRACKER));
  assert.equal(error.cause.message, 'canary');
  assert.deepEqual(JSON.parse(JSON.stringify(error)), {
    name: 'CtsError',
    kind: 'outcome_unknown',
    message: error.message,
    sent: 'unknown',
    attempts: 1,
    mayAlreadyExist: true,
  });
});

test('isCtsError checks the brand', async () => {
  const error = await fails(createCtsClient({ baseUrl: BASE }).createTracker(TRACKER));
  assert.equal(error.name, 'CtsError');
  assert.match(String(error), /^CtsError: /);
  assert.match(error.stack, /^CtsError: /);
  for (const other of [
    undefined,
    null,
    1,
    'x',
    {},
    new Error('x'),
    { name: 'CtsError' },
    Proxy.revocable({}, {}).proxy,
  ])
    assert.equal(isCtsError(other), false);
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  assert.equal(isCtsError(proxy), false);
  const copy = vm.runInNewContext(
    "Object.defineProperty(new Error('x'), Symbol.for('cts-tracker.error'), { value: true })",
  );
  assert.equal(isCtsError(copy), true, 'an error of another copy in another realm');
});

// --- many buckets

const bucket = (i, more) => ({ bucket_name: `bucket-${i}`, bucket_location: 'cn-north-1', ...more });
const namesIn = async (request) => (await request.clone().json()).buckets.map(({ bucket_name: name }) => name);

test('checkBuckets is lazy, keeps the order and limits concurrency', async () => {
  let under = 0;
  let most = 0;
  let given = 0;
  let answered = 0;
  let ahead = 0;
  const { client, requests } = clientOf(async (request) => {
    under += 1;
    most = Math.max(most, under);
    await new Promise((done) => {
      setTimeout(done, Math.random() * 4);
    });
    under -= 1;
    const answer = await echo(request);
    answered += 20;
    return answer;
  });
  function* source() {
    for (let i = 0; i < 5001; i++) {
      given += 1;
      ahead = Math.max(ahead, given - answered);
      yield bucket(i);
    }
  }
  const progress = [];
  const results = await client.checkBuckets(source(), { onProgress: (now) => progress.push(now) });
  assert.equal(results.length, 5001);
  results.forEach(({ request, result, error }, i) => {
    assert.equal(error, undefined);
    assert.deepEqual(
      [request.bucket_name, result.bucket_name, result.check_bucket_response.success],
      [`bucket-${i}`, `bucket-${i}`, true],
    );
  });
  assert.equal(requests.length, 251);
  assert.equal(most, 4);
  assert.ok(ahead <= 100, `${ahead} were read too early`);
  assert.deepEqual(progress.at(-1), { done: 5001, failed: 0, total: 5001 });
  assert.ok(progress.every(({ done }, i) => i === 0 || done > progress[i - 1].done));
  assert.equal(progress[0].total, undefined, 'the total is unknown before the end');
  const sized = [];
  await client.checkBuckets(new Set([bucket(1)]), { onProgress: ({ total }) => sized.push(total) });
  await client.checkBuckets([], { onProgress: ({ total }) => sized.push(total) });
  assert.deepEqual(sized, [1]);
});

test('a failed batch is reported for each of its buckets, and the others are returned', async () => {
  const { client, requests } = clientOf(async (request) =>
    (await namesIn(request)).includes('bucket-3') ? json(403, { error_code: 'CTS.0002' }) : echo(request),
  );
  const progress = [];
  const results = await client.checkBuckets(
    Array.from({ length: 10 }, (_, i) => bucket(i)),
    { batchSize: 2, concurrency: 3, onProgress: (now) => progress.push(now) },
  );
  assert.deepEqual(
    results.map(({ error }) => error?.kind),
    [undefined, undefined, 'forbidden', 'forbidden', ...Array(6).fill(undefined)],
  );
  assert.ok(
    results.every(
      ({ request, result, error }, i) =>
        request.bucket_name === `bucket-${i}` && (result === undefined) === (error !== undefined),
    ),
  );
  assert.deepEqual(progress.at(-1), { done: 10, failed: 2, total: 10 });
  assert.equal(requests.length, 5, 'a refusal is not retried');
});

test('batches with a temporary failure are retried after the others', async () => {
  const seen = [];
  const { client } = clientOf(
    async (request) => {
      const [first] = await namesIn(request);
      seen.push(first);
      return first === 'bucket-0' && seen.filter((name) => name === first).length < 2 ? json(500, {}) : echo(request);
    },
    { retry: { maxRetries: 0 } },
  );
  const many = Array.from({ length: 6 }, (_, i) => bucket(i));
  const results = await client.checkBuckets(many, { batchSize: 2, concurrency: 1 });
  assert.ok(results.every(({ error }) => error === undefined));
  assert.deepEqual(seen, ['bucket-0', 'bucket-2', 'bucket-4', 'bucket-0']);

  seen.length = 0;
  const once = await client.checkBuckets(many, { batchSize: 2, concurrency: 1, retryFailed: 0 });
  assert.deepEqual(
    once.map(({ error }) => error?.kind),
    ['server', 'server', undefined, undefined, undefined, undefined],
  );
  const rest = await client.checkBuckets(once.filter(({ error }) => error).map(({ request }) => request));
  assert.deepEqual(
    rest.map(({ error }) => error),
    [undefined, undefined],
    'the remaining buckets can be checked again',
  );
});

test('an invalid bucket does not fail its batch', async () => {
  const sent = [];
  const { client, requests } = clientOf(async (request) => {
    sent.push(await namesIn(request));
    return echo(request);
  });
  const results = await client.checkBuckets([bucket(0), { bucket_name: 'A', bucket_location: '' }, null, bucket(3)]);
  assert.deepEqual(
    results.map(({ error }) => error?.kind),
    [undefined, 'validation', 'validation', undefined],
  );
  assert.deepEqual(
    results[1].error.issues.map(({ code, path }) => [code, path]),
    [
      ['too_short', ['bucket_name']],
      ['invalid_character', ['bucket_name']],
      ['required', ['bucket_location']],
    ],
  );
  assert.deepEqual(
    results[2].error.issues.map(({ path }) => path),
    [[]],
  );
  assert.equal(results[2].request, null);
  assert.deepEqual(sent, [['bucket-0', 'bucket-3']]);
  assert.equal((await client.checkBuckets([{}])).length, 1);
  assert.equal(requests.length, 1);
});

test('results are matched by name', async () => {
  const answer = (buckets) => clientOf(json(200, { buckets })).client.checkBuckets([bucket(0), bucket(1)]);
  const swapped = await answer([bucket(1), bucket(0)]);
  assert.deepEqual(
    swapped.map(({ result }) => result.bucket_name),
    ['bucket-0', 'bucket-1'],
  );
  const short = await answer([bucket(1)]);
  assert.deepEqual(
    short.map(({ error }) => error?.kind),
    ['bad_response', undefined],
  );
  const elsewhere = await answer([bucket(0, { bucket_location: 'cn-north-9' }), bucket(1)]);
  assert.deepEqual(
    elsewhere.map(({ error }) => error?.kind),
    ['bad_response', undefined],
  );
  const nameless = await answer([{ check_bucket_response: { success: true } }, bucket(1)]);
  assert.equal(nameless[0].result.check_bucket_response.success, true);
});

test('an abort reports the results so far', async () => {
  const controller = new AbortController();
  let returned = false;
  const { client, requests } = clientOf(async (request) => {
    if (requests.length > 6) return new Promise(() => {});
    return echo(request);
  });
  function* source() {
    try {
      for (let i = 0; ; i++) yield bucket(i);
    } finally {
      returned = true;
    }
  }
  setTimeout(() => controller.abort(), 60);
  const began = performance.now();
  const error = await fails(client.checkBuckets(source(), { signal: controller.signal }));
  assert.ok(performance.now() - began < 400);
  assert.deepEqual([error.kind, error.sent, error.checked.length], ['aborted', 'unknown', 120]);
  assert.ok(returned, 'the source is closed');
  assert.ok(requests.every(({ signal }, i) => i < 6 || signal.aborted));
  assert.equal('checked' in error.toJSON(), false);
  const early = await fails(client.checkBuckets([bucket(0)], { signal: AbortSignal.abort() }));
  assert.deepEqual([early.kind, early.sent], ['aborted', 'no']);
});

test('no bucket is lost if there are more errors than a validator reports', async () => {
  const { client, requests } = clientOf(echo);
  const wrong = { bucket_name: '-A', bucket_location: 5, kms_id: 5, is_support_trace_files_encryption: 5 };
  const results = await client.checkBuckets([...Array.from({ length: 199 }, () => wrong), bucket(0)], {
    batchSize: 200,
  });
  assert.ok(results.slice(0, 199).every(({ error }) => error.kind === 'validation' && error.issues.length > 0));
  assert.ok(results[199].result);
  assert.equal(requests.length, 1);
  const unjudged = clientOf(json(200, { buckets: [] })).client;
  const [none] = await unjudged.checkBuckets([null], { validate: false });
  assert.equal(none.error.kind, 'bad_response');
});

test('an error has a cause and a name', async () => {
  const reason = new Error('the user left');
  const { client } = clientOf(() => new Promise(() => {}));
  for (const call of ['createTracker', 'checkObsBuckets']) {
    const body = call === 'createTracker' ? TRACKER : BUCKETS;
    assert.equal((await fails(client[call](body, { signal: AbortSignal.abort(reason) }))).cause, reason);
    const controller = new AbortController();
    setTimeout(() => controller.abort(reason), 20);
    const late = await fails(client[call](body, { signal: controller.signal }));
    assert.deepEqual([late.kind, late.cause], ['aborted', reason]);
  }
  const controller = new AbortController();
  setTimeout(() => controller.abort(reason), 20);
  const many = await fails(client.checkBuckets([bucket(0)], { signal: controller.signal }));
  assert.deepEqual([many.cause, many.sent, many.attempts], [reason, 'unknown', 1]);
  assert.match(inspect(many), /^CtsError: /);
  const headless = await fails(
    clientOf(echo, {
      headers: () => {
        throw reason;
      },
    }).client.createTracker(TRACKER),
  );
  assert.deepEqual([headless.kind, headless.cause], ['auth', reason]);
  assert.match(headless.message, /^The headers of the request could not be obtained/);
  assert.throws(() => createCtsClient({ baseUrl: BASE, headers: 3 }), {
    name: 'TypeError',
    message: /^headers must be what/,
  });
});

test('invalid arguments of checkBuckets, and a source that throws', async () => {
  const { client } = clientOf(echo);
  for (const [buckets, options] of [
    [undefined],
    [7],
    ['text'],
    [{}],
    [[], { concurrency: 0 }],
    [[], { batchSize: 0.5 }],
    [[], { batchSize: 1000 }],
    [[], { signal: 1 }],
  ]) {
    assert.equal((await fails(client.checkBuckets(buckets, options))).kind, 'validation');
  }
  function* source() {
    for (let i = 0; i < 30; i++) yield bucket(i);
    throw new Error('the file ends here');
  }
  const error = await fails(client.checkBuckets(source()));
  assert.deepEqual(
    [error.kind, error.message, error.cause.message],
    ['validation', 'the file ends here', 'the file ends here'],
  );
});

// --- preflight

test('preflight reports the problems of a creation and creates nothing', async () => {
  const found = (answer) => (request) =>
    request.json().then(({ buckets }) => json(200, { buckets: [{ ...buckets[0], check_bucket_response: answer }] }));
  const ok = { response_code: 200, success: true };
  const missing = { response_code: 404, success: false, error_code: 'OBS.NoSuchBucket' };
  const denied = { response_code: 403, success: false, error_code: 'OBS.AccessDenied' };
  const body = (create, more) => ({
    tracker_type: 'system',
    obs_info: { bucket_name: 'bucket1', is_obs_created: create },
    ...more,
  });
  const options = { bucketLocation: 'cn-north-1' };
  for (const [create, answer, codes] of [
    [false, ok, []],
    [undefined, ok, []],
    [true, missing, []],
    [false, missing, ['CTS.0211']],
    [true, ok, ['CTS.0215']],
    [false, denied, ['CTS.0001']],
    [true, denied, ['CTS.0216']],
    [false, { success: false, error_code: 'OBS.KMS.NotFoundException', response_code: 400 }, ['CTS.0222']],
  ]) {
    const { client, requests } = clientOf(found(answer));
    const report = await preflight(client, body(create), options);
    assert.deepEqual(
      report.findings.map(({ code }) => code),
      codes,
    );
    assert.ok(report.findings.every(({ message }) => message.length > 10));
    assert.equal(report.ok, codes.length === 0);
    assert.equal(report.bucket.bucket_name, 'bucket1');
    assert.deepEqual(
      requests.map(({ url }) => url),
      [`http://127.0.0.1:9/api/v3/${ID}/checkbucket`],
    );
  }
  const { client, requests } = clientOf(found(ok));
  await preflight(
    client,
    body(false, { is_support_trace_files_encryption: true, kms_id: '13a4207c-7abe-4b68-8510-16b84c3b5504' }),
    { ...options, domainId: 'd' },
  );
  assert.equal(requests[0].url, 'http://127.0.0.1:9/api/v3/d/checkbucket');
  const bad = await preflight(client, { tracker_type: 'x' }, options);
  assert.deepEqual([bad.ok, bad.issues.length, bad.findings.length], [false, 1, 0]);
  assert.deepEqual(await preflight(client, TRACKER, options), { ok: true, issues: [], warnings: [], findings: [] });
  assert.equal(requests.length, 1);
  const refused = await preflight(clientOf(json(401, { error_code: 'APIGW.0301' })).client, body(false), options);
  assert.deepEqual([refused.ok, refused.findings[0].code], [false, 'APIGW.0301']);
  assert.equal((await fails(preflight(client, body(false), {}))).kind, 'validation', 'no location');
  assert.equal(
    (await fails(preflight(client, body(false), { ...options, signal: AbortSignal.abort() }))).kind,
    'aborted',
  );
});

// --- the global fetch

test('the global fetch: a success, a refusal and a failed connection', async (t) => {
  const server = createServer((request, answer) => {
    answer.writeHead(request.url.includes('/bad/') ? 400 : 201, { 'content-type': 'application/json' });
    answer.end(request.url.includes('/bad/') ? '{"error_code":"CTS.0203"}' : '{"id":"z"}');
  });
  await new Promise((done) => {
    server.listen(0, '127.0.0.1', done);
  });
  t.after(() => server.close());
  const { port } = server.address();
  const client = createCtsClient({ baseUrl: `http://127.0.0.1:${port}`, projectId: 'p' });
  assert.equal((await client.createTracker(TRACKER)).id, 'z');
  assert.equal((await fails(client.createTracker(TRACKER, { projectId: 'bad' }))).errorCode, 'CTS.0203');
  const idle = createServer();
  await new Promise((done) => {
    idle.listen(0, '127.0.0.1', done);
  });
  const unconnected = createCtsClient({ baseUrl: `http://127.0.0.1:${idle.address().port}`, projectId: 'p' });
  await new Promise((done) => {
    idle.close(done);
  });
  const error = await fails(unconnected.createTracker(TRACKER));
  assert.deepEqual([error.kind, error.sent, error.attempts], ['network', 'no', 3]);
  // The server closed a kept connection and may have read the request before.
  server.closeAllConnections();
  await new Promise((done) => {
    server.close(done);
  });
  assert.notEqual((await fails(client.createTracker(TRACKER))).sent, 'yes');
});

// --- traps and invalid arguments

test('after a trap a call reports whether its request was sent', async () => {
  /** Runs while `Math.random` returns a value that the wasm rejects, which counts as a trap. */
  const trap = async (run) => {
    const { random } = Math;
    Math.random = () => 1n;
    try {
      return await run();
    } finally {
      Math.random = random;
    }
  };
  const { client } = clientOf(created());
  const fault = await trap(() => fails(client.createTracker(TRACKER)));
  assert.deepEqual(
    [fault.kind, fault.sent, fault.attempts, fault.mayAlreadyExist, fault.cause.name],
    ['internal', 'unknown', 1, true, 'TypeError'],
  );
  assert.equal((await client.createTracker(TRACKER)).id, 'a', 'the next call has a new instance');

  // One call loses the instance while others are in flight.
  let answer;
  const { client: waiting } = clientOf(
    () =>
      new Promise((resolve) => {
        answer = () => resolve(created());
      }),
  );
  for (const [name, body, mayAlreadyExist] of [
    ['createTracker', TRACKER, true],
    ['checkObsBuckets', BUCKETS, undefined],
  ]) {
    answer = undefined;
    const inFlight = fails(waiting[name](body));
    while (!answer) await new Promise((done) => setImmediate(done));
    await trap(() => fails(client.createTracker(TRACKER)));
    // The end of a call of the old instance does not affect calls of the new one.
    const later = client.createTracker(TRACKER);
    answer();
    const lost = await inFlight;
    assert.deepEqual(
      [lost.kind, lost.sent, lost.attempts, lost.mayAlreadyExist],
      ['internal', 'unknown', 1, mayAlreadyExist],
    );
    assert.equal((await later).id, 'a');
  }
});

test('misplaced arguments are a TypeError', async () => {
  const issues = { name: 'TypeError', message: /issues must be a list/ };
  for (const invalid of [{}, 'x', validateCreateTracker({})]) {
    assert.throws(() => toFieldErrors(invalid), issues);
    assert.throws(() => toNestedErrors(invalid), issues);
  }
  assert.throws(() => validateNdjson('createTracker', Promise.resolve('')), {
    name: 'TypeError',
    message: /await it$/,
  });
  await assert.rejects(preflight(TRACKER, {}), { name: 'TypeError', message: /first argument must be a client/ });
});
