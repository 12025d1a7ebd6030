// The browser engines. Each opens a page and returns the title that the page sets.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { firefox, miniBrowser, webKitDriver, xvfb } from '../../../tools/requirements.mjs';
import { closeBrowser, titleOf } from '../../support/pages.mjs';
import { closeOldChromium, inOldChromium } from './old-chromium.mjs';
import { matrixFolder, temporaryFolder } from './project.mjs';

const MINUTE = 60_000;

const freePort = () =>
  new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });

/** Starts Firefox, driven by puppeteer-core over WebDriver BiDi. */
export async function startFirefox() {
  const puppeteer = createRequire(`${matrixFolder}/package.json`)('puppeteer-core');
  return puppeteer.launch({
    browser: 'firefox',
    executablePath: firefox(),
    userDataDir: await temporaryFolder('firefox'),
  });
}

let fox;
async function inFirefox(url) {
  fox ??= await startFirefox();
  const page = await fox.newPage();
  try {
    await page.goto(url);
    return await (await page.waitForFunction('document.title', { timeout: MINUTE })).jsonValue();
  } finally {
    await page.close();
  }
}

let kit;
/**
 * Starts a session of WebDriver with MiniBrowser. WebKitGTK has no headless mode, so this starts a virtual display too.
 */
export async function startWebKit() {
  const screen = spawn(xvfb(), ['-displayfd', '3', '-screen', '0', '1024x768x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const number = await new Promise((done, fail) => {
    screen.stdio[3].once('data', (text) => done(String(text).trim()));
    screen.once('close', () => fail(new Error('Xvfb has ended')));
  });
  const port = await freePort();
  const env = { ...process.env, DISPLAY: `:${number}`, HOME: await temporaryFolder('webkit') };
  const driver = spawn(webKitDriver(), [`--port=${port}`], { stdio: 'ignore', env });
  const ask = async (method, path, body) => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, { method, body: body && JSON.stringify(body) });
    const { value } = await response.json();
    if (!response.ok) throw new Error(`${value.error}: ${value.message}`);
    return value;
  };
  for (let tries = 0; tries < 100 && !(await ask('GET', '/status').catch(() => false)); tries++) await wait(100);
  const browser = { binary: miniBrowser(), args: ['--automation'] };
  const alwaysMatch = { browserName: 'MiniBrowser', 'webkitgtk:browserOptions': browser };
  const { sessionId } = await ask('POST', '/session', { capabilities: { alwaysMatch } });
  return {
    ask: (method, path, body) => ask(method, `/session/${sessionId}${path}`, body),
    async close() {
      await ask('DELETE', `/session/${sessionId}`).catch(() => {});
      for (const child of [driver, screen]) {
        const closed = once(child, 'close');
        child.kill();
        await closed;
      }
    },
  };
}

async function inWebKit(url) {
  kit ??= await startWebKit();
  // The title of the previous page remains until the new page has loaded.
  await kit.ask('POST', '/url', { url: 'about:blank' });
  await kit.ask('POST', '/url', { url });
  for (const end = Date.now() + MINUTE; Date.now() < end; await wait(50)) {
    const title = await kit.ask('GET', '/title');
    if (title) return title;
  }
  throw new Error(`${url}: no title after a minute`);
}

export const engines = {
  Chromium: titleOf,
  'Chromium 114': inOldChromium,
  'Firefox ESR': inFirefox,
  WebKitGTK: inWebKit,
};

export async function closeEngines() {
  await closeBrowser();
  await closeOldChromium();
  await fox?.close();
  await kit?.close();
  fox = kit = undefined;
}
