// Long work is cut into slices, and signals are served between them.
import { setImmediate } from 'node:timers/promises';

const SLICE_MS = 40;

export class Slices {
  #end = performance.now() + SLICE_MS;

  get isOver(): boolean {
    return performance.now() >= this.#end;
  }

  /** Lets the event loop run once. A resolved promise does not: signals would wait. */
  async next(): Promise<void> {
    await setImmediate();
    this.#end = performance.now() + SLICE_MS;
  }
}

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/** Runs work of a library, which cannot be cut. Meanwhile a signal ends the process at once: nothing has been sent. */
export async function inOnePiece<T>(work: () => T): Promise<T> {
  // A signal that is already there reaches its listener.
  await setImmediate();
  const listeners = SIGNALS.map((name) => [name, process.listeners(name)] as const);
  for (const name of SIGNALS) process.removeAllListeners(name);
  try {
    return work();
  } finally {
    for (const [name, list] of listeners) for (const listener of list) process.on(name, listener);
  }
}
