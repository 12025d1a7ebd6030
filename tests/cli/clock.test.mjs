// A machine whose clock is wrong: nothing is lost, and the difference is shown.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  BUCKETS,
  cts,
  DOMAIN,
  file,
  KEYS,
  linesOf,
  listen,
  objectsOf,
  PROJECT,
  ready,
  service,
  stop,
  trackers,
} from './support.mjs';

const MINUTES = 60_000;
const env = KEYS;
const ids = ['--project-id', PROJECT, '--domain-id', DOMAIN];
const ahead = (minutes, options) => service({ now: () => Date.now() + minutes * MINUTES, ...options });
/** How many requests an emulator has refused. */
const refusedBy = ({ emulator }) => emulator.state().requests.filter(({ status }) => status === 401).length;

describe('a wrong clock', () => {
  for (const [minutes, side] of [
    [20, 'behind'],
    [-20, 'ahead of'],
  ]) {
    test(`create sends each tracker, and says that the clock is ${side} the service's`, async () => {
      const there = await ahead(minutes, { buckets: BUCKETS });
      const path = file(trackers(3));
      const { code, stdout, stderr } = await cts(['create', path, ...there.direct], { env });
      assert.equal(code, 0, stdout + stderr);
      assert.equal(linesOf(stdout).filter((line) => / created /.test(line)).length, 3);
      assert.ok(stderr.includes(`The clock of this machine is 20 minutes ${side} that of the service.`), stderr);
      assert.doesNotMatch(stdout + stderr, /not sent|same reason/);
      assert.deepEqual([there.creations().created, refusedBy(there)], [3, 1]);
    });
  }

  test('of the machine of the proxy loses nothing either', async () => {
    const there = await ahead(20, { buckets: [...BUCKETS, { name: 'bucket1', location: 'cn-north-1' }] });
    const buckets = file([{ bucket_name: 'bucket1', bucket_location: 'cn-north-1' }]);
    for (const args of [
      ['create', file(trackers(3))],
      ['check', buckets],
    ]) {
      const proxy = await ready(['proxy', '--endpoint', there.endpoint], { env });
      const { code, stdout, stderr } = await cts([...args, '--base-url', proxy.url, ...there.direct.slice(2)]);
      assert.equal(code, 0, stdout + stderr);
      if (args[0] === 'create') assert.match(stderr, /20 minutes behind the service's/);
      await stop(proxy);
    }
    assert.deepEqual([there.creations().created, refusedBy(there)], [3, 2]);
  });

  test('that the service never accepts stops create after two requests', async () => {
    let count = 0;
    const url = await listen((_, response) => {
      count += 1;
      response.writeHead(401, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ error_code: 'APIGW.0301', error_msg: 'signature expired' }));
    });
    const args = ['create', file(trackers(4)), '--base-url', url, ...ids];
    const { code, stdout } = await cts([...args, '--json']);
    assert.deepEqual([code, count, objectsOf(stdout).at(-1).left], [3, 2, 3]);
  });

  test('check loses no batch, and costs one bad signature', async () => {
    const buckets = Array.from({ length: 60 }, (_, i) => ({ name: `bucket-${i}`, location: 'cn-north-1' }));
    const there = await ahead(20, { buckets, latencyMs: 20 });
    const path = file(buckets.map(({ name, location }) => ({ bucket_name: name, bucket_location: location })));
    const args = ['check', path, ...there.direct, '--batch-size', 10, '--concurrency', 4, '--json'];
    const { code, stdout } = await cts(args, { env });
    const summary = objectsOf(stdout).at(-1);
    assert.deepEqual([code, summary.passed, summary.unreachable], [0, 60, 0]);
    assert.ok(Math.abs(summary.clock_offset_ms - 20 * MINUTES) < MINUTES, stdout);
    assert.equal(refusedBy(there), 1);
  });

  test('requests in flight at once are all dated again', async () => {
    const there = await ahead(20, { buckets: BUCKETS, latencyMs: 20 });
    const { code } = await cts(['create', file(trackers(8)), ...there.direct, '--concurrency', 8], { env });
    assert.deepEqual([code, there.creations().created], [0, 8]);
  });

  test('a right clock is not mentioned', async () => {
    const there = await service({ buckets: BUCKETS });
    const path = file(trackers(1));
    const { stderr } = await cts(['create', path, ...there.direct], { env });
    assert.doesNotMatch(stderr, /clock/);
    const { stdout } = await cts(['create', path, ...there.direct, '--json'], { env });
    assert.ok(!('clock_offset_ms' in objectsOf(stdout).at(-1)));
  });

  test('doctor measures it before anything is signed', async () => {
    for (const [minutes, state, side] of [
      [20, 'FAIL', 'behind'],
      [-5, 'note', 'ahead of'],
    ]) {
      const there = await ahead(minutes);
      const { stdout } = await cts(['doctor', '--endpoint', there.endpoint], { env });
      const text = `${state} +clock +The clock of this machine is ${Math.abs(minutes)} minutes ${side} that of the service`;
      assert.match(stdout, new RegExp(text));
      assert.ok(there.emulator.state().requests.every(({ authorization }) => !authorization));
    }
  });
});
