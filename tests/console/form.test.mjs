// The form of the page "Create tracker": its fields, their messages, and the request they make.
import assert from 'node:assert/strict';
import test from 'node:test';
import {
  clickCheck,
  clickCreate,
  clickReview,
  control,
  fillDataTracker,
  focusedName,
  messagesAt,
  readPreview,
  transferTo,
  useConsole,
} from './app.mjs';
import { importConsole } from './import-console.mjs';

const harness = useConsole();
const { visit } = harness;
const { examples } = await importConsole('create-tracker/examples.ts');

test('the invalid character of the second example is shown at the bucket, and nothing is sent', async () => {
  await visit({}, async (page, { sent, bodies }) => {
    await fillDataTracker(page, 'data-tracker-name', 'cstest0423', 'READ');
    await control(page, 'data_bucket.data_event', 'WRITE').check();
    await control(page, 'transfer_to_obs').check();
    await control(page, 'obs_info.file_prefix_name').fill('11');
    await page.getByText('30 days').click();
    await control(page, 'is_lts_enabled').check();
    const bucket = control(page, 'obs_info.bucket_name');
    await bucket.pressSequentially('save');
    assert.deepEqual(
      await messagesAt(page, 'obs_info.bucket_name'),
      [],
      'no error while the typed text may still become valid',
    );
    await bucket.pressSequentially('TraceBucket');
    const shown = await messagesAt(page, 'obs_info.bucket_name');
    assert.equal(shown.length, 1);
    assert.match(shown[0], /“T”/);
    assert.deepEqual(await readPreview(page), examples.data);
    assert.equal(await page.locator('#preview-badges').textContent(), '1 error');

    await clickReview(page);
    assert.equal(
      await bucket.evaluate((element) => element === document.activeElement),
      true,
      'the focus moves to the field',
    );
    assert.equal(await bucket.getAttribute('aria-invalid'), 'true');
    const described = await bucket.evaluate((element) =>
      element
        .getAttribute('aria-describedby')
        .split(' ')
        .map((id) => document.getElementById(id).textContent)
        .join(' '),
    );
    assert.match(described, /Error: .*“T”/, 'the error describes the control');
    const link = page.locator('#summary a');
    assert.equal(await link.count(), 1);
    assert.match(await link.textContent(), /^OBS bucket name: .*“T”/);
    await clickCheck(page);
    assert.equal(await bucket.evaluate((element) => element === document.activeElement), true);
    assert.equal(sent.length, 0);

    const element = await link.elementHandle();
    await control(page, 'obs_info.file_prefix_name').fill('12');
    assert.equal(
      await element.evaluate((node) => node.isConnected),
      true,
      'an unchanged summary is not rendered again',
    );
    await link.click();
    assert.equal(
      await bucket.evaluate((element) => element === document.activeElement),
      true,
      'the link in the summary moves the focus to the field',
    );
    await bucket.fill('save-trace-bucket');
    assert.deepEqual(await messagesAt(page, 'obs_info.bucket_name'), []);
    assert.equal(await page.locator('#summary').isVisible(), false);
    await clickCreate(page);
    await page.getByRole('heading', { name: 'Tracker created' }).waitFor();
    assert.equal(bodies.at(-1).obs_info.bucket_name, 'save-trace-bucket');
  });
});

test('an empty data tracker: the summary lists the required fields in order, and the first has the focus', async () => {
  await visit({}, async (page, { sent }) => {
    await control(page, 'transfer_to_obs').check();
    assert.equal(await page.locator('.errors:visible').count(), 0, 'untouched fields show no errors');
    await clickReview(page);
    const links = await page.locator('#summary a').allTextContents();
    assert.deepEqual(
      links.map((text) => text.split(':')[0]),
      ['Tracker name', 'Tracked OBS bucket', 'Operations to record', 'OBS bucket name'],
    );
    assert.equal(await focusedName(page), 'tracker_name');
    await page.waitForFunction(() => document.getElementById('live').textContent.includes('4 fields have errors'));
    assert.equal(sent.length, 0);
  });
});

test('an error that appears on blur does not move a button that is being clicked', async () => {
  await visit({ height: 4000 }, async (page, { sent }) => {
    await fillDataTracker(page, 'mine', 'cstest0423', 'READ');
    await transferTo(page, 'ab');
    const box = await page.locator('#to-review').boundingBox();
    await page.mouse.move(box.x + 10, box.y + 2);
    await page.mouse.down();
    await page.mouse.up();
    await page.locator('#summary a').waitFor();
    assert.match((await messagesAt(page, 'obs_info.bucket_name'))[0], /3/);
    assert.equal(sent.length, 0);
  });
});

