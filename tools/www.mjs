// Bundles the console of www/ into .cache/www: its TypeScript into the scripts that index.html names, the rest unchanged.
import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
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

/**
 * Bundles `main.ts` for `<script type="module" src="main.js">`, with a file for each module that it imports when it
 * needs it. A script without `type="module"` becomes an IIFE.
 * @param {string} name
 * @param {'esm' | 'iife'} format
 * @returns {Promise<[path: string, content: Uint8Array][]>}
 */
async function bundleScript(name, format) {
  const { build } = await import('esbuild');
  const result = await build({
    entryPoints: [join(www, name.replace(/\.js$/, '.ts'))],
    bundle: true,
    splitting: format === 'esm',
    outdir: www,
    format,
    platform: 'browser',
    target: 'es2022',
    charset: 'utf8',
    // Without the paths of tsconfig.json: the console is bundled with the built package, as any other user of it.
    tsconfigRaw: '{}',
    write: false,
    logLevel: 'warning',
  }).catch(() => {
    throw new Failure(`www/${name} could not be bundled: see above`);
  });
  return result.outputFiles.map(({ path, contents }) => [pathOf(path), contents]);
}

/** The path in the URL of a file of www/. @param {string} file */
const pathOf = (file) => file.slice(www.length).replaceAll('\\', '/');

/** The files of the console by their path in the URL. The server serves nothing else. */
export async function buildWww() {
  say('Bundling the console');
  const files = new Map();
  const html = await readFile(join(www, 'index.html'), 'utf8');
  for (const [, attributes = '', name = ''] of html.matchAll(/<script\b([^>]*?)\ssrc="([^"]+)"/g))
    for (const [path, content] of await bundleScript(name, attributes.includes('type="module"') ? 'esm' : 'iife'))
      files.set(path, content);
  for (const entry of await readdir(www, { recursive: true, withFileTypes: true })) {
    const path = pathOf(join(entry.parentPath, entry.name));
    if (entry.isFile() && extname(path) in TYPES) files.set(path, await readFile(join(www, path)));
  }
  files.set('/', files.get('/index.html'));
  for (const [path, body] of files) if (path !== '/') await write(join(cache, 'www', path), body);
  return new Map([...files].map(([path, body]) => [path, { type: TYPES[extname(path) || '.html'] ?? '', body }]));
}
