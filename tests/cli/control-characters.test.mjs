// Text from files, arguments and responses must not control the terminal, and inherited properties must not be options.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import {
  BUCKETS,
  cts,
  DOMAIN,
  file,
  KEYS,
  listen,
  objectsOf,
  PROJECT,
  service,
  start,
  stop,
  trackers,
} from './support.mjs';

const CODES = [...Array(0x20).keys(), 0x7f, 0x80, 0x9b, 0x9f, 0x61c, 0x200e, 0x200f, 0x2028, 0x2029].filter(
  (code) => code !== 0x0a,
);
for (let code = 0x202a; code <= 0x202e; code += 1) CODES.push(code);
for (let code = 0x2066; code <= 0x2069; code += 1) CODES.push(code);
const EVIL = String.fromCodePoint(...CODES);
/** Without U+0000, which file names and arguments cannot contain. */
const NAME = EVIL.slice(1);
const UNSAFE = new RegExp(`[${CODES.map((code) => `\\u${code.toString(16).padStart(4, '0')}`).join('')}]`);
const env = KEYS;

function assertSafe({ stdout, stderr }, what) {
  assert.doesNotMatch(stdout, UNSAFE, `${what}: standard output`);
  assert.doesNotMatch(stderr, UNSAFE, `${what}: standard error`);
}

