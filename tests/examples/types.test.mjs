// The examples compile without casts, with and without exactOptionalPropertyTypes, and stay small.
import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { after, before } from 'node:test';
import { at } from '../../tools/common.mjs';
import { examples, program, run } from './support.mjs';

const folders = readdirSync(examples, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !/^(node_modules|readme-blocks)$/.test(entry.name))
  .map(({ name }) => name);
const sources = folders.flatMap((folder) =>
  readdirSync(join(examples, folder), { recursive: true })
    .filter((file) => /\.(tsx?|mjs|js|vue)$/.test(file) && !/^(dist|\.wrangler)\b/.test(file))
    .map((file) => join(folder, file)),
);

// The forms of the README of the package compile too.
const blocks = join(examples, 'readme-blocks');
before(() => {
  mkdirSync(blocks, { recursive: true });
  const readme = readFileSync(at('pkg-template', 'README.md'), 'utf8');
  const found = [...readme.matchAll(/^```(tsx|vue)\n(.*?)^```/gms)];
  assert.deepEqual(
    found.map(([, language]) => language),
    ['tsx', 'vue'],
  );
  for (const [, language, text] of found) writeFileSync(join(blocks, `form.${language}`), text);
});
after(() => rmSync(blocks, { recursive: true, force: true }));

for (const exact of ['true', 'false']) {
  test(`vue-tsc, exactOptionalPropertyTypes ${exact}`, async () => {
    const { code, output } = await run([program('vue-tsc/bin/vue-tsc.js'), '--exactOptionalPropertyTypes', exact]);
    assert.equal(output, '');
    assert.equal(code, 0);
  });
}

test('an example has a short README, short files and no casts', () => {
  assert.ok(folders.length >= 10);
  for (const folder of folders) {
    const lines = readFileSync(join(examples, folder, 'README.md'), 'utf8')
      .trimEnd()
      .split('\n');
    assert.ok(lines.length <= 6, `${folder}/README.md has ${lines.length} lines`);
  }
  for (const file of sources) {
    const text = readFileSync(join(examples, file), 'utf8');
    assert.ok(text.split('\n').length <= 120, `${file} is long`);
    const casts = text.match(
      /^(?!\s*({?\/[/*]|\*|<!--|import|export)).*( as (?!const\b)\w|@ts-(ignore|expect)|\w!\.)/gm,
    );
    assert.equal(casts, null, file);
  }
});
