// "Import" on the page "Create tracker".
import assert from 'node:assert/strict';
import test from 'node:test';
import axe from 'axe-core';
import { control, fillDataTracker, openAccount, readPreview, useConsole } from './app.mjs';

const { visit } = useConsole();

const BODY = {
  tracker_type: 'data',
  tracker_name: 'imported',
  agency_name: 'cts_admin_trust',
  obs_info: { bucket_name: 'bucket1', is_obs_created: false, bucket_lifecycle: 90, compress_type: 'json' },
  is_lts_enabled: true,
  data_bucket: { data_bucket_name: 'cstest0423', data_event: ['READ', 'WRITE'] },
};

const dialog = (page) => page.locator('#import-dialog');
const status = (page) => page.locator('#import-status');
const isReady = async (page) => (await page.locator('#import-apply').getAttribute('aria-disabled')) === 'false';

async function paste(page, text) {
  if (!(await dialog(page).isVisible())) await page.getByRole('button', { name: 'Import…' }).click();
  await page.getByLabel('Text to import').fill(text);
}

/** Playwright does not click what is `aria-disabled`; a user can. */
const applyUnavailable = (page) => page.locator('#import-apply').click({ force: true });

const changes = (page) =>
  page
    .locator('#import-dialog tbody tr')
    .evaluateAll((rows) => rows.map((row) => [...row.cells].map((cell) => cell.textContent).join(' | ')));
const losses = (page) => page.locator('#import-dialog .losses li').allInnerTexts();

test('shows what changes, applies it only when confirmed, and undoes it', async () => {
  await visit({}, async (page, { sent }) => {
    await fillDataTracker(page, 'before', 'cstest0423', 'READ');
    const before = await readPreview(page);
    await paste(page, JSON.stringify({ ...BODY, note: 1 }));
    await status(page).getByText('7 values of the form change. 1 part of the text is not imported.').waitFor();
    assert.deepEqual(await changes(page), [
      'Tracker name | before | imported',
      'Transfer traces to Log Tank Service | Not set | true',
      'OBS bucket name | Not set | bucket1',
      'OBS bucket | Not set | false',
      'Retention period | Not set | 90',
      'Compression | Not set | json',
      'Operations to record | ["READ"] | ["READ","WRITE"]',
    ]);
    assert.deepEqual(await losses(page), ['note: not a field of the request.']);
    assert.deepEqual(await readPreview(page), before, 'nothing is applied yet');
    await page.getByRole('button', { name: 'Cancel' }).click();
    assert.equal(await page.evaluate(() => document.activeElement.id), 'import');
    assert.deepEqual(await readPreview(page), before);

    await paste(page, JSON.stringify(BODY));
    await page.locator('#import-apply').click();
    assert.deepEqual(await readPreview(page), BODY);
    assert.equal(await page.locator('#undo').textContent(), 'The request is imported. Undo import');
    await page.getByRole('button', { name: 'Undo import' }).click();
    assert.deepEqual(await readPreview(page), before);
    assert.equal(sent.length, 0);
  });
});

test('a text that cannot be read changes nothing, and has a line and a column', async () => {
  await visit({}, async (page) => {
    await fillDataTracker(page, 'kept', 'cstest0423', 'READ');
    const before = await readPreview(page);
    await paste(page, '{\n  "tracker_name": tru\n}');
    await status(page).getByText('Line 2, column 19: A JSON value is missing here.').waitFor();
    assert.equal(await page.getByLabel('Text to import').getAttribute('aria-invalid'), 'true');
    assert.equal(await isReady(page), false);
    await applyUnavailable(page);
    assert.ok(await dialog(page).isVisible());
    await paste(page, 'curl -d @body.json http://x');
    await status(page)
      .getByText('Line 1, column 6: The body is in a file, which this page cannot read: @body.json.')
      .waitFor();
    await paste(page, '');
    await page.locator('#import-status:empty').waitFor({ state: 'attached' });
    await applyUnavailable(page);
    await status(page).getByText('There is nothing to import yet.').waitFor();
    await page.keyboard.press('Escape');
    await dialog(page).waitFor({ state: 'detached' });
    assert.deepEqual(await readPreview(page), before);
  });
});

