// The signing proxy as a Web-standard handler. What is allowed, sent and passed on is decided in src/proxy; this file
// executes its steps: it reads bodies, fetches keys and calls the service.
import { type LockoutState, type ProxyResponse, type Reason, type Route, SigningProxy as Steps } from '#glue-server';
import type { ProxyProblemCode } from '../generated/names.js';
import type { Instance } from '../platform.js';
import { BodyTaken, TooLong } from './body.js';
import { KeyRing, type Keys, nameOf } from './credentials.js';
import { resident } from './exports.js';
import { pairsOf } from './header-section.js';
import {
  ANSWER,
  type Answer,
  type AnswerRequest,
  type Incoming,
  incomingOf,
  isResponse,
  type Outgoing,
  responseOf,
} from './incoming.js';
import { type Gauges, Metrics } from './metrics.js';
import { type ProxyEvent, readOptions, type SigningProxy, type SigningProxyOptions } from './proxy-options.js';
import { pause, TimedOut, withTimeout } from './timeout.js';
import { exchange } from './upstream.js';

interface Result {
  answer: Answer;
  /** The code of an answer of the proxy itself. */
  code: ProxyProblemCode | null;
  detail?: string | null;
}

/** What the event of a request reports, and what must be done when it ends. */
interface Trace {
  operation: Extract<ProxyEvent, { type: 'request' }>['operation'];
  id?: string;
  sent: 'no' | 'yes' | 'unknown';
  requestId?: string;
  /** The wasm counts it as in flight. */
  isOpen: boolean;
}

