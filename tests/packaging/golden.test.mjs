// What is published, as it was when someone last looked: the files, and the types without their comments.
// CTS_RENEW=1 node --test tests/packaging/golden.test.mjs writes both anew.
import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { here, npm, project, tarball } from './support/project.mjs';

const require = createRequire(import.meta.url);
const golden = join(here, 'golden');
const RENEW = 'if that is meant: CTS_RENEW=1 node --test tests/packaging/golden.test.mjs';
const renewing = process.env.CTS_RENEW === '1';

let installed;
before(async () => {
  installed = join(await project('golden', {}), 'node_modules', 'cts-tracker');
});

async function compare(name, text) {
  const file = join(golden, name);
  if (renewing) await writeFile(file, text);
  assert.equal(text, await readFile(file, 'utf8').catch(() => ''), `${name} is another; ${RENEW}`);
}

/** As TypeScript writes it, with no comments: what counts is the types. */
function bare(name, text) {
  const ts = require('typescript-5');
  const file = ts.createSourceFile(name, text, ts.ScriptTarget.Latest);
  return ts.createPrinter({ removeComments: true }).printFile(file);
}

const typesIn = async (folder) => (await readdir(folder)).filter((file) => file.endsWith('.d.ts')).sort();

test('the files of the tarball', async () => {
  const { stdout } = await npm(['pack', '--dry-run', '--json', await tarball()]);
  const [{ files }] = JSON.parse(stdout);
  await mkdir(golden, { recursive: true });
  await compare(
    'files.txt',
    files
      .map(({ path }) => `${path}\n`)
      .sort()
      .join(''),
  );
});

test('the types, file by file', async () => {
  if (renewing) for (const file of await typesIn(golden)) await rm(join(golden, file));
  else assert.deepEqual(await typesIn(installed), await typesIn(golden), RENEW);
  for (const file of await typesIn(installed))
    await compare(file, bare(file, await readFile(join(installed, file), 'utf8')));
});

test('the types for CommonJS are the same, but for the names of files', async () => {
  for (const file of await typesIn(installed)) {
    const common = await readFile(join(installed, file.replace('.d.ts', '.d.cts')), 'utf8');
    const expected = await readFile(join(installed, file), 'utf8');
    assert.equal(bare(file, common).replaceAll(/(from "\.\/[\w-]+)\.cjs"/g, '$1.js"'), bare(file, expected), file);
  }
});
