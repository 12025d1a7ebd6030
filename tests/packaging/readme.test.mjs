// The tables of the README that repeat what is generated from Rust.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { root } from './support/project.mjs';

const read = (file) => readFileSync(join(root, file), 'utf8');

test('the README has each kind of error, with its documentation', () => {
  const [, union] = /export type CtsErrorKind =\n([^;]*(?:;(?!\n)[^;]*)*);\n/.exec(
    read('pkg-template/src/generated/names.ts'),
  );
  const rows = [...union.matchAll(/\/\*\* (.*) \*\/\s+\| '(\w+)'/g)].map(
    ([, text, kind]) => `| \`${kind}\` | ${text} |`,
  );
  assert.ok(rows.length >= 16, union);
  const lines = read('README.md')
    .split('\n')
    .map((line) => line.replace(/ +/g, ' '));
  assert.deepEqual(
    rows.filter((row) => !lines.includes(row.replace(/ +/g, ' '))),
    [],
  );
});
