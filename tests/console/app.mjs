// Starts the console as `npm start` does, on a free port, and drives it in Chromium.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { after, before } from 'node:test';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const root = fileURLToPath(new URL('../..', import.meta.url));

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** The app, or the one at CONSOLE_URL if that is set: it must be fresh, since these tests create trackers. */
export async function startApp() {
  if (process.env.CONSOLE_URL) return { url: process.env.CONSOLE_URL, stop: async () => {} };
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/`;
  // Keys in the environment belong to the real service; this app must have its emulator.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/CLOUD_SDK_/.test(name)));
  const child = spawn(process.execPath, ['tools/start.mjs'], {
    cwd: root,
    env: { ...env, PORT: String(port) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      output += chunk;
    });
  const exited = new Promise((resolve) => child.once('exit', resolve));
  const deadline = Date.now() + 600_000;
  while (!(await answers(url))) {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error(`tools/start.mjs ended:\n${output}`);
    if (Date.now() > deadline) {
      child.kill('SIGKILL');
      throw new Error(`the console did not start:\n${output}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return {
    url,
    async stop() {
      child.kill('SIGINT');
      const timer = setTimeout(() => child.kill('SIGKILL'), 10_000);
      await exited;
      clearTimeout(timer);
    },
  };
}

async function answers(url) {
  try {
    return (await fetch(new URL('config.json', url))).ok;
  } catch {
    return false;
  }
}

export async function startBrowser() {
  const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
  if (!existsSync(executablePath))
    throw new Error(`no browser at ${executablePath}: install chromium, or set CHROMIUM`);
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/**
 * A page of its own context, ready to use. `troubles` gathers what must not happen: console errors, exceptions,
 * refusals by the Content-Security-Policy. `sent` gathers the requests to the proxy, `bodies` what was in them.
 */
export async function openPage(
  browser,
  url,
  { theme = 'light', locale = 'en', width = 1280, height = 900, ...more } = {},
) {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme: theme, locale, ...more });
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  const troubles = [];
  const sent = [];
  const bodies = [];
  page.on('pageerror', (error) => troubles.push(`exception: ${error.message}`));
  page.on('console', (message) => {
    if (!['error', 'warning'].includes(message.type())) return;
    // Chromium reports an answer of 400 as an error of the page; the page shows those itself.
    if (/^Failed to load resource/.test(message.text()) && message.location().url.includes('/api/')) return;
    troubles.push(`console ${message.type()}: ${message.text()}`);
  });
  page.on('request', (request) => {
    if (new URL(request.url()).pathname.startsWith('/api/')) sent.push(request);
  });
  // The browser does not tell the body of a fetch that was given a Request, so it is taken where the page hands it over.
  await page.exposeFunction('reportBody', (text) => {
    bodies.push(JSON.parse(text));
  });
  await page.exposeFunction('reportViolation', (text) => {
    troubles.push(`CSP: ${text}`);
  });
  await page.addInitScript(() => {
    const original = window.fetch;
    window.fetch = (input, init) => {
      const request = new Request(input, init);
      if (request.method === 'POST')
        request
          .clone()
          .text()
          .then((text) => window.reportBody(text));
      return original(request);
    };
    addEventListener('securitypolicyviolation', (event) => {
      window.reportViolation(`${event.violatedDirective} ${event.blockedURI}`);
    });
  });
  const response = await page.goto(url);
  await page.waitForSelector('html[data-ready], #failure:not([hidden])').catch(() => {});
  if (!(await page.locator('html[data-ready]').count())) {
    throw new Error(`the page did not start: ${await page.locator('#failure').textContent()} ${troubles.join('; ')}`);
  }
  return { page, context, troubles, sent, bodies, response, close: () => context.close() };
}

/** A control by the path of its field; a choice of a group by its value. */
export const control = (page, path, value) =>
  page.locator(`[name="${path}"]${value === undefined ? '' : `[value="${value}"]`}`);

/** The errors or the notes shown beside a field, without the word that screen readers hear before them. */
export async function beside(page, path, kind = 'errors') {
  return page.locator(`[data-field="${path}"] .${kind} li > span`).evaluateAll((spans) =>
    spans.map((span) =>
      [...span.childNodes]
        .filter((node) => node.nodeType === 3)
        .map((node) => node.data)
        .join(''),
    ),
  );
}

export const previewOf = async (page) => JSON.parse(await page.locator('#preview-body').textContent());

/** App and browser while the tests of a file run; `visit` opens a page, runs the steps, and fails on anything the browser complained about. */
export function useConsole() {
  const stand = {
    app: undefined,
    browser: undefined,
    async visit(options, steps) {
      const visited = await openPage(stand.browser, stand.app.url, options);
      try {
        await steps(visited.page, visited);
        assert.deepEqual(visited.troubles, []);
      } finally {
        await visited.close();
      }
    },
  };
  before(
    async () => {
      stand.app = await startApp();
      stand.browser = await startBrowser();
    },
    { timeout: 620_000 },
  );
  after(async () => {
    await stand.browser?.close();
    await stand.app?.stop();
  });
  return stand;
}
