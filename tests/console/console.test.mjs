// The console in a browser, with the package, its signing proxy and the emulator.
import assert from 'node:assert/strict';
import test from 'node:test';
import axe from 'axe-core';
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
  readPreview,
  transferTo,
  useConsole,
} from './app.mjs';
import { importConsole } from './import-console.mjs';

const harness = useConsole();
const { visit } = harness;
const { examples } = await importConsole('create-tracker/examples.ts');

async function fillManagementExample(page) {
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

    await clickCreate(page);
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
    await clickCreate(page);
    const response = page.locator('#response');
    await response.getByRole('heading', { name: 'Conflict with an existing tracker' }).waitFor();
    const text = await response.textContent();
    assert.match(text, /CTS\.0201/);
    assert.match(text, /Status400/);
    assert.match(text, /Check the tracker list/);
    assert.equal(sent.length, 1, 'a rejected request is not repeated');
    assert.equal(await control(page, 'kms_id').inputValue(), examples.system.kms_id);

    await page.locator('#language').selectOption('zh-CN');
    assert.match(await response.textContent(), /与已有的追踪器冲突/, 'the response follows the language');
  });
});

test('the invalid character of the second example is shown at the bucket, and nothing is sent', async () => {
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
      await messagesAt(page, 'obs_info.bucket_name'),
      [],
      'no error while the typed text may still become valid',
    );
    await bucket.pressSequentially('TraceBucket');
    const shown = await messagesAt(page, 'obs_info.bucket_name');
    assert.equal(shown.length, 1);
    assert.match(shown[0], /“T”/);
    assert.deepEqual(await readPreview(page), examples.data);
    assert.equal(await page.locator('#preview-badges').textContent(), '1 error');

    await clickCreate(page);
    assert.equal(
      await bucket.evaluate((element) => element === document.activeElement),
      true,
      'the focus moves to the field',
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
    await clickCheck(page);
    assert.equal(await bucket.evaluate((element) => element === document.activeElement), true);
    assert.equal(sent.length, 0);

    const element = await link.elementHandle();
    await control(page, 'obs_info.file_prefix_name').fill('12');
    assert.equal(
      await element.evaluate((node) => node.isConnected),
      true,
      'an unchanged summary is not rendered again',
    );
    await link.click();
    assert.equal(
      await bucket.evaluate((element) => element === document.activeElement),
      true,
      'the link in the summary moves the focus to the field',
    );
    await bucket.fill('save-trace-bucket');
    assert.deepEqual(await messagesAt(page, 'obs_info.bucket_name'), []);
    assert.equal(await page.locator('#summary').isVisible(), false);
    await clickCreate(page);
    await page.getByRole('heading', { name: 'Tracker created' }).waitFor();
    assert.equal(bodies[0].obs_info.bucket_name, 'save-trace-bucket');
  });
});

test('an empty data tracker: the summary lists the required fields in order, and the first has the focus', async () => {
  await visit({}, async (page, { sent }) => {
    await control(page, 'tracker_type', 'data').check();
    await control(page, 'transfer_to_obs').check();
    assert.equal(await page.locator('.errors:visible').count(), 0, 'untouched fields show no errors');
    await clickCreate(page);
    const links = await page.locator('#summary a').allTextContents();
    assert.deepEqual(
      links.map((text) => text.split(':')[0]),
      ['Tracker name', 'Tracked OBS bucket', 'Operations to record', 'OBS bucket name'],
    );
    assert.equal(await focusedName(page), 'tracker_name');
    await page.waitForFunction(() => document.getElementById('live').textContent.includes('4 fields have errors'));
    assert.equal(sent.length, 0);
  });
});

test('an error that appears on blur does not move a button that is being clicked', async () => {
  await visit({ height: 4000 }, async (page, { sent }) => {
    await transferTo(page, 'ab');
    const box = await page.locator('#create').boundingBox();
    await page.mouse.move(box.x + 10, box.y + 2);
    await page.mouse.down();
    await page.mouse.up();
    await page.locator('#summary a').waitFor();
    assert.match((await messagesAt(page, 'obs_info.bucket_name'))[0], /3/);
    assert.equal(sent.length, 0);
  });
});

