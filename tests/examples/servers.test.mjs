// The servers of the examples: each is the proxy in front of the emulator.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import test from 'node:test';
import { createCtsClient } from 'cts-tracker';
import { launchChromium } from '../support/chromium.mjs';
import { unusedAddress } from '../support/sockets.mjs';
import { examples, KEYS, PROJECT, program, run, serve, startService } from './support.mjs';

const { validate } = createRequire(join(examples, 'package.json'))('dockerfile-utils');
const BODY = { tracker_type: 'system', obs_info: { bucket_name: 'test-data-tracker' } };

/** Creates a tracker through the proxy at `baseUrl`, and sees it in the emulator. */
async function createThrough(baseUrl, emulator, headers) {
  const client = createCtsClient({ baseUrl, projectId: PROJECT, headers });
  const { id } = await client.createTracker(BODY);
  assert.deepEqual(
    emulator.state().trackers.map((tracker) => tracker.id),
    [id],
  );
}

for (const name of ['express', 'hono']) {
  test(name, async () => {
    const { emulator, endpoint } = await startService();
    const env = { ...KEYS, PORT: '0', CTS_ENDPOINT: endpoint };
    const { match, stop } = await serve([join(name, 'server.mjs')], /"port":(\d+)/, { env });
    const url = `http://127.0.0.1:${match[1]}`;
    await createThrough(`${url}/api/cts/`, emulator);
    assert.equal((await fetch(`${url}/api/cts/-/readyz`)).status, 200);
    assert.equal(await (await fetch(url)).text(), 'The proxy is at /api/cts.');
    assert.equal(await stop(), 0, 'it ends by itself');
  });
}

test('cloudflare-worker', async () => {
  const { emulator, endpoint } = await startService();
  const port = new URL(await unusedAddress()).port;
  const variables = { ...KEYS, CTS_ENDPOINT: endpoint, ALLOWED_HOST: `127.0.0.1:${port}` };
  const vars = Object.entries(variables).flatMap(([key, value]) => ['--var', `${key}:${value}`]);
  const { stop } = await serve(
    [program('wrangler/bin/wrangler.js'), 'dev', '--ip', '127.0.0.1', '--port', port, ...vars],
    /Ready on/,
    { cwd: join(examples, 'cloudflare-worker'), env: { WRANGLER_SEND_METRICS: 'false', CI: '1' } },
  );
  await createThrough(`http://127.0.0.1:${port}/`, emulator);
  await stop();
});

test('docker: the Dockerfile has no mistakes, its command serves, and its health check follows the proxy', async () => {
  const text = readFileSync(join(examples, 'docker', 'Dockerfile'), 'utf8');
  assert.deepEqual(validate(text), []);
  const { version } = JSON.parse(readFileSync(program('cts-tracker/package.json'), 'utf8'));
  assert.match(text, new RegExp(`cts-tracker@${version.replaceAll('.', '\\.')}\\b`));

  // No engine runs here, so the commands run on this machine, on another port.
  const [, check] = /HEALTHCHECK [^[]*(\[.*\])/.exec(text);
  const [, entry] = /^ENTRYPOINT (\[.*\])/m.exec(text);
  const [, command] = /^CMD (\[.*\])/m.exec(text);
  const port = new URL(await unusedAddress()).port;
  const here = (args) => JSON.parse(args.replaceAll('8788', port));
  const [shown, ...options] = here(entry);
  assert.equal(shown, 'node_modules/.bin/cts-tracker');
  const healthy = async () => (await run(here(check).slice(1))).code === 0;
  assert.equal(await healthy(), false, 'nothing listens yet');

  const { emulator, endpoint } = await startService();
  const args = here(command).map((arg, i, all) =>
    all[i - 1] === '--region' ? endpoint : arg.replace('--region', '--endpoint'),
  );
  const { stop } = await serve([program('cts-tracker/cli.js'), ...options, ...args, '--port', port], /http:\/\//, {
    env: KEYS,
  });
  assert.equal(await healthy(), true);
  await createThrough(`http://localhost:${port}/`, emulator);
  assert.equal(await stop(), 0, 'it ends by itself');
  assert.equal(await healthy(), false);
});

test('vite-dev: a page of the development server creates a tracker through `cts-tracker proxy`', async () => {
  const { emulator, endpoint } = await startService();
  const cli = [program('cts-tracker/cli.js'), 'proxy', '--endpoint', endpoint, '--port', '0'];
  const proxy = await serve(cli, /http:\/\/127\.0\.0\.1:\d+/, { env: KEYS });
  const vite = await serve([program('vite/bin/vite.js'), 'vite-dev', '--port', '0'], /http:\/\/localhost:\d+/, {
    env: { CTS_PROXY: proxy.match[0], NO_COLOR: '1' },
  });
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    await page.goto(vite.match[0]);
    await page.getByRole('button').click();
    const output = page.locator('output:not(:empty)');
    assert.match((await output.textContent()) ?? '', /^Created /, proxy.output() + vite.output());
    assert.equal(emulator.state().trackers.length, 1);
  } finally {
    await browser.close();
    await vite.stop();
    await proxy.stop();
  }
});
