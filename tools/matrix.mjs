// npm run test:matrix: the packed package in every host, what wasm-pack makes, and a second build. Engines that are
// missing are installed; what cannot be installed is a failure. When all is well, the READMEs get their tables.
import { readFile } from 'node:fs/promises';
import { buildPackage } from './build.mjs';
import { ensureChromium } from './chromium.mjs';
import { at, installNpm, main, onSignal, run, say, write } from './common.mjs';
import { ensureEngines } from './engines.mjs';

await main(async () => {
  onSignal();
  await installNpm();
  await ensureChromium();
  await ensureEngines();
  await buildPackage();
  await installNpm(at('tests', 'packaging'), 'the packages of tests/packaging');
  await installNpm(at('tests', 'packaging', 'matrix'), 'the packages of tests/packaging/matrix');
  const { TABLES, withTable } = await import('../tests/packaging/matrix.mjs');
  const files = ['matrix.test.mjs', 'matrix/wasm-pack.mjs', 'matrix/reproducible.mjs'].map((file) =>
    at('tests', 'packaging', file),
  );
  await run(process.execPath, ['--test', '--test-reporter=spec', '--test-concurrency=1', ...files], {
    what: 'the matrix',
    env: { CTS_MATRIX: 'all' },
  });
  for (const [readme, table] of Object.entries(TABLES)) {
    const text = withTable(await readFile(at(readme), 'utf8'), table);
    if (await write(at(readme), text)) say(`The table in ${readme} is another now`);
  }
});
