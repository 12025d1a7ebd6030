// Runs the published command in child processes, against services in this process.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after } from 'node:test';
import { fileURLToPath } from 'node:url';
import { createEmulator, sampleCredentials } from 'cts-tracker/emulator';
import { toNodeHandler } from 'cts-tracker/node';
import { createSigningProxy } from 'cts-tracker/proxy';

export const CLI = join(dirname(fileURLToPath(import.meta.resolve('cts-tracker/package.json'))), 'cli.js');
export const PROJECT = '2306579dc99f4c8690b14b68e734fcd9';
export const DOMAIN = '9b1a2c3d4e5f60718293a4b5c6d7e8f9';
export const KEYS = {
  HUAWEICLOUD_SDK_AK: sampleCredentials.accessKeyId,
  HUAWEICLOUD_SDK_SK: sampleCredentials.secretAccessKey,
};
const TIMEOUT_MS = 60_000;

export const folder = mkdtempSync(join(tmpdir(), 'cts-tracker-cli-'));
const running = new Set();
const servers = new Set();
after(() => {
  for (const child of running) child.kill('SIGKILL');
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
  rmSync(folder, { recursive: true, force: true });
});

let files = 0;
/** Writes a file. `content` is a text, or a list of objects for NDJSON. */
export function file(content, name) {
  files += 1;
  const path = join(folder, name ? `${files}-${name}` : `${files}.ndjson`);
  writeFileSync(path, Array.isArray(content) ? content.map((line) => `${JSON.stringify(line)}\n`).join('') : content);
  return path;
}
export const linesOf = (text) => text.split('\n').filter(Boolean);
export const objectsOf = (text) => linesOf(text).map((line) => JSON.parse(line));
export const journalOf = (path) => objectsOf(readFileSync(path, 'utf8'));

/** Starts the command. Its environment has only `env` and `PATH`. */
export function start(args, { env = {}, input, ...options } = {}) {
  const child = spawn(process.execPath, [CLI, ...args.map(String)], {
    cwd: folder,
    env: { PATH: process.env.PATH, ...env },
    stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    ...options,
  });
  running.add(child);
  const output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'].filter((stream) => child[stream]))
    child[name].setEncoding('utf8').on('data', (part) => {
      output[name] += part;
    });
  if (typeof input === 'string' || input instanceof Uint8Array) child.stdin.on('error', () => {}).end(input);
  const timer = setTimeout(() => child.kill('SIGKILL'), TIMEOUT_MS);
  const ended = once(child, 'close').then(([code, signal]) => {
    clearTimeout(timer);
    running.delete(child);
    return { code, signal, ...output };
  });
  return {
    child,
    output,
    ended,
    /** Waits until the output matches. */
    async until(pattern, stream = 'stdout') {
      for (;;) {
        const found = pattern.exec(output[stream]);
        if (found) return found;
        const more = await Promise.race([once(child[stream], 'data').then(() => true), ended.then(() => false)]);
        if (!more && !pattern.test(output[stream]))
          throw new Error(`the process ended without ${pattern}: ${JSON.stringify(await ended)}`);
      }
    },
  };
}

export const cts = (args, options) => start(args, options).ended;

/** Listens on a free port of the loopback address, and returns the URL. */
export async function listen(listener, options = {}) {
  const server = createServer(options, listener);
  servers.add(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${server.address().port}`;
}

/** A URL where nothing listens. */
export async function closedUrl() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return `http://127.0.0.1:${port}`;
}

/** Starts an emulator. `direct` has the options with which a command reaches it. */
export async function service(options) {
  const emulator = createEmulator(options);
  const endpoint = await listen(toNodeHandler(emulator), { maxHeaderSize: 262144 });
  return {
    emulator,
    endpoint,
    direct: ['--endpoint', endpoint, '--project-id', PROJECT, '--domain-id', DOMAIN],
    /** The options with which a command reaches it through a proxy. */
    async proxied({ allowLookup = false } = {}) {
      const proxy = createSigningProxy({
        endpoint,
        credentials: sampleCredentials,
        allowedHosts: ['127.0.0.1:*'],
        allowLookup,
      });
      return ['--base-url', await listen(toNodeHandler(proxy)), '--project-id', PROJECT];
    },
    /** The requests of an operation. */
    requests: (name) => emulator.state().requests.filter(({ operation }) => operation === name),
    /** How many trackers were created, and their names. */
    creations() {
      const { requests, trackers } = emulator.state();
      return {
        created: requests.filter(({ created }) => created).length,
        names: trackers.map((tracker) => tracker.tracker_name).sort(),
      };
    },
  };
}

/** The buckets that `tracker` needs. */
export const BUCKETS = Array.from({ length: 60 }, (_, i) => ({ name: `tracked-${i}`, location: 'cn-north-1' }));
export const tracker = (i) => ({
  tracker_type: 'data',
  tracker_name: `t${i}`,
  data_bucket: { data_bucket_name: `tracked-${i}`, data_event: ['READ', 'WRITE'] },
});
export const trackers = (count) => Array.from({ length: count }, (_, i) => tracker(i));

export const HEADERS = { 'content-type': 'application/json', 'x-requested-with': 'cts-tracker' };
export const SYSTEM_BODY = JSON.stringify({ tracker_type: 'system' });
/** Sends CreateTracker. */
export const post = (url, headers = {}) =>
  fetch(`${url}/v3/${PROJECT}/tracker`, { method: 'POST', headers: { ...HEADERS, ...headers }, body: SYSTEM_BODY });

/** Starts `cts-tracker proxy` or `cts-tracker emulator`, and returns what it prints when it is ready. */
export async function ready(args, options) {
  const run = start([...args, '--json', '--port', 0], options);
  await run.until(/\n/);
  return { run, ...objectsOf(run.output.stdout)[0] };
}

export async function stop({ run }, signal = 'SIGTERM') {
  run.child.kill(signal);
  const { code, signal: by } = await run.ended;
  assert.deepEqual([code, by], [0, null]);
}
