// cts-tracker create must never create a tracker twice, whatever happens to the process.
import assert from 'node:assert/strict';
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import {
  BUCKETS,
  closedUrl,
  cts,
  file,
  journalOf,
  KEYS,
  objectsOf,
  PROJECT,
  service,
  start,
  tracker,
  trackers,
} from './support.mjs';

const outcomes = (stdout) =>
  objectsOf(stdout)
    .filter(({ type }) => type === 'tracker')
    .map(({ tracker_name: name, outcome }) => `${name} ${outcome}`);
const summaryOf = (stdout) => objectsOf(stdout).at(-1);
const names = (count) => Array.from({ length: count }, (_, i) => `t${i}`).sort();
const env = KEYS;

describe('create', () => {
  test('creates each tracker once, and skips it in the next run', async () => {
    const { direct, creations } = await service({ buckets: BUCKETS });
    const path = file(trackers(3));
    const first = await cts(['create', path, ...direct], { env });
    assert.deepEqual(
      [first.code, first.stderr.split('\n')[0]],
      [0, '3 created, 0 skipped (created earlier), 0 already existed, 0 failed, 0 unknown'],
    );
    assert.match(first.stdout, /:1 +created +t0 +[0-9a-f-]{36}\n/);
    const second = await cts(['create', path, ...direct, '--json'], { env });
    assert.equal(second.code, 0);
    assert.deepEqual(outcomes(second.stdout), ['t0 skipped', 't1 skipped', 't2 skipped']);
    assert.deepEqual(creations(), { created: 3, names: names(3) });

    const journal = journalOf(`${path}.journal.ndjson`);
    assert.deepEqual(
      journal.map(({ event, outcome }) => outcome ?? event),
      [undefined, 'intent', 'created', 'intent', 'created', 'intent', 'created'],
    );
    assert.ok(!existsSync(`${path}.journal.ndjson.lock`));
  });

  test('creates each tracker once although it is killed several times', async () => {
    const there = await service({ buckets: BUCKETS, latencyMs: 40 });
    const { creations } = there;
    const direct = await there.proxied();
    const path = file(trackers(24));
    let unknown = new Set();
    for (const after of [2, 5, 9, 14]) {
      const run = start(['create', path, ...direct, '--json'], { env });
      for (;;) {
        if (creations().created >= after) break;
        await new Promise((done) => {
          setTimeout(done, 5);
        });
      }
      run.child.kill('SIGKILL');
      const { signal, stdout } = await run.ended;
      assert.equal(signal, 'SIGKILL');
      unknown = new Set([...unknown, ...outcomes(stdout).filter((text) => text.endsWith('unknown'))]);
    }
    const before = there.requests('createTracker').length;
    const last = await cts(['create', path, ...direct, '--json'], { env });
    const results = outcomes(last.stdout);
    const unresolved = results.filter((text) => text.endsWith('unknown'));
    assert.equal(last.code, unresolved.length > 0 ? 3 : 0);
    assert.equal(results.length, 24);
    // Requests with an unknown outcome were not sent again.
    assert.equal(
      there.requests('createTracker').length - before,
      results.filter((text) => text.endsWith('created')).length,
    );
    const retried = await cts(['create', path, ...direct, '--json', '--retry-unknown'], { env });
    assert.equal(retried.code, 0);
    assert.ok(
      outcomes(retried.stdout).every((text) => /(skipped|exists|created)$/.test(text)),
      retried.stdout,
    );
    assert.deepEqual(creations(), { created: 24, names: names(24) });
    assert.ok(unresolved.length <= 4);
  });

  test('creates each tracker once although it is killed with several requests in flight', async () => {
    const there = await service({ buckets: BUCKETS, latencyMs: 60 });
    const { creations } = there;
    const direct = await there.proxied();
    const path = file(trackers(20));
    const run = start(['create', path, ...direct, '--concurrency', 5], { env });
    while (creations().created < 8)
      await new Promise((done) => {
        setTimeout(done, 5);
      });
    run.child.kill('SIGKILL');
    await run.ended;
    const next = await cts(['create', path, ...direct, '--json', '--concurrency', 5], { env });
    const unresolved = outcomes(next.stdout).filter((text) => text.endsWith('unknown'));
    assert.ok(unresolved.length >= 1 && unresolved.length <= 5, next.stdout);
    assert.equal((await cts(['create', path, ...direct, '--retry-unknown'], { env })).code, 0);
    assert.deepEqual(creations(), { created: 20, names: names(20) });
  });

  test('completes the request in flight on Ctrl-C, and the next run continues', async () => {
    const { direct, creations } = await service({ buckets: BUCKETS, latencyMs: 100 });
    const path = file(trackers(12));
    const run = start(['create', path, ...direct], { env });
    await run.until(/t2 /);
    run.child.kill('SIGINT');
    const { code, stderr } = await run.ended;
    assert.equal(code, 130);
    assert.match(stderr, /not sent: interrupted/);
    const journal = journalOf(`${path}.journal.ndjson`);
    const made = journal.filter(({ outcome }) => outcome === 'created').length;
    assert.equal(journal.filter(({ event }) => event === 'intent').length, made);
    assert.equal(creations().created, made);
    assert.ok(made >= 3 && made < 12);
    const next = await cts(['create', path, ...direct, '--json'], { env });
    assert.deepEqual([next.code, summaryOf(next.stdout).skipped, summaryOf(next.stdout).created], [0, made, 12 - made]);
    assert.deepEqual(creations(), { created: 12, names: names(12) });
  });

  test('sends a request again after a lost response only with --retry-unknown', async () => {
    const there = await service({ buckets: BUCKETS, faults: ['reset; when=after; nth=2'] });
    const { creations, emulator } = there;
    const direct = await there.proxied();
    const path = file(trackers(3));
    const first = await cts(['create', path, ...direct, '--json'], { env });
    assert.deepEqual([first.code, outcomes(first.stdout)], [3, ['t0 created', 't1 unknown', 't2 created']]);
    const count = emulator.state().requestCount;
    const second = await cts(['create', path, ...direct], { env });
    assert.equal(second.code, 3);
    assert.match(second.stdout, /:2 +unknown +t1 .*not sent again/);
    assert.match(second.stderr, /--retry-unknown/);
    assert.equal(emulator.state().requestCount, count);
    const third = await cts(['create', path, ...direct, '--json', '--retry-unknown'], { env });
    assert.deepEqual([third.code, outcomes(third.stdout)], [0, ['t0 skipped', 't1 exists', 't2 skipped']]);
    const fourth = await cts(['create', path, ...direct, '--json'], { env });
    assert.deepEqual([fourth.code, summaryOf(fourth.stdout).skipped], [0, 3]);
    assert.deepEqual(creations(), { created: 3, names: names(3) });
  });

  test('creates the tracker of a lost request with --retry-unknown', async () => {
    const { direct, creations } = await service({ buckets: BUCKETS, faults: ['reset; when=before; nth=1'] });
    const path = file(trackers(1));
    assert.equal((await cts(['create', path, ...direct, '--timeout', 5], { env })).code, 3);
    assert.equal(creations().created, 0);
    assert.equal((await cts(['create', path, ...direct, '--timeout', 5, '--retry-unknown'], { env })).code, 0);
    assert.deepEqual(creations(), { created: 1, names: names(1) });
  });

  test('sends refused requests again in the next run', async () => {
    const { direct, creations } = await service({ buckets: BUCKETS, faults: ['CTS.0211; nth=2'] });
    const path = file(trackers(3));
    const first = await cts(['create', path, ...direct, '--json'], { env });
    assert.deepEqual([first.code, outcomes(first.stdout)], [3, ['t0 created', 't1 failed', 't2 created']]);
    const second = await cts(['create', path, ...direct, '--json'], { env });
    assert.deepEqual([second.code, outcomes(second.stdout)], [0, ['t0 skipped', 't1 created', 't2 skipped']]);
    assert.equal(creations().created, 3);
  });

  test('reports a tracker that someone else created apart from failures, in each run', async () => {
    const { direct, creations } = await service({ buckets: BUCKETS });
    await cts(['create', file(trackers(1)), ...direct], { env });
    const path = file(trackers(2));
    for (const others of ['t1 created', 't1 skipped']) {
      const { code, stdout } = await cts(['create', path, ...direct, '--json'], { env });
      assert.deepEqual([code, outcomes(stdout)], [1, ['t0 exists', others]]);
      const [first, , summary] = objectsOf(stdout);
      assert.deepEqual([first.error_code, summary.exists, summary.failed], ['CTS.0208', 1, 0]);
      assert.ok(first.error_msg, stdout);
    }
    const { stdout, stderr } = await cts(['create', path, ...direct], { env });
    assert.match(stdout, /:1 +exists +t0 +CTS\.0208  a tracker of this name exists already; nothing was changed/);
    assert.match(stderr, /^0 created, 1 skipped .*, 1 already existed, 0 failed/);
    assert.equal(creations().created, 2);
  });

  test('stops at once when the keys are refused or have no permission', async () => {
    const wrong = await service({ buckets: BUCKETS });
    const path = file(trackers(5));
    const keys = { ...env, HUAWEICLOUD_SDK_SK: 'canary-of-a-wrong-secret' };
    const { code, stdout, stderr } = await cts(['create', path, ...wrong.direct, '--json'], { env: keys });
    assert.deepEqual([code, outcomes(stdout), summaryOf(stdout).left], [3, ['t0 failed'], 4]);
    assert.equal(wrong.emulator.state().requestCount, 1);
    assert.doesNotMatch(stdout + stderr, /canary-of/);

    const denied = await service({ buckets: BUCKETS, faults: [{ kind: 403, times: Infinity }] });
    const other = await cts(['create', file(trackers(5)), ...denied.direct], { env });
    assert.equal(other.code, 3);
    assert.match(other.stderr, /4 not sent, because they would fail for the same reason/);
    assert.equal(denied.emulator.state().requestCount, 1);
  });

  test('has no unknown outcome without a network', async () => {
    const path = file(trackers(5));
    const { code, stdout } = await cts([
      'create',
      path,
      '--base-url',
      await closedUrl(),
      '--project-id',
      PROJECT,
      '--json',
    ]);
    assert.deepEqual([code, outcomes(stdout), summaryOf(stdout).left], [3, ['t0 failed'], 4]);
  });

  test('stops after three errors in a row that are not about the tracker', async () => {
    const faults = [{ kind: 500, times: Infinity, operation: 'createTracker' }];
    const { direct, requests } = await service({ buckets: BUCKETS, faults });
    const path = file(trackers(10));
    const { code, stdout } = await cts(['create', path, ...direct, '--json', '--timeout', 5], { env });
    assert.deepEqual([code, summaryOf(stdout).not_seen, summaryOf(stdout).left], [3, 3, 7]);
    assert.equal(requests('createTracker').length, 3);
  });
});

