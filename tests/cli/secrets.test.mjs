// No command shows a key.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BUCKETS, closedUrl, cts, DOMAIN, file, listen, PROJECT, post, ready, service, tracker } from './support.mjs';

test('no command shows a key, also in errors', async () => {
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
      runs.push(await cts(['doctor', '--endpoint', at, ...ids.slice(0, 2), ...json], { env: canaries }));
      runs.push(await cts(['list', '--endpoint', at, ...ids.slice(0, 2), ...json], { env: canaries }));
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
