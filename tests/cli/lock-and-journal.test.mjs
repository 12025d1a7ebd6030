// The journal and the lock file of `create`: other files in their place, and locks of other processes.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  symlinkSync,
  truncateSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { describe, test } from 'node:test';
import { internal } from '../support/internal.mjs';
import { BUCKETS, cts, file, KEYS, service, start, trackers } from './support.mjs';

const { lockFile } = await internal('cli/lock-file.ts');
const env = KEYS;
const linux = process.platform === 'linux';
const systemId = () =>
  `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()} ${readlinkSync('/proc/self/ns/pid')}`;

const KINDS = {
  'a symbolic link': (path) => {
    const target = file('important\n', 'other.txt');
    symlinkSync(target, path);
    return () => assert.equal(readFileSync(target, 'utf8'), 'important\n');
  },
  'a named pipe': (path) => {
    execFileSync('mkfifo', [path]);
  },
  'a directory': (path) => {
    mkdirSync(path);
  },
};

describe('only regular files', { skip: process.platform === 'win32' }, () => {
  for (const [kind, make] of Object.entries(KINDS)) {
    for (const suffix of ['', '.lock']) {
      test(`${kind} as ${suffix ? 'lock' : 'journal'}`, async () => {
        const { direct, creations } = await service({ buckets: BUCKETS });
        const path = file(trackers(1));
        const journal = `${path}.journal.ndjson`;
        const check = make(`${journal}${suffix}`);
        const { code, stderr } = await start(['create', path, ...direct], { env, timeout: 10_000 }).ended;
        assert.equal(code, 2);
        assert.ok(stderr.includes(`${journal}${suffix} is ${kind}, not a regular file.`), stderr);
        assert.equal(creations().created, 0);
        check?.();
        if (!suffix) assert.ok(!existsSync(`${journal}.lock`));
      });
    }
  }

  test('a link to an empty file, which would become a journal', async () => {
    const { direct } = await service({ buckets: BUCKETS });
    const path = file(trackers(1));
    const target = file('', 'empty.txt');
    symlinkSync(target, `${path}.journal.ndjson`);
    assert.equal((await cts(['create', path, ...direct], { env })).code, 2);
    assert.equal(readFileSync(target, 'utf8'), '');
  });

  test('a device as journal is not read', async () => {
    const { direct } = await service({ buckets: BUCKETS });
    // The lock of this name is in the folder of the test.
    const link = file('', 'zero');
    unlinkSync(link);
    symlinkSync('/dev/zero', link);
    const run = start(['create', file(trackers(1)), ...direct, '--journal', link], { env, timeout: 10_000 });
    const { code, stderr } = await run.ended;
    assert.deepEqual([code, /is a symbolic link/.test(stderr)], [2, true]);
  });
});

test('an endless line of the journal and a large lock are not read into memory', { skip: !linux }, async () => {
  const { direct } = await service({ buckets: BUCKETS });
  for (const start of ['', '{"journal":"cts-tracker create","version":1}\n']) {
    const path = file(trackers(1));
    const journal = `${path}.journal.ndjson`;
    writeFileSync(journal, start);
    truncateSync(journal, 2 ** 33);
    const { code, stderr } = await cts(['create', path, ...direct], { env });
    assert.equal(code, 2);
    assert.match(stderr, start ? /Cannot read line 2 of the journal/ : /is not a journal of cts-tracker create/);
  }
  const path = file(trackers(1));
  const lock = `${path}.journal.ndjson.lock`;
  writeFileSync(lock, '');
  truncateSync(lock, 2 ** 33);
  assert.equal((await cts(['create', path, ...direct], { env })).code, 0);
});

test('a long journal is read in pieces', async () => {
  const { direct } = await service({ buckets: BUCKETS });
  const path = file(trackers(2));
  const journal = `${path}.journal.ndjson`;
  assert.equal((await cts(['create', path, ...direct], { env })).code, 0);
  const record = { event: 'outcome', project: 'p', outcome: 'created', target: 'é' };
  for (let i = 0; i < 3000; i += 1) appendFileSync(journal, `${JSON.stringify({ ...record, tracker: `x${i}` })}\n`);
  appendFileSync(journal, '{"event":"int');
  const { code, stderr } = await cts(['create', path, ...direct], { env });
  assert.equal(code, 0, stderr);
  assert.match(stderr, /^0 created, 2 skipped/);
  assert.doesNotMatch(readFileSync(journal, 'utf8'), /int$/);
});

describe('the lock', () => {
  const t = (key, params) => `${key} ${JSON.stringify(params)}`;
  const lockPath = (holder) => file(typeof holder === 'string' ? holder : JSON.stringify(holder), 'journal.lock');
  const take = (path) => {
    const lock = lockFile(path, t);
    lock.confirm();
    lock.release();
    assert.ok(!existsSync(path));
  };
  const refuse = (path) => assert.throws(() => lockFile(path, t), /journal\.locked/);
  const age = (path, seconds) => utimesSync(path, Date.now() / 1000 - seconds, Date.now() / 1000 - seconds);

  test('keeps out a second process, and this one twice', () => {
    const path = lockPath({});
    const lock = lockFile(path, t);
    refuse(path);
    lock.release();
    take(path);
  });

  test('of a process that has ended is taken over', { skip: !linux }, async () => {
    const gone = spawn(process.execPath, ['-e', '']);
    await once(gone, 'close');
    take(lockPath({ pid: gone.pid, host: hostname(), system: systemId(), startedAt: '1' }));
  });

  test('of a process whose number was reused is taken over', { skip: !linux }, () => {
    take(lockPath({ pid: process.pid, host: hostname(), system: systemId(), startedAt: '1' }));
  });

  test('that is empty or damaged is taken over', () => {
    for (const text of ['', '{"pid":', 'null', '"x"', '[]', '{"pid":"1"}']) take(lockPath(text));
  });

  test('of another machine or container is kept while it is refreshed, under any name of the host', () => {
    for (const host of ['other', hostname()]) {
      const path = lockPath({ pid: process.pid, host, system: 'other', startedAt: '1' });
      refuse(path);
      age(path, 20);
      refuse(path);
      age(path, 40);
      take(path);
    }
  });

  test('is confirmed before each request', () => {
    const path = lockPath('');
    const lock = lockFile(path, t);
    lock.confirm();
    unlinkSync(path);
    const other = lockFile(path, t);
    assert.throws(() => lock.confirm(), /journal\.lost/);
    lock.release();
    other.confirm();
    other.release();
  });

  test('the error names the holder and a way to continue', async () => {
    const { direct } = await service({ buckets: BUCKETS });
    const path = file(trackers(1));
    writeFileSync(`${path}.journal.ndjson.lock`, JSON.stringify({ pid: 4711, host: 'there', system: 'other' }));
    const { code, stderr } = await cts(['create', path, ...direct], { env });
    assert.equal(code, 2);
    assert.match(stderr, /process 4711 on there\)\. If that process has ended, wait 30 s and try again/);
  });
});
