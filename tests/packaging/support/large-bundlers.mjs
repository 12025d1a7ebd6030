// Rsbuild and Parcel, whose packages only the matrix installs.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { engines } from './engines.mjs';
import { show, workshop } from './hosts.mjs';
import { matrixFolder, run } from './project.mjs';

const resolve = createRequire(`${matrixFolder}/package.json`).resolve;

export async function rsbuild() {
  const { createRsbuild } = await import(pathToFileURL(resolve('@rsbuild/core')));
  const { folder, dist } = await workshop();
  const root = join(dist, 'rsbuild');
  const filename = { js: 'rsbuild.js' };
  const made = await createRsbuild({
    cwd: folder,
    rsbuildConfig: {
      mode: 'production',
      source: { entry: { rsbuild: './main.js' } },
      output: { distPath: { root, js: '' }, filename, cleanDistPath: false },
      splitChunks: false,
      tools: { htmlPlugin: false },
    },
  });
  const { stats } = await made.build();
  if (stats?.hasErrors()) throw new Error(stats.toString());
  return show('rsbuild', '<script defer src="rsbuild/rsbuild.js"></script>');
}

export async function parcel() {
  const { folder, dist, url } = await workshop();
  const program = join(matrixFolder, 'node_modules', 'parcel', 'lib', 'bin.js');
  const args = ['build', 'index.html', '--dist-dir', join(dist, 'parcel'), '--public-url', './', '--no-cache'];
  await run(process.execPath, [program, ...args], { cwd: folder });
  return engines.Chromium(`${url}/parcel/index.html`);
}
