// Tree shaking, and the build for a script tag. The matrix tests the bundlers.
import assert from 'node:assert/strict';
import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { build } from 'esbuild';
import { closeBrowser, serveFolder, titleOf } from '../support/pages.mjs';
import { CHECK, VALIDATED } from './support/example.mjs';
import { project } from './support/project.mjs';

let folder;
before(async () => {
  folder = await project('bundlers', {});
  await cp(join(folder, 'node_modules/cts-tracker'), join(folder, 'cts-tracker'), { recursive: true });
});
after(closeBrowser);

for (const entry of ['', '/slim', '/js', '/signing', '/proxy', '/emulator']) {
  test(`esbuild drops all of cts-tracker${entry} when none of it is used`, async () => {
    const contents = `import * as cts from 'cts-tracker${entry}'; document.title = 'nothing';`;
    const { outputFiles } = await build({
      stdin: { contents, resolveDir: folder },
      bundle: true,
      format: 'esm',
      write: false,
      logLevel: 'error',
    });
    assert.ok(outputFiles[0].contents.length < 200, `${outputFiles[0].contents.length} bytes are left`);
  });
}

async function bundled(names) {
  const contents = `export { ${names} } from 'cts-tracker';`;
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: folder },
    bundle: true,
    format: 'esm',
    charset: 'utf8',
    write: false,
    logLevel: 'error',
  });
  return outputFiles[0].text;
}

test('a bundle that does not import Chinese does not contain it', async () => {
  const { zhCN, ...rest } = await import('cts-tracker');
  assert.equal(zhCN.code, 'zh-CN');
  const chinese = /[\p{sc=Han}\u3001-\u303f\uff08-\uff1b]/u;
  assert.doesNotMatch(await bundled(Object.keys(rest).join(', ')), chinese);
  assert.match(await bundled('zhCN'), chinese);
});

test('esbuild drops schemas, service codes and the client from a bundle with a validator only', async () => {
  const [all, one] = [
    await bundled('validateKmsId, createTrackerSchema, errorCodes, createCtsClient'),
    await bundled('validateKmsId'),
  ];
  for (const text of ['draft-2020-12', 'APIGW.0802', 'tracker with this name already exists', 'retry.maxRetries']) {
    assert.ok(all.includes(text) && !one.includes(text), text);
  }
});

test('a script tag, in a page of another charset', async () => {
  const { unpkg, jsdelivr } = JSON.parse(await readFile(join(folder, 'cts-tracker/package.json'), 'utf8'));
  assert.equal(unpkg, jsdelivr);
  await writeFile(join(folder, 'tag.js'), `${CHECK} document.title = validate(ctsTracker);`);
  const scripts = `<script src="cts-tracker/${unpkg}"></script><script src="tag.js"></script>`;
  await writeFile(join(folder, 'tag.html'), `<!doctype html><title></title>${scripts}`);
  for (const charset of ['windows-1252', 'gb18030', 'utf-8']) {
    const foreign = await serveFolder(folder, { charset });
    try {
      assert.equal(await titleOf(`${foreign.url}/tag.html`), VALIDATED, charset);
    } finally {
      await foreign.close();
    }
  }
});
