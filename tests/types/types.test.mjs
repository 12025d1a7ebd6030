// Compiles the type tests as the hosts there are do: with the types of the DOM, of Node, of neither, and strictly so.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { en, formatIssue } from 'cts-tracker';
import { expanded } from '../vectors/run.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const compiler = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin', 'tsc');

function compile(options, files) {
  // Beside the sources, so that types resolve as they do for them.
  const folder = mkdtempSync(join(here, '.tsconfig-'));
  try {
    const project = join(folder, 'tsconfig.json');
    writeFileSync(
      project,
      JSON.stringify({
        extends: '../tsconfig.json',
        compilerOptions: options,
        files: files.map((file) => `../${file}`),
      }),
    );
    const { stdout, status } = spawnSync(process.execPath, [compiler, '--project', project], { encoding: 'utf8' });
    assert.equal(stdout, '');
    assert.equal(status, 0);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Compiles what is written here. */
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
  'without the types of any platform': [{}, everywhere],
  'with those of the DOM': [dom, [...everywhere, 'platform.mts', 'server.mts', 'wasm.mts', 'commonjs.cts']],
  'with those of a worker': [
    { lib: ['es2022', 'webworker', 'webworker.iterable'] },
    [...everywhere, 'platform.mts', 'server.mts', 'wasm.mts'],
  ],
  'with those of Node': [{ types: ['node'] }, [...everywhere, 'platform.mts', 'server.mts', 'commonjs.cts']],
  'as strictly as can be': [
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
for (const [name, [options, files]] of Object.entries(cases)) test(name, () => compile(options, files));

// The declarations and the package name the same things, no more and no fewer.
for (const entry of ['cts-tracker', 'cts-tracker/slim', 'cts-tracker/async-validator', 'cts-tracker/vee-validate']) {
  test(`${entry} exports what its types declare`, async () => {
    const names = Object.keys(await import(entry)).sort();
    compileText(
      `import type * as declared from '${entry}';\n` +
        `const names: Record<keyof typeof declared, true> = { ${names.map((name) => `${name}: true`).join(', ')} };\nvoid names;\n`,
    );
  });
}

test('every issue of the vectors is one of the types', () => {
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
type Told<I> = I extends Issue ? Pick<I, 'code' | 'path' | 'params' | 'serverCode'> : never;
export const found: Told<Issue>[] = [\n${[...found.keys()].join(',\n')}\n];\n`,
    { exactOptionalPropertyTypes: true },
  );
});

test('a pointer shows what every function, schema and field of a form is', () => {
  const text = readFileSync(join(here, '..', '..', 'pkg-template', 'types', 'index.d.ts'), 'utf8');
  const bodies = [
    'CreateTrackerForm',
    'SelectorForm',
    'ObsInfoForm',
    'DataBucketForm',
    'BucketForm',
    'CheckObsBucketsForm',
    'CheckProgress',
    'CtsClient',
  ].map((name) => text.slice(text.indexOf(`interface ${name} {`)).split('\n}\n')[0]);
  const shown = [
    text.match(/^.*\n(?=export (?:declare )?(?:function|const|class) )/gm),
    ...bodies.map((body) => body.match(/^.*\n(?=  (?:readonly )?\w+(?:\??:|\())/gm)),
  ];
  for (const lines of shown) {
    assert.ok(lines.length > 0);
    for (const line of lines) assert.match(line, / \*\/\n$/);
  }
});

test('the example of a changed message works', () => {
  const text = readFileSync(join(here, '..', '..', 'pkg-template', 'types', 'index.d.ts'), 'utf8');
  const [, example] = /spread the locale:\s+\* `(\{.*\})`\./.exec(text);
  const issue = { code: 'too_short', rule: 'bucket_name.length', params: { min: 3, actual: 2 } };
  assert.equal(formatIssue(issue, new Function('en', `return ${example}`)(en)), 'At least 3.');
});
