// Installs of the tarball other than npm's: pnpm's strict node_modules, and Yarn's Plug'n'Play, which has none.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { nodePrograms, output } from './hosts.mjs';
import { matrixFolder, run, tarball, temporaryFolder } from './project.mjs';

const tool = (...path) => join(matrixFolder, 'node_modules', ...path);
const PNPM = tool('pnpm', 'bin', 'pnpm.cjs');
const YARN = tool('@yarnpkg', 'cli-dist', 'bin', 'yarn.js');

async function consumer(name) {
  const folder = await temporaryFolder(name);
  const files = {
    ...(await nodePrograms()),
    'package.json': JSON.stringify({
      name: `consumer-${name}`,
      version: '1.0.0',
      private: true,
      type: 'module',
      dependencies: { 'cts-tracker': `file:${await tarball()}` },
    }),
    '.yarnrc.yml': 'nodeLinker: pnp\nenableTelemetry: false\nenableGlobalCache: false\nenableNetwork: false\n',
    'yarn.lock': '',
  };
  for (const [file, text] of Object.entries(files)) await writeFile(join(folder, file), text);
  return folder;
}

export const pnpm = (file) => async () => {
  const cwd = await consumer('pnpm');
  await run(process.execPath, [PNPM, 'install', '--offline', '--store-dir', join(cwd, '.store')], { cwd });
  return output(process.execPath, [file], { cwd });
};

export const plugAndPlay = (file) => async () => {
  const cwd = await consumer('pnp');
  const env = { HOME: cwd, CI: '' };
  await run(process.execPath, [YARN, 'install', '--no-immutable'], { cwd, env });
  return output(process.execPath, [YARN, 'node', file], { cwd, env });
};
