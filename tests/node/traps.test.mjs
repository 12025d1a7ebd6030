// After a trap in the server's wasm its instance is replaced: what had its state there starts again and says so, what
// had none goes on.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isCtsError } from 'cts-tracker';
import { createEmulator, sampleCredentials, toNodeListener } from 'cts-tracker/emulator';
import { createSigningProxy } from 'cts-tracker/proxy';
// The file that the entries share.
import { call, instance } from '../../pkg/server-engine.js';
import { listen } from '../support/sockets.mjs';

const CREATE = 'http://localhost/v3/2306579dc99f4c8690b14b68e734fcd9/tracker';
const SYSTEM = JSON.stringify({ tracker_type: 'system' });

/** A real one: bytes beyond the end of the memory. */
const trap = () =>
  assert.throws(
    () => call(() => instance().emulatorCreate(1, 0xfffffff0, 100)),
    (error) => isCtsError(error) && error.kind === 'internal' && error.cause instanceof WebAssembly.RuntimeError,
  );

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

test('an emulator starts again from its options, and tells how often', async () => {
  const emulator = createEmulator({ faults: ['503'] });
  const create = proxyTo(emulator.fetch);
  assert.deepEqual([(await create()).status, (await create()).status], [503, 201]);
  assert.deepEqual([emulator.state().trackers.length, emulator.state().restarts], [1, 0]);
  trap();
  assert.deepEqual(emulator.state(), { trackers: [], requests: [], requestCount: 0, restarts: 1 });
  assert.deepEqual([(await create()).status, (await create()).status, (await create()).status], [503, 201, 400]);
  trap();
  // Met by a request rather than by a look.
  assert.equal((await create()).status, 503);
  assert.deepEqual([emulator.state().requestCount, emulator.state().restarts], [1, 2]);
  trap();
  emulator.reset();
  assert.equal(emulator.state().restarts, 1, 'what was lost before it is told after it');
  emulator.reset();
  assert.equal(emulator.state().restarts, 0);
});

test('every emulator of the instance starts again, each by itself', async () => {
  const [one, other] = [createEmulator(), createEmulator()];
  await proxyTo(one.fetch)();
  await proxyTo(other.fetch)();
  trap();
  assert.equal((await proxyTo(one.fetch)()).status, 201);
  assert.deepEqual([one.state().trackers.length, other.state().trackers.length], [1, 0]);
  assert.deepEqual([one.state().restarts, other.state().restarts], [1, 1]);
});

test('the request that meets the fault is refused: as a fetch, and behind a server', async () => {
  // No bytes at all: the glue fails on the way in.
  const emulator = createEmulator({ random: () => null });
  await assert.rejects(emulator.fetch(CREATE), (error) => isCtsError(error) && error.kind === 'internal');
  const { url, close } = await listen(toNodeListener(emulator));
  try {
    const response = await fetch(url);
    assert.deepEqual([response.status, (await response.text()).startsWith('the emulator failed: ')], [500, true]);
  } finally {
    await close();
  }
  assert.equal(emulator.state().restarts, 1);
});

test('a proxy has no state there: what it has under way goes on', async () => {
  const moments = [
    'between requests',
    'in authorize',
    'while keys are fetched',
    'before it is sent',
    'after the answer',
  ];
  for (const when of moments) {
    const emulator = createEmulator();
    const at = (moment, value) => {
      if (moment === when) trap();
      return value;
    };
    const create = proxyTo(
      async (url, init) => {
        at('before it is sent');
        return at('after the answer', await emulator.fetch(url, init));
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
