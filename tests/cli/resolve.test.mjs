// cts-tracker create looks up the trackers whose outcome is unknown, of this run and of earlier ones.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import {
  BUCKETS,
  cts,
  file,
  journalOf,
  KEYS,
  linesOf,
  listen,
  objectsOf,
  PROJECT,
  service,
  start,
  tracker,
  trackers,
} from './support.mjs';

const env = KEYS;
/** How long a tracker is looked up that does not appear: the last lookup has a tenth of it. */
const SECONDS = 5;
const HEADER = { journal: 'cts-tracker create', version: 1 };

/** Runs `create` with `--json`, and returns what became of each tracker, in order. */
async function create(path, ...args) {
  const { code, stdout, stderr } = await cts(['create', path, ...args, '--json'], { env });
  const objects = objectsOf(stdout);
  const shown = objects.filter(({ type }) => type === 'tracker');
  const outcomes = shown.map(({ tracker_name: name, outcome, resolved }) =>
    [name, outcome, resolved && 'resolved'].filter(Boolean).join(' '),
  );
  return { code, outcomes, shown, summary: objects.at(-1), stderr };
}
const outcomesIn = (path) => journalOf(`${path}.journal.ndjson`).map(({ event, outcome }) => outcome ?? event);
const lost = (when, nth = 1) => `reset; when=${when}; operation=createTracker; nth=${nth}`;
const creationsSent = ({ requests }) => requests('createTracker').length;
/** Writes a journal with such records of the tracker t0. */
function journalWith(path, target, records) {
  const common = { project: PROJECT, tracker: 't0', sha256: '0', target };
  const dated = records.map(({ ago, ...record }) => ({
    ...common,
    ...record,
    at: new Date(Date.now() - ago).toISOString(),
  }));
  writeFileSync(`${path}.journal.ndjson`, [HEADER, ...dated].map((line) => `${JSON.stringify(line)}\n`).join(''));
}
/** A service with the tracker t0, which somebody created so long ago. */
async function withTracker({ ago, faults = [], body = tracker(0) }) {
  let past = ago;
  const there = await service({ buckets: BUCKETS, faults, now: () => Date.now() - past });
  assert.equal((await create(file([body]), ...there.direct)).summary.created, 1);
  past = 0;
  return there;
}

