// Runs the examples with the built package, in front of an emulator in this process.
import { spawn } from 'node:child_process';
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { after } from 'node:test';
import { createEmulator, sampleCredentials } from 'cts-tracker/emulator';
import { toNodeHandler } from 'cts-tracker/node';
import { createSigningProxy } from 'cts-tracker/proxy';
import { at } from '../../tools/common.mjs';
import { listen } from '../support/sockets.mjs';

export const examples = at('examples');
export const PROJECT = '3d65c44c1d4e4a3f8f4f0f1f9a5f0c01';
export const KEYS = {
  HUAWEICLOUD_SDK_AK: sampleCredentials.accessKeyId,
  HUAWEICLOUD_SDK_SK: sampleCredentials.secretAccessKey,
};

// A copy, as npm installs it: tools treat the files of a link as sources.
rmSync(join(examples, 'node_modules', 'cts-tracker'), { recursive: true, force: true });
cpSync(at('pkg'), join(examples, 'node_modules', 'cts-tracker'), { recursive: true });

/** The program of a package of the examples. */
export const program = (...path) => join(examples, 'node_modules', ...path);

/** An emulator, a proxy in front of it, and the address of each. */
export async function startService(options = {}) {
  const emulator = createEmulator(options);
  const service = await listen(toNodeHandler(emulator));
  const proxy = createSigningProxy({ endpoint: service.url, credentials: sampleCredentials, allowLookup: true });
  const handler = toNodeHandler(proxy);
  const { url, close } = await listen(handler);
  after(() => Promise.all([close(), service.close()]));
  return { emulator, handler, url, endpoint: service.url };
}

const children = new Set();
after(() => Promise.all([...children].map((child) => end(child))));

function start(args, { env = {}, cwd = examples } = {}) {
  const child = spawn(process.execPath, args, { cwd, env: { ...process.env, ...env }, detached: true });
  children.add(child);
  let output = '';
  child.closed = new Promise((done) => child.once('close', done)).finally(() => children.delete(child));
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text));
  return { child, output: () => output };
}

/** Ends a program and what it started. Returns its exit code. */
function end(child, signal = 'SIGTERM') {
  try {
    process.kill(-child.pid, signal);
  } catch {
    // It has already ended.
  }
  return child.closed;
}

/** Runs a script to its end. Returns its exit code, and stdout and stderr as one text. */
export async function run(args, options) {
  const { child, output } = start(args, options);
  return { code: await child.closed, output: output() };
}

/** Starts a server, and waits until its output has a match of `ready`. */
export async function serve(args, ready, options) {
  const { child, output } = start(args, options);
  let ended = false;
  void child.closed.then(() => (ended = true));
  for (let i = 0; i < 1200 && !ended; i++) {
    const match = ready.exec(output());
    if (match) return { match, output, stop: (signal) => end(child, signal) };
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  await end(child, 'SIGKILL');
  throw new Error(`${args.join(' ')} is not ready:\n${output()}`);
}
