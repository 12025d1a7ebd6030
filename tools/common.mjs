// What the build, start and test commands share: paths, spawning, output.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
export const cache = join(root, '.cache');
export const at = (...parts) => join(root, ...parts);

/** An error whose message is all that a person needs: printed without a stack. */
export class Failure extends Error {}

const started = Date.now();
export const seconds = (since) => `${((Date.now() - since) / 1000).toFixed(1)} s`;

/** A line that says what is being done. */
export function say(text) {
  const s = Math.round((Date.now() - started) / 1000);
  process.stderr.write(`[${String(Math.floor(s / 60)).padStart(2)}:${String(s % 60).padStart(2, '0')}] ${text}\n`);
}

const children = new Set();

/** Remembers a child for as long as it runs, so that nothing is left behind when a signal ends us. */
export function track(child) {
  children.add(child);
  child.on('close', () => children.delete(child));
  return child;
}

export function stopChildren() {
  for (const { pid } of children) {
    try {
      process.kill(-pid, 'SIGTERM');
    } catch {
      // It has just ended.
    }
  }
}

/**
 * Runs a program to its end. Its output goes where ours goes, or is returned with `capture`.
 * @param {string} program
 * @param {string[]} args
 * @param {{ cwd?: string, env?: Record<string, string | undefined>, capture?: boolean, quiet?: boolean,
 *   allowFailure?: boolean, what?: string, timeoutMs?: number }} [options]
 */
export async function run(program, args = [], options = {}) {
  const { code, signal, stdout, stderr } = await new Promise((done, fail) => {
    const child = track(
      spawn(program, args, {
        // A group of its own, so that a signal to us can end all that it started.
        detached: true,
        cwd: options.cwd ?? root,
        env: { ...process.env, ...options.env },
        stdio: ['ignore', options.capture || options.quiet ? 'pipe' : 'inherit', options.quiet ? 'pipe' : 'inherit'],
      }),
    );
    const out = [];
    const err = [];
    child.stdout?.on('data', (chunk) => out.push(chunk));
    child.stderr?.on('data', (chunk) => err.push(chunk));
    const timer =
      options.timeoutMs &&
      setTimeout(() => {
        process.stderr.write(
          `\n${options.what ?? program} took longer than ${options.timeoutMs / 1000} s and is ended\n`,
        );
        process.kill(-child.pid, 'SIGKILL');
      }, options.timeoutMs);
    child.on('close', () => clearTimeout(timer));
    child.on('error', (error) =>
      fail(error.code === 'ENOENT' ? new Failure(`${program} is not installed, or not on PATH`) : error),
    );
    child.on('close', (code, signal) => {
      done({ code, signal, stdout: Buffer.concat(out).toString(), stderr: Buffer.concat(err).toString() });
    });
  });
  if (code !== 0 && !options.allowFailure) {
    if (options.quiet) process.stderr.write(stdout + stderr);
    throw new Failure(`${options.what ?? [program, ...args].join(' ')} failed (${signal ?? `exit ${code}`})`);
  }
  return { code, stdout, stderr };
}

export const node = (script, args, options) => run(process.execPath, [script, ...args], options);

export function sha256(...parts) {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part).update('\0');
  return hash.digest('hex');
}

export async function readJson(path) {
  return JSON.parse(await readFile(path, 'utf8'));
}

/** Writes a file whole, and only when its content changes, so that what depends on its time is not redone. */
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

/** Installs the locked npm packages of a folder, unless that was done for this very lock file. */
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

/** On Ctrl-C or an end by signal: `stop`, or, when there is none, all children and us. */
export function onSignal(stop) {
  for (const [signal, number] of [
    ['SIGINT', 2],
    ['SIGTERM', 15],
  ]) {
    process.on(signal, () => {
      if (stop?.()) return;
      stopChildren();
      process.exit(128 + number);
    });
  }
}

/** Runs a command's main function; a Failure is one clear line, anything else shows its stack. */
export async function main(body) {
  try {
    process.exitCode = (await body()) ?? 0;
  } catch (error) {
    process.stderr.write(error instanceof Failure ? `\nerror: ${error.message}\n` : `\n${error?.stack ?? error}\n`);
    process.exitCode = 1;
  }
}