describe('at the end of a run', () => {
  test('a lost response: the tracker counts as created, and is skipped in the next run', async () => {
    const there = await service({ buckets: BUCKETS, faults: [lost('after', 2)] });
    const path = file(trackers(3));
    const { code, outcomes, shown, summary } = await create(path, ...there.direct);
    assert.deepEqual([code, outcomes], [0, ['t0 created', 't1 unknown', 't2 created', 't1 created resolved']]);
    assert.deepEqual([summary.created, summary.unknown, summary.left], [3, 0, 0]);
    const { id } = there.emulator.state().trackers.find(({ tracker_name: name }) => name === 't1');
    assert.equal(shown.at(-1).id, id);
    const { at, sha256, project, target, ...record } = journalOf(`${path}.journal.ndjson`).at(-1);
    assert.deepEqual(record, { event: 'outcome', tracker: 't1', outcome: 'created', resolved: true, id });
    assert.deepEqual((await create(path, ...there.direct)).outcomes, ['t0 skipped', 't1 skipped', 't2 skipped']);
    assert.deepEqual(there.creations(), { created: 3, names: ['t0', 't1', 't2'] });
  });

  test('the resolution is shown in words, in both languages', async () => {
    for (const [locale, word, summary] of [
      ['en', 'found by a lookup; the request created it', 'Found by lookups: 1 created, 0 existed before'],
      ['zh-CN', '查询到的追踪器由该请求创建', '查询结果：1个已创建，0个先前已有'],
    ]) {
      const { direct } = await service({ buckets: BUCKETS, faults: [lost('after')] });
      const args = ['create', file(trackers(1)), ...direct, '--locale', locale, '--quiet'];
      const { code, stdout, stderr } = await cts(args, { env });
      assert.equal(code, 0);
      const [unknown, created, ...more] = linesOf(stdout);
      assert.ok(/ t0 /.test(unknown) && created.endsWith(`  ${word}`) && more.length === 0, stdout);
      assert.ok(stderr.includes(summary), stderr);
    }
  });

  test('a lost request: not seen, and sent again only with --retry-unknown', async () => {
    const there = await service({ buckets: BUCKETS, faults: [lost('before')] });
    const path = file(trackers(1));
    const args = [...there.direct, '--timeout', SECONDS];
    const first = await create(path, ...args);
    assert.deepEqual([first.code, first.outcomes], [3, ['t0 unknown', 't0 not_seen resolved']]);
    const text = await cts(['create', path, ...args], { env });
    assert.equal(text.code, 3);
    assert.match(text.stdout, /:1 +not seen +t0 .*it may still appear/);
    assert.match(text.stderr, /, 1 not seen\n[^]*not seen may still appear.*--retry-unknown/);
    assert.equal(creationsSent(there), 1);
    const retried = await create(path, ...args, '--retry-unknown');
    assert.deepEqual([retried.code, retried.outcomes], [0, ['t0 not_seen resolved', 't0 created']]);
    assert.deepEqual([retried.summary.not_seen, retried.summary.created], [0, 1]);
    assert.deepEqual(outcomesIn(path).slice(1), [
      ...['intent', 'unknown', 'not_seen', 'not_seen', 'not_seen', 'intent', 'created'],
    ]);
  });

  test('a tracker that appears late is waited for', async () => {
    const there = await service({ buckets: BUCKETS, faults: [lost('after')], visibilityDelayMs: 1500 });
    const { code, outcomes } = await create(file(trackers(1)), ...there.direct);
    assert.deepEqual([code, outcomes], [0, ['t0 unknown', 't0 created resolved']]);
    assert.ok(there.requests('listTrackers').length > 1);
  });

  test('a tracker that existed before is not that of the request', async () => {
    const there = await withTracker({ ago: 60_000, faults: [lost('after', 2)] });
    const path = file(trackers(2));
    const { code, outcomes, summary } = await create(path, ...there.direct);
    assert.deepEqual([code, outcomes], [1, ['t0 unknown', 't1 created', 't0 existed_before resolved']]);
    assert.deepEqual([summary.existed_before, summary.exists, summary.created], [1, 0, 1]);
    // It may be gone by then, so the request is sent again.
    const next = await create(path, ...there.direct);
    assert.deepEqual([next.code, next.outcomes], [1, ['t0 exists', 't1 skipped']]);
  });

  test('a lookup that fails leaves the outcome unknown, with the reason, and the next run looks again', async () => {
    const fails = { kind: 'CTS.0013', operation: 'listTrackers', nth: 1 };
    const there = await service({ buckets: BUCKETS, faults: [lost('after'), fails] });
    const path = file(trackers(1));
    const { code, outcomes, shown, summary } = await create(path, ...there.direct);
    assert.deepEqual([code, outcomes, summary.unknown], [3, ['t0 unknown', 't0 unknown resolved'], 1]);
    assert.equal(shown[1].error_code, 'CTS.0013');
    assert.match(shown[1].message, /^the lookup failed: /);
    assert.equal(outcomesIn(path).at(-1), 'unknown');
    assert.deepEqual((await create(path, ...there.direct)).outcomes, ['t0 created resolved']);
  });

  test('no lookup follows keys that were refused', async () => {
    const methods = [];
    const url = await listen((request, response) => {
      methods.push(request.method);
      if (methods.length === 1) return request.socket.destroy();
      response.writeHead(401, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ error_code: 'APIGW.0301', error_msg: 'verify aksk signature fail' }));
    });
    const { code, summary } = await create(file(trackers(3)), '--base-url', url, '--project-id', PROJECT);
    assert.deepEqual([code, summary.unknown, summary.left, methods], [3, 1, 1, ['POST', 'POST']]);
  });

  test('a limited number of lookups is in flight', async () => {
    let now = 0;
    let max = 0;
    const url = await listen((request, response) => {
      if (request.method === 'POST') return request.socket.destroy();
      now += 1;
      max = Math.max(max, now);
      const name = new URL(request.url, 'http://x').searchParams.get('tracker_name');
      const found = { tracker_name: name, tracker_type: 'data', create_time: Date.now() };
      setTimeout(() => {
        now -= 1;
        response.setHeader('content-type', 'application/json').end(JSON.stringify({ trackers: [found] }));
      }, 200);
    });
    const args = ['--base-url', url, '--project-id', PROJECT, '--concurrency', 16];
    const { code, summary } = await create(file(trackers(16)), ...args);
    // The third failure in a row ends the run.
    assert.deepEqual([code, summary.created, summary.unknown], [3, 16, 0]);
    assert.ok(max > 1 && max <= 8, String(max));
  });
});

