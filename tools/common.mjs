// What the commands share: paths, child processes, files, output.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { setPriority } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
export const cache = join(root, '.cache');

/** @param {string[]} parts */
export const at = (...parts) => join(root, ...parts);

/** An error that is printed without its stack, because the message is sufficient. */
export class Failure extends Error {}

const started = Date.now();

/** @param {number} since */
export const seconds = (since) => `${((Date.now() - since) / 1000).toFixed(1)} s`;

/**
 * Prints a line of progress, with the time since the start.
 * @param {string} text
 */
export function say(text) {
  const s = Math.round((Date.now() - started) / 1000);
  process.stderr.write(`[${String(Math.floor(s / 60)).padStart(2)}:${String(s % 60).padStart(2, '0')}] ${text}\n`);
}

/** @type {Set<import('node:child_process').ChildProcess>} */
const children = new Set();

/**
 * Stops a child and everything it started. Each child has a process group of its own.
 * @param {import('node:child_process').ChildProcess} child
 * @param {NodeJS.Signals} signal
 */
function killGroup({ pid }, signal) {
  try {
    if (pid !== undefined) process.kill(-pid, signal);
  } catch {
    // It has already ended.
  }
}

export function stopChildren() {
  for (const child of children) killGroup(child, 'SIGTERM');
}

/**
 * Runs a program to its end. Its output is printed, except with `capture` (stdout is returned) and `quiet` (both are
 * returned, and printed only if the program fails), and with `log`, a file that takes both.
 * @param {string} program
 * @param {string[]} [args]
 * @param {{ cwd?: string, env?: Record<string, string | undefined>, capture?: boolean, quiet?: boolean,
 *   log?: number, priority?: number, allowFailure?: boolean, what?: string, timeoutMs?: number }} [options]
 * @returns {Promise<{ code: number | null, stdout: string, stderr: string }>}
 */
export async function run(program, args = [], options = {}) {
  const what = options.what ?? [program, ...args].join(' ');
  const child = spawn(program, args, {
    detached: true,
    cwd: options.cwd ?? root,
    env: { ...process.env, ...options.env },
    stdio: [
      'ignore',
      options.log ?? (options.capture || options.quiet ? 'pipe' : 'inherit'),
      options.log ?? (options.quiet ? 'pipe' : 'inherit'),
    ],
  });
  if (options.priority && child.pid) setPriority(child.pid, options.priority);
  children.add(child);
  const output = { stdout: '', stderr: '' };
  for (const name of /** @type {const} */ (['stdout', 'stderr'])) {
    child[name]?.setEncoding('utf8').on('data', (text) => {
      output[name] += text;
    });
  }
  const timer =
    options.timeoutMs &&
    setTimeout(() => {
      process.stderr.write(`\n${what} took longer than ${(options.timeoutMs ?? 0) / 1000} s and was stopped\n`);
      killGroup(child, 'SIGKILL');
    }, options.timeoutMs);
  /** @type {{ code: number | null, signal: NodeJS.Signals | null }} */
  const { code, signal } = await new Promise((done, fail) => {
    child.on('error', (error) =>
      fail(
        'code' in error && error.code === 'ENOENT' ? new Failure(`${program} is not installed, or not on PATH`) : error,
      ),
    );
    child.on('close', (code, signal) => done({ code, signal }));
  }).finally(() => {
    clearTimeout(timer);
    children.delete(child);
  });
  if (code !== 0 && !options.allowFailure) {
    if (options.quiet) process.stderr.write(output.stdout + output.stderr);
    throw new Failure(`${what} failed (${signal ?? `exit ${code}`})`);
  }
  return { code, ...output };
}

/**
 * @param {string} script
 * @param {string[]} args
 */
export const node = (script, args) => run(process.execPath, [script, ...args]);

/** @param {(string | Uint8Array)[]} parts */
export function sha256(...parts) {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part).update('\0');
  return hash.digest('hex');
}

/** @param {string} path */
export async function readJson(path) {
  return JSON.parse(await readFile(path, 'utf8'));
}

/**
 * Writes a file atomically, and only if its content changes: whatever depends on its time is not redone.
 * @param {string} path
 * @param {string | Uint8Array} content
 * @returns whether the content changed
 */
export async function write(path, content) {
  const bytes = Buffer.from(content);
  const old = await readFile(path).catch(() => undefined);
  if (old?.equals(bytes)) return false;
  await mkdir(dirname(path), { recursive: true });
  const part = `${path}.${process.pid}.part`;
  await writeFile(part, bytes);
  await rename(part, path);
  return true;
}

/** Installs the locked npm packages of a folder, unless they were installed from the same lock file. */
export async function installNpm(folder = root, what = 'the npm packages') {
  const lock = await readFile(join(folder, 'package-lock.json'));
  const manifest = await readFile(join(folder, 'package.json'));
  const stamp = join(folder, 'node_modules', '.installed');
  const wanted = sha256(lock, manifest, process.version, process.arch);
  if (existsSync(stamp) && (await readFile(stamp, 'utf8')) === wanted) return;
  say(`Installing ${what}`);
  await run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: folder });
  await writeFile(stamp, wanted);
}

/**
 * Handles SIGINT and SIGTERM: calls `stop`. Without it, or if it returns false, stops all children and exits.
 * @param {() => boolean} [stop]
 */
export function onSignal(stop) {
  for (const [signal, number] of /** @type {const} */ ([
    ['SIGINT', 2],
    ['SIGTERM', 15],
  ])) {
    process.on(signal, () => {
      if (stop?.()) return;
      stopChildren();
      process.exit(128 + number);
    });
  }
}

/**
 * Runs a command. A `Failure` is printed as one line, any other error with its stack.
 * @param {() => Promise<number | void>} body which returns the exit code
 */
export async function main(body) {
  try {
    process.exitCode = (await body()) ?? 0;
  } catch (error) {
    const text = error instanceof Failure ? `error: ${error.message}` : error instanceof Error ? error.stack : error;
    process.stderr.write(`\n${text}\n`);
    process.exitCode = 1;
  }
}
