// `toNodeHandler` over raw sockets: what it refuses, what it counts, and when it closes a connection.
import assert from 'node:assert/strict';
import { createServer, request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { test } from 'node:test';
import { createEmulator, sampleCredentials } from 'cts-tracker/emulator';
import { toNodeHandler } from 'cts-tracker/node';
import { createSigningProxy } from 'cts-tracker/proxy';
import { listen } from '../support/sockets.mjs';

const SYSTEM = JSON.stringify({ tracker_type: 'system', tracker_name: 'system' });
const ORDINARY = ['content-type: application/json', 'x-requested-with: cts-tracker'];

/** A proxy whose upstream is a function; it counts what is sent there. */
async function withProxy(options, body, wrap = (handler) => handler) {
  const sent = [];
  const proxy = createSigningProxy({
    endpoint: 'http://127.0.0.1:9',
    credentials: sampleCredentials,
    projects: ['ok'],
    fetch: async (url, init) => {
      sent.push({ url, signal: init.signal });
      return Response.json({ tracker_name: 'system', tracker_type: 'system' }, { status: 201 });
    },
    ...options,
  });
  const server = await listen(wrap(toNodeHandler(proxy)));
  try {
    await body({ ...server, sent });
  } finally {
    await server.close();
  }
}

/** Sends a text and returns what comes back until the connection is closed or quiet. */
const exchange = (port, text) =>
  new Promise((done, fail) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(text));
    let received = '';
    socket.setTimeout(1000, () => socket.destroy());
    socket.on('data', (part) => {
      received += part;
      if (!/connection: close/i.test(received)) socket.end();
    });
    socket.on('error', fail);
    socket.on('close', () => done(received));
  });

const post = (target, { host = 'localhost', headers = [], body = SYSTEM, version = '1.1' } = {}) =>
  [
    `POST ${target} HTTP/${version}`,
    ...(host === undefined || host === null ? [] : [`host: ${host}`]),
    ...ORDINARY,
    `content-length: ${Buffer.byteLength(body)}`,
    ...headers,
    '',
    body,
  ].join('\r\n');

test('an exact path is forwarded, and keeps the connection', () =>
  withProxy({}, async ({ port, sent }) => {
    const answer = await exchange(port, post('/v3/ok/tracker'));
    assert.match(answer, /^HTTP\/1\.1 201 /);
    assert.doesNotMatch(answer, /connection: close/i);
    assert.deepEqual(
      sent.map(({ url }) => url),
      ['http://127.0.0.1:9/v3/ok/tracker'],
    );
  }));

for (const target of [
  '/v3/denied/../ok/tracker',
  '/v3/denied/%2e%2e/ok/tracker',
  '/v3/./ok/tracker',
  '/v3/%2e/ok/tracker',
  '/v3/ok/tracker/.',
  '/v3/ok/x/..//tracker',
  '/v3\\ok\\tracker',
  '\\v3\\ok\\tracker',
  '/v3/denied\\..\\ok/tracker',
  '//v3/ok/tracker',
  '/v3/ok/tracker?',
  '/v3/ok/tracker?a=b',
  '/v3/ok/tracker#',
  '/v3/ok/tracker#a',
  'http://localhost/v3/ok/tracker',
  'HTTP://localhost/v3/ok/tracker',
  'https://localhost/v3/ok/tracker',
  'http:/v3/ok/tracker',
  'http:///v3/ok/tracker',
  'file:///v3/ok/tracker',
  'file://localhost/v3/ok/tracker',
  'http://user:password@localhost/v3/ok/tracker',
  'http://localhost@evil.example/v3/ok/tracker',
  '//localhost/v3/ok/tracker',
  'localhost/v3/ok/tracker',
  'v3/ok/tracker',
  '*',
]) {
  test(`the target ${target} is refused`, () =>
    withProxy({}, async ({ port, sent }) => {
      assert.match(await exchange(port, post(target)), /^HTTP\/1\.1 40[04] /);
      assert.equal(sent.length, 0);
    }));
}

test('HTTP/1.0 needs a Host header', () =>
  withProxy({}, async ({ port, sent }) => {
    assert.match(await exchange(port, post('/v3/ok/tracker', { host: null, version: '1.0' })), /^HTTP\/1\.1 403 /);
    assert.equal(sent.length, 0);
    assert.match(await exchange(port, post('/v3/ok/tracker', { version: '1.0' })), /^HTTP\/1\.1 201 /);
  }));

