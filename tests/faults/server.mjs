// An HTTP server with faults, over raw sockets, in front of the signing proxy and the emulator. It counts the requests
// that it executed.
import { createServer } from 'node:net';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import { createEmulator, sampleCredentials } from 'cts-tracker/emulator';
import { createSigningProxy } from 'cts-tracker/proxy';

const HTML = '<!DOCTYPE html><html><head><title>Sign in</title></head><body>…</body></html>';
const MEGABYTES = 5;
const HUGE = `{"id":"${'x'.repeat(MEGABYTES << 20)}","buckets":[],"trackers":[]}`;
const WRONG = '{"id":5,"create_time":"soon","buckets":"none","trackers":{}}';
const BAD_RETRY_AFTER = ['-5', 'Sun, 06 Nov 1994 08:49:37 GMT', 'soon', '31536000'];

/**
 * When a fault occurs: before the request is executed, before the response, during the response, or after the
 * response.
 */
export const MOMENTS = ['before', 'executed', 'during', 'after'];

const REASONS = { 200: 'OK', 201: 'Created', 204: 'No Content', 307: 'Temporary Redirect', 429: 'Too Many Requests' };
const head = (status, length, headers = {}) =>
  [
    `HTTP/1.1 ${status} ${REASONS[status] ?? 'X'}`,
    ...(length === undefined ? [] : [`content-length: ${length}`]),
    ...Object.entries({ 'x-request-id': 'fault-server', 'content-type': 'application/json', ...headers }).map(
      ([name, value]) => `${name}: ${value}`,
    ),
    '',
    '',
  ].join('\r\n');

const answerWith = (status, body, headers) => head(status, Buffer.byteLength(body), headers) + body;

/**
 * Each fault writes its response to `sock`. `status`, `headers` and `good`, the body, are the response without a fault,
 * if the request was executed.
 */
const FAULTS = {
  async delay({ sock, moment, status, headers, good, wait }) {
    if (moment !== 'during') {
      if (moment === 'executed') await wait();
      return sock.write(answerWith(status, good, headers));
    }
    sock.write(head(status, Buffer.byteLength(good), headers) + good.slice(0, 9));
    await wait();
    return sock.write(good.slice(9));
  },
  async reset({ sock, moment, status, headers, good, soon }) {
    if (moment === 'during') sock.write(head(status, Buffer.byteLength(good)) + good.slice(0, 9));
    // Announces the close, so that no other request is sent on this connection.
    if (moment === 'after') sock.write(answerWith(status, good, { ...headers, connection: 'close' }));
    await soon();
    sock.resetAndDestroy();
  },
  async truncate({ sock, moment, status, headers, good, soon }) {
    if (moment === 'during') sock.write(head(status, Buffer.byteLength(good)) + good.slice(0, 9));
    // Announces the close, so that no other request is sent on this connection.
    if (moment === 'after') sock.write(answerWith(status, good, { ...headers, connection: 'close' }));
    await soon();
    sock.end();
  },
  hang({ sock, moment, status, headers, good }) {
    if (moment === 'during') sock.write(head(status, Buffer.byteLength(good)) + good.slice(0, 9));
    if (moment === 'after') sock.write(answerWith(status, good, headers));
  },
  empty: ({ sock, moment }) => sock.write(moment === 'during' || moment === 'after' ? answerWith(200, '') : head(204)),
  html: content(200, HTML, { 'content-type': 'text/html' }),
  huge: content(200, HUGE),
  redirect: ({ sock, moment, good, url }) => sock.write(answerWith(307, mixed(moment, good, ''), { location: url })),
  wrong: content(undefined, WRONG),
  // A server that responds with a 429 has not executed the request, at any moment.
  retryAfter: ({ sock, run }) => sock.write(answerWith(429, '', { 'retry-after': BAD_RETRY_AFTER[run % 4] })),
};

function mixed(moment, good, bad) {
  return (moment === 'during' ? good.slice(0, 9) : moment === 'after' ? good : '') + bad;
}

function content(status, bad, headers) {
  return ({ sock, moment, status: usual, good }) =>
    sock.write(answerWith(status ?? usual ?? 200, mixed(moment, good, bad), headers));
}

export const FAULT_NAMES = Object.keys(FAULTS);

/** Runs the server in a thread, so that it does not delay the measured calls. */
export async function startFaultThread() {
  const worker = new Worker(new URL(import.meta.url));
  const pending = new Map();
  let questions = 0;
  const ask = (method, ...given) =>
    new Promise((answer) => {
      pending.set((questions += 1), answer);
      worker.postMessage({ question: questions, method, given });
    });
  const url = await new Promise((listening) => {
    worker.on('message', ({ url: at, question, answer }) => (at ? listening(at) : pending.get(question)(answer)));
  });
  return {
    url,
    plan: (id, plan) => ask('plan', id, plan),
    created: (id) => ask('created', id),
    tracker: (id) => ask('tracker', id),
    tries: (id) => ask('tries', id),
    connections: () => ask('connections'),
    close: () => worker.terminate(),
  };
}

