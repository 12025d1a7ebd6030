// cts-tracker doctor lists the trackers of the project: only right keys, clock, region and project get a list.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { sampleCredentials } from 'cts-tracker/emulator';
import { closedUrl, cts, KEYS, linesOf, listen, objectsOf, PROJECT, service } from './support.mjs';

const project = ['--project-id', PROJECT];

/** The results of the lookups, and the exit code. */
async function look(args, env = KEYS) {
  const { code, stdout } = await cts(['doctor', '--json', ...args], { env });
  const lookups = objectsOf(stdout).filter(({ check }) => check === 'lookup');
  return { code, lookups, state: lookups[0].state, message: lookups[0].message };
}

/** A service whose every answer is this. Its clock is right. */
const answering = (status, body) =>
  listen((_, response) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  });
const refusing = (status, code, sentence = 'sentence 4711') =>
  answering(status, { error_code: code, error_msg: sentence });

describe('one lookup', () => {
  test('proves keys, clock, region and project', async () => {
    const there = await service();
    const { code, lookups } = await look(['--endpoint', there.endpoint, ...project]);
    assert.equal(code, 0);
    assert.deepEqual(
      lookups.map(({ state, message }) => [state, message]),
      [['ok', 'Keys, clock, region and project are right: the service listed the trackers of the project.']],
    );
    assert.equal(there.requests('listTrackers').length, 1);
    const environment = { ...KEYS, HUAWEICLOUD_SDK_PROJECT_ID: PROJECT };
    assert.equal((await look(['--endpoint', there.endpoint], environment)).state, 'ok');
    const { stdout } = await cts(['doctor', '--endpoint', there.endpoint, ...project, '--locale', 'zh-CN'], {
      env: KEYS,
    });
    assert.match(stdout, /正常 +lookup +密钥、时钟、区域和项目均正确/);
  });

  test('is made through the proxy, and with keys on this machine, if both are given', async () => {
    const there = await service();
    const [, proxy] = await there.proxied({ allowLookup: true });
    assert.equal((await look(['--base-url', proxy, ...project], {})).state, 'ok');
    const both = await look(['--base-url', proxy, '--endpoint', there.endpoint, ...project]);
    assert.deepEqual(
      both.lookups.map(({ state }) => state),
      ['ok', 'ok'],
    );
    assert.equal(there.requests('listTrackers').length, 3);
  });

  test('is skipped, with the reason, without a project, a way, the network, or the permission of the proxy', async () => {
    const there = await service();
    const [, closed] = await there.proxied();
    // Something may listen at the default address of the proxy.
    const none = ['--base-url', await closedUrl()];
    for (const [args, env, sentence, exit = 0] of [
      [['--endpoint', there.endpoint], KEYS, /no project ID.*HUAWEICLOUD_SDK_PROJECT_ID.*--project-id/],
      [['--endpoint', there.endpoint, ...none, ...project], {}, /--region with keys/, 3],
      [['--base-url', closed, ...project], {}, /does not allow lookups.*--allow-lookup/],
      [['--offline', ...project], KEYS, /--offline/],
    ]) {
      const { code, state, message } = await look(args, env);
      assert.deepEqual([code, state], [exit, 'skip'], message);
      assert.match(message, sentence);
    }
    assert.deepEqual(there.requests('listTrackers'), []);
  });

  test('says which of the four is wrong', async () => {
    const there = await service();
    const wrongKey = { ...KEYS, HUAWEICLOUD_SDK_SK: 'canary-of-a-wrong-secret' };
    const ofKeys = await look(['--endpoint', there.endpoint, ...project], wrongKey);
    assert.deepEqual([ofKeys.code, ofKeys.state], [3, 'fail']);
    assert.match(ofKeys.message, /^The keys are wrong.*APIGW\.0301/);
    assert.equal(there.emulator.state().requests.filter(({ status }) => status === 401).length, 1);

    for (const [status, code, part] of [
      [401, 'APIGW.0301', 'The keys are wrong'],
      [401, 'APIGW.0307', 'The keys are wrong'],
      [404, 'APIGW.0101', 'The region or endpoint is wrong'],
      [404, 'APIG.0101', 'The region or endpoint is wrong'],
      [403, 'CTS.0012', 'The project ID is wrong'],
      [403, 'cts.0012', 'The project ID is wrong'],
      [403, 'APIGW.0310', 'The project ID is wrong'],
      [403, 'CTS.0013', 'Keys, clock and region are right, but'],
      [500, 'CTS.0005', 'The lookup failed'],
      [503, 'APIGW.0613', 'The lookup failed'],
    ]) {
      const { code: exit, state, message } = await look(['--endpoint', await refusing(status, code), ...project]);
      assert.deepEqual([code, exit, state], [code, 3, 'fail']);
      // The sentence of a 401 may repeat the signed request, so it is not passed on.
      const said = status === 401 ? '' : 'sentence 4711';
      assert.ok(message.startsWith(part) && message.includes(code) && message.includes(said), message);
    }
    const page = await look(['--endpoint', await answering(200, '<h1>Welcome</h1>'), ...project]);
    assert.match(page.message, /^The region or endpoint is wrong/);
    const expired = await look([...['--endpoint', await refusing(401, 'APIGW.0301', 'signature expired')], ...project]);
    assert.match(expired.message, /^The clock is wrong.*expired/);
    const invalid = await look(['--endpoint', there.endpoint, '--project-id', 'a/b']);
    assert.deepEqual([invalid.state, /--project-id/.test(invalid.message)], ['fail', true]);
  });

  test('corrects a wrong clock, and names it', async () => {
    const late = await service({ now: () => Date.now() + 20 * 60_000 });
    const { state, message } = await look(['--endpoint', late.endpoint, ...project]);
    assert.equal(state, 'warn');
    assert.match(message, /^Keys, region and project are right.* 20 minutes behind/);
  });

  test('through a proxy names what is wrong there', async () => {
    const problem = (status, code) => ({
      type: 'about:blank',
      ...{ title: 't', status, code, detail: 'sentence 4711', sent: 'no' },
    });
    for (const [status, code, part] of [
      [503, 'credentials_unavailable', 'The keys are wrong'],
      [503, 'keys_refused', 'The keys are wrong'],
      [502, 'upstream_unreachable', 'The region or endpoint is wrong, or cannot be reached'],
      [403, 'id_not_allowed', 'The project ID is wrong'],
      [403, 'not_authorized', 'The lookup failed'],
    ]) {
      const url = await listen((request, response) => {
        if (request.url === '/-/healthz') return response.end('ok');
        response.writeHead(status, { 'content-type': 'application/problem+json' });
        response.end(JSON.stringify(problem(status, code)));
      });
      const { code: exit, state, message } = await look(['--base-url', url, ...project], {});
      assert.deepEqual([code, exit, state], [code, 3, 'fail'], message);
      assert.ok(message.startsWith(part) && message.includes(code), message);
    }
  });

  test('follows no service that cannot be reached, and shows no key', async () => {
    const env = { ...KEYS, HUAWEICLOUD_SDK_SK: 'canary-secret-0123456789' };
    const down = await closedUrl();
    const { stdout } = await cts(['doctor', '--endpoint', down, '--base-url', down, ...project], { env });
    assert.match(linesOf(stdout).at(-1), /^- +lookup +Not checked/);
    const there = await service();
    const wrong = await cts(['doctor', '--endpoint', there.endpoint, ...project], { env });
    assert.doesNotMatch(wrong.stdout + wrong.stderr, new RegExp(`canary|${sampleCredentials.secretAccessKey}`));
  });
});
