// Modules of pkg-template/src that the package does not export, compiled for the test that imports them.
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * `await internal('forms/constraints.ts')`
 * @param {string} path
 */
export async function internal(path) {
  const { outputFiles } = await build({
    entryPoints: [`${root}pkg-template/src/${path}`],
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    external: ['#*'],
    write: false,
    logLevel: 'error',
  });
  const folder = `${root}node_modules/.cache/internal/`;
  await mkdir(folder, { recursive: true });
  const file = `${folder}${path.replaceAll('/', '-')}.${process.pid}.mjs`;
  await writeFile(file, outputFiles[0]?.contents ?? '');
  try {
    return await import(pathToFileURL(file).href);
  } finally {
    await rm(file);
  }
}
