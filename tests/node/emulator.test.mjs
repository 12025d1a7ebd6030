// The emulator in Node, as a fetch and behind a server, where it can reset connections.
import assert from 'node:assert/strict';
import { createHash, createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { createEmulator, sampleCredentials } from 'cts-tracker/emulator';
import { toNodeHandler } from 'cts-tracker/node';

const PROJECT = '2306579dc99f4c8690b14b68e734fcd9';
const BASE = 'http://emulator.test';
const NOW = Date.UTC(2026, 10, 22, 12, 5, 0);
const TRACKER = `/v3/${PROJECT}/tracker`;
const CHECK = `/v3/${PROJECT}/checkbucket`;
const SYSTEM = JSON.stringify({ tracker_type: 'system', tracker_name: 'system' });

/** Signs with node:crypto, since our signer could have the same error as the verifier. */
function signed(path, body, { base = BASE, credentials = sampleCredentials, now = NOW, headers = {}, ...init } = {}) {
  const date = new Date(now).toISOString().replace(/[-:]|\.\d+/g, '');
  const all = { 'content-type': 'application/json', host: new URL(base).host, 'x-sdk-date': date, ...headers };
  if (credentials.securityToken) all['x-security-token'] = credentials.securityToken;
  const names = Object.keys(all).sort();
  const sha256 = (text) => createHash('sha256').update(text).digest('hex');
  const canonical = [
    'POST',
    `${path}/`,
    '',
    ...names.map((n) => `${n}:${all[n]}`),
    '',
    names.join(';'),
    sha256(body),
  ].join('\n');
  const signature = createHmac('sha256', credentials.secretAccessKey)
    .update(`SDK-HMAC-SHA256\n${date}\n${sha256(canonical)}`)
    .digest('hex');
  // Headers takes a character for each byte of a value.
  const sent = Object.fromEntries(
    names.filter((n) => n !== 'host').map((n) => [n, Buffer.from(all[n]).toString('latin1')]),
  );
  sent.authorization = `SDK-HMAC-SHA256 Access=${credentials.accessKeyId}, SignedHeaders=${names.join(';')}, Signature=${signature}`;
  return new Request(base + path, { method: 'POST', headers: sent, body, ...init });
}

const emulated = (options) => createEmulator({ now: () => NOW, ...options });

describe('as a fetch', () => {
  test('creates a tracker and lists it', async () => {
    const emulator = emulated();
    const response = await emulator.fetch(signed(TRACKER, SYSTEM));
    assert.equal(response.status, 201);
    assert.equal(response.headers.get('content-type'), 'application/json');
    assert.match(response.headers.get('x-request-id'), /^[0-9a-f]{32}$/);
    const tracker = await response.json();
    assert.match(tracker.id, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    assert.equal(tracker.create_time, NOW);
    assert.equal(tracker.project_id, PROJECT);

    assert.equal((await emulator.fetch(signed(TRACKER, SYSTEM))).status, 400);
    const { trackers, requests, requestCount } = emulator.state();
    assert.deepEqual(trackers, [tracker]);
    assert.deepEqual(
      requests.map((r) => [r.operation, r.status, r.errorCode, r.created]),
      [
        ['createTracker', 201, null, true],
        ['createTracker', 400, 'CTS.0201', false],
      ],
    );
    assert.equal(requests[0].requestId, response.headers.get('x-request-id'));
    assert.equal(requestCount, 2);

    emulator.reset();
    assert.deepEqual(emulator.state(), { trackers: [], requests: [], requestCount: 0, restarts: 0 });
  });

  test('accepts a URL and options, like fetch', async () => {
    const emulator = emulated();
    const request = signed(CHECK, '{}');
    const init = { method: 'POST', headers: request.headers, body: '{}' };
    assert.equal((await emulator.fetch(request.url, init)).status, 200);
    assert.equal((await emulator.fetch(new URL(request.url), init)).status, 200);
    const { fetch } = emulator;
    assert.equal((await fetch(`${BASE}/nowhere`)).status, 404);
  });

  test('emulators share no state', async () => {
    const [one, other] = [
      emulated(),
      emulated({ buckets: [], credentials: [{ accessKeyId: 'A', secretAccessKey: 's' }] }),
    ];
    await one.fetch(signed(TRACKER, SYSTEM));
    assert.equal(other.state().requestCount, 0);
    assert.equal((await other.fetch(signed(TRACKER, SYSTEM))).status, 401);
    const body = JSON.stringify({ buckets: [{ bucket_name: 'bucket1', bucket_location: 'cn-north-1' }] });
    const found = async (emulator, options) =>
      (await (await emulator.fetch(signed(CHECK, body, options))).json()).buckets[0].check_bucket_response.success;
    assert.equal(await found(one), true);
    assert.equal(await found(other, { credentials: { accessKeyId: 'A', secretAccessKey: 's' } }), false);
  });

  test('accepts temporary keys', async () => {
    const keys = { accessKeyId: 'TEMP', secretAccessKey: 's', securityToken: 'token' };
    const emulator = emulated({ credentials: [keys] });
    assert.equal((await emulator.fetch(signed(CHECK, '{}', { credentials: keys }))).status, 200);
    const { securityToken, ...bare } = keys;
    assert.equal((await emulator.fetch(signed(CHECK, '{}', { credentials: bare }))).status, 401);
  });

  test('refuses a body that is too long without a copy', async () => {
    const response = await emulated().fetch(`${BASE}${CHECK}`, { method: 'POST', body: new Uint8Array(200e6) });
    assert.equal(response.status, 413);
    assert.equal((await response.json()).error_code, 'APIGW.0201');
  });

  test('verifies header values as bytes', async () => {
    const headers = { 'x-note': 'é中' };
    assert.equal((await emulated().fetch(signed(CHECK, '{}', { headers }))).status, 200);
  });

  test('the same clock and random bytes give the same response', async () => {
    const once = async () => {
      const emulator = emulated({ random: (bytes) => bytes.fill(7) });
      const response = await emulator.fetch(signed(TRACKER, SYSTEM));
      return [[...response.headers], await response.text(), emulator.state()];
    };
    assert.deepEqual(await once(), await once());
  });

  test('refuses invalid options at once', () => {
    for (const [options, message] of [
      [null, /must be an object/],
      [[], /must be an object/],
      [{ bucket: [] }, /createEmulator has no option "bucket"/],
      [{ faults: ['rest'] }, /faults\[0\]: "rest" is not a fault/],
      [{ faults: [{ kind: '503', whn: 'after' }] }, /faults\[0\] has no option "whn"/],
      [{ now: 5 }, /now must be a function/],
      [{ buckets: 'bucket1' }, /^buckets must be a list of \{ name, location, managed \}/],
      [{ buckets: [{ name: 'a' }] }, /^buckets must be /],
      [{ keys: () => [] }, /^keys must be a list of strings$/],
      [
        { credentials: sampleCredentials },
        /^credentials must be a list of \{ accessKeyId, secretAccessKey, securityToken \}/,
      ],
      [{ latencyMs: '5' }, /^latencyMs must be a whole number of milliseconds/],
      [{ latencyMs: NaN }, /^latencyMs must be a whole number of milliseconds/],
      [{ faults: '503' }, /^faults must be a list of faults/],
      [{ faults: [503, true] }, /^faults\[1\] must be an object, a string or a status$/],
      [{ faults: [{}] }, /^faults\[0\]\.kind must be a string or a status$/],
      [{ faults: [{ kind: 503, when: 5 }] }, /^faults\[0\]\.when must be a string$/],
      [{ faults: [{ kind: 'latency', ms: 1.5 }] }, /^faults\[0\]\.ms must be a whole number of milliseconds$/],
      [{ faults: [{ kind: 503, retryAfter: true }] }, /^faults\[0\]\.retryAfter must be a string or a whole number$/],
      [{ faults: [{ kind: 503, headers: new Headers() }] }, /^faults\[0\]\.headers must be an object of strings$/],
      [{ faults: [{ kind: 503, headers: { a: 1 } }] }, /^faults\[0\]\.headers must be an object of strings$/],
      [{ faults: [{ kind: 503, body: {} }] }, /^faults\[0\]\.body must be a string$/],
      [{ faults: [{ kind: 503, operation: 1 }] }, /^faults\[0\]\.operation must be a string$/],
      [{ faults: [{ kind: 503, operation: 'x' }] }, /createTracker, checkObsBuckets, listTrackers/],
      [{ faults: [{ kind: 503, nth: 'x' }] }, /^faults\[0\]\.nth must be a whole number from 1$/],
      [{ faults: [{ kind: 503, times: 0 }] }, /^faults\[0\]\.times must be a whole number from 1, or Infinity$/],
      [{ credentials: [{ accessKeyId: 'A', secretAccessKey: 'CANARY ' }] }, /credentials\[0\]/],
      [{ credentials: ['CANARY'] }, /^credentials must be /],
      [{ credentials: [{ accessKeyId: 'A', secretAccessKey: 'CANARY', securityToken: 5 }] }, /wrong type$/],
    ]) {
      assert.throws(
        () => createEmulator(options),
        (error) =>
          error instanceof TypeError &&
          error.code === 'invalid_argument' &&
          message.test(error.message) &&
          !error.message.includes('CANARY'),
        JSON.stringify(options),
      );
    }
  });
});

describe('faults as a fetch', () => {
  const struck = (fault) => {
    const emulator = emulated({ faults: [fault] });
    return { emulator, answer: (init) => emulator.fetch(signed(TRACKER, SYSTEM, init)) };
  };
  const created = (emulator) => emulator.state().trackers.length;

  for (const status of [401, 403, 429, 500, 503]) {
    test(`${status}`, async () => {
      for (const [fault, trackers] of [
        [status, 0],
        [{ kind: status, when: 'after' }, 1],
      ]) {
        const { emulator, answer } = struck(fault);
        const response = await answer();
        assert.equal(response.status, status);
        assert.equal(response.headers.get('retry-after'), status === 429 ? '1' : null);
        assert.match((await response.json()).error_code, /^(CTS|APIGW)\.\d{4}$/);
        assert.equal(created(emulator), trackers);
        assert.equal((await emulator.fetch(signed(CHECK, '{}'))).status, 200);
      }
    });
  }

  test('an HTML 502, an empty 204 and a custom response', async () => {
    const bad = await struck('502').answer();
    assert.deepEqual([bad.status, bad.headers.get('content-type')], [502, 'text/html']);
    assert.match(await bad.text(), /^<html>/);
    const empty = await struck(204).answer();
    assert.deepEqual([empty.status, await empty.text()], [204, '']);
    const own = await struck({ kind: 200, body: 'x'.repeat(5e6), headers: { 'content-type': 'text/html' } }).answer();
    assert.equal((await own.text()).length, 5e6);
  });

  test('latency', async () => {
    const { answer } = struck('latency; ms=60');
    const began = performance.now();
    assert.equal((await answer()).status, 201);
    assert.ok(performance.now() - began >= 55);
  });

  test('an abort ends the wait with its reason', async () => {
    for (const fault of ['latency; ms=60000', 'hang', 'hang; when=after']) {
      const { answer } = struck(fault);
      const controller = new AbortController();
      const pending = answer({ signal: controller.signal });
      setTimeout(() => controller.abort('enough'), 20);
      await assert.rejects(pending, (reason) => reason === 'enough');
    }
    const emulator = emulated();
    const request = signed(TRACKER, SYSTEM, { signal: AbortSignal.abort(new Error('before')) });
    await assert.rejects(emulator.fetch(request), /before/);
    assert.equal(emulator.state().requestCount, 0);
  });

  test('a reset before, during and after the response', async () => {
    for (const [when, trackers] of [
      ['before', 0],
      ['after', 1],
    ]) {
      const { emulator, answer } = struck({ kind: 'reset', when });
      await assert.rejects(
        answer(),
        (e) => e instanceof TypeError && e.message === 'fetch failed' && e.cause.code === 'ECONNRESET',
      );
      assert.equal(created(emulator), trackers);
    }
    const { emulator, answer } = struck('reset; when=during');
    const response = await answer();
    assert.equal(response.status, 201);
    const seen = [];
    await assert.rejects(
      async () => {
        for await (const part of response.body) seen.push(part);
      },
      { message: 'terminated' },
    );
    assert.match(Buffer.concat(seen).toString(), /^\{"id":"/);
    assert.equal(created(emulator), 1);
  });

  test('truncation', async () => {
    const { emulator, answer } = struck('truncate');
    const text = await (await answer()).text();
    assert.match(text, /^\{"id":"/);
    assert.throws(() => JSON.parse(text));
    assert.equal(created(emulator), 1);
  });

  test('a hang during the response', async () => {
    const controller = new AbortController();
    const response = await struck('hang; when=during').answer({ signal: controller.signal });
    const reader = response.body.getReader();
    assert.match(Buffer.from((await reader.read()).value).toString(), /^\{"id":"/);
    const next = reader.read();
    const first = await Promise.race([
      next,
      new Promise((resolve) => {
        setTimeout(resolve, 30, 'nothing');
      }),
    ]);
    assert.equal(first, 'nothing');
    controller.abort(new Error('enough'));
    await assert.rejects(next, /enough/);
  });

  test('without limit, and by header', async () => {
    const always = emulated({ faults: [{ kind: 500, times: Infinity }] });
    for (let i = 0; i < 20; i += 1) assert.equal((await always.fetch(signed(CHECK, '{}'))).status, 500);
    const emulator = emulated();
    const withFault = (fault) => emulator.fetch(signed(CHECK, '{}', { headers: { 'x-emulator-fault': fault } }));
    assert.equal((await withFault('503')).status, 503);
    assert.equal((await withFault('5o3')).status, 400);
    assert.equal((await emulator.fetch(signed(CHECK, '{}'))).status, 200);
  });
});

describe('behind a Node server', () => {
  let server;
  let base;
  let listener;
  const withFaults = (...faults) => {
    const emulator = createEmulator({ faults });
    listener = toNodeHandler(emulator);
    return emulator;
  };
  const send = (path, body, init) => fetch(signed(path, body, { base, now: Date.now(), ...init }));

  before(async () => {
    server = createServer({ maxHeaderSize: 262144 }, (request, response) => listener(request, response));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    base = `http://127.0.0.1:${server.address().port}`;
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });

  test('returns the same responses as without one', async () => {
    const emulator = withFaults();
    const response = await send(TRACKER, SYSTEM);
    assert.equal(response.status, 201);
    assert.deepEqual(emulator.state().trackers, [await response.json()]);
    assert.equal((await fetch(base)).status, 404);
  });

  test('statuses and their headers', async () => {
    withFaults('429; retry-after=7', '204', '502');
    const throttled = await send(CHECK, '{}');
    assert.deepEqual([throttled.status, throttled.headers.get('retry-after')], [429, '7']);
    assert.equal((await send(CHECK, '{}')).status, 204);
    assert.match(await (await send(CHECK, '{}')).text(), /^<html>/);
  });

  test('resets the connection', async () => {
    for (const [when, trackers] of [
      ['before', 0],
      ['after', 1],
    ]) {
      const emulator = withFaults({ kind: 'reset', when });
      await assert.rejects(send(TRACKER, SYSTEM), (error) => error.cause?.code === 'ECONNRESET');
      assert.equal(emulator.state().trackers.length, trackers);
    }
    const emulator = withFaults('reset; when=during');
    const response = await send(TRACKER, SYSTEM);
    assert.equal(response.status, 201);
    await assert.rejects(
      response.text(),
      (error) => error.message === 'terminated' || error.cause?.code === 'ECONNRESET',
    );
    assert.equal(emulator.state().trackers.length, 1);
  });

  test('truncates', async () => {
    withFaults('truncate');
    const text = await (await send(TRACKER, SYSTEM)).text();
    assert.match(text, /^\{"id":"/);
    assert.throws(() => JSON.parse(text));
  });

  test('hangs until the client disconnects', async () => {
    for (const when of ['before', 'after']) {
      const emulator = withFaults({ kind: 'hang', when });
      const controller = new AbortController();
      const answered = send(TRACKER, SYSTEM, { signal: controller.signal });
      answered.catch(() => {});
      await received(emulator, 1);
      const waited = new Promise((resolve) => setTimeout(resolve, 30, 'no answer'));
      assert.equal(await Promise.race([answered, waited]), 'no answer');
      controller.abort();
      await assert.rejects(answered, { name: 'AbortError' });
    }
    withFaults('hang; when=during');
    const response = await send(TRACKER, SYSTEM, { signal: AbortSignal.timeout(1500) });
    assert.equal(response.status, 201);
    await assert.rejects(response.text(), { name: 'TimeoutError' });
  });

  test('latency, and a client that disconnects meanwhile', async () => {
    const emulator = withFaults('latency; ms=60', 'latency; ms=300');
    const began = performance.now();
    assert.equal((await send(TRACKER, SYSTEM)).status, 201);
    assert.ok(performance.now() - began >= 55);
    const controller = new AbortController();
    const answered = send(CHECK, '{}', { signal: controller.signal });
    answered.catch(() => {});
    await received(emulator, 2);
    controller.abort();
    await assert.rejects(answered, { name: 'AbortError' });
    assert.equal((await send(CHECK, '{}')).status, 200);
  });

  test('a GET with a body, as documented', async () => {
    withFaults();
    const answer = await raw(`GET ${CHECK} HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}`);
    assert.match(answer, /^HTTP\/1\.1 404 /);
    assert.match(answer, /"error_msg":"The API does not exist\.","error_code":"APIGW\.0101"/);
  });

  test('sizes', async () => {
    withFaults();
    const status = async (head, body = '') =>
      /^HTTP\/1\.1 (\d+) /.exec(
        await raw(`${head}\r\nhost: x\r\nconnection: close\r\ncontent-length: ${body.length}\r\n\r\n${body}`),
      )[1];
    assert.equal(await status(`POST /v3/${'x'.repeat(33000)}/tracker HTTP/1.1`), '414');
    assert.equal(await status(`POST /v3/${'x'.repeat(70000)}/tracker HTTP/1.1`), '414');
    assert.equal(await status(`POST ${TRACKER} HTTP/1.1\r\nx-wide: ${'x'.repeat(33000)}`), '494');
    assert.equal(await status(`POST ${TRACKER} HTTP/1.1`, ' '.repeat(13 << 20)), '413');
  });

  /** Waits until the emulator has received as many requests. */
  async function received(emulator, count) {
    while (emulator.state().requestCount < count) await new Promise((resolve) => setTimeout(resolve, 5));
  }

  async function raw(text) {
    const socket = connect(Number(new URL(base).port), '127.0.0.1');
    socket.write(text);
    let answer = '';
    for await (const part of socket) answer += part;
    return answer;
  }
});
