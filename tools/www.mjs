// Bundles the console of www/: its TypeScript into the scripts that index.html names, its CSS into styles.css, the rest
// unchanged.
import { readdir, readFile } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { at, cache, Failure, say, write } from './common.mjs';

/** @type {Record<string, string>} */
const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.json': 'application/json',
};

const www = at('www');

/** Scripts that a page starts itself. */
const WORKERS = ['validate-file/worker.js'];

/** @type {import('esbuild').BuildOptions} */
const COMMON = {
  bundle: true,
  minify: true,
  write: false,
  outbase: www,
  outdir: www,
  charset: 'utf8',
  logLevel: 'warning',
};

/** @param {string} name @param {import('esbuild').BuildOptions} options */
async function bundle(name, options) {
  const { build } = await import('esbuild');
  return build({ ...COMMON, ...options, entryPoints: [join(www, name)], metafile: true }).catch(() => {
    throw new Failure(`www/${name} could not be bundled: see above`);
  });
}

/**
 * Bundles `main.ts` for `<script type="module" src="main.js">`, with a file for each module that it imports when it
 * needs it. A script without `type="module"` becomes an IIFE.
 * @param {string} name
 * @param {'esm' | 'iife'} format
 */
async function bundleScript(name, format) {
  const { outputFiles = [], metafile } = await bundle(name.replace(/\.js$/, '.ts'), {
    splitting: format === 'esm',
    format,
    platform: 'browser',
    target: 'es2022',
    // Without the paths of tsconfig.json: the console is bundled with the built package, as any other user of it.
    tsconfigRaw: '{}',
  });
  const outputs = Object.entries(metafile?.outputs ?? {});
  const [, entry] = outputs.find(([path]) => path.endsWith(`www/${name}`)) ?? [];
  const imports = (entry?.imports ?? []).filter(({ kind }) => kind === 'import-statement');
  return { files: outputFiles, imports: imports.map(({ path }) => basename(path)) };
}

/**
 * A module of www/ that needs no DOM, for Node.
 * @param {string} name
 */
export async function importWww(name) {
  const { outputFiles = [] } = await bundle(name, { format: 'esm', platform: 'neutral', tsconfigRaw: '{}' });
  const [file] = outputFiles;
  if (!file) throw new Failure(`www/${name} could not be bundled`);
  return import(`data:text/javascript;base64,${Buffer.from(file.contents).toString('base64')}`);
}

/** The path in the URL of a file of www/. @param {string} file */
const pathOf = (file) => file.slice(www.length).replaceAll('\\', '/');

/** @typedef {{ type: string, body: Uint8Array }} File */

/**
 * Writes the console to a folder. Returns its files by their path in the URL. `change` changes index.html before its
 * scripts are bundled.
 * @param {{ folder: string, change?: (html: string) => string }} options
 */
export async function bundleWww({ folder, change = (html) => html }) {
  /** @type {Map<string, Uint8Array>} */
  const files = new Map();
  for (const entry of await readdir(www, { recursive: true, withFileTypes: true })) {
    const path = pathOf(join(entry.parentPath, entry.name));
    if (entry.isFile() && extname(path) in TYPES && extname(path) !== '.css')
      files.set(path, await readFile(join(www, path)));
  }
  for (const { path, contents } of (await bundle('styles.css', {})).outputFiles ?? [])
    files.set(pathOf(path), contents);
  for (const name of WORKERS)
    for (const { path, contents } of (await bundleScript(name, 'esm')).files) files.set(pathOf(path), contents);
  let html = change(await readFile(join(www, 'index.html'), 'utf8'));
  for (const [tag, attributes = '', name = ''] of html.matchAll(/<script\b([^>]*?)\ssrc="([^"]+)"[^>]*><\/script>/g)) {
    const script = await bundleScript(name, attributes.includes('type="module"') ? 'esm' : 'iife');
    for (const { path, contents } of script.files) files.set(pathOf(path), contents);
    // The browser would find these only after it has loaded the script.
    const preloads = script.imports.map((path) => `<link rel="modulepreload" href="${path}">\n`);
    html = html.replace(tag, preloads.join('') + tag);
  }
  files.set('/index.html', Buffer.from(html));
  for (const [path, body] of files) await write(join(folder, path), body);
  return files;
}

/**
 * The files of the console by their path in the URL. The server serves nothing else.
 * @returns {Promise<Map<string, File>>}
 */
export async function buildWww() {
  say('Bundling the console');
  const files = await bundleWww({ folder: join(cache, 'www') });
  files.set('/', files.get('/index.html') ?? Buffer.from(''));
  return new Map([...files].map(([path, body]) => [path, { type: TYPES[extname(path) || '.html'] ?? '', body }]));
}
