// One measurement in a process of its own: `node child.mjs WHAT CONTESTANT [FILE]`. Prints JSON.
//
// `cold` imports a contestant and validates one request. `ndjson` validates a file, and reports the peak of the resident
// set, which includes what the process had before.
import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';

const [, , what, contestant, file = ''] = process.argv;

/** @type {Record<string, () => Promise<unknown>>} */
const COLD = {
  nothing: async () => undefined,
  'cts-tracker': async () => {
    const [{ validateCreateTracker }, { GOOD }] = await Promise.all([import('cts-tracker'), import('./samples.mjs')]);
    return validateCreateTracker(GOOD);
  },
  zod: async () => {
    const [{ zod }, { GOOD }] = await Promise.all([import('./peers-zod.mjs'), import('./samples.mjs')]);
    return zod(GOOD);
  },
  valibot: async () => {
    const [{ valibot }, { GOOD }] = await Promise.all([import('./peers-valibot.mjs'), import('./samples.mjs')]);
    return valibot(GOOD);
  },
  ajv: async () => {
    const [{ ajv }, { GOOD }] = await Promise.all([import('./peers-ajv.mjs'), import('./samples.mjs')]);
    return ajv(GOOD);
  },
};

/** @type {Record<string, (bytes: Uint8Array) => Promise<unknown>>} */
const NDJSON = {
  nothing: async () => undefined,
  'cts-tracker': async (bytes) => (await import('cts-tracker')).validateNdjson('createTracker', bytes),
  'JSON.parse + ajv': async (bytes) => {
    const { ajvLines } = await import('./peers-ajv.mjs');
    return ajvLines(bytes);
  },
};

if (what === 'cold') await COLD[contestant ?? '']?.();
else await NDJSON[contestant ?? '']?.(readFileSync(file));
process.stdout.write(JSON.stringify({ ms: performance.now(), kB: peakMemory() }));

/** The peak of the resident set in kB. Linux's `maxRSS` is at least the memory of the parent process. */
function peakMemory() {
  const status = process.platform === 'linux' ? readFileSync('/proc/self/status', 'utf8') : '';
  return Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? process.resourceUsage().maxRSS);
}
