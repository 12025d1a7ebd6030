// How the console behaves around a request: what it takes for what, what it keeps, and whom it interrupts.
import assert from 'node:assert/strict';
import test from 'node:test';
import { beside, control, previewOf, useConsole } from './app.mjs';

const { visit } = useConsole();

const answer = (status, body) => ({ status, contentType: 'application/json', body: JSON.stringify(body) });
const create = (page) => page.getByRole('button', { name: 'Create tracker' });
const isInvalid = (page, name) => control(page, name).getAttribute('aria-invalid');

async function fillDataTracker(page) {
  await control(page, 'tracker_type', 'data').check();
  await control(page, 'tracker_name').fill('first');
  await control(page, 'data_bucket.data_bucket_name').fill('cstest0423');
  await control(page, 'data_bucket.data_event', 'READ').check();
}

async function transferTo(page, bucket) {
  await control(page, 'transfer_to_obs').check();
  await control(page, 'obs_info.bucket_name').fill(bucket);
}

test('Enter beside the check checks the bucket, and creates nothing', async () => {
  await visit({}, async (page, { sent }) => {
    await transferTo(page, 'bucket1');
    await control(page, 'bucket_location').fill('cn-north-1');
    await control(page, 'bucket_location').press('Enter');
    await page.locator('#check-result').waitFor();
    assert.deepEqual(
      sent.map((request) => new URL(request.url()).pathname.split('/').at(-1)),
      ['checkbucket'],
    );
  });
});

test('the check says why it cannot be made where that is so, and nowhere else', async () => {
  await visit({}, async (page, { sent }) => {
    await transferTo(page, 'bucket1');
    const check = page.getByRole('button', { name: 'Check bucket' });
    assert.equal(await check.getAttribute('aria-describedby'), null);
    await control(page, 'obs_info.is_obs_created', 'true').check();
    assert.equal(await check.getAttribute('aria-describedby'), 'check-reason');
    assert.equal(await check.getAttribute('aria-disabled'), 'true');
    await check.focus();
    await page.keyboard.press('Enter');
    assert.match(await page.locator('#check-reason').textContent(), /^CTS creates this bucket/);
    await control(page, 'obs_info.is_obs_created', 'false').check();
    await control(page, 'domain_id').fill('');
    await check.click();
    assert.match(
      await page.locator('#check-reason').textContent(),
      /needs the bucket’s name, its region and the account ID/,
    );
    assert.equal(await isInvalid(page, 'domain_id'), 'true');
    assert.equal(sent.length, 0);
  });
});

test('what creation does not need is not required of it', async () => {
  await visit({}, async (page) => {
    await control(page, 'domain_id').fill('');
    await control(page, 'domain_id').blur();
    assert.equal(await isInvalid(page, 'domain_id'), null);
    assert.equal(await control(page, 'domain_id').getAttribute('required'), null);
    assert.match(await page.locator('#preview-badges').textContent(), /Ready to send/);
    await control(page, 'domain_id').fill('a b');
    assert.equal(await isInvalid(page, 'domain_id'), 'true', 'what is typed is judged');
  });
});

test('an unknown outcome is told as that, whatever the code advises, and is not forgotten by a reload', async () => {
  for (const locale of ['en', 'zh-CN']) {
    await visit({ locale }, async (page) => {
      await page.route('**/api/v3/*/tracker', (route) =>
        route.fulfill(answer(500, { error_code: 'CTS.0004', error_msg: 'Data write exception.' })),
      );
      await page.locator('#create').click();
      await page.locator('#answer .outcome.bad').waitFor();
      const said = await page.locator('#answer .outcome').textContent();
      assert.doesNotMatch(said, /connection failed|连接中断|Try again later|稍后/);
      assert.match(said, locale === 'en' ? /no clear answer came back/ : /没有明确的响应/);
      assert.equal(
        await page.locator('#answer dd [lang]').getAttribute('lang'),
        'en',
        'others’ words are in their own language',
      );
      const asked = new Promise((resolve) => {
        page.once('dialog', async (dialog) => {
          resolve(dialog.type());
          await dialog.accept();
        });
      });
      await page.reload();
      assert.equal(await asked, 'beforeunload');
    });
  }
});

