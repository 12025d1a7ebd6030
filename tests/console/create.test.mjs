// From the form over the review to the tracker, with the package, its signing proxy and the emulator.
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
  selectManagement,
  transferTo,
  useConsole,
} from './app.mjs';
import { importConsole } from './import-console.mjs';

const harness = useConsole();
const { visit } = harness;
const { examples } = await importConsole('create-tracker/examples.ts');

async function fillManagementExample(page) {
  await selectManagement(page);
  await transferTo(page, 'test-data-tracker');
  await control(page, 'obs_info.file_prefix_name').fill('11');
  await control(page, 'is_support_validate').check();
  await control(page, 'is_support_trace_files_encryption').check();
  await control(page, 'kms_id').fill('13a4207c-7abe-4b68-8510-16b84c3b5504');
  await control(page, 'is_lts_enabled').check();
}

test('creates the management tracker of the API reference', async () => {
  await visit({}, async (page, { sent, bodies, response: document }) => {
    const policy = document.headers()['content-security-policy'];
    assert.match(policy, /script-src 'self' 'wasm-unsafe-eval'(;|$)/);
    assert.match(policy, /(style|default)-src 'self'(;|$)/);
    assert.doesNotMatch(policy, /unsafe-inline|unsafe-eval'.*unsafe-eval|https?:|\*/);
    assert.match(await page.locator('#banner').textContent(), /^\s*Emulator /);

    await fillManagementExample(page);
    assert.deepEqual(await readPreview(page), examples.system, 'the preview is the example');
    assert.equal(await page.locator('#preview-badges').textContent(), 'Ready to send');
    assert.equal(await page.locator('.errors:visible, .warnings:visible').count(), 0);

    await clickCheck(page);
    await page.locator('#check-result .good').getByText('Traces can be transferred to this bucket.').waitFor();
    assert.equal(sent.length, 1);
    assert.match(sent[0].url(), /\/api\/v3\/[\w-]+\/checkbucket$/);
    assert.deepEqual(
      bodies[0].buckets.map((bucket) => bucket.bucket_name),
      ['test-data-tracker'],
    );

    await clickReview(page);
    await page.locator('#review').getByText('Traces can be transferred to this bucket.').waitFor();
    assert.equal(sent.length, 1, 'the result of the check is known, so the review does not repeat it');
    const create = page.locator('#create');
    assert.equal(await create.textContent(), 'Create in cn-north-1');
    await create.click();
    await page.getByRole('heading', { name: 'Tracker created' }).waitFor();
    assert.equal(sent.length, 2);
    assert.match(sent[1].url(), /\/api\/v3\/[\w-]+\/tracker$/);
    assert.deepEqual(bodies[1], examples.system, 'the body that was sent is the example');
    const details = await page.locator('#response .details').textContent();
    assert.match(details, /Status201/);
    assert.match(details, /Request ID\S/);
    const response = JSON.parse(await page.locator('#response pre').first().textContent());
    assert.equal(response.tracker_name, 'system');
    assert.equal(response.obs_info.bucket_name, 'test-data-tracker');
    assert.equal(
      await page.evaluate(() => document.activeElement.id),
      'response-heading',
      'the focus moves to the response',
    );
    await page.waitForFunction(() => document.getElementById('live').textContent === 'Tracker created');
  });
});

test('a second management tracker is a conflict, and the form keeps its values', async () => {
  await visit({}, async (page, { sent }) => {
    await page.getByRole('button', { name: 'Management tracker' }).click();
    assert.deepEqual(await readPreview(page), examples.system, 'the button loads the example');
    await clickReview(page);
    await page.locator('#create').click();
    const response = page.locator('#response');
    await response.getByRole('heading', { name: 'Conflict with an existing tracker' }).waitFor();
    const text = await response.textContent();
    assert.match(text, /CTS\.0201/);
    assert.match(text, /Status400/);
    assert.match(text, /No tracker was created\. The management tracker already exists\. .*change it instead/);
    assert.doesNotMatch(text, /another name/, 'a management tracker has only one name');
    const creations = sent.filter((request) => request.url().endsWith('/tracker'));
    assert.equal(creations.length, 1, 'a rejected request is not repeated');
    assert.equal(await control(page, 'kms_id').inputValue(), examples.system.kms_id);

    await page.locator('#language').selectOption('zh-CN');
    assert.match(await response.textContent(), /与已有的追踪器冲突/, 'the response follows the language');
  });
});

test('a bucket that does not exist is a check result, not a failure', async () => {
  await visit({}, async (page) => {
    await transferTo(page, 'bucket2');
    await clickCheck(page);
    await page.locator('#check-result .bad').waitFor();
    const text = await page.locator('#check-result').textContent();
    assert.match(text, /No bucket with this name exists/);
    assert.match(text, /OBS\.NoSuchBucket \(404\)/);
    await control(page, 'obs_info.bucket_name').fill('bucket1');
    assert.match(await page.locator('#check-result').textContent(), /Changed since the check/);
    await clickCheck(page);
    await page.locator('#check-result .good').getByText('Traces can be transferred to this bucket.').waitFor();
  });
});

test('a service error is shown at the field it belongs to', async () => {
  await visit({}, async (page) => {
    await fillDataTracker(page, 'mine', 'test-data-tracker', 'READ');
    await transferTo(page, 'no-such-bucket-anywhere');
    await clickCreate(page);
    await page.locator('#response .outcome.bad').waitFor();
    assert.match(await page.locator('#response').textContent(), /CTS\.0211/);
    await page.getByRole('button', { name: 'Go to field: OBS bucket name' }).click();
    assert.equal(await focusedName(page), 'obs_info.bucket_name');
    assert.match((await messagesAt(page, 'obs_info.bucket_name'))[0], /^Service response: /);
    await control(page, 'obs_info.bucket_name').fill('save-trace-bucket');
    assert.deepEqual(await messagesAt(page, 'obs_info.bucket_name'), [], 'a change removes the error');
  });
});

test('with the real service, the page says so and requires a project ID', async () => {
  const context = await harness.browser.newContext({ locale: 'en' });
  const page = await context.newPage();
  await page.route('**/config.json', (route) => route.fulfill({ json: { mode: 'service', region: 'eu-west-0' } }));
  await page.goto(harness.app.url);
  await page.waitForSelector('html[data-ready]');
  assert.match(
    await page.locator('#banner').textContent(),
    /^\s*Real service .*eu-west-0.*lookups of trackers, which only read.*are real/,
  );
  assert.equal(await page.locator('#account-region').textContent(), 'eu-west-0');
  assert.equal(await control(page, 'bucket_location').inputValue(), 'eu-west-0');
  await fillDataTracker(page, 'mine', 'bucket1', 'READ');
  await clickReview(page);
  assert.equal(await focusedName(page), 'project_id');
  assert.equal((await messagesAt(page, 'project_id')).length, 1);
  await context.close();
});
