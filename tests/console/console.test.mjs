// The console in a real browser, over the package, its proxy and the emulator.
import assert from 'node:assert/strict';
import test from 'node:test';
import axe from 'axe-core';
import { examples } from '../../www/request.js';
import { beside, control, previewOf, useConsole } from './app.mjs';

const stand = useConsole();
const { visit } = stand;

async function fillManagementExample(page) {
  await control(page, 'transfer_to_obs').check();
  await control(page, 'obs_info.bucket_name').fill('test-data-tracker');
  await control(page, 'obs_info.file_prefix_name').fill('11');
  await control(page, 'is_support_validate').check();
  await control(page, 'is_support_trace_files_encryption').check();
  await control(page, 'kms_id').fill('13a4207c-7abe-4b68-8510-16b84c3b5504');
  await control(page, 'is_lts_enabled').check();
}

async function fillDataTracker(page, name, bucket, operation) {
  await control(page, 'tracker_type', 'data').check();
  await control(page, 'tracker_name').fill(name);
  await control(page, 'data_bucket.data_bucket_name').fill(bucket);
  await control(page, 'data_bucket.data_event', operation).check();
}

test('the first example of the API page, from an empty form to 201', async () => {
  await visit({}, async (page, { sent, bodies, response }) => {
    const policy = response.headers()['content-security-policy'];
    assert.match(policy, /script-src 'self' 'wasm-unsafe-eval'(;|$)/);
    assert.match(policy, /(style|default)-src 'self'(;|$)/);
    assert.doesNotMatch(policy, /unsafe-inline|unsafe-eval'.*unsafe-eval|https?:|\*/);
    assert.match(await page.locator('#banner').textContent(), /^\s*Emulator /);

    await fillManagementExample(page);
    assert.deepEqual(await previewOf(page), examples.system, 'the preview is the example of the page');
    assert.equal(await page.locator('#preview-badges').textContent(), 'Ready to send');
    assert.equal(await page.locator('.errors:visible, .warnings:visible').count(), 0);

    await page.getByRole('button', { name: 'Check bucket' }).click();
    await page.locator('#check-result .good').getByText('Traces can be transferred to this bucket.').waitFor();
    assert.equal(sent.length, 1);
    assert.match(sent[0].url(), /\/api\/v3\/[\w-]+\/checkbucket$/);
    assert.deepEqual(
      bodies[0].buckets.map((bucket) => bucket.bucket_name),
      ['test-data-tracker'],
    );

    await page.getByRole('button', { name: 'Create tracker' }).click();
    await page.getByRole('heading', { name: 'Tracker created' }).waitFor();
    assert.equal(sent.length, 2);
    assert.match(sent[1].url(), /\/api\/v3\/[\w-]+\/tracker$/);
    assert.deepEqual(bodies[1], examples.system, 'what was sent is the example');
    const facts = await page.locator('#answer .facts').textContent();
    assert.match(facts, /Status201/);
    assert.match(facts, /Request ID\S/);
    const answer = JSON.parse(await page.locator('#answer pre').first().textContent());
    assert.equal(answer.tracker_name, 'system');
    assert.equal(answer.obs_info.bucket_name, 'test-data-tracker');
    assert.equal(
      await page.evaluate(() => document.activeElement.id),
      'answer-heading',
      'the focus goes to the answer',
    );
    await page.waitForFunction(() => document.getElementById('live').textContent === 'Tracker created');
  });
});

test('a second management tracker: the conflict is explained, and nothing is lost', async () => {
  await visit({}, async (page, { sent }) => {
    await page.getByRole('button', { name: 'Management tracker' }).click();
    assert.deepEqual(await previewOf(page), examples.system, 'the button fills in the example');
    await page.getByRole('button', { name: 'Create tracker' }).click();
    const answer = page.locator('#answer');
    await answer.getByRole('heading', { name: 'It conflicts with a tracker that exists' }).waitFor();
    const text = await answer.textContent();
    assert.match(text, /CTS\.0201/);
    assert.match(text, /Status400/);
    assert.match(text, /Look in the tracker list/);
    assert.equal(sent.length, 1, 'a refusal is not sent again');
    assert.equal(await control(page, 'kms_id').inputValue(), examples.system.kms_id);

    await page.locator('#language').selectOption('zh-CN');
    assert.match(await answer.textContent(), /与已有的追踪器冲突/, 'an answer follows the language');
  });
});

test('the second example: the T of saveTraceBucket is named beside the bucket, and nothing is sent', async () => {
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
      await beside(page, 'obs_info.bucket_name'),
      [],
      'no error while what is typed may still become right',
    );
    await bucket.pressSequentially('TraceBucket');
    const shown = await beside(page, 'obs_info.bucket_name');
    assert.equal(shown.length, 1);
    assert.match(shown[0], /“T”/);
    assert.deepEqual(await previewOf(page), examples.data);
    assert.equal(await page.locator('#preview-badges').textContent(), '1 error');

    await page.getByRole('button', { name: 'Create tracker' }).click();
    assert.equal(
      await bucket.evaluate((element) => element === document.activeElement),
      true,
      'the focus goes to the field',
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
    await page.getByRole('button', { name: 'Check bucket' }).click();
    assert.equal(await bucket.evaluate((element) => element === document.activeElement), true);
    assert.equal(sent.length, 0);

    const kept = await link.elementHandle();
    await control(page, 'obs_info.file_prefix_name').fill('12');
    assert.equal(await kept.evaluate((element) => element.isConnected), true, 'what still holds is not built anew');
    await link.click();
    assert.equal(
      await bucket.evaluate((element) => element === document.activeElement),
      true,
      'the summary leads to the field',
    );
    await bucket.fill('save-trace-bucket');
    assert.deepEqual(await beside(page, 'obs_info.bucket_name'), []);
    assert.equal(await page.locator('#summary').isVisible(), false);
    await page.getByRole('button', { name: 'Create tracker' }).click();
    await page.getByRole('heading', { name: 'Tracker created' }).waitFor();
    assert.equal(bodies[0].obs_info.bucket_name, 'save-trace-bucket');
  });
});