describe('nothing is sent', () => {
  test('when any request is invalid', async () => {
    const { direct, emulator } = await service({ buckets: BUCKETS });
    const path = file([...trackers(2), { tracker_type: 'data' }]);
    const { code, stdout, stderr } = await cts(['create', path, ...direct], { env });
    assert.equal(code, 1);
    assert.match(stdout, /:3 +error +tracker_name +required/);
    assert.match(stderr, /Nothing was sent/);
    assert.equal(emulator.state().requestCount, 0);
    assert.ok(!existsSync(`${path}.journal.ndjson`));
  });

  test('when a tracker is in the file twice', async () => {
    const { direct, emulator } = await service({ buckets: BUCKETS });
    const { code, stdout } = await cts(['create', file([...trackers(2), tracker(0)]), ...direct], { env });
    assert.equal(code, 1);
    assert.match(stdout, /:3 +error +tracker_name +repeated .*:1/);
    assert.equal(emulator.state().requestCount, 0);
  });

  test('when the journal cannot be written, is damaged, or is another file', async () => {
    const { direct, emulator } = await service({ buckets: BUCKETS });
    const path = file(trackers(2));
    const attempt = async (journal) => {
      const { code, stderr } = await cts(['create', path, ...direct, '--journal', journal], { env });
      assert.equal(code, 2);
      return stderr;
    };
    assert.match(await attempt(`${path}/journal`), /Cannot write the journal/);
    assert.match(await attempt(file('my notes\n', 'notes.txt')), /not a journal/);
    const unfinished = file('my notes', 'notes.txt');
    assert.match(await attempt(unfinished), /not a journal/);
    assert.equal(readFileSync(unfinished, 'utf8'), 'my notes');
    assert.match(await attempt(path), /not a journal/);
    assert.match(
      await attempt(file('{"journal":"cts-tracker create","version":1}\n{"event":"int\n{}\n', 'damaged')),
      /Cannot read line 2 /,
    );
    assert.equal(emulator.state().requestCount, 0);
  });

  test('when the journal belongs to another service', async () => {
    const here = await service({ buckets: BUCKETS });
    const there = await service({ buckets: BUCKETS });
    const path = file(trackers(2));
    assert.equal((await cts(['create', path, ...here.direct], { env })).code, 0);
    const { code, stderr } = await cts(['create', path, ...there.direct], { env });
    assert.equal(code, 2);
    assert.ok(stderr.includes(here.endpoint) && stderr.includes(there.endpoint), stderr);
    assert.equal(there.emulator.state().requestCount, 0);
    const same = await cts(['create', path, ...there.direct, '--any-target', '--json'], { env });
    assert.deepEqual([same.code, summaryOf(same.stdout).skipped], [0, 2]);
    assert.equal(there.emulator.state().requestCount, 0);
  });

  test('when another create uses the journal', async () => {
    const { direct, creations } = await service({ buckets: BUCKETS, latencyMs: 100 });
    const path = file(trackers(8));
    const first = start(['create', path, ...direct], { env });
    await first.until(/t0 /);
    // Stopped, so that it does not end before the second starts.
    first.child.kill('SIGSTOP');
    const second = await cts(['create', path, ...direct], { env });
    first.child.kill('SIGCONT');
    assert.equal(second.code, 2);
    assert.match(second.stderr, /Another create command is using this journal/);
    assert.equal((await first.ended).code, 0);
    assert.equal(creations().created, 8);
  });
});

