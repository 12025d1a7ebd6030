// What a call of src/wasm/client.rs borrows from JavaScript: timers, signals, streams. Nothing here rejects, and all of
// it is raced against the end of the call, so that a `fetch` that heeds no signal cannot hold the call up.
import { facts } from '../generated/facts.js';

// What happened, and how a body ended: the numbers of src/wasm/client.rs.
export const READY = 0;
const ANSWER = 1;
const LOST = 2;
const NO_HEADERS = 3;
const TRY_TIMEOUT = 4;
const TIMEOUT = 5;
const ABORT = 6;
const WHOLE = 0;
const BROKEN = 1;
const TOO_LONG = 2;

/** Hosts fire at once when asked to wait longer. */
const LONGEST = 2 ** 31;

/**
 * @param {{ fetch: (request: Request) => Promise<Response>, headers: () => Promise<Headers>, signal?: AbortSignal,
 *   timeoutMs: number, tryTimeoutMs: number, onTry(): void, onWait(ms: number): void }} call
 */
export function createHost({ fetch, headers, signal, timeoutMs, tryTimeoutMs, onTry, onWait }) {
  const timers = [];
  let controller;
  let reader;
  const after = (ms, value) =>
    new Promise((resolve) => {
      if (ms < LONGEST) timers.push(setTimeout(resolve, ms, value));
    });

  const over = after(timeoutMs, [TIMEOUT]);
  let abort;
  const aborted = new Promise((resolve) => {
    abort = () => resolve([ABORT]);
  });
  signal?.addEventListener('abort', abort);

  /** The first of what is awaited and the end of the call; an abort before all. */
  async function first(...promises) {
    if (signal?.aborted) return [ABORT];
    const said = await Promise.race([aborted, over, ...promises]);
    return signal?.aborted ? [ABORT] : said;
  }

  async function prepare(ms) {
    if (ms > 0) await after(ms);
    try {
      return [READY, await headers(), taken(controller.signal)];
    } catch (cause) {
      host.cause = cause;
      return [NO_HEADERS];
    }
  }

  async function send(request) {
    try {
      onTry();
      const answer = await fetch(request);
      if (typeof answer?.status !== 'number' || typeof answer.headers?.get !== 'function') {
        throw new TypeError('fetch gave no Response');
      }
      return [ANSWER, answer, ...(await read(answer))];
    } catch (cause) {
      host.cause = cause;
      return [LOST, undefined, undefined, ...saysOfItself(cause)];
    }
  }

  /** How a body ended, and its text, to its end or to the most that is read. */
  async function read(answer) {
    const decoder = new TextDecoder();
    let text = '';
    let room = facts.maxAnswerBytes;
    try {
      const { body } = answer;
      // Some hosts' own `fetch` gives a body that is no web stream.
      if (body && typeof body.getReader !== 'function')
        reader = new Response(await answer.arrayBuffer()).body.getReader();
      else reader = body?.getReader();
      for (let chunk = await reader?.read(); chunk && !chunk.done; chunk = await reader.read()) {
        text += decoder.decode(chunk.value.subarray(0, room), { stream: true });
        room -= chunk.value.length;
        if (room < 0) return [TOO_LONG, text];
      }
      reader = undefined;
      return [WHOLE, text + decoder.decode()];
    } catch (cause) {
      host.cause = cause;
      return [BROKEN, text];
    }
  }

  /** Leaves nothing of a try running. */
  function letGo() {
    controller?.abort();
    // Listened to, so that a rejection is nobody's surprise.
    Promise.resolve(reader)
      .then((open) => open?.cancel())
      .catch(() => {});
    reader = undefined;
  }

  const host = {
    /** What was thrown in the last try. */
    cause: undefined,
    /** What a try needs; if it is a further one, after a wait. */
    async ready(ms) {
      if (ms !== undefined) onWait(ms);
      host.cause = undefined;
      controller = new AbortController();
      return first(prepare(ms));
    },
    async exchange(request) {
      const said = await first(send(request), after(tryTimeoutMs, [TRY_TIMEOUT]));
      if (said[0] !== ANSWER || said[2] !== WHOLE) letGo();
      return said;
    },
    close() {
      timers.forEach(clearTimeout);
      signal?.removeEventListener('abort', abort);
      letGo();
    },
  };
  return host;
}

/** The signal, if a Request takes it: a page that is simulated (jsdom) has one of its own beside the host's Request. */
function taken(signal) {
  try {
    return new Request('http://localhost', { signal }) && signal;
  } catch {
    return undefined;
  }
}

/** The message, the code and the system call of an error: its cause's, if it has one, which says more. */
function saysOfItself(error) {
  return ['message', 'code', 'syscall'].map((name) => {
    try {
      return [error?.cause?.[name], error?.[name]].find((text) => typeof text === 'string') ?? '';
    } catch {
      return '';
    }
  });
}
