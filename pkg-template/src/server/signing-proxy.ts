// The signing proxy as a Web-standard handler. What is let through, sent and passed on is decided in the wasm
// (src/proxy); here bodies are read, the service is called, and the few numbers that change are kept.
import {
  proxyAnswer,
  proxyConfigure,
  proxyJudge,
  proxyPause,
  proxyProblem,
  proxyScreen,
  proxySent,
  proxyUnproven,
} from '#glue-server';
import { serverFacts } from '../generated/serverFacts.js';
import { call } from '../wasm/server.js';
import { createKeyRing, nameOf, PROVIDER_TIMEOUT_MS } from './credentials.js';
import { exchange, takeBody } from './exchange.js';
import { createLeases } from './in-flight.js';
import { createMetrics } from './metrics.js';
import { isCount, isList, isText } from './option-checks.js';
import type { SigningProxy, SigningProxyOptions } from './proxy-options.js';
import { pause, TimedOut, withTimeout } from './timeout.js';

const UPSTREAM_TIMEOUT_MS = 25_000;
const BODY_TIMEOUT_MS = 10_000;
// A clock this far off is the reason for a 401, not the keys.
const { maxAnswerBytes: MAX_ANSWER_BYTES, skewedMs: SKEWED_MS } = serverFacts;
// How often a request that waits for its turn looks.
const TURN_MS = 5;
// Clients whose rate is remembered; those that were heard of longest ago are forgotten first.
const MAX_CLIENTS = 10_000;

const UNTRIED = { failures: 0, since: -Infinity, until: -Infinity, proven: false };

