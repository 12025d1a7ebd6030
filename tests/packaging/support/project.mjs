// Projects that use only the tarball of this package.
import { execFile, spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');
export const here = join(root, 'tests', 'packaging');
/** The large hosts, which have their own packages. */
export const matrixFolder = join(here, 'matrix');
const exec = promisify(execFile);

// Settings of the test machine must not affect a project.
const { NODE_OPTIONS, NODE_PATH, ...env } = process.env;

/** Runs a program. Throws an error with its output if the exit code is not 0. */
export async function run(program, args, options = {}) {
  try {
    return await exec(program, args, {
      maxBuffer: 1 << 26,
      timeout: 240_000,
      ...options,
      env: { ...env, ...options.env },
    });
  } catch (error) {
    throw new Error(`${program} ${args.join(' ')}: ${error.message}\n${error.stdout ?? ''}\n${error.stderr ?? ''}`);
  }
}

export const npm = (args, options) => run('npm', ['--no-audit', '--no-fund', '--loglevel=error', ...args], options);

const temporary = [];
process.once('exit', () => temporary.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

/** A folder that is deleted when this process exits. */
export async function temporaryFolder(name) {
  const folder = await mkdtemp(join(tmpdir(), `cts-tracker-${name}-`));
  temporary.push(folder);
  return folder;
}

let packed;
/** Packs pkg/ once and returns the path of the tarball. */
export function tarball() {
  packed ??= (async () => {
    const folder = await temporaryFolder('pack');
    await npm(['pack', join(root, 'pkg'), '--pack-destination', folder]);
    const [file] = await readdir(folder);
    return join(folder, file);
  })();
  return packed;
}

/**
 * A project with the tarball installed.
 * @param {string} name
 * @param {Record<string, string>} files
 * @param {{ type?: 'module' | 'commonjs', near?: boolean | string }} [options] `near`: below this folder or the given
 *   one, for tools that look up their packages from the project
 */
export async function project(name, files, { type = 'module', near = false } = {}) {
  let folder;
  if (near) {
    folder = join(near === true ? here : near, '.work', name);
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
  } else folder = await temporaryFolder(name);
  await writeFile(
    join(folder, 'package.json'),
    JSON.stringify({ name: `consumer-${name}`, version: '1.0.0', private: true, type }),
  );
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  await npm(['install', '--offline', await tarball()], { cwd: folder });
  return folder;
}

/** Starts a server program. Returns the first match of `ready` in its output, and a function that stops it. */
export async function start(program, args, ready, options = {}) {
  const child = spawn(program, args, {
    ...options,
    env: { ...env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let output = '';
  const closed = new Promise((done) => child.once('close', done));
  const stop = async () => {
    try {
      process.kill(-child.pid, 'SIGTERM');
    } catch {
      // The program has already exited.
    }
    await closed;
  };
  const match = await new Promise((done, fail) => {
    const timer = setTimeout(() => fail(new Error(`${program} is not ready after a minute:\n${output}`)), 60_000);
    const listen = (chunk) => {
      output += chunk;
      const found = ready.exec(output);
      if (found) {
        clearTimeout(timer);
        done(found);
      }
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    child.once('error', fail);
    child.once('close', (code) => fail(new Error(`${program} ended (${code}):\n${output}`)));
  }).catch(async (error) => {
    await stop().catch(() => {});
    throw error;
  });
  return { match, stop, output: () => output };
}
