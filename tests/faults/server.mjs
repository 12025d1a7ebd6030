// An HTTP server with faults, over raw sockets. It counts the requests that it executed.
import { createServer } from 'node:net';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';

export const CREATED = {
  id: '2e6fa9b8-8c6e-456d-b5d3-77be972d220b',
  create_time: 1587958482923,
  tracker_name: 'system',
  tracker_type: 'system',
  status: 'enabled',
  lts: { is_lts_enabled: true, log_group_name: 'CTS', log_topic_name: 'system-trace' },
};
const CHECKED = (body) => ({
  buckets: (JSON.parse(body).buckets ?? []).map((bucket) => ({
    ...bucket,
    check_bucket_response: { response_code: 200, success: true },
  })),
});

const HTML = '<!DOCTYPE html><html><head><title>Sign in</title></head><body>…</body></html>';
export const MEGABYTES = 5;
const HUGE = `{"id":"${'x'.repeat(MEGABYTES << 20)}","buckets":[]}`;
const WRONG = '{"id":5,"create_time":"soon","buckets":"none"}';
export const BAD_RETRY_AFTER = ['-5', 'Sun, 06 Nov 1994 08:49:37 GMT', 'soon', '31536000'];

/**
 * When a fault occurs: before the request is executed, before the response, during the response, or after the
 * response.
 */
export const MOMENTS = ['before', 'executed', 'during', 'after'];

const REASONS = { 200: 'OK', 201: 'Created', 204: 'No Content', 307: 'Temporary Redirect', 429: 'Too Many Requests' };
const head = (status, length, headers = {}) =>
  [
    `HTTP/1.1 ${status} ${REASONS[status] ?? 'X'}`,
    'x-request-id: fault-server',
    ...(length === undefined ? [] : [`content-length: ${length}`]),
    ...Object.entries({ 'content-type': 'application/json', ...headers }).map(([name, value]) => `${name}: ${value}`),
    '',
    '',
  ].join('\r\n');

const answerWith = (status, body, headers) => head(status, Buffer.byteLength(body), headers) + body;

/** Each fault writes its response to `sock`. `good` and `status` are the response without a fault. */
const FAULTS = {
  async delay({ sock, moment, status, good, wait }) {
    if (moment !== 'during') {
      if (moment !== 'after') await wait();
      return sock.write(answerWith(status, good));
    }
    sock.write(head(status, Buffer.byteLength(good)) + good.slice(0, 9));
    await wait();
    return sock.write(good.slice(9));
  },
  async reset({ sock, moment, status, good, soon }) {
    if (moment === 'during') sock.write(head(status, Buffer.byteLength(good)) + good.slice(0, 9));
    // Announces the close, so that no other request is sent on this connection.
    if (moment === 'after') sock.write(answerWith(status, good, { connection: 'close' }));
    await soon();
    sock.resetAndDestroy();
  },
  async truncate({ sock, moment, status, good, soon }) {
    if (moment === 'during') sock.write(head(status, Buffer.byteLength(good)) + good.slice(0, 9));
    // Announces the close, so that no other request is sent on this connection.
    if (moment === 'after') sock.write(answerWith(status, good, { connection: 'close' }));
    await soon();
    sock.end();
  },
  hang({ sock, moment, status, good }) {
    if (moment === 'during') sock.write(head(status, Buffer.byteLength(good)) + good.slice(0, 9));
    if (moment === 'after') sock.write(answerWith(status, good));
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
    sock.write(answerWith(status ?? usual, mixed(moment, good, bad), headers));
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
    tries: (id) => ask('tries', id),
    connections: () => ask('connections'),
    close: () => worker.terminate(),
  };
}

export async function startFaultServer({ delayMs = 40 } = {}) {
  const plans = new Map();
  const created = new Map();
  const seen = new Map();
  const sockets = new Set();
  const requests = [];

  async function answer(sock, { url, headers, body }) {
    const [, , id, resource] = url.split('/');
    const create = resource === 'tracker';
    const tries = (seen.get(id) ?? 0) + 1;
    seen.set(id, tries);
    requests.push({ url, headers, body });
    const carryOut = () => {
      if (create) created.set(id, (created.get(id) ?? 0) + 1);
    };
    const good = JSON.stringify(create ? CREATED : CHECKED(body));
    const status = create ? 201 : 200;
    const plan = plans.get(id);
    if (!plan || tries > plan.times) {
      carryOut();
      return sock.write(answerWith(status, good));
    }
    if (plan.raw !== undefined) return sock.write(plan.raw);
    const { fault, moment } = plan;
    const wait = () =>
      new Promise((done) => {
        setTimeout(done, plan.delayMs ?? delayMs);
      });
    const soon = () =>
      new Promise((done) => {
        setTimeout(done, 5);
      });
    if (moment !== 'before' && fault !== 'retryAfter') carryOut();
    await FAULTS[fault]({ sock, moment, status, good, wait, soon, url, run: plan.run ?? 0 });
    if (moment === 'before' && fault === 'delay') carryOut();
    return undefined;
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
        answer(sock, { url: line.split(' ')[1], headers, body }).catch(() => sock.destroy());
      }
    });
  });
  await new Promise((done) => {
    server.listen(0, '127.0.0.1', done);
  });

  return {
    url: `http://127.0.0.1:${server.address().port}`,
    requests,
    /** The fault of the requests for an id: `{ fault, moment, times }`, or `{ raw }`, the bytes of a response. */
    plan: (id, plan) => plans.set(id, { times: Infinity, ...plan }),
    created: (id) => created.get(id) ?? 0,
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
  parentPort.on('message', ({ question, method, given }) => {
    const answer = server[method](...given);
    parentPort.postMessage({ question, answer: typeof answer === 'number' ? answer : 0 });
  });
  parentPort.postMessage({ url: server.url });
}
