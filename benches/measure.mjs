// Times of one process only: each round runs every contestant in turn, so that what else the machine does hits all.
import { performance } from 'node:perf_hooks';

/** Median and least of the rounds, in nanoseconds a call. */
export function measure(contestants, { rounds = 41, warm = 10, calls = 2000 } = {}) {
  const times = new Map(Object.keys(contestants).map((name) => [name, []]));
  for (let round = 0; round < warm + rounds; round++) {
    for (const [name, run] of Object.entries(contestants)) {
      const from = performance.now();
      for (let call = 0; call < calls; call++) run();
      const ns = ((performance.now() - from) * 1e6) / calls;
      if (round >= warm) times.get(name).push(ns);
    }
  }
  return Object.fromEntries(
    [...times].map(([name, list]) => {
      list.sort((a, b) => a - b);
      return [name, { median: list[list.length >> 1], least: list[0] }];
    }),
  );
}
