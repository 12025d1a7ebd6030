// What is typed survives a reload of the tab, without IDs.
import assert from 'node:assert/strict';
import test from 'node:test';
import {
  clickCreate,
  control,
  fillDataTracker,
  openAccount,
  readPreview,
  selectManagement,
  transferTo,
  useConsole,
} from './app.mjs';

const { visit } = useConsole();

async function reload(page) {
  await page.reload();
  await page.waitForSelector('html[data-ready]');
}

test('a reload keeps what was typed, and says so; undo empties the form', async () => {
  await visit({}, async (page) => {
    const empty = await readPreview(page);
    await fillDataTracker(page, 'kept', 'cstest0423', 'READ');
    await transferTo(page, 'Invalid');
    await control(page, 'obs_info.bucket_lifecycle', '90').check();
    await control(page, 'agency_name').uncheck();
    const typed = await readPreview(page);
    await reload(page);
    assert.deepEqual(await readPreview(page), typed);
    assert.equal(await control(page, 'obs_info.bucket_name').getAttribute('aria-invalid'), 'true');
    assert.match(await page.locator('#undo').textContent(), /What you typed in this tab is restored/);
    await page.locator('#language').selectOption('zh-CN');
    assert.match(await page.locator('#undo').textContent(), /已恢复您在此标签页中填写的内容。/);
    await page.locator('#undo-button').click();
    assert.deepEqual(await readPreview(page), empty);
    await reload(page);
    assert.equal(await page.locator('#undo').isVisible(), false, 'nothing was typed');
  });
});

test('no ID is stored', async () => {
  await visit({}, async (page) => {
    await selectManagement(page);
    await transferTo(page, 'bucket1');
    await control(page, 'is_support_trace_files_encryption').check();
    await control(page, 'kms_id').fill('13a4207c-7abe-4b68-8510-16b84c3b5504');
    await openAccount(page);
    await control(page, 'project_id').fill('11112222333344445555666677778888');
    await control(page, 'domain_id').fill('99990000aaaabbbbccccddddeeeeffff');
    const stored = await page.evaluate(() => JSON.stringify([{ ...sessionStorage }, { ...localStorage }]));
    assert.match(stored, /bucket1/);
    assert.doesNotMatch(stored, /13a4207c|11112222|99990000/);
    await reload(page);
    const { tracker_type: type, kms_id: key, obs_info: transfer } = await readPreview(page);
    assert.deepEqual([type, key, transfer.bucket_name], ['system', undefined, 'bucket1']);
  });
});

test('the name of a data tracker is kept while a management tracker is selected', async () => {
  await visit({}, async (page) => {
    await control(page, 'tracker_name').fill('for-later');
    await selectManagement(page);
    await reload(page);
    assert.equal(await control(page, 'tracker_name').inputValue(), 'system');
    await control(page, 'tracker_type', 'data').check();
    assert.equal(await control(page, 'tracker_name').inputValue(), 'for-later');
  });
});

test('the draft ends with the tracker that it became, and with the tab', async () => {
  await visit({}, async (page, { context }) => {
    await fillDataTracker(page, 'done', 'bucket1', 'READ');
    const other = await context.newPage();
    await other.goto(page.url());
    await other.waitForSelector('html[data-ready]');
    assert.equal(await control(other, 'tracker_name').inputValue(), '');
    await clickCreate(page);
    await page.locator('#another').waitFor();
    await page.locator('#language').selectOption('zh-CN');
    await reload(page);
    assert.equal(await control(page, 'tracker_name').inputValue(), '');
  });
});

test('a draft that is damaged is ignored', async () => {
  for (const damaged of ['{', 'null', '[1]', '{"tracker_name":7,"constructor":["x"],"tracker_type":[{}]}']) {
    await visit({}, async (page) => {
      const empty = await readPreview(page);
      await page.evaluate((text) => sessionStorage.setItem('cts-tracker.draft', text), damaged);
      // The page stores its own draft only when the form changes.
      await reload(page);
      assert.equal((await readPreview(page)).tracker_name, empty.tracker_name, damaged);
    });
  }
});