test('an empty data tracker: every required field is named, in order, and the first has the focus', async () => {
  await visit({}, async (page, { sent }) => {
    await control(page, 'tracker_type', 'data').check();
    await control(page, 'transfer_to_obs').check();
    assert.equal(await page.locator('.errors:visible').count(), 0, 'nothing is called wrong before it is touched');
    await page.getByRole('button', { name: 'Create tracker' }).click();
    const links = await page.locator('#summary a').allTextContents();
    assert.deepEqual(
      links.map((text) => text.split(':')[0]),
      ['Tracker name', 'Tracked OBS bucket', 'Operations to record', 'OBS bucket name'],
    );
    assert.equal(await page.evaluate(() => document.activeElement.name), 'tracker_name');
    await page.waitForFunction(() => document.getElementById('live').textContent.includes('4 fields need correction'));
    assert.equal(sent.length, 0);
  });
});

test('an error that appears on leaving a field does not move the button away from under the pointer', async () => {
  await visit({ height: 4000 }, async (page, { sent }) => {
    await control(page, 'transfer_to_obs').check();
    await control(page, 'obs_info.bucket_name').fill('ab');
    const box = await page.locator('#create').boundingBox();
    await page.mouse.move(box.x + 10, box.y + 2);
    await page.mouse.down();
    await page.mouse.up();
    await page.locator('#summary a').waitFor();
    assert.match((await beside(page, 'obs_info.bucket_name'))[0], /3/);
    assert.equal(sent.length, 0);
  });
});

