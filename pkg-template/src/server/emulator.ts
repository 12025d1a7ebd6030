// The emulator of the two endpoints: the state and every answer are the wasm's, carrying them out is done here.
import { serverFacts } from '../generated/serverFacts.js';
import { call } from '../wasm/server.js';
import { isCount, isList, isText } from './option-checks.js';

/**
 * A pair of keys for the emulator alone. They are fixed and public: no service but this one takes them.
 */
export const sampleCredentials = /* @__PURE__ */ Object.freeze({
  accessKeyId: 'SAMPLE0ONLY0EMULATOR',
  secretAccessKey: 'not-a-secret/cts-tracker-emulator-sample',
});

// For a copy of the package that the adapter of another one is given.
const HANDLE = /* @__PURE__ */ Symbol.for('cts-tracker.emulator.handle');
// The gateway refuses a longer body, whatever is in it: one byte more is enough to show.
const ENOUGH_BODY = serverFacts.maxEmulatorBodyBytes + 1;

let lastId = 0;
let dropped;

/** See the type declarations for the options. */
export function createEmulator(options = {}) {
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    throw misuse('the options of createEmulator must be an object');
  }
  const { now = Date.now, random = (bytes) => crypto.getRandomValues(bytes), ...rest } = options;
  for (const [name, value] of Object.entries({ now, random })) {
    if (typeof value !== 'function') throw misuse(`${name} must be a function`);
  }
  const { buckets, keys, credentials, latencyMs, faults } = rest;
  check([
    [
      'buckets',
      isList(buckets, (bucket) => isText(bucket?.name) && isText(bucket.location)),
      'a list of { name, location, managed }',
    ],
    ['keys', isList(keys, isText), 'a list of texts'],
    [
      'credentials',
      isList(credentials, (pair) => isText(pair?.accessKeyId) && isText(pair.secretAccessKey)),
      'a list of { accessKeyId, secretAccessKey, securityToken }',
    ],
    ['latencyMs', isCount(latencyMs, 0), 'a whole number of milliseconds'],
    ['faults', isList(faults, (fault) => fault), 'a list of faults'],
  ]);
  (faults ?? []).forEach((fault, at) => check(fieldsOf(fault, `faults[${at}]`)));
  // A fault that strikes for ever.
  const config = JSON.stringify(rest, (_, value) => (value === Infinity ? 0xffffffff : value));
  lastId += 1;
  const id = lastId;
  const create = () => {
    const wrong = call((wasm) => wasm.emulatorCreate(id, config));
    // Nobody has seen the JSON that a line and a column are of.
    if (wrong) throw misuse(wrong.replace(/ at line \d+ column \d+$/, ''));
  };
  create();
  // Times that the instance which knew this emulator was gone with a trap: it starts again from its options.
  let restarts = 0;
  const restart = () => {
    restarts += 1;
    create();
  };

  /** { method, target, headers: [name, value][], body } -> { status, headers, body, delayMs, delivery, sent } */
  function handle({ method, target, headers, body }) {
    const request = [method, target, ...headers.flat()].join('\0');
    const time = Number(now());
    const entropy = random(new Uint8Array(32));
    const run = () => call((wasm) => wasm.emulatorHandle(id, request, body.subarray(0, ENOUGH_BODY), time, entropy));
    let answer = run();
    if (answer.length === 0) {
      restart();
      answer = run();
    }
    return decode(answer);
  }

  const emulator = Object.freeze({
    /** As the platform's fetch: `emulator.fetch` can stand in for it. */
    async fetch(input, init) {
      const request = init === undefined && typeof input?.arrayBuffer === 'function' ? input : new Request(input, init);
      const { signal } = request;
      signal?.throwIfAborted();
      const plan = handle({
        method: request.method,
        target: request.url,
        headers: [...request.headers],
        body: new Uint8Array(await request.arrayBuffer()),
      });
      await abortable(signal, plan.delayMs);
      if (plan.delivery === 'hang' && plan.sent === undefined) await abortable(signal, Infinity);
      if (plan.delivery === 'reset' && plan.sent === undefined) throw connectionReset('fetch failed');
      const { status, headers } = plan;
      return new Response([101, 204, 205, 304].includes(status) ? null : bodyOf(plan, signal), { status, headers });
    },

    /** { trackers, requests, requestCount, restarts } */
    state() {
      const state = call((wasm) => wasm.emulatorState(id));
      if (state) return { ...JSON.parse(state), restarts };
      restart();
      return emulator.state();
    },

    reset() {
      call((wasm) => wasm.emulatorReset(id));
      restarts = 0;
    },

    [HANDLE]: handle,
  });
  if (typeof FinalizationRegistry === 'function') {
    dropped ??= new FinalizationRegistry((gone) => call((wasm) => wasm.emulatorDrop(gone)));
    dropped.register(emulator, id);
  }
  return emulator;
}

/** @param {[name: string, fits: boolean, what: string][]} all */
function check(all) {
  for (const [name, fits, what] of all) if (!fits) throw misuse(`${name} must be ${what}`);
}

