// Imports modules of the console, which are TypeScript, into Node.
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** `path` is relative to www/. The module must not need a DOM. */
export async function importConsole(path) {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL(`../../www/${path}`, import.meta.url))],
    bundle: true,
    format: 'esm',
    write: false,
  });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`);
}