describe('at the start of the next run', () => {
  test('a request without an outcome is looked up, and not sent again', async () => {
    const there = await service({ buckets: BUCKETS, latencyMs: 300 });
    const path = file(trackers(2));
    const run = start(['create', path, ...there.direct], { env });
    while (there.creations().created < 1) await new Promise((done) => setTimeout(done, 5));
    run.child.kill('SIGKILL');
    await run.ended;
    assert.deepEqual(outcomesIn(path).slice(1), ['intent']);
    const { code, outcomes, summary } = await create(path, ...there.direct);
    assert.deepEqual([code, outcomes], [0, ['t0 created resolved', 't1 created']]);
    assert.deepEqual([summary.created, summary.skipped], [2, 0]);
    assert.equal(creationsSent(there), 2);
  });

  test('the time of the request is that of the first whose outcome is unknown', async () => {
    const there = await withTracker({ ago: 50_000 });
    const first = { event: 'intent', ago: 60_000 };
    const second = { event: 'intent', ago: 20_000 };
    const path = file(trackers(1));
    const resolved = async (...records) => {
      journalWith(path, there.endpoint, records);
      return (await create(path, ...there.direct)).outcomes;
    };
    const unknown = { event: 'outcome', outcome: 'unknown', ago: 59_000 };
    assert.deepEqual(await resolved(first, unknown, second), ['t0 created resolved']);
    assert.deepEqual(await resolved(first, second), ['t0 created resolved']);
    assert.deepEqual(await resolved(first, { ...unknown, outcome: 'not_seen' }, second), ['t0 created resolved']);
    // The first created nothing.
    assert.deepEqual(await resolved(first, { ...unknown, outcome: 'failed' }, second), ['t0 existed_before resolved']);
    assert.deepEqual(await resolved(second), ['t0 existed_before resolved']);
    // A person has removed the time.
    assert.deepEqual(await resolved({ ...first, project: 'x' }, { ...unknown }), ['t0 unknown']);
  });

  test('a tracker with other content differs in the named fields', async () => {
    const there = await service({ buckets: BUCKETS, faults: [lost('before')] });
    const path = file(trackers(1));
    const args = [...there.direct, '--timeout', SECONDS];
    assert.equal((await create(path, ...args)).summary.not_seen, 1);
    const other = { ...tracker(0), data_bucket: { data_bucket_name: 'tracked-9', data_event: ['READ'] } };
    const theirs = file([other]);
    assert.equal((await create(theirs, ...there.direct)).code, 0);

    const { code, outcomes, shown, summary } = await create(path, ...args, '--retry-unknown');
    assert.deepEqual([code, outcomes, summary.differs], [1, ['t0 differs resolved'], 1]);
    assert.deepEqual(shown[0].differences, [
      { path: ['data_bucket', 'data_bucket_name'], sent: 'tracked-0', found: 'tracked-9' },
      { path: ['data_bucket', 'data_event'], sent: ['READ', 'WRITE'], found: ['READ'] },
    ]);
    assert.deepEqual(journalOf(`${path}.journal.ndjson`).at(-1).differences, [
      'data_bucket.data_bucket_name',
      'data_bucket.data_event',
    ]);
    const { stdout, stderr } = await cts(['create', path, ...args], { env });
    assert.match(stdout, /:1 +differs +t0 .*data_bucket\.data_bucket_name: sent "tracked-0", found "tracked-9"/);
    assert.match(stderr, /1 different/);
    assert.equal(creationsSent(there), 2);

    // The person decides for the tracker that is there.
    writeFileSync(path, readFileSync(theirs));
    const after = await create(path, ...args);
    assert.deepEqual([after.code, after.outcomes], [0, ['t0 created resolved']]);
    assert.match(after.shown[0].message, /the request was changed after it was sent/);
  });

  test('a request that is sent again and conflicts is looked up again', async () => {
    const unreadable = { kind: 200, body: '{"odd":1}', operation: 'listTrackers', nth: 1 };
    const there = await service({ buckets: BUCKETS, faults: [unreadable] });
    const path = file(trackers(1));
    assert.equal((await create(file(trackers(1)), ...there.direct)).code, 0);
    journalWith(path, there.endpoint, [{ event: 'intent', ago: 60_000 }]);
    const { code, outcomes } = await create(path, ...there.direct, '--retry-unknown');
    assert.deepEqual([code, outcomes], [0, ['t0 unknown resolved', 't0 exists', 't0 created resolved']]);
    assert.equal(there.creations().created, 1);
  });

  test('a tracker that the service knows and does not list yet counts as that of the earlier request', async () => {
    const there = await service({ buckets: BUCKETS, faults: [lost('after')], visibilityDelayMs: 600_000 });
    const path = file(trackers(1));
    const args = [...there.direct, '--timeout', SECONDS];
    assert.deepEqual((await create(path, ...args)).outcomes, ['t0 unknown', 't0 not_seen resolved']);
    const { code, outcomes } = await create(path, ...args, '--retry-unknown');
    assert.deepEqual([code, outcomes], [0, ['t0 not_seen resolved', 't0 exists']]);
    assert.deepEqual((await create(path, ...args)).outcomes, ['t0 skipped']);
    assert.equal(there.creations().created, 1);
  });
});

