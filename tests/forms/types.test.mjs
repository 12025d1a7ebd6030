// Compiles types.mts: the libraries' own types accept the schemas.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';

for (const exact of ['true', 'false'])
  test(`the types of the form libraries accept the schemas, exactOptionalPropertyTypes ${exact}`, () => compile(exact));

function compile(exact) {
  const compiler = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin', 'tsc');
  const project = fileURLToPath(new URL('tsconfig.json', import.meta.url));
  const { stdout, status } = spawnSync(
    process.execPath,
    [compiler, '--project', project, '--exactOptionalPropertyTypes', exact],
    { encoding: 'utf8' },
  );
  assert.equal(stdout, '');
  assert.equal(status, 0);
}
