// The signing proxy in Node: the cases of every runtime, and cases over sockets.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { describe, mock, test } from 'node:test';
import { inspect } from 'node:util';
import * as emulatorEntry from 'cts-tracker/emulator';
import { toNodeHandler } from 'cts-tracker/node';
import * as proxyEntry from 'cts-tracker/proxy';
import * as signing from 'cts-tracker/signing';
import { proxyCases } from '../support/proxy-cases.mjs';

const { createSigningProxy } = proxyEntry;
const { createEmulator, sampleCredentials } = emulatorEntry;

describe('in every runtime', () => {
  for (const [name, body] of proxyCases({ createSigningProxy, createEmulator, sampleCredentials })) test(name, body);
});

test('the emulator is a separate entry', () => {
  assert.deepEqual(Object.keys(proxyEntry), ['createSigningProxy']);
});

test('a proxy exposes no internals', () => {
  const canary = { accessKeyId: 'CANARYx1', secretAccessKey: 'CANARYx2', securityToken: 'CANARYx3' };
  const proxy = createSigningProxy({ region: 'eu-west-0', credentials: canary });
  const seen = inspect(proxy, { depth: Infinity, showHidden: true, getters: true, showProxy: true });
  assert.doesNotMatch(seen, /CANARY/);
  assert.equal(JSON.stringify(proxy), '{}');
  assert.ok(Object.isFrozen(proxy));
  // Changes to the object have no effect.
  canary.secretAccessKey = '';
});

test('what a polluted prototype holds is no part of a signature', async () => {
  const { signRequest, verifyRequest } = signing;
  const url = 'https://cts.example.com/v3/x/tracker';
  const credentials = { accessKeyId: 'A', secretAccessKey: 'S' };
  const evil = {
    securityToken: 'evil',
    signedHeaders: [],
    body: 'evil',
    headers: { evil: '1' },
    date: 0,
    now: () => 0,
  };
  Object.assign(Object.prototype, evil);
  try {
    const { headers } = signRequest({ method: 'POST', url, credentials });
    assert.doesNotMatch(JSON.stringify(headers), /evil/);
    assert.notEqual(headers['x-sdk-date'], '19700101T000000Z');
    const lookup = () => ({ secretAccessKey: 'S' });
    for (const request of [{ method: 'POST', url, headers }, new Request(url, { method: 'POST', headers, body: null })])
      assert.equal((await verifyRequest(request, lookup, {})).valid, true);
    assert.throws(() => signRequest({ method: 'POST', url }), { code: 'invalid_argument' });
  } finally {
    for (const name of Object.keys(evil)) delete Object.prototype[name];
  }
});

test('requests do not wait for a provider that hangs', async () => {
  mock.timers.enable({ apis: ['setTimeout'] });
  try {
    const proxy = createSigningProxy({ region: 'eu-west-0', credentials: () => new Promise(() => {}) });
    const answer = proxy.fetch(new Request('http://localhost/-/readyz'));
    for (let i = 0; i < 10; i++) await Promise.resolve();
    mock.timers.tick(10_000);
    assert.equal((await answer).status, 503);
  } finally {
    mock.timers.reset();
  }
});

