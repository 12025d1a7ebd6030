// npm run size: how large the package is where it is used, against `sizeBudget` of package.json (bytes of brotli).
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { at, Failure, main, readJson } from './common.mjs';

/** Bytes as they are, and as servers send them. */
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

/** What a page or a server imports, bundled and minified, with the files it loads besides. */
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

/** Every export but the Chinese locale. */
async function english() {
  const names = Object.keys(await import('cts-tracker')).filter((name) => name !== 'zhCN');
  return `export { ${names.join(', ')} } from 'cts-tracker';`;
}

/** @returns {Promise<Record<string, ReturnType<typeof weigh>>>} by the names of `sizeBudget` */
export async function sizes() {
  if (!existsSync(at('pkg', 'index.js'))) throw new Failure('there is no pkg/: npm run build makes it');
  const { build } = await import('esbuild');
  return Object.fromEntries(
    await Promise.all(
      Object.entries(PARTS).map(async ([name, { code, beside }]) => {
        const {
          outputFiles: [file],
        } = await build({
          stdin: { contents: typeof code === 'function' ? await code() : code, resolveDir: at() },
          bundle: true,
          format: 'esm',
          minify: true,
          charset: 'utf8',
          write: false,
          logLevel: 'error',
        });
        const parts = [weigh(file.contents), ...(beside ? [weigh(await readFile(at('pkg', beside)))] : [])];
        const sum = (key) => parts.reduce((total, part) => total + part[key], 0);
        return [name, { raw: sum('raw'), gzip: sum('gzip'), brotli: sum('brotli') }];
      }),
    ),
  );
}

/** What is above its budget, or has none, in words. */
export function overBudget(measured, budget) {
  const said = [];
  for (const name of Object.keys(budget))
    if (!(name in measured)) said.push(`${name} is in sizeBudget, but is not measured`);
  for (const [name, { brotli }] of Object.entries(measured)) {
    const over = brotli - budget[name];
    if (budget[name] === undefined) said.push(`${name} has no sizeBudget`);
    else if (over > 0) said.push(`${name} is ${brotli} bytes of brotli, ${over} above its budget`);
  }
  return said;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  await main(async () => {
    const { sizeBudget } = await readJson(at('package.json'));
    const measured = await sizes();
    const line = (name, ...cells) => `${name.padEnd(36)}${cells.map((cell) => String(cell).padStart(9)).join('')}\n`;
    process.stdout.write(line('bytes', 'raw', 'gzip', 'brotli', 'budget'));
    for (const [name, { raw, gzip, brotli }] of Object.entries(measured)) {
      process.stdout.write(line(name, raw, gzip, brotli, sizeBudget[name] ?? '-'));
    }
    const over = overBudget(measured, sizeBudget);
    if (over.length > 0) throw new Failure(over.join('\n'));
  });
}