describe('control characters', () => {
  test('of a file, its name and the arguments', async () => {
    const path = file(JSON.stringify([{ tracker_type: EVIL, [EVIL]: 1 }]), `${NAME}.json`);
    const lines = file([{ tracker_type: EVIL, [EVIL]: 1 }], `${NAME}.ndjson`);
    const yaml = file(`${JSON.stringify(EVIL)}: 1\n? [${NAME}`, 'a.yaml');
    for (const args of [
      ['validate', path, '--warnings'],
      ['validate', lines, '--warnings', path],
      ['validate', yaml],
      ['validate', NAME],
      ['validate', NAME, path],
      ['validate', path, '--input', NAME],
      ['validate', path, `--${NAME}`],
      [NAME],
      ['help', NAME],
      ['create', path, '--emulator', '--project-id', NAME],
      ['create', path, '--base-url', `http://${NAME}`],
      ['create', path, '--region', NAME],
      ['check', path, '--emulator'],
      ['list', '--endpoint', NAME, '--project-id', PROJECT],
      ['list', '--type', NAME],
      ['proxy', '--endpoint', NAME],
      ['proxy', '--region', 'cn-north-1', '--host', NAME],
      ['emulator', '--fault', NAME],
      ['doctor', '--offline', '--region', NAME],
      ['doctor', '--offline', '--base-url', NAME],
    ]) {
      for (const json of [[], ['--json']]) {
        const result = await cts([...args, ...json], { env });
        assertSafe(result, JSON.stringify([...args, ...json]));
        if (json.length > 0 && args[0] !== 'help') objectsOf(result.stdout);
      }
    }
  });

  test('are escapes in --json, which parse to the same text', async () => {
    const path = file([{ tracker_type: 'system', [EVIL]: 1 }], `${NAME}.ndjson`);
    const { stdout } = await cts(['validate', path, '--warnings', '--json']);
    assert.doesNotMatch(stdout, UNSAFE);
    const [bad] = objectsOf(stdout);
    assert.deepEqual([bad.file, bad.warnings[0].path], [path, [EVIL]]);
  });

  test('of the service, and of the journal', async () => {
    const url = await listen((_, response) => {
      response.writeHead(400, { 'content-type': 'application/json', 'x-request-id': 'abc' });
      response.end(JSON.stringify({ error_code: `CTS.${EVIL}`, error_msg: EVIL }));
    });
    const options = ['--base-url', url, '--project-id', PROJECT, '--domain-id', DOMAIN];
    const path = file(trackers(1), `${NAME}.ndjson`);
    const buckets = file([{ bucket_name: 'bucket', bucket_location: 'cn-north-1' }], `${NAME}.ndjson`);
    for (const args of [
      ['create', path, ...options],
      ['create', path, ...options, '--journal', file('x', NAME)],
      ['check', buckets, ...options],
      ['list', ...options.slice(0, 4)],
      ['doctor', '--base-url', url, ...options.slice(2, 4)],
    ]) {
      assertSafe(await cts(args, { env }), args[0]);
      const { stdout, ...rest } = await cts([...args, '--json'], { env });
      assertSafe({ stdout, ...rest }, `${args[0]} --json`);
      objectsOf(stdout);
    }
  });

  test('of a tracker that a lookup found', async () => {
    const sentAt = Date.now();
    const url = await listen((request, response) => {
      if (request.method === 'POST') return request.socket.destroy();
      const found = { tracker_name: 't0', tracker_type: 'data', create_time: sentAt + 600_000, id: EVIL };
      const trackers = [{ ...found, data_bucket: { data_bucket_name: EVIL, data_event: [EVIL] } }];
      response.setHeader('content-type', 'application/json').end(JSON.stringify({ trackers }));
    });
    for (const json of [[], ['--json']]) {
      const path = file(trackers(1));
      const result = await cts(['create', path, '--base-url', url, '--project-id', PROJECT, ...json], { env });
      assert.match(result.stdout, /differs/);
      assertSafe(result, 'create');
    }
  });

  test('of the log of the proxy', async () => {
    const { endpoint } = await service({ buckets: BUCKETS });
    const run = start(['proxy', '--endpoint', endpoint, '--port', 0, '--json'], { env });
    await run.until(/\n/);
    const [{ url }] = objectsOf(run.output.stdout);
    await fetch(`${url}/v3/${encodeURIComponent(EVIL)}/tracker`, { method: 'POST', headers: { origin: 'http://x' } });
    await stop({ run });
    assertSafe(run.output, 'proxy');
  });

  test('of an uncaught error', async () => {
    const thrown = `setTimeout(() => { throw new Error(String.fromCodePoint(${CODES})); }, 1000)`;
    const options = { env: { ...env, NODE_OPTIONS: `--import "data:text/javascript,${encodeURIComponent(thrown)}"` } };
    for (const json of [[], ['--json']]) {
      const result = await cts(['emulator', '--port', 0, ...json], options);
      assertSafe(result, 'uncaught');
      assert.equal(result.code, 3);
      assert.match(result.stderr, /Internal error of cts-tracker/);
    }
  });

  test('pass through one function: no other module writes to a stream', () => {
    const sources = new URL('../../pkg-template/src/cli/', import.meta.url);
    for (const name of readdirSync(sources)) {
      const code = readFileSync(new URL(name, sources), 'utf8');
      const writes = /\bconsole\.|process\.(stdout|stderr)\.|(?:stdout|stderr|stream)\.write\(|emitWarning/.test(code);
      assert.equal(writes, name === 'terminal.ts', name);
    }
  });
});

describe('inherited values are not options', () => {
  const polluted = (values) => {
    // Not enumerable, because helpers of the bundler copy enumerable properties and would throw.
    const code = `for (const [key, value] of Object.entries(${JSON.stringify(values)}))
      Object.defineProperty(Object.prototype, key, { value, writable: true, configurable: true })`;
    return { NODE_OPTIONS: `--import "data:text/javascript,${encodeURIComponent(code)}"` };
  };

  test('of the command line', async () => {
    const path = file([{ tracker_type: 'system' }]);
    const values = { json: true, help: true, locale: 'zh-CN', kind: 'checkBucket', format: 'json', choices: ['x'] };
    const { code, stdout, stderr } = await cts(['validate', path], { env: polluted(values) });
    assert.deepEqual([code, stdout], [0, '']);
    assert.match(stderr, /^1 checked: 1 valid/);
    const none = await cts(['create', path], {
      env: polluted({ emulator: true, region: 'cn-north-1', multiple: true }),
    });
    assert.match(none.stderr, /No service given/);
  });

  test('of the environment', async () => {
    const path = file([{ tracker_type: 'system' }]);
    const values = { ...KEYS, HUAWEICLOUD_SDK_PROJECT_ID: PROJECT };
    const args = ['create', path, '--endpoint', 'http://127.0.0.1:1', '--project-id', PROJECT];
    assert.match((await cts(args, { env: polluted(values) })).stderr, /Keys not set/);
    const noId = await cts(args.slice(0, 4), { env: { ...KEYS, ...polluted(values) } });
    assert.match(noId.stderr, /Missing ID/);
    const { stdout } = await cts(['doctor', '--offline'], { env: polluted(values) });
    assert.match(stdout, /No keys are set/);
  });

  test('of the journal and the lock', async () => {
    const { direct, creations } = await service({ buckets: BUCKETS });
    const path = file(trackers(1));
    const journal = { journal: 'cts-tracker create', version: 1, outcome: 'created', pid: 1, project: PROJECT };
    const record = { event: 'intent', project: PROJECT, tracker: 't0', sha256: '', target: direct[1] };
    const given = file([{ journal: journal.journal, version: 1 }, record]);
    const { stdout } = await cts(['create', path, ...direct, '--journal', given, '--json'], {
      env: { ...KEYS, ...polluted(journal) },
    });
    assert.equal(objectsOf(stdout)[0].outcome, 'unknown');
    assert.equal(creations().created, 0);
  });
});