/** The name of a plan for the lookups of a project, and of their count. */
export const lookupsOf = (id) => `${id}/trackers`;

const withoutNetwork = (emulator, options) =>
  createSigningProxy({ region: 'cn-north-1', credentials: sampleCredentials, fetch: emulator.fetch, ...options });

async function startFaultServer({ delayMs = 40 } = {}) {
  const emulator = createEmulator();
  const proxy = withoutNetwork(emulator, { allowLookup: true });
  const proxyWithoutLookups = withoutNetwork(emulator);
  const plans = new Map();
  const created = new Map();
  const seen = new Map();
  /** By project: the creation that was executed last. */
  const creations = new Map();
  const sockets = new Set();

  /** The response without a fault. */
  function execute(request, id) {
    const response = forward(request, id);
    if (request.url.endsWith('/tracker')) {
      created.set(id, (created.get(id) ?? 0) + 1);
      creations.set(id, response);
    }
    return response;
  }

  async function forward({ method, url, headers, body }, id) {
    const { allowLookup = true } = plans.get(id) ?? {};
    const request = new Request(`http://localhost${url}`, {
      method,
      headers: { 'content-type': headers['content-type'] ?? '', 'x-requested-with': headers['x-requested-with'] },
      body: method === 'GET' ? undefined : body,
    });
    const response = await (allowLookup ? proxy : proxyWithoutLookups).fetch(request);
    const kept = ['content-type', 'date', 'x-request-id'].filter((name) => response.headers.has(name));
    return {
      status: response.status,
      headers: Object.fromEntries(kept.map((name) => [name, response.headers.get(name)])),
      good: await response.text(),
    };
  }

  async function answer(sock, request) {
    const { method, url } = request;
    const id = url.split('/')[2];
    const key = method === 'GET' ? lookupsOf(id) : id;
    const tries = (seen.get(key) ?? 0) + 1;
    seen.set(key, tries);
    const plan = plans.get(key);
    if (!plan || tries > plan.times) {
      const { status, headers, good } = await execute(request, id);
      return sock.write(answerWith(status, good, headers));
    }
    const { fault, moment } = plan;
    const wait = () =>
      new Promise((done) => {
        setTimeout(done, plan.delayMs ?? delayMs);
      });
    const soon = () =>
      new Promise((done) => {
        setTimeout(done, 5);
      });
    if (moment === 'before' && fault === 'delay') await wait();
    const isExecuted = fault !== 'retryAfter' && (moment !== 'before' || fault === 'delay');
    const response = isExecuted ? await execute(request, id) : {};
    return FAULTS[fault]({ sock, moment, ...response, wait, soon, url, run: plan.run ?? 0 });
  }

  const server = createServer((sock) => {
    sockets.add(sock);
    sock.on('close', () => sockets.delete(sock));
    sock.on('error', () => {});
    sock.setNoDelay(true);
    let buffer = Buffer.alloc(0);
    sock.on('data', (chunk) => {
      buffer = Buffer.concat([buffer, chunk]);
      for (;;) {
        const end = buffer.indexOf('\r\n\r\n');
        if (end < 0) return;
        const [line, ...rest] = buffer.subarray(0, end).toString('latin1').split('\r\n');
        const headers = Object.fromEntries(
          rest.map((header) => {
            const colon = header.indexOf(':');
            return [header.slice(0, colon).toLowerCase(), header.slice(colon + 1).trim()];
          }),
        );
        const length = Number(headers['content-length'] ?? 0);
        if (buffer.length < end + 4 + length) return;
        const body = buffer.subarray(end + 4, end + 4 + length).toString();
        buffer = buffer.subarray(end + 4 + length);
        const [method, url] = line.split(' ');
        answer(sock, { method, url, headers, body }).catch(() => sock.destroy());
      }
    });
  });
  await new Promise((done) => {
    server.listen(0, '127.0.0.1', done);
  });

  return {
    url: `http://127.0.0.1:${server.address().port}`,
    /** The fault of the requests for an id, or for `lookupsOf` it: `{ fault, moment, times }`. */
    plan(id, plan) {
      plans.set(id, { times: Infinity, ...plan });
      seen.delete(id);
    },
    /** How many creations for the id were executed. */
    created: (id) => created.get(id) ?? 0,
    /** The id of the tracker that the emulator has in a project. */
    async tracker(id) {
      await creations.get(id);
      return emulator.state().trackers.find((tracker) => tracker.project_id === id)?.id;
    },
    tries: (id) => seen.get(id) ?? 0,
    connections: () => sockets.size,
    close() {
      for (const sock of sockets) sock.destroy();
      return new Promise((done) => {
        server.close(done);
      });
    },
  };
}

if (!isMainThread && parentPort) {
  const server = await startFaultServer();
  parentPort.on('message', async ({ question, method, given }) => {
    parentPort.postMessage({ question, answer: await server[method](...given) });
  });
  parentPort.postMessage({ url: server.url });
}