test('either bucket may be the one that is not there', async () => {
  await visit({}, async (page) => {
    await fillDataTracker(page);
    await control(page, 'data_bucket.data_bucket_name').fill('no-such-bucket');
    await create(page).click();
    await page.getByRole('button', { name: 'Go to the field: Tracked OBS bucket' }).waitFor();
    assert.match((await beside(page, 'data_bucket.data_bucket_name'))[0], /^The service answered: /);
    await transferTo(page, 'bucket1');
    await create(page).click();
    await page.getByRole('button', { name: 'Go to the field: OBS bucket name' }).waitFor();
    assert.equal(await page.getByRole('button', { name: /^Go to the field/ }).count(), 2);
  });
});

test('what the service said goes when anything is changed', async () => {
  await visit({}, async (page) => {
    await page.route('**/api/v3/*/tracker', (route) =>
      route.fulfill(answer(400, { error_code: 'CTS.0209', error_msg: 'same' })),
    );
    await fillDataTracker(page);
    await create(page).click();
    await page.locator('#answer .outcome.bad').waitFor();
    assert.equal((await beside(page, 'data_bucket.data_event')).length, 1);
    await control(page, 'data_bucket.data_bucket_name').fill('another-bucket');
    assert.deepEqual(await beside(page, 'data_bucket.data_event'), []);
  });
});

test('who types while a request is under way is not interrupted, and the answer is not about what was typed', async () => {
  await visit({}, async (page) => {
    let release;
    const held = new Promise((resolve) => {
      release = resolve;
    });
    await page.route('**/api/v3/*/tracker', async (route) => {
      await held;
      await route.fulfill(answer(400, { error_code: 'CTS.0203', error_msg: 'bad name' }));
    });
    await fillDataTracker(page);
    await create(page).click();
    await control(page, 'tracker_name').fill('second');
    release();
    await page.locator('#answer .outcome.bad').waitFor();
    assert.equal(await page.evaluate(() => document.activeElement.name), 'tracker_name');
    assert.deepEqual(await beside(page, 'tracker_name'), []);
  });
});

test('a check that is refused has advice of its own, beside its fields', async () => {
  await visit({}, async (page) => {
    await page.route('**/checkbucket', (route) =>
      route.fulfill(answer(403, { error_code: 'CTS.0013', error_msg: 'No permission' })),
    );
    await transferTo(page, 'bucket1');
    await page.getByRole('button', { name: 'Check bucket' }).click();
    await page.locator('#check-result .outcome.bad').waitFor();
    const said = await page.locator('#check-result').textContent();
    assert.match(said, /correct the account ID/);
    assert.doesNotMatch(said, /project ID/);
  });
});

test('spaces of a paste are taken off when a field is left, and passing a group by is no mistake', async () => {
  await visit({}, async (page) => {
    await fillDataTracker(page);
    await control(page, 'tracker_name').fill(' first ');
    await control(page, 'tracker_name').blur();
    assert.equal((await previewOf(page)).tracker_name, 'first');
    await control(page, 'tracker_type', 'system').check();
    await control(page, 'tracker_type', 'data').check();
  });
  await visit({}, async (page) => {
    await control(page, 'tracker_type', 'data').check();
    await control(page, 'data_bucket.data_event', 'READ').focus();
    await control(page, 'project_id').focus();
    assert.deepEqual(await beside(page, 'data_bucket.data_event'), []);
  });
});

test('a copy that is refused leaves the text selected, and says so', async () => {
  await visit({}, async (page) => {
    await page.evaluate(() => {
      navigator.clipboard.writeText = () => Promise.reject(new Error('no'));
    });
    await page.locator('#copy').click();
    await page.getByRole('button', { name: /did not allow copying/ }).waitFor();
    assert.match(await page.evaluate(() => String(getSelection())), /"tracker_type"/);
  });
});

test('a refusal without a word does not speak of one', async () => {
  await visit({}, async (page) => {
    await page.route('**/api/v3/*/tracker', (route) => route.fulfill({ status: 400, body: '' }));
    await page.locator('#create').click();
    await page.locator('#answer .outcome.bad').waitFor();
    assert.match(await page.locator('#answer .outcome').textContent(), /does not say why/);
  });
});
