// Compiles the type tests with the types of the DOM, of a worker, of Node or no platform, and with two compilers.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { en, formatIssue } from 'cts-tracker';
import { at } from '../../tools/common.mjs';
import { expanded } from '../vectors/run.mjs';

const here = dirname(fileURLToPath(import.meta.url));

function compile(options, files, compiler = 'typescript-7') {
  // A folder next to the tests, so that imports resolve in the same way.
  const folder = mkdtempSync(join(here, '.tsconfig-'));
  try {
    const project = join(folder, 'tsconfig.json');
    const paths = files.map((file) => `../${file}`);
    writeFileSync(project, JSON.stringify({ extends: '../tsconfig.json', compilerOptions: options, files: paths }));
    const program = at('node_modules', compiler, 'bin', 'tsc');
    const { stdout, status } = spawnSync(process.execPath, [program, '-p', project], { encoding: 'utf8' });
    assert.equal(stdout, '');
    assert.equal(status, 0);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Compiles files with these options. */
function compileText(text, options = {}) {
  const folder = mkdtempSync(join(here, '.text-'));
  try {
    writeFileSync(join(folder, 'text.mts'), text);
    compile(options, [`${folder.slice(here.length + 1)}/text.mts`]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const everywhere = ['public.mts', 'schemas.mts'];
const dom = { lib: ['es2022', 'dom', 'dom.iterable'] };
const cases = {
  'without types of a platform': [{}, everywhere],
  'with the types of the DOM': [dom, [...everywhere, 'platform.mts', 'server.mts', 'wasm.mts', 'commonjs.cts']],
  'with the types of a worker': [
    { lib: ['es2022', 'webworker', 'webworker.iterable'] },
    [...everywhere, 'platform.mts', 'server.mts', 'wasm.mts'],
  ],
  'with the types of Node': [{ types: ['node'] }, [...everywhere, 'platform.mts', 'server.mts', 'commonjs.cts']],
  'with all strict options': [
    {
      ...dom,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      noPropertyAccessFromIndexSignature: true,
      noImplicitOverride: true,
      verbatimModuleSyntax: true,
    },
    [...everywhere, 'platform.mts', 'server.mts'],
  ],
  'for a bundler': [
    { ...dom, module: 'esnext', moduleResolution: 'bundler' },
    [...everywhere, 'platform.mts', 'server.mts'],
  ],
};
for (const compiler of ['typescript', 'typescript-7']) {
  for (const [name, [options, files]] of Object.entries(cases))
    test(`${compiler} ${name}`, () => compile(options, files, compiler));
}

test('every issue in the vectors fits the types', () => {
  const folder = join(here, '..', 'vectors', 'rules');
  const found = new Map();
  const collect = (value) => {
    if (typeof value !== 'object' || value === null) return;
    if (Array.isArray(value.path) && typeof value.code === 'string') {
      const { code, path, params, serverCode } = expanded(value);
      const issue = { code, path: path.slice(0, 1), params, serverCode };
      found.set(JSON.stringify(issue), code);
    } else Object.values(value).forEach(collect);
  };
  for (const file of readdirSync(folder)) collect(JSON.parse(readFileSync(join(folder, file), 'utf8')));
  const codes = Object.keys(en.messages).filter((key) => !key.includes(':'));
  assert.deepEqual([...new Set(found.values())].sort(), codes.sort());
  compileText(
    `import type { Issue } from 'cts-tracker';
type Stated<I> = I extends Issue ? Pick<I, 'code' | 'path' | 'params' | 'serverCode'> : never;
export const found: Stated<Issue>[] = [\n${[...found.keys()].join(',\n')}\n];\n`,
    { exactOptionalPropertyTypes: true },
  );
});

test('the example of a custom message works', () => {
  const files = readdirSync(at('pkg'), { recursive: true }).filter((file) => file.endsWith('.d.ts'));
  const text = files.map((file) => readFileSync(at('pkg', file), 'utf8')).join('\n');
  const [, example] = /spread the locale:\s+\* `(\{.*\})`\./.exec(text);
  const issue = { code: 'required', rule: 'bucket_name.required', params: {} };
  assert.equal(formatIssue(issue, new Function('en', `return ${example}`)(en)), 'Enter a bucket.');
});
