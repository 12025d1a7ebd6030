// The drawer of the emulator.
import assert from 'node:assert/strict';
import test from 'node:test';
import axe from 'axe-core';
import { clickCheck, clickCreate, control, fillDataTracker, jsonResponse, transferTo, useConsole } from './app.mjs';

const harness = useConsole();
const { visit } = harness;

const PROJECT = '3d65c44c1d4e4a3f8f4f0f1f9a5f0c01';
const drawer = (page) => page.locator('#emulator-drawer');
const announced = (page, text) => page.locator('#live').getByText(text).waitFor({ state: 'attached' });

async function openDrawer(page) {
  await page.getByRole('button', { name: 'Emulator controls' }).click();
  await page.locator('#emulator-planned p, #emulator-planned ul').first().waitFor();
}

/** Returns the emulator to its first state, so that tests do not depend on each other. */
async function reset(page) {
  await page.getByRole('button', { name: 'Reset emulator' }).click();
  await announced(page, 'The emulator is reset.');
}

async function planFault(page, { fault, operation = 'Create tracker', times = 1 }) {
  await page.getByLabel('Fault', { exact: true }).selectOption({ label: fault });
  await page.getByLabel('Requests', { exact: true }).selectOption({ label: operation });
  await page.getByLabel('How many requests').fill(String(times));
  await page.getByRole('button', { name: 'Add fault' }).click();
}

const logged = (page) =>
  page
    .locator('#emulator-log tbody tr')
    .evaluateAll((rows) => rows.map((row) => [...row.cells].slice(1).map((cell) => cell.textContent)));

test('a fault applies to the next creation, is logged and announced', async () => {
  await visit({}, async (page) => {
    await openDrawer(page);
    await reset(page);
    await planFault(page, { fault: '400 The tracker exists already' });
    await announced(page, 'The fault is planned.');
    assert.equal(await page.locator('#emulator-planned li').textContent(), 'CTS.0208 – Create tracker, 1×');
    await fillDataTracker(page, 'with-fault', 'bucket1', 'READ');
    await clickCreate(page);
    await page.getByRole('heading', { name: 'Conflict with an existing tracker' }).waitFor();
    await announced(page, 'The fault CTS.0208 was applied.');
    assert.deepEqual((await logged(page))[0], [`POST /v3/${PROJECT}/tracker`, '400 CTS.0208', 'CTS.0208']);
    await page.locator('#create').click();
    await page.getByRole('heading', { name: 'Tracker created' }).waitFor();
    await page.locator('#emulator-count').getByText('Trackers: 1.').waitFor();
    assert.deepEqual((await logged(page))[0], [`POST /v3/${PROJECT}/tracker`, '201', '']);
  });
});

test('a fault of the connection applies as often as it was planned', async () => {
  await visit({}, async (page) => {
    await openDrawer(page);
    await reset(page);
    await planFault(page, { fault: 'Executed, but the connection is reset before the response' });
    await fillDataTracker(page, 'lost-answer', 'bucket1', 'READ');
    await clickCreate(page);
    await page.getByRole('heading', { name: 'It is unknown whether the tracker was created' }).waitFor();
    await announced(page, 'The fault reset was applied.');
    assert.deepEqual((await logged(page))[0].slice(1), ['none', 'reset']);
    await page.getByRole('button', { name: 'Look it up' }).click();
    await page.getByText('Tracker “lost-answer” is enabled.').waitFor();
    // The client tries a check three times.
    await planFault(page, { fault: '500 Internal error', operation: 'Check buckets', times: 2 });
    await page.getByRole('button', { name: 'Create another tracker' }).click();
    await transferTo(page, 'bucket1');
    await clickCheck(page);
    await page.locator('#check-result .good').waitFor({ timeout: 60_000 });
    await page.locator('#emulator-log tbody tr:nth-child(3)').getByText('500').first().waitFor();
    assert.deepEqual(
      (await logged(page)).slice(0, 3).map(([, , fault]) => fault),
      ['', '500', '500'],
    );
  });
});

test('faults in the own notation of the emulator, and what it refuses', async () => {
  await visit({}, async (page) => {
    await openDrawer(page);
    await reset(page);
    await page.getByLabel('Fault', { exact: true }).selectOption({ label: 'Other…' });
    await page.getByRole('button', { name: 'Add fault' }).click();
    await page.getByText('Enter a fault.').waitFor();
    assert.equal(await page.evaluate(() => document.activeElement.id), 'emulator-own-fault');
    const own = page.getByLabel('Fault in the emulator’s notation');
    await own.fill('teapot');
    await page.getByRole('button', { name: 'Add fault' }).click();
    await page.locator('#emulator-error').getByText('The emulator did not accept this: ').waitFor();
    assert.match(await page.locator('#emulator-error').textContent(), /"teapot" is not a fault/);
    await own.fill('418');
    await page.getByLabel('How many requests').fill('0');
    await page.getByRole('button', { name: 'Add fault' }).click();
    await page.getByText('Enter a whole number from 1 to 1000.').waitFor();
    await page.getByLabel('How many requests').fill('3');
    await page.getByRole('button', { name: 'Add fault' }).click();
    await page.locator('#emulator-planned li').getByText('418 – Create tracker, 3×').waitFor();
    assert.equal(await page.locator('#emulator-error').isVisible(), false);
    await page.getByRole('button', { name: 'Remove all faults' }).click();
    await page.locator('#emulator-planned').getByText('No fault is planned.').waitFor();
    assert.ok(await page.evaluate(() => document.activeElement.closest('#emulator-drawer') !== null));
  });
});

