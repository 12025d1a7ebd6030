// The packed tarball in the other JavaScript runtimes, and in Vitest.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { CHECK, EXPECTED } from './support/example.mjs';
import { bin, bun, bundleWorker, deno, denoEnv, workerConfig, workerd } from './support/programs.mjs';
import { project, run } from './support/project.mjs';

const MAIN = `import * as cts from 'cts-tracker'; ${CHECK} console.log(check(cts));`;
let folder;
before(async () => {
  folder = await project('runtimes', {
    'main.mjs': MAIN,
    'cts.test.mjs': `import { expect, test } from 'vitest'; import * as cts from 'cts-tracker'; ${CHECK}
      test('it works', () => { expect(check(cts)).toBe(${JSON.stringify(EXPECTED)}); });`,
  }, { near: true });
});

test('Deno', async () => {
  const { stdout } = await run(deno, ['run', '--node-modules-dir=manual', '--allow-read', 'main.mjs'], { cwd: folder, env: await denoEnv() });
  assert.equal(stdout.trim(), EXPECTED);
});

test('Bun', async () => {
  const { stdout } = await run(bun, ['main.mjs'], { cwd: folder });
  assert.equal(stdout.trim(), EXPECTED);
});

test('workerd, which compiles no bytes', async () => {
  const { text, wasm } = await bundleWorker(`import * as cts from 'cts-tracker'; ${CHECK}
    export default { async test() {
      const answer = check(cts);
      if (answer !== ${JSON.stringify(EXPECTED)}) throw new Error('it says ' + answer);
    } };`, folder);
  assert.deepEqual(wasm, ['./cts_tracker_bg.wasm']);
  await writeFile(join(folder, 'worker.js'), text);
  await writeFile(join(folder, 'worker.capnp'), `using Workerd = import "/workerd/workerd.capnp";
    const unitTests :Workerd.Config = (services = [ (name = "main", worker = ${workerConfig('worker.js', wasm)}) ]);`);
  const { stdout, stderr } = await run(workerd, ['test', 'worker.capnp', '--verbose'], { cwd: folder });
  assert.match(stdout + stderr, /\[ PASS \]/);
});

test('Vitest', async () => {
  const { stdout } = await run(process.execPath, [bin('vitest', 'vitest.mjs'), 'run', '--root', folder, '--reporter=verbose'], { cwd: folder, env: { NO_COLOR: '1' } });
  assert.match(stdout, /1 passed/);
});
