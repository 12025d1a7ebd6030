// npm run bench: measures the built package beside its peers and writes BENCHMARKS.md.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus, loadavg } from 'node:os';
import { at, Failure, installNpm, main, readJson, say, write } from '../tools/common.mjs';
import { sizes } from '../tools/size.mjs';
import { loadSection } from './load.mjs';

const need = createRequire(import.meta.url);

const GOOD = {
  tracker_type: 'data',
  tracker_name: 'data-tracker-name',
  agency_name: 'cts_admin_trust',
  obs_info: { is_obs_created: false, bucket_name: 'save-trace-bucket', file_prefix_name: '11', bucket_lifecycle: 30 },
  is_lts_enabled: true,
  data_bucket: { data_event: ['READ', 'WRITE'], data_bucket_name: 'cstest0423' },
};
/** Five mistakes, which every contestant must find. */
const BAD = {
  ...GOOD,
  tracker_name: 'data tracker',
  agency_name: 'x',
  is_lts_enabled: 'yes',
  obs_info: { ...GOOD.obs_info, bucket_name: 'saveTraceBucket', bucket_lifecycle: 31 },
};
const LINES = 100_000;

function requests() {
  const lines = [];
  for (let i = 0; i < LINES; i++) lines.push(JSON.stringify({ ...GOOD, tracker_name: `tracker-${i}` }));
  return new TextEncoder().encode(`${lines.join('\n')}\n`);
}

function ajvLines(ajv, bytes) {
  let valid = 0;
  for (const line of new TextDecoder().decode(bytes).split('\n')) if (line !== '' && ajv(JSON.parse(line))) valid += 1;
  return valid;
}

async function signers() {
  const { signRequest } = await import('cts-tracker/signing');
  const { AKSKSigner } = need('@huaweicloud/huaweicloud-sdk-core/auth/AKSKSigner.js');
  const { BasicCredentials } = need('@huaweicloud/huaweicloud-sdk-core');
  const keys = { accessKeyId: 'QTWAOYTTINDUT2QVKYUC', secretAccessKey: 'MFyfvK41ba2giqM7Uio6PznpdUKGpownRZlmVmHc' };
  const url = 'https://cts.eu-west-0.myhuaweicloud.com/v3/0123456789abcdef0123456789abcdef/tracker';
  const credentials = new BasicCredentials().withAk(keys.accessKeyId).withSk(keys.secretAccessKey);
  const headers = { 'content-type': 'application/json', 'X-Sdk-Date': '20240619T080910Z' };
  // The vendor's writes the body as JSON itself, so ours is given the text in the same step.
  return {
    'cts-tracker': () =>
      signRequest({
        method: 'POST',
        url,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(GOOD),
        date: '20240619T080910Z',
        credentials: keys,
      }),
    "the vendor's Node core": () =>
      AKSKSigner.sign({ method: 'POST', endpoint: url, headers, data: GOOD, queryParams: {} }, credentials),
  };
}

const us = (ns) => (ns / 1000).toFixed(2);
const kB = (bytes) => (bytes / 1000).toFixed(1);

function table(results, times, unit) {
  const ours = results['cts-tracker'];
  return [
    `| | median, ${unit} | least, ${unit} | times ours (median / least) |`,
    '|---|---|---|---|',
    ...Object.entries(results).map(
      ([name, { median, least }]) =>
        `| ${name} | ${times(median)} | ${times(least)} | ${(median / ours.median).toFixed(2)} / ${(least / ours.least).toFixed(2)} |`,
    ),
  ].join('\n');
}

/** Each bar as a ratio that must be reached, of the medians. */
function bar(what, results, peer, wanted) {
  const ratio = results[peer].median / results['cts-tracker'].median;
  return `| ${what}, beside ${peer} | ${wanted} | ${ratio.toFixed(2)} | ${ratio >= wanted ? 'met' : 'missed'} |`;
}

