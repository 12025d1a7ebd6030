// Whether a request was sent, over real sockets and real TLS: the client with each fetch, and the proxy in front of the
// same addresses.
import assert from 'node:assert/strict';
import { Agent as HttpsAgent } from 'node:https';
import test from 'node:test';
import { createCtsClient, isCtsError } from 'cts-tracker';
import { sampleCredentials } from 'cts-tracker/emulator';
import { nodeFetch } from 'cts-tracker/node';
import { createSigningProxy } from 'cts-tracker/proxy';
import { HttpsProxyAgent } from 'https-proxy-agent';
import nodeFetch3 from 'node-fetch';
import nodeFetch2 from 'node-fetch-2';
import { Agent, ProxyAgent, fetch as undiciFetch } from 'undici';
import { ca, failingServers, refusingHttpProxy, unansweredPort } from '../support/failing-servers.mjs';
import { unusedAddress } from '../support/sockets.mjs';

const unusedPort = Number(new URL(await unusedAddress()).port);
const servers = await failingServers(unusedPort);
const httpProxy = await refusingHttpProxy();
test.after(() => {
  servers.close();
  httpProxy.close();
});

const BODY = { tracker_type: 'system' };

/** The error of one try of createTracker. */
async function create(baseUrl, fetch) {
  const client = createCtsClient({ baseUrl, projectId: 'p', fetch, timeoutMs: 60_000, retry: { maxRetries: 0 } });
  const error = await client.createTracker(BODY).then(
    () => assert.fail('the call did not fail'),
    (reason) => reason,
  );
  assert.ok(isCtsError(error), String(error));
  assert.ok(error.cause instanceof Error, 'it has the cause');
  return error;
}

const summary = ({ kind, sent, mayAlreadyExist = false }) => [kind, sent, mayAlreadyExist];
const UNSENT = ['network', 'no', false];
const UNKNOWN = ['outcome_unknown', 'unknown', true];

/** The proxy's answer when it cannot reach the service at the address. */
async function forward(endpoint, fetch) {
  const proxy = createSigningProxy({ endpoint, credentials: sampleCredentials, allowedHosts: ['proxy.test'], fetch });
  const response = await proxy.fetch(
    new Request('http://proxy.test/v3/p/tracker', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-requested-with': 'cts-tracker' },
      body: JSON.stringify(BODY),
    }),
  );
  const { code, sent } = await response.json();
  return [response.status, code, sent];
}

const trusting = new Agent({ connect: { ca } });
const withUndici = (dispatcher) => (url, init) => undiciFetch(url, { ...init, dispatcher });
const withAgent = (fetch, agent) => (url, init) => fetch(url, { ...init, agent });

for (const [name, fetch] of [
  ['the platform', undefined],
  ['undici', undiciFetch],
  ['undici with the authority', withUndici(trusting)],
]) {
  test(`nothing is sent: ${name}`, async () => {
    const { unconnected, handshakes, closedHandshakes } = servers;
    // With the authority, the second and the third certificate are good.
    const good = fetch === undefined || fetch === undiciFetch ? [] : handshakes.slice(1, 3);
    for (const failing of [...unconnected, ...handshakes, ...closedHandshakes]) {
      const [failure, url] = failing;
      if (!good.includes(failing)) assert.deepEqual(summary(await create(url, fetch)), UNSENT, failure);
    }
  });

  test(`it is unknown whether anything is sent: ${name}`, async () => {
    for (const [failure, url] of servers.ambiguous)
      assert.deepEqual(summary(await create(url, fetch)), UNKNOWN, failure);
  });
}

// node-fetch has no refused ports. It reports an error of OpenSSL as one of writing.
for (const [name, fetch] of [
  ['node-fetch 2', nodeFetch2],
  ['node-fetch 3', nodeFetch3],
]) {
  test(`whether anything is sent: ${name}`, async () => {
    const { unconnected, handshakes, closedHandshakes, ambiguous } = servers;
    const refused = handshakes.filter(([failure]) => failure.includes('certificate') || failure.includes('authority'));
    assert.equal(refused.length, 5);
    for (const [failure, url] of [...unconnected, ...refused, ...closedHandshakes])
      assert.deepEqual(summary(await create(url, fetch)), UNSENT, failure);
    const written = handshakes.filter((each) => !refused.includes(each));
    for (const [failure, url] of [...written, ...ambiguous])
      assert.deepEqual(summary(await create(url, fetch)), UNKNOWN, failure);
  });
}

