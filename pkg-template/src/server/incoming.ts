// A request as the proxy reads it, whether the host has a `Request` or the message of a server of Node.
import type { Instance } from '../platform.js';
import { BodyTaken, readAll, TooLong } from './body.js';
import { sectionOf } from './header-section.js';
import { withTimeout } from './timeout.js';

export interface Incoming {
  readonly method: string;
  /** Absolute; with a `scheme`, the request target as it was received. */
  readonly url: string;
  readonly scheme?: 'http' | 'https';
  /** A header section. A header that was received several times is there as often, if the host shows it. */
  readonly headers: string;
  readonly signal: Pick<AbortSignal, 'aborted' | 'addEventListener' | 'removeEventListener'> | undefined;
  /** The request for the functions of the host. */
  request(): Instance<'Request'>;
  /** Rejects with `BodyTaken`, `TooLong`, `TimedOut` or the error of the connection. */
  readBody(maxBytes: number, timeoutMs: number): Promise<Uint8Array>;
}

/** A response of the proxy, or of the host's own check. */
export interface Outgoing {
  status: number;
  headers: [string, string][];
  body: Uint8Array<ArrayBuffer> | string | null;
}

export type Answer = Outgoing | Instance<'Response'>;

/** Under this symbol of the registry, which all copies of this package share, a proxy answers without a `Request`. */
export const ANSWER: unique symbol = /* @__PURE__ */ Symbol.for('cts-tracker.proxy.answer') as never;
export type AnswerRequest = (read: () => Incoming, info: unknown) => Promise<Answer>;

export function incomingOf(request: Instance<'Request'>): Incoming {
  const { method, url, headers, signal } = request;
  return {
    method,
    url,
    headers: sectionOf(headers),
    signal,
    request: () => request,
    async readBody(maxBytes, timeoutMs) {
      if (request.bodyUsed) throw new BodyTaken('the body was read');
      // Firefox has no `Request.body`, so a body cannot be read in parts there.
      if (request.body !== undefined) return readAll(request.body, maxBytes, timeoutMs);
      const bytes = new Uint8Array(await withTimeout(timeoutMs, request.arrayBuffer()));
      if (bytes.length > maxBytes) throw new TooLong('too long');
      return bytes;
    },
  };
}

export const isResponse = (value: unknown): value is Instance<'Response'> => {
  // A `Response` of another realm is not an instance of ours.
  const { status, headers } = Object(value) as Partial<Response>;
  return typeof status === 'number' && typeof headers?.get === 'function';
};

export const responseOf = (answer: Answer): Instance<'Response'> =>
  isResponse(answer) ? answer : new Response(answer.body, { status: answer.status, headers: answer.headers });
