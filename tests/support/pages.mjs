// Pages for a real browser.

import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize, sep } from 'node:path';
import { chromium } from 'playwright-core';
import { launchOptions } from './chromium.mjs';

const TYPES = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
};
/** What the README asks of a host, and nothing else. */
export const CSP = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'";

/**
 * Serves a folder on loopback; `charset` is what its texts say of themselves. `pages` are served beside it, and what is
 * below /api/ by the Node listener `api`.
 */
export async function serveFolder(folder, { charset = 'utf-8', csp = CSP, api } = {}) {
  const base = normalize(join(folder, '.'));
  const pages = new Map();
  const server = createServer(async (request, response) => {
    if (api && request.url.startsWith('/api/')) {
      request.url = request.url.slice('/api'.length);
      return api(request, response);
    }
    const { pathname } = new URL(request.url, 'http://x');
    const path = normalize(join(base, decodeURIComponent(pathname)));
    const body =
      pages.get(pathname) ?? (path.startsWith(base + sep) ? await readFile(path).catch(() => undefined) : undefined);
    if (body === undefined) return response.writeHead(404).end();
    const type = TYPES[extname(pathname)] ?? 'application/octet-stream';
    const headers = { 'content-type': type.startsWith('text/') ? `${type}; charset=${charset}` : type };
    if (csp) headers['content-security-policy'] = csp;
    return response.writeHead(200, headers).end(body);
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    pages,
    close: () =>
      new Promise((done) => {
        server.close(done);
        server.closeAllConnections();
      }),
  };
}

let browser;
export async function closeBrowser() {
  await browser?.close();
  browser = undefined;
}

/** Opens a page and waits for what `ready` gives in it; everything that goes wrong in the page is an error here. */
async function inPage(url, ready, timeout = 60_000) {
  browser ??= await chromium.launch(launchOptions());
  const page = await browser.newPage();
  let fail;
  const failed = new Promise((_, reject) => {
    fail = (text) => reject(new Error(`${url}: ${text}`));
  });
  failed.catch(() => {});
  page.on('pageerror', (error) => fail(error));
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.location().url.endsWith('/favicon.ico')) fail(message.text());
  });
  try {
    const answer = (async () => {
      await page.goto(url);
      return (await page.waitForFunction(ready, undefined, { timeout })).jsonValue();
    })();
    answer.catch(() => {});
    const value = await Promise.race([answer, failed]);
    // What fails after the answer, as an unhandled rejection does.
    await Promise.race([page.waitForTimeout(50), failed]);
    return value;
  } finally {
    await page.close();
  }
}

/** What a page writes into its title. */
export const titleOf = (url) => inPage(url, () => document.title);

let count = 0;
/** What a module gives to `done` in a page of the site. */
export function resultOf(site, module) {
  const name = `/result-${(count += 1)}`;
  site.pages.set(
    `${name}.html`,
    `<!doctype html><meta charset="utf-8"><title></title><script type="module" src="${name}.js"></script>`,
  );
  site.pages.set(`${name}.js`, `const done = (value) => { globalThis.result = { value }; };\n${module}`);
  return inPage(`${site.url}${name}.html`, () => globalThis.result).then(({ value }) => value);
}