test('changing the tracker type hides or disables fields and restores typed values', async () => {
  await visit({}, async (page) => {
    await page.getByRole('button', { name: 'Management tracker' }).click();
    await control(page, 'is_organization_tracker').check();
    await control(page, 'management_event_selector.exclude_service').check();
    assert.deepEqual((await readPreview(page)).management_event_selector, { exclude_service: ['KMS'] });
    assert.equal(await control(page, 'tracker_name').isEditable(), false);
    assert.equal(await control(page, 'obs_info.bucket_lifecycle').first().isDisabled(), true);
    assert.match(await page.locator('[data-field="obs_info.bucket_lifecycle"] .reason').textContent(), /data trackers/);

    await control(page, 'tracker_type', 'data').check();
    assert.equal(await page.locator('.errors:visible').count(), 0, 'a newly selected type shows no errors');
    await fillDataTracker(page, 'mine', 'cstest0423', 'WRITE');
    assert.equal(await control(page, 'is_organization_tracker').isVisible(), false);
    assert.equal(await control(page, 'is_support_trace_files_encryption').isDisabled(), true);
    assert.match(await page.locator('[data-field="kms_id"] .reason').textContent(), /management trackers/);
    assert.equal(await control(page, 'obs_info.bucket_lifecycle').first().isDisabled(), false);
    assert.deepEqual(await readPreview(page), {
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
    assert.equal((await readPreview(page)).kms_id, examples.system.kms_id);
    await control(page, 'tracker_type', 'data').check();
    assert.equal(await control(page, 'tracker_name').inputValue(), 'mine');
  });
});

test('retention, compression, sorting and a new bucket in the request', async () => {
  await visit({}, async (page) => {
    await fillDataTracker(page, 'mine', 'cstest0423', 'READ');
    await control(page, 'transfer_to_obs').check();
    await control(page, 'obs_info.is_obs_created', 'true').check();
    await control(page, 'obs_info.bucket_name').fill('a-new-bucket');
    assert.equal(await page.getByRole('button', { name: 'Check bucket' }).isDisabled(), true);
    for (const days of [30, 60, 90, 180, 1095]) {
      await control(page, 'obs_info.bucket_lifecycle', days).check();
      assert.equal((await readPreview(page)).obs_info.bucket_lifecycle, days);
    }
    assert.deepEqual(await page.locator('#lifecycle label').allInnerTexts(), [
      'Keep the bucket’s rule',
      '30 days',
      '60 days',
      '90 days',
      '180 days',
      '3 years',
    ]);
    await control(page, 'obs_info.compress_type', 'json').check();
    await control(page, 'obs_info.is_sort_by_service').uncheck();
    assert.deepEqual((await readPreview(page)).obs_info, {
      bucket_name: 'a-new-bucket',
      is_obs_created: true,
      bucket_lifecycle: 1095,
      compress_type: 'json',
      is_sort_by_service: false,
    });
    await control(page, 'transfer_to_obs').uncheck();
    assert.equal((await readPreview(page)).obs_info, undefined);
  });
});

test('warnings are shown apart from errors and do not prevent creation', async () => {
  await visit({}, async (page) => {
    await page.getByRole('button', { name: 'Management tracker' }).click();
    await control(page, 'kms_id').fill('not-like-a-key');
    await control(page, 'obs_info.file_prefix_name').focus();
    assert.equal((await messagesAt(page, 'kms_id', 'warnings')).length, 1);
    assert.deepEqual(await messagesAt(page, 'kms_id'), []);
    assert.equal(await control(page, 'kms_id').getAttribute('aria-invalid'), null);
    assert.deepEqual(await page.locator('#preview-badges .badge').allTextContents(), ['Ready to send', '1 warning']);
  });
});

test('counters count code points, and long values are not cut', async () => {
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
    assert.match((await messagesAt(page, 'obs_info.file_prefix_name'))[0], /64.*70|70.*64/);
    assert.equal(await page.locator('[maxlength]').count(), 0);
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
  await visit({}, async (page, { sent }) => {
    await fillDataTracker(page, 'mine', 'test-data-tracker', 'READ');
    await transferTo(page, 'no-such-bucket-anywhere');
    await clickCreate(page);
    await page.locator('#response .outcome.bad').waitFor();
    assert.match(await page.locator('#response').textContent(), /CTS\.0211/);
    assert.equal(sent.length, 1);
    assert.match((await messagesAt(page, 'obs_info.bucket_name'))[0], /^Service response: /);
    await page.getByRole('button', { name: 'Go to field: OBS bucket name' }).click();
    assert.equal(await focusedName(page), 'obs_info.bucket_name');
    await control(page, 'obs_info.bucket_name').fill('save-trace-bucket');
    assert.deepEqual(await messagesAt(page, 'obs_info.bucket_name'), [], 'a change removes the error');
  });
});

test('after an unknown outcome, creation is locked until the user confirms that the tracker does not exist', async () => {
  await visit({}, async (page, { sent }) => {
    await mockCreation(page, {
      status: 502,
      contentType: 'text/html',
      body: '<html><body><h1>502 Bad Gateway</h1></body></html>',
    });
    await fillDataTracker(page, 'unknown', 'bucket1', 'READ');
    await clickCreate(page);
    await page.getByRole('heading', { name: 'It is unknown whether the tracker was created' }).waitFor();
    assert.match(
      await page.locator('#response').textContent(),
      /Do not send it again yet: first check the tracker list/,
    );
    assert.match(
      await page.locator('#response pre').first().textContent(),
      /502 Bad Gateway/,
      'the body is shown as text',
    );
    assert.equal(sent.length, 1);
    const create = page.getByRole('button', { name: 'Create tracker' });
    assert.equal(await create.getAttribute('aria-disabled'), 'true');
    await create.focus();
    await page.keyboard.press('Enter');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'not-created');
    assert.equal(sent.length, 1, 'the request is not repeated');
    await page.unroute('**/api/v3/*/tracker');
    await page.keyboard.press('Space');
    await create.click();
    await page.getByRole('heading', { name: 'Tracker created' }).waitFor();
    assert.equal(sent.length, 2);
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
      /cts:tracker:create/,
      false,
    ],
    [
      jsonResponse(404, { error_code: 'APIGW.0101', error_msg: 'The API does not exist' }),
      'Not found',
      /Check the region/,
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
      /not to repeat/,
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
      await page.locator('#create').click();
      await page.locator('#response .outcome.bad').waitFor();
      const text = await page.locator('#response').textContent();
      assert.match(text, new RegExp(title));
      assert.match(text, advice);
      assert.match(text, new RegExp(`Status${response.status}`));
      assert.equal(
        await page.locator('#not-created').count(),
        isLocked ? 1 : 0,
        `${title}: whether creation is locked`,
      );
      assert.equal(sent.length, 1);
    });
  }
});

