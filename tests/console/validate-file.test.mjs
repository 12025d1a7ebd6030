// The page "Validate a file".
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import test from 'node:test';
import axe from 'axe-core';
import { control, useConsole } from './app.mjs';

const harness = useConsole();
const { visit } = harness;

const rows = (page) => page.locator('#page-validate-file tbody tr');

async function choose(page, name, content) {
  await page.goto(new URL('#/validate-file', page.url()).href);
  await page.locator('#file').setInputFiles({ name, mimeType: 'text/plain', buffer: Buffer.from(content) });
}

const SYSTEM = '{"tracker_type":"system","tracker_name":"system"}';
const LINES = `${SYSTEM}\n\n{"tracker_type":"data","tracker_name":"a b"}\n{broken\n{"tracker_type":"system","kmsid":"x"}\n`;

test('NDJSON: issues by line, filtered by code, exported, and opened in the form; nothing is sent', async () => {
  await visit({}, async (page, { sent }) => {
    await choose(page, 'trackers.ndjson', LINES);
    await page.getByText('4 validated: 2 with errors, 1 with warnings.').first().waitFor();
    const texts = await rows(page).allTextContents();
    assert.ok(
      texts.some((text) => text.startsWith('3tracker_name')),
      texts.join('\n'),
    );
    assert.ok(texts.some((text) => text.startsWith('4')));
    await page.getByLabel('Show', { exact: true }).selectOption('invalid_json (1)');
    await rows(page).nth(1).waitFor({ state: 'detached' });
    assert.equal(await rows(page).count(), 1);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Export as CSV' }).click(),
    ]);
    assert.match(
      await readFile(await download.path(), 'utf8'),
      /^line,severity,field,code,message\r\n4,error,,invalid_json,/,
    );
    await page.getByLabel('Show', { exact: true }).selectOption('All issues');
    await page.getByRole('button', { name: 'Open in the form: line 3' }).first().click();
    await page.locator('#page-create:not([hidden])').waitFor();
    assert.equal(await control(page, 'tracker_name').inputValue(), 'a b');
    assert.equal(sent.length, 0);
  });
});

test('JSON and YAML documents', async () => {
  await visit({}, async (page) => {
    await choose(page, 'trackers.json', `[${SYSTEM}, {"tracker_type":"x"}]`);
    await page.getByText('2 validated: 1 with errors', { exact: false }).first().waitFor();
    await choose(page, 'trackers.yaml', 'tracker_type: system\n---\n- tracker_type: data\n- tracker_type: system\n');
    await page.getByText('3 validated: 1 with errors', { exact: false }).first().waitFor();
    await choose(page, 'broken.yaml', 'a: [1');
    await page.getByText('The file could not be read', { exact: false }).first().waitFor();
    await choose(page, 'buckets.json', '{"buckets":[{"bucket_name":"A"}]}');
    await page.getByText('1 validated: 1 with errors', { exact: false }).first().waitFor();
    assert.equal(await page.getByRole('button', { name: /in the form/ }).count(), 0);
  });
});

test('100,000 lines, with progress', async () => {
  await visit({}, async (page) => {
    const line =
      '{"tracker_type":"data","tracker_name":"tracker","data_bucket":{"data_bucket_name":"bucket1","data_event":["READ"]}}\n';
    await choose(page, 'many.ndjson', `${line.repeat(99_999)}{"tracker_type":"data"}\n`);
    await page.getByText('100000 validated: 1 with errors', { exact: false }).first().waitFor();
    assert.equal(await rows(page).count(), 2);
  });
});

test('a file is dropped on the page', async () => {
  await visit({}, async (page) => {
    await page.goto(new URL('#/validate-file', page.url()).href);
    await page.locator('#file').waitFor();
    const data = await page.evaluateHandle((text) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([text], 'dropped.ndjson'));
      return transfer;
    }, SYSTEM);
    await page.locator('#page-validate-file').dispatchEvent('drop', { dataTransfer: data });
    await page.getByText('1 validated: 0 with errors', { exact: false }).first().waitFor();
  });
});

test('no axe violation, in both themes and languages', async () => {
  for (const [theme, locale] of [
    ['light', 'en'],
    ['dark', 'zh-CN'],
  ]) {
    await visit({ theme, locale }, async (page) => {
      await choose(page, 'trackers.ndjson', LINES);
      await rows(page).first().waitFor();
      await page.evaluate(axe.source);
      const { violations } = await page.evaluate(() => window.axe.run(document));
      assert.deepEqual(
        violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`),
        [],
      );
    });
  }
});
