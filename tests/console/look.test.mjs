// The look of the console: while it loads, for screen readers, in print, in forced colors.
import assert from 'node:assert/strict';
import test from 'node:test';
import { control, hold, openAccount, useConsole } from './app.mjs';

const harness = useConsole();
const { visit } = harness;

/** Unlike `visit`, the console does not have to start. */
async function openBlank(options, steps) {
  const context = await harness.browser.newContext({ locale: 'en', ...options });
  try {
    await steps(await context.newPage());
  } finally {
    await context.close();
  }
}

/** The number of elements that can be seen or focused, apart from notices. */
const countVisible = (page) =>
  page.locator('a, button, input, select, [tabindex], h1, h2, legend, .card').filter({ visible: true }).count();
const notices = async (page) =>
  (await page.locator('.notice').filter({ visible: true }).allInnerTexts()).map((text) => text.trim());

test('without JavaScript, only a notice in both languages is shown', async () => {
  await openBlank({ javaScriptEnabled: false }, async (page) => {
    await page.goto(harness.app.url);
    assert.deepEqual(await notices(page), ['This console requires JavaScript. · 此控制台需要启用JavaScript。']);
    assert.deepEqual(await page.locator('noscript [lang="en"], noscript [lang="zh-CN"]').allInnerTexts(), [
      'This console requires JavaScript.',
      '此控制台需要启用JavaScript。',
    ]);
    assert.equal(await countVisible(page), 0);
  });
});

test('while main.js loads, the language and the title are set and the form is hidden', async () => {
  await openBlank({ locale: 'zh-CN' }, async (page) => {
    const [held, release] = hold();
    await page.route('**/main.js', async (route) => {
      await held;
      await route.continue();
    });
    await page.goto(harness.app.url, { waitUntil: 'commit' });
    await page.locator('footer').waitFor({ state: 'attached' });
    assert.equal(await page.title(), 'cts-tracker（非官方）');
    assert.equal(await page.getAttribute('html', 'lang'), 'zh-CN');
    assert.equal(await countVisible(page), 0);
    assert.deepEqual(await notices(page), []);
    release();
    await page.waitForSelector('html[data-ready]');
    assert.equal(await page.locator('#form').isVisible(), true);
    assert.equal(await page.locator('#language').isVisible(), true);
  });
});

test('if main.js cannot be loaded or parsed, only a notice is shown', async () => {
  const failures = {
    'not found': (route) => route.fulfill({ status: 404, body: '' }),
    'no connection': (route) => route.abort('connectionrefused'),
    'syntax error': (route) => route.fulfill({ contentType: 'text/javascript', body: 'const =' }),
  };
  for (const [failure, answer] of Object.entries(failures)) {
    await openBlank({}, async (page) => {
      await page.route('**/main.js', answer);
      await page.goto(harness.app.url);
      await page.getByRole('alert').waitFor();
      const [notice, ...others] = await notices(page);
      assert.match(notice, /^The console could not be loaded\. .* · 控制台加载失败。/, failure);
      assert.deepEqual(others, [], failure);
      assert.equal(await countVisible(page), 0, failure);
    });
  }
});

test('if the console cannot start, only the reason is shown', async () => {
  const failures = {
    'config.json: HTTP 500': (page) =>
      page.route('**/config.json', (route) => route.fulfill({ status: 500, body: '' })),
    'WebAssembly could not be started': (page) =>
      page.route(harness.app.url, async (route) => {
        const response = await route.fetch();
        const policy = response.headers()['content-security-policy'].replace(" 'wasm-unsafe-eval'", '');
        await route.fulfill({ response, headers: { ...response.headers(), 'content-security-policy': policy } });
      }),
  };
  for (const [reason, prepare] of Object.entries(failures)) {
    await openBlank({}, async (page) => {
      await prepare(page);
      await page.goto(harness.app.url);
      await page.locator('#start-error').waitFor();
      const shown = await notices(page);
      assert.equal(shown.length, 1, reason);
      assert.match(shown[0], new RegExp(`^The console could not start: ${reason}`));
      assert.equal(await countVisible(page), 0, reason);
    });
  }
});

test('an exception after the start does not show the notice that main.js could not be loaded', async () => {
  await openBlank({}, async (page) => {
    await page.goto(harness.app.url);
    await page.waitForSelector('html[data-ready]');
    await page.evaluate(() =>
      dispatchEvent(new ErrorEvent('error', { filename: new URL('main.js', location.href).href })),
    );
    assert.deepEqual(await notices(page), []);
  });
});

/** Runs in the page: records the layout shifts that do not follow an input. */
function recordShifts() {
  window.shifts = [];
  new PerformanceObserver((list) => {
    for (const { value, sources, hadRecentInput } of list.getEntries()) {
      if (!hadRecentInput)
        window.shifts.push(
          `${value.toFixed(4)} ${sources.map(({ node }) => node?.id || node?.className || node?.nodeName)}`,
        );
    }
  }).observe({ type: 'layout-shift', buffered: true });
}

