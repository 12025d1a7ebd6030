// cts-tracker proxy and cts-tracker emulator.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { sampleCredentials } from 'cts-tracker/emulator';
import {
  cts,
  DOMAIN,
  file,
  HEADERS,
  KEYS,
  listen,
  objectsOf,
  PROJECT,
  post,
  ready,
  SYSTEM_BODY,
  service,
  start,
  stop,
} from './support.mjs';

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

  test('the emulator shows its buckets and keys, and has those of the options', async () => {
    const key = '00000000-1111-2222-3333-444444444444';
    const args = ['emulator', '--bucket', 'audit@cn-north-4', '--kms-key', key];
    const emulator = await ready(args);
    assert.deepEqual(emulator.buckets.at(-1), { name: 'audit', location: 'cn-north-4' });
    const proxy = await ready(['proxy', '--endpoint', emulator.url], { env: KEYS });
    const path = file(
      ['bucket1@cn-north-1', 'audit@cn-north-4', 'audit@cn-north-1'].map((text) => {
        const [name, location] = text.split('@');
        const encrypted = { is_support_trace_files_encryption: true, kms_id: key };
        return { bucket_name: name, bucket_location: location, ...encrypted };
      }),
    );
    const { stdout } = await cts(['check', path, '--base-url', proxy.url, '--domain-id', DOMAIN, '--json']);
    assert.deepEqual(
      objectsOf(stdout)
        .map(({ outcome }) => outcome)
        .filter(Boolean),
      ['passed', 'passed', 'failed'],
    );
    for (const each of [proxy, emulator]) await stop(each);

    const banner = start([...args, '--port', 0]);
    await banner.until(/--endpoint/);
    const { stdout: help } = await cts(['emulator', '--help']);
    for (const name of ['bucket1', 'cstest0423', '13a4207c-7abe-4b68-8510-16b84c3b5504']) {
      assert.ok(banner.output.stdout.includes(name), name);
      assert.ok(help.includes(name), name);
    }
    assert.match(banner.output.stdout, /audit@cn-north-4/);
    await stop({ run: banner });
    const wrong = await cts(['emulator', '--bucket', 'audit']);
    assert.equal(wrong.code, 2);
    assert.match(wrong.stderr, /NAME@REGION/);
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

  test('keys in files are read, and read again when the service refuses them', async () => {
    const { endpoint } = await service();
    const { accessKeyId, secretAccessKey } = sampleCredentials;
    const ak = file(`${accessKeyId}\n`, 'ak');
    const sk = file('old-key\n', 'sk');
    const env = { HUAWEICLOUD_SDK_AK_FILE: ak, HUAWEICLOUD_SDK_SK_FILE: sk };
    const proxy = await ready(['proxy', '--endpoint', endpoint], { env });
    assert.equal((await post(proxy.url)).status, 401);
    writeFileSync(sk, `${secretAccessKey}\r\n`);
    // Nothing is sent for a moment after a refusal.
    for (let status = 503; status === 503; ) {
      ({ status } = await post(proxy.url));
      if (status === 503) await new Promise((done) => setTimeout(done, 250));
      else assert.equal(status, 201);
    }
    await stop(proxy);
    for (const [wrong, message] of [
      [{ ...env, HUAWEICLOUD_SDK_SK: 'x' }, /HUAWEICLOUD_SDK_SK_FILE is set, and so is/],
      [{ ...env, HUAWEICLOUD_SDK_SK_FILE: '/none' }, /none, the file in HUAWEICLOUD_SDK_SK_FILE \(ENOENT\)/],
    ]) {
      const { code, stderr } = await cts(['proxy', '--endpoint', endpoint], { env: wrong });
      assert.equal(code, 2);
      assert.match(stderr, message);
    }
  });

  test('a line of the log has the time, and the request ID of the answer', async () => {
    const { endpoint } = await service();
    const proxy = await ready(['proxy', '--endpoint', endpoint], { env: KEYS });
    const answers = [
      await post(proxy.url),
      await post(proxy.url, { host: 'evil.example' }),
      await post(proxy.url, { origin: 'http://evil.example' }),
    ];
    const logged = proxy.run.output.stderr
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line))
      .filter(({ type }) => type === 'request');
    assert.deepEqual(
      logged.map(({ status, requestId }) => [status, requestId]),
      answers.map(({ status, headers }) => [status, headers.get('x-request-id')]),
    );
    for (const { time, requestId } of logged) {
      assert.ok(Math.abs(Date.parse(time) - Date.now()) < 60_000, time);
      assert.match(requestId, /^[\w-]{32,36}$/);
    }
    assert.match(logged.at(-1).detail, /"http:\/\/evil\.example".*--allow-origin/);
    await stop(proxy);
  });

  test('a fault that a request asks for is forwarded only on request', async () => {
    const { endpoint } = await service();
    const fault = { 'x-emulator-fault': '418' };
    for (const [args, status] of [
      [[], 403],
      [['--allow-faults'], 418],
    ]) {
      const proxy = await ready(['proxy', '--endpoint', endpoint, ...args], { env: KEYS });
      assert.equal((await post(proxy.url, fault)).status, status);
      await stop(proxy);
    }
  });

  test('metrics are an option', async () => {
    const { endpoint } = await service();
    for (const [args, status] of [
      [[], 404],
      [['--metrics'], 200],
    ]) {
      const proxy = await ready(['proxy', '--endpoint', endpoint, ...args], { env: KEYS });
      assert.equal((await fetch(`${proxy.url}/-/metrics`)).status, status);
      await stop(proxy);
    }
  });

  test('lookups are allowed on request, and a refusal names the flag', async () => {
    const { endpoint } = await service();
    for (const [args, status, body] of [
      [[], 404, /--allow-lookup/],
      [['--allow-lookup'], 200, /"trackers":\[/],
    ]) {
      const proxy = await ready(['proxy', '--endpoint', endpoint, ...args], { env: KEYS });
      const response = await fetch(`${proxy.url}/v3/2306579dc99f4c8690b14b68e734fcd9/trackers`, {
        headers: { 'x-requested-with': 'cts-tracker' },
      });
      assert.equal(response.status, status);
      assert.match(await response.text(), body);
      await stop(proxy);
    }
  });

  test('the limits of the proxy are options', async () => {
    const { endpoint } = await service();
    const proxy = await ready(['proxy', '--endpoint', endpoint, '--rate', '1', '--max-concurrent', '2'], { env: KEYS });
    const statuses = [await post(proxy.url), await post(proxy.url)].map(({ status }) => status);
    assert.deepEqual(statuses, [201, 429]);
    await stop(proxy);
    for (const option of ['--rate', '--max-concurrent']) {
      const { code, stderr } = await cts(['proxy', '--endpoint', endpoint, option, '0'], { env: KEYS });
      assert.equal(code, 2);
      assert.match(stderr, new RegExp(`${option} .*from 1 to`));
    }
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
      (await fetch(`${proxy.url}/v3/another/tracker`, { method: 'POST', headers: HEADERS, body: SYSTEM_BODY })).status,
      403,
    );
    const { port } = new URL(proxy.url);
    const host = await new Promise((done, fail) => {
      import('node:http').then(({ request }) =>
        request({ port, host: '127.0.0.1', path: '/x', headers: { host: 'evil.example' } }, (answer) => {
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
