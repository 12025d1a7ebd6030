// Published scripts are ASCII where that costs less than 1 % of brotli. Others need a page or a script tag in UTF-8 if a
// bundler makes a classic script of them and keeps their characters.
import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { brotliCompressSync } from 'node:zlib';
import { closeBrowser, serveFolder, titleOf } from '../support/pages.mjs';
import { CHECK, VALIDATED } from './support/example.mjs';
import { project, root } from './support/project.mjs';

let folder;
before(async () => {
  folder = await project('ascii', {});
});
after(closeBrowser);

const FOREIGN = /[^\0-\x7e]/g;
const compressed = (text) => brotliCompressSync(text).length;
function escaped(text) {
  return text.replace(FOREIGN, (unit) => {
    const hex = unit.charCodeAt(0).toString(16);
    return hex.length > 2 ? `\\u${hex.padStart(4, '0')}` : `\\x${hex.padStart(2, '0')}`;
  });
}

test('a file that is not ASCII would grow by more than 1 % if it were', async () => {
  const published = join(folder, 'node_modules', 'cts-tracker');
  const costs = {};
  for (const file of await readdir(published, { recursive: true })) {
    if (!/\.c?js$/.test(file)) continue;
    const text = await readFile(join(published, file), 'utf8');
    if (text.search(FOREIGN) >= 0) costs[file] = compressed(escaped(text)) / compressed(text) - 1;
  }
  const cheap = Object.entries(costs).filter(([, cost]) => cost < 0.01);
  assert.deepEqual(cheap, []);
  assert.deepEqual(
    Object.keys(costs)
      .map((file) => file.replaceAll('\\', '/'))
      .sort(),
    ['chunks/exports.cjs', 'chunks/exports.js', 'cli.js', 'index.cjs', 'index.edge.js', 'index.js', 'index.workerd.js'],
  );
});

/** A classic script that Rollup makes of an entry. It keeps characters and escapes. */
async function classic(entry) {
  const { rollup } = await import('@rollup/wasm-node');
  const { nodeResolve } = await import('@rollup/plugin-node-resolve');
  const input = join(folder, `${entry || 'index'}.mjs`);
  await writeFile(
    input,
    `import * as cts from 'cts-tracker${entry && '/'}${entry}'; ${CHECK}
    document.title = validate(cts);`,
  );
  const bundle = await rollup({ input, plugins: [nodeResolve()] });
  await bundle.write({ file: join(folder, `${entry || 'index'}.bundle.js`), format: 'iife' });
  await bundle.close();
}

/** The title of a page of this charset that loads the script. */
async function titleIn(charset, script) {
  await writeFile(join(folder, 'page.html'), `<!doctype html><title></title><script src="${script}"></script>`);
  const site = await serveFolder(folder, { charset });
  try {
    return await titleOf(`${site.url}/page.html`);
  } finally {
    await site.close();
  }
}

test('cts-tracker/js in a classic script works in a page of any charset', async () => {
  await classic('js');
  for (const charset of ['windows-1252', 'gbk', 'utf-8']) {
    assert.equal(await titleIn(charset, 'js.bundle.js'), VALIDATED, charset);
  }
});

test('cts-tracker in a classic script needs UTF-8, as the README says', async () => {
  await classic('');
  await assert.rejects(titleIn('gbk', 'index.bundle.js'), /SyntaxError/);
  assert.equal(await titleIn('utf-8', 'index.bundle.js'), VALIDATED);
  const readme = await readFile(join(root, 'pkg-template', 'README.md'), 'utf8');
  assert.match(readme, /must say `charset="utf-8"`; `cts-tracker\/js` and `cts-tracker\.iife\.js` are ASCII/);
});
