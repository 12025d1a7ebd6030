// Failed creations: what the page claims, what it locks, and how the user goes on.
import assert from 'node:assert/strict';
import test from 'node:test';
import {
  clickCreate,
  clickReview,
  control,
  fillDataTracker,
  hold,
  jsonResponse,
  mockCreation,
  readPreview,
  transferTo,
  useConsole,
} from './app.mjs';

const harness = useConsole();
const { visit } = harness;

const fillTracker = (page) => fillDataTracker(page, 'outcome', 'bucket1', 'READ');
const badGateway = {
  status: 502,
  contentType: 'text/html',
  body: '<html><body><h1>502 Bad Gateway</h1></body></html>',
};

test('after an unknown outcome, creation is locked until the user says that the tracker is not there', async () => {
  await visit({}, async (page, { sent }) => {
    await mockCreation(page, badGateway);
    await fillTracker(page);
    await clickCreate(page);
    await page.getByRole('heading', { name: 'It is unknown whether the tracker was created' }).waitFor();
    const text = await page.locator('#response').textContent();
    assert.match(text, /Do not send it again yet: first check the tracker list/);
    assert.match(text, /Is the tracker “outcome” in the tracker list\?/);
    assert.match(await page.locator('#response pre').first().textContent(), /502 Bad Gateway/, 'the body is text');
    assert.equal(sent.length, 1);
    const create = page.locator('#create');
    assert.equal(await create.getAttribute('aria-disabled'), 'true');
    const badge = page.locator('#preview-badges');
    assert.equal(await badge.textContent(), 'Last outcome unknown');
    await create.focus();
    await page.keyboard.press('Enter');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'look-up');
    assert.equal(sent.length, 1, 'the request is not repeated');
    await page.unroute('**/api/v3/*/tracker');
    await page.getByRole('button', { name: 'It is not there' }).click();
    assert.equal(await page.evaluate(() => document.activeElement.id), 'create');
    assert.equal(await create.getAttribute('aria-disabled'), 'false');
    assert.equal(await badge.textContent(), 'Ready to send');
    await create.click();
    await page.getByRole('heading', { name: 'Tracker created' }).waitFor();
    assert.equal(sent.length, 2);
  });
});

test('the lock survives a return to the form', async () => {
  await visit({}, async (page, { sent }) => {
    await mockCreation(page, badGateway);
    await fillTracker(page);
    await clickCreate(page);
    await page.locator('#is-there').waitFor();
    await page.locator('#back').click();
    await control(page, 'tracker_name').fill('another');
    await clickReview(page);
    await page.locator('#create').focus();
    await page.keyboard.press('Enter');
    assert.equal(sent.length, 1);
    assert.equal(await page.evaluate(() => document.activeElement.id), 'look-up');
  });
});

test('a tracker that is there after an unknown outcome ends as one that was created', async () => {
  await visit({}, async (page, { sent }) => {
    await mockCreation(page, badGateway);
    await fillTracker(page);
    await clickCreate(page);
    await page.getByRole('button', { name: 'It is there', exact: true }).click();
    await page.getByText('You found the tracker “outcome” in the tracker list').waitFor();
    assert.equal(await page.locator('#create').isVisible(), false);
    assert.equal(await page.getByRole('link', { name: 'See the trackers of this project' }).isVisible(), true);
    await page.goBack();
    assert.equal(await page.locator('#create').isVisible(), false, 'the history does not lead back to the button');
    assert.equal(sent.length, 1);
  });
});

