// The live instance of a wasm module: started at the first call, replaced after a trap.
import { CtsError } from '../client/error.js';

/** Where a compiled module comes from: one of the loaders in this folder. */
export interface WasmSource {
  compile(): WebAssembly.Module;
  compileAsync(): Promise<WebAssembly.Module>;
}

export interface Engine<Exports> {
  /** The exports of the live instance, its `memory` among them. */
  instance(): Exports;
  /** Whether these exports are still those of the live instance. */
  isLive(exports: Exports): boolean;
  /** Runs functions of the glue. Whatever they throw counts as a trap. */
  call<T>(body: () => T): T;
  /** Drops the instance after a trap, and returns the error to throw. */
  trapped(cause?: unknown): CtsError;
  /** Compiles before the first call. */
  warmup(): Promise<void>;
}

/**
 * `initSync` of the glue creates an instance, or returns the one it has; `reset`, its `__wbg_reset_state`, replaces that
 * one with a new instance of the same module.
 */
export function createEngine<Exports>(
  initSync: (options: { module: WebAssembly.Module }) => Exports,
  reset: () => void,
  source: WasmSource,
): Engine<Exports> {
  let module: WebAssembly.Module | undefined;
  let live: Exports | undefined;
  // Whether the glue still has the instance that trapped.
  let stale = false;
  let warming: Promise<void> | undefined;

  function start(compiled: WebAssembly.Module): Exports {
    module = compiled;
    if (stale) reset();
    stale = false;
    live = initSync({ module });
    return live;
  }

  function instance(): Exports {
    if (live !== undefined) return live;
    try {
      return start(module ?? source.compile());
    } catch (cause) {
      throw startFailure(cause);
    }
  }

  function trapped(cause?: unknown): CtsError {
    stale ||= live !== undefined;
    live = undefined;
    return new CtsError('internal', `internal error: ${messageOf(cause)}`, { cause });
  }

  function call<T>(body: () => T): T {
    instance();
    try {
      return body();
    } catch (cause) {
      throw trapped(cause);
    }
  }

  async function compile(): Promise<void> {
    try {
      const compiled = await source.compileAsync();
      if (live === undefined) start(compiled);
    } catch (cause) {
      throw startFailure(cause);
    } finally {
      warming = undefined;
    }
  }

  function warmup(): Promise<void> {
    if (live !== undefined) return Promise.resolve();
    warming ??= compile();
    return warming;
  }

  const isLive = (exports: Exports): boolean => exports === live;

  return { instance, isLive, call, trapped, warmup };
}

/** The message of anything that was thrown. */
export function messageOf(cause: unknown): string {
  return String((cause as Error | undefined)?.message ?? cause);
}

function startFailure(cause: unknown): CtsError {
  if (cause instanceof CtsError) return cause;
  const message = messageOf(cause);
  const policy = /unsafe-eval|disallowed by embedder|Content Security Policy|blocked by CSP/i.test(message)
    ? "; allow 'wasm-unsafe-eval' in script-src of the page's Content-Security-Policy, or import cts-tracker/js"
    : '';
  return new CtsError('internal', `WebAssembly could not be started: ${message}${policy}`, { cause });
}
