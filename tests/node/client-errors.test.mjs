// The errors and events of the client.
import assert from 'node:assert/strict';
import test from 'node:test';
import { inspect } from 'node:util';
import vm from 'node:vm';
import {
  createCtsClient,
  isCtsError,
  preflight,
  toFieldErrors,
  toNestedErrors,
  validateCreateTracker,
  validateNdjson,
} from 'cts-tracker';
import { BASE, BUCKETS, clientOf, created, echo, fails, json, problem, TRACKER, trap } from './support/client.mjs';

const bucket = (i, more) => ({ bucket_name: `bucket-${i}`, bucket_location: 'cn-north-1', ...more });

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
    "Object.defineProperty(new Error('x'), Symbol.for('cts-tracker.error'), { value: () => 'x' })",
  );
  assert.equal(isCtsError(copy), true, 'an error of another copy in another realm');
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

test('after a trap a call reports whether its request was sent', async () => {
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