async function bench() {
  if (!existsSync(at('pkg', 'index.js'))) throw new Failure('there is no pkg/: npm run build makes it');
  await installNpm(at('benches'), 'the peers');
  const { measure } = await import('./measure.mjs');
  const peers = await import('./peers.mjs');
  const cts = await import('cts-tracker');

  const judges = (input) => ({
    'cts-tracker': () => cts.validateCreateTracker(input),
    zod: () => peers.zod(input),
    valibot: () => peers.valibot(input),
    ajv: () => peers.ajv(input),
  });
  // A contestant that lets a mistake pass, or refuses what is right, is not measured but mended.
  const found = cts.validateCreateTracker(BAD).issues.length;
  const agree =
    !cts.validateCreateTracker(GOOD).issues &&
    peers.zod(GOOD).success &&
    peers.valibot(GOOD).success &&
    peers.ajv(GOOD) &&
    found === 5 &&
    !peers.zod(BAD).success &&
    !peers.valibot(BAD).success &&
    !peers.ajv(BAD);
  if (!agree) throw new Failure('the contestants do not agree on what is valid');

  say('One valid request');
  const valid = measure(judges(GOOD));
  say('One request with five mistakes');
  const wrong = measure(judges(BAD));
  say(`${LINES} requests as NDJSON`);
  const bytes = requests();
  if (cts.validateNdjson('createTracker', bytes).valid !== LINES || ajvLines(peers.ajv, bytes) !== LINES) {
    throw new Failure('the contestants do not agree on the lines');
  }
  const ndjson = measure(
    {
      'cts-tracker': () => cts.validateNdjson('createTracker', bytes),
      'JSON.parse + ajv': () => ajvLines(peers.ajv, bytes),
    },
    { rounds: 11, warm: 2, calls: 1 },
  );
  say('Signing');
  const contestants = await signers();
  const ours = contestants['cts-tracker']();
  const theirs = contestants["the vendor's Node core"]();
  if (ours.authorization !== theirs.Authorization) throw new Failure('the contestants do not sign alike');
  const signing = measure(contestants, { calls: 500 });

  say('The proxy under load');
  const load = await loadSection();

  const measured = await sizes();
  const { brotli } = measured['cts-tracker'];
  const versions = (await readJson(at('benches', 'package.json'))).dependencies;
  const [{ model }] = cpus();

  await write(
    at('BENCHMARKS.md'),
    `# Benchmarks

Written by \`npm run bench\` on ${new Date().toISOString().slice(0, 10)}: ${model.trim()}, ${cpus().length} cores, load ${loadavg()[0].toFixed(1)};
Node ${process.versions.node}, V8 ${process.versions.v8}; ${Object.entries(versions)
      .map(([name, version]) => `${name} ${version}`)
      .join(', ')}.

Each contestant runs in one process, in turn, for many rounds. The times are of a shared machine, so only the ratios
mean anything, and they too move by some tenths from run to run. Every contestant says the same rules in its idiom
(\`benches/peers.mjs\`); zod, valibot and this package give the value and all issues with messages, ajv a yes or no and
its own error objects, of JSON Schema rules alone.

## The bar

| | wanted, at least | reached | |
|---|---|---|---|
${bar('one valid request', valid, 'zod', 2)}
${bar('one valid request', valid, 'valibot', 2)}
${bar('one request with five mistakes', wrong, 'zod', 5)}
${bar(`${LINES.toLocaleString('en')} requests as NDJSON`, ndjson, 'JSON.parse + ajv', 2.5)}
${bar('signing one request', signing, "the vendor's Node core", 3)}
| the default entry, brotli | below 34 kB | ${kB(brotli)} kB | ${brotli < 34_000 ? 'met' : 'missed'} |

## One valid request

${table(valid, us, 'µs')}

## One request with five mistakes

${table(wrong, us, 'µs')}

## ${LINES.toLocaleString('en')} requests as NDJSON (${(bytes.length / 1e6).toFixed(1)} MB)

${table(ndjson, (ns) => (ns / 1e6).toFixed(0), 'ms')}

## Signing one request

${table(signing, us, 'µs')}

${load}
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
