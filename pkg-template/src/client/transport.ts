// The I/O of one call: timers, signals and `fetch`. Nothing here rejects. Every step races against the end of the call,
// so a `fetch` that ignores its signal cannot delay it.
import type { CtsCallEvent, CtsRequest } from '#glue-client';
import { connectionErrors } from '../connection-errors.js';
import { onAbort, reasonOf } from './abort.js';
import type { TimeLimit } from './failure.js';
import { type BodyReader, openBody, readBody, readHead } from './response.js';

/** How a try ended, and what was thrown or which limit ended it. */
export type TryEvent = CtsCallEvent & { cause?: unknown; limit?: TimeLimit };

/** What the request of a try needs. */
interface Ready {
  type: 'ready';
  headers: Headers;
  signal: AbortSignal | undefined;
}

export interface Transport {
  /** Waits, then gets the headers of the next try. */
  prepare(waitMs: number): Promise<Ready | TryEvent>;
  send(request: CtsRequest, signal: AbortSignal | undefined): Promise<TryEvent>;
  /** Stops the timers and everything that is still in flight. */
  close(): void;
}

export interface TransportOptions {
  fetch(url: string, init: RequestInit): Promise<Response>;
  headers(): Promise<Headers>;
  signal: AbortSignal | undefined;
  timeoutMs: number;
  tryTimeoutMs: number;
}

/** A longer timer fires at once. */
const MAX_TIMER_MS = 2 ** 31 - 1;

export function createTransport({ fetch, headers, signal, timeoutMs, tryTimeoutMs }: TransportOptions): Transport {
  const timers: ReturnType<typeof setTimeout>[] = [];
  let controller = new AbortController();
  let reader: BodyReader | undefined;

  const after = <T>(ms: number, value: T): Promise<T> =>
    new Promise((resolve) => {
      if (ms <= MAX_TIMER_MS) timers.push(setTimeout(resolve, ms, value));
    });
  const timeout = after(timeoutMs, timedOut('timeout', { name: 'timeoutMs', ms: timeoutMs }));
  const tryTimedOut = timedOut('try_timeout', { name: 'retry.tryTimeoutMs', ms: tryTimeoutMs });
  const aborted = (by: AbortSignal): TryEvent => ({ type: 'aborted', cause: reasonOf(by) });
  let stopListening = () => {};
  const abort = new Promise<TryEvent>((resolve) => {
    if (signal) stopListening = onAbort(signal, () => resolve(aborted(signal)));
  });

  /** The first of the steps and the end of the call. An abort comes before everything else. */
  async function first<T>(...steps: Promise<T>[]): Promise<T | TryEvent> {
    if (signal?.aborted) return aborted(signal);
    const result = await Promise.race([abort, timeout, ...steps]);
    return signal?.aborted ? aborted(signal) : result;
  }

  async function ready(waitMs: number): Promise<Ready | TryEvent> {
    if (waitMs > 0) await after(waitMs, undefined);
    try {
      return { type: 'ready', headers: await headers(), signal: signalForRequest(controller.signal) };
    } catch (cause) {
      return { type: 'headers_failed', cause };
    }
  }

  async function exchange({ url, ...init }: CtsRequest, signal: AbortSignal | undefined): Promise<TryEvent> {
    try {
      const response = await fetch(url, signal ? { ...init, signal } : init);
      const head = readHead(response);
      const body = await readBody(async () => {
        reader = await openBody(response);
        return reader;
      });
      return { type: 'answer', ...head, ...body };
    } catch (cause) {
      return { type: 'connection_failed', errors: connectionErrors(cause), cause };
    }
  }

  function stopTry(): void {
    controller.abort();
    // A rejection of a host's stream must not become an unhandled one.
    Promise.resolve(reader)
      .then((open) => open?.cancel?.())
      .catch(() => {});
    reader = undefined;
  }

  return {
    prepare(waitMs) {
      controller = new AbortController();
      return first(ready(waitMs));
    },
    async send(request, signal) {
      const event = await first(exchange(request, signal), after(tryTimeoutMs, tryTimedOut));
      if (event.type !== 'answer' || event.bodyEnd !== 'complete') stopTry();
      return event;
    },
    close() {
      timers.forEach(clearTimeout);
      stopListening();
      stopTry();
    },
  };
}

function timedOut(type: 'timeout' | 'try_timeout', limit: TimeLimit): TryEvent {
  const cause = Object.assign(new Error(`${limit.name} is over: ${limit.ms} ms`), { name: 'TimeoutError' });
  return { type, limit, cause };
}

/** The signal, if the platform accepts it: jsdom has its own `AbortSignal`, but leaves the host's `fetch` in place. */
function signalForRequest(signal: AbortSignal): AbortSignal | undefined {
  if (typeof Request !== 'function') return signal;
  try {
    return new Request('http://page.invalid', { signal }) && signal;
  } catch {
    return undefined;
  }
}
