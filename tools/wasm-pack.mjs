// npm run wasm-pack -- --target web|nodejs|bundler: wasm-pack, with the wasm-bindgen and the wasm-opt of this project.
import { existsSync } from 'node:fs';
import { mkdir, rm, symlink } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

import { at, cache, Failure, installNpm, main, run, say } from './common.mjs';
import { onPath } from './requirements.mjs';
import { wasmFlags } from './rust.mjs';
import { ensureBindgen, ensureRust } from './toolchain.mjs';

const VERSION = '0.15.1';
const TARGETS = ['web', 'nodejs', 'bundler'];

/** The wasm-pack on PATH, or one that is compiled into target/. */
async function ensureWasmPack() {
  const found = onPath('wasm-pack');
  if (found) return found;
  const folder = at('target', 'wasm-pack');
  const program = join(folder, 'bin', 'wasm-pack');
  if (!existsSync(program)) {
    say('Compiling wasm-pack once (two minutes)');
    const places = ['--root', folder, '--target-dir', join(folder, 'build')];
    await run('cargo', ['install', 'wasm-pack', '--version', VERSION, '--locked', '--quiet', ...places]);
    await rm(join(folder, 'build'), { recursive: true });
  }
  return program;
}

/**
 * Runs wasm-pack on the crate.
 * @param {string} target
 * @param {string} out the folder for its output
 */
export async function wasmPack(target, out) {
  await installNpm();
  await ensureRust();
  const program = await ensureWasmPack();
  // wasm-pack looks for both under these names on PATH, and downloads them if they are missing.
  const tools = join(cache, 'wasm-pack');
  await rm(tools, { recursive: true, force: true });
  await mkdir(tools, { recursive: true });
  await symlink(join(await ensureBindgen(), 'bindgen'), join(tools, 'wasm-bindgen'));
  await symlink(at('node_modules', 'binaryen', 'bin', 'wasm-opt'), join(tools, 'wasm-opt'));
  await run(program, ['build', '--target', target, '--out-dir', out, '--', '--locked'], {
    env: {
      PATH: [tools, process.env.PATH].join(delimiter),
      CARGO_TARGET_DIR: at('target', 'wasm', 'standalone'),
      CARGO_ENCODED_RUSTFLAGS: await wasmFlags(),
    },
  });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await main(async () => {
    const { target, 'out-dir': out } = parseArgs({
      options: { target: { type: 'string', default: 'bundler' }, 'out-dir': { type: 'string' } },
    }).values;
    if (!TARGETS.includes(target)) throw new Failure(`there is no target ${target}: ${TARGETS.join(' ')}`);
    const folder = out ?? join('pkg-wasm-pack', target);
    await wasmPack(target, at(folder));
    say(`Built ${folder}`);
  });
}
