// What a consumer's bundle weighs stays below `sizeBudget` of package.json.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { overBudget, sizes } from '../../tools/size.mjs';
import { root } from './support/project.mjs';

test('nothing is above its budget', async () => {
  const { sizeBudget } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  assert.deepEqual(overBudget(await sizes(), sizeBudget), []);
});

test('what is above its budget, has none, or is not measured is told', () => {
  const measured = { a: { brotli: 11 }, b: { brotli: 10 }, c: { brotli: 1 } };
  assert.deepEqual(overBudget(measured, { a: 10, b: 10, d: 1 }), [
    'd is in sizeBudget, but is not measured', 'a is 11 bytes of brotli, 1 above its budget', 'c has no sizeBudget']);
});
