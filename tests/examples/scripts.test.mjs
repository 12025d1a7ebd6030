// The scripts of the examples, in processes of their own.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after } from 'node:test';
import { program, run, startService } from './support.mjs';

const folder = mkdtempSync(join(tmpdir(), 'cts-tracker-scripts-'));
after(() => rmSync(folder, { recursive: true, force: true }));

function file(name, text) {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}
const script = (name, args, env) => run([join('node-scripts', name), ...args], { env });

test('validate-file', async () => {
  const lines = [{ tracker_type: 'system' }, { tracker_type: 'data' }, { tracker_type: 'x' }];
  const path = file('trackers.ndjson', lines.map((line) => JSON.stringify(line)).join('\n'));
  const { code, output } = await script('validate-file.mjs', [path]);
  assert.equal(code, 1, output);
  assert.match(output, /trackers\.ndjson:2 tracker_name: Enter a name/);
  assert.match(output, /trackers\.ndjson:3 tracker_type: The tracker type must be system or data\./);
  assert.match(output, /3 lines: 1 valid, 2 invalid\n$/);
  assert.equal((await script('validate-file.mjs', [file('one.ndjson', JSON.stringify(lines[0]))])).code, 0);
});

test('check-buckets: a thousand buckets with a progress bar', async () => {
  const names = Array.from({ length: 1000 }, (_, i) => `bucket-${i}`);
  const { url } = await startService({
    buckets: names.slice(2).map((name) => ({ name, location: 'cn-north-1' })),
  });
  const { code, output } = await script('check-buckets.mjs', [file('buckets.txt', names.join('\n'))], {
    CTS_PROXY: url,
  });
  assert.equal(code, 1, output);
  assert.match(output, /\r█{3}░{27} 1\d\d\/1000, 0 failed/);
  assert.match(output, /\r█{30} 1000\/1000, 0 failed\n/);
  assert.match(output, /\nbucket-0: OBS\.NoSuchBucket\nbucket-1: OBS\.NoSuchBucket\n998 of 1000 buckets are usable\n$/);
});

test('create-from-yaml', async () => {
  const { url, emulator } = await startService();
  const yaml = `
- tracker_type: system
  obs_info: { bucket_name: test-data-tracker }
- tracker_type: data
  tracker_name: audit
  data_bucket: { data_bucket_name: cstest0423, data_event: [READ] }
`;
  const { code, output } = await script('create-from-yaml.mjs', [file('good.yaml', yaml)], { CTS_PROXY: url });
  assert.equal(code, 0, output);
  assert.match(output, /^system: created \S+\naudit: created \S+\n$/);
  assert.equal(emulator.state().trackers.length, 2);
  const again = await script('create-from-yaml.mjs', [file('again.yaml', yaml)], { CTS_PROXY: url });
  assert.equal(again.code, 3);
  assert.match(again.output, /^system: .*CTS\.0201/);
  const bad = await script('create-from-yaml.mjs', [file('bad.yaml', yaml.replace('READ', 'read'))], {
    CTS_PROXY: url,
  });
  assert.equal(bad.code, 1);
  assert.match(bad.output, /^2\. data_bucket\.data_event\.0: An operation must be READ or WRITE/);
});

test('resolve-outcome', async () => {
  const body = { tracker_type: 'system', obs_info: { bucket_name: 'test-data-tracker' } };
  const path = file('tracker.json', JSON.stringify(body));
  // The connection breaks after the tracker was created.
  const { url, emulator } = await startService({ faults: ['reset; when=after; times=1'] });
  const { code, output } = await script('resolve-outcome.mjs', [path], { CTS_PROXY: url });
  const [{ id }] = emulator.state().trackers;
  assert.match(output, /the result is unknown/);
  assert.match(output, new RegExp(`\ncreated ${id}\n$`));
  assert.equal(code, 0, output);
});

test('vitest', async () => {
  const { code, output } = await run([program('vitest/vitest.mjs'), 'run', 'vitest'], { env: { NO_COLOR: '1' } });
  assert.equal(code, 0, output);
  assert.match(output, /Tests\s+3 passed/);
});