describe('the journal', () => {
  test('removes an incomplete last line', async () => {
    const { direct, creations } = await service({ buckets: BUCKETS });
    const path = file(trackers(2));
    const journal = `${path}.journal.ndjson`;
    writeFileSync(journal, '{"journal":"cts-tr');
    assert.equal((await cts(['create', file(trackers(1)), ...direct, '--journal', journal], { env })).code, 0);
    appendFileSync(journal, '{"event":"intent","project":"');
    const { code, stdout } = await cts(['create', path, ...direct, '--json'], { env });
    assert.deepEqual([code, outcomes(stdout)], [0, ['t0 skipped', 't1 created']]);
    assert.equal(journalOf(journal).length, 5);
    assert.equal(creations().created, 2);
  });

  test('reports a request that was changed after its tracker was created', async () => {
    const { direct } = await service({ buckets: BUCKETS });
    const path = file(trackers(1));
    await cts(['create', path, ...direct], { env });
    writeFileSync(path, `${JSON.stringify({ ...tracker(0), is_lts_enabled: true })}\n`);
    const { code, stdout } = await cts(['create', path, ...direct, '--json'], { env });
    assert.deepEqual([code, objectsOf(stdout)[0].changed], [0, true]);
  });

  test('contains no keys, and only the name from a request', async () => {
    const { direct } = await service({ buckets: BUCKETS });
    const path = file(trackers(1));
    await cts(['create', path, ...direct], { env });
    const text = readFileSync(`${path}.journal.ndjson`, 'utf8');
    for (const value of [...Object.values(KEYS), 'tracked-0', 'READ']) assert.ok(!text.includes(value), value);
  });
});

