// npm start: its output, the pages it serves, invalid options, and how it ends.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createServer, request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const CANARY = 'CANARY0KEY';
const clean = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/CLOUD_SDK_|^PORT$/.test(name)));

const NPM = ['npm', 'start', '--silent', '--'];
/** The command of `npm start`. */
const ITSELF = [process.execPath, 'tools/start.mjs'];

/** Runs `npm start` in a separate process group. */
function start(args = [], env = {}, [program, ...before] = NPM) {
  const child = spawn(program, [...before, ...args], {
    cwd: root,
    env: { ...clean, PORT: '0', ...env },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      output += chunk;
    });
  const ended = new Promise((done) => child.once('close', (code) => done(code)));
  return {
    child,
    ended,
    output: () => output,
    async ready() {
      for (;;) {
        const url = /^cts-tracker console: (http:\/\/127\.0\.0\.1:\d+\/)$/m.exec(output)?.[1];
        if (url) return url;
        if (child.exitCode !== null) throw new Error(`npm start ended:\n${output}`);
        await new Promise((done) => setTimeout(done, 50));
      }
    },
    async stop() {
      if (child.exitCode === null && child.signalCode === null) process.kill(-child.pid, 'SIGINT');
      return ended;
    },
  };
}

/** Sends a request with an unchanged target. */
function raw(url, path, { method = 'GET', headers = {}, body } = {}) {
  const { hostname, port } = new URL(url);
  return new Promise((done, fail) => {
    const request = httpRequest({ hostname, port, path, method, headers, agent: false }, (response) => {
      const parts = [];
      response.on('data', (part) => parts.push(part));
      response.on('end', () =>
        done({ status: response.statusCode, headers: response.headers, text: Buffer.concat(parts).toString() }),
      );
    });
    request.on('error', fail);
    request.end(body);
  });
}

const listens = (port) =>
  new Promise((done) => {
    const socket = connect({ host: '127.0.0.1', port }, () => {
      socket.destroy();
      done(true);
    });
    socket.on('error', () => done(false));
  });

describe('invalid options fail before the build', () => {
  const refusal = async (args, env) => {
    const app = start(args, env);
    assert.equal(await app.ended, 1);
    assert.doesNotMatch(app.output(), /Compiling|\n {4}at /);
    return app.output();
  };

  test('--help succeeds', async () => {
    const app = start(['--help']);
    assert.equal(await app.ended, 0);
    for (const word of ['--region', 'PORT', 'HUAWEICLOUD_SDK_AK', 'HUAWEICLOUD_SDK_PROJECT_ID'])
      assert.ok(app.output().includes(word), word);
  });

  test('an unknown option', async () => assert.match(await refusal(['--regoin', 'x']), /--regoin[^]*--region/));

  test('the error about missing keys of the real service names the variables', async () => {
    assert.match(await refusal(['--region', 'eu-west-0']), /HUAWEICLOUD_SDK_AK.*HUAWEICLOUD_SDK_SK/s);
    const half = await refusal(['--region', 'eu-west-0'], { HUAWEICLOUD_SDK_AK: CANARY });
    assert.match(half, /no HUAWEICLOUD_SDK_SK \(or CLOUD_SDK_SK\)\./);
    assert.ok(!half.includes(CANARY));
  });

  test('an unknown region', async () => {
    const app = start(['--region', 'atlantis', '--skip-build'], {
      HUAWEICLOUD_SDK_AK: `${CANARY}AK`,
      HUAWEICLOUD_SDK_SK: `${CANARY}SK`,
    });
    assert.equal(await app.ended, 1);
    assert.match(app.output(), /error: .*atlantis/);
    assert.ok(!app.output().includes(CANARY));
  });

  for (const port of ['http', '-1', '65536', '80.5']) {
    test(`PORT=${port}`, async () => assert.match(await refusal([], { PORT: port }), /PORT is not a port number/));
  }

  test('a port in use', async () => {
    const server = createServer();
    await new Promise((done) => server.listen(0, '127.0.0.1', done));
    const { port } = server.address();
    assert.match(await refusal([], { PORT: String(port) }), new RegExp(`port ${port} is in use`));
    server.close();
  });
});