test('changing the type: fields come and go with their reason, and what was typed comes back', async () => {
  await visit({}, async (page) => {
    await page.getByRole('button', { name: 'Management tracker' }).click();
    await control(page, 'is_organization_tracker').check();
    await control(page, 'management_event_selector.exclude_service').check();
    assert.deepEqual((await previewOf(page)).management_event_selector, { exclude_service: ['KMS'] });
    assert.equal(await control(page, 'tracker_name').isEditable(), false);
    assert.equal(await control(page, 'obs_info.bucket_lifecycle').first().isDisabled(), true);
    assert.match(await page.locator('[data-field="obs_info.bucket_lifecycle"] .reason').textContent(), /data trackers/);

    await control(page, 'tracker_type', 'data').check();
    assert.equal(await page.locator('.errors:visible').count(), 0, 'a type just chosen has no mistakes yet');
    await fillDataTracker(page, 'mine', 'cstest0423', 'WRITE');
    assert.equal(await control(page, 'is_organization_tracker').isVisible(), false);
    assert.equal(await control(page, 'is_support_trace_files_encryption').isDisabled(), true);
    assert.match(await page.locator('[data-field="kms_id"] .reason').textContent(), /management trackers/);
    assert.equal(await control(page, 'obs_info.bucket_lifecycle').first().isDisabled(), false);
    assert.deepEqual(await previewOf(page), {
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
    assert.equal((await previewOf(page)).kms_id, examples.system.kms_id);
    await control(page, 'tracker_type', 'data').check();
    assert.equal(await control(page, 'tracker_name').inputValue(), 'mine');
  });
});

test('choices on the wire: retention, compression, sorting, a bucket to be created', async () => {
  await visit({}, async (page) => {
    await fillDataTracker(page, 'mine', 'cstest0423', 'READ');
    await control(page, 'transfer_to_obs').check();
    await control(page, 'obs_info.is_obs_created', 'true').check();
    await control(page, 'obs_info.bucket_name').fill('a-new-bucket');
    assert.equal(await page.getByRole('button', { name: 'Check bucket' }).isDisabled(), true);
    for (const days of [30, 60, 90, 180, 1095]) {
      await control(page, 'obs_info.bucket_lifecycle', days).check();
      assert.equal((await previewOf(page)).obs_info.bucket_lifecycle, days);
    }
    assert.deepEqual(await page.locator('#lifecycle label').allInnerTexts(), [
      'As the bucket',
      '30 days',
      '60 days',
      '90 days',
      '180 days',
      '3 years',
    ]);
    await control(page, 'obs_info.compress_type', 'json').check();
    await control(page, 'obs_info.is_sort_by_service').uncheck();
    assert.deepEqual((await previewOf(page)).obs_info, {
      bucket_name: 'a-new-bucket',
      is_obs_created: true,
      bucket_lifecycle: 1095,
      compress_type: 'json',
      is_sort_by_service: false,
    });
    await control(page, 'transfer_to_obs').uncheck();
    assert.equal((await previewOf(page)).obs_info, undefined);
  });
});

test('notes stand apart and hold nothing up', async () => {
  await visit({}, async (page) => {
    await page.getByRole('button', { name: 'Management tracker' }).click();
    await control(page, 'kms_id').fill('not-like-a-key');
    await control(page, 'obs_info.file_prefix_name').focus();
    assert.equal((await beside(page, 'kms_id', 'warnings')).length, 1);
    assert.deepEqual(await beside(page, 'kms_id'), []);
    assert.equal(await control(page, 'kms_id').getAttribute('aria-invalid'), null);
    assert.equal(
      await page
        .locator('#preview-badges')
        .innerText()
        .then((text) => text.replace(/\s+/g, ' ')),
      'Ready to send 1 note',
    );
  });
});

test('counters count what a person counts, and nothing is cut', async () => {
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
    assert.match((await beside(page, 'obs_info.file_prefix_name'))[0], /64.*70|70.*64/);
    assert.equal(await page.locator('[maxlength]').count(), 0);
  });
});

test('checking a bucket that does not exist is an answer, not an error', async () => {
  await visit({}, async (page) => {
    await control(page, 'transfer_to_obs').check();
    await control(page, 'obs_info.bucket_name').fill('bucket2');
    await page.getByRole('button', { name: 'Check bucket' }).click();
    await page.locator('#check-result .bad').waitFor();
    const text = await page.locator('#check-result').textContent();
    assert.match(text, /There is no bucket of this name/);
    assert.match(text, /OBS\.NoSuchBucket \(404\)/);
    await control(page, 'obs_info.bucket_name').fill('bucket1');
    assert.match(await page.locator('#check-result').textContent(), /Changed since the check/);
    await page.getByRole('button', { name: 'Check bucket' }).click();
    await page.locator('#check-result .good').getByText('Traces can be transferred to this bucket.').waitFor();
  });
});

test('what the service refuses is shown beside the field it is about', async () => {
  await visit({}, async (page, { sent }) => {
    await fillDataTracker(page, 'mine', 'test-data-tracker', 'READ');
    await control(page, 'transfer_to_obs').check();
    await control(page, 'obs_info.bucket_name').fill('no-such-bucket-anywhere');
    await page.getByRole('button', { name: 'Create tracker' }).click();
    await page.locator('#answer .outcome.bad').waitFor();
    assert.match(await page.locator('#answer').textContent(), /CTS\.0211/);
    assert.equal(sent.length, 1);
    assert.match((await beside(page, 'obs_info.bucket_name'))[0], /^The service answered: /);
    await page.getByRole('button', { name: 'Go to the field: OBS bucket name' }).click();
    assert.equal(await page.evaluate(() => document.activeElement.name), 'obs_info.bucket_name');
    await control(page, 'obs_info.bucket_name').fill('save-trace-bucket');
    assert.deepEqual(await beside(page, 'obs_info.bucket_name'), [], 'it is gone once the field is changed');
  });
});

