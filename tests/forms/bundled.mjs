// Node cannot import some libraries that are written for bundlers, so they are bundled here, as in an app.

import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const here = fileURLToPath(new URL('.', import.meta.url));

/** The exports of the module `source`. Vue and React are external, so that there is only one copy of each. */
export async function bundled(name, source) {
  const outfile = join(here, 'node_modules', '.cache', `${name}.mjs`);
  await build({
    stdin: { contents: source, resolveDir: here },
    bundle: true,
    format: 'esm',
    platform: 'browser',
    // CommonJS modules require React.
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    external: ['vue', 'react', 'react-dom'],
    define: { 'process.env.NODE_ENV': '"production"' },
    loader: { '.css': 'empty', '.svg': 'text' },
    outfile,
    logLevel: 'error',
  });
  return import(pathToFileURL(outfile).href);
}
