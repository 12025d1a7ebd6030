// A creation whose outcome is unknown: the words for another caller's tracker, and the lock across a reload.
import assert from 'node:assert/strict';
import test from 'node:test';
import {
  clickCreate,
  clickReview,
  control,
  fillDataTracker,
  mockCreation,
  openAccount,
  openPage,
  selectManagement,
  transferTo,
  useConsole,
} from './app.mjs';
import { isCreation, startRelay } from './relay.mjs';

const harness = useConsole();

const PROJECT = '3d65c44c1d4e4a3f8f4f0f1f9a5f0c01';
/** The time by which clocks may differ before a tracker counts as older than a request. */
const GRACE_MS = 5000;

/** Opens the console behind a relay. The browser logs failed connections, so its messages are not checked. */
async function visitRelay(steps) {
  const relay = await startRelay(harness.app.url);
  const opened = await openPage(harness.browser, relay.url, {});
  opened.page.on('dialog', (dialog) => dialog.accept());
  try {
    await steps(opened.page, relay, opened);
  } finally {
    await opened.close();
    await relay.stop();
  }
}

/** Creates a tracker as another caller. */
async function createElsewhere(page, body) {
  const response = await page.request.post(`${harness.app.url}api/v3/${PROJECT}/tracker`, {
    headers: { 'x-requested-with': 'cts-tracker' },
    data: { tracker_type: 'data', ...body },
  });
  assert.equal(response.status(), 201, await response.text());
  return response.json();
}

/** Drops every creation before it reaches the console; `instead` runs first. */
function dropCreations(relay, instead = async () => {}) {
  let first;
  relay.answer = (incoming) => {
    if (!isCreation(incoming)) return false;
    incoming.resume().on('end', async () => {
      // The browser repeats a request on a connection that was used before.
      await (first ??= instead());
      incoming.socket.destroy();
    });
    return true;
  };
}

async function reload(page) {
  await page.reload();
  await page.waitForSelector('html[data-ready]');
}

const found = (page) => page.locator('#resolution-found');
const title = (page) => page.getByRole('heading', { name: 'The page was reloaded while the outcome was unknown' });
const isLocked = async (page) => (await page.locator('#create').getAttribute('aria-disabled')) === 'true';
const stored = (page) => page.evaluate(() => JSON.stringify({ ...sessionStorage }));

test('a tracker of another caller that existed before: nothing was created, and the lock ends', async () => {
  await visitRelay(async (page, relay) => {
    const { create_time: createdAt } = await createElsewhere(page, {
      tracker_name: 'of-another',
      data_bucket: { data_bucket_name: 'cstest0423', data_event: ['READ'] },
    });
    dropCreations(relay);
    await fillDataTracker(page, 'of-another', 'bucket1', 'READ');
    await clickReview(page);
    await new Promise((resolve) => setTimeout(resolve, createdAt + GRACE_MS + 1500 - Date.now()));
    await page.locator('#create').click();
    await page.getByRole('button', { name: 'Look it up' }).click();
    await found(page)
      .getByText('A tracker with this name existed before the request, which created nothing.')
      .waitFor({ timeout: 60_000 });
    assert.equal(await isLocked(page), false);
    assert.equal(await page.locator('#is-there').count(), 0);
    await reload(page);
    assert.equal(await title(page).count(), 0, 'the outcome is known');
  });
});

test('a tracker of another caller that was created since and differs: the fields are named, and the lock stays', async () => {
  await visitRelay(async (page, relay) => {
    dropCreations(relay, () =>
      createElsewhere(page, {
        tracker_name: 'differs',
        is_lts_enabled: true,
        data_bucket: { data_bucket_name: 'save-trace-bucket', data_event: ['WRITE'] },
      }),
    );
    await fillDataTracker(page, 'differs', 'save-trace-bucket', 'READ');
    await clickCreate(page);
    await page.getByRole('button', { name: 'Look it up' }).click();
    await found(page).getByText('A tracker with this name was created since, but differs in:').waitFor();
    const text = await found(page).textContent();
    assert.match(text, /data_bucket\.data_event/);
    assert.match(text, /Check it before you create another one\./);
    assert.equal(await isLocked(page), true);
    await page.locator('#language').selectOption('zh-CN');
    assert.match(
      await found(page).textContent(),
      /请求之后创建了同名追踪器，但以下字段不同：.*data_bucket\.data_event/,
    );
    await reload(page);
    assert.ok(await isLocked(page), 'the outcome is still unknown');
  });
});

