// The files of the tarball and its manifest.
import assert from 'node:assert/strict';
import { cp, readdir, readFile, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { before, test } from 'node:test';
import { runInNewContext } from 'node:vm';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { masked } from '../../tools/glue.mjs';
import { npm, project, root, run, tarball, temporaryFolder } from './support/project.mjs';

let installed;
let manifest;
before(async () => {
  installed = join(await project('contents', {}), 'node_modules', 'cts-tracker');
  manifest = JSON.parse(await readFile(join(installed, 'package.json'), 'utf8'));
});

const files = async () =>
  (await readdir(installed, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

test('every file of the manifest exists', async () => {
  const template = JSON.parse(await readFile(join(root, 'pkg-template', 'package.json'), 'utf8'));
  assert.deepEqual(manifest, { ...template, version: manifest.version });
  assert.match(await readFile(join(root, 'Cargo.toml'), 'utf8'), new RegExp(`^version = "${manifest.version}"$`, 'm'));
  const targets = (value) => (typeof value === 'string' ? [value] : Object.values(value).flatMap(targets));
  for (const target of [
    ...targets(manifest.exports),
    ...targets(manifest.bin),
    manifest.main,
    manifest.module,
    manifest.types,
    manifest.unpkg,
  ]) {
    if (!target.includes('*')) assert.ok((await stat(join(installed, target))).size > 0, target);
  }
});

test('npm publish does not correct the manifest', async () => {
  const folder = await temporaryFolder('manifest');
  await cp(join(installed, 'package.json'), join(folder, 'package.json'));
  await npm(['pkg', 'fix'], { cwd: folder });
  assert.deepEqual(JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')), manifest);
});

test('the package has no dependencies', () => {
  for (const kind of ['dependencies', 'peerDependencies', 'optionalDependencies', 'scripts'])
    assert.equal(manifest[kind], undefined, kind);
});

test('every condition has its types first, and CommonJS conditions have CommonJS types', () => {
  let seen = 0;
  const look = (value, condition) => {
    if (typeof value === 'string') {
      assert.doesNotMatch(value, /\.c?js$/, `${value} has no types`);
      return;
    }
    if ('default' in value) {
      seen += 1;
      assert.deepEqual(Object.keys(value), ['types', 'default']);
      const [types, script] = condition === 'require' ? ['.d.cts', '.cjs'] : ['.d.ts', '.js'];
      assert.ok(value.types.endsWith(types), `${condition}: ${value.types}`);
      assert.ok(value.default.endsWith(script), `${condition}: ${value.default}`);
    } else Object.entries(value).forEach(([name, inner]) => look(inner, name));
  };
  look(manifest.exports);
  assert.ok(seen > 15, `only ${seen} conditions`);
});

test('no file contains a path of the build machine', async () => {
  const paths = [root, homedir(), process.env.CARGO_HOME, '/.cargo/', '/.rustup/'].filter(
    (path) => path && path.length > 2,
  );
  for (const file of await files()) {
    const bytes = await readFile(file);
    for (const path of paths) assert.ok(!bytes.includes(path), `${file} has ${path}`);
  }
});

const LITERAL = /\binlined\(\(\) => ("(?:[^"\\]|\\.)*")|\batob\(["`]([^"`]*)["`]\)/g;
const scripts = async () => (await files()).filter((file) => /\.c?js$/.test(file));

test('the wasm embedded in JavaScript files is that of the build', async () => {
  const built = {};
  for (const kind of ['validators', 'client', 'browser', 'server'])
    built[kind] = await readFile(join(root, '.cache/wasm', kind, 'optimised.wasm'));
  assert.deepEqual(built.browser, await readFile(join(installed, 'cts_tracker_bg.wasm')));
  assert.deepEqual(built.server, await readFile(join(installed, 'cts_tracker_server_bg.wasm')));
  const holders = {};
  for (const script of await scripts()) {
    const held = [...(await readFile(script, 'utf8')).matchAll(LITERAL)].map(([, literal, base64]) => {
      const bytes = masked(base64 ? Buffer.from(base64, 'base64') : Buffer.from(runInNewContext(literal), 'latin1'));
      return Object.keys(built).find((kind) => bytes.equals(built[kind]));
    });
    if (held.length > 0) holders[relative(installed, script).replace(/^chunks\/\w+/, 'chunks/any')] = held.sort();
  }
  assert.deepEqual(holders, {
    'chunks/any.cjs': ['server'],
    'chunks/any.js': ['server'],
    'cts-tracker.iife.js': ['browser'],
    'index.cjs': ['client', 'validators'],
    'index.js': ['client', 'validators'],
  });
});

/** The text of a file and all files that it imports. */
async function loadedBy(entry) {
  const seen = new Map();
  const visit = async (file) => {
    if (seen.has(file)) return;
    const text = await readFile(join(installed, file), 'latin1');
    seen.set(file, text);
    if (file.endsWith('.wasm')) return;
    for (const [, path] of text.matchAll(/(?:\bfrom ?|\brequire\(|\bimport\(?)["'](\.\.?\/[^"']+)["']/g))
      await visit(join(dirname(file), path));
  };
  await visit(entry);
  return [...seen.values()].join('\n');
}

test('browser entries contain no server code', async () => {
  const words = ['SDK-HMAC-SHA256', 'SAMPLE0ONLY0EMULATOR', 'secretAccessKey'];
  const server = (await loadedBy('emulator.js')) + (await loadedBy('cts_tracker_server_bg.wasm'));
  for (const word of words) assert.ok(server.includes(word), word);
  for (const entry of ['index', 'slim', 'js', 'async-validator', 'arco', 'tdesign', 'vee-validate']) {
    for (const file of [`${entry}.js`, `${entry}.cjs`]) {
      const text = await loadedBy(file);
      assert.ok(text.length > 1000, file);
      for (const word of words) assert.ok(!text.includes(word), `${file}: ${word}`);
    }
  }
  for (const file of ['index.workerd.js', 'cts-tracker.iife.js', 'cts_tracker_bg.wasm']) {
    const text = await loadedBy(file);
    for (const word of words) assert.ok(!text.includes(word), `${file}: ${word}`);
  }
});

test('the script for a script tag is ASCII, so the charset of the page does not matter', async () => {
  const bytes = await readFile(join(installed, 'cts-tracker.iife.js'));
  assert.equal(
    bytes.findIndex((byte) => byte > 0x7e),
    -1,
  );
});

test('no browser entry has a lookbehind, which Safari before 16.4 refuses to parse', async () => {
  for (const entry of ['index', 'slim', 'js', 'async-validator', 'vee-validate']) {
    for (const file of [`${entry}.js`, `${entry}.cjs`]) assert.doesNotMatch(await loadedBy(file), /\(\?<[!=]/, file);
  }
});

test('readable files have a source map with sources, and the minified one has none', async () => {
  for (const script of await scripts()) {
    const text = await readFile(script, 'utf8');
    const name = /\n\/\/# sourceMappingURL=(\S+)\n?$/.exec(text)?.[1];
    if (script.endsWith('cts-tracker.iife.js')) {
      assert.equal(name, undefined);
      continue;
    }
    assert.ok(name, `${script} has no source map`);
    const map = JSON.parse(await readFile(join(dirname(script), name), 'utf8'));
    assert.equal(map.sourcesContent?.length, map.sources.length, script);
    for (const source of map.sources) assert.doesNotMatch(source, /^\//, script);
  }
});

test('an editor that goes to a definition opens a file with its subject and short lines', async () => {
  const declarations = (await files()).filter((file) => /\.d\.c?ts$/.test(file));
  for (const file of declarations) {
    const longest = Math.max(...(await readFile(file, 'utf8')).split('\n').map((line) => line.length));
    assert.ok(longest <= 200, `${file} has a line of ${longest} characters`);
  }
  for (const [name, path] of Object.entries({ CtsClient: 'client/types', CtsError: 'client/error', en: 'messages/en' }))
    for (const extension of ['.d.ts', '.d.cts'])
      assert.match(
        await readFile(join(installed, 'types', path + extension), 'utf8'),
        new RegExp(`^(?:declare )?(?:interface|class|const) ${name}\\b`, 'm'),
      );
});

test('publint finds nothing', async () => {
  const { messages, pkg } = await publint({ pkgDir: installed, strict: true });
  assert.deepEqual(
    messages.map((message) => formatMessage(message, pkg)),
    [],
  );
});

test('attw finds nothing', async () => {
  const attw = join(root, 'node_modules', '@arethetypeswrong', 'cli', 'dist', 'index.js');
  // These are data files without types.
  const data = ['json-schema/*.json', 'cts_tracker_bg.wasm', 'cts_tracker_server_bg.wasm'];
  await run(process.execPath, [attw, await tarball(), '--exclude-entrypoints', ...data]);
});