for (const header of [
  'host: localhost',
  ...ORDINARY,
  'sec-fetch-site: same-origin',
  'authorization: a',
  'origin: http://localhost',
]) {
  test(`a second ${header.split(':')[0]} header is refused`, () =>
    withProxy({}, async ({ port, sent }) => {
      const headers = ORDINARY.includes(header) || header.startsWith('host') ? [header] : [header, header];
      assert.match(await exchange(port, post('/v3/ok/tracker', { headers })), /^HTTP\/1\.1 400 /);
      assert.equal(sent.length, 0);
    }));
}

test('a page of the same origin is allowed', () =>
  withProxy({}, async ({ port }) => {
    const send = (origin) => exchange(port, post('/v3/ok/tracker', { headers: [`origin: ${origin}`] }));
    assert.match(await send('http://localhost'), /^HTTP\/1\.1 201 /);
    assert.match(await send('https://localhost'), /^HTTP\/1\.1 403 /);
  }));

test('a prefix that a framework has removed', async () => {
  /** As Express mounts a handler. */
  const mount = (handler) => (request, response) => {
    request.originalUrl = request.url;
    request.url = request.url.slice('/api/cts'.length);
    handler(request, response);
  };
  await withProxy(
    {},
    async ({ port, sent }) => {
      assert.match(await exchange(port, post('/api/cts/v3/ok/tracker')), /^HTTP\/1\.1 201 /);
      assert.match(await exchange(port, post('/api/cts/v3/denied/../ok/tracker')), /^HTTP\/1\.1 404 /);
      assert.equal(sent.length, 1);
    },
    mount,
  );
  /** As a middleware that resolves the path. */
  const resolve = (handler) => (request, response) => {
    request.originalUrl = request.url;
    request.url = new URL(request.url, 'http://localhost').pathname;
    handler(request, response);
  };
  await withProxy(
    {},
    async ({ port, sent }) => {
      assert.match(await exchange(port, post('/v3/denied/../ok/tracker')), /^HTTP\/1\.1 404 /);
      assert.equal(sent.length, 0);
    },
    resolve,
  );
});

test('the address of the client is what ratePerClient counts', async () => {
  const keys = [];
  const key = (request, { remoteAddress }) => {
    keys.push([request.url, request.headers.get('x-a'), remoteAddress]);
    return remoteAddress;
  };
  await withProxy({ ratePerClient: { perMinute: 1, key } }, async ({ port }) => {
    assert.match(await exchange(port, post('/v3/ok/tracker', { headers: ['x-a: b'] })), /^HTTP\/1\.1 201 /);
    assert.match(await exchange(port, post('/v3/ok/tracker')), /^HTTP\/1\.1 429 /);
    assert.deepEqual(keys[0], ['http://localhost/v3/ok/tracker', 'b', '127.0.0.1']);
  });
  await withProxy({ ratePerClient: 1 }, async ({ port }) => {
    assert.match(await exchange(port, post('/v3/ok/tracker')), /^HTTP\/1\.1 201 /);
    assert.match(await exchange(port, post('/v3/ok/tracker')), /^HTTP\/1\.1 429 /);
  });
});

test('a client that goes away aborts its request to the service', async () => {
  const { promise: started, resolve: start } = deferred();
  const { promise: aborted, resolve: abort } = deferred();
  const fetch = (_url, { signal }) => {
    start();
    signal.addEventListener('abort', abort);
    return new Promise(() => {});
  };
  await withProxy({ fetch }, async ({ port }) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(post('/v3/ok/tracker')));
    await started;
    socket.destroy();
    await aborted;
  });
});

for (const [when, text, sent] of [
  ['before its body has arrived', post('/v3/ok/tracker').slice(0, -5), 'no'],
  ['before it is answered', post('/v3/ok/tracker'), 'unknown'],
]) {
  test(`a client that goes away ${when} is logged as client_closed`, async () => {
    const { promise: logged, resolve: log } = deferred();
    const onEvent = (event) => event.type === 'request' && log(event);
    const fetch = () => new Promise(() => {});
    await withProxy({ fetch, onEvent }, async ({ port, server }) => {
      server.on('connection', (socket) => socket.once('data', () => setTimeout(() => client.destroy(), 100)));
      const client = connect(port, '127.0.0.1', () => client.write(text));
      const { code, sent: wasSent } = await logged;
      assert.deepEqual([code, wasSent], ['client_closed', sent]);
    });
  });
}

