// cts-tracker proxy, cts-tracker emulator and cts-tracker doctor. No command shows a key.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { sampleCredentials } from 'cts-tracker/emulator';
import {
  BUCKETS,
  closedUrl,
  cts,
  DOMAIN,
  file,
  KEYS,
  linesOf,
  listen,
  objectsOf,
  PROJECT,
  service,
  start,
  tracker,
} from './support.mjs';

const HEADERS = { 'content-type': 'application/json', 'x-requested-with': 'cts-tracker' };
const SYSTEM = JSON.stringify({ tracker_type: 'system' });
const post = (url, headers = {}) =>
  fetch(`${url}/v3/${PROJECT}/tracker`, { method: 'POST', headers: { ...HEADERS, ...headers }, body: SYSTEM });

async function ready(args, options) {
  const run = start([...args, '--json', '--port', 0], options);
  await run.until(/\n/);
  return { run, ...objectsOf(run.output.stdout)[0] };
}

async function stop({ run }, signal = 'SIGTERM') {
  run.child.kill(signal);
  const { code, signal: by } = await run.ended;
  assert.deepEqual([code, by], [0, null]);
}

describe('emulator and proxy', () => {
  test('the emulator accepts requests that the proxy signed', async () => {
    const emulator = await ready(['emulator']);
    assert.deepEqual(emulator.sampleCredentials, { ...sampleCredentials });
    const proxy = await ready(['proxy', '--endpoint', emulator.url], { env: KEYS });
    assert.match(proxy.url, /^http:\/\/127\.0\.0\.1:\d+$/);
    assert.equal((await post(emulator.url)).status, 401);
    assert.equal((await fetch(`${proxy.url}/-/healthz`)).status, 200);
    assert.equal((await post(proxy.url)).status, 201);
    const path = file([{ bucket_name: 'bucket1', bucket_location: 'cn-north-1' }]);
    const { code, stdout } = await cts(['check', path, '--base-url', proxy.url, '--domain-id', DOMAIN, '--json']);
    assert.deepEqual([code, objectsOf(stdout)[0].outcome], [0, 'passed']);
    await stop(proxy, 'SIGINT');
    await stop(emulator, 'SIGTERM');
  });

  test('print their URLs, and that the sample keys are public', async () => {
    const run = start(['emulator', '--port', 0]);
    const [, url] = await run.until(/^Emulator: (http:\S+)\n[^]*--endpoint/);
    assert.match(run.output.stdout, /sample keys\. They are public; the real service does not accept them/);
    assert.ok(run.output.stdout.includes(`HUAWEICLOUD_SDK_AK=${sampleCredentials.accessKeyId}`));
    const proxy = start(['proxy', '--port', 0, '--endpoint', url], {
      env: { ...KEYS, HUAWEICLOUD_SDK_PROJECT_ID: PROJECT },
    });
    await proxy.until(
      /^Signing proxy: http:\/\/127\.0\.0\.1:\d+ \(forwards to http:.*\)\nSigns only for project 2306579/,
    );
    for (const each of [proxy, run]) await stop({ run: each }, 'SIGINT');
  });

  test('the emulator has the given faults and latency', async () => {
    const emulator = await ready(['emulator', '--fault', '503', '--fault', '429; retry-after=7']);
    const statuses = [await post(emulator.url), await post(emulator.url)];
    assert.deepEqual(
      statuses.map(({ status }) => status),
      [503, 429],
    );
    assert.equal(statuses[1].headers.get('retry-after'), '7');
    await stop(emulator);
    const { code, stderr } = await cts(['emulator', '--fault', 'nonsense']);
    assert.equal(code, 2);
    assert.match(stderr, /fault/);
  });

  test('the proxy accepts only the allowed origins, projects and hosts', async () => {
    const { endpoint } = await service();
    const proxy = await ready(
      ['proxy', '--endpoint', endpoint, '--allow-origin', 'http://localhost:5173', '--project', PROJECT],
      { env: KEYS },
    );
    const allowed = await post(proxy.url, { origin: 'http://localhost:5173' });
    assert.deepEqual(
      [allowed.status, allowed.headers.get('access-control-allow-origin')],
      [201, 'http://localhost:5173'],
    );
    assert.equal((await post(proxy.url, { origin: 'http://localhost:5174' })).status, 403);
    assert.equal(
      (await fetch(`${proxy.url}/v3/another/tracker`, { method: 'POST', headers: HEADERS, body: SYSTEM })).status,
      403,
    );
    const { port } = new URL(proxy.url);
    const host = await new Promise((done, fail) => {
      import('node:http').then(({ request }) =>
        request({ port, host: '127.0.0.1', path: '/-/healthz', headers: { host: 'evil.example' } }, (answer) => {
          answer.resume();
          done(answer.statusCode);
        })
          .on('error', fail)
          .end(),
      );
    });
    assert.equal(host, 403);
    await stop(proxy);
  });

  test('a port in use, an unknown region, missing keys and a wrong origin are one-line errors', async () => {
    const url = await listen((_, response) => response.end());
    const { port } = new URL(url);
    for (const [args, env, pattern] of [
      [['emulator', '--port', port], {}, new RegExp(`Port ${port} is already in use`)],
      [['proxy', '--region', 'cn-north-4', '--port', port], KEYS, new RegExp(`Port ${port} is already in use`)],
      [['emulator', '--host', '192.0.2.1'], {}, /not an address of this machine/],
      [['proxy', '--region', 'cn-nort-4'], KEYS, /cn-north-4/],
      [['proxy', '--region', 'cn-north-4'], {}, /HUAWEICLOUD_SDK_AK, HUAWEICLOUD_SDK_SK/],
      [['proxy', '--region', 'cn-north-4', '--allow-origin', '*'], KEYS, /allowedOrigins/],
      [['proxy', '--region', 'cn-north-4', '--endpoint', 'http://x'], KEYS, /either --region or --endpoint/],
      [['emulator', '--port', '65536'], {}, /from 0 to 65535/],
    ]) {
      const { code, stdout, stderr } = await cts(args, { env });
      assert.deepEqual([args, code, stdout], [args, 2, '']);
      assert.match(stderr, pattern);
      assert.doesNotMatch(stderr, /\n\s+at /);
    }
  });

  test('the error about missing keys names only options of the command', async () => {
    const { stdout: help } = await cts(['proxy', '--help']);
    for (const locale of ['en', 'zh-CN']) {
      const { code, stderr } = await cts(['proxy', '--region', 'cn-north-4', '--locale', locale]);
      assert.equal(code, 2);
      for (const [option] of stderr.matchAll(/--[a-z-]+/g)) assert.ok(help.includes(option), option);
    }
    const { stderr } = await cts(['check', file([]), '--region', 'cn-north-4', '--domain-id', DOMAIN]);
    assert.match(stderr, /--base-url/);
  });

  test('the emulator answers a request in flight before it stops', async () => {
    const emulator = await ready(['emulator', '--latency', 600]);
    const answer = post(emulator.url);
    await new Promise((done) => {
      setTimeout(done, 200);
    });
    emulator.run.child.kill('SIGTERM');
    assert.equal((await answer).status, 401);
    assert.equal((await emulator.run.ended).code, 0);
  });
});

