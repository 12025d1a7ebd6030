// The proxy, the emulator and the client of the packed tarball in Deno, Bun and workerd, with the cases that Node runs
// (tests/node). The client uses the platform's fetch, over sockets if the runtime has them.
import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, test } from 'node:test';
import * as cts from 'cts-tracker';
import * as emulator from 'cts-tracker/emulator';
import * as proxy from 'cts-tracker/proxy';
import { clientCases } from '../support/client-cases.mjs';
import { proxyCases } from '../support/proxy-cases.mjs';
import { unusedAddress } from '../support/sockets.mjs';
import { bun, bundleWorker, deno, denoEnv, workerConfig, workerd } from './support/programs.mjs';
import { project, root, run } from './support/project.mjs';

// Node runs ten thousand. The other runtimes run the same policy, so fewer are enough.
const SIZE = { randomRequests: 2_000 };
const NOTHING = await unusedAddress();
const IMPORTS = `
  import * as cts from 'cts-tracker';
  import * as emulator from 'cts-tracker/emulator';
  import * as proxy from 'cts-tracker/proxy';
  import { clientCases } from './client-cases.mjs';
  import { proxyCases } from './proxy-cases.mjs';
  import { report } from './report.mjs';
  import { createHarness } from './harness.mjs';
  const made = { ...proxy, ...emulator };
`;
const main = (serve, exit) => `${IMPORTS}
  const port = await (${serve})(createHarness(made));
  await report([
    ...proxyCases(made, ${JSON.stringify(SIZE)}),
    ...clientCases(cts, 'http://127.0.0.1:' + port, ${JSON.stringify(NOTHING)}),
  ]);
  ${exit};
`;

const named = (cases) => cases.map(([name]) => name);
const SERVER_CASES = named(proxyCases({ ...proxy, ...emulator }));
const CLIENT_CASES = named(clientCases(cts, '', NOTHING));

let folder;
before(async () => {
  const files = {
    'deno.mjs': main(
      "(fetch) => Deno.serve({ hostname: '127.0.0.1', port: 0, onListen() {} }, fetch).addr.port",
      'Deno.exit()',
    ),
    'bun.mjs': main("(fetch) => Bun.serve({ hostname: '127.0.0.1', port: 0, fetch }).port", 'process.exit()'),
  };
  for (const file of ['client-cases', 'proxy-cases', 'report', 'harness']) {
    files[`${file}.mjs`] = await readFile(join(root, 'tests', 'support', `${file}.mjs`), 'utf8');
  }
  for (const name of await readdir(join(root, 'tests', 'support', 'proxy-cases')))
    files[`proxy-cases/${name}`] = await readFile(join(root, 'tests', 'support', 'proxy-cases', name), 'utf8');
  folder = await project('servers', files, { near: true });
});

/** Asserts that every case ran, in order, and passed. */
function check({ stdout, stderr }, names) {
  const lines = (stdout + stderr)
    .split('\n')
    .filter((line) => line.startsWith('{"case":'))
    .map((line) => JSON.parse(line));
  assert.deepEqual(
    lines.filter(({ error }) => error !== null),
    [],
  );
  assert.deepEqual(
    lines.map((line) => line.case),
    names,
  );
  console.log(`# ${lines.length} cases`);
}

test('Deno', async () => {
  const allowed = ['--node-modules-dir=manual', '--allow-read', '--allow-net=127.0.0.1'];
  const options = { cwd: folder, env: await denoEnv() };
  check(await run(deno, ['run', ...allowed, 'deno.mjs'], options), [...SERVER_CASES, ...CLIENT_CASES]);
});

test('Bun', async () => {
  check(await run(bun, ['bun.mjs'], { cwd: folder }), [...SERVER_CASES, ...CLIENT_CASES]);
});

test('workerd', async () => {
  // Every fetch of the first worker goes to the second.
  const workers = {
    main: `${IMPORTS} export default { async test() {
      await report([...proxyCases(made, ${JSON.stringify(SIZE)}), ...clientCases(cts, 'http://harness.test')]);
    } };`,
    harness: `${IMPORTS} export default { fetch: createHarness(made) };`,
  };
  const services = [];
  for (const [name, contents] of Object.entries(workers)) {
    const { text, wasm } = await bundleWorker(contents, folder);
    await writeFile(join(folder, `${name}.js`), text);
    const outbound = name === 'main' ? 'globalOutbound = "harness"' : '';
    services.push(`(name = "${name}", worker = ${workerConfig(`${name}.js`, wasm, outbound)})`);
  }
  await writeFile(
    join(folder, 'servers.capnp'),
    `using Workerd = import "/workerd/workerd.capnp";
    const unitTests :Workerd.Config = (services = [ ${services.join(', ')} ]);`,
  );
  const names = [
    ...SERVER_CASES,
    ...CLIENT_CASES.filter((name) => !name.startsWith('reports that nothing was sent if')),
  ];
  check(await run(workerd, ['test', 'servers.capnp', '--verbose'], { cwd: folder }), names);
});
