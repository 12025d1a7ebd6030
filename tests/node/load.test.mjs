// A hundred connections at once through the proxy to the emulator, each a process of its own: a short run of what
// npm run bench does for longer.
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

test('100 connections, 3,000 requests: none fails, each creation is one tracker, nothing is kept', async () => {
  const [emulator, client] = await Promise.all([started('emulator'), started('client')]);
  const proxy = await started('proxy', emulator.url);
  // Throws at any answer that is not a success, and at any tracker too many or too few.
  const warm = await run({ client, emulator, proxy, connections: 100, requests: 1_000 });
  const end = await run({ client, emulator, proxy, connections: 100, requests: 3_000 });
  const grown = (end.held - warm.held) / 3_000;
  const MB = ({ held }) => (held / 1e6).toFixed(1);
  console.log(`# ${end.perSecond.toFixed(0)} requests/s; ${MB(warm)} MB held, then ${MB(end)}`);
  assert.ok(grown < 1_000, `${grown.toFixed(0)} bytes a request are kept`);
});
