// Random numbers that a seed makes again.

/** xorshift128, after Marsaglia: fast, and the same everywhere. */
export function randomFrom(seed) {
  let [x, y, z, w] = [seed | 0 || 1, 362436069, 521288629, 88675123];
  const next = () => {
    const t = x ^ (x << 11);
    [x, y, z] = [y, z, w];
    w = w ^ (w >>> 19) ^ t ^ (t >>> 8);
    return w >>> 0;
  };
  for (let i = 0; i < 20; i++) next();
  /** A whole number from 0, below `count`. */
  const below = (count) => next() % count;
  const chance = (share) => next() < share * 2 ** 32;
  const one = (list) => list[below(list.length)];
  const between = (min, max) => min + below(max - min + 1);
  function shuffled(list) {
    const copy = [...list];
    for (let i = copy.length - 1; i > 0; i--) {
      const j = below(i + 1);
      [copy[i], copy[j]] = [copy[j], copy[i]];
    }
    return copy;
  }
  return { below, chance, one, between, shuffled };
}

/** The seed of a run: given as CTS_SEED to run it again, else of the clock. */
export function seedOf(test) {
  const seed = Number(process.env.CTS_SEED ?? Date.now() % 2 ** 31);
  test.diagnostic(`CTS_SEED=${seed}`);
  return seed;
}
