// Pages for a real browser, under the Content-Security-Policy that the README asks for.
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { chromium } from 'playwright-core';
import { launchOptions } from '../../../tools/chromium.mjs';

const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.mjs': 'text/javascript', '.wasm': 'application/wasm', '.css': 'text/css' };
export const CSP = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'";

/** Serves a folder; `charset` is what the pages and scripts say of themselves. */
export async function serveFolder(folder, { charset = 'utf-8' } = {}) {
  const server = createServer(async (request, response) => {
    const path = normalize(join(folder, decodeURIComponent(new URL(request.url, 'http://x').pathname)));
    const body = path.startsWith(folder + sep) ? await readFile(path).catch(() => undefined) : undefined;
    if (!body) return response.writeHead(404).end();
    const type = TYPES[extname(path)] ?? 'application/octet-stream';
    const text = type.startsWith('text/') && charset ? `${type}; charset=${charset}` : type;
    return response.writeHead(200, { 'content-type': text, 'content-security-policy': CSP }).end(body);
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  return { url: `http://127.0.0.1:${server.address().port}`, close: () => new Promise((done) => { server.close(done); server.closeAllConnections(); }) };
}

let browser;
export async function closeBrowser() {
  await browser?.close();
  browser = undefined;
}

/** What a page writes into its title; everything that goes wrong in it is an error here. */
export async function titleOf(url) {
  browser ??= await chromium.launch(launchOptions());
  const page = await browser.newPage();
  const wrong = [];
  page.on('pageerror', (error) => wrong.push(String(error)));
  page.on('console', (message) => message.type() === 'error' && !/favicon/.test(message.location().url) && wrong.push(message.text()));
  try {
    await page.goto(url);
    await page.waitForFunction(() => document.title !== '', undefined, { timeout: 30_000 }).catch((error) => wrong.push(error.message));
    if (wrong.length) throw new Error(`${url}: ${wrong.join('\n')}`);
    return await page.title();
  } finally {
    await page.close();
  }
}
