// The packed tarball through other people's bundlers, into Chromium.
import assert from 'node:assert/strict';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { CHECK, EXPECTED } from './support/example.mjs';
import { closeBrowser, serveFolder, titleOf } from '../support/pages.mjs';
import { here, project, run, start } from './support/project.mjs';

const require = createRequire(import.meta.url);
const SHOW = `${CHECK} document.title = check(cts);`;
const page = (script) => `<!doctype html><meta charset="utf-8"><title></title>${script}`;

let folder;
let dist;
let site;
before(async () => {
  folder = await project('bundlers', {
    'main.js': `import * as cts from 'cts-tracker'; ${SHOW}`,
    'index.html': page('<script type="module" src="./main.js"></script>'),
    // Imports one function only, and nothing at all: what is not used must go away.
    'unused.js': "import { validateCreateTracker } from 'cts-tracker'; document.title = 'nothing';",
  }, { near: true });
  dist = join(folder, 'dist');
  await mkdir(dist);
  site = await serveFolder(dist);
});
after(async () => {
  await site?.close();
  await closeBrowser();
});

/** Puts a page beside a bundle and reads what it shows. */
async function show(name, script) {
  await writeFile(join(dist, `${name}.html`), page(script));
  return titleOf(`${site.url}/${name}.html`);
}

for (const format of ['esm', 'iife']) {
  test(`esbuild, ${format}`, async () => {
    const { build } = await import('esbuild');
    await build({ entryPoints: [join(folder, 'main.js')], bundle: true, format, minify: format === 'iife', outfile: join(dist, `esbuild-${format}.js`), logLevel: 'error' });
    assert.equal(await show(`esbuild-${format}`, `<script ${format === 'esm' ? 'type="module"' : 'defer'} src="esbuild-${format}.js"></script>`), EXPECTED);
  });
}

test('esbuild drops what is not used', async () => {
  const { build } = await import('esbuild');
  const { outputFiles } = await build({ entryPoints: [join(folder, 'unused.js')], bundle: true, format: 'esm', write: false, logLevel: 'error' });
  assert.ok(outputFiles[0].contents.length < 200, `${outputFiles[0].contents.length} bytes are left`);
});

test('Rollup', async () => {
  const { rollup } = await import('@rollup/wasm-node');
  const { nodeResolve } = await import('@rollup/plugin-node-resolve');
  const warnings = [];
  const bundle = await rollup({ input: join(folder, 'main.js'), plugins: [nodeResolve({ browser: true })], onwarn: ({ message }) => warnings.push(message) });
  await bundle.write({ file: join(dist, 'rollup.js'), format: 'es' });
  await bundle.close();
  assert.deepEqual(warnings, []);
  assert.equal(await show('rollup', '<script type="module" src="rollup.js"></script>'), EXPECTED);
});

test('webpack', async () => {
  const webpack = require('webpack');
  const stats = await new Promise((done, fail) => {
    webpack({ context: folder, entry: './main.js', mode: 'production', output: { path: dist, filename: 'webpack.js' }, performance: false },
      (error, result) => (error ? fail(error) : done(result)));
  });
  assert.deepEqual([...stats.toJson().errors, ...stats.toJson().warnings].map(({ message }) => message), []);
  assert.equal(await show('webpack', '<script defer src="webpack.js"></script>'), EXPECTED);
});

test('Vite, build', async () => {
  const { build } = await import('vite');
  await build({ root: folder, logLevel: 'error', build: { outDir: join(dist, 'vite'), emptyOutDir: true }, base: './' });
  assert.equal(await titleOf(`${site.url}/vite/index.html`), EXPECTED);
});

test('Vite, dev', async () => {
  const { createServer } = await import('vite');
  const server = await createServer({ root: folder, logLevel: 'error', cacheDir: join(folder, '.vite'), server: { host: '127.0.0.1', port: 0 } });
  try {
    await server.listen();
    assert.equal(await titleOf(`http://127.0.0.1:${server.httpServer.address().port}/`), EXPECTED);
  } finally {
    await server.close();
  }
});

test('a module script, and slim, with no bundler', async () => {
  await cp(join(folder, 'node_modules/cts-tracker'), join(dist, 'cts-tracker'), { recursive: true });
  await writeFile(join(dist, 'plain.js'), `import * as cts from './cts-tracker/index.js'; ${SHOW}`);
  assert.equal(await show('plain', '<script type="module" src="plain.js"></script>'), EXPECTED);
  await writeFile(join(dist, 'slim.js'), `import * as cts from './cts-tracker/slim.js'; await cts.init('./cts-tracker/cts_tracker_bg.wasm'); ${SHOW}`);
  assert.equal(await show('slim', '<script type="module" src="slim.js"></script>'), EXPECTED);
});

test('a module in a worker', async () => {
  await writeFile(join(dist, 'worker.js'), `import * as cts from './cts-tracker/index.js'; ${CHECK} postMessage(check(cts));`);
  await writeFile(join(dist, 'worker-page.js'), "new Worker('worker.js', { type: 'module' }).onmessage = ({ data }) => { document.title = data; };");
  assert.equal(await show('worker', '<script src="worker-page.js" defer></script>'), EXPECTED);
});

test('a script tag, in a page of another charset', async () => {
  const { unpkg, jsdelivr } = JSON.parse(await readFile(join(dist, 'cts-tracker/package.json'), 'utf8'));
  assert.equal(unpkg, jsdelivr);
  await writeFile(join(dist, 'tag.js'), `const cts = ctsTracker; ${CHECK} document.title = check(cts);`);
  await writeFile(join(dist, 'tag.html'), `<!doctype html><title></title><script src="cts-tracker/${unpkg}"></script><script src="tag.js"></script>`);
  for (const charset of ['windows-1252', 'gb18030', 'utf-8']) {
    const foreign = await serveFolder(dist, { charset });
    try {
      assert.equal(await titleOf(`${foreign.url}/tag.html`), EXPECTED, charset);
    } finally {
      await foreign.close();
    }
  }
});

test('Next, on the server and in the page', async () => {
  const next = await project('next', {
    'next.config.mjs': `export default { turbopack: { root: ${JSON.stringify(here)} } };`,
    'app/layout.jsx': 'export default function Layout({ children }) { return <html lang="en"><body>{children}</body></html>; }',
    'app/check.js': `import * as cts from 'cts-tracker'; ${CHECK} export const answer = () => check(cts);`,
    'app/client.jsx': `'use client'; import { useEffect } from 'react'; import { answer } from './check.js';
      export default function Client() { useEffect(() => { document.title = answer(); }, []); return null; }`,
    'app/page.jsx': `import { answer } from './check.js'; import Client from './client.jsx';
      export const dynamic = 'force-dynamic';
      export default function Page() { return <main><p id="server">{answer()}</p><Client /></main>; }`,
  }, { near: true });
  const program = join(here, 'node_modules', 'next', 'dist', 'bin', 'next');
  const env = { NEXT_TELEMETRY_DISABLED: '1', NO_COLOR: '1' };
  await run(process.execPath, [program, 'build'], { cwd: next, env });
  const server = await start(process.execPath, [program, 'start', '-H', '127.0.0.1', '-p', '0'], /http:\/\/127\.0\.0\.1:(\d+)/, { cwd: next, env });
  try {
    const url = `http://127.0.0.1:${server.match[1]}/`;
    assert.match((await (await fetch(url)).text()).replace(/<!-- -->/g, ''), new RegExp(`<p id="server">${EXPECTED.replace(/[|.]/g, '\\$&')}</p>`));
    assert.equal(await titleOf(url), EXPECTED);
  } finally {
    await server.stop();
  }
});