/** Throws a `TypeError` with a `code` for invalid options or keys. */
export function createSigningProxy(options: SigningProxyOptions): SigningProxy {
  const { policy, maxBodyBytes, settings } = configure(options);
  const { authorize, clientKey, now, onEvent, send, upstreamTimeoutMs, bodyTimeoutMs } = settings;
  const tell = (event) => {
    try {
      onEvent?.(event);
    } catch {
      // A listener's fault is not the caller's.
    }
  };
  const ring = createKeyRing(options.credentials, now, tell);
  const metrics = createMetrics();
  const clients = new Map();
  const underWay = createLeases(2 * bodyTimeoutMs + PROVIDER_TIMEOUT_MS + 2 * upstreamTimeoutMs, now);
  let clockOffsetMs = 0;
  // Of the keys in use: 401s in a row, when the pause after the last began and ends, whether an answer proved them.
  let trust = { ...UNTRIED, keys: undefined };
  // Requests under way with keys that are not proved.
  const proving = createLeases(upstreamTimeoutMs, now);

  /** @returns {Promise<Response>} never rejects */
  async function fetch(request, info) {
    const began = now();
    const trace = { operation: 'none', sent: 'no' };
    let answer;
    try {
      answer = await handle(request, info, trace);
    } catch (cause) {
      tell({ type: 'error', error: nameOf(cause) });
      answer = fallback(trace.sent);
    }
    const { response, code } = answer;
    const { status } = response;
    metrics.answered(trace.operation, status, code);
    tell({
      type: 'request',
      operation: trace.operation,
      ...(trace.id && { id: trace.id }),
      status,
      ...(code && { code }),
      sent: trace.sent,
      durationMs: now() - began,
      ...(trace.requestId && { requestId: trace.requestId }),
    });
    return response;
  }

  async function handle(request, info, trace) {
    const client = settings.rated ? clientKey(request, info) : '';
    const bucket = clients.get(client);
    const screened = exchange(
      [policy, request.method, request.url, ...headersOf(request.headers)],
      undefined,
      (count, length, size) =>
        proxyScreen(
          count,
          length,
          size,
          bucket?.tokens ?? NaN,
          bucket?.at ?? NaN,
          underWay.count(),
          pausedUntil(),
          now(),
        ),
    ).strings;
    const [tokens, at, kind, ...rest] = screened;
    if (tokens !== '') remember(client, { tokens: Number(tokens), at: Number(at) });
    if (kind === 'answer') return respond(rest);
    if (kind === 'page') {
      trace.operation = rest[0];
      return page(rest[0], request.method);
    }
    if (kind !== 'admit') throw new Error('the head could not be judged');

    const [operation, id, origin] = rest;
    trace.operation = operation;
    trace.id = id;
    const refuse = (code, { sent = 'no', detail = '', retryAfter = 0 } = {}) => {
      trace.sent = sent;
      return problem(code, sent, detail, origin, retryAfter);
    };
    const leave = underWay.take();
    try {
      if (authorize) {
        const verdict = await allowed(request);
        if (verdict !== true) return verdict || refuse('not_authorized');
      }
      const { body, failure } = await readBody(request);
      if (failure)
        return refuse(
          failure,
          failure === 'body_too_large' ? { detail: `at most ${maxBodyBytes} bytes are taken` } : {},
        );
      let keys;
      try {
        keys = await ring.keys();
      } catch {
        return refuse('credentials_unavailable', { retryAfter: 1 });
      }
      return await forward({ operation, id, origin, body, keys, refuse, signal: request.signal, trace });
    } finally {
      leave();
    }
  }

  async function forward({ operation, id, origin, body, keys, refuse, signal, trace }) {
    const endTurn = await takeTurn(keys);
    if (!endTurn) return refuse('too_many_in_flight', { retryAfter: 1 });
    try {
      // While it waited for its turn, the keys may have been refused.
      const left = trust.until - now();
      if (left > 0) return refuse('keys_refused', { retryAfter: Math.ceil(left / 1000) });

      const offset = clockOffsetMs;
      const [verdict, ...rest] = exchange([policy, operation, id, origin, ...keys], body, (count, length, size) =>
        proxyJudge(count, length, size, now() + offset),
      ).strings;
      if (verdict === 'answer') return respond(rest);
      if (verdict !== 'forward') throw new Error('the body could not be judged');
      const [url, ...headers] = rest;

      const sentAt = now();
      const upstream = await ask(url, pairsOf(headers), takeBody(), signal);
      const receivedAt = now();
      metrics.exchanged(receivedAt - sentAt);
      if (upstream.failure) {
        const { failure, sent, detail } = upstream;
        return refuse(failure, { sent, detail });
      }
      trace.sent = 'yes';
      const [ahead, ...passed] = exchange(
        [operation, id, origin, ...keys, ...headersOf(upstream.headers)],
        upstream.body,
        (count, length, size) => proxyAnswer(count, length, size, upstream.status, sentAt, receivedAt, offset),
      ).strings;
      learn(keys, upstream.status, ahead, { sentAt, receivedAt, offset });
      const answer = respond(passed);
      trace.requestId = answer.response.headers.get('x-request-id') ?? undefined;
      return answer;
    } finally {
      endTurn();
    }
  }

  /** What an answer tells about the service's clock and our keys. */
  function learn(keys, status, ahead, { sentAt, receivedAt, offset }) {
    if (ahead !== '' && Number(ahead) !== clockOffsetMs) {
      clockOffsetMs = Number(ahead);
      tell({ type: 'clock', offsetMs: clockOffsetMs });
    }
    if (trust.keys !== keyOf(keys)) return;
    if (status === 401) {
      // With a clock that was wrong the keys may be right, and the next request is dated right.
      if (ahead !== '' && Math.abs(Number(ahead) - offset) > SKEWED_MS) return;
      // Requests that were sent before the first 401 came tell nothing new.
      if (sentAt <= trust.since) return;
      const until = call(() => proxyPause(trust.failures, receivedAt));
      trust = { ...trust, failures: trust.failures + 1, since: receivedAt, until, proven: false };
      tell({ type: 'keys_refused', pauseMs: until - receivedAt });
      ring.distrust(keys);
    } else if (status < 500 && status !== 429 && (status < 300 || status >= 400) && sentAt > trust.since) {
      trust = { ...trust, ...UNTRIED, proven: true };
    }
  }

  /** The end of the pause, if the keys at hand are those that were refused. */
  function pausedUntil() {
    const keys = ring.current();
    return keys && keyOf(keys) === trust.keys ? trust.until : -Infinity;
  }

  /** Until an answer proves the keys, few requests are under way with them: a burst of bad ones would lock them. */
  async function takeTurn(keys) {
    const fingerprint = keyOf(keys);
    if (trust.keys !== fingerprint) trust = { ...UNTRIED, keys: fingerprint };
    const deadline = now() + upstreamTimeoutMs;
    const most = call(() => proxyUnproven());
    while (!trust.proven && proving.count() >= most && !(trust.until > now())) {
      if (now() >= deadline) return undefined;
      // By a timer of its own: in workerd no request may wake another.
      await pause(TURN_MS);
    }
    return trust.proven ? () => {} : proving.take();
  }

  function remember(client, bucket) {
    clients.delete(client);
    clients.set(client, bucket);
    if (clients.size > MAX_CLIENTS) clients.delete(clients.keys().next().value);
  }

  /** true, a Response of the host's own, or false. */
  async function allowed(request) {
    // Without the body, which is ours to read.
    const head = new Request(request.url, { method: request.method, headers: request.headers });
    const verdict = await withTimeout(bodyTimeoutMs, Promise.resolve(authorize(head)));
    if (verdict === true) return true;
    if (typeof verdict?.status === 'number' && typeof verdict.headers?.get === 'function')
      return { response: verdict, code: 'not_authorized' };
    return false;
  }

  async function readBody(request) {
    if (request.bodyUsed) return { failure: 'body_unreadable' };
    try {
      return { body: await readAll(request.body, maxBodyBytes, bodyTimeoutMs) };
    } catch (cause) {
      if (cause instanceof TooLong) return { failure: 'body_too_large' };
      return { failure: cause instanceof TimedOut ? 'body_timeout' : 'body_unreadable' };
    }
  }

  /** One exchange with the service: never again, never on to where it redirects. */
  async function ask(url, headers, body, signal) {
    const abort = new AbortController();
    // A `fetch` or a body that heeds no signal cannot hold the answer up.
    let over;
    const ended = new Promise((_, end) => {
      over = end;
    });
    ended.catch(() => {});
    const stop = () => {
      abort.abort();
      over(abort.signal.reason);
    };
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      stop();
    }, upstreamTimeoutMs);
    if (signal?.aborted) stop();
    else signal?.addEventListener('abort', stop, { once: true });
    let answered = false;
    const exchanged = async () => {
      const response = await send(url, { method: 'POST', headers, body, redirect: 'manual', signal: abort.signal });
      answered = true;
      // Where the platform hides a redirect, its status is 0.
      const status = response.type === 'opaqueredirect' ? 302 : response.status;
      return { status, headers: response.headers, body: await readAll(response.body, MAX_ANSWER_BYTES) };
    };
    try {
      return await Promise.race([exchanged(), ended]);
    } catch (cause) {
      if (late) return { failure: 'upstream_timeout', sent: answered ? 'yes' : 'unknown' };
      if (answered) {
        stop();
        const detail = cause instanceof TooLong ? `it is longer than ${MAX_ANSWER_BYTES} bytes` : 'it ended too early';
        return { failure: 'upstream_answer', sent: 'yes', detail };
      }
      return { failure: 'upstream_unreachable', sent: signal?.aborted ? 'unknown' : sentBefore(cause) };
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', stop);
    }
  }

  async function page(name, method) {
    const text = (body, type) => ({
      response: new Response(method === 'HEAD' ? null : body, {
        headers: { 'content-type': type, 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' },
      }),
      code: '',
    });
    if (name === 'metrics') {
      const keysRefused = pausedUntil() > now();
      return text(
        metrics.text({ inFlight: underWay.count(), clockOffsetMs, keysRefused }),
        'text/plain; version=0.0.4; charset=utf-8',
      );
    }
    if (name === 'readyz') {
      const refused = (detail) => {
        const answer = problem('not_ready', 'no', detail, '', 1);
        return method === 'HEAD' ? { ...answer, response: new Response(null, answer.response) } : answer;
      };
      if (pausedUntil() > now()) return refused('the service refused the keys');
      try {
        await ring.keys();
      } catch {
        return refused('there are no valid keys');
      }
    }
    return text('ok\n', 'text/plain; charset=utf-8');
  }

  // A closure, so that there is nothing to see in it.
  return Object.freeze({ fetch });
}