test('a created tracker is the end: next steps, and another one only on request', async () => {
  await visit({}, async (page, { sent }) => {
    await fillDataTracker(page, 'first-of-two', 'cstest0423', 'READ');
    await transferTo(page, 'test-data-tracker');
    await clickCreate(page);
    const next = page.getByRole('button', { name: 'Create another tracker' });
    await next.waitFor();
    const creations = () => sent.filter((request) => request.url().endsWith('/tracker')).length;
    assert.equal(creations(), 1);
    assert.equal(await page.locator('#create, #to-review').filter({ visible: true }).count(), 0);
    assert.match(await page.locator('#response').textContent(), /trace files arrive in the bucket test-data-tracker/);
    await next.click();
    const { tracker_name: name, data_bucket: tracked, obs_info: transfer } = await readPreview(page);
    assert.deepEqual(
      [name, tracked.data_bucket_name],
      [undefined, undefined],
      'what only one tracker can have is empty',
    );
    assert.equal(transfer.bucket_name, 'test-data-tracker', 'the other settings are kept');
    assert.equal(await page.locator('#result').isVisible(), false);
    await page.getByRole('link', { name: 'Trackers' }).click();
    await page.locator('#page-trackers').waitFor();
    await page.goto(`${harness.app.url}#/create/created`);
    await page.locator('#form').waitFor();
    assert.equal(creations(), 1);
  });
});

test('a creation goes on while another page is open, and its outcome waits', async () => {
  await visit({}, async (page) => {
    const [held, release] = hold();
    await page.route('**/api/v3/*/tracker', async (route) => {
      await held;
      await route.fulfill(jsonResponse(201, { id: 'x', tracker_name: 'elsewhere', status: 'enabled' }));
    });
    await fillDataTracker(page, 'elsewhere', 'save-trace-bucket', 'READ');
    await clickCreate(page);
    await page.locator('nav a[href="#/trackers"]').click();
    await page.locator('#page-trackers').waitFor();
    release();
    await page.waitForFunction(() => document.getElementById('live').textContent === 'Tracker created');
    assert.equal(await page.locator('#page-trackers').isVisible(), true, 'the user stays on the page');
    await page.locator('nav a[href="#/create"]').click();
    await page.getByText('Tracker “elsewhere” is enabled.').waitFor();
    assert.equal(await page.locator('#create').isVisible(), false);
  });
});

test('while a creation is in flight, the page shows its progress and not the response before', async () => {
  await visit({}, async (page) => {
    await mockCreation(page, jsonResponse(400, { error_code: 'CTS.0203', error_msg: 'the old response' }));
    await fillTracker(page);
    await clickCreate(page);
    const response = page.locator('#response');
    await response.getByText('the old response').first().waitFor();
    await page.unroute('**/api/v3/*/tracker');
    const [held, release] = hold();
    let tries = 0;
    await page.route('**/api/v3/*/tracker', async (route) => {
      tries += 1;
      if (tries === 1) return route.fulfill({ ...jsonResponse(429, {}), headers: { 'retry-after': '2' } });
      await held;
      return route.fulfill(jsonResponse(400, { error_code: 'CTS.0203', error_msg: 'the new response' }));
    });
    await page.locator('#create').click();
    await response.getByText(/^Try 2 of 3 follows in [12] s\.$/).waitFor();
    assert.doesNotMatch(await response.textContent(), /old response/);
    await response.getByText('Try 2 of 3…').waitFor();
    release();
    await response.getByText('the new response').first().waitFor();
    const [, seconds] = /Duration([\d.]+) s/.exec(await response.textContent());
    assert.ok(Number(seconds) >= 2, `the duration contains the wait: ${seconds} s`);
  });
});

test('no button moves under a second click, and a second click does nothing', async () => {
  await visit({}, async (page, { sent }) => {
    const [held, release] = hold();
    await page.route('**/api/v3/*/tracker', async (route) => {
      await held;
      await route.abort().catch(() => {});
    });
    await fillTracker(page);
    const before = await readPreview(page);
    const boxOf = (id) => page.locator(id).boundingBox();
    const clickTwice = async (id) => {
      // Near the edge, where a neighbour that grows would be.
      const { x, y, height } = await boxOf(id);
      await page.mouse.click(x + 4, y + height / 2);
      await page.waitForTimeout(350);
      await page.mouse.click(x + 4, y + height / 2);
    };
    await clickTwice('#to-review');
    await page.locator('#form').waitFor();
    assert.equal(sent.length, 0, 'where the review was, there is no button that creates');
    await clickReview(page);
    await page.locator('#review').waitFor();
    const places = [await boxOf('#back'), await boxOf('#create')];
    await clickTwice('#create');
    while (sent.length === 0) await page.waitForTimeout(20);
    assert.deepEqual([await boxOf('#back'), await boxOf('#create')], places, 'while the request is in flight');
    assert.match(await page.locator('#create-reason').textContent(), /^Creating… Try 1 of 3…$/);
    await clickTwice('#stop');
    await page.getByRole('heading', { name: 'Stopped waiting' }).waitFor();
    assert.match(await page.locator('#response').textContent(), /Check the tracker list before you create/);
    assert.deepEqual([await boxOf('#back'), await boxOf('#create')], places, 'with the outcome');
    assert.equal(sent.length, 1);
    assert.deepEqual(await readPreview(page), before, 'the form keeps its values');
    assert.equal(await page.locator('#review').isVisible(), true);
    release();
  });
});