test('an unknown outcome: no second request before one has looked', async () => {
  await visit({}, async (page, { sent }) => {
    await page.route('**/api/v3/*/tracker', (route) =>
      route.fulfill({
        status: 502,
        contentType: 'text/html',
        body: '<html><body><h1>502 Bad Gateway</h1></body></html>',
      }),
    );
    await fillDataTracker(page, 'unknown', 'bucket1', 'READ');
    await page.getByRole('button', { name: 'Create tracker' }).click();
    await page.getByRole('heading', { name: 'It is not known whether the tracker was created' }).waitFor();
    assert.match(await page.locator('#answer').textContent(), /Do not simply send it again: look in the tracker list/);
    assert.match(
      await page.locator('#answer pre').first().textContent(),
      /502 Bad Gateway/,
      'what came back is shown, as text',
    );
    assert.equal(sent.length, 1);
    const create = page.getByRole('button', { name: 'Create tracker' });
    assert.equal(await create.getAttribute('aria-disabled'), 'true');
    await create.focus();
    await page.keyboard.press('Enter');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'looked');
    assert.equal(sent.length, 1, 'not sent again');
    await page.unroute('**/api/v3/*/tracker');
    await page.keyboard.press('Space');
    await create.click();
    await page.getByRole('heading', { name: 'Tracker created' }).waitFor();
    assert.equal(sent.length, 2);
  });
});

test('each kind of failure says what it is and what to do', async () => {
  const json = (status, body, headers = {}) => ({
    status,
    contentType: 'application/json',
    headers,
    body: JSON.stringify(body),
  });
  const cases = [
    [
      json(401, { error_code: 'APIGW.0301', error_msg: 'Incorrect IAM authentication information', request_id: 'r1' }),
      'The service did not accept the keys',
      /Do not try repeatedly/,
      false,
    ],
    [json(403, { error_code: 'CTS.0013', error_msg: 'No permission' }), 'Not permitted', /cts:tracker:create/, false],
    [
      json(404, { error_code: 'APIGW.0101', error_msg: 'The API does not exist' }),
      'Not found',
      /Check the region/,
      false,
    ],
    [
      json(400, { error_code: 'CTS.0228', error_msg: 'The CTS service is not trusted.' }),
      'The service refused the request',
      /Organizations/,
      false,
    ],
    [
      json(503, { error_code: 'APIGW.0613', error_msg: 'unavailable' }),
      'The service is unavailable',
      /not to repeat/,
      false,
    ],
    [
      json(500, { error_code: 'CTS.0004', error_msg: 'Data write exception.' }),
      'It is not known whether',
      /look in the tracker list/,
      true,
    ],
    [
      { status: 201, contentType: 'text/html', body: '<html>hello</html>' },
      'The answer could not be read',
      /Look in the tracker list/,
      true,
    ],
  ];
  for (const [answer, title, advice, locks] of cases) {
    await visit({}, async (page, { sent }) => {
      await page.route('**/api/v3/*/tracker', (route) => route.fulfill(answer));
      await page.locator('#create').click();
      await page.locator('#answer .outcome.bad').waitFor();
      const text = await page.locator('#answer').textContent();
      assert.match(text, new RegExp(title));
      assert.match(text, advice);
      assert.match(text, new RegExp(`Status${answer.status}`));
      assert.equal(await page.locator('#looked').count(), locks ? 1 : 0, `${title}: whether one must look first`);
      assert.equal(sent.length, 1);
    });
  }
});

