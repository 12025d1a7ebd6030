// The tabs of the preview: the request as code.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import test from 'node:test';
import axe from 'axe-core';
import { control, fillDataTracker, readPreview, transferTo, useConsole } from './app.mjs';

const harness = useConsole();
const { visit } = harness;

const codeOf = (page) => page.locator('#preview-body').textContent();
const openTab = (page, name) => page.getByRole('tab', { name, exact: true }).click();

test('each tab follows what is typed', async () => {
  await visit({}, async (page) => {
    await fillDataTracker(page, 'first-name', 'cstest0423', 'READ');
    for (const [name, text] of [
      ['curl', '/v3/3d65c44c1d4e4a3f8f4f0f1f9a5f0c01/tracker'],
      ['KooCLI', '--cli-region=cn-north-1'],
      ['Terraform', 'resource "huaweicloud_cts_data_tracker"'],
      ['Node', "from 'cts-tracker'"],
      ['Python', 'from huaweicloudsdkcts.v3 import'],
      ['Go', 'package main'],
    ]) {
      await openTab(page, name);
      assert.ok((await codeOf(page)).includes(text), `${name}: ${await codeOf(page)}`);
      assert.match(await codeOf(page), /first-name/);
    }
    await control(page, 'tracker_name').fill('second-name');
    assert.match(await codeOf(page), /second-name/);
    await openTab(page, 'IAM policy');
    assert.ok(JSON.parse(await codeOf(page)).Statement[0].Action.includes('cts:tracker:create'));
    await openTab(page, 'Request');
    assert.equal((await readPreview(page)).tracker_name, 'second-name');
  });
});

test('differences from the request stand above the code, in the language of the page', async () => {
  for (const [locale, text] of Object.entries({ en: /bucket must exist/, 'zh-CN': /桶必须已存在/ })) {
    await visit({ locale }, async (page) => {
      await fillDataTracker(page, 'differences', 'cstest0423', 'READ');
      await transferTo(page, 'new-bucket');
      await control(page, 'obs_info.is_obs_created', 'true').check();
      assert.equal(await page.locator('#code-losses li').count(), 0);
      await openTab(page, 'Terraform');
      const losses = page.locator('#code-losses');
      assert.match(await losses.textContent(), text);
      const [above, below] = [await losses.boundingBox(), await page.locator('#preview').boundingBox()];
      assert.ok(above.y + above.height <= below.y);
    });
  }
});

test('the arrow keys move between the tabs, and only the selected one is a stop of the tab key', async () => {
  await visit({}, async (page) => {
    const selected = () => page.locator('[role=tab][aria-selected=true]').textContent();
    await page.getByRole('tab', { name: 'Request' }).focus();
    for (const [key, name] of [
      ['ArrowRight', 'curl'],
      ['End', 'IAM policy'],
      ['ArrowRight', 'Request'],
      ['ArrowLeft', 'IAM policy'],
      ['Home', 'Request'],
    ]) {
      await page.keyboard.press(key);
      assert.equal(await selected(), name);
      assert.equal(await page.evaluate(() => document.activeElement.textContent), name);
    }
    assert.equal(await page.locator('[role=tab][tabindex="0"]').count(), 1);
    assert.equal(await page.getByRole('tabpanel').getAttribute('aria-labelledby'), 'tab-request');
  });
});

test('the code is copied and downloaded as it is shown', async () => {
  await visit({ permissions: ['clipboard-read', 'clipboard-write'] }, async (page) => {
    await openTab(page, 'Python');
    const code = await codeOf(page);
    await page.locator('#copy').click();
    await page.getByText('Copied', { exact: true }).first().waitFor();
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), code);
    const [download] = await Promise.all([page.waitForEvent('download'), page.locator('#download').click()]);
    assert.equal(download.suggestedFilename(), 'create_tracker.py');
    assert.equal(await readFile(await download.path(), 'utf8'), `${code}\n`);
  });
});

test('the tabs have no axe violation and no overflow at 320 px', async () => {
  for (const theme of ['light', 'dark']) {
    await visit({ theme, width: 320 }, async (page) => {
      await openTab(page, 'Terraform');
      await page.evaluate(axe.source);
      const { violations } = await page.evaluate(() => window.axe.run(document));
      assert.deepEqual(
        violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`),
        [],
      );
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
    });
  }
});
