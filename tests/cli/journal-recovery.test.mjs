// What is left behind by killed processes, full disks and editors must not stop the next run, or lose a tracker.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { BUCKETS, CLI, cts, file, folder, KEYS, linesOf, objectsOf, service, trackers } from './support.mjs';

const env = KEYS;
const linux = process.platform === 'linux';
const HEADER = '{"journal":"cts-tracker create","version":1}\n';

/** Runs a script in new namespaces of the kernel. `create` in it runs the command; `start &` runs it with the number in `$!`. */
async function inNamespaces(namespaces, script, args) {
  // Another user than root becomes root in a namespace of its own.
  const unshare = [...(process.getuid() === 0 ? [] : ['-r']), ...namespaces];
  const functions = `create() { (exec "${process.execPath}" "${CLI}" create "$@"); }
start() { exec "${process.execPath}" "${CLI}" create "$@"; }\nset -- ${args.map((arg) => `'${arg}'`).join(' ')}\n`;
  const child = spawn('unshare', [...unshare, 'bash', '-c', functions + script], {
    cwd: folder,
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr']) child[name].setEncoding('utf8').on('data', (part) => (output[name] += part));
  const [code] = await once(child, 'close');
  return { code, ...output };
}

/** Starts `create`, and kills it when it has sent its first request. `$pid` is its number. */
const KILLED = `start "$@" --journal "$JOURNAL" >/dev/null 2>&1 & pid=$!
until grep -q intent "$JOURNAL" 2>/dev/null; do sleep 0.02; done
kill -9 $pid; wait $pid 2>/dev/null
[ -s "$JOURNAL.lock" ] || echo "no lock"
`;

describe('a lock that a killed process left', { skip: !linux }, () => {
  const prepare = async () => {
    const there = await service({ buckets: BUCKETS, latencyMs: 3_000 });
    const path = file(trackers(1));
    return { there, args: [path, ...(await there.proxied())], journal: `${path}.j` };
  };
  const take = 'create "$@" --journal "$JOURNAL" --json; echo "exit $?"';

  test('does not stop the next process with the same number', async () => {
    const { args, journal } = await prepare();
    const script = `JOURNAL=${journal}\n${KILLED}
echo $((pid - 1)) > /proc/sys/kernel/ns_last_pid
start "$@" --journal "$JOURNAL" --json & again=$!
wait $again; echo "exit $?"; [ $pid = $again ] && echo "the same number"`;
    const { stdout, stderr } = await inNamespaces(['-pf', '--mount-proc'], script, args);
    assert.match(stdout, /the same number/, stderr);
    // The outcome of the killed request is unknown.
    assert.match(stdout, /"outcome":"unknown"/);
    assert.match(stdout, /exit 3/);
    assert.doesNotMatch(stdout + stderr, /no lock|is using this journal/);
  });

  test('does not stop process 1 of the next container for longer than the lock says', async () => {
    const { args, journal } = await prepare();
    const container = ['-pf', '--mount-proc'];
    await inNamespaces(container, `JOURNAL=${journal}\n${KILLED}`, args);
    // The kernel may give the number of the first namespace to the second, which then knows that the process is gone.
    const lock = readFileSync(`${journal}.lock`, 'utf8');
    assert.match(lock, /pid:\[\d+\]/);
    writeFileSync(`${journal}.lock`, lock.replace(/pid:\[\d+\]/, 'pid:[1]'));
    const script = `JOURNAL=${journal}\nexec "${process.execPath}" "${CLI}" create "$@" --journal "$JOURNAL"`;
    const early = await inNamespaces(container, script, args);
    assert.equal(early.code, 2);
    assert.match(early.stderr, /wait 30 s and try again; the lock is .*\.lock/);
    const late = await inNamespaces(container, `touch -d '-40 seconds' "${journal}.lock"\n${script}`, args);
    assert.equal(late.code, 3, late.stderr);
    assert.match(late.stdout, / unknown +t0 /);
  });

  test('does not stop a process after the name of the host has changed', async () => {
    const { args, journal } = await prepare();
    const script = `JOURNAL=${journal}\nhostname before\n${KILLED}\nhostname after\n${take}`;
    const { stdout, stderr } = await inNamespaces(['-u'], script, args);
    assert.match(stdout, /"outcome":"unknown"[^]*exit 3/, stderr);
  });

  test('does not stop a process if it is empty', async () => {
    const { there, args, journal } = await prepare();
    writeFileSync(`${journal}.lock`, '');
    const { code } = await cts(['create', ...args, '--journal', journal], { env });
    assert.deepEqual([code, there.creations().created], [0, 1]);
    assert.ok(!existsSync(`${journal}.lock`));
  });
});

describe('a full disk', { skip: !linux }, () => {
  const PAGE = 4096;

  test('when the outcome of a created tracker is recorded: its id is shown, and the next run knows of it', async () => {
    const { direct, creations } = await service({ buckets: BUCKETS });
    const path = file(trackers(3));
    const disk = join(folder, 'small-disk');
    mkdirSync(disk);
    // The intent fits into the first page of the journal, and the outcome does not.
    const given = file(`${HEADER}${'\n'.repeat(PAGE - 330 - HEADER.length)}`, 'journal');
    const script = `set -e
mount -t tmpfs -o size=${3 * PAGE},mode=700 tmpfs "${disk}"
cp "${given}" "${disk}/j"
head -c ${PAGE} /dev/zero > "${disk}/filler"
set +e
create "$@"; echo "exit $?"
echo ----; cat "${disk}/j"; echo ----
rm "${disk}/filler"
create "$@"; echo "exit $?"`;
    const args = [path, ...direct, '--journal', join(disk, 'j')];
    const { stdout, stderr } = await inNamespaces(['-m'], script, args);
    const [first, journal, later] = stdout.split('----\n');
    assert.match(first, /:1 +created +t0 +[0-9a-f-]{36}  created, but not recorded in the journal\nexit 2\n/, stderr);
    assert.match(stderr, /2 not sent, because .*Cannot write the journal .*ENOSPC.*Nothing more is sent/);
    assert.match(stderr, /^1 created, 0 skipped/m);
    assert.deepEqual(
      linesOf(journal).map((line) => JSON.parse(line).event),
      [undefined, 'intent'],
      'no incomplete line',
    );
    assert.match(later, /:1 +created +t0 +[0-9a-f-]{36}  found by a lookup; the request created it[^]*exit 0/);
    assert.equal(creations().created, 3);
  });

  test('before anything is sent: nothing is left in the way', async () => {
    const { direct, creations } = await service({ buckets: BUCKETS });
    const disk = join(folder, 'full-disk');
    mkdirSync(disk);
    const script = `mount -t tmpfs -o size=${3 * PAGE},mode=700 tmpfs "${disk}"
head -c ${3 * PAGE} /dev/zero > "${disk}/filler"
create "$@"; echo "exit $?"
rm "${disk}/filler"
create "$@"; echo "exit $?"`;
    const { stdout, stderr } = await inNamespaces(['-m'], script, [
      file(trackers(1)),
      ...direct,
      '--journal',
      join(disk, 'j'),
    ]);
    assert.match(stderr, /Cannot write the journal .*ENOSPC.*Nothing is sent without a journal/);
    assert.match(stdout, /^exit 2\n[^]*created +t0[^]*exit 0\n$/);
    assert.equal(creations().created, 1);
  });
});

test('a journal that a person has edited is read: byte order marks, blank lines, CRLF, no newline at the end', async () => {
  const { direct, creations } = await service({ buckets: BUCKETS });
  const path = file(trackers(2));
  const journal = `${path}.journal.ndjson`;
  assert.equal((await cts(['create', path, ...direct], { env })).code, 0);
  const lines = linesOf(readFileSync(journal, 'utf8'));
  const other = file(trackers(3));
  for (const text of [
    `\ufeff${lines.join('\r\n')}\r\n`,
    `\r\n\ufeff${lines.join('\n\n \t\n')}`,
    `${lines.join('\n')}\n\ufeff${lines.join('\r\n')}`,
  ]) {
    writeFileSync(journal, text);
    const { code, stdout, stderr } = await cts(['create', path, ...direct, '--json'], { env });
    assert.deepEqual([code, objectsOf(stdout).at(-1).skipped], [0, 2], stderr);
    const next = `${other}.${text.length}`;
    writeFileSync(next, readFileSync(journal));
    // What is added is on its own line.
    const more = await cts(['create', other, ...direct, '--journal', next, '--json'], { env });
    assert.equal(objectsOf(more.stdout).at(-1).skipped, 2);
    const record = JSON.parse(linesOf(readFileSync(next, 'utf8')).at(-1));
    assert.deepEqual([record.event, record.tracker], ['outcome', 't2']);
  }
  assert.equal(creations().created, 3);
  writeFileSync(journal, `${lines[0]}\n\nnot JSON\n`);
  assert.match((await cts(['create', path, ...direct], { env })).stderr, /Cannot read line 3 of the journal/);
});
