// The programs of the other runtimes. If one is missing, the test that starts it fails.
import { existsSync } from 'node:fs';
import { arch, platform } from 'node:os';
import { basename, join } from 'node:path';
import { build } from 'esbuild';
import { here, temporaryFolder } from './project.mjs';

export const bin = (...path) => join(here, 'node_modules', ...path);
const machine = `${platform()}-${arch()}`;

// Only the package for this platform is in the lockfile. Other platforms use the program on PATH.
const packaged = bin('@deno', `${machine}-glibc`, 'deno');
export const deno = existsSync(packaged) ? packaged : 'deno';
export const denoEnv = async () => ({
  DENO_DIR: await temporaryFolder('deno'),
  DENO_NO_UPDATE_CHECK: '1',
  NO_COLOR: '1',
});

// The install script moves the program. Without install scripts it is in the package of the platform.
const unmoved = bin('@oven', `bun-${machine.replace('arm64', 'aarch64')}`, 'bin', 'bun');
export const bun = existsSync(unmoved) ? unmoved : bin('bun', 'bin', 'bun.exe');

export const workerd = bin('@cloudflare', `workerd-${machine.replace('x64', '64')}`, 'bin', 'workerd');

/**
 * Bundles a worker like wrangler: with the conditions of a worker, and wasm files as external modules.
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
          // Resolved from the file that imports it, as wrangler does; the copy is beside the bundle.
          onResolve({ filter: /\.wasm$/ }, ({ path, resolveDir }) => {
            const name = `./${basename(path)}`;
            if (!existsSync(join(resolveDir, path))) return { errors: [{ text: `${path} does not exist` }] };
            wasm.add(name);
            return { path: name, external: true };
          });
        },
      },
    ],
  });
  return { text, wasm: [...wasm].sort() };
}

/** A worker in the configuration of workerd: the file of a bundle and the wasm files of the package. */
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
