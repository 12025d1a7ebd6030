// The service's own sentence and the reason of a failed connection reach people, programs and the journal.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import {
  BUCKETS,
  closedUrl,
  cts,
  DOMAIN,
  file,
  folder,
  journalOf,
  KEYS,
  listen,
  objectsOf,
  PROJECT,
  service,
  trackers,
} from './support.mjs';

const env = KEYS;
const IDS = ['--project-id', PROJECT, '--domain-id', DOMAIN];
const buckets = () => file([{ bucket_name: 'bucket1', bucket_location: 'cn-north-1' }]);
const answer = (status, body, headers = {}) =>
  listen((_, response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify(body));
  });

describe("the service's own sentence", () => {
  const SENTENCE = 'The bucket test-1 is frozen by order 4711.';
  const body = { error_code: 'CTS.0001', error_msg: SENTENCE };

  test('is shown beside its code, in text, JSON and the journal', async () => {
    const url = await answer(400, body);
    for (const [command, path] of [
      ['create', file(trackers(1))],
      ['check', buckets()],
    ]) {
      const args = [command, path, '--base-url', url, ...IDS];
      const { stdout } = await cts([...args, '--journal', `${path}.j`].slice(0, command === 'create' ? undefined : -2));
      assert.ok(stdout.includes(`CTS.0001`) && stdout.includes(`The service says: ${SENTENCE}`), stdout);
      const [object] = objectsOf((await cts([...args, '--json'])).stdout);
      assert.deepEqual([object.error_code, object.error_msg], ['CTS.0001', SENTENCE]);
      if (command === 'create') assert.equal(journalOf(`${path}.j`).at(-1).error_msg, SENTENCE);
      const chinese = await cts([...args, '--locale', 'zh-CN']);
      assert.ok(chinese.stdout.includes(`服务返回：${SENTENCE}`), chinese.stdout);
    }
  });

  test('is shown for the error that stops create', async () => {
    const url = await answer(403, { error_code: 'CTS.0013', error_msg: SENTENCE });
    const { stderr } = await cts(['create', file(trackers(2)), '--base-url', url, ...IDS]);
    assert.match(stderr, new RegExp(`1 not sent.*${SENTENCE}`));
  });

  test('is cut if it is long, and cannot control the terminal', async () => {
    const path = file(trackers(1));
    const url = await answer(400, { error_code: 'CTS.0001', error_msg: `\u001b[2J${'x'.repeat(5000)}` });
    const { stdout } = await cts(['create', path, '--base-url', url, ...IDS]);
    assert.ok(stdout.length < 2000 && !stdout.includes('\u001b'), stdout);
    assert.ok(readFileSync(`${path}.journal.ndjson`, 'utf8').length < 2000);
  });
});

describe('why the service could not be reached', () => {
  const certificate = join(folder, 'cert.pem');
  const key = join(folder, 'key.pem');
  execFileSync(
    'openssl',
    [
      ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', certificate, '-days', '1'],
      ...['-subj', '/CN=localhost', '-addext', 'subjectAltName=IP:127.0.0.1'],
    ],
    { stdio: 'ignore' },
  );
  const server = createServer({ cert: readFileSync(certificate), key: readFileSync(key) }, (_, response) =>
    response.end('{}'),
  );
  after(() => server.close());
  const secure = async () => {
    if (!server.listening) await once(server.listen(0, '127.0.0.1'), 'listening');
    return `https://127.0.0.1:${server.address().port}`;
  };
  const cases = {
    'a closed port': [closedUrl, /ECONNREFUSED/],
    'a certificate that is not trusted': [secure, /self-signed certificate|DEPTH_ZERO_SELF_SIGNED_CERT/],
    'a name that does not exist': [async () => 'https://cts.invalid', /ENOTFOUND|EAI_AGAIN/],
  };
  for (const [name, [url, reason]] of Object.entries(cases)) {
    test(`${name}, with a proxy and without`, async () => {
      const there = await url();
      for (const target of [
        ['--base-url', there],
        ['--endpoint', there],
      ]) {
        for (const args of [
          ['create', file(trackers(2))],
          ['check', buckets()],
        ]) {
          const { code, stdout, stderr } = await cts([...args, ...target, ...IDS], { env });
          assert.equal(code, 3);
          assert.match(stdout, reason, target[0]);
          if (target[0] === '--endpoint') assert.doesNotMatch(stdout + stderr, /proxy|base URL/i);
        }
      }
    });
  }
});

describe('without a proxy, no text speaks of one', () => {
  for (const [name, faults, options] of [
    ['wrong keys', undefined, { HUAWEICLOUD_SDK_SK: 'wrong' }],
    ['no such route', ['404']],
    ['a page', [{ kind: 200, body: '<html></html>' }]],
    ['a lost response', ['reset; when=after']],
    ['a redirect', ['307']],
    ['an outage', ['503']],
    ['throttling', [{ kind: 429, times: Infinity, retryAfter: '60' }]],
  ]) {
    test(name, async () => {
      for (const locale of ['en', 'zh-CN']) {
        const { direct } = await service({ buckets: BUCKETS, ...(faults && { faults }) });
        // A tracker that was not created is looked up for so long.
        const limits = ['--concurrency', 4, '--timeout', 5];
        const args = ['create', file(trackers(4)), ...direct, ...limits, '--locale', locale];
        const { stdout, stderr } = await cts(args, { env: { ...env, ...options } });
        const text = (stdout + stderr).replaceAll(direct[1], '');
        assert.doesNotMatch(text, /proxy|base URL|代理|基础地址/i);
      }
    });
  }
});

test('a lost connection is explained, and a refusal of a proxy is in error_msg', async () => {
  const broken = await listen((request) => request.socket.destroy());
  const lost = await cts(['create', file(trackers(1)), '--base-url', broken, ...IDS, '--timeout', 2]);
  assert.match(lost.stdout, / unknown +t0 .*Reason: .*(UND_ERR_SOCKET|ECONNRESET)/);
  const problem = { code: 'id_not_allowed', title: 'the id is not allowed', status: 403, sent: 'no' };
  const refusing = await answer(403, problem, { 'content-type': 'application/problem+json' });
  const args = ['create', file(trackers(1)), '--base-url', refusing, ...IDS];
  const [object] = objectsOf((await cts([...args, '--json'])).stdout);
  assert.deepEqual([object.outcome, object.error_code, object.error_msg], ['failed', problem.code, problem.title]);
  assert.equal((await cts(args)).stdout.split(problem.title).length, 2, 'once');
});

test('a timeout names --timeout, which also limits how long the service may take', async () => {
  const hanging = await listen(() => {});
  for (const target of ['--base-url', '--endpoint']) {
    const args = ['create', file(trackers(1)), target, hanging, ...IDS, '--timeout', 1];
    const { code, stdout } = await cts(args, { env });
    assert.equal(code, 3);
    assert.match(stdout, / unknown +t0 .*no response within --timeout, which is 1000 ms|upstream_timeout/);
  }
  const slow = await service({ buckets: BUCKETS, latencyMs: 27_000 });
  const { code } = await cts(['create', file(trackers(1)), ...slow.direct, '--timeout', 50], { env });
  assert.deepEqual([code, slow.creations().created], [0, 1]);
});
