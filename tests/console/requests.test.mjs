// The console before, during and after a request: messages, locks and the focus.
import assert from 'node:assert/strict';
import test from 'node:test';
import {
  clickCheck,
  clickCreate,
  control,
  fillDataTracker,
  focusedName,
  hold,
  jsonResponse,
  messagesAt,
  mockCreation,
  openAccount,
  readPreview,
  transferTo,
  useConsole,
} from './app.mjs';

const { visit } = useConsole();

const isInvalid = (page, name) => control(page, name).getAttribute('aria-invalid');
const fillTracker = (page) => fillDataTracker(page, 'first', 'cstest0423', 'READ');

test('Enter in any text field leads to the review and creates nothing', async () => {
  await visit({}, async (page, { sent }) => {
    await fillTracker(page);
    for (const name of ['tracker_name', 'data_bucket.data_bucket_name']) {
      await control(page, name).press('Enter');
      await page.locator('#review').waitFor();
      assert.equal(await page.evaluate(() => document.activeElement.id), 'review-heading');
      await page.keyboard.press('Enter');
      await page.goBack();
      await page.locator('#form').waitFor();
    }
    await control(page, 'tracker_name').fill('');
    await control(page, 'tracker_name').press('Enter');
    assert.equal(await focusedName(page), 'tracker_name');
    assert.equal((await messagesAt(page, 'tracker_name')).length, 1);
    assert.equal(sent.length, 0);
  });
});

test('Enter in the bucket region checks the bucket and does not create a tracker', async () => {
  await visit({}, async (page, { sent }) => {
    await transferTo(page, 'bucket1');
    await control(page, 'bucket_location').fill('cn-north-1');
    await control(page, 'bucket_location').press('Enter');
    await page.locator('#check-result .checked').waitFor();
    assert.deepEqual(
      sent.map((request) => new URL(request.url()).pathname.split('/').at(-1)),
      ['checkbucket'],
    );
  });
});

test('the bucket check gives a reason only while it is unavailable or incomplete', async () => {
  await visit({}, async (page, { sent }) => {
    await transferTo(page, 'bucket1');
    const check = page.getByRole('button', { name: 'Check bucket' });
    assert.equal(await check.getAttribute('aria-describedby'), null);
    await control(page, 'obs_info.is_obs_created', 'true').check();
    assert.equal(await check.getAttribute('aria-describedby'), 'check-reason');
    assert.equal(await check.getAttribute('aria-disabled'), 'true');
    await check.focus();
    await page.keyboard.press('Enter');
    assert.match(await page.locator('#check-reason').textContent(), /^CTS will create this bucket/);
    await control(page, 'obs_info.is_obs_created', 'false').check();
    await openAccount(page);
    await control(page, 'domain_id').fill('');
    await check.click();
    assert.match(await page.locator('#check-reason').textContent(), /valid bucket name, bucket region, and account ID/);
    assert.equal(await isInvalid(page, 'domain_id'), 'true');
    assert.equal(sent.length, 0);
  });
});

test('fields that only the bucket check needs are validated but not required', async () => {
  await visit({}, async (page) => {
    await fillTracker(page);
    await openAccount(page);
    await control(page, 'domain_id').fill('');
    await control(page, 'domain_id').blur();
    assert.equal(await isInvalid(page, 'domain_id'), null);
    assert.equal(await control(page, 'domain_id').getAttribute('required'), null);
    assert.match(await page.locator('#preview-badges').textContent(), /Ready to send/);
    await control(page, 'domain_id').fill('a b');
    assert.equal(await isInvalid(page, 'domain_id'), 'true', 'a typed value is validated');
  });
});

test('an unknown outcome replaces the advice of the service code, and a reload asks for confirmation', async () => {
  for (const locale of ['en', 'zh-CN']) {
    await visit({ locale }, async (page) => {
      await mockCreation(page, jsonResponse(500, { error_code: 'CTS.0004', error_msg: 'Data write exception.' }));
      await fillTracker(page);
      await clickCreate(page);
      await page.locator('#response .outcome.bad').waitFor();
      const text = await page.locator('#response .outcome').textContent();
      assert.doesNotMatch(text, /connection failed|连接中断|Try again later|稍后/i);
      assert.match(text, locale === 'en' ? /no clear response was received/ : /未收到明确的响应/);
      assert.equal(
        await page.locator('#response dd [lang]').getAttribute('lang'),
        'en',
        'the message of the service is marked with its own language',
      );
      const dialogType = new Promise((resolve) => {
        page.once('dialog', async (dialog) => {
          resolve(dialog.type());
          await dialog.accept();
        });
      });
      await page.reload();
      assert.equal(await dialogType, 'beforeunload');
    });
  }
});

