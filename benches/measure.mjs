// Times of functions in one process. Each round calls every function in turn, so that other load on the machine affects
// all of them.
import { performance } from 'node:perf_hooks';

/** @typedef {{ median: number, min: number }} Times of the rounds, in nanoseconds a call */

/**
 * @param {Record<string, () => unknown>} contestants
 * @returns {Record<string, Times>}
 */
export function measure(contestants, { rounds = 41, warm = 10, calls = 2000 } = {}) {
  const list = Object.entries(contestants).map(([name, run]) => ({ name, run, times: /** @type {number[]} */ ([]) }));
  for (let round = 0; round < warm + rounds; round++) {
    for (const { run, times } of list) {
      const from = performance.now();
      for (let call = 0; call < calls; call++) run();
      if (round >= warm) times.push(((performance.now() - from) * 1e6) / calls);
    }
  }
  return Object.fromEntries(list.map(({ name, times }) => [name, { median: median(times), min: Math.min(...times) }]));
}

/** @param {number[]} values */
export const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
