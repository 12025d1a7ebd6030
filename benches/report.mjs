// Tables of BENCHMARKS.md.

/**
 * @typedef {import('./measure.mjs').Times} Times
 * @typedef {Record<string, Times>} Results by contestant
 */

export const OURS = 'cts-tracker';

export const us = (/** @type {number} */ ns) => (ns / 1000).toFixed(2);
export const ms = (/** @type {number} */ ns) => (ns / 1e6).toFixed(ns < 1e8 ? 1 : 0);
export const kB = (/** @type {number} */ bytes) => (bytes / 1000).toFixed(1);

/**
 * @param {Results} results
 * @param {string} name
 */
export function timesOf(results, name) {
  const times = results[name];
  if (!times) throw new Error(`${name} was not measured`);
  return times;
}

/** The contestants, and why they may be ahead. */
const PEERS = {
  zod: 'It runs in JavaScript alone: it writes no strings into the memory of a wasm',
  valibot: 'It runs in JavaScript alone: it writes no strings into the memory of a wasm',
  ajv: 'It runs in JavaScript alone, returns only a boolean and error objects, and builds no value and no messages',
};

/**
 * The results, and which peers are ahead and why.
 * @param {Results} results
 * @param {(ns: number) => string} format
 * @param {string} unit
 * @param {string} [reason] why any peer is ahead
 */
export function table(results, format, unit, reason) {
  const ours = timesOf(results, OURS);
  const rows = Object.entries(results).map(([name, { median, min }]) => {
    const ratios = `${(median / ours.median).toFixed(2)} / ${(min / ours.min).toFixed(2)}`;
    return `| ${name} | ${format(median)} | ${format(min)} | ${ratios} |`;
  });
  const ahead = Object.entries(PEERS).flatMap(([name, why]) => {
    const times = results[name];
    if (times === undefined || times.median >= ours.median) return [];
    return `\n${name} is ahead: it takes ${(times.median / ours.median).toFixed(2)} of our time. ${reason ?? why}.`;
  });
  const head = [`| | median, ${unit} | min, ${unit} | relative to ours (median / min) |`, '|---|---|---|---|'];
  return [...head, ...rows, ...ahead].join('\n');
}

/**
 * A row of the targets: the peer's median time divided by ours.
 * @param {string} what
 * @param {Results} results
 * @param {string} peer
 * @param {number} wanted
 */
export function target(what, results, peer, wanted) {
  const ratio = timesOf(results, peer).median / timesOf(results, OURS).median;
  return `| ${what}: speed relative to ${peer} | at least ${wanted} | ${ratio.toFixed(2)} | ${ratio >= wanted ? 'met' : 'missed'} |`;
}
