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

/**
 * @param {Results} results
 * @param {(ns: number) => string} format
 * @param {string} unit
 */
export function table(results, format, unit) {
  const ours = timesOf(results, OURS);
  const rows = Object.entries(results).map(([name, { median, min }]) => {
    const ratios = `${(median / ours.median).toFixed(2)} / ${(min / ours.min).toFixed(2)}`;
    return `| ${name} | ${format(median)} | ${format(min)} | ${ratios} |`;
  });
  return [`| | median, ${unit} | min, ${unit} | relative to ours (median / min) |`, '|---|---|---|---|', ...rows].join(
    '\n',
  );
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