test('over the real service the page says so, and asks for the ids it was not given', async () => {
  const context = await stand.browser.newContext({ locale: 'en' });
  const page = await context.newPage();
  await page.route('**/config.json', (route) => route.fulfill({ json: { mode: 'service', region: 'eu-west-0' } }));
  await page.goto(stand.app.url);
  await page.waitForSelector('html[data-ready]');
  assert.match(await page.locator('#banner').textContent(), /^\s*Real service .*eu-west-0.*is real/);
  assert.equal(await page.locator('#region').inputValue(), 'eu-west-0');
  assert.equal(await control(page, 'bucket_location').inputValue(), 'eu-west-0');
  await page.locator('#create').click();
  assert.equal(await page.evaluate(() => document.activeElement.name), 'project_id');
  assert.equal((await beside(page, 'project_id')).length, 1);
  await context.close();
});

test('a console that cannot start says so', async () => {
  const page = await stand.browser.newPage({ locale: 'en' });
  await page.route('**/config.json', (route) => route.fulfill({ status: 500, body: '' }));
  await page.goto(stand.app.url);
  await page.getByRole('alert').getByText('The console could not start: config.json: HTTP 500').waitFor();
  await page.close();
});

test('no connection, and a cancelled creation', async () => {
  await visit({}, async (page, { sent }) => {
    await control(page, 'transfer_to_obs').check();
    await control(page, 'obs_info.bucket_name').fill('bucket1');
    await page.route('**/api/**', (route) => route.abort('connectionrefused'));
    await page.getByRole('button', { name: 'Check bucket' }).click();
    await page.locator('#check-result .outcome.bad').waitFor({ timeout: 30_000 });
    assert.match(await page.locator('#check-result').textContent(), /nothing was changed/);
    await page.unroute('**/api/**');

    let release;
    const held = new Promise((resolve) => {
      release = resolve;
    });
    await page.route('**/api/**', async (route) => {
      await held;
      await route.abort().catch(() => {});
    });
    await fillDataTracker(page, 'cancelled', 'save-trace-bucket', 'WRITE');
    const before = sent.length;
    await page.getByRole('button', { name: 'Create tracker' }).click();
    await page.waitForFunction(() => !document.getElementById('cancel').hidden);
    while (sent.length === before) await page.waitForTimeout(20);
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('heading', { name: 'Cancelled' }).waitFor();
    assert.match(await page.locator('#answer').textContent(), /Look in the tracker list before you create it again/);
    release();
  });
});

test('the keyboard alone: from the address bar to a tracker', async () => {
  await visit({}, async (page, { bodies }) => {
    const focused = () =>
      page.evaluate(() => {
        const { activeElement: element } = document;
        const ring = element.closest('.tile, .choice') ?? element;
        return {
          id: element.id,
          name: element.name ?? '',
          value: element.value ?? '',
          ringed: getComputedStyle(ring).outlineStyle !== 'none',
        };
      });
    const walked = [];
    const tabTo = async (match) => {
      for (let presses = 0; presses < 40; presses += 1) {
        await page.keyboard.press('Tab');
        const at = await focused();
        walked.push(at);
        assert.ok(at.ringed, `the focus must be seen on ${at.name || at.id}`);
        if (match(at)) return;
      }
      assert.fail(`not reached; went over ${walked.map((at) => at.name || at.id).join(', ')}`);
    };
    const toField = (name, value) => tabTo((at) => at.name === name && (value === undefined || at.value === value));

    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    assert.equal((await focused()).id, 'heading', 'the skip link skips');
    await toField('tracker_type');
    await page.keyboard.press('ArrowRight');
    assert.deepEqual(await focused(), { id: 'f-tracker_type-1', name: 'tracker_type', value: 'data', ringed: true });
    await toField('tracker_name');
    await page.keyboard.type('by-keyboard');
    await toField('data_bucket.data_bucket_name');
    await page.keyboard.type('save-trace-bucket');
    await toField('data_bucket.data_event', 'WRITE');
    await page.keyboard.press('Space');
    await toField('transfer_to_obs');
    await page.keyboard.press('Space');
    await toField('obs_info.bucket_name');
    await page.keyboard.type('bucket1');
    await tabTo((at) => at.id === 'check');
    await page.keyboard.press('Enter');
    await page.locator('#check-result .good').getByText('Traces can be transferred to this bucket.').waitFor();
    await toField('obs_info.bucket_lifecycle');
    await page.keyboard.press('ArrowRight');
    await tabTo((at) => at.id === 'create');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Tracker created' }).waitFor();
    assert.deepEqual(bodies.at(-1), {
      tracker_type: 'data',
      tracker_name: 'by-keyboard',
      obs_info: { bucket_name: 'bucket1', is_obs_created: false, bucket_lifecycle: 30 },
      data_bucket: { data_bucket_name: 'save-trace-bucket', data_event: ['WRITE'] },
      agency_name: 'cts_admin_trust',
    });
    assert.equal((await focused()).id, 'answer-heading');
  });
});