describe('over sockets', () => {
  const served = async (handler, body) => {
    const server = createServer(handler);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    try {
      return await body(server.address().port);
    } finally {
      server.close();
      server.closeAllConnections();
    }
  };

  /** Sends raw bytes. Returns the status lines received until the connection is closed, or idle after the first. */
  const raw = (port, text) =>
    new Promise((done, fail) => {
      const socket = connect(port, '127.0.0.1');
      let received = '';
      socket.setTimeout(30_000, () => socket.destroy());
      socket.on('data', (chunk) => {
        received += chunk;
        socket.setTimeout(300);
      });
      socket.on('error', fail);
      socket.on('close', () => done(received));
      socket.write(text);
    });

  const withProxy = (body) => {
    const emulator = createEmulator({});
    return served(toNodeHandler(emulator), (upstream) => {
      const proxy = createSigningProxy({ endpoint: `http://127.0.0.1:${upstream}`, credentials: sampleCredentials });
      return served(toNodeHandler(proxy), (port) => body(port, emulator));
    });
  };
  const system = JSON.stringify({ tracker_type: 'system', tracker_name: 'system' });
  const head = (port, extra = '', target = '/v3/x/tracker') =>
    `POST ${target} HTTP/1.1\r\nHost: localhost:${port}\r\ncontent-type: application/json\r\n` +
    `x-requested-with: cts-tracker\r\n${extra}\r\n`;

  test('a request reaches the service', () =>
    withProxy(async (port, emulator) => {
      const received = await raw(
        port,
        `${head(port, `content-length: ${system.length}\r\nconnection: close\r\n`)}${system}`,
      );
      assert.match(received, /^HTTP\/1\.1 201 /);
      assert.equal(emulator.state().trackers.length, 1);
    }));

  test('refuses requests that two programs could read differently', () =>
    withProxy(async (port, emulator) => {
      const length = `content-length: ${system.length}\r\n`;
      for (const [name, bytes] of Object.entries({
        'content-length and chunked': `${head(port, `${length}transfer-encoding: chunked\r\n`)}${system.length.toString(16)}\r\n${system}\r\n0\r\n\r\n`,
        'two lengths': `${head(port, `${length}content-length: 5\r\n`)}${system}`,
        'an obsolete fold': `${head(port, `${length}x-a: b\r\n c: d\r\n`)}${system}`,
        'a space before the colon': `${head(port, `${length}x-a : b\r\n`)}${system}`,
        'a bare CR': `${head(port, `${length}x-a: b\rc\r\n`)}${system}`,
        'two hosts': `${head(port, `${length}Host: evil.example\r\n`)}${system}`,
        'another host': head(port, `${length}`).replace(`localhost:${port}`, 'evil.example') + system,
        'an absolute target elsewhere': `${head(port, length, 'http://evil.example/v3/x/tracker')}${system}`,
        'bytes after the JSON': `${head(port, `content-length: ${system.length + 3}\r\n`)}${system} {}`,
        'a length that overflows': head(port, 'content-length: 99999999999999999999\r\n'),
        'a negative length': head(port, 'content-length: -1\r\n'),
        'an encoded path': `${head(port, length, '/v3/x%2Ftracker')}${system}`,
        'a path with dots': `${head(port, length, '/v3/x/%2e%2e/tracker')}${system}`,
      })) {
        const received = await raw(port, bytes);
        assert.match(received, /^(HTTP\/1\.1 4\d\d |$)/, `${name}: ${received}`);
        assert.equal(emulator.state().requestCount, 0, name);
      }
    }));

  test('a request hidden in the body is not handled', () =>
    withProxy(async (port, emulator) => {
      const hidden = `POST /v3/evil/tracker HTTP/1.1\r\nHost: localhost:${port}\r\n\r\n`;
      await raw(port, `${head(port, `content-length: ${hidden.length}\r\nconnection: close\r\n`)}${hidden}`);
      assert.equal(emulator.state().requestCount, 0);
    }));

  test('refuses a body of ten megabytes and an endless one', () =>
    withProxy(async (port, emulator) => {
      const response = await raw(port, head(port, 'content-length: 10485760\r\n'));
      assert.match(response, /^HTTP\/1\.1 413 /);
      const chunk = `10000\r\n${' '.repeat(0x10000)}\r\n`;
      const endless = await raw(port, head(port, 'transfer-encoding: chunked\r\n') + chunk.repeat(3));
      assert.match(endless, /^HTTP\/1\.1 413 /);
      assert.equal(emulator.state().requestCount, 0);
    }));

  test('heads without a body do not keep another client out', () =>
    withProxy(async (port) => {
      const open = (from) =>
        new Promise((done, fail) => {
          const socket = connect({ port, host: '127.0.0.1', localAddress: from });
          socket.on('error', fail);
          socket.on('connect', () =>
            socket.write(head(port, `content-length: ${system.length}\r\n`), () => done(socket)),
          );
        });
      const slow = await Promise.all(Array.from({ length: 256 }, () => open('127.0.0.1')));
      await new Promise((done) => {
        setTimeout(done, 200);
      });
      const other = await open('127.0.0.2');
      other.write(system);
      const [answer] = await once(other, 'data');
      assert.match(String(answer), /^HTTP\/1\.1 201 /);
      for (const socket of [...slow, other]) socket.destroy();
    }));

  test('an unreachable service', async () => {
    const port = await served(
      () => {},
      (free) => free,
    );
    const proxy = createSigningProxy({ endpoint: `http://127.0.0.1:${port}`, credentials: sampleCredentials });
    const response = await proxy.fetch(
      new Request('http://localhost/v3/x/tracker', {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-requested-with': 'cts-tracker' },
        body: system,
      }),
    );
    const { code, sent } = await response.json();
    assert.deepEqual([response.status, code, sent], [502, 'upstream_unreachable', 'no']);
  });

  test('a redirect is not followed', () =>
    served(
      (_request, response) => {
        response.writeHead(307, { location: 'http://127.0.0.1:1/' }).end();
      },
      async (port) => {
        const proxy = createSigningProxy({ endpoint: `http://127.0.0.1:${port}`, credentials: sampleCredentials });
        const response = await proxy.fetch(
          new Request('http://localhost/v3/x/tracker', {
            method: 'POST',
            headers: { 'content-type': 'application/json', 'x-requested-with': 'cts-tracker' },
            body: system,
          }),
        );
        assert.equal((await response.json()).code, 'upstream_redirect');
      },
    ));
});

test('a request without `body`, as in Firefox, is read all the same, up to the limit', async () => {
  const emulator = createEmulator({});
  const proxy = createSigningProxy({
    region: 'eu-west-0',
    credentials: sampleCredentials,
    fetch: emulator.fetch,
    maxBodyBytes: 100,
  });
  const ask = async (text) => {
    const request = new Request('http://localhost/v3/0123456789abcdef0123456789abcdef/tracker', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-requested-with': 'cts-tracker' },
      body: text,
    });
    Object.defineProperty(request, 'body', { value: undefined });
    return proxy.fetch(request);
  };
  const body = '{"tracker_type":"system","tracker_name":"system"}';
  assert.equal((await ask(body)).status, 201);
  const refused = await ask(body.padEnd(101));
  assert.deepEqual([refused.status, (await refused.json()).code], [413, 'body_too_large']);
});
