// The packed tarball in the other JavaScript runtimes, and in Vitest.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { arch, platform, tmpdir } from 'node:os';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { build } from 'esbuild';
import { CHECK, EXPECTED } from './support/example.mjs';
import { here, project, run } from './support/project.mjs';

const MAIN = `import * as cts from 'cts-tracker'; ${CHECK} console.log(check(cts));`;
let folder;
before(async () => {
  folder = await project('runtimes', {
    'main.mjs': MAIN,
    'cts.test.mjs': `import { expect, test } from 'vitest'; import * as cts from 'cts-tracker'; ${CHECK}
      test('it works', () => { expect(check(cts)).toBe(${JSON.stringify(EXPECTED)}); });`,
  }, { near: true });
});

const bin = (...path) => join(here, 'node_modules', ...path);
const machine = `${platform()}-${arch()}`;

test('Deno', async () => {
  // Its package for this platform alone is locked; elsewhere, the one on PATH.
  const packaged = bin('@deno', `${machine}-glibc`, 'deno');
  const program = existsSync(packaged) ? packaged : 'deno';
  const { stdout } = await run(program, ['run', '--node-modules-dir=manual', '--allow-read', 'main.mjs'], {
    cwd: folder, env: { DENO_DIR: await mkdtemp(join(tmpdir(), 'deno-')), DENO_NO_UPDATE_CHECK: '1', NO_COLOR: '1' },
  });
  assert.equal(stdout.trim(), EXPECTED);
});

test('Bun', async () => {
  // Its install script moves the program; where scripts are off, it is still in the package of the platform.
  const unmoved = bin('@oven', `bun-${machine.replace('arm64', 'aarch64')}`, 'bin', 'bun');
  const program = existsSync(unmoved) ? unmoved : bin('bun', 'bin', 'bun.exe');
  const { stdout } = await run(program, ['main.mjs'], { cwd: folder });
  assert.equal(stdout.trim(), EXPECTED);
});

test('workerd, which compiles no bytes', async () => {
  // As wrangler bundles: the conditions of a worker, and wasm imports left to the runtime.
  const files = [];
  const { outputFiles } = await build({
    stdin: {
      contents: `import * as cts from 'cts-tracker'; ${CHECK}
        export default { async test() {
          const answer = check(cts);
          if (answer !== ${JSON.stringify(EXPECTED)}) throw new Error('it says ' + answer);
        } };`,
      resolveDir: folder,
    },
    bundle: true, format: 'esm', conditions: ['workerd', 'worker', 'browser'], write: false, logLevel: 'error',
    plugins: [{
      name: 'wasm-modules',
      setup({ onResolve }) {
        onResolve({ filter: /\.wasm$/ }, ({ path, resolveDir }) => {
          files.push({ name: path, path: join(resolveDir, path) });
          return { path, external: true };
        });
      },
    }],
  });
  await writeFile(join(folder, 'worker.js'), outputFiles[0].contents);
  assert.deepEqual(files.map(({ name }) => name), ['./cts_tracker_bg.wasm']);
  await writeFile(join(folder, 'worker.capnp'), `using Workerd = import "/workerd/workerd.capnp";
    const unitTests :Workerd.Config = (services = [ (name = "main", worker = (
      modules = [
        (name = "worker.js", esModule = embed "worker.js"),
        (name = "cts_tracker_bg.wasm", wasm = embed "node_modules/cts-tracker/cts_tracker_bg.wasm"),
      ],
      compatibilityDate = "2026-10-01",
    )) ]);`);
  const program = bin('@cloudflare', `workerd-${machine.replace('x64', '64')}`, 'bin', 'workerd');
  const { stdout, stderr } = await run(program, ['test', 'worker.capnp', '--verbose'], { cwd: folder });
  assert.match(stdout + stderr, /\[ PASS \]/);
});

test('Vitest', async () => {
  const { stdout } = await run(process.execPath, [bin('vitest', 'vitest.mjs'), 'run', '--root', folder, '--reporter=verbose'], { cwd: folder, env: { NO_COLOR: '1' } });
  assert.match(stdout, /1 passed/);
});
