// Random numbers with a seed.

/** xorshift128 by Marsaglia. */
export function randomFrom(seed) {
  // Consecutive seeds must not give similar sequences, so splitmix32 mixes each word.
  let state = seed | 0;
  const word = () => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = state ^ (state >>> 16);
    mixed = Math.imul(mixed, 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return mixed ^ (mixed >>> 15);
  };
  let [x, y, z, w] = [word(), word(), word(), word() | 1];
  const next = () => {
    const t = x ^ (x << 11);
    [x, y, z] = [y, z, w];
    w = w ^ (w >>> 19) ^ t ^ (t >>> 8);
    return w >>> 0;
  };
  /** An integer from 0 to `count - 1`. */
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

/** The seed of a run: CTS_SEED, or the time. */
export function seedOf(test) {
  const seed = Number(process.env.CTS_SEED ?? Date.now() % 2 ** 31);
  test.diagnostic(`CTS_SEED=${seed}`);
  return seed;
}
