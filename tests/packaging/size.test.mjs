// The sizes of bundles stay within `sizeBudget` of package.json.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { overBudget, sizes } from '../../tools/size.mjs';
import { root } from './support/project.mjs';

const measured = sizes();

test('no bundle is above its budget', async () => {
  const { sizeBudget } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  assert.deepEqual(overBudget(await measured, sizeBudget), []);
});

for (const readme of ['README.md', 'pkg-template/README.md']) {
  test(`${readme} has the measured sizes`, async () => {
    const sizesInReadme =
      /(\d+) kB with everything, (\d+) kB with everything in English, (\d+) kB with the validators in English/.exec(
        await readFile(join(root, readme), 'utf8'),
      );
    const parts = ['cts-tracker', 'cts-tracker, everything in English', 'cts-tracker, validators only'];
    assert.deepEqual(
      sizesInReadme?.slice(1).map(Number),
      await Promise.all(parts.map(async (part) => Math.round((await measured)[part].brotli / 1000))),
    );
  });
}

test('reports sizes above their budget, sizes without a budget, and budgets without a size', () => {
  const sample = { a: { brotli: 11 }, b: { brotli: 10 }, c: { brotli: 1 } };
  assert.deepEqual(overBudget(sample, { a: 10, b: 10, d: 1 }), [
    'd is in sizeBudget, but is not measured',
    'a is 11 bytes of brotli, 1 above its budget',
    'c has no sizeBudget',
  ]);
});
