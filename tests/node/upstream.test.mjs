// What the proxy makes of an answer of the service, over raw sockets: the same with the platform's fetch and `nodeFetch`.
import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { describe, test } from 'node:test';
import { sampleCredentials } from 'cts-tracker/emulator';
import { nodeFetch } from 'cts-tracker/node';
import { createSigningProxy } from 'cts-tracker/proxy';

const TRACKER = '{"tracker_name":"system","tracker_type":"system"}';
const LIST = '{"trackers":[]}';
const answer = (head, body = '') =>
  Buffer.concat([Buffer.from(`HTTP/1.1 ${head}\r\n\r\n`, 'latin1'), Buffer.from(body)]);
const created = answer(`201 Created\r\ncontent-length: ${TRACKER.length}`, TRACKER);

/** What the service does with a complete request, and what the caller gets. */
const CASES = {
  'an answer': [(socket) => socket.write(created), { status: 201, body: TRACKER }],
  'an answer in pieces': [
    async (socket) => {
      for (const byte of created) {
        socket.write(Buffer.of(byte));
        await pause(1);
      }
    },
    { status: 201, body: TRACKER },
  ],
  'a chunked answer': [
    (socket) =>
      socket.write(
        answer(
          '201 Created\r\ntransfer-encoding: chunked',
          `${TRACKER.length.toString(16)}\r\n${TRACKER}\r\n0\r\n\r\n`,
        ),
      ),
    { status: 201, body: TRACKER },
  ],
  'early hints before the answer': [
    (socket) => socket.write(Buffer.concat([answer('103 Early Hints\r\nlink: </a>'), created])),
    { status: 201, body: TRACKER },
  ],
  'an answer without a body': [(socket) => socket.write(answer('204 No Content')), { status: 204, body: '' }],
  'a request id in Latin-1': [
    (socket) => socket.write(answer('400 Bad\r\nx-request-id: caf\xe9\r\ncontent-length: 2', '{}')),
    { status: 400, body: '{}' },
  ],
  'a redirect': [
    (socket) => socket.write(answer('307 Moved\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0')),
    { status: 502, code: 'upstream_redirect', sent: 'yes' },
  ],
  'a truncated answer': [
    (socket) => socket.end(answer('201 Created\r\ncontent-length: 500', TRACKER)),
    { status: 502, code: 'upstream_answer', sent: 'yes' },
  ],
  'a reset during the answer': [
    (socket) => socket.write(answer('201 Created\r\ncontent-length: 500', TRACKER), () => socket.resetAndDestroy()),
    { status: 502, code: 'upstream_answer', sent: 'yes' },
  ],
  'an answer that is too long': [
    (socket) => socket.write(answer('200 OK\r\ncontent-length: 2097152', Buffer.alloc(2 << 20, 32))),
    { status: 502, code: 'upstream_answer', sent: 'yes' },
  ],
  'an answer that is not HTTP': [
    (socket) => socket.end('SSH-2.0-OpenSSH_9.2\r\n'),
    { status: 502, code: 'upstream_unreachable', sent: 'unknown' },
  ],
  'a reset before the answer': [
    (socket) => socket.resetAndDestroy(),
    { status: 502, code: 'upstream_unreachable', sent: 'unknown' },
  ],
  'a close before the answer': [
    (socket) => socket.end(),
    { status: 502, code: 'upstream_unreachable', sent: 'unknown' },
  ],
  'no answer': [() => {}, { status: 504, code: 'upstream_timeout', sent: 'unknown' }],
  'an answer that does not end': [
    (socket) => socket.write(answer('201 Created\r\ncontent-length: 500', TRACKER)),
    { status: 504, code: 'upstream_timeout', sent: 'yes' },
  ],
};

const pause = (milliseconds) =>
  new Promise((done) => {
    setTimeout(done, milliseconds);
  });

/** A service over raw sockets, which calls `respond` for each complete request. */
async function serve(respond, body) {
  const requests = [];
  const connections = new Set();
  const server = createServer((socket) => {
    connections.add(socket);
    let text = '';
    socket.on('error', () => {});
    socket.on('data', (part) => {
      text += part.toString('latin1');
      const [head, rest] = text.split('\r\n\r\n');
      const length = /content-length: (\d+)/i.exec(head)?.[1];
      if (rest === undefined || rest.length < Number(length)) return;
      requests.push(text);
      text = '';
      respond(socket);
    });
  });
  await new Promise((done) => {
    server.listen(0, '127.0.0.1', done);
  });
  try {
    await body({ endpoint: `http://127.0.0.1:${server.address().port}`, requests, connections });
  } finally {
    for (const socket of connections) socket.destroy();
    await new Promise((done) => {
      server.close(done);
    });
  }
}

const request = (init) =>
  new Request('http://localhost/v3/x/tracker', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-requested-with': 'cts-tracker' },
    body: '{"tracker_type":"system"}',
    ...init,
  });