// ---------------------------------------------------------------- options

const misuse = (code, message) => Object.assign(new TypeError(message), { code });

function configure(options) {
  if (typeof options !== 'object' || options === null)
    throw misuse('invalid_options', 'createSigningProxy takes an object');
  const {
    region,
    endpoint,
    credentials,
    allowedOrigins,
    allowedHosts,
    projects,
    domains,
    authorize,
    upstreamTimeoutMs,
    bodyTimeoutMs,
    maxBodyBytes,
    maxConcurrent,
    ratePerClient,
    fetch: send,
    now = Date.now,
    onEvent,
    ...unknown
  } = options;
  // A limit whose name is misspelt would not limit.
  const [stranger] = Object.keys(unknown);
  if (stranger !== undefined)
    throw misuse('invalid_options', `createSigningProxy has no option ${JSON.stringify(stranger)}`);
  if (credentials === undefined || credentials === null)
    throw misuse('invalid_options', 'createSigningProxy needs credentials');
  for (const [name, value] of Object.entries({ authorize, fetch: send, now, onEvent })) {
    if (value !== undefined && typeof value !== 'function')
      throw misuse('invalid_options', `${name} must be a function`);
  }
  const milliseconds = (name, value, otherwise) => {
    if (value === undefined) return otherwise;
    if (typeof value !== 'number' || !(value > 0) || value > 0x7fffffff)
      throw misuse('invalid_options', `${name} must be a number of milliseconds above 0`);
    return value;
  };
  const check = (name, fits, what) => {
    if (!fits) throw misuse('invalid_options', `${name} must be ${what}`);
  };
  check('region', isList(region && [region], isText), 'text, such as eu-west-0');
  for (const [name, value] of Object.entries({ allowedHosts, allowedOrigins, projects, domains }))
    check(name, isList(value, isText), 'a list of texts');
  const rate = typeof ratePerClient === 'number' ? { perMinute: ratePerClient } : (ratePerClient ?? undefined);
  check(
    'ratePerClient',
    rate === undefined || (typeof rate === 'object' && Number.isInteger(rate.perMinute)),
    'a whole number of requests a minute, or { perMinute, burst, key } with one',
  );
  const { key, ...counted } = rate ?? {};
  for (const [name, value] of Object.entries({
    maxBodyBytes,
    maxConcurrent,
    'ratePerClient.perMinute': counted.perMinute,
    'ratePerClient.burst': counted.burst,
  })) {
    check(name, isCount(value, 1), 'a whole number from 1 to 4294967295');
  }
  if (key !== undefined && typeof key !== 'function')
    throw misuse('invalid_options', 'ratePerClient.key must be a function');

  const policy = JSON.stringify({
    region,
    endpoint: endpoint === undefined ? undefined : String(endpoint),
    allowedHosts,
    allowedOrigins,
    projects,
    domains,
    maxBodyBytes,
    maxConcurrent,
    ratePerClient: rate ? counted : undefined,
  });
  const {
    strings: [verdict, ...rest],
  } = exchange([policy], undefined, proxyConfigure);
  if (verdict !== 'ok') throw misuse(rest[0], rest[1]);
  return {
    policy,
    maxBodyBytes: Number(rest[1]),
    settings: {
      authorize,
      onEvent,
      now: () => Number(now()),
      rated: rate !== undefined,
      clientKey: key ? (request, info) => String(key(request, info)) : addressOf,
      // Looked up at each call, as a test that replaces the global one expects.
      send: send ?? ((...all) => globalThis.fetch(...all)),
      upstreamTimeoutMs: milliseconds('upstreamTimeoutMs', upstreamTimeoutMs, UPSTREAM_TIMEOUT_MS),
      bodyTimeoutMs: milliseconds('bodyTimeoutMs', bodyTimeoutMs, BODY_TIMEOUT_MS),
    },
  };
}

