// A relative base URL in pages and workers of a browser.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { closeBrowser, serveFolder, titleOf } from '../support/pages.mjs';

let site;
before(async () => {
  // The answer names the path that the request had.
  const api = (request, response) => {
    response.writeHead(201, { 'content-type': 'application/json' }).end(JSON.stringify({ id: request.url }));
  };
  site = await serveFolder(new URL('../../pkg', import.meta.url).pathname, { csp: null, api });
});
after(async () => {
  await closeBrowser();
  await site.close();
});

/** Creates a client at once, and passes the path of its request to `show`. */
const script = (baseUrl, show) => `
  import { createCtsClient } from '${site.url}/index.js';
  const client = createCtsClient({ baseUrl: '${baseUrl}', projectId: 'p' });
  client.createTracker({ tracker_type: 'system' }).then(({ id }) => id, String).then((text) => { ${show}; });`;
const module = (text) => `<script type="module">${text}</script>`;

async function show(name, html) {
  site.pages.set(`/${name}.html`, `<!doctype html><meta charset="utf-8"><title></title>${html}`);
  return titleOf(`${site.url}/${name}.html`);
}

const TITLE = 'document.title = text';
const LISTEN = `const listen = (source) => { source.onmessage = ({ data }) => { document.title = data; }; };`;

test('in a page', async () => {
  assert.equal(await show('page', module(script('/api/', TITLE))), '/v3/p/tracker');
});

test('in a page with a base', async () => {
  const base = '<base href="/api/under/">';
  assert.equal(await show('base', base + module(script('proxy', TITLE))), '/under/proxy/v3/p/tracker');
});

test('in a frame whose page is in srcdoc', async () => {
  const frame = module(script('/api/', 'parent.postMessage(text)')).replaceAll('"', '&quot;');
  const html = `${module(`${LISTEN} listen(window);`)}<iframe srcdoc="${frame}"></iframe>`;
  assert.equal(await show('srcdoc', html), '/v3/p/tracker');
});

test('in a worker, also one that is made from a blob', async () => {
  const text = JSON.stringify(script('/api/', 'postMessage(text)'));
  site.pages.set('/worker.js', script('/api/', 'postMessage(text)'));
  const start = (url) => `${LISTEN} listen(new Worker(${url}, { type: 'module' }));`;
  assert.equal(await show('worker', module(start("'/worker.js'"))), '/v3/p/tracker');
  const blob = `URL.createObjectURL(new Blob([${text}], { type: 'text/javascript' }))`;
  assert.equal(await show('blob', module(start(blob))), '/v3/p/tracker');
});
