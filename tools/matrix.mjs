// npm run test:matrix: runs the packed package in every host, what wasm-pack makes of the crate, and a second build.
// It installs browsers that are missing. If everything passes, it updates the tables in the READMEs.
import { readFile } from 'node:fs/promises';
import { buildPackage } from './build.mjs';
import { at, installNpm, main, onSignal, run, say, write } from './common.mjs';
import { ensure } from './requirements.mjs';

await main(async () => {
  onSignal();
  await installNpm();
  await ensure('chromium', 'firefox', 'webKit', 'xvfb', 'git');
  await buildPackage();
  await installNpm(at('tests', 'packaging'), 'the packages of tests/packaging');
  await installNpm(at('tests', 'packaging', 'matrix'), 'the packages of tests/packaging/matrix');
  const { TABLES, withTable } = await import(at('tests', 'packaging', 'matrix.mjs'));
  const files = ['matrix.test.mjs', 'matrix/wasm-pack.mjs', 'matrix/reproducible.mjs'].map((file) =>
    at('tests', 'packaging', file),
  );
  await run(process.execPath, ['--test', '--test-reporter=spec', '--test-concurrency=1', ...files], {
    what: 'the matrix',
    env: { CTS_MATRIX: 'all' },
  });
  for (const [readme, table] of Object.entries(TABLES)) {
    const text = withTable(await readFile(at(readme), 'utf8'), table);
    if (await write(at(readme), text)) say(`Updated the table in ${readme}`);
  }
});