/** The client's address as the runtime tells it; never by a header, which anyone can write. */
function addressOf(request, info) {
  const address =
    info?.remoteAddress ?? info?.remoteAddr?.hostname ?? info?.requestIP?.(request)?.address ?? request.ip;
  // Clients without one share one rate.
  return typeof address === 'string' ? address : '';
}

// ---------------------------------------------------------------- answers

function headersOf(headers) {
  const out = [];
  for (const [name, value] of headers) out.push(name, value);
  return out;
}

function pairsOf(strings) {
  const pairs = [];
  for (let i = 0; i + 1 < strings.length; i += 2) pairs.push([strings[i], strings[i + 1]]);
  return pairs;
}

/** Of a response in strings: status, code of the problem, names and values of headers; its body is the last one given. */
function respond([status, code, ...headers]) {
  const body = takeBody();
  const response = new Response(body.length === 0 ? null : body, { status: Number(status), headers: pairsOf(headers) });
  return { response, code };
}

function problem(code, sent, detail, origin, retryAfter) {
  const { strings } = exchange([code, sent, detail, origin], undefined, (count, length, size) =>
    proxyProblem(count, length, size, retryAfter),
  );
  return respond(strings);
}

/** When the wasm itself fails. */
function fallback(sent) {
  const body = JSON.stringify({
    type: 'urn:cts-tracker:proxy:internal',
    title: 'the proxy failed',
    status: 500,
    code: 'internal',
    sent,
  });
  return {
    response: new Response(body, {
      status: 500,
      headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store' },
    }),
    code: 'internal',
  };
}

// ---------------------------------------------------------------- bodies

class TooLong extends Error {}

/** All bytes of a stream, if they are not too many and do not take too long. */
async function readAll(stream, most, milliseconds) {
  if (!stream) return new Uint8Array(0);
  const reader = stream.getReader();
  const reading = (async () => {
    const parts = [];
    let length = 0;
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return joined(parts, length);
      length += value.length;
      if (length > most) throw new TooLong('too long');
      parts.push(value);
    }
  })();
  try {
    return await (milliseconds === undefined ? reading : withTimeout(milliseconds, reading));
  } catch (cause) {
    reading.catch(() => {});
    reader.cancel().catch(() => {});
    throw cause;
  }
}

function joined(parts, length) {
  if (parts.length === 1) return parts[0];
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Whether anything was sent before the platform's fetch failed, as far as its error tells. */
function sentBefore(error) {
  const cause = error?.cause ?? error;
  const text = (value) => (typeof value === 'string' ? value : '');
  const said = [cause?.code, cause?.syscall, cause?.message].map((part) => text(part).replaceAll('\0', ''));
  return exchange(said, undefined, proxySent).strings[0];
}

const keyOf = (keys) => keys.join('\0');