/** Throws a `TypeError` with a `code` for invalid options or keys. */
export function createSigningProxy(options: SigningProxyOptions): SigningProxy {
  const { config, credentials, authorize, emit, now, send, clientOf } = readOptions(options);
  const keyRing = new KeyRing(credentials, now, emit);
  const metrics = new Metrics();
  // A crash must not end the pause that protects the keys from being locked.
  let lockout: LockoutState | undefined;
  const steps = resident(() => {
    const created = new Steps(config, keyRing.hasProvider);
    if (lockout) created.restore(lockout);
    return created;
  });
  let requests = 0;

  function fetch(request: Instance<'Request'>, info?: unknown): Promise<Instance<'Response'>> {
    refuseNodeRequest(request);
    return answerRequest(() => incomingOf(request), info).then(responseOf);
  }

  /** Never rejects. */
  const answerRequest: AnswerRequest = async (read, info) => {
    const began = now();
    const number = (requests = (requests + 1) >>> 0);
    const trace: Trace = { operation: 'none', sent: 'no', isOpen: false };
    let result: Result;
    try {
      result = await handle(number, read(), info, trace);
    } catch (cause) {
      emit({ type: 'error', error: nameOf(cause) });
      result = internalError(trace.sent);
    }
    if (trace.isOpen) release(number);
    const { answer, code, detail } = result;
    if (code !== null) {
      // The service has made no request ID.
      trace.requestId = crypto.randomUUID();
      if (!isResponse(answer)) answer.headers.push(['x-request-id', trace.requestId]);
    }
    const { operation, id, sent, requestId } = trace;
    const { status } = answer;
    metrics.answered(operation, status, code);
    emit({
      type: 'request',
      operation,
      ...(id && { id }),
      status,
      ...(code && { code }),
      ...(detail && { detail }),
      sent,
      durationMs: now() - began,
      ...(requestId && { requestId }),
    });
    return answer;
  };

  function release(number: number): void {
    try {
      steps.use((it) => it.release(number));
    } catch {
      // After a crash there is nothing to release.
    }
  }

  async function handle(number: number, request: Incoming, info: unknown, trace: Trace): Promise<Result> {
    const { method, url, scheme, headers, signal } = request;
    const client = clientOf(request.request, info);
    const step = steps.use((it) => it.head(number, method, url, scheme, headers, client, now()));
    if (step.kind === 'respond') return respond(step.response, trace);
    if (step.kind === 'page') {
      trace.operation = step.page;
      return page(step.page, method, step, trace);
    }
    const { route } = step;
    trace.operation = route.operation;
    trace.id = route.id;
    trace.isOpen = true;
    const refuse = (code: ProxyProblemCode) => refusal(number, route, { code, sent: 'no' }, trace);

    if (authorize) {
      const verdict = await authorized(request.request(), step.bodyTimeoutMs);
      if (verdict === 'failed') return refuse('authorization_unavailable');
      if (verdict !== true) return verdict ? { answer: verdict, code: 'not_authorized' } : refuse('not_authorized');
    }
    // 0 means that the operation has no body.
    const body =
      step.maxBodyBytes === 0 ? new Uint8Array(0) : await readBody(request, step.maxBodyBytes, step.bodyTimeoutMs);
    if ('code' in body) return refusal(number, route, { ...body, sent: 'no' }, trace);
    return forward(number, route, body, signal, trace);
  }

  /** Sends an admitted request once the keys and the lock-out allow it; again if it was refused for its date. */
  async function forward(
    number: number,
    route: Route,
    body: Uint8Array,
    signal: Incoming['signal'],
    trace: Trace,
  ): Promise<Result> {
    const since = now();
    let isRepeat = false;
    for (;;) {
      const keys = keyRing.held ?? (await obtainKeys());
      if (!keys) return refusal(number, route, { code: 'credentials_unavailable', sent: 'no' }, trace);
      const signer = keys.signer.current();
      const step = steps.use((it) => it.body(number, route, body, signer, keys.expires, since, now()));
      if (step.kind === 'respond') return respond(step.response, trace);
      if (step.kind === 'wait') await pause(step.ms);
      if (step.kind === 'fetchKeys' && !(await fetchKeys()))
        return refusal(number, route, { code: 'credentials_unavailable', sent: 'no' }, trace);
      if (step.kind !== 'send') continue;

      // Its result is an event; the request does not wait for it.
      if (step.refreshKeys) void fetchKeys();
      const sentAt = now();
      trace.sent = 'unknown';
      const upstream = await exchange(send, step, signal);
      const receivedAt = now();
      metrics.exchanged(receivedAt - sentAt);
      if ('code' in upstream) return refusal(number, route, upstream, trace);

      trace.sent = 'yes';
      const { status, headers } = upstream;
      const upstreamHead = { status, headers, sentAt, receivedAt, clockOffsetMs: step.clockOffsetMs, isRepeat };
      const usedSigner = keys.signer.current();
      const answered = steps.use((it) => it.answer(number, route, upstreamHead, upstream.body, usedSigner));
      if (answered.clockOffsetMs !== null) emit({ type: 'clock', offsetMs: answered.clockOffsetMs });
      if (answered.lockout !== null) lockout = answered.lockout;
      if (answered.pauseMs !== null) {
        emit({ type: 'keys_refused', pauseMs: answered.pauseMs });
        keyRing.discard(keys);
      }
      if (!answered.response) {
        isRepeat = true;
        continue;
      }
      const result = respond(answered.response, trace);
      const [, requestId] = result.answer.headers.find(([name]) => name === 'x-request-id') ?? [];
      if (requestId) trace.requestId = requestId;
      return result;
    }
  }

  const fetchKeys = () => keyRing.fetch((expires) => steps.use((it) => it.fetched(expires, now())));

  /** The keys that may be used now, if there are any. */
  async function obtainKeys(): Promise<Keys | undefined> {
    for (;;) {
      const { held } = keyRing;
      const step = steps.use((it) => it.keys(held?.expires, now()));
      if (step === 'unavailable') return undefined;
      if (step === 'refresh') void fetchKeys();
      if (step === 'use' || step === 'refresh') return held;
      if (step === 'wait') await pause(KEYS_POLL_MS);
      if (step === 'fetch' && !(await fetchKeys())) return undefined;
    }
  }

  /** Calls the host's check with the request, but without the body, which the proxy reads. */
  async function authorized(
    request: Instance<'Request'>,
    timeoutMs: number,
  ): Promise<true | Instance<'Response'> | 'failed' | undefined> {
    const head = new Request(request.url, { method: request.method, headers: request.headers });
    try {
      const verdict: unknown = await withTimeout(timeoutMs, Promise.resolve(authorize?.(head)));
      if (verdict === true) return true;
      return isResponse(verdict) ? verdict : undefined;
    } catch (cause) {
      emit({ type: 'error', error: nameOf(cause) });
      return 'failed';
    }
  }

  function refusal(
    number: number,
    route: Route | null,
    reason: Pick<Reason, 'code' | 'sent'> & Partial<Reason>,
    trace: Trace,
  ): Result {
    const response = steps.use((it) => it.refuse(number, route, { detail: null, errors: null, ...reason }));
    return respond(response, trace);
  }

  async function page(
    name: 'healthz' | 'readyz' | 'metrics',
    method: string,
    gauges: Gauges,
    trace: Trace,
  ): Promise<Result> {
    const text = (body: string, type: string): Result => ({
      answer: {
        status: 200,
        headers: [
          ['content-type', type],
          ['cache-control', 'no-store'],
          ['x-content-type-options', 'nosniff'],
        ],
        body: method === 'HEAD' ? null : body,
      },
      code: null,
    });
    if (name === 'metrics') return text(metrics.text(gauges), 'text/plain; version=0.0.4; charset=utf-8');
    if (name === 'readyz') {
      let detail = gauges.isPaused ? 'the service refused the keys' : undefined;
      if (!detail && !(await obtainKeys())) detail = 'there are no valid keys';
      if (detail) {
        const refused = refusal(0, null, { code: 'not_ready', sent: 'no', detail }, trace);
        return method === 'HEAD' ? { ...refused, answer: { ...refused.answer, body: null } } : refused;
      }
    }
    return text('ok\n', 'text/plain; charset=utf-8');
  }

  // The state is in closures, so that printing a proxy shows no key.
  return Object.freeze({ fetch, [ANSWER]: answerRequest });
}

