// One process of the load run: the emulator, one of the proxies before it, or the client. What it is stands in its
// arguments; it is asked for figures over Node's channel between processes.
import { once } from 'node:events';
import { Agent, createServer, request as httpRequest } from 'node:http';
import { createEmulator, sampleCredentials, toNodeListener } from 'cts-tracker/emulator';
import { createSigningProxy } from 'cts-tracker/proxy';
import { signRequest } from 'cts-tracker/signing';
import { toNodeHandler } from 'srvx/node';

const DOMAIN = '24edf66e79d04187acb99a463e610764';
const CHECK = JSON.stringify({ buckets: [{ bucket_name: 'bucket1', bucket_location: 'cn-north-1' }] });
const CREATE = JSON.stringify({ tracker_type: 'system', tracker_name: 'system' });
// One request of so many creates, in a project of its own.
const CREATE_EVERY = 10;

const [role, upstream] = process.argv.slice(2);

const LISTENERS = {
  emulator() {
    // One for each project: an emulator is one account, which has one management tracker.
    const projects = new Map();
    const checks = toNodeListener(createEmulator());
    const listenerOf = (id) => {
      if (!projects.has(id)) {
        const emulator = createEmulator();
        projects.set(id, { emulator, listener: toNodeListener(emulator) });
      }
      return projects.get(id).listener;
    };
    questions.created = () => {
      const trackers = [...projects.values()].map(({ emulator }) => emulator.state().trackers.length);
      projects.clear();
      return { projects: trackers.length, trackers: trackers.reduce((sum, n) => sum + n, 0) };
    };
    return (request, response) => {
      const [, , id, what] = request.url.split('/');
      (what === 'tracker' ? listenerOf(id) : checks)(request, response);
    };
  },

  proxy() {
    const proxy = createSigningProxy({ endpoint: upstream, credentials: sampleCredentials });
    return toNodeHandler((request) => proxy.fetch(request));
  },

  /** The same stack, doing nothing: a handler that fetches. */
  handler() {
    return toNodeHandler(async ({ url, method, headers, body }) => {
      const { pathname } = new URL(url);
      const sent = new Headers(headers);
      for (const name of ['host', 'connection', 'content-length']) sent.delete(name);
      const init = { method, headers: sent, body, duplex: 'half', redirect: 'manual' };
      const answer = await fetch(upstream + pathname, init);
      return new Response(answer.body, { status: answer.status, headers: answer.headers });
    });
  },

  /** A reverse proxy of node:http that passes on what comes. */
  bare() {
    const agent = new Agent({ keepAlive: true });
    const { hostname, port } = new URL(upstream);
    return (request, response) => {
      const { method, url: path, headers } = request;
      const further = httpRequest({ agent, hostname, port, method, path, headers }, (answer) => {
        response.writeHead(answer.statusCode, answer.headers);
        answer.pipe(response);
      });
      further.on('error', () => response.destroy());
      request.pipe(further);
    };
  },
};

/** One request after the other on each of so many connections; what was not as it must be, and how long each took. */
async function load({ url, connections, requests, signedFor }) {
  const { hostname, port } = new URL(url);
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const run = Math.random().toString(16).slice(2, 10).padEnd(8, '0');
  const make = (n) => {
    const create = n % CREATE_EVERY === 0;
    const path = create ? `/v3/${run}${n.toString(16).padStart(24, '0')}/tracker` : `/v3/${DOMAIN}/checkbucket`;
    const body = create ? CREATE : CHECK;
    let headers = { 'content-type': 'application/json', 'x-requested-with': 'cts-tracker' };
    // What signs nothing is given signed requests.
    if (signedFor) {
      const request = { method: 'POST', url: signedFor + path, headers, body };
      headers = {
        ...signRequest({ ...request, credentials: sampleCredentials }).headers,
        host: new URL(signedFor).host,
      };
    }
    return { create, path, body, headers: { ...headers, 'content-length': body.length } };
  };
  // Signed before the clock runs.
  const made = Array.from({ length: requests }, (_, n) => make(n));
  const failures = {};
  const times = new Float64Array(requests);
  let next = 0;
  const ask = ({ path, body, headers, create }) =>
    new Promise((done) => {
      const fail = (what) => {
        failures[what] = (failures[what] ?? 0) + 1;
        done();
      };
      const request = httpRequest({ agent, hostname, port, path, method: 'POST', headers }, (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (part) => {
          text += part;
        });
        response.on('error', (error) => fail(error.code));
        response.on('end', () => {
          const good = create
            ? response.statusCode === 201 && text.includes('"tracker_name":"system"')
            : response.statusCode === 200 && text.includes('"success":true');
          if (good) done();
          else fail(`${response.statusCode} ${text.slice(0, 200)}`);
        });
      });
      request.on('error', (error) => fail(error.code ?? error.message));
      request.end(body);
    });
  const from = performance.now();
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (next < requests) {
        const n = next;
        next += 1;
        const began = performance.now();
        await ask(made[n]);
        times[n] = performance.now() - began;
      }
    }),
  );
  const seconds = (performance.now() - from) / 1000;
  agent.destroy();
  times.sort();
  const at = (share) => times[Math.floor(requests * share)];
  return { seconds, failures, creations: Math.ceil(requests / CREATE_EVERY), p50: at(0.5), p99: at(0.99) };
}

const questions = {
  /** Memory after a collection, resident and what is held, and the processor time so far, in microseconds. */
  usage() {
    globalThis.gc();
    const { user, system } = process.cpuUsage();
    const { rss, heapUsed, external } = process.memoryUsage();
    return { rss, held: heapUsed + external, cpu: user + system };
  },
  load,
};

process.on('message', async ({ question, method, given }) => {
  process.send({ question, answer: await questions[method](given) });
});
// Whoever started it is gone.
process.on('disconnect', () => process.exit());

let url;
if (role !== 'client') {
  const server = createServer(LISTENERS[role]());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${server.address().port}`;
}
process.send({ url });