test('a proxy that refuses CONNECT', async () => {
  const dispatcher = new ProxyAgent({ uri: httpProxy.url, proxyTunnel: true });
  const [[, tls]] = servers.handshakes;
  for (const url of [tls, 'http://127.0.0.1:9/']) {
    assert.deepEqual(summary(await create(url, withUndici(dispatcher))), UNSENT);
    assert.deepEqual(summary(await create(url, (to, init) => fetch(to, { ...init, dispatcher }))), UNSENT);
    assert.deepEqual(await forward(url, withUndici(dispatcher)), [502, 'upstream_unreachable', 'no']);
  }
  // This agent returns the answer of the proxy as if it were that of the service.
  const agent = new HttpsProxyAgent(httpProxy.url);
  const client = createCtsClient({ baseUrl: tls, projectId: 'p', fetch: withAgent(nodeFetch2, agent) });
  await assert.rejects(client.createTracker(BODY), { kind: 'rejected', status: 407, sent: 'no', attempts: 1 });
});

test('a dual-stack connection of which one family times out and the other is refused', async (t) => {
  const unanswered = await unansweredPort();
  t.after(unanswered.close);
  const lookup = (_name, _options, callback) =>
    callback(null, [
      { address: '127.0.0.1', family: 4 },
      { address: '::1', family: 6 },
    ]);
  const connect = { lookup, autoSelectFamily: true, autoSelectFamilyAttemptTimeout: 50 };
  const url = `https://dual.test:${unanswered.port}/`;
  const error = await create(url, withUndici(new Agent({ connect })));
  assert.equal(error.cause.cause.code, 'ETIMEDOUT');
  assert.deepEqual(
    error.cause.cause.errors.map(({ code, syscall }) => [code, syscall]),
    [
      ['ETIMEDOUT', 'connect'],
      ['ECONNREFUSED', 'connect'],
    ],
  );
  assert.deepEqual(summary(error), UNSENT);
  assert.deepEqual(await forward(url, withUndici(new Agent({ connect }))), [502, 'upstream_unreachable', 'no']);
  // node-fetch drops the errors of the aggregate, so nothing proves it.
  assert.deepEqual(summary(await create(url, withAgent(nodeFetch3, new HttpsAgent(connect)))), UNKNOWN);
});

test('a connection that is not accepted in time', async (t) => {
  const unanswered = await unansweredPort();
  t.after(unanswered.close);
  const url = `http://127.0.0.1:${unanswered.port}/`;
  assert.deepEqual(summary(await create(url, withUndici(new Agent({ connect: { timeout: 500 } })))), UNSENT);
});

test('the signing proxy decides like the client', async () => {
  const { unconnected, handshakes, closedHandshakes, ambiguous } = servers;
  const refusedByFetch = unconnected[1];
  for (const [failure, url] of [...unconnected, ...handshakes, ...closedHandshakes]) {
    assert.deepEqual(await forward(url), [502, 'upstream_unreachable', 'no'], failure);
    assert.deepEqual(await forward(url, undiciFetch), [502, 'upstream_unreachable', 'no'], failure);
    if (url !== refusedByFetch[1]) {
      assert.deepEqual(await forward(url, nodeFetch), [502, 'upstream_unreachable', 'no'], failure);
    }
  }
  for (const [failure, url] of ambiguous) {
    assert.deepEqual(await forward(url), [502, 'upstream_unreachable', 'unknown'], failure);
    assert.deepEqual(await forward(url, nodeFetch), [502, 'upstream_unreachable', 'unknown'], failure);
  }
});

test('errors that wrap others', async () => {
  const thrown = (error) => () => Promise.reject(error);
  const connecting = Object.assign(new Error('connect ETIMEDOUT'), { code: 'ETIMEDOUT', syscall: 'connect' });
  const reading = Object.assign(new Error('read ETIMEDOUT'), { code: 'ETIMEDOUT', syscall: 'read' });
  const aggregate = (...errors) => Object.assign(new AggregateError(errors, 'all failed'), { code: 'ETIMEDOUT' });
  const cyclic = new Error('cyclic');
  cyclic.cause = cyclic;
  const nested = aggregate();
  nested.errors = [nested, nested];
  for (const [error, expected] of [
    [new Error('wrapped', { cause: new TypeError('fetch failed', { cause: connecting }) }), UNSENT],
    [new TypeError('fetch failed', { cause: aggregate(connecting, connecting) }), UNSENT],
    [aggregate(connecting, new TypeError('fetch failed', { cause: connecting })), UNSENT],
    [aggregate(connecting, reading), UNKNOWN],
    [aggregate(connecting, new TypeError('fetch failed', { cause: reading })), UNKNOWN],
    [new Error('wrapped', { cause: reading }), UNKNOWN],
    [aggregate(), UNKNOWN],
    [cyclic, UNKNOWN],
    [nested, UNKNOWN],
  ]) {
    assert.deepEqual(summary(await create('http://127.0.0.1:9', thrown(error))), expected, error.message);
    const [, , sent] = await forward('http://127.0.0.1:9', thrown(error));
    assert.equal(sent, expected[1]);
  }
});
