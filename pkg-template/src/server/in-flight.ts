// What is under way at once. A place that is never given back is free again after the longest it can be needed: a
// `fetch` of the host may heed no signal, and a runtime may drop a request whose caller has left, `finally` and all.

/**
 * @param {number} longestMs
 * @param {() => number} now
 */
export function createLeases(longestMs, now) {
  const taken = new Set();
  return {
    /** @returns {() => void} gives it back */
    take() {
      const lease = { since: now() };
      taken.add(lease);
      return () => taken.delete(lease);
    },

    count() {
      // The oldest are first.
      for (const lease of taken) {
        if (now() - lease.since < longestMs) break;
        taken.delete(lease);
      }
      return taken.size;
    },
  };
}
