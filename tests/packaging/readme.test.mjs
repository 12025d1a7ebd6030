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

for (const readme of ['README.md', 'pkg-template/README.md']) {
  test(`${readme} has each option of the signing proxy`, () => {
    const [, options] = /export interface SigningProxyOptions \{\n([^]*?)\n\}\n/.exec(
      read('pkg-template/src/server/proxy-options.ts'),
    );
    const names = [...options.matchAll(/^ {2}(\w+)\??:/gm)].map(([, name]) => name);
    assert.ok(names.length >= 15, `${names}`);
    const [, table] = /allowedOrigins` [^]*?\n\n/.exec(read(readme))
      ? /\n((?:\|[^\n]*\n)*\| `allowedOrigins`[^]*?\n)\n/.exec(read(readme))
      : [];
    const rows = [...table.matchAll(/^\| ((?:`\w+`(?:, )?)+) /gm)].flatMap(([, cell]) => cell.match(/\w+/g));
    assert.deepEqual(rows.toSorted(), names.toSorted());
  });
}
