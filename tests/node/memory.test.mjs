// The memory of one wasm instance over many calls. CTS_CALLS=… runs longer.
import assert from 'node:assert/strict';
import { test } from 'node:test';

const CALLS = Number(process.env.CTS_CALLS ?? 300_000);

test('memory does not grow after the first calls', async () => {
  const memories = [];
  const { Instance } = WebAssembly;
  WebAssembly.Instance = function Watched(...args) {
    const made = new Instance(...args);
    memories.push(made.exports.memory);
    return made;
  };
  try {
    const fresh = await import(`cts-tracker/slim`);
    const { readFileSync } = await import('node:fs');
    fresh.initSync(readFileSync(new URL(import.meta.resolve('cts-tracker/cts_tracker_bg.wasm'))));
    const good = {
      tracker_type: 'data',
      tracker_name: 'a',
      data_bucket: { data_bucket_name: 'abc', data_event: ['READ', 'WRITE'] },
    };
    const bad = {
      tracker_type: 'data',
      tracker_name: '-',
      obs_info: { bucket_name: 'A..b', compress_type: 'GZIP' },
      unknown: 1,
    };
    const line = new TextEncoder().encode(`${JSON.stringify(good)}\n${JSON.stringify(bad)}\n{`);
    const round = (i) => {
      fresh.validateCreateTracker(i % 3 ? good : bad);
      if (i % 50 === 0) fresh.validateNdjson('createTracker', line);
    };
    for (let i = 0; i < 10_000; i++) round(i);
    assert.equal(memories.length, 1);
    const before = memories[0].buffer.byteLength;
    for (let i = 0; i < CALLS; i++) round(i);
    assert.equal(memories[0].buffer.byteLength, before);
  } finally {
    WebAssembly.Instance = Instance;
  }
});
