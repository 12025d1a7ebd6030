// Works on a list with several workers.
import { Slices } from './slices.js';

/** The workers share one iterator. All of them end before an error ends the work. */
export async function inParallel<T>(
  items: readonly T[],
  count: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const queue = items.values();
  const slices = new Slices();
  const worker = async () => {
    for (const item of queue) {
      if (slices.isOver) await slices.next();
      await work(item);
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: count }, worker));
  for (const result of ended) if (result.status === 'rejected') throw result.reason;
}
