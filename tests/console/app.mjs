// Starts the console with the built package as `npm start` does, on a free port, and drives it in Chromium.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { after, before } from 'node:test';
import { fileURLToPath } from 'node:url';
import { launchChromium } from '../support/chromium.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Uses the console at CONSOLE_URL if that is set. It must be freshly started, since the tests create trackers. */
export async function startApp() {
  if (process.env.CONSOLE_URL) return { url: process.env.CONSOLE_URL, stop: async () => {} };
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/`;
  // The tests must run against the emulator, so the keys of the real service are removed.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/CLOUD_SDK_/.test(name)));
  const child = spawn(process.execPath, ['tools/start.mjs', '--skip-build'], {
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
  const deadline = Date.now() + 60_000;
  while (!(await isReady(url))) {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error(`tools/start.mjs exited:\n${output}`);
    if (Date.now() > deadline) {
      child.kill('SIGKILL');
      throw new Error(`the console did not start:\n${output}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
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

async function isReady(url) {
  try {
    return (await fetch(new URL('config.json', url))).ok;
  } catch {
    return false;
  }
}

/**
 * Opens the console in a new context. Collects `problems` (console errors, exceptions, violations of the
 * Content-Security-Policy), the POST requests `sent` to the proxy, and their `bodies`.
 */
export async function openPage(
  browser,
  url,
  { theme = 'light', locale = 'en', width = 1280, height = 900, ...options } = {},
) {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme: theme, locale, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  const problems = [];
  const sent = [];
  const bodies = [];
  page.on('pageerror', (error) => problems.push(`exception: ${error.message}`));
  page.on('console', (message) => {
    if (!['error', 'warning'].includes(message.type())) return;
    // Chromium logs each failed request; the page shows failures of the API and of the emulator itself.
    if (/^Failed to load resource/.test(message.text()) && /\/api\/|\/emulator$/.test(message.location().url)) return;
    problems.push(`console ${message.type()}: ${message.text()}`);
  });
  page.on('request', (request) => {
    // Not the question whether the server answers, nor a lookup, which only reads.
    if (request.method() === 'POST' && new URL(request.url()).pathname.startsWith('/api/')) sent.push(request);
  });
  // Playwright cannot read the body of a `fetch(new Request(…))`, so a wrapper of `fetch` reports it.
  await page.exposeFunction('reportBody', (text) => {
    bodies.push(JSON.parse(text));
  });
  await page.exposeFunction('reportViolation', (text) => {
    problems.push(`CSP: ${text}`);
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
  await page.waitForSelector('html[data-ready], #start-error:not([hidden])').catch(() => {});
  if (!(await page.locator('html[data-ready]').count())) {
    const error = await page.locator('#start-error').textContent();
    throw new Error(`the page did not start: ${error} ${problems.join('; ')}`);
  }
  return { page, context, problems, sent, bodies, response, close: () => context.close() };
}

/** A control by the path of its field; a choice of a group also by its value. */
export const control = (page, path, value) =>
  page.locator(`[name="${path}"]${value === undefined ? '' : `[value="${value}"]`}`);

/** Shows the fields of the project and the account. */
export const openAccount = (page) => page.locator('#account:not([open]) summary').click();

/** The errors or warnings beside a field, without the prefix for screen readers. */
export async function messagesAt(page, path, severity = 'errors') {
  return page.locator(`[data-field="${path}"] .${severity} li > span`).evaluateAll((spans) =>
    spans.map((span) =>
      [...span.childNodes]
        .filter((node) => node.nodeType === 3)
        .map((node) => node.data)
        .join(''),
    ),
  );
}

export const readPreview = async (page) => JSON.parse(await page.locator('#preview-body').textContent());

/** The name of the focused control. */
export const focusedName = (page) => page.evaluate(() => document.activeElement.name);

/** A response of the service, for `route.fulfill`. */
export const jsonResponse = (status, body) => ({
  status,
  contentType: 'application/json',
  body: JSON.stringify(body),
});

/** Answers every creation with `response`. */
export const mockCreation = (page, response) => page.route('**/api/v3/*/tracker', (route) => route.fulfill(response));

export const selectManagement = (page) => control(page, 'tracker_type', 'system').check();

export async function fillDataTracker(page, name, bucket, operation) {
  await control(page, 'tracker_type', 'data').check();
  await control(page, 'tracker_name').fill(name);
  await control(page, 'data_bucket.data_bucket_name').fill(bucket);
  await control(page, 'data_bucket.data_event', operation).check();
}

export async function transferTo(page, bucket) {
  await control(page, 'transfer_to_obs').check();
  await control(page, 'obs_info.bucket_name').fill(bucket);
}

export const clickReview = (page) => page.locator('#to-review').click();

/** Opens the review unless it is open, and creates the tracker. */
export async function clickCreate(page) {
  if (!(await page.locator('#review').isVisible())) await clickReview(page);
  await page.locator('#create').click();
}
export const clickCheck = (page) => page.getByRole('button', { name: 'Check bucket' }).click();

/** A promise, and the function that resolves it: `const [held, release] = hold()`. */
export function hold() {
  let release;
  const held = new Promise((resolve) => {
    release = resolve;
  });
  return [held, release];
}

/** Runs the console and a browser for the tests of a file. */
export function useConsole() {
  const harness = {
    app: undefined,
    browser: undefined,
    open: (options) => openPage(harness.browser, harness.app.url, options),
    /** Opens a page, runs the steps, and fails if the browser reported a problem. */
    async visit(options, steps) {
      const opened = await openPage(harness.browser, harness.app.url, options);
      try {
        await steps(opened.page, opened);
        assert.deepEqual(opened.problems, []);
      } finally {
        await opened.close();
      }
    },
  };
  before(
    async () => {
      harness.app = await startApp();
      harness.browser = await launchChromium();
    },
    { timeout: 120_000 },
  );
  after(async () => {
    await harness.browser?.close();
    await harness.app?.stop();
  });
  return harness;
}
