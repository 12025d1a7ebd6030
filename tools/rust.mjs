// The Rust half of the build: the wasm files, the browser's once more as JavaScript, and the generated sources.
import { existsSync } from 'node:fs';
import { cp, readFile, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { at, cache, node, readJson, run, say, sha256, write } from './common.mjs';
import { patchGlue, patchScript, patchScriptGlue, trimPanics, withoutClosures } from './glue.mjs';
import { cargo, ensureBindgen, ensureRust, WASM_TARGET } from './toolchain.mjs';

/** @typedef {'validators' | 'client' | 'browser' | 'server'} Kind */

/**
 * The browser's wasm is built as two files, so that a bundle with only validators is 10 kB of brotli smaller, and as one
 * for where a host loads a file. The server's uses SIMD for SHA-256; every server runtime has it.
 * @type {Record<Kind, { features: string, flags: string[] }>}
 */
const KINDS = {
  validators: { features: 'validators', flags: [] },
  client: { features: 'client', flags: [] },
  browser: { features: 'validators,client', flags: [] },
  server: { features: 'server', flags: ['-Ctarget-feature=+simd128'] },
};

/** In wasm2js's input, only WebAssembly's first version is allowed. */
const LOWER = ['--signext-lowering', '--llvm-memory-copy-fill-lowering', '--llvm-nontrapping-fptoint-lowering'];
const CODEGEN = join(cache, 'codegen.json');

/** A target folder each: in a common one, each build would undo the other. @param {Kind} kind */
const targetOf = (kind) => at('target', 'wasm', kind);
/** @param {Kind} kind */
const compiled = (kind) => join(targetOf(kind), WASM_TARGET, 'release', 'cts_tracker.wasm');
/** @param {Kind | 'script'} kind */
const folderOf = (kind) => join(cache, 'wasm', kind);
/**
 * @param {string} tool
 * @param {string[]} args
 */
const binaryen = (tool, ...args) => node(at('node_modules/binaryen/bin', tool), args);

/** Flags that keep paths of this machine out of the wasm, so that two machines build the same bytes. */
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

/** @param {Kind} kind */
async function compile(kind) {
  say(`Compiling the ${kind} wasm`);
  const { features, flags } = KINDS[kind];
  const selected = ['--no-default-features', '--features', features];
  await cargo(['build', '--locked', '--quiet', '--lib', '--release', '--target', WASM_TARGET, ...selected], {
    CARGO_TARGET_DIR: targetOf(kind),
    CARGO_ENCODED_RUSTFLAGS: [await wasmFlags(), ...flags].join('\x1f'),
  });
}

/**
 * Runs `work` unless its inputs are the same as last time: the compiled wasm, the tools and their arguments.
 * @param {Kind | 'script'} kind
 * @param {string} wasm
 * @param {(out: string) => Promise<void>} work
 */
async function unlessSame(kind, wasm, work) {
  const tools = ['tools/rust.mjs', 'tools/glue.mjs', 'target/tool/bindgen', 'node_modules/binaryen/package.json'];
  const inputs = await Promise.all([wasm, ...tools.map((file) => at(file))].map((file) => readFile(file)));
  const stamp = join(folderOf(kind), 'input.sha256');
  const hash = sha256(...inputs);
  if ((await readFile(stamp, 'utf8').catch(() => '')) === hash) return;
  await work(folderOf(kind));
  await write(stamp, hash);
}

/**
 * Runs wasm-bindgen, and checks what it wrote.
 * @param {string} wasm
 * @param {string} out
 */
async function bind(wasm, out) {
  const options = ['--target', 'web', '--omit-default-module-path', '--experimental-reset-state-function'];
  await run(at('target/tool/bindgen'), [wasm, ...options, '--out-name', 'cts_tracker', '--out-dir', out]);
  withoutClosures(await readFile(join(out, 'cts_tracker.js'), 'utf8'));
  return join(out, 'cts_tracker_bg.wasm');
}

async function compileAll() {
  const kinds = /** @type {Kind[]} */ (Object.keys(KINDS));
  const missing = kinds.filter((kind) => !existsSync(targetOf(kind)));
  // Most dependencies of the others are the same, and compiling them takes most of the time.
  if (missing.length > 0) await compile('browser');
  for (const kind of missing.filter((kind) => kind !== 'browser'))
    await cp(targetOf('browser'), targetOf(kind), { recursive: true, preserveTimestamps: true });
  await Promise.all(kinds.map(compile));
}

/** @param {Kind} kind */
async function optimise(kind) {
  await unlessSame(kind, compiled(kind), async (out) => {
    say(`Binding and optimising the ${kind} wasm`);
    const bound = await bind(compiled(kind), out);
    // The server formats texts, so its table is used.
    await writeFile(bound, await trimPanics(await readFile(bound), { table: kind !== 'server' }));
    const strip = ['--strip-debug', '--strip-producers', '--strip-target-features'];
    await binaryen('wasm-opt', bound, '-O3', '--converge', ...strip, '-o', join(out, 'optimised.wasm'));
  });
}

/**
 * Turns the browser wasm into JavaScript for pages that do not allow wasm. The bindings are made again without
 * reference types, which need a second table: wasm2js knows one.
 */
async function buildScript() {
  await unlessSame('script', compiled('browser'), async (out) => {
    say('Turning the browser wasm into JavaScript');
    const lowered = join(cache, 'wasm', 'lowered.wasm');
    await binaryen('wasm-opt', compiled('browser'), ...LOWER, '--debuginfo', '--strip-target-features', '-o', lowered);
    // wasm-bindgen reads from a section of the file which features it may use.
    const plain = ['--mvp-features', '--enable-mutable-globals', '--debuginfo', '--emit-target-features'];
    await binaryen('wasm-opt', lowered, ...plain, '-o', lowered);
    const bound = await bind(lowered, out);
    await writeFile(bound, await trimPanics(await readFile(bound)));
    await binaryen('wasm2js', bound, '-Oz', '-o', join(out, 'script.js'));
  });
}

/** Runs src/codegen, which prints generated sources, and files that are published as they are. */
async function codegen() {
  say('Generating sources');
  const args = ['run', '--locked', '--quiet', '--all-features', '--bin', 'codegen'];
  const { stdout } = await run('cargo', args, { capture: true, env: { CARGO_TARGET_DIR: at('target') } });
  await write(CODEGEN, stdout);
}

/** Compiles everything that Rust contributes to the package. */
export async function buildRust() {
  await ensureRust();
  // Cargo locks a target folder, or a profile in it: these have one each.
  await Promise.all([ensureBindgen(), codegen(), compileAll()]);
  await Promise.all([.../** @type {Kind[]} */ (Object.keys(KINDS)).map(optimise), buildScript()]);
}

/** Reads what the last `buildRust` made. */
export async function readRust() {
  /** @param {Kind | 'script'} kind */
  const glue = async (kind) =>
    patchGlue(await readFile(join(folderOf(kind), 'cts_tracker.js'), 'utf8'), at('pkg-template/src/wasm/globals.ts'));
  /** @param {Kind} kind */
  const wasm = async (kind) => ({
    wasm: await readFile(join(folderOf(kind), 'optimised.wasm')),
    glue: await glue(kind),
  });
  const script = await readFile(join(folderOf('script'), 'script.js'), 'utf8');
  return {
    generated: await readJson(CODEGEN),
    validators: await wasm('validators'),
    client: await wasm('client'),
    browser: await wasm('browser'),
    server: await wasm('server'),
    script: { script: patchScript(script), glue: patchScriptGlue(await glue('script')) },
  };
}