test('changing the tracker type hides or disables fields and restores typed values', async () => {
  await visit({}, async (page) => {
    await page.getByRole('button', { name: 'Management tracker' }).click();
    await control(page, 'is_organization_tracker').check();
    await control(page, 'management_event_selector.exclude_service').check();
    assert.deepEqual((await readPreview(page)).management_event_selector, { exclude_service: ['KMS'] });
    assert.equal(await control(page, 'tracker_name').isEditable(), false);
    assert.equal(await control(page, 'obs_info.bucket_lifecycle').first().isDisabled(), true);
    assert.match(await page.locator('[data-field="obs_info.bucket_lifecycle"] .reason').textContent(), /data trackers/);

    await control(page, 'tracker_type', 'data').check();
    assert.equal(await page.locator('.errors:visible').count(), 0, 'a newly selected type shows no errors');
    await fillDataTracker(page, 'mine', 'cstest0423', 'WRITE');
    assert.equal(await control(page, 'is_organization_tracker').isVisible(), false);
    assert.equal(await control(page, 'is_support_trace_files_encryption').isDisabled(), true);
    assert.match(await page.locator('[data-field="kms_id"] .reason').textContent(), /management trackers/);
    assert.equal(await control(page, 'obs_info.bucket_lifecycle').first().isDisabled(), false);
    assert.deepEqual(await readPreview(page), {
      tracker_type: 'data',
      tracker_name: 'mine',
      is_lts_enabled: true,
      obs_info: { bucket_name: 'test-data-tracker', file_prefix_name: '11', is_obs_created: false },
      is_support_validate: true,
      data_bucket: { data_bucket_name: 'cstest0423', data_event: ['WRITE'] },
      agency_name: 'cts_admin_trust',
    });

    await control(page, 'tracker_type', 'system').check();
    assert.equal(await control(page, 'tracker_name').inputValue(), 'system');
    assert.equal((await readPreview(page)).kms_id, examples.system.kms_id);
    await control(page, 'tracker_type', 'data').check();
    assert.equal(await control(page, 'tracker_name').inputValue(), 'mine');
  });
});

test('retention, compression, sorting and a new bucket in the request', async () => {
  await visit({}, async (page) => {
    await fillDataTracker(page, 'mine', 'cstest0423', 'READ');
    await control(page, 'transfer_to_obs').check();
    await control(page, 'obs_info.is_obs_created', 'true').check();
    await control(page, 'obs_info.bucket_name').fill('a-new-bucket');
    assert.equal(await page.getByRole('button', { name: 'Check bucket' }).isDisabled(), true);
    for (const days of [30, 60, 90, 180, 1095]) {
      await control(page, 'obs_info.bucket_lifecycle', days).check();
      assert.equal((await readPreview(page)).obs_info.bucket_lifecycle, days);
    }
    assert.deepEqual(await page.locator('#lifecycle label').allInnerTexts(), [
      'Keep the bucket’s rule',
      '30 days',
      '60 days',
      '90 days',
      '180 days',
      '3 years',
    ]);
    await control(page, 'obs_info.compress_type', 'json').check();
    await control(page, 'obs_info.is_sort_by_service').uncheck();
    assert.deepEqual((await readPreview(page)).obs_info, {
      bucket_name: 'a-new-bucket',
      is_obs_created: true,
      bucket_lifecycle: 1095,
      compress_type: 'json',
      is_sort_by_service: false,
    });
    await control(page, 'transfer_to_obs').uncheck();
    assert.equal((await readPreview(page)).obs_info, undefined);
  });
});

test('warnings are shown apart from errors and do not prevent creation', async () => {
  await visit({}, async (page) => {
    await page.getByRole('button', { name: 'Management tracker' }).click();
    await control(page, 'kms_id').fill('not-like-a-key');
    await control(page, 'obs_info.file_prefix_name').focus();
    assert.equal((await messagesAt(page, 'kms_id', 'warnings')).length, 1);
    assert.deepEqual(await messagesAt(page, 'kms_id'), []);
    assert.equal(await control(page, 'kms_id').getAttribute('aria-invalid'), null);
    assert.deepEqual(await page.locator('#preview-badges .badge').allTextContents(), ['Ready to send', '1 warning']);
  });
});

test('counters count code points, and long values are not cut', async () => {
  await visit({}, async (page) => {
    await control(page, 'transfer_to_obs').check();
    const prefix = control(page, 'obs_info.file_prefix_name');
    const counter = page.locator('[data-field="obs_info.file_prefix_name"] .counter');
    await prefix.fill('😀桶');
    assert.equal(await counter.textContent(), '2 / 64');
    await prefix.fill('x'.repeat(70));
    assert.equal(await counter.textContent(), '70 / 64');
    assert.equal((await prefix.inputValue()).length, 70);
    await page.keyboard.press('Tab');
    assert.match((await messagesAt(page, 'obs_info.file_prefix_name'))[0], /64.*70|70.*64/);
    assert.equal(await page.locator('[maxlength]').count(), 0);
  });
});
