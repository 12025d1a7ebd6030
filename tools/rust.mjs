// The Rust half of the build: the two wasm files, the first one as JavaScript, the generated sources.
import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { at, cache, node, readJson, run, say, sha256, write } from './common.mjs';
import { cargo, ensureBindgen, ensureRust, WASM_TARGET } from './toolchain.mjs';

/** No path of the machine that builds enters the wasm, and two machines build the same bytes. */
export async function wasmFlags() {
  const sysroot = (await run('rustc', ['--print', 'sysroot'], { quiet: true })).stdout.trim();
  const verbose = (await run('rustc', ['-vV'], { quiet: true })).stdout;
  const commit = /^commit-hash: (.*)$/m.exec(verbose)?.[1] ?? 'unknown';
  const cargoHome = process.env.CARGO_HOME ?? join(homedir(), '.cargo');
  return [
    `--remap-path-prefix=${at()}=/cts-tracker`,
    `--remap-path-prefix=${cargoHome}=/cargo`,
    `--remap-path-prefix=${join(sysroot, 'lib/rustlib/src/rust')}=/rustc/${commit}`,
  ].join('\x1f');
}

/** Twice, since an address that takes up what is added to it leaves more to be found; Rust's stack is what is low. */
const SMALL = ['-O3', '--low-memory-unused', '--optimize-added-constants-propagate', '-O3'];

/** A server signs and judges all day: there speed goes before size, and every runtime has SIMD, which SHA-256 uses. */
const KINDS = {
  browser: { features: ['--no-default-features', '--features', 'client'], flags: [], env: {}, optimise: SMALL },
  server: {
    features: ['--no-default-features', '--features', 'server'],
    flags: ['-Ctarget-feature=+simd128'],
    env: { CARGO_PROFILE_RELEASE_OPT_LEVEL: '2' },
    optimise: ['-O3'],
  },
};

const BIND = ['--target', 'web', '--omit-default-module-path', '--experimental-reset-state-function'];
const binaryen = (name) => at('node_modules/binaryen/bin', name);
/** What binds and optimises, for the stamp of what came of it. */
const tools = () =>
  Promise.all(
    [join(at('target', 'tool'), 'bindgen'), at('node_modules/binaryen/package.json')].map((path) => readFile(path)),
  );

/**
 * Builds one wasm, its JavaScript glue beside it.
 * @param {'browser' | 'server'} kind
 * @returns {Promise<{ wasm: string, glue: string }>} paths
 */
async function buildWasm(kind) {
  const bindgen = join(await ensureBindgen(), 'bindgen');
  const { features, flags, env, optimise } = KINDS[kind];
  // Each kind has its own target folder: both builds give target/…/cts_tracker.wasm, and would rebuild in turn.
  const targetDir = at('target', 'wasm', kind);
  say(`Compiling the ${kind} wasm`);
  await cargo(['build', '--locked', '--quiet', '--lib', '--release', '--target', WASM_TARGET, ...features], {
    CARGO_TARGET_DIR: targetDir,
    CARGO_ENCODED_RUSTFLAGS: [await wasmFlags(), ...flags].join('\x1f'),
    ...env,
  });
  const built = join(targetDir, WASM_TARGET, 'release', 'cts_tracker.wasm');
  const out = join(cache, 'wasm', kind);
  const glue = join(out, 'cts_tracker.js');
  const bound = join(out, 'cts_tracker_bg.wasm');
  const optimised = join(out, 'optimised.wasm');

  // Binding and wasm-opt depend on nothing but these, so they are done again only when one of them changes.
  const optArgs = [...optimise, '--strip-debug', '--strip-producers', '--strip-target-features'];
  const input = sha256(...(await tools()), await readFile(built), ...BIND, ...optArgs);
  const stamp = join(out, 'input.sha256');
  if (existsSync(optimised) && (await readFile(stamp, 'utf8').catch(() => '')) === input)
    return { wasm: optimised, glue };

  say(`Binding and optimising the ${kind} wasm`);
  await run(bindgen, [built, ...BIND, '--out-name', 'cts_tracker', '--out-dir', out]);
  await node(binaryen('wasm-opt'), [bound, ...optArgs, '-o', optimised]);
  await write(stamp, input);
  return { wasm: optimised, glue };
}

/** What wasm2js cannot say is said in WebAssembly's first version, which all engines had. */
const LOWER = ['--signext-lowering', '--llvm-memory-copy-fill-lowering', '--llvm-nontrapping-fptoint-lowering'];

/**
 * Turns the browser wasm into JavaScript, for pages that may run no wasm. The bindings are made anew: those of the
 * wasm keep JavaScript's values in a second table, and wasm2js knows but one.
 * @returns {Promise<{ script: string, glue: string }>} paths; call it after buildWasm('browser')
 */
async function buildScript() {
  const bindgen = join(await ensureBindgen(), 'bindgen');
  const built = at('target', 'wasm', 'browser', WASM_TARGET, 'release', 'cts_tracker.wasm');
  const out = join(cache, 'wasm', 'script');
  const glue = join(out, 'cts_tracker.js');
  const bound = join(out, 'cts_tracker_bg.wasm');
  const script = join(out, 'script.js');
  const lowered = join(out, 'lowered.wasm');
  const plain = join(out, 'plain.wasm');

  const lowerArgs = [...LOWER, '--debuginfo', '--strip-target-features'];
  // wasm-bindgen goes by the section that names the features.
  const plainArgs = ['--mvp-features', '--enable-mutable-globals', '--debuginfo', '--emit-target-features'];
  const input = sha256(...(await tools()), await readFile(built), ...BIND, ...lowerArgs, ...plainArgs);
  const stamp = join(out, 'input.sha256');
  if (existsSync(script) && (await readFile(stamp, 'utf8').catch(() => '')) === input) return { script, glue };

  say('Turning the browser wasm into JavaScript');
  await mkdir(out, { recursive: true });
  await node(binaryen('wasm-opt'), [built, ...lowerArgs, '-o', lowered]);
  await node(binaryen('wasm-opt'), [lowered, ...plainArgs, '-o', plain]);
  await run(bindgen, [plain, ...BIND, '--out-name', 'cts_tracker', '--out-dir', out]);
  await node(binaryen('wasm2js'), [bound, '-Oz', '-o', script]);
  await write(stamp, input);
  return { script, glue };
}

/** What src/codegen prints: generated sources, and files that are published as they are. */
async function codegen() {
  say('Generating sources');
  const args = ['run', '--locked', '--quiet', '--all-features', '--bin', 'codegen'];
  const { stdout } = await run('cargo', args, { capture: true, env: { CARGO_TARGET_DIR: at('target') } });
  await write(CODEGEN, stdout);
}

const CODEGEN = join(cache, 'codegen.json');

/** Compiles everything that Rust contributes to the package. */
export async function buildRust() {
  await ensureRust();
  await ensureBindgen();
  await codegen();
  await Promise.all([buildWasm('browser'), buildWasm('server')]);
  await buildScript();
  return readRustCache();
}

/** What the last `buildRust` left. */
export async function readRustCache() {
  const wasm = (kind) => {
    const out = join(cache, 'wasm', kind);
    return { wasm: join(out, 'optimised.wasm'), script: join(out, 'script.js'), glue: join(out, 'cts_tracker.js') };
  };
  return { known: await readJson(CODEGEN), browser: wasm('browser'), server: wasm('server'), script: wasm('script') };
}