test('language and theme: chosen, applied, remembered', async () => {
  await visit({}, async (page) => {
    const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await background();
    await page.locator('#theme').selectOption('dark');
    assert.notEqual(await background(), light);
    await page.locator('#language').selectOption('zh-CN');
    assert.equal(await page.getAttribute('html', 'lang'), 'zh-CN');
    assert.equal(await page.title(), '创建追踪器 – 云审计服务');
    await page.getByRole('button', { name: '数据类追踪器' }).click();
    assert.match((await beside(page, 'obs_info.bucket_name'))[0], /“T”/);
    assert.match((await beside(page, 'obs_info.bucket_name'))[0], /[一-龥]/, 'the package speaks Chinese too');

    await page.reload();
    await page.waitForSelector('html[data-ready]');
    assert.equal(await page.getAttribute('html', 'lang'), 'zh-CN');
    assert.equal(await page.locator('h1').textContent(), '创建追踪器');
    assert.notEqual(await background(), light);
    await page.locator('#theme').selectOption('system');
    assert.equal(await background(), light);
  });
  await visit({ locale: 'zh-CN' }, async (page) => {
    assert.equal(await page.getAttribute('html', 'lang'), 'zh-CN', 'the browser’s language is the first choice');
  });
});

test('no axe violation, in light and dark, English and Chinese, empty, wrong and answered', async () => {
  for (const theme of ['light', 'dark']) {
    for (const locale of ['en', 'zh-CN']) {
      await visit({ theme, locale }, async (page) => {
        await page.evaluate(axe.source);
        const judge = async (moment) => {
          const { violations } = await page.evaluate(() => window.axe.run(document));
          assert.deepEqual(
            violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`),
            [],
            `${theme} ${locale} ${moment}`,
          );
        };
        await judge('at the start');
        await page.locator('[data-example="data"]').click();
        await page.locator('#create').click();
        await judge('with an error');
        await control(page, 'tracker_type', 'system').check();
        await control(page, 'obs_info.bucket_name').fill('bucket2');
        await control(page, 'is_support_trace_files_encryption').check();
        await control(page, 'kms_id').fill('unusual');
        await page.locator('#check').click();
        await page.locator('#check-result .bad').waitFor();
        await control(page, 'obs_info.bucket_name').fill('bucket1');
        await judge('with a note and a check that is stale');
        await page.locator('#create').click();
        await page.locator('#answer .outcome.bad').waitFor();
        await judge('with a refusal');
      });
    }
  }
});

test('320 pixels, as at 400 % zoom, and 200 %: nothing is cut off to the side', async () => {
  for (const [width, locale] of [
    [320, 'en'],
    [320, 'zh-CN'],
    [640, 'en'],
  ]) {
    await visit({ width, height: 640, locale }, async (page) => {
      const overflow = () =>
        page.evaluate(() =>
          [...document.querySelectorAll('body *')]
            .filter((element) => element.getClientRects().length && !element.closest('.hidden, .skip'))
            .filter((element) => element.getBoundingClientRect().right > document.documentElement.clientWidth + 0.5)
            .map((element) => `${element.tagName} ${element.className}`),
        );
      assert.deepEqual(await overflow(), [], `${width} ${locale}`);
      await page.locator('[data-example="data"]').click();
      await page.locator('#create').click();
      assert.deepEqual(await overflow(), [], `${width} ${locale} with an error`);
      await control(page, 'obs_info.bucket_name').fill('no-such-bucket-anywhere');
      await page.locator('#create').click();
      await page.locator('#answer .outcome.bad').waitFor();
      assert.deepEqual(await overflow(), [], `${width} ${locale} with an answer`);
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width);
    });
  }
});

test('reduced motion is respected', async () => {
  const transition = async (reducedMotion) => {
    let value;
    await visit({ reducedMotion }, async (page) => {
      value = await control(page, 'transfer_to_obs').evaluate(
        (element) => getComputedStyle(element).transitionProperty,
      );
    });
    return value;
  };
  assert.notEqual(await transition('no-preference'), 'none');
  assert.equal(await transition('reduce'), 'none');
});
