// What is seen and heard of the console: before it starts, by who listens, on paper, in forced colors.
import assert from 'node:assert/strict';
import test from 'node:test';
import zh from '../../www/texts.zh-CN.js';
import { control, useConsole } from './app.mjs';

const stand = useConsole();
const { visit } = stand;

/** A page that need not start. */
async function arrive(options, steps) {
  const context = await stand.browser.newContext({ locale: 'en', ...options });
  try {
    await steps(await context.newPage());
  } finally {
    await context.close();
  }
}

// What a person can see or go to, apart from notices.
const shown = (page) =>
  page.locator('a, button, input, select, [tabindex], h1, h2, legend, .card').filter({ visible: true }).count();
const notices = async (page) =>
  (await page.locator('.notice').filter({ visible: true }).allInnerTexts()).map((text) => text.trim());

test('without JavaScript there is the notice alone, each half in its language', async () => {
  await arrive({ javaScriptEnabled: false }, async (page) => {
    await page.goto(stand.app.url);
    assert.deepEqual(await notices(page), ['This console needs JavaScript. · 本控制台需要 JavaScript。']);
    assert.deepEqual(await page.locator('noscript [lang="en"], noscript [lang="zh-CN"]').allInnerTexts(), [
      'This console needs JavaScript.',
      '本控制台需要 JavaScript。',
    ]);
    assert.equal(await shown(page), 0);
  });
});

test('while main.js is on its way: no form yet, but the language and the title', async () => {
  await arrive({ locale: 'zh-CN' }, async (page) => {
    let release;
    const held = new Promise((resolve) => {
      release = resolve;
    });
    await page.route('**/main.js', async (route) => {
      await held;
      await route.continue();
    });
    await page.goto(stand.app.url, { waitUntil: 'commit' });
    await page.locator('footer').waitFor({ state: 'attached' });
    assert.equal(await page.title(), zh['page.title']);
    assert.equal(await page.getAttribute('html', 'lang'), 'zh-CN');
    assert.equal(await shown(page), 0);
    assert.deepEqual(await notices(page), []);
    release();
    await page.waitForSelector('html[data-ready]');
    assert.equal(await page.locator('#form').isVisible(), true);
    assert.equal(await page.locator('#language').isVisible(), true);
  });
});

test('a main.js that does not come or is not understood: the page says so, and nothing else', async () => {
  const ways = {
    'not found': (route) => route.fulfill({ status: 404, body: '' }),
    'no connection': (route) => route.abort('connectionrefused'),
    'not understood': (route) => route.fulfill({ contentType: 'text/javascript', body: 'const =' }),
  };
  for (const [way, answer] of Object.entries(ways)) {
    await arrive({}, async (page) => {
      await page.route('**/main.js', answer);
      await page.goto(stand.app.url);
      await page.getByRole('alert').waitFor();
      const [notice, ...more] = await notices(page);
      assert.match(notice, /^The console could not be loaded\. .* · 控制台无法加载。/, way);
      assert.deepEqual(more, [], way);
      assert.equal(await shown(page), 0, way);
    });
  }
});

test('a start that fails leaves its reason, and no form that does nothing', async () => {
  const ways = {
    'config.json: HTTP 500': (page) =>
      page.route('**/config.json', (route) => route.fulfill({ status: 500, body: '' })),
    'WebAssembly could not be started': (page) =>
      page.route(stand.app.url, async (route) => {
        const response = await route.fetch();
        const policy = response.headers()['content-security-policy'].replace(" 'wasm-unsafe-eval'", '');
        await route.fulfill({ response, headers: { ...response.headers(), 'content-security-policy': policy } });
      }),
  };
  for (const [reason, prepare] of Object.entries(ways)) {
    await arrive({}, async (page) => {
      await prepare(page);
      await page.goto(stand.app.url);
      await page.locator('#failure').waitFor();
      const told = await notices(page);
      assert.equal(told.length, 1, reason);
      assert.match(told[0], new RegExp(`^The console could not start: ${reason}`));
      assert.equal(await shown(page), 0, reason);
    });
  }
});

test('an exception once the console works is not taken for one that was not loaded', async () => {
  await arrive({}, async (page) => {
    await page.goto(stand.app.url);
    await page.waitForSelector('html[data-ready]');
    await page.evaluate(() =>
      dispatchEvent(new ErrorEvent('error', { filename: new URL('main.js', location.href).href })),
    );
    assert.deepEqual(await notices(page), []);
  });
});