describe('doctor', () => {
  const states = (stdout) =>
    Object.fromEntries(
      objectsOf(stdout)
        .filter(({ type }) => type === 'check')
        .map(({ check, state }) => [check, state]),
    );

  test('reports ok for every check of a complete setup', async () => {
    const { endpoint } = await service();
    const proxy = await ready(['proxy', '--endpoint', endpoint], { env: KEYS });
    const env = { ...KEYS, HUAWEICLOUD_SDK_PROJECT_ID: PROJECT, HUAWEICLOUD_SDK_DOMAIN_ID: DOMAIN };
    const dated = await listen((_, response) => response.end('{}'));
    const { code, stdout } = await cts(['doctor', '--json', '--endpoint', dated, '--base-url', proxy.url], { env });
    assert.deepEqual(states(stdout), {
      node: 'ok',
      wasm: 'ok',
      keys: 'ok',
      ids: 'ok',
      region: 'ok',
      clock: 'ok',
      proxy: 'ok',
    });
    assert.equal(code, 0);
    await stop(proxy);
  });

  test('finds the endpoint of a region without the network', async () => {
    const known = await cts(['doctor', '--offline', '--region', 'eu-west-101']);
    assert.equal(known.code, 0);
    assert.match(
      known.stdout,
      /ok +region +The endpoint of eu-west-101 is https:\/\/cts\.eu-west-101\.myhuaweicloud\.eu/,
    );
    const unknown = await cts(['doctor', '--offline', '--region', 'eu-west-7', '--json']);
    assert.deepEqual([unknown.code, states(unknown.stdout).region], [1, 'fail']);
  });

  test('detects a wrong clock, a missing proxy, another server, and incomplete keys', async () => {
    const late = await listen((_, response) =>
      response.setHeader('date', new Date(Date.now() - 20 * 60_000).toUTCString()).end(),
    );
    const slow = await listen((_, response) =>
      response.setHeader('date', new Date(Date.now() + 90_000).toUTCString()).end(),
    );
    const other = await listen((_, response) => response.writeHead(404).end());
    const down = await closedUrl();
    const look = async (args, env = {}) => {
      const { code, stdout } = await cts(['doctor', '--json', ...args], { env });
      return [code, states(stdout)];
    };
    const [skewCode, skewed] = await look(['--endpoint', late, '--base-url', other]);
    assert.deepEqual([skewCode, skewed.clock, skewed.proxy], [3, 'fail', 'fail']);
    assert.equal((await look(['--endpoint', slow]))[1].clock, 'warn');
    const [downCode, unreachable] = await look(['--endpoint', down, '--base-url', down]);
    assert.deepEqual([downCode, unreachable.clock, unreachable.proxy], [3, 'fail', 'fail']);
    const [halfCode, half] = await look(['--offline'], { HUAWEICLOUD_SDK_AK: 'x' });
    assert.deepEqual([halfCode, half.keys], [1, 'fail']);
    const [noneCode, none] = await look(['--offline']);
    assert.deepEqual([noneCode, none.keys, none.ids], [0, 'warn', 'warn']);
    const spaced = await cts(['doctor', '--offline'], { env: { CLOUD_SDK_AK: 'x', CLOUD_SDK_SK: 'canary \n' } });
    assert.match(spaced.stdout, /CLOUD_SDK_SK: the value starts or ends with white space/);
  });

  test('recommends only options that the commands have', async () => {
    for (const locale of ['en', 'zh-CN']) {
      const { stdout } = await cts(['doctor', '--offline', '--locale', locale]);
      const [ids] = linesOf(stdout).filter((line) => / ids /.test(line));
      const helps = {
        create: (await cts(['create', '--help'])).stdout,
        check: (await cts(['check', '--help'])).stdout,
      };
      for (const [command, option] of [
        ['create', '--project-id'],
        ['check', '--domain-id'],
      ]) {
        const positions = [ids.indexOf(command), ids.indexOf(option)];
        assert.ok(
          positions.every((at) => at >= 0),
          ids,
        );
        assert.ok(helps[command].includes(option), option);
      }
    }
  });

  test('says how to fix a problem, in both languages', async () => {
    assert.match((await cts(['doctor', '--offline'])).stdout, /note +keys +.*set HUAWEICLOUD_SDK_AK/);
    assert.match(
      (await cts(['doctor', '--offline', '--locale', 'zh-CN'])).stdout,
      /注意 +keys +.*请设置 HUAWEICLOUD_SDK_AK/,
    );
  });
});

