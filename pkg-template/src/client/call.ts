// One call of the client: the loop around the state machine `CtsCall` (src/client/call.rs).
import { CtsCall, type CtsCallOptions } from '#glue-client';
import { engine } from '../wasm/client.js';
import { isCtsError } from './error.js';
import { again, failure } from './failure.js';
import { createTransport, type TransportOptions } from './transport.js';
import type { ClientOptions } from './types.js';

export interface CallSettings extends TransportOptions, CtsCallOptions {
  locale: ClientOptions['locale'];
  /** Whether another call for the same tracker has ended with an unknown outcome by now. */
  afterUnknown(): boolean;
  /** Reports that the request is sent. */
  onTry(attempt: number): void;
  /** Reports a wait before the next try. */
  onRetry(attempt: number, delayMs: number): void;
}

export interface CallResult {
  body: string;
  /** The header Date of the answer. */
  date: string;
  attempts: number;
}

/** The answer. Throws a `CtsError`. */
export async function runCall(settings: CallSettings): Promise<CallResult> {
  const { locale, operation } = settings;
  const { step, free } = startCall(settings);
  const transport = createTransport(settings);
  let attempts = 0;
  try {
    for (let waitMs = 0; ; ) {
      let event = await transport.prepare(waitMs);
      if (event.type === 'ready') {
        const { headers, signal } = event;
        const request = step((call) => call.request(headers));
        attempts += 1;
        settings.onTry(attempts);
        event = await transport.send(request, signal);
      }
      const ended = event;
      const action = step((call) => call.next(ended, Date.now(), Math.random(), settings.afterUnknown()));
      if (action.type === 'fail') {
        const { type: _, kind, ...details } = action;
        // The caller's function for headers may have called this package.
        if (ended.type === 'headers_failed' && attempts === 0 && isCtsError(ended.cause)) throw ended.cause;
        throw failure(kind, locale, { ...details, cause: ended.cause }, ended.limit);
      }
      if (action.type === 'succeed') {
        const { body, date } = ended.type === 'answer' ? ended : { body: '', date: '' };
        return { body, date, attempts };
      }
      waitMs = action.ms;
      settings.onRetry(attempts + 1, waitMs);
    }
  } catch (cause) {
    if (!isCtsError(cause) || cause.kind !== 'internal' || cause.attempts > 0 || attempts === 0) throw cause;
    // A trap loses the state of the call, but the request may have been sent.
    const mayAlreadyExist = operation === 'createTracker' || undefined;
    throw again(cause, { sent: 'unknown', attempts, mayAlreadyExist });
  } finally {
    transport.close();
    free();
  }
}

/** A `CtsCall` is lost if the instance it belongs to traps, also in another call. */
function startCall(settings: CallSettings) {
  const home = engine.instance();
  const call = engine.call(() => new CtsCall(settings, Date.now()));
  return {
    step<T>(body: (call: CtsCall) => T): T {
      if (!engine.isLive(home)) throw failure('internal', settings.locale);
      return engine.call(() => body(call));
    },
    free() {
      if (engine.isLive(home)) call.free();
    },
  };
}