test('with the real service, the page says so and requires a project ID', async () => {
  const context = await harness.browser.newContext({ locale: 'en' });
  const page = await context.newPage();
  await page.route('**/config.json', (route) => route.fulfill({ json: { mode: 'service', region: 'eu-west-0' } }));
  await page.goto(harness.app.url);
  await page.waitForSelector('html[data-ready]');
  assert.match(await page.locator('#banner').textContent(), /^\s*Real service .*eu-west-0.*are real/);
  assert.equal(await page.locator('#account-region').textContent(), 'eu-west-0');
  assert.equal(await control(page, 'bucket_location').inputValue(), 'eu-west-0');
  await page.locator('#create').click();
  assert.equal(await focusedName(page), 'project_id');
  assert.equal((await messagesAt(page, 'project_id')).length, 1);
  await context.close();
});

test('a console that cannot start shows the reason', async () => {
  const page = await harness.browser.newPage({ locale: 'en' });
  await page.route('**/config.json', (route) => route.fulfill({ status: 500, body: '' }));
  await page.goto(harness.app.url);
  await page.getByRole('alert').getByText('The console could not start: config.json: HTTP 500').waitFor();
  await page.close();
});

test('a failed connection and a creation that the user stops waiting for', async () => {
  await visit({}, async (page, { sent }) => {
    await transferTo(page, 'bucket1');
    await page.route('**/api/**', (route) => route.abort('connectionrefused'));
    await clickCheck(page);
    await page.locator('#check-result .outcome.bad').waitFor({ timeout: 30_000 });
    assert.match(await page.locator('#check-result').textContent(), /nothing was changed/);
    await page.unroute('**/api/**');

    const [held, release] = hold();
    await page.route('**/api/**', async (route) => {
      await held;
      await route.abort().catch(() => {});
    });
    await fillDataTracker(page, 'stopped', 'save-trace-bucket', 'WRITE');
    const before = sent.length;
    await clickCreate(page);
    await page.waitForFunction(() => !document.getElementById('stop').hidden);
    while (sent.length === before) await page.waitForTimeout(20);
    await page.getByRole('button', { name: 'Stop waiting' }).click();
    await page.getByRole('heading', { name: 'Stopped waiting' }).waitFor();
    assert.match(
      await page.locator('#response').textContent(),
      /Check the tracker list before you create the tracker again/,
    );
    release();
  });
});