test('no command shows a key, whatever goes wrong', async () => {
  const canaries = {
    HUAWEICLOUD_SDK_AK: 'CANARYACCESSKEY00001',
    HUAWEICLOUD_SDK_SK: 'canary-secret-key-0123456789-0123456789',
    HUAWEICLOUD_SDK_SECURITY_TOKEN: 'canary-token-0123456789',
  };
  const seen = [];
  const upstream = await listen((request, response) => {
    if (request.method === 'POST') seen.push(request.headers.authorization);
    response.writeHead(401, { 'content-type': 'application/json', 'x-request-id': 'r' });
    response.end(
      JSON.stringify({
        error_code: 'APIGW.0301',
        error_msg: 'Incorrect IAM authentication information',
        request_id: 'r',
      }),
    );
  });
  const { endpoint } = await service({ buckets: BUCKETS });
  const path = file([tracker(0)]);
  const buckets = file([{ bucket_name: 'bucket1', bucket_location: 'cn-north-1' }]);
  const ids = ['--project-id', PROJECT, '--domain-id', DOMAIN];
  const runs = [];
  for (const json of [[], ['--json']]) {
    for (const at of [upstream, endpoint, await closedUrl()]) {
      runs.push(
        await cts(['create', path, '--endpoint', at, ...ids, '--journal', `${path}.${runs.length}`, ...json], {
          env: canaries,
        }),
      );
      runs.push(await cts(['check', buckets, '--endpoint', at, ...ids, ...json], { env: canaries }));
      runs.push(await cts(['doctor', '--endpoint', at, ...json], { env: canaries }));
    }
    runs.push(await cts(['validate', path, ...json], { env: canaries }));
    runs.push(await cts(['proxy', '--region', 'nowhere', ...json], { env: canaries }));
    runs.push(
      await cts(['check', buckets, ...ids, '--base-url', 'http://user:canary-password@127.0.0.1:9', ...json], {
        env: canaries,
      }),
    );
    runs.push(
      await cts(['proxy', '--endpoint', 'http://user:canary-password@127.0.0.1:9', ...json], { env: canaries }),
    );
    runs.push(
      await cts(['create', path, '--endpoint', 'http://user:canary-password@127.0.0.1:9', ...ids, ...json], {
        env: canaries,
      }),
    );
    runs.push(await cts(['check', buckets, '--secret=canary-option', ...json], { env: canaries }));
    // A token with a control character cannot be a header.
    runs.push(
      await cts(['create', path, '--endpoint', endpoint, ...ids, '--journal', `${path}.x`, ...json], {
        env: { ...canaries, HUAWEICLOUD_SDK_SECURITY_TOKEN: 'canary\u0001token' },
      }),
    );
  }
  const proxy = await ready(['proxy', '--endpoint', upstream], { env: canaries });
  for (let i = 0; i < 3; i += 1) await (await post(proxy.url)).text();
  proxy.run.child.kill('SIGTERM');
  runs.push(await proxy.run.ended);
  assert.ok(seen.length > 0 && seen.every((value) => value?.includes('CANARYACCESSKEY00001')), 'the keys were used');
  for (const { stdout, stderr } of runs) {
    assert.doesNotMatch(stdout + stderr, /canary|CANARYACCESS/, stdout + stderr);
    assert.doesNotMatch(stdout + stderr, /\n\s+at .*:\d+:\d+/, stdout + stderr);
  }
});
