// npm run bench: compares the built package with similar packages and writes BENCHMARKS.md.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus, loadavg } from 'node:os';
import { at, Failure, installNpm, main, readJson, say, write } from '../tools/common.mjs';
import { sizes } from '../tools/size.mjs';
import { awkwardResponses } from './awkward-responses.mjs';
import { loadSection } from './load.mjs';

const require = createRequire(import.meta.url);

const GOOD = {
  tracker_type: 'data',
  tracker_name: 'data-tracker-name',
  agency_name: 'cts_admin_trust',
  obs_info: { is_obs_created: false, bucket_name: 'save-trace-bucket', file_prefix_name: '11', bucket_lifecycle: 30 },
  is_lts_enabled: true,
  data_bucket: { data_event: ['READ', 'WRITE'], data_bucket_name: 'cstest0423' },
};
/** Five mistakes that every contestant must find. */
const BAD = {
  ...GOOD,
  tracker_name: 'data tracker',
  agency_name: 'x',
  is_lts_enabled: 'yes',
  obs_info: { ...GOOD.obs_info, bucket_name: 'saveTraceBucket', bucket_lifecycle: 31 },
};
const LINES = 100_000;
/** The Node core of the vendor's SDK. */
const VENDOR = "the vendor's Node core";
const OURS = 'cts-tracker';

function requests() {
  const lines = [];
  for (let i = 0; i < LINES; i++) lines.push(JSON.stringify({ ...GOOD, tracker_name: `tracker-${i}` }));
  return new TextEncoder().encode(`${lines.join('\n')}\n`);
}

/**
 * @param {(value: unknown) => boolean} ajv
 * @param {Uint8Array} bytes
 */
function ajvLines(ajv, bytes) {
  let valid = 0;
  for (const line of new TextDecoder().decode(bytes).split('\n')) if (line !== '' && ajv(JSON.parse(line))) valid += 1;
  return valid;
}

async function signers() {
  const { signRequest } = await import('cts-tracker/signing');
  const { AKSKSigner } = require('@huaweicloud/huaweicloud-sdk-core/auth/AKSKSigner.js');
  const { BasicCredentials } = require('@huaweicloud/huaweicloud-sdk-core');
  const keys = { accessKeyId: 'QTWAOYTTINDUT2QVKYUC', secretAccessKey: 'MFyfvK41ba2giqM7Uio6PznpdUKGpownRZlmVmHc' };
  const url = 'https://cts.eu-west-0.myhuaweicloud.com/v3/0123456789abcdef0123456789abcdef/tracker';
  const credentials = new BasicCredentials().withAk(keys.accessKeyId).withSk(keys.secretAccessKey);
  const headers = { 'content-type': 'application/json', 'X-Sdk-Date': '20240619T080910Z' };
  // The vendor's signer serialises the body itself, so ours does it in the same step.
  return {
    ours: () =>
      signRequest({
        method: 'POST',
        url,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(GOOD),
        date: '20240619T080910Z',
        credentials: keys,
      }),
    /** @returns {{ Authorization?: string }} */
    vendor: () => AKSKSigner.sign({ method: 'POST', endpoint: url, headers, data: GOOD, queryParams: {} }, credentials),
  };
}

/**
 * @typedef {import('./measure.mjs').Times} Times
 * @typedef {Record<string, Times>} Results by contestant
 */

const us = (/** @type {number} */ ns) => (ns / 1000).toFixed(2);
const ms = (/** @type {number} */ ns) => (ns / 1e6).toFixed(0);
const kB = (/** @type {number} */ bytes) => (bytes / 1000).toFixed(1);

/**
 * @param {Results} results
 * @param {string} name
 */
function timesOf(results, name) {
  const times = results[name];
  if (!times) throw new Error(`${name} was not measured`);
  return times;
}

/**
 * @param {Results} results
 * @param {(ns: number) => string} format
 * @param {string} unit
 */
