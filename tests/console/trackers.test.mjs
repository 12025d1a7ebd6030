// The page "Trackers".
import assert from 'node:assert/strict';
import test from 'node:test';
import axe from 'axe-core';
import { control, jsonResponse, useConsole } from './app.mjs';
import { importConsole } from './import-console.mjs';

const harness = useConsole();
const { visit } = harness;

const PROJECT = '3d65c44c1d4e4a3f8f4f0f1f9a5f0c01';
const DATA = {
  tracker_type: 'data',
  tracker_name: 'listed',
  obs_info: { bucket_name: 'bucket1', bucket_lifecycle: 90 },
  data_bucket: { data_bucket_name: 'cstest0423', data_event: ['WRITE'] },
};
const rows = (page) => page.locator('#page-trackers tbody tr');
const open = (page) => page.goto(new URL('#/trackers', page.url()).href);

test('lists the trackers of the project, and opens one as a draft', async () => {
  await visit({}, async (page, { sent }) => {
    const created = await page.request.post(new URL(`api/v3/${PROJECT}/tracker`, page.url()).href, {
      headers: { 'x-requested-with': 'cts-tracker' },
      data: DATA,
    });
    assert.equal(created.status(), 201, await created.text());
    await open(page);
    const row = rows(page).filter({ hasText: 'listed' });
    await row.waitFor();
    assert.match(await row.textContent(), /Data tracker.*enabled.*bucket1/);
    await page.getByRole('button', { name: 'Open as a draft: listed' }).click();
    await page.locator('#page-create:not([hidden])').waitFor();
    assert.equal(await control(page, 'tracker_name').inputValue(), 'listed');
    assert.equal(await control(page, 'obs_info.bucket_name').inputValue(), 'bucket1');
    assert.ok(await control(page, 'data_bucket.data_event', 'WRITE').isChecked());
    assert.ok(sent.every((request) => request.method() === 'GET'));
  });
});

test('says that lookups are not allowed, and why a list failed', async () => {
  await visit({}, async (page) => {
    await page.route('**/api/v3/*/trackers*', (route) =>
      route.fulfill({
        status: 404,
        contentType: 'application/problem+json',
        body: JSON.stringify({ type: 'urn:x', title: 'x', status: 404, code: 'not_found', sent: 'no' }),
      }),
    );
    await open(page);
    await page.getByText('The proxy does not allow lookups', { exact: false }).first().waitFor();
    await page.unroute('**/api/v3/*/trackers*');
    await page.route('**/api/v3/*/trackers*', (route) =>
      route.fulfill(jsonResponse(403, { error_code: 'CTS.0002', error_msg: 'x' })),
    );
    await page.getByRole('button', { name: 'Refresh' }).click();
    await page.getByText('could not be listed: Access denied', { exact: false }).first().waitFor();
  });
});

test('no axe violation, in both themes and languages', async () => {
  for (const [theme, locale] of [
    ['light', 'en'],
    ['dark', 'zh-CN'],
  ]) {
    await visit({ theme, locale }, async (page) => {
      await open(page);
      await page.locator('#page-trackers .button').waitFor();
      await page.evaluate(axe.source);
      const { violations } = await page.evaluate(() => window.axe.run(document));
      assert.deepEqual(
        violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`),
        [],
      );
    });
  }
});

test('a draft has the fields of a request, and no empty ones', async () => {
  const { draftOf } = await importConsole('trackers/draft.ts');
  assert.deepEqual(
    draftOf({
      id: 'x',
      tracker_type: 'data',
      tracker_name: 'a',
      status: 'enabled',
      lts: { is_lts_enabled: false },
      kms_id: '',
      obs_info: { bucket_name: 'b', file_prefix_name: '', is_obs_created: true, bucket_lifecycle: 30 },
      data_bucket: { data_bucket_name: 'c', data_event: ['READ'], search_enabled: true },
    }),
    {
      tracker_type: 'data',
      tracker_name: 'a',
      is_lts_enabled: false,
      obs_info: { bucket_name: 'b', is_obs_created: false, bucket_lifecycle: 30 },
      data_bucket: { data_bucket_name: 'c', data_event: ['READ'] },
    },
  );
  const none = { tracker_type: 'system', obs_info: { bucket_name: '', file_prefix_name: '', bucket_lifecycle: 0 } };
  assert.deepEqual(draftOf(none), { tracker_type: 'system' });
});
