// npm run test:matrix: audits the crates, and runs the packed package in every host, what wasm-pack makes of the crate,
// a second build, and the console in Firefox and WebKitGTK. It installs what is missing. If everything passes, it updates the tables in the READMEs.
import { readFile } from 'node:fs/promises';
import { buildPackage } from './build.mjs';
import { at, installNpm, main, onSignal, run, say, write } from './common.mjs';
import { withTable } from './readme.mjs';
import { ensure } from './requirements.mjs';
import { ensureDeny } from './toolchain.mjs';

const AUDITS = ['bans', 'licenses', 'sources'];

/** Licences, duplicates and sources of all crates. The advisories would be fetched from the network at each run. */
async function auditCrates() {
  const deny = await ensureDeny();
  for (const manifest of ['Cargo.toml', 'tests/fuzz/Cargo.toml'])
    await run(deny, ['--locked', '--manifest-path', at(manifest), '--config', at('deny.toml'), 'check', ...AUDITS]);
}
await main(async () => {
  onSignal();
  await installNpm();
  await auditCrates();
  await ensure('chromium', 'firefox', 'webKit', 'xvfb', 'git');
  await buildPackage();
  await installNpm(at('tests', 'packaging'), 'the packages of tests/packaging');
  await installNpm(at('tests', 'packaging', 'matrix'), 'the packages of tests/packaging/matrix');
  const { TABLES } = await import(at('tests', 'packaging', 'matrix.mjs'));
  const files = [
    'packaging/matrix.test.mjs',
    'packaging/matrix/wasm-pack.mjs',
    'packaging/matrix/reproducible.mjs',
    'console/browsers.mjs',
  ].map((file) => at('tests', file));
  await run(process.execPath, ['--test', '--test-reporter=spec', '--test-concurrency=1', ...files], {
    what: 'the matrix',
    env: { CTS_MATRIX: 'all' },
  });
  for (const [readme, table] of Object.entries(TABLES)) {
    const text = withTable(await readFile(at(readme), 'utf8'), 'matrix', table);
    if (await write(at(readme), text)) say(`Updated the table in ${readme}`);
  }
});
