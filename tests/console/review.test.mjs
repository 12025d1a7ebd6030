// The review, and the bar with the actions that leads to it.
import assert from 'node:assert/strict';
import test from 'node:test';
import {
  clickCheck,
  clickReview,
  control,
  fillDataTracker,
  focusedName,
  hold,
  openAccount,
  selectManagement,
  transferTo,
  useConsole,
} from './app.mjs';

const harness = useConsole();
const { visit } = harness;

/** The rows of the review: labels with their values. */
const readReview = (page) =>
  page
    .locator('#review .values > div')
    .evaluateAll((rows) => Object.fromEntries(rows.map((row) => [...row.children].map((cell) => cell.textContent))));
const costs = (page) => page.locator('#review-costs li').allTextContents();

test('the review shows the values by section, and each section leads back to its fields', async () => {
  await visit({}, async (page) => {
    await fillDataTracker(page, 'reviewed', 'cstest0423', 'READ');
    await control(page, 'data_bucket.data_event', 'WRITE').check();
    await transferTo(page, 'bucket1');
    await control(page, 'obs_info.bucket_lifecycle', '90').check();
    await clickReview(page);
    await page.locator('#review').waitFor();
    const rows = await readReview(page);
    assert.deepEqual(rows, {
      Region: 'cn-north-1',
      'Project ID': '3d65c44c1d4e4a3f8f4f0f1f9a5f0c01',
      'Tracker type': 'Data tracker',
      'Tracker name': 'reviewed',
      'Create the agency cts_admin_trust': 'Yes',
      'Tracked OBS bucket': 'cstest0423',
      'Operations to record': 'Read, Write',
      'Transfer trace files to an OBS bucket': 'Yes',
      'OBS bucket': 'Use an existing bucket',
      'OBS bucket name': 'bucket1',
      'Bucket region': 'cn-north-1',
      'File prefix': '–',
      'Retention period': '90 days',
      Compression: 'gzip',
      'Sort by cloud service': 'Yes',
      'Verify trace files': 'No',
      'Transfer traces to Log Tank Service': 'No',
    });
    await page.locator('#language').selectOption('zh-CN');
    assert.equal((await readReview(page)).操作类型, '读操作、写操作', 'the review follows the language');
    await page.locator('#language').selectOption('en');
    await page.getByRole('button', { name: 'Edit Data traces' }).click();
    assert.equal(await focusedName(page), 'data_bucket.data_bucket_name');
    assert.equal(await page.locator('#review').isVisible(), false);
  });
});

test('the review checks the bucket once, and says what is known about it', async () => {
  await visit({}, async (page, { sent }) => {
    const known = page.locator('#review-bucket');
    await fillDataTracker(page, 'reviewed', 'cstest0423', 'READ');
    await clickReview(page);
    assert.match(await known.textContent(), /^No bucket to check/);
    assert.equal(sent.length, 0);
    await page.goBack();
    await transferTo(page, 'bucket2');
    await clickReview(page);
    await known.getByText('No bucket with this name exists').waitFor();
    assert.equal(await page.locator('#review .checked .bad').count(), 1);
    assert.equal(await page.locator('#preview-badges').textContent(), 'Bucket check failed');
    await page.goBack();
    await clickReview(page);
    await known.getByText('No bucket with this name exists').waitFor();
    assert.equal(sent.length, 1, 'the result is known');
    await page.goBack();
    await control(page, 'obs_info.is_obs_created', 'true').check();
    await clickReview(page);
    assert.match(await known.textContent(), /^CTS will create the bucket/);
    await page.goBack();
    await control(page, 'obs_info.is_obs_created', 'false').check();
    await openAccount(page);
    await control(page, 'domain_id').fill('');
    await control(page, 'obs_info.bucket_name').fill('bucket1');
    await clickReview(page);
    assert.match(await known.textContent(), /^The bucket was not checked\. To check it, enter the account ID/);
    assert.equal(sent.length, 1);
  });
});

test('after a failed bucket check, the request is not ready to send until the bucket changes', async () => {
  await visit({}, async (page) => {
    const badges = page.locator('#preview-badges');
    await fillDataTracker(page, 'reviewed', 'cstest0423', 'READ');
    await transferTo(page, 'bucket2');
    assert.equal(await badges.textContent(), 'Ready to send');
    await clickCheck(page);
    await badges.getByText('Bucket check failed').waitFor();
    await control(page, 'obs_info.bucket_name').fill('bucket1');
    assert.equal(await badges.textContent(), 'Ready to send');
  });
});

