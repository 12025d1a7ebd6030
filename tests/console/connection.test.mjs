// A connection that is refused, lost or cut off: the page claims only what it can know.
import assert from 'node:assert/strict';
import test from 'node:test';
import { clickCheck, clickCreate, fillDataTracker, openPage, transferTo, useConsole } from './app.mjs';
import { isCheck, isCreation, startRelay } from './relay.mjs';

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

const outcome = (page) => page.locator('#response .outcome.bad');
const isLocked = async (page) => (await page.locator('#create').getAttribute('aria-disabled')) === 'true';

async function fill(page) {
  await fillDataTracker(page, 'connection', 'bucket1', 'READ');
  await transferTo(page, 'test-data-tracker');
}

test('with the server stopped, creating and checking both say that nothing was sent, and nothing is locked', async () => {
  await visitRelay(async (page, relay, { sent }) => {
    await fill(page);
    await relay.stop();
    await clickCheck(page);
    const check = page.locator('#check-result');
    await check.getByText('The server of the console does not respond').waitFor();
    assert.match(await check.textContent(), /nothing was changed/);
    await clickCreate(page);
    await outcome(page).getByText('The server of the console does not respond').waitFor();
    assert.match(await outcome(page).textContent(), /The request was not sent\. .*terminal/);
    assert.equal(await isLocked(page), false);
    assert.equal(sent.length, 0);
    await relay.start();
    await page.locator('#create').click();
    await page.getByRole('heading', { name: 'Tracker created' }).waitFor();
  });
});

test('offline, the page says so', async () => {
  await visitRelay(async (page, _relay, { context }) => {
    await fill(page);
    await context.setOffline(true);
    await clickCreate(page);
    await outcome(page).getByText('You are offline').waitFor();
    assert.match(await outcome(page).textContent(), /The request was not sent\./);
    assert.equal(await isLocked(page), false);
  });
});

test('an answer that is lost leaves the creation unknown and locked, and the check merely without a result', async () => {
  await visitRelay(async (page, relay) => {
    relay.answer = (incoming) => {
      if (!isCreation(incoming) && !isCheck(incoming)) return false;
      incoming.resume().on('end', () => incoming.socket.destroy());
      return true;
    };
    await fill(page);
    await clickCheck(page);
    const check = page.locator('#check-result .outcome.bad');
    await check.waitFor();
    assert.match(await check.textContent(), /failed before a response arrived/);
    assert.doesNotMatch(await check.textContent(), /not sent/, 'the page cannot know that');
    await clickCreate(page);
    await outcome(page).getByText('It is unknown whether the tracker was created').waitFor();
    assert.equal(await isLocked(page), true);
  });
});

test('a success that is cut off reads as probably created, with its ID, and locks', async () => {
  await visitRelay(async (page, relay) => {
    const body = '{"id":"b3a1f6c2-0000-4000-8000-000000000001","tracker_type":"data","tracker_na';
    relay.answer = (incoming, outgoing) => {
      if (!isCreation(incoming)) return false;
      incoming.resume();
      outgoing.writeHead(201, { 'content-type': 'application/json', 'content-length': 500, 'x-request-id': 'r-cut' });
      outgoing.write(body);
      setTimeout(() => outgoing.destroy(), 200);
      return true;
    };
    await fill(page);
    await clickCreate(page);
    await outcome(page).getByText('Answered 201, then cut off: probably created').waitFor();
    assert.match(await outcome(page).textContent(), /reported success, but the connection ended/);
    assert.doesNotMatch(await page.locator('#response').textContent(), /not from CTS/);
    const details = await page.locator('#response .details').textContent();
    assert.match(details, /Tracker IDb3a1f6c2-0000-4000-8000-000000000001/);
    assert.match(details, /Status201/);
    assert.equal(await isLocked(page), true);
  });
});

test('the words of the signing proxy are not shown as those of the service', async () => {
  await visitRelay(async (page, relay) => {
    await fill(page);
    relay.keepOrigin = true;
    await clickCreate(page);
    await outcome(page).getByText('Rejected by the signing proxy').waitFor();
    const details = await page.locator('#response .details').textContent();
    assert.match(details, /Proxy message\S/);
    assert.doesNotMatch(await page.locator('#response').textContent(), /Service message/);
    assert.equal(await isLocked(page), false);
  });
});
