// The page "Check buckets".
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import test from 'node:test';
import axe from 'axe-core';
import { jsonResponse, useConsole } from './app.mjs';

const harness = useConsole();
const { visit } = harness;

const rows = (page) => page.locator('table.buckets tbody tr');
const badges = (page) => rows(page).locator('.badge').allTextContents();

/** Opens the page and pastes buckets. */
async function paste(page, text) {
  await page.goto(new URL('#/check-buckets', page.url()).href);
  await page.getByLabel('Paste buckets').fill(text);
  await page.getByRole('button', { name: 'Add to the table' }).click();
}

test('pasted CSV is checked, and each row has its result', async () => {
  await visit({}, async (page, { sent }) => {
    await paste(page, 'bucket_name,region\nbucket1,\nbucket2,cn-north-1\n"save-trace-bucket",cn-north-1\n');
    assert.equal(await rows(page).count(), 3);
    await page.getByRole('button', { name: 'Check all (3)' }).click();
    await page.getByText('2 usable, 1 not usable, 0 could not be checked, 0 not checked.').first().waitFor();
    assert.deepEqual(await badges(page), ['Usable', 'Not usable', 'Usable']);
    assert.match(await rows(page).nth(1).textContent(), /OBS\.NoSuchBucket/);
    assert.equal(sent.length, 1);
    await page.getByLabel('Rows to show').selectOption('Not usable');
    assert.equal(await rows(page).count(), 1);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Export as CSV' }).click(),
    ]);
    const [head, ...lines] = (await readFile(await download.path(), 'utf8')).trim().split('\r\n');
    assert.equal(head, 'bucket_name,bucket_location,kms_id,result,code,message');
    assert.match(lines[1], /^bucket2,cn-north-1,,bad,OBS\.NoSuchBucket,/);
  });
});

test('errors appear while a row is typed, and rows with errors are not sent', async () => {
  await visit({}, async (page, { bodies }) => {
    await paste(page, 'Bad_Name\nbucket1\nbucket1');
    assert.match(await rows(page).nth(0).textContent(), /lowercase/i);
    assert.match(await rows(page).nth(2).textContent(), /same|repeat|already|duplicate/i);
    const name = rows(page).nth(0).getByLabel('OBS bucket name');
    assert.equal(await name.getAttribute('aria-invalid'), 'true');
    await page.getByRole('button', { name: 'Check all (3)' }).click();
    await page.getByText('2 usable', { exact: false }).first().waitFor();
    assert.equal(bodies[0].buckets.length, 2);
    await name.fill('save-trace-bucket');
    assert.equal(await name.getAttribute('aria-invalid'), null);
    assert.equal(await page.evaluate(() => document.activeElement.value), 'save-trace-bucket');
  });
});

test('failed checks can be retried alone', async () => {
  await visit({}, async (page, { sent }) => {
    await paste(page, 'bucket1\nsave-trace-bucket');
    await page.route('**/api/v3/*/checkbucket', (route) =>
      route.fulfill(jsonResponse(403, { error_code: 'CTS.0002', error_msg: 'no' })),
    );
    await page.getByRole('button', { name: 'Check all (2)' }).click();
    await page.getByRole('button', { name: 'Retry the failed (2)' }).waitFor();
    assert.deepEqual(await badges(page), ['Check failed', 'Check failed']);
    assert.match(await rows(page).nth(0).textContent(), /Access denied/);
    await page.locator('#language').selectOption('zh-CN');
    assert.match(await rows(page).nth(0).textContent(), /请求被拒绝/);
    await page.locator('#language').selectOption('en');
    await page.unroute('**/api/v3/*/checkbucket');
    const before = sent.length;
    await page.getByRole('button', { name: 'Retry the failed (2)' }).click();
    await page.getByText('2 usable, 0 not usable').first().waitFor();
    assert.ok(sent.length > before);
  });
});

test('a run can be stopped, and keeps what it has', async () => {
  await visit({}, async (page) => {
    await paste(page, Array.from({ length: 200 }, (_, index) => `bucket-${index}`).join('\n'));
    let calls = 0;
    await page.route('**/api/v3/*/checkbucket', async (route) => {
      calls += 1;
      if (calls <= 4) return route.continue();
      return new Promise(() => {});
    });
    await page.getByRole('button', { name: 'Check all (200)' }).click();
    await page.getByText('Checking: 80 of 200').first().waitFor();
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.getByText('0 usable, 80 not usable, 0 could not be checked, 120 not checked.').first().waitFor();
  });
});

test('2,000 rows: a key press is answered within a few frames', async () => {
  await visit({}, async (page) => {
    const names = Array.from({ length: 2000 }, (_, index) => `bucket-${index}`).join('\n');
    await page.goto(new URL('#/check-buckets', page.url()).href);
    // Typing many lines at once takes Chromium seconds per thousand.
    await page.getByLabel('Paste buckets').evaluate((element, text) => {
      element.value = text;
    }, names);
    await page.getByRole('button', { name: 'Add to the table' }).click();
    assert.equal(await rows(page).count(), 2000);
    const input = rows(page).nth(1000).getByLabel('OBS bucket name');
    await input.focus();
    await page.keyboard.type('x_');
    assert.equal(await input.getAttribute('aria-invalid'), 'true');
  });
});

test('no axe violation, in both themes and languages', async () => {
  for (const [theme, locale] of [
    ['light', 'en'],
    ['dark', 'zh-CN'],
  ]) {
    await visit({ theme, locale }, async (page) => {
      await page.goto(new URL('#/check-buckets', page.url()).href);
      await page.locator('#buckets-text').fill('Bad_Name\nbucket1');
      await page.locator('#page-check-buckets .button').first().click();
      await page.evaluate(axe.source);
      const { violations } = await page.evaluate(() => window.axe.run(document));
      assert.deepEqual(
        violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`),
        [],
      );
    });
  }
});