test('nothing moves while the page arrives', async () => {
  for (const locale of ['en', 'zh-CN']) {
    for (const width of [1280, 390]) {
      await arrive({ locale, viewport: { width, height: 900 } }, async (page) => {
        await page.addInitScript(() => {
          window.shifts = [];
          new PerformanceObserver((list) => {
            for (const { value, sources } of list.getEntries()) {
              window.shifts.push(
                `${value.toFixed(4)} ${sources.map(({ node }) => node?.id || node?.className || node?.nodeName)}`,
              );
            }
          }).observe({ type: 'layout-shift', buffered: true });
        });
        await page.goto(stand.app.url);
        await page.waitForSelector('html[data-ready]');
        await page.waitForTimeout(500);
        assert.deepEqual(await page.evaluate(() => window.shifts), [], `${locale} ${width}`);
      });
    }
  }
});

/** What Chromium tells a screen reader about a control. */
async function heard(page, selector) {
  const session = await page.context().newCDPSession(page);
  const { result } = await session.send('Runtime.evaluate', {
    expression: `document.querySelector(${JSON.stringify(selector)})`,
  });
  const {
    nodes: [node],
  } = await session.send('Accessibility.getPartialAXTree', { objectId: result.objectId, fetchRelatives: false });
  await session.detach();
  return {
    name: node.name.value,
    description: node.description?.value ?? '',
    required: node.properties.find(({ name }) => name === 'required')?.value.value,
  };
}

test('nothing is heard twice: the hint of a type, and that a field is required', async () => {
  await visit({}, async (page) => {
    for (const [value, name, hint] of [
      ['system', 'Management tracker', /^Records operations/],
      ['data', 'Data tracker', /^Records reading/],
    ]) {
      const told = await heard(page, `[name="tracker_type"][value="${value}"]`);
      assert.equal(told.name, name);
      assert.match(told.description, hint);
    }
    await control(page, 'transfer_to_obs').check();
    const { name, required } = await heard(page, '[name="project_id"]');
    assert.deepEqual({ name, required }, { name: 'Project ID', required: true });
    assert.match(
      await page.locator('[data-field="project_id"] .label').innerText(),
      /^Project ID required$/,
      'it is still seen',
    );
    assert.equal(
      (await heard(page, '[name="obs_info.file_prefix_name"]')).name,
      'File prefix optional',
      'no state tells this',
    );
    await control(page, 'tracker_type', 'data').check();
    const group = await heard(page, 'fieldset[data-field="data_bucket.data_event"]');
    assert.equal(group.name, 'Operations to record required', 'a group has no such state');
  });
});

test('the box for the theme has a label that is seen, in both languages', async () => {
  for (const [locale, label] of [
    ['en', 'Theme'],
    ['zh-CN', '主题'],
  ]) {
    await visit({ locale }, async (page) => {
      const text = page.locator('.settings').getByText(label, { exact: true });
      const box = await text.boundingBox();
      assert.ok(box.width > 20 && box.height > 10, `${label} is ${box.width} × ${box.height}`);
      assert.equal(await text.evaluate((element) => getComputedStyle(element).clipPath), 'none');
      assert.equal((await heard(page, '#theme')).name, label);
    });
  }
});

test('on paper: dark on white whatever the theme, switches that show their state, nothing scrolled away', async () => {
  for (const chosen of ['system', 'dark']) {
    await visit({ theme: 'dark' }, async (page) => {
      await page.locator('#theme').selectOption(chosen);
      await page.locator('[data-example="data"]').click();
      await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
      const style = (selector, property) =>
        page.locator(selector).evaluate((element, name) => getComputedStyle(element)[name], property);
      for (const selector of ['h1', '[name="tracker_name"]', '[data-field="tracker_name"] .label']) {
        assert.equal(await style(selector, 'color'), 'rgb(25, 25, 25)', `${selector}, theme ${chosen}`);
      }
      assert.equal(await style('[name="transfer_to_obs"]', 'printColorAdjust'), 'exact');
      assert.deepEqual([await style('.aside', 'maxHeight'), await style('.aside', 'overflowY')], ['none', 'visible']);
      assert.deepEqual(
        [await style('#preview', 'maxHeight'), await style('#preview', 'overflowY')],
        ['none', 'visible'],
      );
      assert.equal(await page.locator('button').filter({ visible: true }).count(), 0, 'nothing can be pressed');
    });
  }
});

test('in forced colors a wrong field has another edge than a right one', async () => {
  await visit({ forcedColors: 'active' }, async (page) => {
    const edge = (name) => control(page, name).evaluate((element) => getComputedStyle(element).borderTopWidth);
    await page.locator('[data-example="data"]').click();
    assert.equal(await control(page, 'obs_info.bucket_name').getAttribute('aria-invalid'), 'true');
    assert.deepEqual([await edge('obs_info.bucket_name'), await edge('tracker_name')], ['2px', '1px']);
  });
});
