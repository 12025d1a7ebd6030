// Waiting for a limited time.

/** `withTimeout` rejects with it. */
export class TimedOut extends Error {
  override name = 'TimedOut';
}

/** The result of the promise, or `TimedOut` after this many milliseconds. Late results are ignored. */
export function withTimeout<Result>(milliseconds: number, promise: Promise<Result>): Promise<Result> {
  let timer: ReturnType<typeof setTimeout>;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TimedOut('too late')), milliseconds);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

export const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });

/** Resolves after this many milliseconds (never, for `Infinity`); rejects with the signal's reason when it is aborted. */
export function untilAborted(signal: AbortSignal | undefined, milliseconds: number): Promise<void> | undefined {
  if (milliseconds === 0) return undefined;
  return new Promise((resolve, reject) => {
    const timer = milliseconds === Infinity ? undefined : setTimeout(() => settle(resolve), milliseconds);
    const onAbort = () => settle(() => reject(signal?.reason));
    function settle(how: () => void) {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      how();
    }
    if (signal?.aborted) onAbort();
    else signal?.addEventListener('abort', onAbort);
  });
}
