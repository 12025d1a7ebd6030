// The live instance of a wasm module: started at the first call, replaced after a trap.
import { CtsError } from '../client/error.js';

/** Makes instances: one of the loaders in this folder. */
export interface WasmSource {
  instantiate(imports: WebAssembly.Imports): WebAssembly.Instance;
  instantiateAsync(imports: WebAssembly.Imports): Promise<WebAssembly.Instance>;
}

/** The bindings: what the wasm imports, and `start`, which uses an instance from now on. */
export interface Glue<Exports> {
  imports(): WebAssembly.Imports;
  start(instance: WebAssembly.Instance): Exports;
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
  /** Starts now, or returns a promise of it where that must not be synchronous. */
  ready(): Promise<void> | undefined;
}

/** `otherwise` names the way around where WebAssembly cannot run. */
export function createEngine<Exports>(glue: Glue<Exports>, source: WasmSource, otherwise: string): Engine<Exports> {
  let live: Exports | undefined;
  let warming: Promise<void> | undefined;

  function instance(): Exports {
    if (live !== undefined) return live;
    try {
      live = glue.start(source.instantiate(glue.imports()));
      return live;
    } catch (cause) {
      throw startFailure(cause, otherwise);
    }
  }

  function trapped(cause?: unknown): CtsError {
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

  async function startAsync(): Promise<void> {
    try {
      const made = await source.instantiateAsync(glue.imports());
      // A synchronous call may have been first.
      if (live === undefined) live = glue.start(made);
    } catch (cause) {
      throw startFailure(cause, otherwise);
    } finally {
      warming = undefined;
    }
  }

  function warmup(): Promise<void> {
    if (live !== undefined) return Promise.resolve();
    warming ??= startAsync();
    return warming;
  }

  function ready(): Promise<void> | undefined {
    try {
      instance();
      return undefined;
    } catch {
      return warmup();
    }
  }

  const isLive = (exports: Exports): boolean => exports === live;

  return { instance, isLive, call, trapped, warmup, ready };
}

/** The message of anything that was thrown. */
export function messageOf(cause: unknown): string {
  return String((cause as Error | undefined)?.message ?? cause);
}

function startFailure(cause: unknown, otherwise: string): CtsError {
  if (cause instanceof CtsError) return cause;
  const message = messageOf(cause);
  return new CtsError(
    'internal',
    `WebAssembly could not be started${message && `: ${message}`}; ${remedy(message, otherwise)}`,
    { cause },
  );
}

/** Engines have no codes for these failures, only words. */
function remedy(message: string, otherwise: string): string {
  if (typeof WebAssembly !== 'object') return `this host has no WebAssembly: ${otherwise}`;
  if (/main thread/i.test(message)) return `before the first call, await warmup(), or ${otherwise}`;
  if (/unsafe-eval|disallowed by embedder|Content Security Policy|blocked by CSP/i.test(message))
    return `allow 'wasm-unsafe-eval' in script-src of the page's Content-Security-Policy, or ${otherwise}`;
  return `where WebAssembly is not allowed, ${otherwise}`;
}
