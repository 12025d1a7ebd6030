// The matrix. npm test runs the quick rows; CTS_MATRIX=all (npm run test:matrix) runs everything.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { withTable } from '../../tools/readme.mjs';
import { CHECKS, MATRIX, TABLES } from './matrix.mjs';
import { closeEngines } from './support/engines.mjs';
import { EXPECTED } from './support/example.mjs';
import { closeHosts } from './support/hosts.mjs';
import { root } from './support/project.mjs';

const all = process.env.CTS_MATRIX === 'all';

after(async () => {
  await closeEngines();
  await closeHosts();
});

for (const { host, how, ci, run, says = EXPECTED } of [...MATRIX, ...CHECKS]) {
  if (ci || all) test(`${host}: ${how}`, async () => assert.equal(await run(), says));
}

// npm run test:matrix writes the tables.
test('the READMEs have the table', { skip: all }, async () => {
  for (const [file, text] of Object.entries(TABLES)) {
    const readme = await readFile(join(root, file), 'utf8');
    assert.equal(withTable(readme, 'matrix', text), readme, `${file}: npm run test:matrix writes it`);
  }
});