test('a data tracker can be created with the keyboard only', async () => {
  await visit({}, async (page, { bodies }) => {
    const focused = () =>
      page.evaluate(() => {
        const { activeElement: element } = document;
        const outlined = element.closest('.tile, .choice') ?? element;
        return {
          id: element.id,
          name: element.name ?? '',
          value: element.value ?? '',
          isOutlined: getComputedStyle(outlined).outlineStyle !== 'none',
        };
      });
    const visited = [];
    const tabTo = async (match) => {
      for (let presses = 0; presses < 40; presses += 1) {
        await page.keyboard.press('Tab');
        const at = await focused();
        visited.push(at);
        assert.ok(at.isOutlined, `the focus must be visible on ${at.name || at.id}`);
        if (match(at)) return;
      }
      assert.fail(`not reached; visited ${visited.map((at) => at.name || at.id).join(', ')}`);
    };
    const toField = (name, value) => tabTo((at) => at.name === name && (value === undefined || at.value === value));

    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    assert.equal((await focused()).id, 'heading', 'the skip link moves the focus');
    await toField('tracker_type');
    await page.keyboard.press('ArrowRight');
    assert.deepEqual(await focused(), {
      id: 'f-tracker_type-1',
      name: 'tracker_type',
      value: 'data',
      isOutlined: true,
    });
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
    assert.equal((await focused()).id, 'response-heading');
  });
});

test('the language and the theme are applied and stored', async () => {
  await visit({}, async (page) => {
    const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await background();
    await page.locator('#theme').selectOption('dark');
    assert.notEqual(await background(), light);
    await page.locator('#language').selectOption('zh-CN');
    assert.equal(await page.getAttribute('html', 'lang'), 'zh-CN');
    assert.equal(await page.title(), '创建追踪器 – cts-tracker（非官方）');
    await page.getByRole('button', { name: '数据类追踪器' }).click();
    assert.match((await messagesAt(page, 'obs_info.bucket_name'))[0], /“T”/);
    assert.match(
      (await messagesAt(page, 'obs_info.bucket_name'))[0],
      /[一-龥]/,
      'the messages of the package are in Chinese too',
    );

    await page.reload();
    await page.waitForSelector('html[data-ready]');
    assert.equal(await page.getAttribute('html', 'lang'), 'zh-CN');
    assert.equal(await page.locator('h1').textContent(), '创建追踪器');
    assert.notEqual(await background(), light);
    await page.locator('#theme').selectOption('system');
    assert.equal(await background(), light);
  });
  await visit({ locale: 'zh-CN' }, async (page) => {
    assert.equal(await page.getAttribute('html', 'lang'), 'zh-CN', 'the default is the language of the browser');
  });
});

test('no axe violations in both themes, both languages and all states of the page', async () => {
  for (const theme of ['light', 'dark']) {
    for (const locale of ['en', 'zh-CN']) {
      await visit({ theme, locale }, async (page) => {
        await page.evaluate(axe.source);
        const runAxe = async (state) => {
          const { violations } = await page.evaluate(() => window.axe.run(document));
          assert.deepEqual(
            violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`),
            [],
            `${theme} ${locale} ${state}`,
          );
        };
        await runAxe('at the start');
        await page.locator('[data-example="data"]').click();
        await page.locator('#create').click();
        await runAxe('with an error');
        await control(page, 'tracker_type', 'system').check();
        await control(page, 'obs_info.bucket_name').fill('bucket2');
        await control(page, 'is_support_trace_files_encryption').check();
        await control(page, 'kms_id').fill('unusual');
        await page.locator('#check').click();
        await page.locator('#check-result .bad').waitFor();
        await control(page, 'obs_info.bucket_name').fill('bucket1');
        await runAxe('with a warning and an outdated check');
        await page.locator('#create').click();
        await page.locator('#response .outcome.bad').waitFor();
        await runAxe('with a rejection');
      });
    }
  }
});

test('nothing overflows at 320 px (400 % zoom) and 640 px (200 % zoom)', async () => {
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
      await page.locator('#response .outcome.bad').waitFor();
      assert.deepEqual(await overflow(), [], `${width} ${locale} with a response`);
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width);
    });
  }
});

test('reduced motion turns off transitions', async () => {
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
