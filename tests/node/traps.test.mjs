// After a trap the server's wasm instance is replaced. An emulator restarts and reports it; a proxy continues and keeps
// its pause.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isCtsError } from 'cts-tracker';
import { createEmulator, sampleCredentials } from 'cts-tracker/emulator';
import { toNodeHandler } from 'cts-tracker/node';
import { createSigningProxy } from 'cts-tracker/proxy';
import { listen } from '../support/sockets.mjs';

const CREATE = 'http://localhost/v3/2306579dc99f4c8690b14b68e734fcd9/tracker';
const SYSTEM = JSON.stringify({ tracker_type: 'system' });

/** Traps in the wasm, which cannot allocate this many bytes. */
const trap = () => {
  let caught;
  const emulator = createEmulator({ random: () => ({ length: 0xfffffff0 }) });
  // The listener calls the wasm synchronously.
  const request = { method: 'GET', url: '/', rawHeaders: [], socket: {}, on: (event, run) => event === 'end' && run() };
  const response = {
    writeHead: (status) => {
      caught = status;
      return { end: () => {} };
    },
  };
  toNodeHandler(emulator)(request, response);
  assert.equal(caught, 500);
};

test('the call traps', async () => {
  await assert.rejects(
    createEmulator({ random: () => ({ length: 0xfffffff0 }) }).fetch(CREATE),
    (error) => isCtsError(error) && error.kind === 'internal' && error.cause instanceof WebAssembly.RuntimeError,
  );
});

const proxyTo = (fetch, options) => {
  const endpoint = 'http://127.0.0.1:9';
  const proxy = createSigningProxy({ endpoint, credentials: sampleCredentials, fetch, ...options });
  return () =>
    proxy.fetch(
      new Request(CREATE, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-requested-with': 'cts-tracker' },
        body: SYSTEM,
      }),
    );
};

test('an emulator restarts from its options and counts its restarts', async () => {
  const emulator = createEmulator({ faults: ['503'] });
  const create = proxyTo(emulator.fetch);
  assert.deepEqual([(await create()).status, (await create()).status], [503, 201]);
  assert.deepEqual([emulator.state().trackers.length, emulator.state().restarts], [1, 0]);
  trap();
  assert.deepEqual(emulator.state(), { trackers: [], requests: [], requestCount: 0, restarts: 1 });
  assert.deepEqual([(await create()).status, (await create()).status, (await create()).status], [503, 201, 400]);
  trap();
  // The next call is a request.
  assert.equal((await create()).status, 503);
  assert.deepEqual([emulator.state().requestCount, emulator.state().restarts], [1, 2]);
  trap();
  emulator.reset();
  assert.equal(emulator.state().restarts, 1, 'the state was lost before the reset');
  emulator.reset();
  assert.equal(emulator.state().restarts, 0);
});

test('every emulator of the instance restarts', async () => {
  const [one, other] = [createEmulator(), createEmulator()];
  await proxyTo(one.fetch)();
  await proxyTo(other.fetch)();
  trap();
  assert.equal((await proxyTo(one.fetch)()).status, 201);
  assert.deepEqual([one.state().trackers.length, other.state().trackers.length], [1, 0]);
  assert.deepEqual([one.state().restarts, other.state().restarts], [1, 1]);
});

test('the request that crashes is refused, as a fetch and behind a server', async () => {
  // The body is missing, so the glue code throws.
  const emulator = createEmulator({ random: () => null });
  await assert.rejects(emulator.fetch(CREATE), (error) => isCtsError(error) && error.kind === 'internal');
  const { url, close } = await listen(toNodeHandler(emulator));
  try {
    const response = await fetch(url);
    assert.deepEqual([response.status, (await response.text()).startsWith('the emulator failed: ')], [500, true]);
  } finally {
    await close();
  }
  assert.equal(emulator.state().restarts, 2);
});

test('requests of a proxy in flight continue', async () => {
  const moments = [
    'between requests',
    'in authorize',
    'while keys are fetched',
    'before the request is sent',
    'after the response',
  ];
  for (const when of moments) {
    const emulator = createEmulator();
    const at = (moment, value) => {
      if (moment === when) trap();
      return value;
    };
    const create = proxyTo(
      async (url, init) => {
        at('before the request is sent');
        return at('after the response', await emulator.fetch(url, init));
      },
      {
        authorize: () => at('in authorize', true),
        credentials: async () => at('while keys are fetched', sampleCredentials),
      },
    );
    at('between requests');
    assert.equal((await create()).status, 201, when);
  }
});

test('a pause after a 401 outlives the instance', async () => {
  for (const credentials of [sampleCredentials, async () => sampleCredentials]) {
    let now = Date.UTC(2026, 10, 22, 12, 0, 0);
    const sent = [];
    const events = [];
    const create = proxyTo(
      async () => {
        sent.push(now);
        return new Response('{}', { status: 401 });
      },
      { now: () => now, credentials, onEvent: (event) => events.push(event) },
    );
    const code = async () => (await (await create()).json()).code;
    assert.equal((await create()).status, 401);
    trap();
    assert.equal(await code(), 'keys_refused');
    trap();
    now += 29_999;
    assert.equal(await code(), 'keys_refused');
    assert.equal(sent.length, 1);
    now += 1;
    trap();
    assert.equal((await create()).status, 401);
    trap();
    now += 59_999;
    assert.equal(await code(), 'keys_refused', 'the pause still grows');
    assert.equal(sent.length, 2);
    assert.deepEqual(
      events.filter(({ type }) => type === 'keys_refused').map(({ pauseMs }) => pauseMs),
      [30_000, 60_000],
    );
  }
});
