// The packed tarball in Node and TypeScript, in addition to the matrix.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { CHECK, VALIDATED } from './support/example.mjs';
import { here, project, root, run } from './support/project.mjs';

let folder;
before(async () => {
  folder = await project('node', {});
});

async function says(file, text, args = []) {
  await writeFile(join(folder, file), text);
  const { stdout, stderr } = await run(process.execPath, [...args, file], { cwd: folder });
  assert.equal(stderr, '');
  return stdout.trim();
}

test('slim works with the wasm file of the package, in both module systems', async () => {
  const file = "require('node:fs').readFileSync(require.resolve('cts-tracker/cts_tracker_bg.wasm'))";
  assert.equal(
    await says(
      'slim.cjs',
      `const cts = require('cts-tracker/slim'); cts.initSync(${file}); ${CHECK} console.log(validate(cts));`,
    ),
    VALIDATED,
  );
  const url =
    "import { readFile } from 'node:fs/promises'; const bytes = await readFile(new URL(import.meta.resolve('cts-tracker/cts_tracker_bg.wasm')));";
  assert.equal(
    await says(
      'slim.mjs',
      `import * as cts from 'cts-tracker/slim'; ${url} await cts.init(bytes); ${CHECK} console.log(validate(cts));`,
    ),
    VALIDATED,
  );
});

test('import has no side effects: it compiles nothing, sets no global and keeps no handle', async () => {
  assert.equal(
    await says(
      'quiet.mjs',
      `
    const made = [];
    for (const name of ['Module', 'Instance']) {
      WebAssembly[name] = new Proxy(WebAssembly[name], { construct(...all) { made.push(name); return Reflect.construct(...all); } });
    }
    const before = Object.getOwnPropertyNames(globalThis).length;
    const cts = await import('cts-tracker');
    const imported = made.join();
    cts.validateCreateTracker({});
    cts.validateCreateTracker({});
    console.log(JSON.stringify([imported, made, Object.getOwnPropertyNames(globalThis).length - before]));
  `,
    ),
    JSON.stringify(['', ['Module', 'Instance'], 0]),
  );
});

test('every entry can be imported and required, with the same names', async () => {
  assert.equal(
    await says(
      'entries.mjs',
      `
    import { createRequire } from 'node:module';
    const require = createRequire(import.meta.url);
    for (const entry of ['', '/slim', '/js', '/signing', '/proxy', '/emulator', '/node', '/async-validator', '/arco', '/tdesign', '/vee-validate']) {
      const esm = Object.keys(await import('cts-tracker' + entry)).filter((name) => name !== 'default' && name !== 'module.exports').sort().join();
      const cjs = Object.keys(require('cts-tracker' + entry)).sort().join();
      if (esm !== cjs || !esm) console.log(entry, esm, cjs);
    }
    for (const file of ['package.json', 'json-schema/create-tracker.2020-12.json']) {
      if (typeof require('cts-tracker/' + file) !== 'object') console.log(file);
    }
  `,
    ),
    '',
  );
});

const OPTIONS = {
  strict: true,
  noEmit: true,
  skipLibCheck: false,
  target: 'es2022',
  lib: ['es2022', 'dom', 'dom.iterable'],
  types: [],
};
const USE = `
const answer = validateCreateTracker({});
if (answer.issues) { const code: string = answer.issues[0].code; void code; } else { const type: 'system' | 'data' = answer.value.tracker_type; void type; }
// @ts-expect-error: a locale is an object
validateCreateTracker({}, { locale: 'en' });
`;

for (const [name, compiler] of [
  ['TypeScript 7', join(root, 'node_modules/typescript/bin/tsc')],
  ['TypeScript 5', join(here, 'node_modules/typescript-5/bin/tsc')],
]) {
  test(`${name} accepts the types without skipLibCheck`, async () => {
    await writeFile(join(folder, 'use.mts'), `import { validateCreateTracker } from 'cts-tracker';\n${USE}`);
    await writeFile(
      join(folder, 'use.cts'),
      `import cts = require('cts-tracker');\nconst { validateCreateTracker } = cts;\n${USE}`,
    );
    const entries = [
      'slim',
      'js',
      'signing',
      'proxy',
      'emulator',
      'node',
      'async-validator',
      'arco',
      'tdesign',
      'vee-validate',
    ]
      .map((entry) => `export * as ${entry.replace('-', '_')} from 'cts-tracker/${entry}';\n`)
      .join('');
    const sources =
      "import { init } from 'cts-tracker/slim';\n" +
      "for (const source of ['x', new URL('x:'), fetch('x'), new ArrayBuffer(1), new Uint8Array(1)]) void init(source);\n" +
      '// @ts-expect-error: no source\nvoid init(7);\n';
    await writeFile(join(folder, 'entries.mts'), entries + sources);
    await writeFile(join(folder, 'entries.cts'), entries + sources);
    for (const [module, moduleResolution, files] of [
      ['nodenext', 'nodenext', ['use.mts', 'use.cts', 'entries.mts', 'entries.cts']],
      ['esnext', 'bundler', ['use.mts', 'entries.mts']],
    ]) {
      await writeFile(
        join(folder, 'tsconfig.json'),
        JSON.stringify({ compilerOptions: { ...OPTIONS, module, moduleResolution }, files }),
      );
      await run(process.execPath, [compiler, '-p', '.'], { cwd: folder });
    }
  });
}