function table(results, format, unit) {
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
function target(what, results, peer, wanted) {
  const ratio = timesOf(results, peer).median / timesOf(results, OURS).median;
  return `| ${what}: speed relative to ${peer} | at least ${wanted} | ${ratio.toFixed(2)} | ${ratio >= wanted ? 'met' : 'missed'} |`;
}

/**
 * @param {string} what
 * @param {number} bytes
 * @param {number} limit
 */
const sizeTarget = (what, bytes, limit) =>
  `| ${what}, brotli | at most ${limit / 1000} kB | ${kB(bytes)} kB | ${bytes <= limit ? 'met' : 'missed'} |`;

async function bench() {
  if (!existsSync(at('pkg', 'index.js'))) throw new Failure('pkg/ is missing: run npm run build');
  await installNpm(at('benches'), 'the packages to compare with');
  const { measure } = await import('./measure.mjs');
  const peers = await import('./peers.mjs');
  const cts = await import('cts-tracker');

  const validators = (/** @type {unknown} */ input) => ({
    'cts-tracker': () => cts.validateCreateTracker(input),
    zod: () => peers.zod(input),
    valibot: () => peers.valibot(input),
    ajv: () => peers.ajv(input),
  });
  // Timings mean nothing if a contestant accepts a mistake or rejects the valid request.
  const found = cts.validateCreateTracker(BAD).issues?.length;
  const agree =
    !cts.validateCreateTracker(GOOD).issues &&
    peers.zod(GOOD).success &&
    peers.valibot(GOOD).success &&
    peers.ajv(GOOD) &&
    found === 5 &&
    !peers.zod(BAD).success &&
    !peers.valibot(BAD).success &&
    !peers.ajv(BAD);
  if (!agree) throw new Failure('the contestants disagree about the sample requests');

  say('One valid request');
  const valid = measure(validators(GOOD));
  say('One request with five mistakes');
  const wrong = measure(validators(BAD));
  say(`${LINES} requests as NDJSON`);
  const bytes = requests();
  if (cts.validateNdjson('createTracker', bytes).valid !== LINES || ajvLines(peers.ajv, bytes) !== LINES) {
    throw new Failure('the contestants disagree about the NDJSON lines');
  }
  const ndjson = measure(
    {
      'cts-tracker': () => cts.validateNdjson('createTracker', bytes),
      'JSON.parse + ajv': () => ajvLines(peers.ajv, bytes),
    },
    { rounds: 11, warm: 2, calls: 1 },
  );
  say('Signing');
  const { ours, vendor } = await signers();
  if (ours().authorization !== vendor().Authorization) throw new Failure('the signatures of the contestants differ');
  const signing = measure({ [OURS]: ours, [VENDOR]: vendor }, { calls: 500 });

  say('The proxy under load');
  const { section, relative } = await loadSection();
  say('Awkward responses through the proxy');
  const awkward = await awkwardResponses();

  const measured = await sizes();
  const sizeOf = (/** @type {string} */ part) => measured[part]?.brotli ?? Number.NaN;
  const count = LINES.toLocaleString('en');
  const versions = (await readJson(at('benches', 'package.json'))).dependencies;
  const model = cpus()[0]?.model.trim() ?? 'unknown processor';

  await write(
    at('BENCHMARKS.md'),
    `# Benchmarks

Written by \`npm run bench\` on ${new Date().toISOString().slice(0, 10)}: ${model}, ${cpus().length} cores, load ${loadavg()[0]?.toFixed(1)};
Node ${process.versions.node}, V8 ${process.versions.v8}; ${Object.entries(versions)
      .map(([name, version]) => `${name} ${version}`)
      .join(', ')}.

All contestants run in one process, in turn, for many rounds. The machine is shared, so only the ratios are meaningful,
and they vary by some tenths between runs. Every contestant checks the same rules, written in its own style
(\`benches/peers.mjs\`). zod, valibot and this package return the value and all issues with messages. ajv returns a boolean
and its own error objects, and it checks only the rules that JSON Schema can express.

## Targets

| | target | measured | |
|---|---|---|---|
${target('one valid request', valid, 'zod', 3)}
${target('one valid request', valid, 'valibot', 3)}
${target('one valid request', valid, 'ajv', 0.83)}
${target('one request with five mistakes', wrong, 'zod', 3)}
${target('one request with five mistakes', wrong, 'valibot', 1.5)}
${target(`${count} requests as NDJSON`, ndjson, 'JSON.parse + ajv', 3)}
${target('signing one request', signing, VENDOR, 3)}
| the proxy under load: requests relative to node:http | at least 0.6 | ${relative.toFixed(2)} | ${relative >= 0.6 ? 'met' : 'missed'} |
| the slowest response of 1 MiB through the proxy | at most ${awkward.limit} ms | ${awkward.slowest.toFixed(1)} ms | ${awkward.slowest <= awkward.limit ? 'met' : 'missed'} |
${sizeTarget('the validators in English', sizeOf('cts-tracker, validators only'), 32_000)}
${sizeTarget('everything in English', sizeOf('cts-tracker, everything in English'), 44_000)}

## One valid request

${table(valid, us, 'µs')}

## One request with five mistakes

${table(wrong, us, 'µs')}

## ${count} requests as NDJSON (${(bytes.length / 1e6).toFixed(1)} MB)

${table(ndjson, ms, 'ms')}

## Signing one request

${table(signing, us, 'µs')}

${section}
${awkward.section}
## Sizes, bundled and minified

| | raw, kB | gzip, kB | brotli, kB |
|---|---|---|---|
${Object.entries(measured)
  .map(([name, size]) => `| ${name} | ${kB(size.raw)} | ${kB(size.gzip)} | ${kB(size.brotli)} |`)
  .join('\n')}
`,
  );
  say('Wrote BENCHMARKS.md');
}

await main(bench);
