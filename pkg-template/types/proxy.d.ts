// Types of `cts-tracker/proxy`: the signing proxy as a Web-standard handler.
import type { ProxyProblemCode } from './index.js';
import type { Credentials } from './signing.js';

export type { Credentials, ProxyProblemCode };

/** Temporary keys, and when they run out. */
export type ExpiringCredentials = Credentials & {
  /** Milliseconds since 1970 (seconds are refused), a Date, or a date in text. Without it they never do. */
  expiresAt?: Date | number | string | undefined;
};

export interface RateLimit {
  /** Requests a minute, from 1. */
  perMinute: number;
  /** How many at once. Default: as many as in a minute. */
  burst?: number | undefined;
  /**
   * Who the client is. Default: its address as the runtime tells it in the handler's second argument
   * (`remoteAddress`, Deno's `remoteAddr`, Bun's `requestIP`); clients without one share one rate. Headers such as
   * `x-forwarded-for` are not looked at: anyone can write them. Behind a balancer of yours, take its header here.
   */
  key?: ((request: Request, info: any) => string) | undefined;
}

export interface SigningProxyOptions {
  /** Where requests go: a region of the service, such as `eu-west-0`. Either this or `endpoint`. */
  region?: string | undefined;
  /** Another host of the service: `https://host`, perhaps with a port. `http` for this machine's own addresses only. */
  endpoint?: string | URL | undefined;
  /**
   * The keys, or a function that gives them. It is asked before the first request and again five minutes before they
   * run out, once at a time; while it fails, keys that are still good stay in use.
   */
  credentials: ExpiringCredentials | (() => ExpiringCredentials | Promise<ExpiringCredentials>);
  /** Pages that may use the proxy, as browsers write their origin: `https://console.example.com`. Default: its own. */
  allowedOrigins?: readonly string[] | undefined;
  /** Names requests may come to: `host`, `host:port` or `host:*`. Default: this machine's own, at any port. */
  allowedHosts?: readonly string[] | undefined;
  /** Projects whose trackers may be created. Default: any the keys may. */
  projects?: readonly string[] | undefined;
  /** Accounts in which buckets may be checked. Default: any the keys may. */
  domains?: readonly string[] | undefined;
  /** The host's own check, with the request's head: `true` lets it through, a `Response` is the answer. */
  authorize?: ((request: Request) => boolean | Response | Promise<boolean | Response>) | undefined;
  /** Default 25000. */
  upstreamTimeoutMs?: number | undefined;
  /** How long the caller's body may take. Default 10000. */
  bodyTimeoutMs?: number | undefined;
  /** Default 65536. */
  maxBodyBytes?: number | undefined;
  /** Requests under way at once. Default 256. */
  maxConcurrent?: number | undefined;
  /** Default: no limit. A number is requests a minute. */
  ratePerClient?: number | RateLimit | undefined;
  /** In the stead of the platform's. */
  fetch?: ((url: string, init: RequestInit) => Promise<Response>) | undefined;
  /** The clock. Default `Date.now`. */
  now?: (() => number | Date) | undefined;
  /** Told what happens; never a key, a body, or a text that others wrote. */
  onEvent?: ((event: ProxyEvent) => void) | undefined;
}

export type ProxyEvent =
  | {
      type: 'request';
      operation: 'createTracker' | 'checkObsBuckets' | 'healthz' | 'readyz' | 'metrics' | 'none';
      /** The project's or the account's. */
      id?: string;
      status: number;
      /** Of an answer of the proxy's own. */
      code?: ProxyProblemCode;
      sent: 'no' | 'yes' | 'unknown';
      durationMs: number;
      requestId?: string;
    }
  /** Keys were fetched, or could not be: `error` is the name or code of what was thrown. */
  | { type: 'credentials'; ok: true }
  | { type: 'credentials'; ok: false; error: string }
  /** The service's clock is so far ahead of ours; requests are dated by it from now on. */
  | { type: 'clock'; offsetMs: number }
  /** The service answered 401. Nothing is sent for so long, or a few bad signatures in a row would lock the keys. */
  | { type: 'keys_refused'; pauseMs: number }
  /** The proxy itself failed. */
  | { type: 'error'; error: string };

export interface SigningProxy {
  /**
   * Answers a request; never rejects. `/v3/{project_id}/tracker` and `/v3/{domain_id}/checkbucket` are signed and
   * forwarded; `/-/healthz`, `/-/readyz` and `/-/metrics` are answered here; all else is refused, with problem details
   * (RFC 9457) that have a `code` and whether anything was sent. `info` is what the runtime gives a handler besides.
   */
  readonly fetch: (request: Request, info?: any) => Promise<Response>;
}

/** Throws a `TypeError` with a `code` if the options are no policy, or if the keys cannot be keys. */
export function createSigningProxy(options: SigningProxyOptions): SigningProxy;
