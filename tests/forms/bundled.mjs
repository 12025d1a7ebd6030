// Some libraries are written for bundlers alone: Node cannot import them. Here they go through one, as in their hosts.

import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const here = fileURLToPath(new URL('.', import.meta.url));

/** The exports of `source`, a module's text; Vue stays what Node imports, so that there is one of it. */
export async function bundled(name, source) {
  const outfile = join(here, 'node_modules', '.cache', `${name}.mjs`);
  await build({
    stdin: { contents: source, resolveDir: here },
    bundle: true,
    format: 'esm',
    platform: 'browser',
    external: ['vue'],
    define: { 'process.env.NODE_ENV': '"production"' },
    loader: { '.css': 'empty', '.svg': 'text' },
    outfile,
    logLevel: 'error',
  });
  return import(pathToFileURL(outfile).href);
}
