// The options of `createSigningProxy`, and the events it reports.
import type { ProxyOptions } from '#glue-server';
import type { Operation, ProxyProblemCode } from '../generated/names.js';
import { ownProperties } from '../options.js';
import type { Instance } from '../platform.js';
import { tagOf } from '../wasm/bytes.js';
import { nameOf } from './credentials.js';
import {
  type Check,
  checkOptions,
  invalidOption,
  isCount,
  isFunction,
  isListOf,
  isObject,
  isString,
} from './options.js';
import type { Credentials } from './signing.js';

/** Temporary keys, and when they expire. */
export type ExpiringCredentials = Credentials & {
  /** Milliseconds since 1970 (seconds are refused), a Date, or a date string. Without it the keys never expire. */
  expiresAt?: Date | number | string | undefined;
};

export interface RateLimit {
  /** Requests per minute, at least 1. */
  perMinute: number;
  /** How many requests may come at once. Default: as many as in a minute. */
  burst?: number | undefined;
  /**
   * Returns who the client is, also for `maxConcurrentPerClient`. Default: the client address in the handler's second
   * argument (`remoteAddress`, Deno's `remoteAddr`, Bun's `requestIP`, Hono's `incoming`); clients without an address share one rate. All
   * forms of an address are one client, and so is each /64 network of IPv6. Headers such as `x-forwarded-for` are
   * not used, because anyone can set them. Behind your own load balancer, return its header here.
   */
  // biome-ignore lint/suspicious/noExplicitAny: every runtime passes a different second argument
  key?: ((request: Instance<'Request'>, info: any) => string) | undefined;
}

export interface SigningProxyOptions {
  /** A region of the service, such as `eu-west-0`. Give either `region` or `endpoint`. */
  region?: string | undefined;
  /** Another host of the service: `https://host` or `https://host:port`. `http` only for addresses of this machine. */
  endpoint?: string | URL | undefined;
  /**
   * The keys, or a function that returns them. The function is called before the first request and again five minutes
   * before the keys expire, one call at a time. While it fails, keys that have not expired stay in use.
   */
  credentials: ExpiringCredentials | (() => ExpiringCredentials | Promise<ExpiringCredentials>);
  /** Origins of the pages that may use the proxy, like `https://console.example.com`. Default: only the proxy's own. */
  allowedOrigins?: readonly string[] | undefined;
  /**
   * Hosts that requests may name: `host` (on the ports 80 and 443), `host:port` or `host:*`. Default: the names of this
   * machine, on any port. Probes at `/-/healthz` and `/-/readyz` may name any host.
   */
  allowedHosts?: readonly string[] | undefined;
  /** Projects in which trackers may be created or listed. Default: any that the keys can access. */
  projects?: readonly string[] | undefined;
  /** Accounts in which buckets may be checked. Default: any that the keys can access. */
  domains?: readonly string[] | undefined;
  /** Whether the header `x-emulator-fault` is forwarded, for tests with an emulator at `endpoint`. Default false. */
  allowFaults?: boolean | undefined;
  /** Whether `/-/metrics` shows counters, in the text format of Prometheus. Default false. */
  metrics?: boolean | undefined;
  /**
   * Whether the trackers of a project may be listed, which `listTrackers` and `resolveCreation` of the client need: it
   * adds the route `GET /v3/{project_id}/trackers`. Default false.
   */
  allowLookup?: boolean | undefined;
  /**
   * A check of your own. It gets the request without its body and returns `true` to let it through, or a `Response` to
   * answer it. If it throws, or takes longer than `bodyTimeoutMs`, the answer is `authorization_unavailable`.
   */
  authorize?:
    | ((request: Instance<'Request'>) => boolean | Instance<'Response'> | Promise<boolean | Instance<'Response'>>)
    | undefined;
  /** How long the service may take to answer. Default 25000. */
  upstreamTimeoutMs?: number | undefined;
  /** How long the caller may take to send its body. Default 10000. */
  bodyTimeoutMs?: number | undefined;
  /** Default 65536. */
  maxBodyBytes?: number | undefined;
  /** Requests in flight at once. A request counts when its body is complete. Default 256. */
  maxConcurrent?: number | undefined;
  /**
   * Those of one client, and also how many bodies it may be sending. Default: half of `maxConcurrent`, but at least
   * 16. Clients without an address share `maxConcurrent`. Behind your own load balancer, all clients have its address:
   * set `ratePerClient.key`, or raise this limit.
   */
  maxConcurrentPerClient?: number | undefined;
  /** A number means requests per minute. Default: no limit. */
  ratePerClient?: number | RateLimit | undefined;
  /** Replaces the platform's `fetch`. */
  // biome-ignore lint/suspicious/noExplicitAny: RequestInit is not a type of every platform
  fetch?: ((url: string, init: any) => Promise<Instance<'Response'>>) | undefined;
  /** The clock. Default `Date.now`. */
  now?: (() => number | Date) | undefined;
  /**
   * Receives events. They contain no key and no body, and of a request only the id in its path and, quoted and cut, a
   * host, origin, path or type that was refused.
   */
  onEvent?: ((event: ProxyEvent) => void) | undefined;
}