test('the review says what costs money', async () => {
  await visit({}, async (page) => {
    await selectManagement(page);
    await clickReview(page);
    assert.deepEqual(
      (await costs(page)).map((text) => text.split(':')[0]),
      ['Free of charge'],
    );
    await page.goBack();
    await transferTo(page, 'test-data-tracker');
    await control(page, 'is_support_trace_files_encryption').check();
    await control(page, 'kms_id').fill('13a4207c-7abe-4b68-8510-16b84c3b5504');
    await control(page, 'is_lts_enabled').check();
    await clickReview(page);
    assert.deepEqual(
      (await costs(page)).map((text) => /^Costs money: (OBS|Data Encryption Workshop|LTS) /.exec(text)?.[1]),
      ['OBS', 'Data Encryption Workshop', 'LTS'],
    );
  });
});

test('warnings are repeated in the review', async () => {
  await visit({}, async (page) => {
    await selectManagement(page);
    await transferTo(page, 'test-data-tracker');
    await control(page, 'is_support_trace_files_encryption').check();
    await control(page, 'kms_id').fill('not-like-a-key');
    await clickReview(page);
    assert.match(await page.locator('#review-warnings').textContent(), /^KMS key ID: /);
  });
});

test('the errors are repeated at the actions, which stay in view', async () => {
  await visit({ height: 600 }, async (page) => {
    const inView = (selector) =>
      page.locator(selector).evaluate((element) => {
        const { top, bottom } = element.getBoundingClientRect();
        return top >= 0 && bottom <= innerHeight;
      });
    assert.equal(await inView('#to-review'), true, 'without scrolling');
    await control(page, 'transfer_to_obs').check();
    await clickReview(page);
    assert.equal(await inView('#summary-heading'), false, 'the summary is scrolled past');
    assert.equal(await inView('#errors'), true);
    assert.equal(await page.locator('#errors-count').textContent(), '4 fields have errors');
    await page.locator('#errors-count').click();
    await page.locator('#errors-list a').last().click();
    assert.equal(await focusedName(page), 'obs_info.bucket_name');
    const [field, bar] = [
      await control(page, 'obs_info.bucket_name').boundingBox(),
      await page.locator('#actions').boundingBox(),
    ];
    assert.ok(field.y + field.height <= bar.y, 'the bar does not cover the field');
  });
});

test('the focus stays when the lookup of the name ends', async () => {
  await visit({}, async (page) => {
    const [held, release] = hold();
    await page.route('**/api/v3/*/trackers?*', async (route) => {
      await held;
      await route.continue();
    });
    await fillDataTracker(page, 'keeps-focus', 'bucket1', 'READ');
    await clickReview(page);
    await page.locator('#review-name').getByText('Looking for a tracker with this name…').waitFor();
    const edit = page.getByRole('button', { name: 'Edit Data traces' });
    await edit.focus();
    release();
    await page.locator('#review-name').getByText('No tracker named “keeps-focus” exists yet.').waitFor();
    assert.ok(await edit.evaluate((element) => element === document.activeElement));
  });
});

test('an address that names a step opens the form if it is not ready for it', async () => {
  await visit({}, async (page) => {
    for (const step of ['review', 'created']) {
      await page.goto(`${harness.app.url}#/create/${step}`);
      await page.waitForFunction(() => location.hash === '#/create');
      assert.equal(await page.locator('#form').isVisible(), true);
      assert.equal(await page.locator('#create').isVisible(), false);
    }
  });
});

test('the data tracker is first, with the reason', async () => {
  await visit({}, async (page) => {
    const types = page.locator('[name="tracker_type"]');
    assert.deepEqual(await types.evaluateAll((all) => all.map(({ value, checked }) => [value, checked])), [
      ['data', true],
      ['system', false],
    ]);
    assert.match(await page.locator('#type-system-hint').textContent(), /usually exists already, because enabling CTS/);
  });
});

test('an example that breaks a rule says so when it is loaded', async () => {
  await visit({}, async (page) => {
    await page.locator('[data-example="data"]').click();
    assert.match(
      await page.locator('#undo').textContent(),
      /Example loaded\. The example of the API reference breaks a rule of the reference itself: OBS bucket name: .*“T”/,
    );
    await page.locator('[data-example="system"]').click();
    assert.doesNotMatch(await page.locator('#undo').textContent(), /breaks a rule/);
  });
});