test('after a reload the outcome is asked for, and a lookup finds the tracker', async () => {
  await visitRelay(async (page, relay, { sent }) => {
    relay.loses = isCreation;
    await fillDataTracker(page, 'reloaded', 'test-data-tracker', 'READ');
    await clickCreate(page);
    await page.locator('#is-there').waitFor();
    await reload(page);
    await title(page).waitFor();
    await page.waitForFunction(() => document.activeElement.id === 'response-heading');
    assert.match(await page.locator('#response').textContent(), /Is the tracker “reloaded” in the tracker list\?/);
    assert.equal(await page.locator('#preview-badges').textContent(), 'Last outcome unknown');
    assert.ok(await isLocked(page));
    await page.locator('#create').click({ force: true });
    assert.equal(sent.filter((request) => request.method() === 'POST').length, 1, 'nothing is sent again');
    await page.getByRole('button', { name: 'Look it up' }).click();
    await page.getByText('Tracker “reloaded” is enabled.').waitFor();
    await reload(page);
    assert.equal(await title(page).count(), 0);
    assert.equal(await control(page, 'tracker_name').inputValue(), '');
  });
});

test('after a reload in flight the user can say that the tracker is not there, or that it is', async () => {
  await visitRelay(async (page, relay) => {
    relay.answer = isCreation;
    await fillDataTracker(page, 'in-flight', 'test-data-tracker', 'WRITE');
    await clickCreate(page);
    await page.locator('#response .pending').waitFor();
    await reload(page);
    await title(page).waitFor();
    await page.getByRole('button', { name: 'It is not there' }).click();
    await page.getByText('You confirmed that the tracker is not there. You can create it now.').first().waitFor();
    assert.equal(await page.evaluate(() => document.activeElement.id), 'create');
    assert.doesNotMatch(await stored(page), /unknown-outcome/);
    await page.locator('#back').click();
    await clickReview(page);
    assert.equal(await page.locator('#result').isVisible(), false);
    await page.locator('#create').click();
    await page.locator('#response .pending').waitFor();
    await reload(page);
    await page.getByRole('button', { name: 'It is there' }).click();
    await page.getByText('You found the tracker “in-flight” in the tracker list.').waitFor();
    await page.getByRole('button', { name: 'Create another tracker' }).click();
    await reload(page);
    assert.equal(await title(page).count(), 0);
  });
});

test('no ID is stored, so a creation for another project cannot be looked up', async () => {
  await harness.visit({}, async (page) => {
    page.on('dialog', (dialog) => dialog.accept());
    await mockCreation(page, { status: 502, body: '' });
    await selectManagement(page);
    await transferTo(page, 'bucket1');
    await control(page, 'is_support_trace_files_encryption').check();
    await control(page, 'kms_id').fill('13a4207c-7abe-4b68-8510-16b84c3b5504');
    await openAccount(page);
    await control(page, 'project_id').fill('11112222333344445555666677778888');
    await clickCreate(page);
    await page.locator('#is-there').waitFor();
    const text = await stored(page);
    assert.match(text, /unknown-outcome/);
    assert.doesNotMatch(text, /13a4207c|11112222|3d65c44c/);
    await reload(page);
    await title(page).waitFor();
    assert.match(await page.locator('#response').textContent(), /It was sent for another project/);
    assert.equal(await page.locator('#look-up').count(), 0);
    assert.ok(await page.locator('#is-not-there').isVisible());
  });
});

test('what is stored and damaged is ignored', async () => {
  for (const damaged of ['{', 'null', '[1]', '{"body":[],"sentAt":1}', '{"body":{},"sentAt":"1"}']) {
    await harness.visit({}, async (page) => {
      await page.evaluate((text) => sessionStorage.setItem('cts-tracker.unknown-outcome', text), damaged);
      await reload(page);
      assert.equal(await title(page).count(), 0, damaged);
      assert.equal(await isLocked(page), false, damaged);
    });
  }
});