export type ProxyEvent =
  | {
      type: 'request';
      operation: Operation | 'healthz' | 'readyz' | 'metrics' | 'none';
      /** The id of the project or the account. */
      id?: string;
      status: number;
      /** The code of an answer of the proxy itself. */
      code?: ProxyProblemCode;
      /** What was wrong with this request, such as the host that was refused, or why the service was not reached. */
      detail?: string;
      sent: 'no' | 'yes' | 'unknown';
      durationMs: number;
      /** The service's request ID or, with a `code`, one of the proxy. The answer has it in `x-request-id`. */
      requestId?: string;
    }
  /** The credentials function returned keys, or failed: `error` is the name or code of what it threw. */
  | { type: 'credentials'; ok: true }
  | { type: 'credentials'; ok: false; error: string }
  /** The service's clock is this far ahead of the proxy's. Requests are dated accordingly from now on. */
  | { type: 'clock'; offsetMs: number }
  /** The service answered 401. Nothing is sent for this long, because a few bad signatures in a row would lock the keys. */
  | { type: 'keys_refused'; pauseMs: number }
  /** The proxy itself failed. */
  | { type: 'error'; error: string };

export interface SigningProxy {
  /**
   * Answers a request; never rejects. Signs and forwards `/v3/{project_id}/tracker`, `/v3/{domain_id}/checkbucket` and,
   * with `allowLookup`, `/v3/{project_id}/trackers`, answers `/-/healthz`, `/-/readyz` and, with `metrics`, `/-/metrics`
   * itself, and refuses everything else with problem details (RFC 9457) that contain a `code` and whether anything was sent. `info` is the second
   * argument that the runtime passes to a handler.
   *
   * Runtimes resolve `..` and decode `%2e` in the URL of a `Request`, and join repeated headers, so the proxy validates
   * the URL and the headers that the runtime shows. In Node, use `toNodeHandler` of `cts-tracker/node`, which validates
   * what was received. A request of `node:http` throws a `TypeError` at once.
   */
  // biome-ignore lint/suspicious/noExplicitAny: every runtime passes a different second argument
  readonly fetch: (request: Instance<'Request'>, info?: any) => Promise<Instance<'Response'>>;
}

const CODE = 'invalid_options';

const FUNCTION: Check = [isFunction, 'a function'];
const FLAG: Check = [(value) => typeof value === 'boolean', 'true or false'];
const STRINGS: Check = [isListOf(isString), 'a list of strings'];
const COUNT: Check = [isCount(1), 'a whole number from 1 to 4294967295'];
// The largest delay of a timer.
const MILLISECONDS: Check = [
  (value) => typeof value === 'number' && value > 0 && value <= 0x7fffffff,
  'a number of milliseconds above 0',
];

const OPTIONS: Record<keyof SigningProxyOptions, Check> = {
  region: [isString, 'a string, such as eu-west-0'],
  endpoint: [(value) => isString(value) || tagOf(value) === '[object URL]', 'a string or a URL'],
  credentials: [() => true, 'keys'],
  allowedOrigins: STRINGS,
  allowedHosts: STRINGS,
  projects: STRINGS,
  domains: STRINGS,
  allowFaults: FLAG,
  metrics: FLAG,
  allowLookup: FLAG,
  authorize: FUNCTION,
  upstreamTimeoutMs: MILLISECONDS,
  bodyTimeoutMs: MILLISECONDS,
  maxBodyBytes: COUNT,
  maxConcurrent: COUNT,
  maxConcurrentPerClient: COUNT,
  ratePerClient: [
    (value) => Number.isInteger(value) || (isObject(value) && Number.isInteger(Reflect.get(value, 'perMinute'))),
    'a whole number of requests per minute, or { perMinute, burst, key } with one',
  ],
  fetch: FUNCTION,
  now: FUNCTION,
  onEvent: FUNCTION,
};

