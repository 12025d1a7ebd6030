// Lookups of trackers: before a creation by name, and after one whose outcome is unknown.
import assert from 'node:assert/strict';
import test from 'node:test';
import { clickCreate, clickReview, control, fillDataTracker, openPage, useConsole } from './app.mjs';
import { isCreation, isLookup, startRelay } from './relay.mjs';

const harness = useConsole();

/** Opens the console behind a relay. The browser logs failed connections, so its messages are not checked. */
async function visitRelay(steps) {
  const relay = await startRelay(harness.app.url);
  const opened = await openPage(harness.browser, relay.url, {});
  try {
    await steps(opened.page, relay, opened);
  } finally {
    await opened.close();
    await relay.stop();
  }
}

const isLocked = async (page) => (await page.locator('#create').getAttribute('aria-disabled')) === 'true';
const creations = (sent) => sent.filter((request) => request.method() === 'POST' && request.url().endsWith('/tracker'));

test('a tracker whose answer was lost is found, and ends as one that was created', async () => {
  await visitRelay(async (page, relay, { sent }) => {
    relay.loses = isCreation;
    await fillDataTracker(page, 'found-later', 'bucket1', 'READ');
    await clickCreate(page);
    await page.getByRole('button', { name: 'Look it up' }).click();
    await page.getByText('Tracker “found-later” is enabled.').waitFor();
    assert.match(await page.locator('#response .details').textContent(), /Tracker ID\S+/);
    assert.equal(await page.locator('#create').isVisible(), false);
    assert.equal(creations(sent).length, 1);
  });
});

test('a tracker that is not there yet keeps the lock, until the user decides', async () => {
  await visitRelay(async (page, relay, { sent }) => {
    relay.answer = (incoming) => {
      if (!isCreation(incoming)) return false;
      incoming.resume().on('end', () => incoming.socket.destroy());
      return true;
    };
    await fillDataTracker(page, 'never-there', 'cstest0423', 'READ');
    await clickCreate(page);
    const lookUp = page.getByRole('button', { name: 'Look it up' });
    await lookUp.click();
    await page.locator('#resolution-found').getByText('Looking it up…').waitFor();
    assert.equal(await lookUp.getAttribute('aria-disabled'), 'true');
    const found = page.locator('#resolution-found');
    await found.getByText('There is no such tracker yet, but it may still appear').waitFor({ timeout: 60_000 });
    assert.equal(await isLocked(page), true);
    assert.equal(await page.evaluate(() => document.activeElement.id), 'look-up', 'the focus stays');
    relay.answer = () => false;
    await page.getByRole('button', { name: 'It is not there' }).click();
    await page.locator('#create').click();
    await page.getByRole('heading', { name: 'Tracker created' }).waitFor();
    assert.equal(creations(sent).length, 2);
  });
});

test('a lookup that the proxy refuses says so and keeps the lock', async () => {
  await visitRelay(async (page, relay) => {
    relay.loses = isCreation;
    relay.answer = (incoming, outgoing) => {
      if (!isLookup(incoming)) return false;
      outgoing.writeHead(403, { 'content-type': 'application/json' });
      outgoing.end('{"error_code":"CTS.0013","error_msg":"No permission"}');
      return true;
    };
    await fillDataTracker(page, 'not-allowed', 'save-trace-bucket', 'READ');
    await clickReview(page);
    await page
      .locator('#review-name')
      .getByText('It is unknown whether a tracker with this name exists: Access denied.')
      .waitFor();
    await page.locator('#create').click();
    await page.getByRole('button', { name: 'Look it up' }).click();
    await page
      .locator('#resolution-found')
      .getByText('The lookup failed: Access denied. Check the tracker list on the CTS console instead.')
      .waitFor();
    assert.equal(await isLocked(page), true);
  });
});

test('the review says whether a tracker with this name exists', async () => {
  await harness.visit({}, async (page) => {
    const known = page.locator('#review-name');
    await fillDataTracker(page, 'by-name', 'test-data-tracker', 'READ');
    await clickReview(page);
    await known.getByText('No tracker named “by-name” exists yet.').waitFor();
    await page.locator('#create').click();
    await page.getByRole('button', { name: 'Create another tracker' }).click();
    await fillDataTracker(page, 'by-name', 'test-data-tracker', 'WRITE');
    await clickReview(page);
    await known.getByText('A tracker named “by-name” already exists. Creating it will fail.').waitFor();
    assert.equal(await known.getAttribute('class'), 'bad');
    assert.equal(await page.locator('#preview-badges').textContent(), 'Name already exists');
    await page.locator('#back').click();
    await control(page, 'tracker_name').fill('another-name');
    await clickReview(page);
    await known.getByText('No tracker named “another-name” exists yet.').waitFor();
  });
});
