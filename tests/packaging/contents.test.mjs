// What is in the tarball, and whether its manifest tells the truth.
import assert from 'node:assert/strict';
import { cp, readdir, readFile, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { MASK } from '../../tools/glue.mjs';
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

test('everything that is promised is there', async () => {
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

test('npm has nothing to correct in the manifest when it is published', async () => {
  const folder = await temporaryFolder('manifest');
  await cp(join(installed, 'package.json'), join(folder, 'package.json'));
  await npm(['pkg', 'fix'], { cwd: folder });
  assert.deepEqual(JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')), manifest);
});

test('it depends on nothing', () => {
  for (const kind of ['dependencies', 'peerDependencies', 'optionalDependencies', 'scripts'])
    assert.equal(manifest[kind], undefined, kind);
});

test('every condition names its types first, and a CommonJS one those of CommonJS', () => {
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

test('no path of the machine that built it is in any file', async () => {
  const paths = [root, homedir(), process.env.CARGO_HOME, '/.cargo/', '/.rustup/'].filter(
    (path) => path && path.length > 2,
  );
  for (const file of await files()) {
    const bytes = await readFile(file);
    for (const path of paths) assert.ok(!bytes.includes(path), `${file} has ${path}`);
  }
});

test('the wasm in each JavaScript file is the wasm file', async () => {
  for (const [script, name] of [
    ['index.js', 'cts_tracker_bg.wasm'],
    ['index.cjs', 'cts_tracker_bg.wasm'],
    ['en.js', 'cts_tracker_bg.wasm'],
    ['en.cjs', 'cts_tracker_bg.wasm'],
    ['cts-tracker.iife.js', 'cts_tracker_bg.wasm'],
    ['server-engine.js', 'cts_tracker_server_bg.wasm'],
    ['server-engine.cjs', 'cts_tracker_server_bg.wasm'],
  ]) {
    const text = await readFile(join(installed, script), 'utf8');
    const wasm = await readFile(join(installed, name));
    // The literal has a line of its own, the longest by far.
    const value = (0, eval)(text.split('\n').sort((a, b) => b.length - a.length)[0]);
    const bytes = script.includes('iife')
      ? Buffer.from(value, 'base64')
      : Buffer.from(value, 'latin1').map((byte) => byte ^ MASK);
    assert.ok(bytes.equals(wasm), script);
  }
});

test("nothing of the server's is in what browsers load", async () => {
  const holds = async (file, text) => (await readFile(join(installed, file))).includes(text);
  // The first words are in the server's wasm and entry, so they are the right ones to look for.
  assert.ok(
    (await holds('cts_tracker_server_bg.wasm', 'SDK-HMAC-SHA256')) &&
      (await holds('server.js', 'SAMPLE0ONLY0EMULATOR')),
  );
  const scripts = [
    'index.js',
    'index.cjs',
    'index.workerd.js',
    'en.js',
    'en.cjs',
    'en.workerd.js',
    'slim.js',
    'slim.cjs',
    'js.js',
    'js.cjs',
    'cts-tracker.iife.js',
  ];
  const words = ['SDK-HMAC-SHA256', 'SAMPLE0ONLY0EMULATOR', 'secretAccessKey'];
  for (const file of [...scripts, 'cts_tracker_bg.wasm']) {
    for (const text of words) assert.ok(!(await holds(file, text)), `${file}: ${text}`);
  }
});

test('no Chinese text is in what is English alone', async () => {
  // In what stands around the wasm, whose literal has a line of its own.
  const around = async (file) =>
    (await readFile(join(installed, file), 'utf8'))
      .split('\n')
      .filter((line) => line.length < 20000)
      .join('\n');
  for (const file of ['en.js', 'en.cjs', 'en.workerd.js'])
    assert.doesNotMatch(await around(file), /[\p{sc=Han}\u3000-\u303f\uff00-\uffef]|zh-CN/u, file);
  assert.match(await around('index.js'), /\p{sc=Han}/u);
});

test('what is for a script tag is ASCII, whatever charset the page has', async () => {
  assert.match(await readFile(join(installed, 'cts-tracker.iife.js'), 'latin1'), /^[\t\n\r\x20-\x7e]*$/);
});

test('what wasm-pack publishes has the types of the package, but for the message of an issue', async () => {
  const declarations = (text) =>
    new Map(
      text.split(/\n\n+/).flatMap((part) => {
        const name = /^(?:\/\*\*[^]*?\*\/\n)?(?:export )?(?:type|interface) (\w+)/.exec(part)?.[1];
        return name ? [[name, part.trim()]] : [];
      }),
    );
  const standalone = declarations(await readFile(join(root, 'src', 'wasm', 'standalone.d.ts'), 'utf8'));
  const published = declarations(await readFile(join(installed, 'index.d.ts'), 'utf8'));
  const { IssueOf: ours, ...rest } = Object.fromEntries(standalone);
  assert.deepEqual(rest, Object.fromEntries(Object.keys(rest).map((name) => [name, published.get(name)])));
  const fields = (text) => text.match(/^  readonly .*$/gm);
  assert.deepEqual(
    fields(ours),
    fields(published.get('IssueOf')).filter((line) => !line.includes('message')),
  );
  assert.ok(standalone.size > 10);
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
  // These are data: TypeScript has nothing to say of them.
  const data = ['json-schema/*.json', 'locales/*.json', 'cts_tracker_bg.wasm', 'cts_tracker_server_bg.wasm'];
  await run(process.execPath, [attw, await tarball(), '--exclude-entrypoints', ...data]);
});
