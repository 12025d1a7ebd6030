// One process of the load run: the emulator, a proxy in front of it, or the client. Its role is an argument. The main
// process calls its functions over Node's IPC channel.
import { once } from 'node:events';
import { Agent, createServer, request as httpRequest } from 'node:http';
import { createEmulator, sampleCredentials } from 'cts-tracker/emulator';
import { nodeFetch, toNodeHandler } from 'cts-tracker/node';
import { createSigningProxy } from 'cts-tracker/proxy';
import { signRequest } from 'cts-tracker/signing';
import { toNodeHandler as serveFetch } from 'srvx/node';

const DOMAIN = '24edf66e79d04187acb99a463e610764';
const CHECK = JSON.stringify({ buckets: [{ bucket_name: 'bucket1', bucket_location: 'cn-north-1' }] });
const CREATE = JSON.stringify({ tracker_type: 'system', tracker_name: 'system' });
/** One request in ten creates a tracker, in its own project. */
const CREATE_EVERY = 10;

/** @param {(request: Request) => Promise<Response>} fetch */
const nodeListener = (fetch) => /** @type {import('node:http').RequestListener} */ (serveFetch(fetch));

const [role = 'client', upstream = ''] = process.argv.slice(2);

/** @type {Record<string, () => import('node:http').RequestListener>} */
const LISTENERS = {
  emulator() {
    // An emulator is one account with one management tracker, so each project gets its own.
    /** @type {Map<string, { emulator: ReturnType<typeof createEmulator>, listener: import('node:http').RequestListener }>} */
    const projects = new Map();
    const checks = toNodeHandler(createEmulator());
    const listenerOf = (id = '') => {
      const known = projects.get(id);
      if (known) return known.listener;
      const emulator = createEmulator();
      const listener = toNodeHandler(emulator);
      projects.set(id, { emulator, listener });
      return listener;
    };
    questions.created = () => {
      const trackers = [...projects.values()].map(({ emulator }) => emulator.state().trackers.length);
      projects.clear();
      return { projects: trackers.length, trackers: trackers.reduce((sum, n) => sum + n, 0) };
    };
    return (request, response) => {
      const [, , id, resource] = (request.url ?? '').split('/');
      (resource === 'tracker' ? listenerOf(id) : checks)(request, response);
    };
  },

  proxy() {
    const proxy = createSigningProxy({ endpoint: upstream, credentials: sampleCredentials, fetch: nodeFetch });
    return toNodeHandler(proxy);
  },

  /** The same stack without any work: a handler that fetches. */
  handler() {
    return nodeListener(async ({ url, method, headers, body }) => {
      const { pathname } = new URL(url);
      const sent = new Headers(headers);
      for (const name of ['host', 'connection', 'content-length']) sent.delete(name);
      /** @type {RequestInit & { duplex: 'half' }} */
      const init = { method, headers: sent, body, duplex: 'half', redirect: 'manual' };
      const answer = await fetch(upstream + pathname, init);
      return new Response(answer.body, { status: answer.status, headers: answer.headers });
    });
  },

  /** A reverse proxy of node:http that only forwards. */
  bare() {
    const agent = new Agent({ keepAlive: true });
    const { hostname, port } = new URL(upstream);
    return (request, response) => {
      const { method, url: path, headers } = request;
      const further = httpRequest({ agent, hostname, port, method, path, headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      });
      further.on('error', () => response.destroy());
      request.pipe(further);
    };
  },
};

/**
 * Sends requests one after another on each connection. Returns failures by their description, and latencies.
 * @param {{ url: string, connections: number, requests: number, signedFor?: string }} options
 */
async function load({ url, connections, requests, signedFor }) {
  const { hostname, port } = new URL(url);
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const run = Math.random().toString(16).slice(2, 10).padEnd(8, '0');
  const make = (/** @type {number} */ n) => {
    const create = n % CREATE_EVERY === 0;
    const path = create ? `/v3/${run}${n.toString(16).padStart(24, '0')}/tracker` : `/v3/${DOMAIN}/checkbucket`;
    const body = create ? CREATE : CHECK;
    /** @type {Record<string, string>} */
    let headers = { 'content-type': 'application/json', 'x-requested-with': 'cts-tracker' };
    // Proxies that only forward get signed requests.
    if (signedFor) {
      const request = { method: 'POST', url: signedFor + path, headers, body };
      headers = {
        ...signRequest({ ...request, credentials: sampleCredentials }).headers,
        host: new URL(signedFor).host,
      };
    }
    return { create, path, body, headers: { ...headers, 'content-length': body.length } };
  };
  // Signing is not part of the measured time.
  const made = Array.from({ length: requests }, (_, n) => make(n));
  /** @type {Record<string, number>} */
  const failures = {};
  const times = new Float64Array(requests);
  let next = 0;
  /**
   * @param {ReturnType<typeof make>} request
   * @returns {Promise<void>}
   */
  const send = ({ path, body, headers, create }) =>
    new Promise((done) => {
      const fail = (/** @type {string} */ what) => {
        failures[what] = (failures[what] ?? 0) + 1;
        done();
      };
      const request = httpRequest({ agent, hostname, port, path, method: 'POST', headers }, (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (part) => {
          text += part;
        });
        response.on('error', (error) => fail(error.message));
        response.on('end', () => {
          const good = create
            ? response.statusCode === 201 && text.includes('"tracker_name":"system"')
            : response.statusCode === 200 && text.includes('"success":true');
          if (good) done();
          else fail(`${response.statusCode} ${text.slice(0, 200)}`);
        });
      });
      request.on('error', (error) => fail(error.message));
      request.end(body);
    });
  const from = performance.now();
  await Promise.all(
    Array.from({ length: connections }, async () => {
      for (;;) {
        const n = next;
        next += 1;
        const request = made[n];
        if (!request) return;
        const began = performance.now();
        await send(request);
        times[n] = performance.now() - began;
      }
    }),
  );
  const seconds = (performance.now() - from) / 1000;
  agent.destroy();
  times.sort();
  const at = (/** @type {number} */ share) => times[Math.floor(requests * share)];
  return { seconds, failures, creations: Math.ceil(requests / CREATE_EVERY), p50: at(0.5), p99: at(0.99) };
}

/** What the main process can call. @type {Record<string, (argument: any) => unknown>} */
const questions = {
  /** Memory after a garbage collection in bytes, and the processor time so far in microseconds. */
  usage() {
    globalThis.gc?.();
    const { user, system } = process.cpuUsage();
    const { rss, heapUsed, external } = process.memoryUsage();
    return { rss, heap: heapUsed + external, cpu: user + system };
  },
  load,
};

process.on('message', async (/** @type {{ question: number, method: string, argument: object }} */ message) => {
  const { question, method, argument } = message;
  process.send?.({ question, answer: await questions[method]?.(argument) });
});
// The main process has ended.
process.on('disconnect', () => process.exit());

let url;
const listener = LISTENERS[role]?.();
if (listener) {
  const server = createServer(listener);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === 'object' && address?.port}`;
}
process.send?.({ url });
