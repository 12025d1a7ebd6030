// The hand-written cases in Chromium: the published ES module, in a page and in a worker.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { chromium } from 'playwright-core';
import { launchOptions } from '../../tools/chromium.mjs';

const root = new URL('../../', import.meta.url);
const folder = new URL('tests/vectors/rules/', root);
const files = readdirSync(folder);
const SERVED = /^\/(pkg\/[\w.]+\.js|tests\/vectors\/(run\.mjs|rules\/[\w-]+\.json))$/;

const program = `
import * as cts from '/pkg/index.js';
import { runCases } from '/tests/vectors/run.mjs';
const capital = (name) => name[0].toUpperCase() + name.slice(1);
const validate = (name, input, options) => cts['validate' + capital(name)](input, options);
const door = { validate, ndjson: (kind, text) => cts.validateNdjson(kind, text) };
export async function all(files) {
  const total = { run: 0, wrong: [] };
  for (const file of files) {
    const { run, wrong } = runCases(await (await fetch('/tests/vectors/rules/' + file)).json(), door);
    total.run += run;
    total.wrong.push(...wrong.map((text) => file + ' ' + text));
  }
  return total;
}`;
const worker = `import { all } from '/all.js'; onmessage = async ({ data }) => postMessage(await all(data));`;

let server;
let browser;
let origin;

before(async () => {
  server = createServer((request, response) => {
    const own = { '/': '<!doctype html><title>vectors</title>', '/all.js': program, '/worker.js': worker }[request.url];
    const body = own ?? (SERVED.test(request.url) ? readFileSync(new URL(`.${request.url}`, root)) : undefined);
    const type = request.url === '/' ? 'text/html' : request.url.endsWith('.json') ? 'application/json' : 'text/javascript';
    response.writeHead(body === undefined ? 404 : 200, { 'content-type': `${type}; charset=utf-8` }).end(body);
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  origin = `http://127.0.0.1:${server.address().port}/`;
  browser = await chromium.launch(launchOptions());
});

after(async () => {
  await browser?.close();
  server?.close();
});

async function page() {
  const opened = await browser.newPage();
  await opened.goto(origin);
  return opened;
}

function check({ run, wrong }) {
  assert.equal(wrong.length, 0, `${wrong.length} of ${run}\n${wrong.slice(0, 20).join('\n')}`);
  assert.ok(run > 1300, `only ${run} cases were run`);
}

test('in a page', async () => {
  check(await (await page()).evaluate(async (names) => (await import('/all.js')).all(names), files));
});

test('in a worker', async () => {
  check(await (await page()).evaluate((names) => new Promise((done, fail) => {
    const thread = new Worker('/worker.js', { type: 'module' });
    thread.onmessage = ({ data }) => done(data);
    thread.onerror = ({ message }) => fail(new Error(message));
    thread.postMessage(names);
  }), files));
});