for (const [name, fetch] of Object.entries({ "the platform's fetch": undefined, nodeFetch })) {
  const proxyTo = (endpoint, options) =>
    createSigningProxy({ endpoint, credentials: sampleCredentials, fetch, ...options });

  describe(name, () => {
    test('a lookup is a GET without a body', () =>
      serve(
        (socket) => socket.write(answer(`200 OK\r\ncontent-length: ${LIST.length}`, LIST)),
        async ({ endpoint, requests }) => {
          const proxy = proxyTo(endpoint, { allowLookup: true });
          const path = `/v3/x/trackers?tracker_name=${encodeURIComponent('追踪器 100%')}`;
          for (const name of ['first', 'second']) {
            const headers = { 'x-requested-with': 'cts-tracker' };
            const response = await proxy.fetch(new Request(`http://localhost${path}`, { headers }));
            assert.deepEqual([name, response.status, await response.text()], [name, 200, LIST]);
          }
          for (const text of requests) {
            const [head, body] = text.split('\r\n\r\n');
            assert.ok(head.startsWith(`GET ${path} HTTP/1.1\r\n`), head);
            assert.doesNotMatch(head, /content-(type|length)|transfer-encoding/i);
            assert.match(head, /authorization: SDK-HMAC-SHA256 /i);
            assert.equal(body, '');
          }
          assert.equal(requests.length, 2);
        },
      ));

    for (const [what, [respond, expected]] of Object.entries(CASES))
      test(what, () =>
        serve(respond, async ({ endpoint, requests }) => {
          const options = expected.status === 504 ? { upstreamTimeoutMs: 1000 } : {};
          const response = await proxyTo(endpoint, options).fetch(request());
          const text = await response.text();
          const { code, sent } = 'code' in expected ? JSON.parse(text) : {};
          const { status } = response;
          assert.deepEqual(code ? { status, code, sent } : { status, body: text }, expected);
          assert.equal(requests.length, 1, 'the request is sent once');
        }),
      );

    test('requests one after another share connections', () =>
      serve(
        (socket) => socket.write(created),
        async ({ endpoint, requests, connections }) => {
          const proxy = proxyTo(endpoint);
          for (let i = 0; i < 5; i++) assert.equal((await proxy.fetch(request())).status, 201);
          assert.equal(requests.length, 5);
          // A connection may not be free yet when the next request is sent.
          assert.ok(connections.size <= 2, `${connections.size} connections`);
        },
      ));

    test('a caller that goes away closes the connection', () => {
      const controller = new AbortController();
      return serve(
        () => controller.abort(),
        async ({ endpoint, requests, connections }) => {
          await proxyTo(endpoint).fetch(request({ signal: controller.signal }));
          const [socket] = connections;
          if (!socket.closed) await new Promise((done) => socket.once('close', done));
          assert.equal(requests.length, 1);
        },
      );
    });
  });
}

test('nodeFetch asks for an answer that is not compressed', () =>
  serve(
    (socket) => socket.write(created),
    async ({ endpoint, requests }) => {
      await createSigningProxy({ endpoint, credentials: sampleCredentials, fetch: nodeFetch }).fetch(request());
      assert.match(requests[0], /\r\naccept-encoding: identity\r\n/i);
    },
  ));

describe('nodeFetch as fetch', () => {
  test('takes what fetch takes', () =>
    serve(
      (socket) => socket.write(created),
      async ({ endpoint, requests }) => {
        const init = { method: 'POST', body: '{}', headers: { 'x-a': 'b' } };
        for (const given of [
          [`${endpoint}/a?b`, init],
          [new URL('/a?b', endpoint), init],
          [new Request(`${endpoint}/a?b`, init)],
        ]) {
          const response = await nodeFetch(...given);
          assert.deepEqual([response.status, await response.json()], [201, JSON.parse(TRACKER)]);
        }
        for (const text of requests) assert.match(text, /^POST \/a\?b HTTP\/1\.1\r\n[^]*x-a: b\r\n/i);
        assert.equal(requests.length, 3);
      },
    ));

  test('rejects as fetch does', () =>
    serve(
      (socket) => socket.resetAndDestroy(),
      async ({ endpoint }) => {
        await assert.rejects(nodeFetch(endpoint, { method: 'POST', body: '{}' }), { name: 'TypeError' });
        await assert.rejects(nodeFetch(endpoint, { signal: AbortSignal.abort() }), { name: 'AbortError' });
      },
    ));
});

test('nodeFetch itself sends a GET', () =>
  serve(
    (socket) => socket.write(answer(`200 OK\r\ncontent-length: ${LIST.length}`, LIST)),
    async ({ endpoint, requests }) => {
      const response = await nodeFetch(`${endpoint}/v3/x/trackers?tracker_type=data`, { headers: { 'x-a': 'b' } });
      assert.deepEqual([response.status, await response.json()], [200, { trackers: [] }]);
      const [head, body] = requests[0].split('\r\n\r\n');
      assert.match(head, /^GET \/v3\/x\/trackers\?tracker_type=data HTTP\/1\.1\r\n[^]*x-a: b/);
      assert.equal(body, '');
    },
  ));
