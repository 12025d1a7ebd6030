// A cold process: from its start to the first result. Each run is a process of its own.
import { fileURLToPath } from 'node:url';
import { run } from '../tools/common.mjs';
import { median } from './measure.mjs';

const CHILD = fileURLToPath(new URL('child.mjs', import.meta.url));

/**
 * Runs `child.mjs`.
 * @param {string[]} args
 * @returns {Promise<{ ms: number, kB: number }>}
 */
export async function inProcess(...args) {
  const { stdout } = await run(process.execPath, [CHILD, ...args], { capture: true });
  return JSON.parse(stdout);
}

/** @returns {Promise<import('./report.mjs').Results>} the time over an empty process, in nanoseconds */
export async function coldProcesses(rounds = 15) {
  const names = ['nothing', 'cts-tracker', 'zod', 'valibot', 'ajv'];
  /** @type {Record<string, number[]>} */
  const times = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const name of names) times[name]?.push((await inProcess('cold', name)).ms * 1e6);
  }
  const [empty = [], ...others] = names.map((name) => times[name] ?? []);
  return Object.fromEntries(
    others.map((list, i) => [
      String(names[i + 1]),
      { median: median(list) - median(empty), min: Math.min(...list) - Math.min(...empty) },
    ]),
  );
}

/**
 * The peak of the resident set over an empty process that has read the file, in kB.
 * @param {string} file of NDJSON
 * @returns {Promise<Record<string, number>>}
 */
export async function peakMemory(file, rounds = 3) {
  /** @param {string} name */
  const peak = async (name) => {
    const peaks = [];
    for (let round = 0; round < rounds; round++) peaks.push((await inProcess('ndjson', name, file)).kB);
    return median(peaks);
  };
  const empty = await peak('nothing');
  return {
    'cts-tracker': (await peak('cts-tracker')) - empty,
    'JSON.parse + ajv': (await peak('JSON.parse + ajv')) - empty,
  };
}