for (const [status, options, target, headers] of [
  [413, {}, '/v3/ok/tracker', ['content-length: 314572800']],
  [413, {}, '/v3/ok/tracker', ['transfer-encoding: chunked']],
  [403, {}, '/v3/ok/tracker', ['content-length: 314572800', 'origin: http://evil.example']],
  [404, {}, '/v3', ['content-length: 314572800']],
  [403, { authorize: () => false }, '/v3/ok/tracker', ['content-length: 65000']],
  [408, { bodyTimeoutMs: 50 }, '/v3/ok/tracker', ['content-length: 65000']],
]) {
  test(`after ${status} with ${headers}, the connection is closed and the body is not read`, () =>
    withProxy(options, async ({ port, server }) => {
      let received = 0;
      server.on('connection', (socket) => {
        socket.on('close', () => {
          received = socket.bytesRead;
        });
      });
      const socket = connect(port, '127.0.0.1');
      const began = performance.now();
      let answer = '';
      socket.on('data', (part) => {
        answer += part;
      });
      socket.on('error', () => {});
      socket.write([`POST ${target} HTTP/1.1`, 'host: localhost', ...ORDINARY, ...headers, '', ''].join('\r\n'));
      // Writes as much as the connection takes.
      const part = Buffer.alloc(1 << 20, 32);
      const chunk = headers[0].startsWith('transfer')
        ? Buffer.concat([Buffer.from(`${part.length.toString(16)}\r\n`), part, Buffer.from('\r\n')])
        : part;
      const declared = Number(/content-length: (\d+)/.exec(headers[0])?.[1] ?? Infinity);
      const isLong = declared > 1e6;
      let written = 0;
      const write = () => {
        while (isLong && written < 300 && !socket.destroyed) {
          written += 1;
          if (!socket.write(chunk)) {
            socket.once('drain', write);
            return;
          }
        }
      };
      write();
      await event(socket, 'close');
      assert.match(answer, new RegExp(`^HTTP/1\\.1 ${status} `));
      assert.match(answer, /\r\nconnection: close\r\n/i);
      assert.ok(performance.now() - began < 3000, `${performance.now() - began} ms`);
      await new Promise((done) => setTimeout(done, 50));
      assert.ok(received < 4e6, `${received} bytes were read`);
    }));
}

test('a client that sends 300 MB gets its answer', () =>
  withProxy({}, async ({ port }) => {
    const began = performance.now();
    const request = httpRequest({
      port,
      host: '127.0.0.1',
      path: '/v3/ok/tracker',
      method: 'POST',
      headers: {
        host: 'localhost',
        'content-type': 'application/json',
        'x-requested-with': 'cts-tracker',
        'content-length': 300 << 20,
      },
    });
    request.on('error', () => {});
    const [response] = await Promise.all([
      event(request, 'response'),
      (async () => {
        const part = Buffer.alloc(1 << 20, 32);
        for (let i = 0; i < 300 && !request.destroyed; i++) {
          if (!request.write(part)) await Promise.race([event(request, 'drain'), event(request, 'close')]);
        }
      })(),
    ]);
    assert.equal(response.statusCode, 413);
    assert.ok(performance.now() - began < 3000);
  }));

test('a body that something else has read is refused, and not waited for', () =>
  withProxy(
    {},
    async ({ port }) => {
      assert.match(await exchange(port, post('/v3/ok/tracker')), /^HTTP\/1\.1 400 [^]*body_unreadable/);
    },
    (handler) => (request, response) => request.resume().on('end', () => setImmediate(handler, request, response)),
  ));

test('a request of Node given to fetch is an error that names toNodeHandler', async () => {
  const proxy = createSigningProxy({ region: 'eu-west-0', credentials: sampleCredentials });
  let failure;
  const server = await listen((request, response) => {
    try {
      proxy.fetch(request, response);
    } catch (error) {
      failure = error;
    }
    response.end();
  });
  await exchange(server.port, post('/v3/ok/tracker'));
  await server.close();
  assert.ok(failure instanceof TypeError);
  assert.match(failure.message, /toNodeHandler\(proxy\) from 'cts-tracker\/node'/);
});

test('only a proxy or an emulator has a handler', () => {
  for (const value of [undefined, null, {}, () => {}, { fetch() {} }])
    assert.throws(() => toNodeHandler(value), { name: 'TypeError', code: 'invalid_argument' });
  assert.equal(typeof toNodeHandler(createEmulator()), 'function');
  assert.equal(typeof createServer(toNodeHandler(createEmulator())).listen, 'function');
});

/** Unlike `once`, an error does not reject it: the connection is reset after the answer. */
function event(emitter, name) {
  return new Promise((done) => {
    emitter.once(name, done);
  });
}

function deferred() {
  let resolve;
  const promise = new Promise((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
