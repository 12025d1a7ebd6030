// A hundred connections through the proxy to the emulator, in separate processes: a short version of the load run of
// npm run bench.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { run, start } from '../../benches/load.mjs';

const running = [];
const started = async (...args) => {
  const child = await start(...args);
  running.push(child);
  return child;
};
after(() => Promise.all(running.map(({ stop }) => stop())));

test('100 connections and 3,000 requests without a failure, a duplicate tracker or a memory leak', async () => {
  const [emulator, client] = await Promise.all([started('emulator'), started('client')]);
  const proxy = await started('proxy', emulator.url);
  // Throws if a request fails or the number of trackers is wrong.
  const warm = await run({ client, emulator, proxy, connections: 100, requests: 1_000 });
  const end = await run({ client, emulator, proxy, connections: 100, requests: 3_000 });
  const grown = (end.heap - warm.heap) / 3_000;
  const MB = ({ heap }) => (heap / 1e6).toFixed(1);
  console.log(`# ${end.perSecond.toFixed(0)} requests/s; ${MB(warm)} MB of heap, then ${MB(end)}`);
  assert.ok(grown < 1_000, `${grown.toFixed(0)} bytes of heap are kept per request`);
});