const RATE: Record<keyof RateLimit, Check> = { perMinute: COUNT, burst: COUNT, key: FUNCTION };

/** The options with their defaults. */
export interface Settings {
  /** The options that Rust checks and keeps. */
  config: ProxyOptions;
  credentials: SigningProxyOptions['credentials'];
  authorize: SigningProxyOptions['authorize'];
  emit: (event: ProxyEvent) => void;
  now: () => number;
  send: NonNullable<SigningProxyOptions['fetch']>;
  /** Returns who the client is; empty if it has no address. */
  clientOf: (request: () => Instance<'Request'>, info: unknown) => string;
}

/** Throws a `TypeError` for the first option that is invalid. Values within options are checked in Rust. */
export function readOptions(given: SigningProxyOptions): Settings {
  if (!isObject(given)) throw invalidOption(CODE, 'createSigningProxy needs an options object');
  const options = ownProperties(given);
  checkOptions(CODE, 'createSigningProxy', options, OPTIONS);
  const { credentials, authorize, onEvent, ratePerClient, now = Date.now, fetch: send } = options;
  if (credentials === undefined || credentials === null)
    throw invalidOption(CODE, 'createSigningProxy needs credentials');
  const rate: RateLimit | undefined = isObject(ratePerClient)
    ? ownProperties(ratePerClient)
    : typeof ratePerClient === 'number'
      ? ownProperties({ perMinute: ratePerClient })
      : undefined;
  if (rate !== undefined) checkOptions(CODE, 'ratePerClient', rate, RATE, 'ratePerClient.');
  const key = rate?.key;
  const emit = (event: ProxyEvent): void => {
    try {
      onEvent?.(event);
    } catch {
      // A failing listener must not fail the request.
    }
  };
  return {
    config: {
      region: options.region ?? null,
      endpoint: options.endpoint === undefined || options.endpoint === null ? null : String(options.endpoint),
      allowedHosts: list(options.allowedHosts),
      allowedOrigins: list(options.allowedOrigins),
      projects: list(options.projects),
      domains: list(options.domains),
      allowFaults: options.allowFaults ?? null,
      metrics: options.metrics ?? null,
      allowLookup: options.allowLookup ?? null,
      maxBodyBytes: options.maxBodyBytes ?? null,
      maxConcurrent: options.maxConcurrent ?? null,
      maxConcurrentPerClient: options.maxConcurrentPerClient ?? null,
      ratePerClient: rate ? { perMinute: rate.perMinute, burst: rate.burst ?? null } : null,
      bodyTimeoutMs: options.bodyTimeoutMs ?? null,
      upstreamTimeoutMs: options.upstreamTimeoutMs ?? null,
    },
    credentials,
    authorize,
    now: () => Number(now()),
    // Looked up at each call, so that a test can replace the global one.
    send: send ?? ((url, init) => globalThis.fetch(url, init)),
    clientOf(request, info) {
      try {
        return key ? String(key(request(), info)) : addressOf(request, info);
      } catch (cause) {
        emit({ type: 'error', error: nameOf(cause) });
        return '';
      }
    },
    emit,
  };
}

const list = (values: readonly string[] | null | undefined): string[] | null => (values ? [...values] : null);

/** The client's address as the runtime reports it. Headers are not used, because anyone can set them. */
function addressOf(request: () => Instance<'Request'>, info: unknown): string {
  const { remoteAddress, remoteAddr, incoming, requestIP } = Object(info) as {
    remoteAddress?: unknown;
    remoteAddr?: { hostname?: unknown };
    incoming?: { socket?: { remoteAddress?: unknown } };
    requestIP?: (request: Instance<'Request'>) => { address?: unknown } | null;
  };
  const address =
    remoteAddress ??
    remoteAddr?.hostname ??
    incoming?.socket?.remoteAddress ??
    (requestIP === undefined ? undefined : requestIP.call(info, request())?.address) ??
    (request() as { ip?: unknown }).ip;
  // Clients without an address count as one.
  return isString(address) ? address : '';
}
