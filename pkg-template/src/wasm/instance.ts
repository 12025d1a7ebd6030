// One live instance of a wasm module, started at the first call, replaced after a trap.
import { CtsError } from '../client/error.js';

/**
 * @param {(options?: object) => WebAssembly.Exports} initSync the glue's own: instantiates, or returns what is live
 * @param {() => void} reset the glue's `__wbg_reset_state`: a new instance of the same module
 * @param {{ compile(): WebAssembly.Module, compileAsync(): Promise<WebAssembly.Module> }} source
 */
export function createEngine(initSync, reset, source) {
  let live;
  let broken = false;
  let warming;

  function start(module) {
    try {
      if (broken) reset();
      broken = false;
      live = initSync({ module });
    } catch (cause) {
      throw startFailure(cause);
    }
  }

  /** The exports of the live instance, among them its `memory`. */
  function instance() {
    if (live === undefined) {
      let module;
      try {
        module = source.compile();
      } catch (cause) {
        throw startFailure(cause);
      }
      start(module);
    }
    return live;
  }

  /** After anything thrown out of wasm: drops the instance, and gives the error to throw in its stead. */
  function trapped(cause) {
    if (live !== undefined) {
      live = undefined;
      broken = true;
      try {
        reset();
        broken = false;
        live = initSync();
      } catch {
        // No memory for another instance, perhaps: the next call tries again.
      }
    }
    return new CtsError('internal', `internal error: ${cause?.message ?? cause}`, { cause });
  }

  /** Runs glue functions that never throw unless they trap. */
  function call(body) {
    instance();
    try {
      return body();
    } catch (cause) {
      throw trapped(cause);
    }
  }

  /** Compiles off the first call. */
  function warmup() {
    if (live !== undefined) return Promise.resolve();
    warming ??= source
      .compileAsync()
      .then(
        (module) => {
          if (live === undefined) start(module);
        },
        (cause) => {
          throw startFailure(cause);
        },
      )
      .finally(() => {
        warming = undefined;
      });
    return warming;
  }

  return { instance, call, trapped, warmup };
}

function startFailure(cause) {
  if (cause instanceof CtsError) return cause;
  const message = String(cause?.message ?? cause);
  const policy = /unsafe-eval|disallowed by embedder|Content Security Policy|blocked by CSP/i.test(message)
    ? "; the page's Content-Security-Policy must allow 'wasm-unsafe-eval' in script-src, or the page import cts-tracker/js"
    : '';
  return new CtsError('internal', `WebAssembly could not be started: ${message}${policy}`, { cause });
}
