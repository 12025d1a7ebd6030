// The other runtimes' programs. One that is missing is a failure of the test that starts it.
import { existsSync } from 'node:fs';
import { arch, platform } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { here, temporaryFolder } from './project.mjs';

export const bin = (...path) => join(here, 'node_modules', ...path);
const machine = `${platform()}-${arch()}`;

// Its package for this platform alone is locked; elsewhere, the one on PATH.
const packaged = bin('@deno', `${machine}-glibc`, 'deno');
export const deno = existsSync(packaged) ? packaged : 'deno';
export const denoEnv = async () => ({
  DENO_DIR: await temporaryFolder('deno'),
  DENO_NO_UPDATE_CHECK: '1',
  NO_COLOR: '1',
});

// Its install script moves the program; where scripts are off, it is still in the package of the platform.
const unmoved = bin('@oven', `bun-${machine.replace('arm64', 'aarch64')}`, 'bin', 'bun');
export const bun = existsSync(unmoved) ? unmoved : bin('bun', 'bin', 'bun.exe');

export const workerd = bin('@cloudflare', `workerd-${machine.replace('x64', '64')}`, 'bin', 'workerd');

/**
 * Bundles a worker as wrangler does: the conditions of a worker, and wasm imports left to the runtime.
 * @returns {Promise<{ text: string, wasm: string[] }>} the bundle, and the names of the wasm files it imports
 */
export async function bundleWorker(contents, resolveDir) {
  const wasm = new Set();
  const {
    outputFiles: [{ text }],
  } = await build({
    stdin: { contents, resolveDir },
    bundle: true,
    format: 'esm',
    conditions: ['workerd', 'worker', 'browser'],
    write: false,
    logLevel: 'error',
    plugins: [
      {
        name: 'wasm-modules',
        setup({ onResolve }) {
          onResolve({ filter: /\.wasm$/ }, ({ path }) => {
            wasm.add(path);
            return { path, external: true };
          });
        },
      },
    ],
  });
  return { text, wasm: [...wasm].sort() };
}

/** A worker of workerd's configuration: a bundle in a file, and the wasm files of the package. */
export const workerConfig = (file, wasm, more = '') => `(
  modules = [
    (name = "${file}", esModule = embed "${file}"),
    ${wasm
      .map((path) => path.slice(2))
      .map((name) => `(name = "${name}", wasm = embed "node_modules/cts-tracker/${name}"),`)
      .join('\n    ')}
  ],
  compatibilityDate = "2026-10-01",
  ${more}
)`;