describe('over the emulator', () => {
  let app;
  let url;
  before(async () => {
    app = start([], { HUAWEICLOUD_SDK_AK: `${CANARY}AK`, HUAWEICLOUD_SDK_SK: `${CANARY}SK` });
    url = await app.ready();
  });
  after(() => app.stop());

  test('prints that nothing leaves the machine and the keys are not used', () => {
    assert.match(app.output(), /emulator at http:\/\/127\.0\.0\.1:\d+; nothing leaves this machine/);
    assert.match(app.output(), /keys in the environment are not used/);
    assert.ok(!app.output().includes(CANARY));
  });

  test('serves the page with its settings and headers', async () => {
    const page = await raw(url, '/');
    assert.equal(page.status, 200);
    assert.match(page.headers['content-type'], /^text\/html; charset=utf-8$/);
    assert.match(
      page.headers['content-security-policy'],
      /default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self';/,
    );
    assert.equal(page.headers['x-content-type-options'], 'nosniff');
    const { mode, region, projectId, domainId } = JSON.parse((await raw(url, '/config.json')).text);
    assert.deepEqual({ mode, region }, { mode: 'emulator', region: 'cn-north-1' });
    for (const id of [projectId, domainId]) assert.match(id, /^[0-9a-f]{32}$/);
    for (const [, file] of page.text.matchAll(/(?:src|href)="([^"#:]+)"/g))
      assert.equal((await raw(url, `/${file}`)).status, 200, file);
    const head = await raw(url, '/', { method: 'HEAD' });
    assert.deepEqual(
      [head.status, head.text, head.headers['content-length']],
      [200, '', page.headers['content-length']],
    );
  });

  test('controls the emulator only under its own host name, and only for its own page', async () => {
    assert.equal((await raw(url, '/emulator')).status, 200);
    assert.equal((await raw(url, '/emulator', { headers: { host: 'example.com' } })).status, 403);
    const simple = { method: 'POST', headers: { 'content-type': 'text/plain' }, body: '{"type":"reset"}' };
    assert.equal((await raw(url, '/emulator', simple)).status, 403);
  });

  test('serves no key', async () => {
    for (const path of ['/', '/config.json', '/main.js', '/preferences.js', '/emulator'])
      assert.ok(!(await raw(url, path)).text.includes(CANARY), path);
    // The browser does not need the emulator's keys either.
    assert.ok(!(await raw(url, '/main.js')).text.includes('SAMPLE0ONLY0EMULATOR'));
  });

  test('serves only its own files, for any path', async () => {
    for (const path of [
      '/../package.json',
      '/..%2fpackage.json',
      '/%2e%2e/package.json',
      '/./../package.json',
      '//etc/passwd',
      '/.git/config',
      '/main.js/',
      '/www/index.html',
      '/%00',
      '/index.html%00',
      '/..\\package.json',
      '*',
      'http://127.0.0.1/../package.json',
      '/api',
      '/constructor',
      '/__proto__',
    ]) {
      assert.equal((await raw(url, path)).status, 404, path);
    }
    assert.equal((await raw(url, '/index.html?x=1')).status, 200);
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS'])
      assert.equal((await raw(url, '/', { method })).status, 405, method);
  });

  test('serves only under its own host name', async () => {
    for (const host of ['evil.example', 'localhost', `127.0.0.1.evil.example:${new URL(url).port}`]) {
      assert.equal((await raw(url, '/config.json', { headers: { host } })).status, 403, host);
    }
    assert.equal((await raw(url, '/config.json', { headers: { host: `localhost:${new URL(url).port}` } })).status, 200);
  });

  test('creates the first example of the API page through the proxy', async () => {
    const body =
      '{ "tracker_type" : "system", "tracker_name" : "system", "agency_name" : "cts_admin_trust", "obs_info" : { "is_obs_created" : false, ' +
      '"bucket_name" : "test-data-tracker", "file_prefix_name" : "11" }, "is_lts_enabled" : true, "is_support_trace_files_encryption" : true, ' +
      '"kms_id" : "13a4207c-7abe-4b68-8510-16b84c3b5504", "is_support_validate" : true }';
    const headers = {
      'content-type': 'application/json',
      'x-requested-with': 'cts-tracker',
      origin: new URL(url).origin,
    };
    const path = '/api/v3/bb1xxxxxxxxe4f498cbxxxxxxxx35634/tracker';
    const answer = await raw(url, path, { method: 'POST', headers, body });
    assert.equal(answer.status, 201, answer.text);
    assert.equal(JSON.parse(answer.text).tracker_name, 'system');
    const foreign = await raw(url, path, {
      method: 'POST',
      headers: { ...headers, origin: 'http://evil.example' },
      body,
    });
    assert.equal(foreign.status, 403, foreign.text);
    const renamed = await raw(url, path, { method: 'POST', headers: { ...headers, host: 'evil.example' }, body });
    assert.equal(renamed.status, 403, renamed.text);
  });
});

describe('shutdown', () => {
  // npm receives Ctrl-C too, and exits with the signal or with our exit code. So this test checks the exit code of our
  // process.
  for (const [name, signal, one, command] of [
    ['Ctrl-C', 'SIGINT', false, ITSELF],
    ['a signal to npm alone', 'SIGINT', true, NPM],
    ['SIGTERM', 'SIGTERM', true, NPM],
  ]) {
    test(`${name}: exits with 0 at once and leaves no process`, async () => {
      const app = start(['--skip-build'], {}, command);
      const url = await app.ready();
      const ports = [new URL(url).port, /emulator at http:\/\/127\.0\.0\.1:(\d+)/.exec(app.output())[1]].map(Number);
      // An open connection must not delay the exit.
      const socket = connect({ host: '127.0.0.1', port: ports[0] });
      socket.on('error', () => {});
      const since = Date.now();
      process.kill(one ? app.child.pid : -app.child.pid, signal);
      assert.equal(await app.ended, 0, app.output());
      assert.ok(Date.now() - since < 5000);
      socket.destroy();
      for (const port of ports) assert.equal(await listens(port), false, String(port));
      assert.throws(() => process.kill(-app.child.pid, 0), { code: 'ESRCH' });
    });
  }
});

test('with the real service, and without a build, prints that and no key', async () => {
  const app = start(['--region', 'eu-west-101', '--skip-build'], {
    CLOUD_SDK_AK: `${CANARY}AK`,
    CLOUD_SDK_SK: `${CANARY}SK`,
    HUAWEICLOUD_SDK_SECURITY_TOKEN: `${CANARY}TOKEN`,
    HUAWEICLOUD_SDK_PROJECT_ID: 'projectofmine',
  });
  try {
    const url = await app.ready();
    assert.match(app.output(), /REAL service in eu-west-101/);
    assert.doesNotMatch(app.output(), /Built pkg/);
    const config = await raw(url, '/config.json');
    assert.deepEqual(JSON.parse(config.text), { mode: 'service', region: 'eu-west-101', projectId: 'projectofmine' });
    // The proxy refuses another project than that of the environment, so nothing is sent to the service.
    const other = await raw(url, '/api/v3/anotherproject/tracker', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-requested-with': 'cts-tracker', origin: new URL(url).origin },
      body: '{}',
    });
    assert.ok([403, 404].includes(other.status), other.text);
    for (const path of ['/', '/config.json', '/main.js'])
      assert.ok(!(await raw(url, path)).text.includes(CANARY), path);
    // Only the emulator can be controlled.
    for (const path of ['/emulator', '/api/emulator']) assert.equal((await raw(url, path)).status, 404, path);
    assert.ok(!other.text.includes(CANARY) && !app.output().includes(CANARY));
  } finally {
    await app.stop();
  }
});
