// What all pages share: the navigation by hash, and the project and the account.
import assert from 'node:assert/strict';
import test from 'node:test';
import { clickReview, control, fillDataTracker, focusedName, openAccount, readPreview, useConsole } from './app.mjs';
import { importConsole } from './import-console.mjs';

const harness = useConsole();
const { visit } = harness;
const { hrefOf, pageNames, parseRoute } = await importConsole('router.ts');
const { en } = await importConsole('texts/en.ts');

const HEADINGS = {
  create: 'create',
  'check-buckets': 'checkBuckets',
  'validate-file': 'validateFile',
  trackers: 'trackers',
};
const headingOf = (name) => en[`${HEADINGS[name]}.heading`];

test('the hash names the page, its step and its values', () => {
  const { page, step, query } = parseRoute('#/create/review?draft=a%26b');
  assert.deepEqual({ page, step, draft: query.get('draft') }, { page: 'create', step: 'review', draft: 'a&b' });
  for (const hash of ['', '#', '#/', '#heading', '#/unknown/review', '#/toString'])
    assert.deepEqual([parseRoute(hash).page, parseRoute(hash).step], ['create', ''], hash);
  for (const name of pageNames) {
    assert.equal(parseRoute(hrefOf(name)).page, name);
    assert.equal(parseRoute(hrefOf(name, 'review')).step, 'review');
  }
});

test('each page has an address, a heading and a title, and the history leads back', async () => {
  await visit({}, async (page) => {
    const links = page.getByRole('navigation', { name: 'Pages' }).getByRole('link');
    assert.deepEqual(await links.allTextContents(), pageNames.map(headingOf));
    for (const name of [...pageNames.slice(1), 'create']) {
      await links.filter({ hasText: headingOf(name) }).click();
      await page.locator(`#page-${name}`).waitFor();
      assert.equal(new URL(page.url()).hash, `#/${name}`);
      assert.equal(await page.locator('h1').textContent(), headingOf(name));
      assert.equal(await page.title(), `${headingOf(name)} – cts-tracker (unofficial)`);
      assert.equal(await page.locator('.page').filter({ visible: true }).count(), 1);
      assert.equal(await page.locator('nav [aria-current="page"]').textContent(), headingOf(name));
      assert.equal(await page.evaluate(() => document.activeElement.id), 'heading', 'the focus moves to the heading');
    }
    await page.goBack();
    await page.locator('#page-trackers').waitFor();
    await page.reload();
    await page.locator('#page-trackers').waitFor();
    assert.equal(await page.locator('h1').textContent(), 'Trackers');
  });
});

test('the skip link moves the focus and keeps the page', async () => {
  await visit({}, async (page) => {
    await page.goto(`${harness.app.url}#/trackers`);
    await page.locator('#page-trackers').waitFor();
    await page.locator('#skip').focus();
    await page.keyboard.press('Enter');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'heading');
    assert.equal(await page.locator('#page-trackers').isVisible(), true);
  });
});

test('a page that cannot be loaded says so, and opens when it is tried again', async () => {
  const { page, close } = await harness.open();
  await page.route(/\/page-\w+\.js$/, (route) => route.abort());
  await page.getByRole('link', { name: 'Trackers' }).click();
  await page.getByRole('alert').getByText('The page could not be loaded').waitFor();
  assert.equal(await page.locator('#page-create').isVisible(), true);
  await page.unroute(/\/page-\w+\.js$/);
  await page.getByRole('link', { name: 'Check buckets' }).click();
  await page.locator('#page-check-buckets').waitFor();
  assert.equal(await page.getByRole('alert').filter({ visible: true }).count(), 0);
  await close();
});

test('the project and the account are above every page', async () => {
  await visit({}, async (page) => {
    const summary = page.locator('#account summary');
    assert.match(
      (await summary.textContent()).replace(/\s+/g, ' '),
      /Region cn-north-1 Project 3d65…0c01 Account 9b1a…e8f9/,
    );
    assert.equal(await control(page, 'project_id').isVisible(), false, 'they are set at startup');
    await openAccount(page);
    await control(page, 'project_id').fill('another-project-of-mine');
    assert.match(await page.locator('#preview-line').textContent(), /\/v3\/another-project-of-mine\/tracker/);
    assert.match(await summary.textContent(), /anot…mine/);
    await page.getByRole('link', { name: 'Check buckets' }).click();
    await page.locator('#page-check-buckets').waitFor();
    assert.match(await summary.textContent(), /anot…mine/);
    assert.deepEqual(Object.keys(await readPreview(page)), ['tracker_type', 'data_bucket', 'agency_name']);
  });
});

test('an error in the project opens its field', async () => {
  await visit({}, async (page, { sent }) => {
    await openAccount(page);
    await control(page, 'project_id').fill('');
    await page.locator('#account summary').click();
    await fillDataTracker(page, 'mine', 'bucket1', 'READ');
    await clickReview(page);
    assert.equal(await focusedName(page), 'project_id');
    assert.equal(await control(page, 'project_id').isVisible(), true);
    assert.equal(sent.length, 0);
  });
});