test('each code tab can be imported again', async () => {
  await visit({}, async (page) => {
    await paste(page, JSON.stringify(BODY));
    await page.locator('#import-apply').click();
    for (const name of ['Request', 'curl', 'Terraform']) {
      await page.getByRole('tab', { name, exact: true }).click();
      const code = await page.locator('#preview-body').textContent();
      await page.getByRole('button', { name: 'Reset form' }).click();
      await paste(page, code);
      await page.locator('#import-dialog tbody').waitFor();
      assert.deepEqual(await losses(page), [], name);
      await page.locator('#import-apply').click();
      await page.getByRole('tab', { name: 'Request', exact: true }).click();
      assert.deepEqual(await readPreview(page), BODY, name);
    }
  });
});

test('the answer of a lookup asks which tracker, and names what only answers have', async () => {
  await visit({}, async (page) => {
    const tracker = { ...BODY, id: '1', status: 'enabled', project_id: 'a'.repeat(32), lts: { is_lts_enabled: true } };
    const { is_lts_enabled: _, ...first } = tracker;
    await paste(page, JSON.stringify({ trackers: [first, { ...first, tracker_name: 'second' }] }));
    await page.getByLabel('Tracker', { exact: true }).selectOption('second');
    assert.ok((await changes(page)).includes('Tracker name | Not set | second'));
    assert.deepEqual(await losses(page), [
      'id: occurs only in responses.',
      'status: occurs only in responses.',
      'project_id: occurs only in responses.',
      `Project ${'a'.repeat(32)}: the console uses the project above.`,
    ]);
    await page.locator('#import-apply').click();
    assert.equal((await readPreview(page)).tracker_name, 'second');
  });
});

test('names values that the form cannot hold, and fields that do not apply', async () => {
  await visit({}, async (page) => {
    const text = {
      tracker_type: 'data',
      tracker_name: 7,
      kms_id: 'k',
      is_organization_tracker: false,
      is_lts_enabled: 'yes',
      obs_info: { bucket_name: 'a\nb', bucket_lifecycle: 45, 'is.dotted': 1 },
      data_bucket: [],
    };
    await paste(page, JSON.stringify(text));
    await page.locator('#import-dialog .losses').waitFor();
    assert.deepEqual(await losses(page), [
      'tracker_name: the form has no such value: 7',
      'is_lts_enabled: the form has no such value: yes',
      'obs_info.bucket_name: the form has no such value: a b',
      'obs_info.bucket_lifecycle: the form has no such value: 45',
      'obs_info.is.dotted: not a field of the request.',
      'data_bucket: the form has no such value: []',
      'kms_id: does not apply to this request.',
    ]);
    await page.locator('#import-apply').click();
    assert.ok(await control(page, 'transfer_to_obs').isChecked());
    assert.match(
      await page.locator('#undo-text').textContent(),
      /^The request is imported\. It has an invalid value: /,
    );
  });
});

test('a command for another project or region says so', async () => {
  await visit({}, async (page) => {
    await openAccount(page);
    const url = 'https://cts.cn-north-4.myhuaweicloud.com/v3/0123456789abcdef0123456789abcdef/tracker';
    await paste(page, `curl -H 'Authorization: secret' ${url} -d '${JSON.stringify(BODY)}'`);
    await page.locator('#import-dialog .losses').waitFor();
    assert.deepEqual(await losses(page), [
      'authorization: not part of the request body.',
      'Project 0123456789abcdef0123456789abcdef: the console uses the project above.',
      'Region cn-north-4: the console uses the region above.',
    ]);
    assert.doesNotMatch(await dialog(page).textContent(), /secret/);
  });
});

test('no axe violation, nothing overflows at 320 px, and it works by keyboard', async () => {
  for (const [theme, locale, width] of [
    ['light', 'en', 1280],
    ['dark', 'zh-CN', 1280],
    ['light', 'en', 320],
    ['dark', 'zh-CN', 320],
  ]) {
    await visit({ theme, locale, width }, async (page) => {
      await page.locator('#import').focus();
      await page.keyboard.press('Enter');
      await page.locator('#import-text').waitFor();
      assert.equal(await page.evaluate(() => document.activeElement.id), 'import-text');
      await page.keyboard.insertText(JSON.stringify({ ...BODY, id: 'x', status: 'enabled', x: 'y'.repeat(80) }));
      await page.locator('#import-dialog tbody').waitFor();
      await page.evaluate(axe.source);
      const { violations } = await page.evaluate(() => window.axe.run(document));
      assert.deepEqual(
        violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`),
        [],
      );
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width);
      assert.equal(await dialog(page).evaluate((element) => element.scrollWidth - element.clientWidth), 0);
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await dialog(page).waitFor({ state: 'detached' });
      assert.equal((await readPreview(page)).tracker_name, 'imported');
    });
  }
});
