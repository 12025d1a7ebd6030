// One exchange with the service.
import { type ConnectionError, connectionErrors } from '../connection-errors.js';
import { readAll, TooLong } from './body.js';
import { EXCHANGE, type Exchange, type UpstreamRequest, type UpstreamResponse } from './exchange.js';
import { pairsOf, sectionOf } from './header-section.js';
import type { Incoming } from './incoming.js';
import type { SigningProxyOptions } from './proxy-options.js';

/** Why there is no usable answer, in the terms of `Reason`. */
export interface UpstreamFailure {
  code: 'upstream_timeout' | 'upstream_answer' | 'upstream_unreachable' | 'client_closed';
  sent: 'no' | 'yes' | 'unknown';
  detail: string | null;
  /** What `fetch` threw. Decides whether anything was sent. */
  errors: ConnectionError[] | null;
}

type Send = NonNullable<SigningProxyOptions['fetch']> & { [EXCHANGE]?: Exchange };

/** An exchange over a `fetch` of the platform. */
const over =
  (send: Send): Exchange =>
  async ({ method, url, headers, body, maxAnswerBytes }, signal, onHead) => {
    const init = { method, headers: pairsOf(headers), redirect: 'manual', signal };
    // `fetch` refuses a GET that has a body, even an empty one.
    const response = await send(url, method === 'GET' ? init : { ...init, body });
    onHead();
    return {
      // Where the platform hides a redirect, its status is 0.
      status: response.type === 'opaqueredirect' ? 302 : response.status,
      headers: sectionOf(response.headers),
      body: await readAll(response.body, maxAnswerBytes),
    };
  };

/** Sends a request once. Redirects are not followed. */
export async function exchange(
  send: Send,
  request: UpstreamRequest,
  signal: Incoming['signal'],
): Promise<UpstreamResponse | UpstreamFailure> {
  if (signal?.aborted) return { code: 'client_closed', sent: 'no', detail: null, errors: null };
  const controller = new AbortController();
  let end: (reason: unknown) => void = () => {};
  // A `fetch` or a body that ignores the signal must not delay the answer.
  const ended = new Promise<never>((_, reject) => {
    end = reject;
  });
  // Avoid an unhandled rejection.
  ended.catch(() => {});
  const stop = () => {
    controller.abort();
    end(controller.signal.reason);
  };
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    stop();
  }, request.timeoutMs);
  signal?.addEventListener('abort', stop, { once: true });
  let answered = false;
  const onHead = () => {
    answered = true;
  };
  const exchanging = send[EXCHANGE] ?? over(send);
  try {
    return await Promise.race([exchanging(request, controller.signal, onHead), ended]);
  } catch (cause) {
    const failure = { detail: null, errors: null };
    const sent = answered ? 'yes' : 'unknown';
    if (isLate) return { ...failure, code: 'upstream_timeout', sent };
    if (signal?.aborted) return { ...failure, code: 'client_closed', sent };
    if (answered) {
      stop();
      const detail =
        cause instanceof TooLong ? `it is longer than ${request.maxAnswerBytes} bytes` : 'it ended too early';
      return { code: 'upstream_answer', sent: 'yes', detail, errors: null };
    }
    return { ...failure, code: 'upstream_unreachable', sent, errors: connectionErrors(cause) };
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', stop);
  }
}
