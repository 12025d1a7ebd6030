// The caller's `AbortSignal`, which many calls may share.

interface Listeners {
  notify(): void;
  all: Set<() => void>;
}

/** Node warns of a leak if a signal has more than ten listeners, so all calls of a signal share one. */
const listenersOf = new WeakMap<AbortSignal, Listeners>();

/** Calls `listener` when the signal is aborted. Returns a function that ends this. */
export function onAbort(signal: AbortSignal, listener: () => void): () => void {
  const shared = listenersOf.get(signal) ?? listenTo(signal);
  shared.all.add(listener);
  return () => {
    shared.all.delete(listener);
    if (shared.all.size > 0 || listenersOf.get(signal) !== shared) return;
    listenersOf.delete(signal);
    signal.removeEventListener('abort', shared.notify);
  };
}

function listenTo(signal: AbortSignal): Listeners {
  const all = new Set<() => void>();
  const shared = {
    all,
    notify() {
      for (const listener of [...all]) listener();
    },
  };
  listenersOf.set(signal, shared);
  signal.addEventListener('abort', shared.notify);
  return shared;
}

/** Why the signal was aborted. Older platforms give no reason. */
export function reasonOf(signal: AbortSignal): unknown {
  if (signal.reason !== undefined) return signal.reason;
  return Object.assign(new Error("the caller's signal was aborted"), { name: 'AbortError' });
}
