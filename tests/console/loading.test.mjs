// How the console is loaded: what is transferred, and what is painted first on a slow connection.
import assert from 'node:assert/strict';
import { get } from 'node:http';
import test from 'node:test';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { hold, useConsole } from './app.mjs';

const harness = useConsole();

/** Bytes per second of the slow connection. */
const SLOW = 50 * 1024;

/** Node's `fetch` would decompress. */
function request(path, headers = {}) {
  return new Promise((resolve, reject) => {
    get(new URL(path, harness.app.url), { headers }, async (response) => {
      const chunks = [];
      for await (const chunk of response) chunks.push(chunk);
      resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks) });
    }).on('error', reject);
  });
}

test('files are compressed with what the client accepts', async () => {
  const plain = await request('/main.js');
  assert.equal(plain.headers['content-encoding'], undefined);
  for (const [accepted, coding, decompress] of [
    ['gzip, deflate, br', 'br', brotliDecompressSync],
    ['gzip;q=1.0, br;q=0', 'gzip', gunzipSync],
    ['GZIP', 'gzip', gunzipSync],
    ['br;q=0.0, gzip;q=0', undefined, (body) => body],
    ['zstd', undefined, (body) => body],
  ]) {
    const { headers, body } = await request('/main.js', { 'accept-encoding': accepted });
    assert.equal(headers['content-encoding'], coding, accepted);
    assert.equal(headers.vary, 'accept-encoding');
    assert.equal(Number(headers['content-length']), body.length);
    assert.ok(decompress(body).equals(plain.body), accepted);
  }
});

test('a file that has not changed is not transferred again', async () => {
  for (const path of ['/', '/main.js', '/config.json']) {
    const { headers } = await request(path, { 'accept-encoding': 'br' });
    const again = await request(path, { 'accept-encoding': 'br', 'if-none-match': headers.etag });
    assert.deepEqual([again.status, again.body.length], [304, 0], path);
    assert.match(again.headers['content-security-policy'], /default-src 'none'/);
    const plain = await request(path, { 'if-none-match': headers.etag });
    assert.equal(plain.status, 200, 'another coding is another representation');
  }
});

test('the first paint needs no script, and waits for less than half a second at 50 kB/s', async () => {
  for (const [locale, text] of [
    ['en', 'Loading…'],
    ['zh-CN', '正在加载…'],
  ]) {
    const context = await harness.browser.newContext({ locale });
    const page = await context.newPage();
    const sizes = new Map();
    page.on('response', async (response) => {
      const { responseBodySize, responseHeadersSize } = await response.request().sizes();
      sizes.set(new URL(response.url()).pathname, responseBodySize + responseHeadersSize);
    });
    const [held, release] = hold();
    await page.route(/\/(main|chunk-\w+)\.js$/, async (route) => {
      await held;
      await route.continue();
    });
    await page.goto(harness.app.url, { waitUntil: 'commit' });
    await page.getByText(text).waitFor();
    await page.waitForFunction(() => performance.getEntriesByName('first-contentful-paint').length > 0);
    const blocking = ['/', '/styles.css', '/preferences.js'].map((path) => sizes.get(path));
    const total = blocking.reduce((sum, size) => sum + size, 0);
    assert.ok(total < SLOW / 2, `${blocking.join(' + ')} bytes block the first paint`);
    release();
    await page.waitForSelector('html[data-ready]');
    assert.equal(await page.getByText(text).isVisible(), false);
    await context.close();
  }
});

test('the console is ready after at most 100 kB, and all scripts are requested at once', async () => {
  const context = await harness.browser.newContext({ locale: 'en' });
  const page = await context.newPage();
  const sizes = [];
  const order = [];
  page.on('request', (started) => order.push(new URL(started.url()).pathname));
  page.on('requestfinished', (finished) => sizes.push(finished.sizes()));
  await page.goto(harness.app.url);
  await page.waitForSelector('html[data-ready]');
  const all = await Promise.all(sizes);
  const total = all.reduce((sum, { responseBodySize }) => sum + responseBodySize, 0);
  assert.ok(total < 100_000, `${total} bytes`);
  const preloaded = await page
    .locator('link[rel="modulepreload"]')
    .evaluateAll((links) => links.map(({ href }) => new URL(href).pathname));
  assert.ok(preloaded.length > 0);
  const scripts = order.filter((path) => path.endsWith('.js'));
  assert.deepEqual([...new Set(scripts)].sort(), ['/main.js', '/preferences.js', ...preloaded].sort());
  assert.equal(order.filter((path) => path === '/config.json').length, 1, 'the preload is used');
  await context.close();
});
