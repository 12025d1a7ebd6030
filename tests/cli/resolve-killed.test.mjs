// However often create is killed or interrupted, each tracker is created once, and every outcome is known in the end.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { BUCKETS, cts, file, journalOf, KEYS, objectsOf, service, start, trackers } from './support.mjs';

const env = KEYS;
const COUNT = 20;
const lost = (when, nth) => `reset; when=${when}; operation=createTracker; nth=${nth}`;

/** The last record of each tracker. */
function lastRecords(path) {
  const [, ...records] = journalOf(`${path}.journal.ndjson`);
  return new Map(records.map((record) => [record.tracker, record]));
}

async function until(condition) {
  while (!condition()) await pause(5);
}

for (const concurrency of [1, 4]) {
  test(`killed again and again, with ${concurrency} in flight and lost requests and responses`, async () => {
    const faults = [lost('after', 3), lost('before', 5), lost('after', 9), lost('before', 14), lost('after', 15)];
    const there = await service({ buckets: BUCKETS, latencyMs: 30, visibilityDelayMs: 300, faults });
    const path = file(trackers(COUNT));
    const args = ['create', path, ...there.direct, '--concurrency', concurrency, '--json', '--timeout', 5];
    const { emulator } = there;
    // After so many more requests: creations, or lookups at the start and the end of a run.
    for (const [i, more] of [1, 2, 4, 1, 3, 5, 2, 4, 6, 2].entries()) {
      const before = emulator.state().requestCount;
      const run = start([...args, ...(i % 2 ? ['--retry-unknown'] : [])], { env });
      const ended = run.ended.then(() => true);
      let isOver = false;
      ended.then(() => {
        isOver = true;
      });
      await until(() => isOver || emulator.state().requestCount >= before + more);
      run.child.kill('SIGKILL');
      await ended;
    }
    let last = await cts([...args, '--retry-unknown'], { env });
    // A request of the last run may have been lost.
    for (let runs = 0; last.code !== 0 && runs < 5; runs += 1) last = await cts([...args, '--retry-unknown'], { env });
    assert.equal(last.code, 0, last.stdout);

    const names = trackers(COUNT).map(({ tracker_name: name }) => name);
    assert.deepEqual(there.creations(), { created: COUNT, names: [...names].sort() });
    // No request was sent again whose tracker exists.
    const refused = there.requests('createTracker').filter(({ errorCode }) => errorCode !== null);
    assert.deepEqual(refused, []);
    const ids = new Map(emulator.state().trackers.map(({ tracker_name: name, id }) => [name, id]));
    const records = lastRecords(path);
    for (const name of names) {
      const { event, outcome, id } = records.get(name);
      assert.deepEqual([name, event, outcome, id], [name, 'outcome', 'created', ids.get(name)]);
    }
    const after = objectsOf((await cts(args, { env })).stdout).at(-1);
    assert.deepEqual([after.skipped, after.created], [COUNT, 0]);
  });
}

test('Ctrl-C ends a lookup at once, and the next run finds the tracker', async () => {
  const there = await service({ buckets: BUCKETS, visibilityDelayMs: 6_000, faults: [lost('after', 1)] });
  const path = file(trackers(2));
  const args = ['create', path, ...there.direct, '--json', '--timeout', 600];
  const run = start(args, { env });
  await until(() => there.requests('listTrackers').length > 0);
  run.child.kill('SIGINT');
  const { code, stdout } = await run.ended;
  const summary = objectsOf(stdout).at(-1);
  assert.deepEqual([code, summary.interrupted, summary.unknown, summary.created], [130, true, 1, 1]);
  assert.equal(lastRecords(path).get('t0').outcome, 'unknown');

  // At the start of a run too.
  const lookups = there.requests('listTrackers').length;
  const again = start([...args, '--retry-unknown'], { env });
  await until(() => there.requests('listTrackers').length > lookups);
  again.child.kill('SIGINT');
  const ended = await again.ended;
  assert.deepEqual([ended.code, objectsOf(ended.stdout).at(-1).left], [130, 1]);

  const last = objectsOf((await cts(args, { env })).stdout).at(-1);
  assert.deepEqual([last.created, last.skipped, last.unknown], [1, 1, 0]);
  assert.equal(there.requests('createTracker').length, 2);
});
