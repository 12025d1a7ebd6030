// Whether a request was sent, in the other runtimes: the client and the proxy of the tarball, over sockets and TLS servers
// that fail at each stage. tests/fetches does the same in Node.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { failingServers, refusingHttpProxy } from '../support/failing-servers.mjs';
import { unusedAddress } from '../support/sockets.mjs';
import { bun, bundleWorker, deno, denoEnv, workerConfig, workerd } from './support/programs.mjs';
import { project, run } from './support/project.mjs';

const servers = await failingServers(Number(new URL(await unusedAddress()).port));
const httpProxy = await refusingHttpProxy();
after(() => {
  servers.close();
  httpProxy.close();
});
const { unconnected, handshakes, closedHandshakes, ambiguous } = servers;
const all = [...unconnected, ...handshakes, ...closedHandshakes, ...ambiguous];
const namesOf = (...groups) => groups.flat().map(([name]) => name);
const TUNNELLED = [['a proxy that refuses CONNECT', 'https://name.invalid/']];

/** Prints for each address how the client ends, and what the proxy says. */
const program = (addresses) => `
  import { createCtsClient } from 'cts-tracker';
  import { sampleCredentials as credentials } from 'cts-tracker/emulator';
  import { createSigningProxy } from 'cts-tracker/proxy';

  const body = JSON.stringify({ tracker_type: 'system' });
  const headers = { 'content-type': 'application/json', 'x-requested-with': 'cts-tracker' };
  async function main() {
    for (const [name, url] of ${JSON.stringify(addresses)}) {
      const client = createCtsClient({ baseUrl: url, projectId: 'p', retry: { maxRetries: 0 } });
      const { kind, sent } = await client.createTracker(JSON.parse(body)).catch((error) => error);
      const proxy = createSigningProxy({ endpoint: url, credentials, allowedHosts: ['proxy.test'] });
      const request = new Request('http://proxy.test/v3/p/tracker', { method: 'POST', headers, body });
      const problem = await (await proxy.fetch(request)).json();
      console.log(JSON.stringify({ name, client: [kind, sent], proxy: [problem.code, problem.sent] }));
    }
  }
`;

/** Asserts that the failures with these names prove that nothing was sent, and that the others do not. */
function check({ stdout, stderr }, addresses, unsent) {
  const lines = (stdout + stderr)
    .split('\n')
    .filter((line) => line.startsWith('{"name":'))
    .map((line) => JSON.parse(line));
  assert.deepEqual(namesOf(addresses), namesOf(lines.map(({ name }) => [name])), stdout + stderr);
  for (const { name, client, proxy } of lines) {
    const expected = unsent.includes(name) ? ['network', 'no'] : ['outcome_unknown', 'unknown'];
    assert.deepEqual([client, proxy], [expected, ['upstream_unreachable', expected[1]]], name);
  }
}

let folder;
before(async () => {
  folder = await project(
    'sent',
    {
      'main.mjs': `${program(all)} await main();`,
      'tunnelled.mjs': `${program(TUNNELLED)} await main();`,
    },
    { near: true },
  );
});

const denoRun = async (file, allowed, env) => {
  const flags = ['run', '--no-prompt', '--node-modules-dir=manual', '--allow-read', ...allowed, file];
  return run(deno, flags, { cwd: folder, env: { ...(await denoEnv()), ...env } });
};

test('Deno', async () => {
  const [reset] = namesOf(ambiguous);
  const unsent = [...namesOf(unconnected, handshakes, closedHandshakes), reset];
  check(await denoRun('main.mjs', ['--allow-net=127.0.0.1,name.invalid']), all, unsent);
});

test('Deno without permission to connect', async () => {
  check(await denoRun('main.mjs', []), all, namesOf(all));
});

test('Deno behind a proxy that refuses CONNECT', async () => {
  const allowed = ['--allow-net', '--allow-env'];
  check(await denoRun('tunnelled.mjs', allowed, { HTTPS_PROXY: httpProxy.url }), TUNNELLED, namesOf(TUNNELLED));
});

test('Bun', async () => {
  // Of a closed connection it says the same in the handshake and after it.
  check(await run(bun, ['main.mjs'], { cwd: folder }), all, namesOf(unconnected, handshakes));
});

test('Bun behind a proxy that refuses CONNECT', async () => {
  const env = { HTTPS_PROXY: httpProxy.url };
  check(await run(bun, ['tunnelled.mjs'], { cwd: folder, env }), TUNNELLED, namesOf(TUNNELLED));
});

test('workerd', async () => {
  // It hides the reason of every failure, so none proves anything.
  const { text, wasm } = await bundleWorker(`${program(all)} export default { test: main };`, folder);
  await writeFile(join(folder, 'worker.js'), text);
  await writeFile(
    join(folder, 'sent.capnp'),
    `using Workerd = import "/workerd/workerd.capnp";
    const unitTests :Workerd.Config = (services = [
      (name = "main", worker = ${workerConfig('worker.js', wasm)}),
      (name = "internet", network = (allow = ["private", "public"], tlsOptions = (trustBrowserCas = true))),
    ]);`,
  );
  // Its exit code is 1, because it counts what it logs about the connections as failures of the test.
  const failed = await run(workerd, ['test', 'sent.capnp', '--verbose'], { cwd: folder }).then(
    () => assert.fail('workerd logged no failure'),
    ({ message }) => message,
  );
  check({ stdout: '', stderr: failed }, all, []);
});
