// The I/O of one call: timers, signals and `fetch`. Nothing here rejects. Every step races against the end of the call,
// so a `fetch` that ignores its signal cannot delay it.
import type { CtsCallEvent } from '#glue-browser';
import { type BodyReader, openBody, readBody, readHead } from './response.js';

/** How a try ended, and what was thrown. */
export type TryEvent = CtsCallEvent & { cause?: unknown };

/** What the request of a try needs. */
interface Ready {
  type: 'ready';
  headers: Headers;
  signal: AbortSignal | undefined;
}

export interface Transport {
  /** Waits, then gets the headers of the next try. */
  prepare(waitMs: number): Promise<Ready | TryEvent>;
  send(request: Request): Promise<TryEvent>;
  /** Stops the timers and everything that is still in flight. */
  close(): void;
}

export interface TransportOptions {
  fetch(request: Request): Promise<Response>;
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
  const timeout = after<TryEvent>(timeoutMs, { type: 'timeout' });
  const aborted = (): TryEvent => ({ type: 'aborted', cause: signal?.reason });
  let onAbort = () => {};
  const abort = new Promise<TryEvent>((resolve) => {
    onAbort = () => resolve(aborted());
  });
  signal?.addEventListener('abort', onAbort);

  /** The first of the steps and the end of the call. An abort comes before everything else. */
  async function first<T>(...steps: Promise<T>[]): Promise<T | TryEvent> {
    if (signal?.aborted) return aborted();
    const result = await Promise.race([abort, timeout, ...steps]);
    return signal?.aborted ? aborted() : result;
  }

  async function ready(waitMs: number): Promise<Ready | TryEvent> {
    if (waitMs > 0) await after(waitMs, undefined);
    try {
      return { type: 'ready', headers: await headers(), signal: signalForRequest(controller.signal) };
    } catch (cause) {
      return { type: 'headers_failed', cause };
    }
  }

  async function exchange(request: Request): Promise<TryEvent> {
    try {
      const response = await fetch(request);
      const head = readHead(response);
      const body = await readBody(async () => {
        reader = await openBody(response);
        return reader;
      });
      return { type: 'answer', ...head, ...body };
    } catch (cause) {
      return { type: 'connection_failed', ...connectionError(cause), cause };
    }
  }

  function stopTry(): void {
    controller.abort();
    // A rejection of a host's stream must not become an unhandled one.
    Promise.resolve(reader)
      .then((open) => open?.cancel())
      .catch(() => {});
    reader = undefined;
  }

  return {
    prepare(waitMs) {
      controller = new AbortController();
      return first(ready(waitMs));
    },
    async send(request) {
      const event = await first(exchange(request), after<TryEvent>(tryTimeoutMs, { type: 'try_timeout' }));
      if (event.type !== 'answer' || event.bodyEnd !== 'complete') stopTry();
      return event;
    },
    close() {
      timers.forEach(clearTimeout);
      signal?.removeEventListener('abort', onAbort);
      stopTry();
    },
  };
}

/** The signal, if `Request` accepts it: jsdom has its own `AbortSignal`, but leaves the host's `Request` in place. */
function signalForRequest(signal: AbortSignal): AbortSignal | undefined {
  try {
    return new Request('http://localhost', { signal }) && signal;
  } catch {
    return undefined;
  }
}

/** The details of a connection error. Those of its cause, if there is one, take precedence. */
function connectionError(error: unknown): { message: string; code: string; syscall: string } {
  const text = (name: string): string =>
    [read(read(error, 'cause'), name), read(error, name)].find((value) => typeof value === 'string') ?? '';
  return { message: text('message'), code: text('code'), syscall: text('syscall') };
}

/** A property of anything that can be thrown. */
function read(value: unknown, name: string): unknown {
  try {
    return Reflect.get(Object(value), name);
  } catch {
    return undefined;
  }
}