test('CTS.0211 is shown at the bucket that the response names, or at both if it names none', async () => {
  await visit({}, async (page) => {
    await fillTracker(page);
    await control(page, 'data_bucket.data_bucket_name').fill('no-such-bucket');
    await transferTo(page, 'bucket1');
    await clickCreate(page);
    await page.getByRole('button', { name: 'Go to field: Tracked OBS bucket' }).waitFor();
    assert.match((await messagesAt(page, 'data_bucket.data_bucket_name'))[0], /^Service response: /);
    assert.equal(await page.getByRole('button', { name: /^Go to field/ }).count(), 1);
    await mockCreation(page, jsonResponse(400, { error_code: 'CTS.0211', error_msg: 'The bucket does not exist.' }));
    await page.locator('#back').click();
    await clickCreate(page);
    await page.getByRole('button', { name: 'Go to field: OBS bucket name' }).waitFor();
    assert.equal(await page.getByRole('button', { name: /^Go to field/ }).count(), 2);
  });
});

test('any change of the form removes the service error beside a field', async () => {
  await visit({}, async (page) => {
    await mockCreation(page, jsonResponse(400, { error_code: 'CTS.0209', error_msg: 'same' }));
    await fillTracker(page);
    await clickCreate(page);
    await page.locator('#response .outcome.bad').waitFor();
    assert.equal((await messagesAt(page, 'data_bucket.data_event')).length, 1);
    await page.locator('#back').click();
    await control(page, 'data_bucket.data_bucket_name').fill('another-bucket');
    assert.deepEqual(await messagesAt(page, 'data_bucket.data_event'), []);
  });
});

test('a response that arrives while the user types keeps the focus and does not mark the changed field', async () => {
  await visit({}, async (page) => {
    const [held, release] = hold();
    await page.route('**/api/v3/*/tracker', async (route) => {
      await held;
      await route.fulfill(jsonResponse(400, { error_code: 'CTS.0203', error_msg: 'bad name' }));
    });
    await fillTracker(page);
    await clickCreate(page);
    await page.locator('#back').click();
    await control(page, 'tracker_name').fill('second');
    release();
    await page.locator('#response .outcome.bad').waitFor();
    assert.equal(await focusedName(page), 'tracker_name');
    assert.deepEqual(await messagesAt(page, 'tracker_name'), []);
  });
});

test('a refused bucket check has its own advice', async () => {
  await visit({}, async (page) => {
    await page.route('**/checkbucket', (route) =>
      route.fulfill(jsonResponse(403, { error_code: 'CTS.0013', error_msg: 'No permission' })),
    );
    await transferTo(page, 'bucket1');
    await clickCheck(page);
    await page.locator('#check-result .outcome.bad').waitFor();
    const text = await page.locator('#check-result').textContent();
    assert.match(text, /correct the account ID/);
    assert.doesNotMatch(text, /project ID/);
  });
});

test('leaving a field trims pasted spaces, and passing by a group shows no error', async () => {
  await visit({}, async (page) => {
    await fillTracker(page);
    await control(page, 'tracker_name').fill(' first ');
    await control(page, 'tracker_name').blur();
    assert.equal((await readPreview(page)).tracker_name, 'first');
    await control(page, 'tracker_type', 'system').check();
    await control(page, 'tracker_type', 'data').check();
  });
  await visit({}, async (page) => {
    await control(page, 'tracker_type', 'data').check();
    await openAccount(page);
    await control(page, 'data_bucket.data_event', 'READ').focus();
    await control(page, 'project_id').focus();
    assert.deepEqual(await messagesAt(page, 'data_bucket.data_event'), []);
  });
});

test('if copying is not allowed, the text is selected and the button says so', async () => {
  await visit({}, async (page) => {
    await page.evaluate(() => {
      navigator.clipboard.writeText = () => Promise.reject(new Error('no'));
    });
    await page.locator('#copy').click();
    await page.getByRole('button', { name: /did not allow copying/ }).waitFor();
    assert.match(await page.evaluate(() => String(getSelection())), /"tracker_type"/);
  });
});

test('the advice for a rejection without a body does not refer to a message', async () => {
  await visit({}, async (page) => {
    await mockCreation(page, { status: 400, body: '' });
    await fillTracker(page);
    await clickCreate(page);
    await page.locator('#response .outcome.bad').waitFor();
    assert.match(await page.locator('#response .outcome').textContent(), /did not give a reason/);
  });
});
