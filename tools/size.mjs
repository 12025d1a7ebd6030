// npm run size: the size of the package where it is used, compared with `sizeBudget` of package.json (bytes of brotli).
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { at, Failure, main, readJson } from './common.mjs';

/**
 * @typedef {{ raw: number, gzip: number, brotli: number }} Sizes in bytes
 * @param {Uint8Array} bytes
 * @returns {Sizes}
 */
export const weigh = (bytes) => ({
  raw: bytes.length,
  gzip: gzipSync(bytes, { level: 9 }).length,
  brotli: brotliCompressSync(bytes).length,
});

const VALIDATORS = [
  'CreateTracker',
  'CheckObsBuckets',
  'BucketName',
  'FilePrefixName',
  'TrackerName',
  'KmsId',
  'BucketLifecycle',
  'CompressType',
  'BucketLocation',
  'ProjectId',
  'DomainId',
].map((name) => `validate${name}`);

/**
 * What a page or a server imports, bundled and minified. `beside` is a file that is loaded in addition.
 * @type {Record<string, { code: string | (() => Promise<string>), beside?: string }>}
 */
const PARTS = {
  'cts-tracker': { code: "export * from 'cts-tracker';" },
  'cts-tracker, validators only': { code: `export { ${VALIDATORS.join(', ')} } from 'cts-tracker';` },
  'cts-tracker, everything in English': { code: english },
  'cts-tracker/slim and the wasm': { code: "export * from 'cts-tracker/slim';", beside: 'cts_tracker_bg.wasm' },
  'cts-tracker/js': { code: "export * from 'cts-tracker/js';" },
  'signing, proxy and emulator': {
    code: ['signing', 'proxy', 'emulator'].map((name) => `export * from 'cts-tracker/${name}';`).join('\n'),
  },
};

/** Imports everything except the Chinese locale. */
async function english() {
  const names = Object.keys(await import('cts-tracker')).filter((name) => name !== 'zhCN');
  return `export { ${names.join(', ')} } from 'cts-tracker';`;
}

/** @param {{ code: string | (() => Promise<string>), beside?: string }} part */
async function sizeOf({ code, beside }) {
  const { build } = await import('esbuild');
  const { outputFiles } = await build({
    stdin: { contents: typeof code === 'function' ? await code() : code, resolveDir: at() },
    bundle: true,
    format: 'esm',
    minify: true,
    charset: 'utf8',
    write: false,
    logLevel: 'error',
  });
  const files = [
    ...outputFiles.map(({ contents }) => contents),
    ...(beside ? [await readFile(at('pkg', beside))] : []),
  ];
  return files
    .map(weigh)
    .reduce((a, b) => ({ raw: a.raw + b.raw, gzip: a.gzip + b.gzip, brotli: a.brotli + b.brotli }));
}

/** @returns {Promise<Record<string, Sizes>>} by the names of `sizeBudget` */
export async function sizes() {
  if (!existsSync(at('pkg', 'index.js'))) throw new Failure('pkg/ is missing: run npm run build');
  const parts = Object.entries(PARTS);
  return Object.fromEntries(await Promise.all(parts.map(async ([name, part]) => [name, await sizeOf(part)])));
}

/**
 * The parts above their budget, without one, or not measured, as sentences.
 * @param {Record<string, Pick<Sizes, 'brotli'>>} measured
 * @param {Record<string, number>} budget
 */
export function overBudget(measured, budget) {
  const problems = [];
  for (const name of Object.keys(budget))
    if (!(name in measured)) problems.push(`${name} is in sizeBudget, but is not measured`);
  for (const [name, { brotli }] of Object.entries(measured)) {
    const limit = budget[name];
    if (limit === undefined) problems.push(`${name} has no sizeBudget`);
    else if (brotli > limit) problems.push(`${name} is ${brotli} bytes of brotli, ${brotli - limit} above its budget`);
  }
  return problems;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await main(async () => {
    const { sizeBudget } = await readJson(at('package.json'));
    const measured = await sizes();
    /**
     * @param {string} name
     * @param {(string | number)[]} cells
     */
    const print = (name, ...cells) =>
      process.stdout.write(`${name.padEnd(36)}${cells.map((cell) => String(cell).padStart(9)).join('')}\n`);
    print('bytes', 'raw', 'gzip', 'brotli', 'budget');
    for (const [name, { raw, gzip, brotli }] of Object.entries(measured))
      print(name, raw, gzip, brotli, sizeBudget[name] ?? '-');
    const over = overBudget(measured, sizeBudget);
    if (over.length > 0) throw new Failure(over.join('\n'));
  });
}
