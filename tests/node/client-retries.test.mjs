// When the client tries again. tests/faults tests it over sockets.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import test from 'node:test';
import { createCtsClient } from 'cts-tracker';
import { BUCKETS, clientOf, created, DATA, echo, fails, json, problem, TRACKER } from './support/client.mjs';

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