/** How often a request checks whether the keys that another one fetches have arrived. In workerd it cannot await them. */
const KEYS_POLL_MS = 5;

/** A response whose request has ended in the wasm. */
function respond(response: ProxyResponse, trace: Trace): Result & { answer: Outgoing } {
  const { status, headers, body, code, detail, sent } = response;
  trace.isOpen = false;
  trace.sent = sent;
  return { answer: { status, headers: pairsOf(headers), body: body.length === 0 ? null : body }, code, detail };
}

/** The answer when the proxy itself has failed. */
function internalError(sent: string): Result {
  const body = JSON.stringify({
    type: 'urn:cts-tracker:proxy:internal',
    title: 'the proxy failed',
    status: 500,
    code: 'internal',
    sent,
  });
  const headers: [string, string][] = [
    ['content-type', 'application/problem+json'],
    ['cache-control', 'no-store'],
  ];
  return { answer: { status: 500, headers, body }, code: 'internal' };
}

/** The body, or why there is none. */
async function readBody(
  request: Incoming,
  maxBytes: number,
  timeoutMs: number,
): Promise<Uint8Array | { code: ProxyProblemCode; detail?: string }> {
  try {
    return await request.readBody(maxBytes, timeoutMs);
  } catch (cause) {
    if (cause instanceof TooLong) return { code: 'body_too_large' };
    if (cause instanceof TimedOut) return { code: 'body_timeout' };
    if (request.signal?.aborted) return { code: 'client_closed' };
    if (!(cause instanceof BodyTaken)) return { code: 'body_unreadable' };
    return { code: 'body_unreadable', detail: 'the body has already been read: place the proxy before body parsers' };
  }
}

/** A server of Node has no `Request`. */
function refuseNodeRequest(request: unknown): void {
  const { rawHeaders, headers } = Object(request) as { rawHeaders?: unknown; headers?: { get?: unknown } };
  if (rawHeaders === undefined || typeof headers?.get === 'function') return;
  throw new TypeError(
    "proxy.fetch needs a Request, but got a request of node:http; use toNodeHandler(proxy) from 'cts-tracker/node'",
  );
}
