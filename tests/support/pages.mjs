// Pages for a browser.
import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { launchChromium } from './chromium.mjs';
import { listen } from './sockets.mjs';

/** @type {Record<string, string>} */
const TYPES = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
};
/** The Content-Security-Policy of the README. */
export const CSP = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'";

/**
 * Serves a folder and other pages on loopback. `charset` is the charset of text files. `api` handles requests below
 * /api/.
 * @param {string} folder
 * @param {{ charset?: string, csp?: string, api?: import('node:http').RequestListener }} [options]
 */
export async function serveFolder(folder, { charset = 'utf-8', csp = CSP, api } = {}) {
  const base = normalize(join(folder, '.'));
  /** @type {Map<string, string>} */
  const pages = new Map();
  const { url, close } = await listen(async (request, response) => {
    const target = request.url ?? '';
    if (api && target.startsWith('/api/')) {
      request.url = target.slice('/api'.length);
      return api(request, response);
    }
    const { pathname } = new URL(target, 'http://x');
    const path = normalize(join(base, decodeURIComponent(pathname)));
    const body =
      pages.get(pathname) ?? (path.startsWith(base + sep) ? await readFile(path).catch(() => undefined) : undefined);
    if (body === undefined) return response.writeHead(404).end();
    const type = TYPES[extname(pathname)] ?? 'application/octet-stream';
    const headers = { 'content-type': type.startsWith('text/') ? `${type}; charset=${charset}` : type };
    return response.writeHead(200, csp ? { ...headers, 'content-security-policy': csp } : headers).end(body);
  });
  return { url, pages, close };
}

/** @type {import('playwright-core').Browser | undefined} */
let browser;
export async function closeBrowser() {
  await browser?.close();
  browser = undefined;
}

/**
 * Opens a page and waits until `ready` returns a value in it. Rejects if the page has an error.
 * @template T
 * @param {string} url
 * @param {() => T} ready
 * @returns {Promise<T>}
 */
async function inPage(url, ready, timeout = 60_000) {
  browser ??= await launchChromium();
  const page = await browser.newPage();
  /** @type {(text: unknown) => void} */
  let fail = () => {};
  /** @type {Promise<never>} */
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
    // An unhandled rejection can follow the value.
    await Promise.race([page.waitForTimeout(50), failed]);
    return /** @type {T} */ (value);
  } finally {
    await page.close();
  }
}

/**
 * The title that a page sets.
 * @param {string} url
 */
export const titleOf = (url) => inPage(url, () => document.title);

let count = 0;
/**
 * The value that a module passes to `done` in a page of the site.
 * @param {{ url: string, pages: Map<string, string> }} site
 * @param {string} module
 */
export async function resultOf(site, module) {
  const name = `/result-${(count += 1)}`;
  site.pages.set(
    `${name}.html`,
    `<!doctype html><meta charset="utf-8"><title></title><script type="module" src="${name}.js"></script>`,
  );
  site.pages.set(`${name}.js`, `const done = (value) => { globalThis.result = { value }; };\n${module}`);
  const { value } = await inPage(`${site.url}${name}.html`, () => Reflect.get(globalThis, 'result'));
  return value;
}
