// The Rust toolchain of rust-toolchain.toml, and wasm-bindgen's CLI in the version of Cargo.lock.
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { at, cache, Failure, run, say } from './common.mjs';
import { ensure } from './requirements.mjs';

export const WASM_TARGET = 'wasm32-unknown-unknown';

/**
 * Runs cargo with the target folder of the repository.
 * @param {string[]} args
 * @param {Record<string, string>} [env]
 */
export const cargo = (args, env) => run('cargo', args, { env: { CARGO_TARGET_DIR: at('target'), ...env } });

/**
 * The first line that a program prints, or nothing if it fails or is missing.
 * @param {string} program
 * @param {string[]} args
 */
async function firstLine(program, ...args) {
  try {
    // A report must not start a download.
    const env = { RUSTUP_AUTO_INSTALL: '0' };
    const { code, stdout } = await run(program, args, { quiet: true, allowFailure: true, env });
    return code === 0 ? stdout.split('\n', 1)[0] : undefined;
  } catch {
    return undefined;
  }
}

async function hasWasmTarget() {
  const folder = await firstLine('rustc', '--print', 'target-libdir', '--target', WASM_TARGET);
  return folder !== undefined && existsSync(folder);
}

/** What is there of Rust, as `describeRequirements` has it for other programs. */
export async function describeRust() {
  const byRustup = 'missing; to be installed by rustup';
  return [
    { title: 'Rust', found: await firstLine('rustc', '--version'), otherwise: byRustup },
    { title: 'Rust target', found: (await hasWasmTarget()) ? WASM_TARGET : undefined, otherwise: byRustup },
    { title: 'Clippy', found: await firstLine('cargo', 'clippy', '--version'), otherwise: byRustup },
    { title: 'rustfmt', found: await firstLine('cargo', 'fmt', '--version'), otherwise: byRustup },
  ];
}

/**
 * Installs what is missing of the toolchain, and the linker that rustc calls.
 * @param {('clippy' | 'rustfmt')[]} [components]
 */
export async function ensureRust(components = []) {
  if (!(await firstLine('rustc', '--version'))) {
    if (!(await firstLine('rustup', '--version'))) {
      throw new Failure('Rust is not installed: install rustup (https://rustup.rs), then run this again');
    }
    say('Installing the Rust toolchain of rust-toolchain.toml');
    await run('rustup', ['toolchain', 'install']);
  }
  if (!(await hasWasmTarget())) {
    say(`Adding the Rust target ${WASM_TARGET}`);
    await run('rustup', ['target', 'add', WASM_TARGET]);
  }
  for (const component of components) {
    if (await firstLine('cargo', component === 'rustfmt' ? 'fmt' : component, '--version')) continue;
    say(`Adding the Rust component ${component}`);
    await run('rustup', ['component', 'add', component]);
  }
  await ensure('linker');
}

/** Builds wasm-bindgen's CLI in the version that Cargo.lock gives the crate. Returns the folder of its programs. */
export async function ensureBindgen() {
  const folder = at('target', 'tool');
  if (!existsSync(join(folder, 'bindgen'))) say('Compiling the wasm-bindgen CLI once (one to two minutes)');
  await cargo(['build', '--locked', '--quiet', '--profile', 'tool', '-p', 'cts-tracker-wasm-bindgen']);
  return folder;
}

const DENY_VERSION = '0.20.2';

/** Compiles cargo-deny, once. Returns the program. */
export async function ensureDeny() {
  const folder = join(cache, 'cargo-deny', DENY_VERSION);
  const program = join(folder, 'bin', 'cargo-deny');
  if (!existsSync(program)) {
    say('Compiling cargo-deny once (some minutes)');
    const target = join(cache, 'cargo-deny', 'target');
    const args = ['install', 'cargo-deny', '--version', DENY_VERSION, '--locked', '--quiet', '--root', folder];
    await run('cargo', args, { env: { CARGO_TARGET_DIR: target } });
    await rm(target, { recursive: true, force: true });
  }
  return program;
}