test('the layout does not shift while the form is validated, or when a late answer arrives', async () => {
  /** Longer than the time in which a browser attributes a shift to the last input. */
  const LATE_MS = 900;
  for (const width of [1280, 390]) {
    await openBlank({ viewport: { width, height: 900 } }, async (page) => {
      await page.addInitScript(recordShifts);
      await page.route('**/api/**', async (route) => {
        await new Promise((resolve) => setTimeout(resolve, LATE_MS));
        await route.continue();
      });
      const settled = async (state) => {
        await page.waitForTimeout(LATE_MS);
        assert.deepEqual(await page.evaluate(() => window.shifts), [], `${width} ${state}`);
      };
      await page.goto(harness.app.url);
      await page.waitForSelector('html[data-ready]');
      // Typed and clicked as a user does: a value that a script sets is no input for the browser.
      const type = async (name, text) => {
        await control(page, name).click();
        await page.keyboard.press('Control+A');
        await page.keyboard.type(text);
        await page.keyboard.press('Tab');
      };
      await type('tracker_name', 'a b');
      await page.locator('[data-field="tracker_name"] .errors').waitFor();
      await settled('after a field was left');
      await page.locator('#to-review').click();
      await page.locator('#errors').waitFor();
      await settled('after all errors were shown');
      await type('tracker_name', `shift-${width}`);
      await type('data_bucket.data_bucket_name', 'cstest0423');
      await control(page, 'data_bucket.data_event', 'READ').click();
      await control(page, 'transfer_to_obs').click();
      await type('obs_info.bucket_name', 'bucket1');
      await settled('after the errors were corrected');
      await page.locator('#to-review').click();
      await page.locator('#review-bucket.good').waitFor();
      await settled('when the answers to the review arrive');
      for (const name of ['check-buckets', 'validate-file', 'trackers']) {
        await page.locator(`nav a[href="#/${name}"]`).click();
        await page.locator(`#page-${name}`).waitFor();
        await settled(name);
      }
      await page.getByRole('button', { name: 'Refresh' }).click();
      await settled('trackers while they are listed');
    });
  }
});

test('the layout does not shift while the page loads', async () => {
  for (const locale of ['en', 'zh-CN']) {
    for (const width of [1280, 390]) {
      await openBlank({ locale, viewport: { width, height: 900 } }, async (page) => {
        await page.addInitScript(recordShifts);
        await page.goto(harness.app.url);
        await page.waitForSelector('html[data-ready]');
        await page.waitForTimeout(500);
        assert.deepEqual(await page.evaluate(() => window.shifts), [], `${locale} ${width}`);
      });
    }
  }
});

/** What a screen reader gets from Chromium for a control. */
async function accessibilityOf(page, selector) {
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

test('screen readers do not hear the hint of a type or the required state twice', async () => {
  await visit({}, async (page) => {
    for (const [value, name, hint] of [
      ['data', 'Data tracker', /^Records read and write/],
      ['system', 'Management tracker', /^Records operations .* because enabling CTS creates it/],
    ]) {
      const described = await accessibilityOf(page, `[name="tracker_type"][value="${value}"]`);
      assert.equal(described.name, name);
      assert.match(described.description, hint);
    }
    await control(page, 'transfer_to_obs').check();
    await openAccount(page);
    const { name, required } = await accessibilityOf(page, '[name="project_id"]');
    assert.deepEqual({ name, required }, { name: 'Project ID', required: true });
    assert.equal(await page.locator('[data-field="project_id"] .label').getByText('required').isVisible(), true);
    assert.equal(
      (await accessibilityOf(page, '[name="obs_info.file_prefix_name"]')).name,
      'File prefix optional',
      'there is no optional state, so the name contains it',
    );
    await control(page, 'tracker_type', 'data').check();
    const group = await accessibilityOf(page, 'fieldset[data-field="data_bucket.data_event"]');
    assert.equal(group.name, 'Operations to record required', 'a group has no required state, so the name contains it');
  });
});

test('the theme has a visible label in both languages', async () => {
  for (const [locale, label] of [
    ['en', 'Theme'],
    ['zh-CN', '主题'],
  ]) {
    await visit({ locale }, async (page) => {
      const text = page.locator('.settings').getByText(label, { exact: true });
      const box = await text.boundingBox();
      assert.ok(box.width > 20 && box.height > 10, `${label} is ${box.width} × ${box.height}`);
      assert.equal(await text.evaluate((element) => getComputedStyle(element).clipPath), 'none');
      assert.equal((await accessibilityOf(page, '#theme')).name, label);
    });
  }
});

test('prints dark on white in every theme, with the state of switches and without scroll areas', async () => {
  for (const theme of ['system', 'dark']) {
    await visit({ theme: 'dark' }, async (page) => {
      await page.locator('#theme').selectOption(theme);
      await page.locator('[data-example="data"]').click();
      await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
      const style = (selector, property) =>
        page.locator(selector).evaluate((element, name) => getComputedStyle(element)[name], property);
      for (const selector of ['h1', '[name="tracker_name"]', '[data-field="tracker_name"] .label']) {
        assert.equal(await style(selector, 'color'), 'rgb(25, 25, 25)', `${selector}, theme ${theme}`);
      }
      assert.equal(await style('[name="transfer_to_obs"]', 'printColorAdjust'), 'exact');
      assert.deepEqual([await style('.aside', 'maxHeight'), await style('.aside', 'overflowY')], ['none', 'visible']);
      assert.deepEqual(
        [await style('#preview', 'maxHeight'), await style('#preview', 'overflowY')],
        ['none', 'visible'],
      );
      assert.equal(await page.locator('button').filter({ visible: true }).count(), 0, 'buttons are not printed');
    });
  }
});

test('in forced colors, an invalid field has a thicker border', async () => {
  await visit({ forcedColors: 'active' }, async (page) => {
    const borderWidth = (name) => control(page, name).evaluate((element) => getComputedStyle(element).borderTopWidth);
    await page.locator('[data-example="data"]').click();
    assert.equal(await control(page, 'obs_info.bucket_name').getAttribute('aria-invalid'), 'true');
    assert.deepEqual([await borderWidth('obs_info.bucket_name'), await borderWidth('tracker_name')], ['2px', '1px']);
  });
});
