// How the cost of a call grows with its input: five sizes each, drawn as charts.
import { performance } from 'node:perf_hooks';
import { at, write } from '../tools/common.mjs';
import { median } from './measure.mjs';
import { bucketList, requests } from './samples.mjs';

/**
 * @typedef {{ size: number, ns: number }} Point
 * @typedef {{ name: string, title: string, unit: string, sizes: number[], prepare(size: number): () => unknown }} Series
 */

const MIN_ROUNDS = 5;
/** Long enough for many calls of the small sizes. */
const MIN_MS = 300;

/** @returns {Promise<Series[]>} */
async function series() {
  const cts = await import('cts-tracker');
  const { createEmulator, sampleCredentials } = await import('cts-tracker/emulator');
  const { createSigningProxy } = await import('cts-tracker/proxy');
  return [
    {
      name: 'list-length',
      title: 'A valid list of buckets',
      unit: 'buckets',
      sizes: [10, 100, 1_000, 10_000, 100_000],
      prepare: (size) => {
        const list = bucketList(size);
        return () => cts.validateCheckObsBuckets(list);
      },
    },
    {
      name: 'issue-count',
      title: 'A list of buckets with one mistake each',
      unit: 'mistakes',
      // From 1,000 on, issues are only counted.
      sizes: [1, 10, 100, 1_000, 10_000],
      prepare: (size) => {
        const { buckets } = bucketList(size);
        const list = { buckets: buckets.map((bucket) => ({ ...bucket, bucket_name: 'Bucket' })) };
        return () => cts.validateCheckObsBuckets(list);
      },
    },
    {
      name: 'string-length',
      title: 'A bucket name that is too long',
      unit: 'characters',
      sizes: [100, 1_000, 10_000, 100_000, 1_000_000],
      prepare: (size) => {
        const name = 'a'.repeat(size);
        return () => cts.validateBucketName(name);
      },
    },
    {
      name: 'file-size',
      title: 'A file of valid requests',
      unit: 'lines',
      sizes: [10, 100, 1_000, 10_000, 100_000],
      prepare: (size) => {
        const bytes = requests(size);
        return () => cts.validateNdjson('createTracker', bytes);
      },
    },
    {
      name: 'concurrency',
      title: 'Calls at once through the proxy to the emulator, in one process',
      unit: 'calls',
      sizes: [1, 4, 16, 64, 256],
      prepare: (size) => {
        const emulator = createEmulator();
        const upstream = { region: 'eu-west-0', credentials: sampleCredentials, fetch: emulator.fetch };
        const proxy = createSigningProxy({ ...upstream, allowedHosts: ['localhost'], maxConcurrent: 1024 });
        const client = cts.createCtsClient({
          baseUrl: 'http://localhost/',
          domainId: '0123456789abcdef0123456789abcdef',
          fetch: (url, init) => proxy.fetch(new Request(url, init)),
        });
        const body = bucketList(1);
        return () => Promise.all(Array.from({ length: size }, () => client.checkObsBuckets(body)));
      },
    },
  ];
}

/**
 * The median time of a call.
 * @param {() => unknown} call
 */
async function time(call) {
  await call();
  const times = [];
  for (const began = performance.now(); times.length < MIN_ROUNDS || performance.now() - began < MIN_MS; ) {
    const from = performance.now();
    await call();
    times.push((performance.now() - from) * 1e6);
  }
  return median(times);
}

/**
 * The exponent of the power law that fits the three largest sizes: 1 is linear, 2 quadratic. Small sizes show the fixed
 * cost of a call.
 * @param {Point[]} points
 */
export function slope(points) {
  const logs = points.slice(-3).map(({ size, ns }) => /** @type {const} */ ([Math.log(size), Math.log(ns)]));
  /** @param {0 | 1} of */
  const mean = (of) => logs.reduce((sum, pair) => sum + pair[of], 0) / logs.length;
  const [x, y] = [mean(0), mean(1)];
  const covariance = logs.reduce((sum, [a, b]) => sum + (a - x) * (b - y), 0);
  return covariance / logs.reduce((sum, [a]) => sum + (a - x) ** 2, 0);
}

/** @param {number} exponent */
export function inWords(exponent) {
  if (exponent < 0.15) return 'constant';
  if (exponent < 0.85) return 'slower than linear';
  if (exponent <= 1.15) return 'linear';
  return exponent < 1.7 ? 'faster than linear' : 'quadratic or worse';
}

/**
 * @param {string} unit
 * @param {Point[]} points
 */
async function chart(unit, points) {
  const [{ compile }, vega] = await Promise.all([import('vega-lite'), import('vega')]);
  const { spec } = compile({
    width: 300,
    height: 150,
    background: 'white',
    data: { values: points.map(({ size, ns }) => ({ size, us: ns / 1000 })) },
    mark: { type: 'line', point: true },
    encoding: {
      x: {
        field: 'size',
        type: 'quantitative',
        scale: { type: 'log' },
        axis: { values: points.map(({ size }) => size) },
        title: unit,
      },
      y: { field: 'us', type: 'quantitative', scale: { type: 'log' }, axis: { tickCount: 4 }, title: 'µs' },
    },
  });
  return new vega.View(vega.parse(spec), { renderer: 'none' }).toSVG();
}

/** Measures every series, writes the charts, and returns the section of the report. */
export async function growthSection() {
  const rows = [];
  for (const { name, title, unit, sizes, prepare } of await series()) {
    const points = [];
    for (const size of sizes) points.push({ size, ns: await time(prepare(size)) });
    const exponent = slope(points);
    const path = `benches/charts/${name}.svg`;
    await write(at(path), `${await chart(unit, points)}\n`);
    const [first, last] = [points[0], points[points.length - 1]];
    if (!first || !last) continue;
    rows.push(
      `### ${title}\n\n${inWords(exponent).replace(/^./, (letter) => letter.toUpperCase())}: exponent ${exponent.toFixed(2)} over the three largest sizes. ` +
        `From ${(first.ns / 1000).toFixed(1)} µs at ${first.size.toLocaleString('en')} to ${(last.ns / 1e6).toFixed(2)} ms at ${last.size.toLocaleString('en')} ${unit}.\n\n![${title}: time by ${unit}](${path})`,
    );
  }
  return rows.join('\n\n');
}
