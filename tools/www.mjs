// Bundles the console of www/ into .cache/www: its modules into one file, the rest as it is.
import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { at, cache, Failure, say, write } from './common.mjs';

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.json': 'application/json',
};

/** The files of the console by their path in the URL: nothing else is ever served. */
export async function buildWww() {
  say('Bundling the console');
  const { build } = await import('esbuild');
  const html = await readFile(at('www', 'index.html'), 'utf8');
  const scripts = [...html.matchAll(/<script\b([^>]*?)\ssrc="([^"]+)"/g)].map(([, attributes, src]) => ({
    src,
    module: /\btype="module"/.test(attributes),
  }));
  const files = new Map();
  for (const { src, module } of scripts) {
    const { outputFiles } = await build({
      entryPoints: [at('www', src)],
      bundle: module,
      format: module ? 'esm' : undefined,
      platform: 'browser',
      target: 'es2022',
      charset: 'utf8',
      write: false,
      logLevel: 'warning',
    }).catch(() => {
      throw new Failure(`www/${src} could not be bundled: see above`);
    });
    files.set(`/${src}`, outputFiles[0].contents);
  }
  for (const entry of await readdir(at('www'), { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name).slice(at('www').length).replaceAll('\\', '/');
    if (entry.isFile() && extname(path) !== '.js' && extname(path) in TYPES)
      files.set(path, await readFile(at('www', path)));
  }
  files.set('/', files.get('/index.html'));
  for (const [path, body] of files) if (path !== '/') await write(join(cache, 'www', path), body);
  return new Map([...files].map(([path, body]) => [path, { type: TYPES[extname(path) || '.html'], body }]));
}
