// Firefox and WebKitGTK behind one interface, with the input of a user: clicks, typed text, a chosen file.
import { setTimeout as wait } from 'node:timers/promises';
import { startFirefox, startWebKit } from '../packaging/support/engines.mjs';

const TIMEOUT_MS = 60_000;

/** The name of the property that holds the reference of an element in WebDriver. */
const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';

const buttonPath = (label) => `//button[normalize-space()="${label}"]`;

/** Runs in the page: whether a visible element of the selector contains the text. */
const SHOWS = `(selector, text) => [...document.querySelectorAll(selector)].some(
  (element) => element.checkVisibility() && element.textContent.includes(text))`;

async function until(condition, what) {
  for (const end = Date.now() + TIMEOUT_MS; Date.now() < end; await wait(50)) if (await condition()) return;
  throw new Error(`not seen within a minute: ${what}`);
}

async function openFirefox() {
  const browser = await startFirefox();
  const page = await browser.newPage();
  await page.setViewport({ width: 1280, height: 900 });
  const find = async (selector) => {
    const element = await page.$(selector);
    if (!element) throw new Error(`no element ${selector}`);
    return element;
  };
  return {
    open: (url) => page.goto(url),
    click: async (selector) => (await find(selector)).click(),
    clickButton: async (label) => (await find(`xpath/${buttonPath(label)}`)).click(),
    type: async (selector, text) => (await find(selector)).type(text),
    clear: async (selector) => {
      await (await find(selector)).click({ count: 3 });
      await page.keyboard.press('Backspace');
    },
    choose: async (selector, file) => (await find(selector)).uploadFile(file),
    shows: (selector, text) => page.evaluate(`(${SHOWS})(${JSON.stringify(selector)}, ${JSON.stringify(text)})`),
    close: () => browser.close(),
  };
}

async function openWebKit() {
  const session = await startWebKit();
  const { ask } = session;
  await ask('POST', '/window/rect', { width: 1024, height: 768 });
  const find = async (value, using = 'css selector') => {
    const { [ELEMENT]: id } = await ask('POST', '/element', { using, value });
    return `/element/${id}`;
  };
  return {
    open: (url) => ask('POST', '/url', { url }),
    click: async (selector) => ask('POST', `${await find(selector)}/click`, {}),
    clickButton: async (label) => ask('POST', `${await find(buttonPath(label), 'xpath')}/click`, {}),
    // Only the key Enter ends a line.
    type: async (selector, text) =>
      ask('POST', `${await find(selector)}/value`, { text: text.replaceAll('\n', '\uE007') }),
    clear: async (selector) => ask('POST', `${await find(selector)}/clear`, {}),
    choose: async (selector, file) => ask('POST', `${await find(selector)}/value`, { text: file }),
    shows: (selector, text) =>
      ask('POST', '/execute/sync', { script: `return (${SHOWS})(...arguments)`, args: [selector, text] }),
    close: () => session.close(),
  };
}

/** Each starts a browser with one page. */
export const drivers = Object.fromEntries(
  Object.entries({ 'Firefox ESR': openFirefox, WebKitGTK: openWebKit }).map(([name, start]) => [
    name,
    async () => {
      const driver = await start();
      const waitFor = (selector, text = '') => until(() => driver.shows(selector, text), `${selector} ${text}`);
      return { ...driver, waitFor };
    },
  ]),
);
