// Every page in each of its states: axe, both languages and themes, narrow and zoomed, by keyboard alone.
import assert from 'node:assert/strict';
import test from 'node:test';
import axe from 'axe-core';
import { control } from './app.mjs';
import { usePlayground } from './playground.mjs';
import { states } from './states.mjs';

const harness = usePlayground();

const SIZES = {
  '320 px': { width: 320, height: 640 },
  // Zoom halves the viewport and doubles the pixels.
  '200 % zoom': { width: 640, height: 450, deviceScaleFactor: 2 },
};

for (const [size, viewport] of Object.entries(SIZES)) {
  for (const theme of ['light', 'dark']) {
    for (const locale of ['en', 'zh-CN']) {
      test(`no axe violation and no overflow: ${size}, ${theme}, ${locale}`, async () => {
        const { page, problems, close } = await harness.open(harness.atRoot, '', { theme, locale, ...viewport });
        await page.evaluate(axe.source);
        await page.locator('#account summary').click();
        for (const [state, prepare] of Object.entries(states)) {
          await prepare(page);
          const { violations } = await page.evaluate(() => window.axe.run(document));
          assert.deepEqual(
            violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`),
            [],
            state,
          );
          assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), viewport.width, state);
        }
        assert.deepEqual(problems, []);
        await close();
      });
    }
  }
}

/** Moves the focus by Tab until it is on an element that matches the selector. Each stop must be visible. */
async function tabTo(page, selector) {
  const visited = [];
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press('Tab');
    const { matches, name, isOutlined } = await page.evaluate((wanted) => {
      const { activeElement: element } = document;
      const outlined = element.closest('.tile, .choice') ?? element;
      return {
        matches: element.matches(wanted),
        // After the last element, the focus is on no element of the page.
        name: element === document.body ? 'BODY' : element.id || element.textContent.trim(),
        isOutlined: getComputedStyle(outlined).outlineStyle !== 'none',
      };
    }, selector);
    visited.push(name);
    assert.ok(isOutlined || name === 'BODY', `the focus must be visible on ${name}`);
    if (matches) return;
  }
  assert.fail(`${selector} is not reached; visited ${visited.join(', ')}`);
}

/** A page is shown, and a dialog closed, before the focus is moved. */
const focusArrives = (page, id) => page.waitForFunction((wanted) => document.activeElement?.id === wanted, id);

async function openByKeyboard(page, name) {
  await tabTo(page, `nav a[href="#/${name}"]`);
  await page.keyboard.press('Enter');
  await page.locator(`#page-${name}`).waitFor();
  await focusArrives(page, 'heading');
}

test('each page works with the keyboard alone', async () => {
  const { page, problems, close } = await harness.open(harness.atRoot);

  await openByKeyboard(page, 'check-buckets');
  await tabTo(page, 'textarea');
  await page.keyboard.type('bucket1');
  await tabTo(page, 'button');
  await page.keyboard.press('Enter');
  await tabTo(page, 'button.primary');
  await page.keyboard.press('Space');
  await page.getByText('1 usable', { exact: false }).first().waitFor();
  await tabTo(page, 'td button');
  await page.keyboard.press('Enter');
  assert.equal(await page.locator('table.buckets .badge.good').count(), 0);
  assert.equal(await page.evaluate(() => document.activeElement.closest('tr')?.rowIndex), 1, 'the focus is not lost');

  await page.reload();
  await page.waitForSelector('html[data-ready]');
  // The browser must know early that the test answers its dialog.
  const choosing = page.waitForEvent('filechooser');
  await openByKeyboard(page, 'validate-file');
  await tabTo(page, '#file');
  await page.keyboard.press('Enter');
  const chooser = await choosing;
  const invalid = '{"tracker_type":"data","tracker_name":"a b"}\n';
  await chooser.setFiles({ name: 'a.ndjson', mimeType: 'text/plain', buffer: Buffer.from(invalid) });
  await page.locator('#page-validate-file tbody tr').first().waitFor();
  await tabTo(page, 'td button');
  await page.keyboard.press('Enter');
  await page.locator('#page-create').waitFor();
  assert.equal(await control(page, 'tracker_name').inputValue(), 'a b');

  await tabTo(page, 'footer, #import');
  await page.keyboard.press('Enter');
  await page.locator('dialog[open] textarea').waitFor();
  await page.keyboard.press('Escape');
  await focusArrives(page, 'import');

  await page.reload();
  await page.waitForSelector('html[data-ready]');
  await openByKeyboard(page, 'trackers');
  await tabTo(page, 'button');
  await page.keyboard.press('Enter');
  await page.getByText('Trackers: 0').first().waitFor();
  assert.deepEqual(problems, []);
  await close();
});