test('buckets and keys can be added and removed, and a reset restores them', async () => {
  await visit({}, async (page) => {
    await openDrawer(page);
    await reset(page);
    await page.getByText('OBS buckets, KMS keys').click();
    assert.equal(await page.locator('#emulator-buckets li').count(), 4);
    await page.getByRole('button', { name: 'Add bucket' }).click();
    await page.getByText('Fill in this field.').waitFor();
    await page.getByLabel('Bucket name', { exact: true }).fill('my-own-bucket');
    await page.getByRole('button', { name: 'Add bucket' }).click();
    await announced(page, 'The emulator is restarted with the new buckets and keys.');
    await transferTo(page, 'my-own-bucket');
    await clickCheck(page);
    await page.locator('#check-result .good').waitFor();
    await page.getByRole('button', { name: 'Remove my-own-bucket' }).click();
    await page.locator('#emulator-buckets').getByText('my-own-bucket').waitFor({ state: 'detached' });
    await clickCheck(page);
    await page.locator('#check-result .bad').waitFor();
    await page.getByLabel('Key ID', { exact: true }).fill('my-key');
    await page.getByRole('button', { name: 'Add key' }).click();
    await page.getByRole('button', { name: 'Remove my-key' }).waitFor();
    await reset(page);
    assert.equal(await page.locator('#emulator-keys li').count(), 3);
    assert.equal(await page.locator('#emulator-buckets li').count(), 4);
    assert.match(await page.locator('#emulator-count').textContent(), /Requests since the start: 0\./);
  });
});

test('it opens and closes by keyboard, and returns the focus', async () => {
  await visit({}, async (page) => {
    const opener = page.locator('#emulator-button');
    await opener.focus();
    await page.keyboard.press('Enter');
    await drawer(page).waitFor();
    assert.equal(await page.evaluate(() => document.activeElement.id), 'emulator-heading');
    assert.equal(await opener.getAttribute('aria-expanded'), 'true');
    await page.keyboard.press('Escape');
    assert.equal(await drawer(page).isVisible(), false);
    assert.equal(await page.evaluate(() => document.activeElement.id), 'emulator-button');
    assert.equal(await opener.getAttribute('aria-expanded'), 'false');
    await page.keyboard.press('Enter');
    await drawer(page).waitFor();
    await page.locator('#language').selectOption('zh-CN');
    await drawer(page).getByText('下一个故障').waitFor();
    await drawer(page).getByRole('button', { name: '关闭' }).click();
    // The page beside it stays usable.
    await opener.click();
    await control(page, 'tracker_name').fill('beside');
    assert.ok(await drawer(page).isVisible());
  });
});

test('no axe violation, and nothing overflows at 320 px', async () => {
  for (const [theme, locale, width] of [
    ['light', 'en', 1280],
    ['dark', 'zh-CN', 1280],
    ['light', 'zh-CN', 320],
    ['dark', 'en', 320],
  ]) {
    await visit({ theme, locale, width }, async (page) => {
      await page.locator('#emulator-button').click();
      await page.locator('#emulator-fault').selectOption('');
      await page.locator('#emulator-add-fault').click();
      await page.locator('#emulator-drawer summary').click();
      await page.locator('#emulator-log > *').waitFor();
      await page.evaluate(axe.source);
      const { violations } = await page.evaluate(() => window.axe.run(document));
      assert.deepEqual(
        violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`),
        [],
      );
      assert.equal(await drawer(page).evaluate((element) => element.scrollWidth - element.clientWidth), 0);
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width);
    });
  }
});

test('it says that the emulator does not respond', async () => {
  await visit({}, async (page) => {
    await openDrawer(page);
    await page.route('**/emulator', (route) => route.abort());
    await page.locator('#emulator-error').getByText('The emulator does not respond.').waitFor();
    await page.unroute('**/emulator');
    await page.locator('#emulator-error').waitFor({ state: 'hidden' });
  });
});

test('with the real service there is no drawer', async () => {
  await visit({}, async (_page, { context }) => {
    const page = await context.newPage();
    await page.route('**/config.json', (route) =>
      route.fulfill(jsonResponse(200, { mode: 'service', region: 'cn-north-1' })),
    );
    const asked = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await page.goto(harness.app.url);
    await page.waitForSelector('html[data-ready]');
    await page.getByText('Real service').waitFor();
    assert.equal(await page.locator('#emulator-button, #emulator-drawer').count(), 0);
    assert.ok(!asked.includes('/emulator'));
  });
});

test('the route of the emulator refuses what the page does not send', async () => {
  const url = new URL('emulator', harness.app.url);
  const send = (init) => fetch(url, init).then(async (response) => [response.status, (await response.text()).trim()]);
  const post = (body, headers = { 'x-requested-with': 'cts-tracker' }) => send({ method: 'POST', body, headers });
  assert.equal((await send({}))[0], 200);
  assert.deepEqual(await post('{"type":"reset"}', {}), [403, 'the header x-requested-with is missing']);
  assert.deepEqual(await post('{'), [400, 'the command is not JSON']);
  assert.deepEqual(await post('1'), [400, 'a command must be an object']);
  assert.deepEqual(await post('{"type":"x"}'), [400, 'unknown command: x']);
  assert.deepEqual(await post('{"type":"plan","fault":"503","times":1.5}'), [
    400,
    'times must be a whole number from 1 to 1000',
  ]);
  assert.equal((await post(`"${'x'.repeat(70_000)}"`))[0], 413);
  assert.equal((await send({ method: 'DELETE' }))[0], 405);
  // The proxy has no such route.
  assert.equal((await fetch(new URL('api/emulator', harness.app.url))).status, 404);
});