test('reset is apart from the actions and can be undone, and so can an example', async () => {
  await visit({}, async (page) => {
    await fillTracker(page);
    const before = await readPreview(page);
    for (const button of ['#reset', '[data-example="data"]', '[data-example="system"]']) {
      assert.equal(await page.locator(`#actions ${button}`).count(), 0);
      await page.locator(button).click();
      assert.notDeepEqual(await readPreview(page), before, button);
      await page.getByRole('button', { name: 'Undo' }).click();
      assert.deepEqual(await readPreview(page), before, button);
      assert.equal(await page.locator('#undo').isVisible(), false);
    }
    await page.locator('#reset').click();
    await control(page, 'tracker_name').fill('typed-after');
    assert.equal(await page.locator('#undo').isVisible(), false, 'undoing would now lose what was typed');
  });
});

test('each kind of error has a title and advice', async () => {
  const cases = [
    [
      jsonResponse(401, {
        error_code: 'APIGW.0301',
        error_msg: 'Incorrect IAM authentication information',
        request_id: 'r1',
      }),
      'Authentication failed',
      /Do not retry repeatedly/,
      false,
    ],
    [
      jsonResponse(403, { error_code: 'CTS.0013', error_msg: 'No permission' }),
      'Access denied',
      /No tracker was created\. Permission denied\./,
      false,
    ],
    [
      jsonResponse(404, { error_code: 'APIGW.0101', error_msg: 'The API does not exist' }),
      'Not found',
      /Check the region and the endpoint/,
      false,
    ],
    [
      jsonResponse(400, { error_code: 'CTS.0228', error_msg: 'The CTS service is not trusted.' }),
      'Request rejected',
      /Organizations/,
      false,
    ],
    [
      jsonResponse(503, { error_code: 'APIGW.0613', error_msg: 'unavailable' }),
      'Service unavailable',
      /No tracker was created\. IAM is unavailable/,
      false,
    ],
    [
      jsonResponse(503, {}),
      'Service unavailable',
      /No tracker was created\. The service asks clients not to repeat/,
      false,
    ],
    [
      jsonResponse(400, { error_code: 'CTS.0209', error_msg: 'same' }),
      'Conflict with an existing tracker',
      /No tracker was created\./,
      false,
    ],
    [
      jsonResponse(500, { error_code: 'CTS.0004', error_msg: 'Data write exception.' }),
      'It is unknown whether',
      /check the tracker list/,
      true,
    ],
    [
      { status: 201, contentType: 'text/html', body: '<html>hello</html>' },
      'The response could not be read',
      /Check the tracker list/,
      true,
    ],
  ];
  for (const [response, title, advice, isLocked] of cases) {
    await visit({}, async (page, { sent }) => {
      await mockCreation(page, response);
      await fillTracker(page);
      await clickCreate(page);
      await page.locator('#response .outcome.bad').waitFor();
      const text = await page.locator('#response').textContent();
      assert.match(text, new RegExp(title));
      assert.match(text, advice);
      assert.match(text, new RegExp(`Status${response.status}`));
      assert.equal(await page.locator('#is-there').count(), isLocked ? 1 : 0, `${title}: whether creation is locked`);
      assert.equal(/[Cc]heck the tracker list/.test(text), isLocked, 'it says to look first exactly if it locks');
      assert.equal(sent.length, 1);
    });
  }
});
