// Compiles the type tests as the hosts there are do: with the types of the DOM, of Node, of neither, and strictly so.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const compiler = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin', 'tsc');

function compile(options, files) {
  // Beside the sources, so that types resolve as they do for them.
  const folder = mkdtempSync(join(here, '.tsconfig-'));
  try {
    const project = join(folder, 'tsconfig.json');
    writeFileSync(project, JSON.stringify({ extends: '../tsconfig.json', compilerOptions: options,
      files: files.map((file) => `../${file}`) }));
    const { stdout, status } = spawnSync(process.execPath, [compiler, '--project', project], { encoding: 'utf8' });
    assert.equal(stdout, '');
    assert.equal(status, 0);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const everywhere = ['public.mts', 'schemas.mts', 'witness.mts'];
const dom = { lib: ['es2022', 'dom', 'dom.iterable'] };
const cases = {
  'without the types of any platform': [{}, everywhere],
  'with those of the DOM': [dom, [...everywhere, 'platform.mts', 'wasm.mts', 'commonjs.cts']],
  'with those of a worker': [{ lib: ['es2022', 'webworker', 'webworker.iterable'] }, [...everywhere, 'platform.mts', 'wasm.mts']],
  'with those of Node': [{ types: ['node'] }, [...everywhere, 'platform.mts', 'commonjs.cts']],
  'as strictly as can be': [{ ...dom, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true,
    noPropertyAccessFromIndexSignature: true, noImplicitOverride: true, verbatimModuleSyntax: true }, [...everywhere, 'platform.mts']],
  'for a bundler': [{ ...dom, module: 'esnext', moduleResolution: 'bundler' }, [...everywhere, 'platform.mts']],
};
for (const [name, [options, files]] of Object.entries(cases)) test(name, () => compile(options, files));

// The declarations and the package name the same things, no more and no fewer.
for (const entry of ['cts-tracker', 'cts-tracker/en', 'cts-tracker/slim', 'cts-tracker/async-validator', 'cts-tracker/vee-validate']) {
  test(`${entry} exports what its types declare`, async () => {
    const names = Object.keys(await import(entry)).sort();
    const folder = mkdtempSync(join(here, '.names-'));
    try {
      writeFileSync(join(folder, 'names.mts'), `import type * as declared from '${entry}';\n`
        + `const names: Record<keyof typeof declared, true> = { ${names.map((name) => `${name}: true`).join(', ')} };\nvoid names;\n`);
      compile({}, [`${folder.slice(here.length + 1)}/names.mts`]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
}
