// The client over the fetch of each library, over real sockets, and over mocks.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { connect } from 'node:net';
import test from 'node:test';
import crossFetch from 'cross-fetch';
import { createCtsClient, isCtsError } from 'cts-tracker';
import { ModuleMocker } from 'jest-mock';
import { JSDOM } from 'jsdom';
import nodeFetch3 from 'node-fetch';
import nodeFetch2 from 'node-fetch-2';
import { ProxyAgent, fetch as undiciFetch } from 'undici';

const require = createRequire(import.meta.url);
const BODY = { tracker_type: 'system' };
const MAX_BODY = 1 << 20;

/** What the server answers, by project. */
const ANSWERS = {
  created: [201, '{"id":"a","tracker_name":"system é😀"}'],
  refused: [400, '{"error_code":"CTS.0203","error_msg":"bad name"}'],
  throttled: [429, '{"error_code":"APIGW.0308"}', { 'retry-after': '3600' }],
  long: [201, `{"id":"${'x'.repeat(MAX_BODY)}"}`],
  exact: [201, `{"id":"${'x'.repeat(MAX_BODY - 9)}"}`],
  empty: [204, undefined],
  torn: [201, '{"id":', { 'content-length': '100' }],
};
const seen = [];
let endlessEnded;
const server = createServer(async (request, response) => {
  const project = request.url.split('/')[2];
  seen.push({
    method: request.method,
    url: request.url,
    headers: request.headers,
    body: String(Buffer.concat(await request.toArray())),
  });
  if (project === 'silent') return;
  if (project === 'endless') {
    response.writeHead(201, { 'content-type': 'application/json' });
    const fill = () => {
      while (response.write(' '.repeat(65_536)));
    };
    response.on('drain', fill);
    endlessEnded = once(response, 'close');
    fill();
    return;
  }
  const [status, body, headers] = ANSWERS[project];
  response.writeHead(status, { 'content-type': 'application/json', 'x-request-id': 'r1', ...headers });
  if (project === 'torn') response.write(body, () => response.destroy());
  else response.end(body);
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const baseUrl = `http://127.0.0.1:${server.address().port}`;

/** An HTTP proxy that tunnels. */
const tunnels = [];
const httpProxy = createServer().on('connect', ({ url }, socket) => {
  tunnels.push(url);
  const [host, port] = url.split(':');
  const onward = connect(port, host, () => {
    socket.write('HTTP/1.1 200 OK\r\n\r\n');
    onward.pipe(socket).pipe(onward);
  });
  for (const [from, to] of [
    [socket, onward],
    [onward, socket],
  ])
    from.on('error', () => {}).on('close', () => to.destroy());
});
httpProxy.listen(0, '127.0.0.1');
await once(httpProxy, 'listening');
const dispatcher = new ProxyAgent({ uri: `http://127.0.0.1:${httpProxy.address().port}`, proxyTunnel: true });
test.after(async () => {
  await dispatcher.destroy();
  for (const each of [server, httpProxy]) {
    each.close();
    each.closeAllConnections();
  }
});

/** whatwg-fetch over the XMLHttpRequest of a simulated page; its buffers are of another realm. */
function whatwgFetch(adjust = () => {}) {
  const { window } = new JSDOM('', { url: baseUrl, runScripts: 'outside-only' });
  adjust(window);
  window.eval(readFileSync(require.resolve('whatwg-fetch/dist/fetch.umd.js'), 'utf8'));
  assert.equal(typeof window.fetch.polyfill, 'boolean', 'the page has no fetch of its own');
  return window.fetch;
}

/** React Native has whatwg-fetch, and a FileReader without this method. */
const reactNative = () =>
  whatwgFetch(({ FileReader }) => {
    FileReader.prototype.readAsArrayBuffer = () => {
      throw new Error('FileReader.readAsArrayBuffer is not implemented');
    };
  });

/** A wrapper that assumes a URL, and headers of its own kind. */
const logged = [];
const wrapper = (url, { headers, ...init }) => {
  logged.push(new URL(url).pathname);
  return fetch(url, { ...init, headers: { ...headers, 'x-wrapped': 'yes' } });
};

const STREAMS = { limited: true };
const LIBRARIES = [
  ['the platform', undefined, STREAMS],
  ['a wrapper that logs the URL', wrapper, STREAMS],
  ['undici', undiciFetch, STREAMS],
  ["undici's ProxyAgent", (url, init) => undiciFetch(url, { ...init, dispatcher }), STREAMS],
  ["the platform with undici's ProxyAgent", (url, init) => fetch(url, { ...init, dispatcher }), STREAMS],
  ['node-fetch 2', nodeFetch2, STREAMS],
  ['node-fetch 3', nodeFetch3, STREAMS],
  ['cross-fetch', crossFetch, STREAMS],
  // It reads the whole body before it returns a response.
  ['whatwg-fetch', whatwgFetch(), { limited: false }],
  ['the fetch of React Native', reactNative(), { limited: false }],
];

async function fails(promise) {
  const error = await promise.then(
    () => assert.fail('the call did not fail'),
    (reason) => reason,
  );
  assert.ok(isCtsError(error), String(error));
  return error;
}

for (const [name, library, { limited }] of LIBRARIES) {
  const client = createCtsClient({ baseUrl, fetch: library, headers: { 'x-own': 'é' } });
  const create = (projectId, options) => client.createTracker(BODY, { projectId, ...options });
  test(`${name}: a request and a success`, async () => {
    seen.length = 0;
    assert.deepEqual(await create('created'), { id: 'a', tracker_name: 'system é😀' });
    const [{ method, url, headers, body }] = seen;
    assert.equal(seen.length, 1);
    assert.deepEqual([method, url], ['POST', '/v3/created/tracker']);
    assert.equal(body, '{"tracker_type":"system","tracker_name":"system"}');
    const { accept, 'content-type': type, 'x-requested-with': by, 'x-own': own } = headers;
    assert.deepEqual(
      [accept, type, by, own],
      ['application/json, application/problem+json', 'application/json', 'cts-tracker', 'é'],
    );
    assert.equal((await create('exact')).id.length, MAX_BODY - 9, 'a body of 1 MiB is read');
  });

  test(`${name}: refusals and unusable bodies`, async () => {
    const refused = await fails(create('refused'));
    assert.deepEqual(
      [refused.kind, refused.status, refused.errorCode, refused.errorMsg, refused.requestId, refused.sent],
      ['rejected', 400, 'CTS.0203', 'bad name', 'r1', 'yes'],
    );
    const throttled = await fails(create('throttled'));
    assert.deepEqual([throttled.kind, throttled.retryAfterMs], ['throttled', 3_600_000]);
    for (const [project, received] of [
      ['long', `{"id":"${'x'.repeat(993)}`],
      ['empty', ''],
    ]) {
      const error = await fails(create(project));
      assert.deepEqual([error.kind, error.received, error.mayAlreadyExist], ['bad_response', received, true], project);
    }
    // node-fetch 2 does not see it.
    const torn = await fails(create('torn', { timeoutMs: 3_000 }));
    assert.ok(['bad_response', 'outcome_unknown'].includes(torn.kind), torn.kind);
    assert.equal(torn.mayAlreadyExist, true);
  });

  test(`${name}: a timeout and an abort close the connection`, async () => {
    const late = await fails(create('silent', { timeoutMs: 300 }));
    assert.deepEqual([late.kind, late.sent, late.cause.name], ['outcome_unknown', 'unknown', 'TimeoutError']);
    assert.match(late.message, /timeoutMs.*300 ms/);
    const controller = new AbortController();
    const reason = new Error('the user left');
    seen.length = 0;
    const aborted = fails(create('silent', { signal: controller.signal }));
    while (seen.length === 0) await new Promise((done) => setTimeout(done, 5));
    controller.abort(reason);
    assert.deepEqual([(await aborted).kind, (await aborted).cause], ['aborted', reason]);
  });

  if (limited) {
    test(`${name}: an endless body is left at 1 MiB`, async () => {
      assert.equal((await fails(create('endless', { timeoutMs: 60_000 }))).kind, 'bad_response');
      await endlessEnded;
    });
  }
}

test('the wrapper and the HTTP proxy were used', () => {
  assert.ok(logged.includes('/v3/created/tracker'));
  assert.ok(tunnels.length > 0 && tunnels.every((to) => baseUrl.endsWith(to)));
});

// --- mocks

async function outcome(fetch) {
  try {
    return await createCtsClient({ baseUrl, projectId: 'p', fetch }).createTracker(BODY);
  } catch (error) {
    if (!isCtsError(error)) throw error;
    const { kind, errorCode, mayAlreadyExist, received } = error;
    return { kind, errorCode, mayAlreadyExist, received };
  }
}

test('jest-fetch-mock, with the fetch of the platform and with that of cross-fetch', async () => {
  const path = require.resolve('jest-fetch-mock');
  for (const hidden of [[], ['fetch', 'Request', 'Response', 'Headers']]) {
    const kept = hidden.map((name) => [name, globalThis[name]]);
    globalThis.jest = new ModuleMocker(globalThis);
    for (const [name] of kept) globalThis[name] = undefined;
    for (const file of Object.keys(require.cache)) if (file.includes('jest-fetch-mock')) delete require.cache[file];
    const mock = require(path);
    for (const [name, value] of kept) globalThis[name] = value;

    mock.mockResponseOnce('{"id":"b"}', { status: 201 });
    assert.deepEqual(await outcome(mock), { id: 'b' });
    const [url, init] = mock.mock.calls[0];
    assert.deepEqual([url, init.method], [`${baseUrl}/v3/p/tracker`, 'POST']);
    mock.mockResponseOnce('{"error_code":"CTS.0203"}', { status: 400 });
    assert.equal((await outcome(mock)).errorCode, 'CTS.0203');
    mock.mockRejectOnce(new TypeError('Failed to fetch'));
    assert.equal((await outcome(mock)).kind, 'outcome_unknown');
  }
});

test('responses made by hand', async () => {
  const text = '{"id":"c"}';
  const bytes = new TextEncoder().encode(text);
  const headers = new Headers({ 'content-type': 'application/json' });
  const refusal = '{"error_code":"CTS.0203"}';
  const failing = async () => {
    throw new Error('not implemented');
  };
  for (const [name, response] of Object.entries({
    'status, headers and text()': { status: 201, headers, text: async () => text },
    'headers as an object': { status: 201, headers: { 'Content-Type': 'application/json' }, text: async () => text },
    'no headers': { status: 201, text: async () => text },
    'json() alone': { ok: true, status: 201, json: async () => JSON.parse(text) },
    'body: null': { status: 201, headers, body: null, text: async () => text },
    'a view as arrayBuffer()': { status: 201, headers, arrayBuffer: async () => bytes },
    'arrayBuffer()': { status: 201, headers, arrayBuffer: async () => bytes.buffer },
    'a Buffer in a pool': { status: 201, headers, arrayBuffer: async () => Buffer.from(text) },
    'an arrayBuffer() that fails': { status: 201, headers, arrayBuffer: failing, text: async () => text },
    'a stream of Node': { status: 201, headers, body: (await import('node:stream')).Readable.from([bytes]) },
    'a stream of text': { status: 201, headers, body: (await import('node:stream')).Readable.from([text]) },
  })) {
    assert.deepEqual(await outcome(async () => response), { id: 'c' }, name);
  }
  assert.equal(
    (await outcome(async () => ({ status: 400, headers, text: async () => refusal }))).errorCode,
    'CTS.0203',
  );
  for (const response of [
    { status: 201, headers, text: failing },
    { status: 201, headers, arrayBuffer: failing },
    { status: 201, headers, arrayBuffer: async () => 7 },
    { status: 201, headers, body: {}, text: async () => undefined },
    { status: 201, headers, json: failing },
  ]) {
    const { kind, mayAlreadyExist } = await outcome(async () => response);
    assert.deepEqual([kind, mayAlreadyExist], ['bad_response', true]);
  }
  const long = 'x'.repeat(MAX_BODY + 1);
  const { kind, received } = await outcome(async () => ({ status: 201, headers, text: async () => `"${long}"` }));
  assert.deepEqual([kind, received], ['bad_response', `"${long.slice(0, 999)}`]);
});
