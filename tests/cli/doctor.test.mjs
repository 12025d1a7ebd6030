// cts-tracker doctor.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { describe, test } from 'node:test';
import {
  closedUrl,
  cts,
  DOMAIN,
  file,
  KEYS,
  linesOf,
  listen,
  objectsOf,
  PROJECT,
  ready,
  service,
  stop,
} from './support.mjs';

describe('doctor', () => {
  const states = (stdout) =>
    Object.fromEntries(
      objectsOf(stdout)
        .filter(({ type }) => type === 'check')
        .map(({ check, state }) => [check, state]),
    );

  test('reports ok for every check of a complete setup', async () => {
    const { endpoint } = await service();
    const env = { ...KEYS, HUAWEICLOUD_SDK_PROJECT_ID: PROJECT, HUAWEICLOUD_SDK_DOMAIN_ID: DOMAIN };
    const proxy = await ready(['proxy', '--endpoint', endpoint, '--allow-lookup'], { env });
    const { code, stdout } = await cts(['doctor', '--json', '--endpoint', endpoint, '--base-url', proxy.url], { env });
    assert.deepEqual(states(stdout), {
      node: 'ok',
      wasm: 'ok',
      keys: 'ok',
      ids: 'ok',
      region: 'ok',
      forward: 'skip',
      clock: 'ok',
      proxy: 'ok',
      lookup: 'ok',
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

  test('shows the forward proxies of the environment, without their passwords', async () => {
    const look = async (env) => (await cts(['doctor', '--offline'], { env })).stdout;
    const shown = await look({ HTTPS_PROXY: 'http://user:CANARY@proxy.test:8080', NO_PROXY: 'a.test' });
    assert.match(shown, /ok +forward +.*http:\/\/proxy\.test:8080; reached directly: a\.test,localhost/);
    assert.doesNotMatch(shown, /CANARY|user/);
    const wrong = await look({ HTTPS_PROXY: 'ftp://user:CANARY@proxy.test' });
    assert.match(wrong, /FAIL +forward +.*HTTPS_PROXY is not the URL of a proxy/);
    assert.doesNotMatch(wrong, /CANARY/);
  });

  test('asks the forward proxy for the service', async () => {
    const asked = [];
    const server = createServer().on('connect', (request, socket) => {
      asked.push(request.url);
      socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const env = { HTTPS_PROXY: `http://127.0.0.1:${server.address().port}` };
    const { stdout } = await cts(['doctor', '--json', '--endpoint', 'https://cts.test'], { env });
    server.close();
    assert.equal(states(stdout).clock, 'fail');
    assert.ok(asked.length >= 1 && asked.every((target) => target === 'cts.test:443'), `${asked}`);
  });

  test('reads keys from files', async () => {
    const env = { HUAWEICLOUD_SDK_AK_FILE: file('x\n', 'ak'), HUAWEICLOUD_SDK_SK_FILE: file('y\n', 'sk') };
    assert.match((await cts(['doctor', '--offline'], { env })).stdout, /ok +keys +.*HUAWEICLOUD_SDK_AK_FILE/);
    const wrong = { ...env, HUAWEICLOUD_SDK_SK_FILE: '/none' };
    const { code, stdout } = await cts(['doctor', '--offline'], { env: wrong });
    assert.match(stdout, /FAIL +keys +Cannot read \/none/);
    assert.equal(code, 1);
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