describe('where the proxy refuses lookups', () => {
  test('everything stays unknown, and the way to allow lookups is said once', async () => {
    const there = await service({ buckets: BUCKETS, faults: [lost('after', 1), lost('after', 3)] });
    const through = await there.proxied();
    const path = file(trackers(4));
    const first = await cts(['create', path, ...through], { env });
    assert.equal(first.code, 3);
    assert.deepEqual(
      linesOf(first.stdout).map((line) => / (created|unknown) /.exec(line)[1]),
      ['unknown', 'created', 'unknown', 'created'],
    );
    assert.equal(first.stderr.match(/--allow-lookup \(allowLookup in code\)/g).length, 1);
    const second = await cts(['create', path, ...through, '--locale', 'zh-CN'], { env });
    assert.equal(second.code, 3);
    assert.equal(second.stderr.match(/代理不允许查询追踪器/g).length, 1);
    const third = await create(path, ...through);
    assert.deepEqual(third.outcomes, ['t0 unknown', 't1 skipped', 't2 unknown', 't3 skipped']);
    assert.deepEqual([third.summary.lookups_refused, third.summary.unknown], [true, 2]);
    assert.equal(creationsSent(there), 4);
    assert.deepEqual(there.requests('listTrackers'), []);
    // The same journal where lookups are allowed.
    const open = await create(path, ...(await there.proxied({ allowLookup: true })), '--any-target');
    assert.deepEqual([open.code, open.outcomes.slice(0, 2)], [0, ['t0 created resolved', 't2 created resolved']]);
    assert.deepEqual(there.creations(), { created: 4, names: ['t0', 't1', 't2', 't3'] });
  });

  test('nothing is said if nothing is unknown', async () => {
    const there = await service({ buckets: BUCKETS });
    const { stderr } = await cts(['create', file(trackers(1)), ...(await there.proxied())], { env });
    assert.doesNotMatch(stderr, /lookup/);
    const { summary } = await create(file([tracker(1)]), ...there.direct);
    assert.ok(!('lookups_refused' in summary));
    assert.deepEqual(there.requests('listTrackers'), []);
  });
});
