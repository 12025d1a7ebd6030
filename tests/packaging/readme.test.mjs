// What the READMEs repeat: tables that are generated from Rust, links, names of examples, keys.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { sampleCredentials } from 'cts-tracker/emulator';
import { withTable } from '../../tools/readme.mjs';
import { readRust } from '../../tools/rust.mjs';
import { root } from './support/project.mjs';

const read = (file) => readFileSync(join(root, file), 'utf8');

test('the README has the table of validators', async () => {
  const { validatorsTable } = (await readRust()).generated;
  assert.ok(validatorsTable.includes('`validateTrackerName`'));
  assert.equal(
    withTable(read('README.md'), 'validators', validatorsTable),
    read('README.md'),
    'npm run build writes it',
  );
});

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

const examples = readdirSync(join(root, 'examples'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !/^(node_modules|readme-blocks)$/.test(entry.name))
  .map(({ name }) => name);
const documents = [
  'README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  'pkg-template/README.md',
  'examples/README.md',
].concat(examples.map((name) => `examples/${name}/README.md`));
/** The anchor of a heading, as the hosts of repositories make it. */
const anchor = (heading) =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');

for (const file of documents) {
  test(`${file}: each relative link and each named example exists`, () => {
    const text = read(file).replace(/^```.*?^```/gms, '');
    const anchors = [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading]) => `#${anchor(heading)}`);
    const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link]) => link);
    const relative = links.filter((link) => !/^(\w+:|#)/.test(link));
    assert.deepEqual(
      relative.filter((link) => !existsSync(join(root, dirname(file), link.replace(/#.*/, '')))),
      [],
    );
    assert.deepEqual(
      links.filter((link) => link.startsWith('#') && !anchors.includes(link)),
      [],
    );
    const named = [...text.matchAll(/`(examples\/[^`]*)`/g)].map(([, path]) => path);
    assert.deepEqual(
      named.filter((path) => !existsSync(join(root, path))),
      [],
    );
    // The README of the package is read where relative links lead nowhere.
    if (file.startsWith('pkg-template')) assert.deepEqual(relative, []);
  });
}

test('the README links each example, and that of the package names each', () => {
  assert.ok(examples.length >= 10);
  const missing = (text, written) => examples.filter((name) => !text.includes(written(name)));
  assert.deepEqual(
    missing(read('README.md'), (name) => `](examples/${name})`),
    [],
  );
  assert.deepEqual(
    missing(read('examples/README.md'), (name) => `](${name})`),
    [],
  );
  assert.deepEqual(
    missing(read('pkg-template/README.md'), (name) => `\`examples/${name}\``),
    [],
  );
});

for (const readme of ['README.md', 'pkg-template/README.md']) {
  test(`${readme} has the sample keys of the emulator`, () => {
    for (const key of Object.values(sampleCredentials)) assert.ok(read(readme).includes(`=${key}`), key);
  });

  test(`${readme}: what is beta is marked so`, () => {
    const { devDependencies } = JSON.parse(read('tests/forms/package.json'));
    assert.match(devDependencies['vee-validate-5'], /-beta/, 'VeeValidate 5 is released: remove the mark');
    assert.match(read(readme), /^\| VeeValidate 5 \(beta\) /m);
  });
}