/** What a fault must be, save for the words and the ranges that the wasm knows. */
function fieldsOf(fault, name) {
  if (typeof fault !== 'object') return [[name, isText(fault) || isCount(fault, 0), 'an object, a line or a status']];
  const { kind, when, ms, retryAfter, headers, body, operation, nth, times } = fault;
  const given = (value, fits) => value === undefined || value === null || fits(value);
  // Headers and Map have no fields, and would be lost.
  const isPlain = (value) => Object.prototype.toString.call(value) === '[object Object]';
  return [
    ['kind', isText(kind) || isCount(kind ?? NaN, 0), 'a text or a status'],
    ['when', given(when, isText), 'a text'],
    ['ms', isCount(ms, 0), 'a whole number of milliseconds'],
    [
      'retryAfter',
      given(retryAfter, (value) => isText(value) || Number.isSafeInteger(value)),
      'a text or a whole number',
    ],
    ['headers', given(headers, (value) => isPlain(value) && Object.values(value).every(isText)), 'an object of texts'],
    ['body', given(body, isText), 'a text'],
    ['operation', given(operation, isText), 'a text'],
    ['nth', isCount(nth, 1), 'a whole number from 1'],
    ['times', times === Infinity || isCount(times, 1), 'a whole number from 1, or Infinity'],
  ].map(([field, fits, what]) => [`${name}.${field}`, fits, what]);
}

/**
 * The emulator behind a server of Node, faults of the connection included: `createServer(toNodeListener(emulator))`.
 * To let the gateway's own limit of headers be met, give the server `maxHeaderSize: 262144`.
 */
export function toNodeListener(emulator) {
  const handle = emulator?.[HANDLE];
  if (typeof handle !== 'function') throw misuse('toNodeListener takes what createEmulator gives');
  return (request, response) => {
    const parts = [];
    let length = 0;
    request.on('data', (part) => {
      if (length < ENOUGH_BODY) parts.push(part);
      length += part.length;
    });
    request.on('end', () => {
      const headers = [];
      for (let i = 0; i < request.rawHeaders.length; i += 2) headers.push(request.rawHeaders.slice(i, i + 2));
      try {
        const plan = handle({ method: request.method, target: request.url, headers, body: joined(parts) });
        if (plan.delayMs === 0) send(plan, request, response);
        else setTimeout(send, plan.delayMs, plan, request, response);
      } catch (cause) {
        // A fault of the emulator itself must not end the server's process.
        response.writeHead(500, { 'content-type': 'text/plain' }).end(`the emulator failed: ${cause?.message}`);
      }
    });
  };
}

function send({ status, headers, body, delivery, sent }, { socket }, response) {
  if (socket.destroyed) return;
  if (sent === undefined) {
    if (delivery === 'reset') return reset(socket);
    if (delivery === 'hang') return;
  }
  if (delivery !== 'truncate') headers.push(['content-length', String(body.length)]);
  else headers.push(['connection', 'close']);
  response.writeHead(status, headers.flat());
  if (delivery === 'whole') response.end(body);
  else if (delivery === 'truncate') response.end(body.subarray(0, sent));
  else
    response.write(body.subarray(0, sent), () => {
      if (delivery === 'reset') reset(socket);
    });
}

function reset(socket) {
  if (typeof socket.resetAndDestroy === 'function') socket.resetAndDestroy();
  else socket.destroy();
}

function joined(parts) {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function decode(answer) {
  const length = new DataView(answer.buffer, answer.byteOffset).getUint32(0, true);
  const [status, delayMs, delivery, sent, ...rest] = new TextDecoder()
    .decode(answer.subarray(4, 4 + length))
    .split('\0');
  const headers = [];
  for (let i = 0; i < rest.length; i += 2) headers.push([rest[i], rest[i + 1]]);
  return {
    status: Number(status),
    headers,
    body: answer.slice(4 + length),
    delayMs: Number(delayMs),
    delivery,
    sent: sent === '' ? undefined : Number(sent),
  };
}

/** The body as it comes: whole, or a part and then what befalls it. */
function bodyOf({ body, delivery, sent }, signal) {
  if (delivery === 'whole') return body;
  if (delivery === 'truncate') return body.subarray(0, sent);
  let started = false;
  return new ReadableStream(
    {
      pull(controller) {
        if (!started) {
          started = true;
          controller.enqueue(body.slice(0, sent));
          return undefined;
        }
        if (delivery === 'reset') throw connectionReset('terminated');
        return abortable(signal, Infinity);
      },
    },
    { highWaterMark: 0 },
  );
}

/** Waits, no longer than until the signal is aborted; rejects then with its reason. */
function abortable(signal, milliseconds) {
  if (milliseconds === 0) return undefined;
  return new Promise((resolve, reject) => {
    const timer = milliseconds === Infinity ? undefined : setTimeout(settle, milliseconds, resolve);
    const onAbort = () => settle(() => reject(signal.reason));
    function settle(how) {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      how();
    }
    if (signal?.aborted) onAbort();
    else signal?.addEventListener('abort', onAbort);
  });
}

/** As Node's fetch tells of it. */
function connectionReset(message) {
  const cause = Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });
  return new TypeError(message, { cause });
}

function misuse(message) {
  return Object.assign(new TypeError(message), { code: 'invalid_argument' });
}
