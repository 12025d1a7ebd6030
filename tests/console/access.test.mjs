// The console by keyboard, for screen readers, in both languages and themes, on narrow screens.
import assert from 'node:assert/strict';
import test from 'node:test';
import axe from 'axe-core';
import { clickReview, control, jsonResponse, messagesAt, mockCreation, useConsole } from './app.mjs';

const harness = useConsole();
const { visit } = harness;

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
      value: 'system',
      isOutlined: true,
    });
    await page.keyboard.press('ArrowLeft');
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
    await tabTo((at) => at.id === 'to-review');
    await page.keyboard.press('Enter');
    await page.locator('#review').waitFor();
    assert.equal((await focused()).id, 'review-heading');
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
        await clickReview(page);
        await page.locator('#errors summary').click();
        await runAxe('with an error');
        await control(page, 'tracker_type', 'system').check();
        await control(page, 'obs_info.bucket_name').fill('bucket2');
        await control(page, 'is_support_trace_files_encryption').check();
        await control(page, 'kms_id').fill('unusual');
        await page.locator('#check').click();
        await page.locator('#check-result .bad').waitFor();
        await control(page, 'obs_info.bucket_name').fill('bucket1');
        await runAxe('with a warning and an outdated check');
        await clickReview(page);
        await page.locator('#review-bucket').waitFor();
        await runAxe('in the review');
        await mockCreation(page, jsonResponse(400, { error_code: 'CTS.0201', error_msg: 'exists' }));
        await page.locator('#create').click();
        await page.locator('#response .outcome.bad').waitFor();
        await runAxe('with a rejection');
        await page.unroute('**/api/v3/*/tracker');
        await mockCreation(page, jsonResponse(502, {}));
        await page.locator('#create').click();
        await page.locator('#is-there').waitFor();
        await runAxe('with an unknown outcome');
        await page.locator('#is-there').click();
        await page.locator('#another').waitFor();
        await runAxe('with the next steps');
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
      await clickReview(page);
      assert.deepEqual(await overflow(), [], `${width} ${locale} with an error`);
      await control(page, 'obs_info.bucket_name').fill('no-such-bucket-anywhere');
      await clickReview(page);
      await page.locator('#review .bad').waitFor();
      assert.deepEqual(await overflow(), [], `${width} ${locale} in the review`);
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
