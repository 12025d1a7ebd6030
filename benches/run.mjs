// npm run bench: compares the built package with similar packages and writes BENCHMARKS.md.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus, loadavg } from 'node:os';
import { at, Failure, installNpm, main, readJson, say, write } from '../tools/common.mjs';
import { sizes } from '../tools/size.mjs';
import { awkwardResponses } from './awkward-responses.mjs';
import { coldProcesses } from './cold.mjs';
import { hashes } from './floors.mjs';
import { growthSection } from './growth.mjs';
import { instructions } from './instructions.mjs';
import { loadSection } from './load.mjs';
import { kB, ms, OURS, table, target, us } from './report.mjs';
import { GOOD, SHAPES } from './samples.mjs';
import { validatorRows } from './validators.mjs';

const require = createRequire(import.meta.url);

const LINES = 100_000;
/** The Node core of the vendor's SDK. */
const VENDOR = "the vendor's Node core";
const AJV_LINES = 'JSON.parse + ajv';
const HASHES = 'JSON.stringify and the hashes, by node:crypto';

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
  const rows = await validatorRows(LINES);
  say('Signing');
  const { ours, vendor } = await signers();
  if (ours().authorization !== vendor().Authorization) throw new Failure('the signatures of the contestants differ');
  const signing = measure({ [OURS]: ours, [VENDOR]: vendor, [HASHES]: () => hashes(GOOD) }, { calls: 500 });

  say('Cold processes');
  const cold = await coldProcesses();
  say('Growth');
  const growth = await growthSection();
  say('Instructions');
  const counts = await instructions();

  say('The proxy under load');
  const { section, relative } = await loadSection();
  say('Awkward responses through the proxy');
  const awkward = await awkwardResponses();

  const measured = await sizes();
  const sizeOf = (/** @type {string} */ part) => measured[part]?.brotli ?? Number.NaN;
  const count = LINES.toLocaleString('en');
  const share = (rows.memory[OURS] ?? Number.NaN) / (rows.memory[AJV_LINES] ?? Number.NaN);
  const memory = (/** @type {number | undefined} */ kilobytes) => ((kilobytes ?? Number.NaN) / 1000).toFixed(0);
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
and they vary by some tenths between runs.

## Contestants

Every contestant checks the same rules, written in its own style (\`benches/peers-*.mjs\`).

| | result | value copied | all issues | messages | rules that JSON Schema cannot express |
|---|---|---|---|---|---|
| cts-tracker | value and issues, with warnings | yes | yes | yes | yes |
| zod | value and issues | yes | yes | yes | only those of one field |
| valibot | value and issues | yes | yes | yes | only those of one field |
| ajv | boolean and error objects | no | yes | its own | no |

Rows such as \`writing the text, and reading it in wasm\` are not validators. They do only a part that a validator in wasm
cannot avoid, written by hand for the sample (\`benches/floors.mjs\`).

## Targets

| | target | measured | |
|---|---|---|---|
${target('one valid request', rows.valid, 'zod', 3)}
${target('one valid request', rows.valid, 'valibot', 3)}
${target('one valid request', rows.valid, 'ajv', 0.83)}
${target('one request with five mistakes', rows.wrong, 'zod', 3)}
${target('one request with five mistakes', rows.wrong, 'valibot', 1.5)}
${target(`${count} requests as NDJSON`, rows.ndjson, AJV_LINES, 3)}
${target('valid requests of several shapes', rows.shapes, 'zod', 2.5)}
${target('valid requests of several shapes', rows.shapes, 'valibot', 2.5)}
${target('one bucket name', rows.bucketName, 'zod', 2)}
${target('1,000 buckets in one request', rows.buckets, 'zod', 3)}
${target('1,000 buckets in one request', rows.buckets, 'ajv', 0.83)}
${target('NDJSON with one bad line in ten', rows.ndjsonBad, AJV_LINES, 3)}
| NDJSON with one bad line in ten: peak memory relative to JSON.parse + ajv | at most 0.25 | ${share.toFixed(2)} | ${share <= 0.25 ? 'met' : 'missed'} |
${target('a cold process', cold, 'zod', 2)}
${target('a cold process', cold, 'ajv', 4)}
| instructions of a valid request | at most 1,800 | ${counts.document.toLocaleString('en')} | ${counts.document <= 1800 ? 'met' : 'missed'} |
${target('signing one request', signing, VENDOR, 3)}
| the proxy under load: requests relative to node:http | at least 0.6 | ${relative.toFixed(2)} | ${relative >= 0.6 ? 'met' : 'missed'} |
| the slowest response of 1 MiB through the proxy | at most ${awkward.limit} ms | ${awkward.slowest.toFixed(1)} ms | ${awkward.slowest <= awkward.limit ? 'met' : 'missed'} |
${sizeTarget('the validators in English', sizeOf('cts-tracker, validators only'), 32_000)}
${sizeTarget('everything in English', sizeOf('cts-tracker, everything in English'), 44_000)}

## One valid request

${table(rows.valid, us, 'µs')}

The request is ordinary: its texts break no rule by themselves. cts-tracker has validated one with the same fields, flags,
words and numbers in its wasm, and accepts the others without it.

## The same with a period in the name of its bucket

The wasm validates each of these requests.

${table(rows.period, us, 'µs')}

The native build spends ${counts.document} instructions on this request, and ${counts.line} if it is a line of NDJSON, counted with callgrind
(\`node benches/instructions.mjs\`).

## One request with five mistakes

The same request each time. cts-tracker keeps the last message of each rule, and returns it if the params are the same.

${table(rows.wrong, us, 'µs')}

## The same mistakes with other values each time

${table(rows.otherWrong, us, 'µs')}

## ${SHAPES.length} valid requests of several shapes

${table(rows.shapes, us, 'µs')}

## One bucket name

${table(rows.bucketName, us, 'µs')}

## 1,000 buckets in one request

${table(rows.buckets, us, 'µs')}

## ${count} requests as NDJSON (${(rows.bytes / 1e6).toFixed(1)} MB)

${table(rows.ndjson, ms, 'ms')}

## The same with one bad line in ten

${table(rows.ndjsonBad, ms, 'ms')}

JSON.parse + ajv collects the errors of each bad line, as cts-tracker does. Peak memory of a process over one that has only read the file: ${memory(rows.memory[OURS])} MB for cts-tracker,
${memory(rows.memory[AJV_LINES])} MB for JSON.parse + ajv.

## A cold process

From the start of a process to the first result, over an empty process.

${table(cold, ms, 'ms', 'It is a small part of a small library, with no wasm to compile')}

## Growth

The median time of a call at five sizes.

${growth}

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