describe('with --emulator', () => {
  test('is a dry run without a journal', async () => {
    const path = file([{ tracker_type: 'system' }]);
    for (let i = 0; i < 2; i += 1) {
      const { code, stdout } = await cts(['create', path, '--emulator', '--json']);
      assert.deepEqual([code, outcomes(stdout)], [0, ['system created']]);
    }
    assert.ok(!existsSync(`${path}.journal.ndjson`));
    const piped = await cts(['create', '-', '--emulator', '--json'], { input: 'tracker_type: system\n' });
    assert.deepEqual([piped.code, outcomes(piped.stdout)], [0, ['system created']]);
  });

  test('has the buckets and keys of the file, except the buckets that the file creates', async () => {
    const system = {
      tracker_type: 'system',
      is_support_trace_files_encryption: true,
      kms_id: 'aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee',
      obs_info: { bucket_name: 'bucket-of-the-file', is_obs_created: true },
    };
    const into = { ...tracker(1), obs_info: { bucket_name: 'another-of-mine', is_obs_created: false } };
    const same = { ...tracker(2), obs_info: { bucket_name: 'bucket-of-the-file', is_obs_created: false } };
    const { code, stdout } = await cts(['create', file([tracker(0), into, system, same]), '--emulator', '--json']);
    assert.deepEqual([code, outcomes(stdout)], [0, ['t0 created', 't1 created', 'system created', 't2 created']]);
  });

  test('finds requests of a file that conflict with each other', async () => {
    const made = (i) => ({ ...tracker(i), obs_info: { bucket_name: 'made-by-the-first', is_obs_created: true } });
    const tracked = { ...tracker(2), data_bucket: tracker(0).data_bucket };
    const { code, stdout } = await cts(['create', file([made(0), made(1), tracked]), '--emulator', '--json']);
    assert.deepEqual(
      [
        code,
        objectsOf(stdout)
          .slice(0, -1)
          .map(({ error_code: error }) => error),
      ],
      [3, [undefined, 'CTS.0215', 'CTS.0209']],
    );
  });

  test('shows no created trackers with --quiet', async () => {
    const { stdout } = await cts(['create', file([{ tracker_type: 'system' }]), '--emulator', '--quiet']);
    assert.equal(stdout, '');
  });
});
